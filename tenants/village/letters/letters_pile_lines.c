// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lines of a pile between what was chosen or pasted and what is kept: whom a number names, who may have the letter. */
#include "server/base/text.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/residents/nik.h"

enum { ASK_AT_ONCE = 500 };

/* ---- whom a number names ---- */

static int by_nik(const void *a, const void *b)
{
    return memcmp(((const struct pile_nik *)a)->nik.p, ((const struct pile_nik *)b)->nik.p, 16);
}

/* Ids of the numbers that are this village's, in the order of the numbers. */
static enum rc find_niks(struct village_db *db, const struct pile_pasted_lines *lines, struct pile_nik_rows *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct buf json = {.arena = arena};

    for (size_t i = 0; i < lines->n; i++)
        if (lines->p[i].nik.n > 0)
            buf_fmt(&json, "%s\"%.*s\"", json.n > 0 ? "," : "[", STR_ARG(lines->p[i].nik));
    buf_fmt(&json, "%s]", json.n > 0 ? "" : "[");
    TRY(sql_pile_niks(db, buf_str(&json), out, err));
    if (out->n > 0)
        qsort(out->p, out->n, sizeof(*out->p), by_nik);
    return RC_OK;
}

enum rc pile_lines_match(struct village_db *db, struct pile_pasted_lines *lines, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct pile_nik_rows known;

    TRY(find_niks(db, lines, &known, err));
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, known.n);
    for (size_t i = 0; i < lines->n; i++) /* of lines that are only read none has a resident yet */
        for (size_t k = 0; lines->p[i].resident_id != 0 && k < known.n; k++)
            if (known.p[k].id == lines->p[i].resident_id && first[k] == 0)
                first[k] = lines->p[i].line;
    for (size_t i = 0; i < lines->n; i++) {
        struct pile_pasted *p = &lines->p[i];
        const struct pile_nik wanted = {.nik = p->nik};
        const struct pile_nik *found = p->nik.n == 0 || known.n == 0 ? NULL : bsearch(&wanted, known.p, known.n, sizeof(wanted), by_nik);
        uint32_t *said = found != NULL ? &first[found - known.p] : NULL;

        if (p->nik.n > 0 && found == NULL)
            p->why = str_fmt(arena, "NIK %.*s tidak ada di data penduduk desa ini", STR_ARG(nik_masked(arena, p->nik)));
        else if (said != NULL && *said != 0)
            p->why = str_fmt(arena, "Sudah ada di baris %" PRIu32 ": satu warga mendapat satu surat", *said);
        else if (said != NULL && str_empty(p->why)) {
            *said = p->line;
            p->resident_id = found->id;
        }
    }
    return RC_OK;
}

/* ---- who may have it ---- */

struct judging {
    struct arena *arena;
    const struct pile_judge *judge;
    struct pile_pasted_lines *lines;
    struct letter_subject_rows people;
};

static int by_id(const void *a, const void *b)
{
    const uint64_t x = ((const struct letter_subject *)a)->id, y = ((const struct letter_subject *)b)->id;

    return x < y ? -1 : x > y;
}

static void judge_offloaded(void *arg)
{
    struct judging *j = arg;

    for (size_t i = 0; i < j->lines->n; i++) {
        struct pile_pasted *p = &j->lines->p[i];
        const struct letter_subject wanted = {.id = p->resident_id};
        const struct letter_subject *who = p->resident_id == 0 || j->people.n == 0
                                               ? NULL
                                               : bsearch(&wanted, j->people.p, j->people.n, sizeof(wanted), by_id);

        if (who != NULL && str_empty(p->why))
            p->why = pile_why(j->arena, j->judge, who, NULL, p->answer);
    }
}

/* All of them, some hundred a statement. */
static enum rc read_people(struct village_db *db, const struct pile_pasted_lines *lines, struct letter_subject_rows *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);

    *out = (struct letter_subject_rows){.p = ARENA_ARRAY(arena, struct letter_subject, lines->n)};
    for (size_t at = 0; at < lines->n; at += ASK_AT_ONCE) {
        struct buf json = {.arena = arena};
        struct letter_subject_rows some;

        for (size_t i = at; i < lines->n && i < at + ASK_AT_ONCE; i++)
            if (lines->p[i].resident_id != 0)
                buf_fmt(&json, "%s%" PRIu64, json.n > 0 ? "," : "[", lines->p[i].resident_id);
        if (json.n == 0)
            continue;
        buf_fmt(&json, "]");
        TRY(sql_letter_subjects(db, buf_str(&json), &some, err));
        for (size_t i = 0; i < some.n; i++)
            out->p[out->n++] = some.p[i];
    }
    if (out->n > 0)
        qsort(out->p, out->n, sizeof(*out->p), by_id);
    return RC_OK;
}

enum rc pile_lines_judge(struct request *req, const struct letter_open *open, struct str field, struct pile_pasted_lines *lines,
                         struct err *err)
{
    struct pile_office office;
    struct judging j = {.arena = request_arena(req), .lines = lines};

    TRY(pile_office_read(open, request_today(req), field, 0, &office, err));
    j.judge = &office.judge;
    TRY(read_people(open->db, lines, &j.people, err));
    return request_offload(req, judge_offloaded, &j, err);
}

/* ---- kept ---- */

enum rc pile_lines_keep(struct txn *txn, uint64_t pile_id, const struct pile_pasted_lines *lines, struct err *err)
{
    struct pile_line_put *rows = ARENA_ARRAY(village_db_arena(in_txn(txn)), struct pile_line_put, lines->n);

    for (size_t i = 0; i < lines->n; i++) {
        const struct pile_pasted *p = &lines->p[i];

        rows[i] = (struct pile_line_put){.pile_id = pile_id,
                                         .line = p->line,
                                         .state = str_empty(p->why) ? LINE_WAITING : LINE_REFUSED,
                                         .resident_id = p->resident_id != 0 ? some_u64(p->resident_id) : (struct opt_u64){0},
                                         .answer = p->answer,
                                         .why = utf8_part(village_db_arena(in_txn(txn)), p->why, 300),
                                         .typed = utf8_part(village_db_arena(in_txn(txn)), p->typed, PILE_TYPED_MOST)};
    }
    return sql_pile_lines_put(txn, rows, lines->n, err);
}
