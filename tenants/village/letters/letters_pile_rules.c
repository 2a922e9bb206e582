// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about piles without I/O. */
#include "tenants/village/letters/letters_pile.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"

enum { NIK_DIGITS = 16, ANSWER_BYTES = 480 };

struct str pile_type_fault(const struct letter_form *form)
{
    if (form->subject_of == OF_NONE)
        return STR("Surat ini tentang urusan kantor, bukan untuk warga tertentu, jadi dibuat satu saja.");
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind >= FIELD_PERSON || form->fields[i].is_from)
            return STR("Jenis surat ini menanyakan orang lain untuk tiap warga, jadi dibuat satu per satu.");
    return STR_NONE;
}

const struct letter_field *pile_field_of(const struct letter_form *form, struct str name)
{
    const struct letter_field *f = letter_field_called(form, name);

    return f != NULL && f->kind < FIELD_PERSON ? f : NULL;
}

const json_t *pile_inputs(struct arena *arena, const struct pile_judge *judge, struct str answer)
{
    if (judge->field == NULL || str_empty(answer))
        return judge->inputs;
    struct str kept = letter_field_kept(arena, judge->field, answer);
    json_t *all = json_copy((json_t *)judge->inputs);

    json_object_set_new(all, str_z(arena, judge->field->name), json_stringn(kept.p, kept.n));
    json_t *asked = letter_inputs_asked(arena, judge->form, all);
    json_decref(all);
    json_keep(arena, asked);
    return asked;
}

/* The first answer that is none; of a year, of this person. */
static struct str answers_fault(struct arena *arena, const struct pile_judge *judge, const struct letter_subject *subject,
                                const json_t *inputs)
{
    for (size_t i = 0; i < judge->form->n_fields; i++) {
        const struct letter_field *f = &judge->form->fields[i];
        struct str fault;

        if (!letter_field_is_asked(arena, judge->form, f, inputs))
            continue;
        fault = letter_answer_fault(arena, judge->form, f, subject, inputs, judge->today);
        if (fault.p != NULL)
            return fault;
    }
    return STR("");
}

struct str pile_why(struct arena *arena, const struct pile_judge *judge, const struct letter_subject *subject,
                    const struct letter_people *people, struct str answer)
{
    const json_t *inputs = pile_inputs(arena, judge, answer);
    struct letter_parts parts = *judge->parts;
    struct str why = letter_not_living(arena, judge->form, subject);

    if (str_empty(why) && judge->field != NULL && !str_empty(answer) && !letter_field_is_asked(arena, judge->form, judge->field, inputs))
        why = str_fmt(arena, "Pertanyaan “%.*s” tidak ditanyakan pada surat ini, jadi isian di baris ini tidak terpakai",
                      STR_ARG(judge->field->label));
    if (str_empty(why))
        why = answers_fault(arena, judge, subject, inputs);
    const struct letter_matter matter = {arena, judge->form, subject, people, inputs, judge->today};
    if (str_empty(why))
        why = letter_refusal(&matter);
    if (!str_empty(why))
        return why;
    struct letter_doubts doubts = letter_doubts(&matter);
    if (doubts.n > 0)
        return str_fmt(arena, "%.*s Kalau tetap perlu, buat sendiri dengan alasannya.", STR_ARG(doubts.p[0]));
    parts.subject = subject;
    parts.people = people;
    parts.inputs = inputs;
    json_t *values = letter_values(arena, &parts);
    why = letter_undrawn(arena, judge->form, values);
    json_decref(values);
    return why.p == NULL ? STR("") : why;
}

/* ---- pasted text ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits at the beginning of a line, the NIK's at most; blanks, dots and an apostrophe of a spreadsheet forgiven. *at_out: behind them.
 */
static struct str leading_digits(struct arena *arena, struct str line, size_t *at_out)
{
    struct buf out = {.arena = arena};
    size_t at = 0;

    for (; at < line.n && out.n < NIK_DIGITS && (is_digit(line.p[at]) || strchr(" .-'\"", line.p[at]) != NULL); at++)
        if (is_digit(line.p[at]))
            buf_put(&out, &line.p[at], 1);
    *at_out = at;
    return buf_str(&out);
}

/* What may stand between a NIK and the line's own answer; a sent form has blanks for tabs. */
static bool is_between(char c)
{
    return strchr(" \t;,'\"", c) != NULL;
}

/* "7.31713E+15": a spreadsheet's way with a number too long for it, whose last digits are lost. */
static bool is_shortened(struct str line)
{
    size_t at = 0;

    while (at < line.n && (is_digit(line.p[at]) || line.p[at] == '.' || line.p[at] == ','))
        at++;
    return at > 0 && at + 1 < line.n && (line.p[at] == 'E' || line.p[at] == 'e') && (line.p[at + 1] == '+' || is_digit(line.p[at + 1]));
}

struct pile_pasted pile_line_read(struct arena *arena, struct str line, uint32_t number)
{
    struct pile_pasted p = {.line = number, .typed = line, .nik = STR(""), .why = STR(""), .answer = STR("")};
    size_t at;

    if (str_empty(line))
        return p;
    if (is_shortened(line)) {
        p.why = STR("Excel menyingkat NIK ini, angka belakangnya hilang. Tulis ke-16 angkanya di sini, atau jadikan kolomnya Teks di "
                    "Excel, isi lagi NIK-nya, lalu tempel lagi");
        return p;
    }
    p.nik = leading_digits(arena, line, &at);
    if (p.nik.n != NIK_DIGITS || (at < line.n && !is_between(line.p[at]))) {
        p.why = p.nik.n == NIK_DIGITS ? STR("Bukan NIK: lebih dari 16 angka, atau isian tanpa pemisah")
                : p.nik.n > 0         ? str_fmt(arena, "Bukan NIK: harus 16 angka, di sini %zu", p.nik.n)
                                      : STR("Bukan NIK: harus 16 angka");
        p.nik = STR("");
        return p;
    }
    while (at < line.n && is_between(line.p[at]))
        at++;
    p.answer = text_tidy(arena, str_from(line, at));
    if (p.answer.n > ANSWER_BYTES) { /* nothing of it is kept: half an answer is none */
        p.why = STR("Isian di baris ini terlalu panjang");
        p.answer = STR("");
    }
    return p;
}

/* "No; NIK; Nama": a row of headings has the word, and no digit. */
static bool is_heading(struct arena *arena, struct str line)
{
    struct str rest = text_fold(arena, line), word;

    for (size_t i = 0; i < line.n; i++)
        if (is_digit(line.p[i]))
            return false;
    while (rest.p != NULL && str_cut(&rest, ' ', &word))
        if (str_is(word, "nik"))
            return true;
    return false;
}

struct pile_pasted_lines pile_paste_read(struct arena *arena, struct str text)
{
    struct pile_pasted_lines out = {.p = ARENA_ARRAY(arena, struct pile_pasted, PILE_MOST + 1)};
    struct str line;
    uint32_t number = 0;

    while (text.p != NULL && out.n <= PILE_MOST && str_cut(&text, '\n', &line)) {
        number++;
        if (str_empty(str_trim(line)))
            continue;
        if (out.n == 0 && !out.has_heading && is_heading(arena, line))
            out.has_heading = true;
        else
            out.p[out.n++] = pile_line_read(arena, str_trim(line), number);
    }
    return out;
}
