// SPDX-License-Identifier: AGPL-3.0-or-later
/* A plan into the database, a few statements per thousand rows. */
#include <stdlib.h>

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/nik_sql.h"
#include "tenants/village/residents/registry_store.h"
#include "tenants/village/residents/residents_rows.h"

enum { ROWS_A_STEP = 2000, WORDS_A_NAME = 12, WORD_MAX = 60 };

struct writing {
    struct txn *txn;
    struct village_db *db;
    struct arena *arena;
    const struct registry_plan *plan;
    const struct loaded_registry *loaded;
    utc_us now;
    uint64_t *area_ids, *family_ids; /* of the plan's */
};

/* ---- areas ---- */

static struct str area_key(struct arena *arena, struct str hamlet, struct str rw, struct str rt)
{
    return str_fmt(arena, "%.*s|%.*s|%.*s", STR_ARG(text_upper(arena, hamlet)), STR_ARG(rw), STR_ARG(rt));
}

static enum rc put_new_areas(struct writing *w, size_t *n_out, struct err *err)
{
    struct area_put_in *rows = ARENA_ARRAY(w->arena, struct area_put_in, 3 * w->plan->n_areas);
    const struct str none = STR("-");
    size_t n = 0;

    for (size_t i = 0; i < w->plan->n_areas; i++) {
        const struct planned_area *a = &w->plan->areas[i];
        if (a->known != NOT_KNOWN)
            continue;
        rows[n++] = (struct area_put_in){a->hamlet, none, none}; /* with those it lies in, as area_take does */
        rows[n++] = (struct area_put_in){a->hamlet, a->rw, none};
        rows[n++] = (struct area_put_in){a->hamlet, a->rw, a->rt};
    }
    *n_out = n;
    return n == 0 ? RC_OK : sql_area_put(w->txn, rows, n, err);
}

static enum rc write_areas(struct writing *w, struct err *err)
{
    struct text_index *index = text_index_new(w->arena, w->plan->n_areas);
    struct registry_area_rows areas;
    size_t n_new;
    bool found;

    w->area_ids = ARENA_ARRAY(w->arena, uint64_t, w->plan->n_areas);
    TRY(put_new_areas(w, &n_new, err));
    if (n_new > 0) {
        TRY(sql_registry_areas(w->db, &areas, err));
        for (size_t i = 0; i < areas.n; i++)
            *text_index_slot(index, area_key(w->arena, areas.p[i].hamlet, areas.p[i].rw, areas.p[i].rt), &found) = (ptrdiff_t)i;
    }
    for (size_t i = 0; i < w->plan->n_areas; i++) {
        const struct planned_area *a = &w->plan->areas[i];
        if (a->known != NOT_KNOWN) {
            w->area_ids[i] = w->loaded->registry.areas[a->known].id;
            continue;
        }
        ptrdiff_t at = text_index_get(index, area_key(w->arena, a->hamlet, a->rw, a->rt));
        if (at == NOT_KNOWN)
            return fail(err, RC_FAULT, "an area just written is not found");
        w->area_ids[i] = areas.p[at].id;
    }
    return RC_OK;
}

/* ---- families ---- */

static enum rc put_families(struct writing *w, struct buf *new_kks, struct err *err)
{
    struct registry_family_put_in *rows = ARENA_ARRAY(w->arena, struct registry_family_put_in, w->plan->n_families);
    size_t n = 0;

    for (size_t i = 0; i < w->plan->n_families; i++) {
        const struct planned_family *f = &w->plan->families[i];
        if (f->is_changed)
            rows[n++] = (struct registry_family_put_in){
                .kk_no = f->kk_no, .address = f->address, .area_id = w->area_ids[f->area], .now = w->now};
        if (f->known != NOT_KNOWN)
            continue;
        buf_put_char(new_kks, new_kks->n == 0 ? '[' : ',');
        json_put_str(new_kks, f->kk_no);
    }
    return n == 0 ? RC_OK : sql_registry_family_put(w->txn, rows, n, err);
}

static enum rc write_families(struct writing *w, struct err *err)
{
    struct buf new_kks = {.arena = w->arena};
    struct registry_family_id_rows made = {0};
    struct text_index *index = text_index_new(w->arena, w->plan->n_families);
    bool found;

    w->family_ids = ARENA_ARRAY(w->arena, uint64_t, w->plan->n_families);
    TRY(put_families(w, &new_kks, err));
    if (new_kks.n > 0) {
        buf_put_char(&new_kks, ']');
        TRY(sql_registry_families_of(w->db, buf_str(&new_kks), &made, err));
    }
    for (size_t i = 0; i < made.n; i++)
        *text_index_slot(index, made.p[i].kk_no, &found) = (ptrdiff_t)i;
    for (size_t i = 0; i < w->plan->n_families; i++) {
        const struct planned_family *f = &w->plan->families[i];
        if (f->known != NOT_KNOWN) {
            w->family_ids[i] = w->loaded->registry.families[f->known].id;
            continue;
        }
        ptrdiff_t at = text_index_get(index, f->kk_no);
        if (at == NOT_KNOWN)
            return fail(err, RC_FAULT, "a family just written is not found");
        w->family_ids[i] = made.p[at].id;
    }
    return RC_OK;
}

/* ---- residents ---- */

static struct opt_u64 code_of(uint8_t code)
{
    return code != 0 ? some_u64(code) : (struct opt_u64){0};
}

struct registry_resident_put_in registry_put_of(const struct resident_row *r, uint64_t area_id, utc_us now)
{
#define PLAIN(member) .member = r->member
#define CODE(member) .member = code_of(r->member)
    return (struct registry_resident_put_in){RESIDENT_FACTS(PLAIN, CODE), .card_tag = str_empty(r->card_tag) ? STR_NONE : r->card_tag,
                                             .area_id = area_id, .now = now};
#undef PLAIN
#undef CODE
}

static struct registry_resident_put_in put_of(const struct writing *w, const struct planned_resident *planned)
{
    const struct known_resident *known = planned->known != NOT_KNOWN ? &w->loaded->registry.residents[planned->known] : NULL;
    struct registry_resident_put_in in = registry_put_of(&planned->r, w->area_ids[planned->area], w->now);

    in.family_id = some_u64(w->family_ids[planned->family]);
    if (known != NULL)
        in.id = some_u64(known->id);
    return in;
}

/* A text that nobody filled in is the empty one, never NULL. */
static void fill_texts(struct resident_row *r)
{
    for (int c = 0; c < COLUMN_COUNT; c++) {
        enum column_kind kind = column_rules[c].kind;
        struct str *text = row_text_at(r, (enum resident_column)c);
        if (kind != KIND_CODE && !kind_is_date(kind) && text->p == NULL)
            *text = STR("");
    }
}

static enum rc write_residents(struct writing *w, const struct write_progress *progress, struct err *err)
{
    struct registry_resident_put_in *rows = ARENA_ARRAY(w->arena, struct registry_resident_put_in, ROWS_A_STEP);

    for (size_t at = 0; at < w->plan->n_residents;) {
        size_t n = 0;
        for (; n < ROWS_A_STEP && at < w->plan->n_residents; n++, at++) {
            fill_texts(&w->plan->residents[at].r);
            rows[n] = put_of(w, &w->plan->residents[at]);
        }
        TRY(sql_registry_resident_put(w->txn, rows, n, err));
        if (progress != NULL)
            progress->step(progress->ctx, at, w->plan->n_residents);
    }
    return RC_OK;
}

/* ---- search words ---- */

size_t resident_name_words(struct arena *arena, struct str name, struct str *words_out, size_t most)
{
    struct str rest = text_fold(arena, name), word;
    size_t n = 0;

    while (n < most && str_cut(&rest, ' ', &word)) {
        bool is_new = word.n > 0;
        word = str_part(word, 0, WORD_MAX);
        for (size_t i = 0; i < word.n && is_new; i++)
            is_new = (unsigned char)word.p[i] < 0x80;
        for (size_t i = 0; i < n && is_new; i++)
            is_new = !str_eq(words_out[i], word);
        if (is_new)
            words_out[n++] = word;
    }
    return n;
}

struct word_list {
    struct registry_word_put_in *p;
    size_t n, room;
};

static void add_words(struct arena *arena, struct word_list *list, uint64_t id, struct str name)
{
    struct str words[WORDS_A_NAME];
    size_t n = resident_name_words(arena, name, words, WORDS_A_NAME);

    if (list->n + n > list->room) {
        size_t room = (list->room + n) * 2 + 64;
        struct registry_word_put_in *p = ARENA_ARRAY(arena, struct registry_word_put_in, room);
        if (list->n > 0)
            memcpy(p, list->p, list->n * sizeof *p);
        list->p = p;
        list->room = room;
    }
    for (size_t i = 0; i < n; i++)
        list->p[list->n++] = (struct registry_word_put_in){.word = words[i], .resident_id = id};
}

static int by_word(const void *x, const void *y)
{
    const struct registry_word_put_in *a = x, *b = y;
    size_t n = a->word.n < b->word.n ? a->word.n : b->word.n;
    int c = memcmp(a->word.p, b->word.p, n);

    if (c == 0 && a->word.n != b->word.n)
        c = a->word.n < b->word.n ? -1 : 1;
    return c != 0 ? c : (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);
}

/* New residents get theirs; of known ones only those whose name changed. */
static enum rc write_words(struct writing *w, uint64_t last_before, struct err *err)
{
    struct word_list list = {0};
    struct registry_new_rows made;
    struct buf renamed = {.arena = w->arena};

    TRY(sql_registry_new_residents(w->db, last_before, &made, err));
    for (size_t i = 0; i < made.n; i++)
        add_words(w->arena, &list, made.p[i].id, made.p[i].name);
    for (size_t i = 0; i < w->plan->n_residents; i++) {
        const struct planned_resident *planned = &w->plan->residents[i];
        const struct known_resident *known = planned->known != NOT_KNOWN ? &w->loaded->registry.residents[planned->known] : NULL;
        if (known == NULL || str_eq(known->r.name, planned->r.name))
            continue;
        buf_fmt(&renamed, "%c%" PRIu64, renamed.n == 0 ? '[' : ',', known->id);
        add_words(w->arena, &list, known->id, planned->r.name);
    }
    if (renamed.n > 0) {
        buf_put_char(&renamed, ']');
        TRY(sql_registry_words_retire(w->txn, buf_str(&renamed), NULL, err));
    }
    if (list.n > 1) /* in the key's order: pages are filled one after another */
        qsort(list.p, list.n, sizeof *list.p, by_word);
    return list.n == 0 ? RC_OK : sql_registry_word_put(w->txn, list.p, list.n, err);
}

/* ---- heads ---- */

/* The families people came to and those they left. */
static enum rc write_heads(struct writing *w, struct err *err)
{
    struct buf ids = {.arena = w->arena};

    for (size_t i = 0; i < w->plan->n_families; i++)
        buf_fmt(&ids, "%c%" PRIu64, ids.n == 0 ? '[' : ',', w->family_ids[i]);
    for (size_t i = 0; i < w->plan->n_residents; i++) {
        ptrdiff_t known = w->plan->residents[i].known;
        if (known != NOT_KNOWN && w->loaded->family_of[known] != 0)
            buf_fmt(&ids, "%c%" PRIu64, ids.n == 0 ? '[' : ',', w->loaded->family_of[known]);
    }
    if (ids.n == 0)
        return RC_OK;
    buf_put_char(&ids, ']');
    return sql_registry_heads_set(w->txn, buf_str(&ids), NULL, err);
}

/* ---- history ---- */

/* As the registry will hold them: a row's own address and place may be empty, the family's are not. */
static struct resident_row row_after(const struct registry_plan *plan, const struct planned_resident *planned)
{
    struct resident_row r = planned->r;

    r.address = plan->families[planned->family].address;
    r.hamlet = plan->areas[planned->area].hamlet;
    r.rw = plan->areas[planned->area].rw;
    r.rt = plan->areas[planned->area].rt;
    return r;
}

/* What changed of each known one; the new ones in one statement. */
static enum rc write_history(struct writing *w, const struct resident_act *act, uint64_t last_before, struct err *err)
{
    struct resident_changed *changed = ARENA_ARRAY(w->arena, struct resident_changed, w->plan->n_residents);
    size_t n = 0;

    for (size_t i = 0; i < w->plan->n_residents; i++) {
        const struct planned_resident *planned = &w->plan->residents[i];
        const struct known_resident *known = planned->known != NOT_KNOWN ? &w->loaded->registry.residents[planned->known] : NULL;

        if (known == NULL)
            continue;
        const struct resident_row after = row_after(w->plan, planned);
        changed[n++] = (struct resident_changed){.resident_id = known->id,
                                                 .family_id = w->loaded->family_of[planned->known],
                                                 .diff = resident_diff(w->arena, &known->r, &after)};
    }
    TRY(resident_changes_put(w->txn, act, changed, n, err));
    return n < w->plan->n_residents ? resident_changes_put_new(w->txn, act, last_before, err) : RC_OK;
}

/* Whose NIK a file brings at last is named by it in their children's rows, too, be they of the file or not. */
static enum rc write_parents(struct writing *w, const struct resident_act *act, struct err *err)
{
    for (size_t i = 0; i < w->plan->n_residents; i++) {
        const struct planned_resident *planned = &w->plan->residents[i];
        const struct resident_row *known = planned->known != NOT_KNOWN ? &w->loaded->registry.residents[planned->known].r : NULL;

        if (known != NULL && !str_eq(known->nik, planned->r.nik) && known->basic_status != STATUS_NOT_VALID)
            TRY(children_follow(w->txn, act, (struct parent_named){known->nik, STR("")}, (struct parent_named){planned->r.nik, STR("")},
                                err));
    }
    return RC_OK;
}

enum rc registry_write_plan(struct txn *txn, const struct registry_plan *plan, const struct loaded_registry *loaded,
                            const struct resident_act *act, utc_us now, const struct write_progress *progress, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct writing w = {.txn = txn, .db = db, .arena = village_db_arena(db), .plan = plan, .loaded = loaded, .now = now};
    struct registry_last last;

    TRY(sql_registry_last_resident(db, &last, err));
    TRY(write_areas(&w, err));
    TRY(write_families(&w, err));
    TRY(write_residents(&w, progress, err));
    TRY(write_words(&w, last.id, err));
    TRY(write_heads(&w, err));
    if (act != NULL) {
        TRY(write_history(&w, act, last.id, err));
        TRY(write_parents(&w, act, err));
    }
    TRY(sql_temporary_given(txn, plan->last_temporary, plan->last_temporary_kk, NULL, err));
    return registry_bump(txn, err);
}

/* ---- rows of our own making ---- */

enum rc registry_write_rows(struct txn *txn, const struct resident_row *rows, size_t n, const struct resident_act *act, utc_us now,
                            struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct registry_lock lock;
    struct loaded_registry loaded;
    struct registry_choice choice = {
        .village_code = village_db_code(db), .today = utc_date(now, zone_of_area(village_db_code(db))), .is_trusted = true};
    struct registry_file *file = registry_from_rows(village_db_arena(db), rows, n, choice.today);

    TRY(sql_registry_lock_take(txn, &lock, err));
    TRY(registry_load(db, file, &loaded, err));
    struct registry_plan *plan = registry_plan(file, &loaded.registry, &choice);
    return registry_write_plan(txn, plan, &loaded, act, now, NULL, err);
}
