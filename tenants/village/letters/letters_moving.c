// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who moves: the kind of a move (jenis kepindahan), those who go along and what is said of those who stay agree, as F-1.03 and F-1.08 of
 * Permendagri 109/2019 want it. A type's followers say {"moving": "jenis", "left": "kk_tinggal"}: the questions that ask for them.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"

#define LEFT_NOBODY "Tidak ada yang ditinggal"

/* The options of the forms, in their order. */
enum movers { MOVERS_UNSAID, MOVERS_HEAD, MOVERS_ALL, MOVERS_SOME, MOVERS_MEMBER, MOVERS_END };
static const char *const movers_words[MOVERS_END] = {"", "Kepala keluarga", "Kepala dan seluruh anggota", "Kepala dan sebagian anggota",
                                                     "Anggota keluarga"};

static struct str answer(struct arena *arena, struct str name, const json_t *inputs)
{
    return str_empty(name) ? STR("") : json_text(inputs, str_z(arena, name));
}

static enum movers movers_of(struct arena *arena, const struct letter_form *form, const json_t *inputs)
{
    const struct str said = answer(arena, form->moving, inputs);
    enum movers movers = MOVERS_END - 1;

    while (movers > MOVERS_UNSAID && !str_is(said, movers_words[movers]))
        movers--;
    return movers;
}

bool letter_all_move(struct arena *arena, const struct letter_form *form, const json_t *inputs)
{
    return movers_of(arena, form, inputs) == MOVERS_ALL;
}

/* What is judged, and how many of the family besides the subject there are, and go along. */
struct move {
    struct arena *arena;
    const struct letter_form *form;
    const struct letter_subject *subject;
    const struct letter_people *people;
    const json_t *inputs;
    enum movers movers;
    size_t others, along;
};

static struct str name_of(const struct move *m)
{
    return text_name(m->arena, m->subject->name);
}

/* "Kepala …" is for a head, the other for who is none; of whom the register does not say it, either. */
static struct str card_fault(const struct move *m)
{
    const bool is_head = m->subject->family_role.value == SHDK_HEAD, is_said_head = m->movers != MOVERS_MEMBER;

    if (!m->subject->family_role.is_set || is_head == is_said_head)
        return STR_NONE;
    if (is_head)
        return str_fmt(m->arena, "%.*s kepala keluarga. Pilih salah satu yang menyebut kepala.", STR_ARG(name_of(m)));
    return str_fmt(
        m->arena, "%.*s bukan kepala keluarga, tetapi %.*s. Pilih “%s”, atau buat surat ini untuk kepala keluarganya bila ia ikut pindah.",
        STR_ARG(name_of(m)), STR_ARG(text_lower(m->arena, code_label(CODE_FAMILY_ROLE, (uint32_t)m->subject->family_role.value))),
        movers_words[MOVERS_MEMBER]);
}

/* The kind against who is in the family. */
static struct str kind_fault(const struct move *m)
{
    const bool is_alone = m->others == 0 && (m->movers == MOVERS_ALL || m->movers == MOVERS_SOME);

    if (!is_alone)
        return card_fault(m);
    return str_fmt(m->arena, "Tidak ada anggota lain di Kartu Keluarga %.*s. Pilih “%s”.", STR_ARG(name_of(m)), movers_words[MOVERS_HEAD]);
}

/* Those who are ticked against the kind. */
static struct str ticks_fault(const struct move *m)
{
    const struct letter_subject_rows *along = &m->people->followers;

    if (m->movers == MOVERS_HEAD && m->along > 0)
        return str_fmt(m->arena, "%zu anggota dicentang, padahal yang pindah “%s” saja. Hapus centangnya, atau pilih jenis yang lain.",
                       m->along, movers_words[MOVERS_HEAD]);
    if (m->movers == MOVERS_SOME && m->along == 0)
        return str_fmt(m->arena, "Centang anggota yang ikut, atau pilih “%s”.", movers_words[MOVERS_HEAD]);
    if (m->movers == MOVERS_SOME && m->along == m->others)
        return str_fmt(m->arena, "Semua anggota dicentang. Pilih “%s”, atau hapus centang yang tidak ikut.", movers_words[MOVERS_ALL]);
    for (size_t i = 0; m->movers == MOVERS_MEMBER && i < along->n; i++)
        if (along->p[i].family_role.value == SHDK_HEAD)
            return str_fmt(m->arena, "%.*s kepala keluarga. Bila ia ikut pindah, buat surat ini untuknya.",
                           STR_ARG(text_name(m->arena, along->p[i].name)));
    return STR_NONE;
}

static bool goes_along(const struct move *m, const struct letter_subject *member)
{
    bool is_going = member->id == m->subject->id;

    for (size_t i = 0; i < m->people->followers.n && !is_going; i++)
        is_going = m->people->followers.p[i].id == member->id;
    return is_going;
}

/* What is said of those who stay against who stays. */
static struct str left_fault(const struct move *m)
{
    const bool is_nobody = str_is(answer(m->arena, m->form->left, m->inputs), LEFT_NOBODY);
    struct buf names = {.arena = m->arena};

    if (str_empty(answer(m->arena, m->form->left, m->inputs)) || is_nobody == (m->others == m->along))
        return STR_NONE;
    if (!is_nobody)
        return str_fmt(m->arena, "Semua anggota keluarga pindah. Pilih “%s”.", LEFT_NOBODY);
    for (size_t i = 0; i < m->people->family.n; i++)
        if (!goes_along(m, &m->people->family.p[i]))
            buf_fmt(&names, "%s%.*s", names.n > 0 ? ", " : "", STR_ARG(text_name(m->arena, m->people->family.p[i].name)));
    return str_fmt(m->arena, "Masih ada yang tidak pindah: %.*s. Pilih bagaimana KK mereka, atau centang mereka.", (int)names.n, names.p);
}

struct str letter_moving_fault(const struct letter_matter *of, struct str *field_out)
{
    const struct letter_people *people = of->people;
    struct move m = {of->arena, of->form, of->subject, people, of->inputs, movers_of(of->arena, of->form, of->inputs), 0, 0};
    struct str fault = STR_NONE;

    if (m.movers == MOVERS_UNSAID)
        return STR_NONE;
    for (size_t i = 0; i < people->family.n; i++) {
        const bool is_other = people->family.p[i].id != m.subject->id;

        m.others += is_other;
        m.along += is_other && goes_along(&m, &people->family.p[i]);
    }
    if (fault = kind_fault(&m), fault.p != NULL)
        *field_out = m.form->moving;
    else if (fault = ticks_fault(&m), fault.p != NULL)
        *field_out = letter_followers_field(m.form)->name;
    else if (fault = left_fault(&m), fault.p != NULL)
        *field_out = m.form->left;
    return fault;
}
