// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * "Orang yang sama?": who was written down before having a name or a NIK, beside the row that brings both. Next month's file of the civil
 * registry names the baby of NY. SITI; family card, birth, sex and mother tell that it is the same child. A twin has all of these, too:
 * where more than one row or one person fits, nothing is presumed.
 */
#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"
#include "tenants/village/codes/same_name.h"

enum likeness { UNLIKE, PERHAPS, LIKELY };

struct joining {
    struct planning *p;
    struct text_index *by_birth; /* "1|20388": the first person of that sex and day */
    struct text_index *by_kk;    /* the first row */
    uint32_t *next, *next_row;   /* + 1; 0: the last */
    uint32_t *claims;            /* of each person: rows that may mean them */
    bool *is_taken;              /* an answer names them */
};

static size_t at_of(const struct joining *j, const struct known_resident *known)
{
    return (size_t)(known - j->p->registry->residents);
}

/* ---- how much speaks for it ---- */

enum mother { MOTHER_OPEN, MOTHER_SAME, MOTHER_NAMED, MOTHER_NEAR, MOTHER_OTHER }; /* by her NIK; by her name; by a word of it */

static struct str real_nik(struct str nik)
{
    return nik_is_temporary(nik) ? STR("") : nik;
}

/* As written down, as her NIK says, or as the child is called until it has a name. */
static struct str mother_name(const struct planning *p, const struct resident_row *r)
{
    const struct resident_row *mother = str_empty(r->mother_name) && !str_empty(r->mother_nik) ? plan_row_of_nik(p, r->mother_nik) : NULL;
    struct str parent = STR("");

    if (!str_empty(r->mother_name))
        return r->mother_name;
    if (mother != NULL)
        return mother->name;
    name_is_missing(p->file->scratch, r->name, &parent);
    return parent;
}

static enum mother mother_beside(const struct planning *p, const struct resident_row *r, const struct resident_row *known)
{
    struct arena *scratch = p->file->scratch;
    const struct str mine = real_nik(r->mother_nik), theirs = real_nik(known->mother_nik);
    const struct str name = mother_name(p, r), other = mother_name(p, known);

    if (!str_empty(mine) && str_eq(mine, theirs))
        return MOTHER_SAME;
    if (!str_empty(mine) && !str_empty(theirs))
        return name_is_like(scratch, name, other) ? MOTHER_NAMED : MOTHER_OTHER;
    if (str_empty(name) || str_empty(other))
        return MOTHER_OPEN;
    if (name_is_like(scratch, name, other))
        return MOTHER_NAMED;
    if (name_shares_word(scratch, name, other) || hamlet_is_like(scratch, name, other))
        return MOTHER_NEAR;
    /* "BAYI HASAN" is called by its father */
    return name_shares_word(scratch, other, r->father_name) || name_shares_word(scratch, name, known->father_name) ? MOTHER_OPEN
                                                                                                                   : MOTHER_OTHER;
}

static bool is_father(struct arena *scratch, const struct resident_row *r, const struct resident_row *known)
{
    const struct str nik = real_nik(r->father_nik);

    return (!str_empty(nik) && str_eq(nik, known->father_nik)) || name_is_like(scratch, r->father_name, known->father_name);
}

/* The row's family card holds somebody who lives in the person's family here: a family that got a card of its own, or has it here already.
 */
static bool is_of_family(const struct joining *j, uint32_t i, const struct resident_row *known)
{
    const struct planning *p = j->p;
    const struct str kk = p->file->rows[i].r.kk_no;
    const ptrdiff_t first = str_empty(kk) || str_empty(known->kk_no) ? NOT_KNOWN : text_index_get(j->by_kk, kk);
    size_t n = 0;

    if (!str_empty(kk) && str_eq(kk, known->kk_no))
        return true;
    for (uint32_t at = first == NOT_KNOWN ? 0 : (uint32_t)first + 1; at != 0 && n < FAMILY_ROWS_MOST; at = j->next_row[at - 1], n++) {
        const ptrdiff_t kin = p->work[at - 1].known;
        if (kin != NOT_KNOWN && str_eq(p->registry->residents[kin].r.kk_no, known->kk_no))
            return true;
    }
    return false;
}

static enum likeness likeness_of(const struct joining *j, uint32_t i, const struct resident_row *known)
{
    struct arena *scratch = j->p->file->scratch;
    const struct resident_row *r = &j->p->file->rows[i].r;
    const bool is_numbered = !nik_is_temporary(known->nik), is_day = date_compare(r->birth_date, known->birth_date) == 0;
    struct str parent;

    if (is_numbered && !str_empty(r->nik))
        return UNLIKE;
    const bool is_bare = name_is_missing(scratch, r->name, &parent) || name_is_missing(scratch, known->name, &parent);
    const bool is_name = is_bare || name_is_like(scratch, r->name, known->name);
    const enum mother mother = mother_beside(j->p, r, known);

    if (is_numbered ? !is_name || !is_day : !is_name && !is_day)
        return UNLIKE;
    if (mother == MOTHER_SAME || is_of_family(j, i, known))
        return is_name && is_day && mother != MOTHER_OTHER ? LIKELY : PERHAPS;
    if (!is_name || !is_day || is_numbered)
        return UNLIKE;
    if (mother == MOTHER_NAMED)
        return is_father(scratch, r, known) ? LIKELY : PERHAPS;
    return !is_bare && str_eq(text_fold(scratch, r->birth_place), text_fold(scratch, known->birth_place)) ? PERHAPS : UNLIKE;
}

/* ---- who may be meant ---- */

static struct str birth_key(struct arena *arena, uint8_t sex, int64_t day)
{
    return str_fmt(arena, "%u|%" PRId64, sex, day);
}

/* By birth: who has no NIK, and where a row brings none, everybody. Who was taken out is nobody; of whom another row speaks is that one. */
static void index_people(struct joining *j, bool takes_all)
{
    struct planning *p = j->p;
    struct arena *arena = p->file->arena;
    bool *is_spoken_of = ARENA_ARRAY(arena, bool, p->registry->n_residents), found;

    for (uint32_t i = 0; i < p->file->n_rows; i++)
        if (p->work[i].known != NOT_KNOWN)
            is_spoken_of[p->work[i].known] = true;
    for (size_t at = p->registry->n_residents; at-- > 0;) {
        const struct resident_row *known = &p->registry->residents[at].r;
        if (is_spoken_of[at] || known->basic_status == STATUS_NOT_VALID || date_is_none(known->birth_date) ||
            !(takes_all || nik_is_temporary(known->nik)))
            continue;
        ptrdiff_t *slot = text_index_slot(j->by_birth, birth_key(arena, known->sex, date_to_days(known->birth_date)), &found);
        j->next[at] = found ? (uint32_t)*slot + 1 : 0;
        *slot = (ptrdiff_t)at;
    }
}

static void index_rows(struct joining *j)
{
    const struct registry_file *file = j->p->file;
    bool found;

    for (uint32_t i = 0; i < file->n_rows; i++) {
        if (str_empty(file->rows[i].r.kk_no))
            continue;
        ptrdiff_t *slot = text_index_slot(j->by_kk, file->rows[i].r.kk_no, &found);
        j->next_row[i] = found ? (uint32_t)*slot + 1 : 0;
        *slot = i;
    }
}

/* New by its number or without one, with what a comparison needs. */
static bool is_unknown(const struct planning *p, uint32_t i)
{
    const struct registry_row *row = &p->file->rows[i];
    const struct resident_row *r = &row->r;

    return p->work[i].known == NOT_KNOWN && !p->work[i].is_copy && r->sex != 0 && !date_is_none(r->birth_date) && !str_empty(r->name) &&
           (r->basic_status == 0 || r->basic_status == STATUS_ALIVE) && (str_empty(r->nik) ? row->is_nik_zero : !nik_is_temporary(r->nik));
}

/* A day before or after, too: a birth at midnight is written down so and so. NULL: nobody is like that. */
static struct join_question *question_of(struct joining *j, uint32_t i)
{
    struct planning *p = j->p;
    const struct resident_row *r = &p->file->rows[i].r;
    struct join_question q = {.row = i};

    arena_reset(p->file->scratch);
    for (int64_t off = 0; off < 3; off++) {
        const struct str key = birth_key(p->file->scratch, r->sex, date_to_days(r->birth_date) + (off == 2 ? -1 : off));
        const ptrdiff_t first = text_index_get(j->by_birth, key);
        for (uint32_t at = first == NOT_KNOWN ? 0 : (uint32_t)first + 1; at != 0 && q.n < JOIN_MOST; at = j->next[at - 1]) {
            const struct known_resident *known = &p->registry->residents[at - 1];
            const enum likeness likeness = likeness_of(j, i, &known->r);
            if (likeness == UNLIKE)
                continue;
            q.is_likely |= q.n == 0 && likeness == LIKELY;
            q.people[q.n++] = known;
            j->claims[at - 1]++;
        }
    }
    if (q.n == 0)
        return NULL;
    struct join_question *kept = ARENA_NEW(p->file->arena, struct join_question);
    *kept = q;
    return kept;
}

/* ---- which of them ---- */

static const struct said_join *said_of(const struct registry_choice *choice, uint32_t row)
{
    for (size_t k = 0; k < choice->n_joins; k++)
        if (choice->joins[k].row == row)
            return &choice->joins[k];
    return NULL;
}

/* An answer holds while the person is still one who may be meant, and no other row was said to be them. */
static void take_answer(struct joining *j, struct join_question *q)
{
    const struct said_join *said = said_of(j->p->choice, q->row);

    if (said == NULL)
        return;
    if (said->resident_id == 0)
        q->state = JOIN_SAID;
    for (size_t k = 0; k < q->n; k++)
        if (q->people[k]->id == said->resident_id && !j->is_taken[at_of(j, q->people[k])]) {
            q->state = JOIN_SAID;
            q->chosen = q->people[k];
            j->is_taken[at_of(j, q->chosen)] = true;
        }
}

static void settle(struct joining *j, struct join_question *q)
{
    size_t n = 0;

    if (q->state == JOIN_SAID)
        return;
    /* The file says alive, the village dead or gone: that may be the twin. */
    const uint8_t status = j->p->file->rows[q->row].r.basic_status;
    const bool is_sure = q->n == 1 && q->is_likely && j->claims[at_of(j, q->people[0])] == 1 &&
                         q->people[0]->r.basic_status == (status == 0 ? STATUS_ALIVE : status);
    for (size_t k = 0; k < q->n; k++)
        if (!j->is_taken[at_of(j, q->people[k])])
            q->people[n++] = q->people[k];
    q->n = n;
    q->state = n == 0 ? JOIN_SAID : is_sure ? JOIN_PROPOSED : JOIN_OPEN; /* all are others already: it is somebody else */
    q->chosen = q->state == JOIN_PROPOSED ? q->people[0] : NULL;
}

/* ---- what is told ---- */

/* "BAYI NY SITI (lahir 26 Oktober 2026, ibu Siti)" */
static struct str person_told(struct planning *p, const struct resident_row *r)
{
    struct arena *scratch = p->file->scratch;
    const struct str mother = mother_name(p, r);

    return str_fmt(scratch, "%.*s (lahir %.*s%s%.*s)", STR_ARG(utf8_part(scratch, r->name, 40)), STR_ARG(date_long(scratch, r->birth_date)),
                   str_empty(mother) ? "" : ", ibu ", STR_ARG(utf8_part(scratch, text_name(scratch, mother), 30)));
}

static struct str people_told(struct planning *p, const struct join_question *q)
{
    struct buf out = {.arena = p->file->scratch};

    for (size_t k = 0; k < q->n && k < 2; k++) {
        buf_put_str(&out, k > 0 ? STR(" atau ") : STR(""));
        buf_put_str(&out, person_told(p, &q->people[k]->r));
    }
    return out.n > 0 ? buf_str(&out) : STR("");
}

static struct str told(struct planning *p, const struct join_question *q)
{
    struct arena *scratch = p->file->scratch;
    const struct known_resident *chosen = q->chosen;

    if (q->state == JOIN_OPEN)
        return str_fmt(scratch, "Orang yang sama? %.*s dan yang sudah tercatat, %.*s. Jawab dulu di atas, lalu baris ini ikut disimpan.",
                       STR_ARG(person_told(p, &p->file->rows[q->row].r)), STR_ARG(people_told(p, q)));
    if (chosen == NULL)
        return STR("Menurut jawaban, bukan warga yang sudah tercatat itu. Dicatat sebagai warga baru.");
    return str_fmt(scratch, "%s orang yang sama: %.*s. %s", q->state == JOIN_SAID ? "Menurut jawaban," : "Dianggap",
                   STR_ARG(person_told(p, &chosen->r)),
                   chosen->r.basic_status != STATUS_ALIVE ? "Ia tidak tinggal di desa lagi, jadi tidak dicatat sekali lagi."
                   : str_empty(p->file->rows[q->row].r.nik)
                       ? "Isi berkas dipakai untuknya; bila bukan orangnya, jawab di atas."
                       : "Nama dan NIK di berkas menjadi miliknya; bila bukan orangnya, jawab di atas.");
}

static void tell(struct planning *p, const struct join_question *q)
{
    static const char *const causes[] = {
        [JOIN_OPEN] = "Orang yang sama? Jawab dulu di atas, lalu baris ini ikut disimpan.",
        [JOIN_PROPOSED] = "Dianggap orang yang sama dengan warga yang sudah tercatat. Bila bukan orangnya, jawab di atas.",
        [JOIN_SAID] = "Menurut jawaban “Orang yang sama?”."};

    registry_fault_add(p->file, &(struct registry_fault){.row = q->row,
                                                         .column = COLUMN_NAME,
                                                         .is_warning = q->state != JOIN_OPEN,
                                                         .resident_id = q->n > 0 ? q->people[0]->id : 0,
                                                         .asks = q->state == JOIN_OPEN ? ASKS_PERSON : ASKS_NOTHING,
                                                         .join = q,
                                                         .value = STR(""),
                                                         .text = utf8_part(p->file->scratch, told(p, q), 300),
                                                         .cause = str_c(causes[q->state])});
}

static void join(struct joining *j, struct join_question *q)
{
    struct work *work = &j->p->work[q->row];

    arena_reset(j->p->file->scratch);
    work->join = q;
    if (q->state == JOIN_OPEN)
        work->errors++;
    if (q->chosen != NULL) {
        work->known = (ptrdiff_t)at_of(j, q->chosen);
        work->key = q->chosen->r.nik;
        work->is_joined = q->chosen->r.basic_status == STATUS_ALIVE && nik_is_temporary(q->chosen->r.nik);
    }
    tell(j->p, q);
}

void plan_join(struct planning *p)
{
    struct arena *arena = p->file->arena;
    const size_t n_known = p->registry->n_residents, n_rows = p->file->n_rows;
    struct join_question **asked;
    bool is_any = false, takes_all = false;

    for (uint32_t i = 0; i < n_rows; i++)
        if (is_unknown(p, i)) {
            is_any = true;
            takes_all |= str_empty(p->file->rows[i].r.nik);
        }
    if (!is_any || n_known == 0)
        return;
    struct joining j = {p,
                        text_index_new(arena, 64),
                        text_index_new(arena, n_rows),
                        ARENA_ARRAY(arena, uint32_t, n_known),
                        ARENA_ARRAY(arena, uint32_t, n_rows),
                        ARENA_ARRAY(arena, uint32_t, n_known),
                        ARENA_ARRAY(arena, bool, n_known)};
    index_people(&j, takes_all);
    index_rows(&j);
    asked = ARENA_ARRAY(arena, struct join_question *, n_rows);
    for (uint32_t i = 0; i < n_rows; i++)
        if (is_unknown(p, i) && (asked[i] = question_of(&j, i)) != NULL)
            take_answer(&j, asked[i]);
    for (uint32_t i = 0; i < n_rows; i++)
        if (asked[i] != NULL)
            settle(&j, asked[i]);
    for (uint32_t i = 0; i < n_rows; i++)
        if (asked[i] != NULL && !p->file->rows[i].has_error)
            join(&j, asked[i]);
}
