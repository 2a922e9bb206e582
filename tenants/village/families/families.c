// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/families/families.h"

#include "server/base/text.h"
#include "server/register/list.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/residents/family_rows_sql.h"

/* ---- a family ---- */

static void put_members(struct family_state *out, const struct family_member *p, size_t n)
{
    out->p = p;
    out->n = n;
    out->living = 0;
    while (out->living < n && p[out->living].basic_status == STATUS_ALIVE)
        out->living++;
}

static uint8_t small(struct opt_u64 n)
{
    return n.is_set ? (uint8_t)n.value : 0;
}

enum rc family_load(struct village_db *db, uint64_t id, struct family_state *out, struct err *err)
{
    struct family_row_rows rows;
    struct family_member *members;
    size_t n = 0;

    TRY(sql_family_whole(db, id, &rows, err));
    if (rows.n == 0)
        return fail(err, RC_NOT_FOUND, "no family %" PRIu64, id);
    const struct family_row *f = &rows.p[0];
    out->f = (struct family_full){f->id, f->kk_no, f->head_id, f->address, f->area_id, f->hamlet, f->rw, f->rt, f->version};
    members = ARENA_ARRAY(village_db_arena(db), struct family_member, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct family_row *r = &rows.p[i];

        if (r->member_id.is_set)
            members[n++] = (struct family_member){.id = r->member_id.value,
                                                  .nik = r->nik,
                                                  .name = r->name,
                                                  .sex = small(r->sex),
                                                  .birth_date = r->birth_date,
                                                  .role = small(r->role),
                                                  .basic_status = small(r->basic_status),
                                                  .marital = small(r->marital),
                                                  .father_nik = r->father_nik,
                                                  .mother_nik = r->mother_nik,
                                                  .version = (uint32_t)r->member_version.value};
    }
    put_members(out, members, n);
    return RC_OK;
}

enum rc family_lock(struct txn *txn, uint64_t id, struct family_state *out, struct err *err)
{
    struct family_member_rows rows;

    TRY(registry_touch(txn, err));
    TRY(sql_family_hold(txn, id, &out->f, err));
    TRY(sql_family_members_hold(txn, id, &rows, err));
    put_members(out, rows.p, rows.n);
    return RC_OK;
}

enum rc family_by_kk(struct village_db *db, struct str kk_no, struct family_state *out, bool *found_out, struct err *err)
{
    struct family_id_of row;

    TRY(sql_family_of_kk(db, kk_no, &row, found_out, err));
    return *found_out ? family_load(db, row.id, out, err) : RC_OK;
}

const struct family_member *family_head(const struct family_state *family)
{
    for (size_t i = 0; i < family->living; i++)
        if (family->p[i].role == SHDK_HEAD)
            return &family->p[i];
    return NULL;
}

static const struct family_member *among(const struct family_member *members, size_t n, uint64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (members[i].id == id)
            return &members[i];
    return NULL;
}

const struct family_member *family_member_of(const struct family_state *family, uint64_t id)
{
    return among(family->p, family->living, id);
}

const struct family_member *family_anyone_of(const struct family_state *family, uint64_t id)
{
    return among(family->p, family->n, id);
}

struct str family_place(struct arena *arena, const struct family_full *f)
{
    return address_place(arena, f->hamlet, f->rw, f->rt);
}

struct str form_area_number(struct str kept)
{
    return str_is(kept, "-") ? STR("") : kept;
}

struct str family_member_about(struct arena *arena, const struct family_member *m, struct date today)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, m->basic_status == STATUS_MISSING ? code_label(CODE_BASIC_STATUS, m->basic_status)
                      : m->role != 0                    ? code_label(CODE_FAMILY_ROLE, m->role)
                                                        : STR("Hubungan belum diisi"));
    buf_fmt(&out, ", %s", m->sex == SEX_FEMALE ? "perempuan" : "laki-laki");
    if (!date_is_none(m->birth_date))
        buf_fmt(&out, ", %d tahun", date_age(m->birth_date, today));
    return buf_str(&out);
}

/* ---- roles ---- */

struct str family_roles_json(struct arena *arena, const struct role_change *changes, size_t n)
{
    struct buf out = {.arena = arena};

    buf_put_char(&out, '[');
    for (size_t i = 0; i < n; i++)
        buf_fmt(&out, "%s[%" PRIu64 ",%u,%u]", i == 0 ? "" : ",", changes[i].id, changes[i].from, changes[i].to);
    buf_put_char(&out, ']');
    return buf_str(&out);
}

/* {"17":[4,9]}: for the family's history. */
struct str family_roles_diff(struct arena *arena, const struct role_change *changes, size_t n)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < n; i++)
        buf_fmt(&out, "%c\"%" PRIu64 "\":[%u,%u]", i == 0 ? '{' : ',', changes[i].id, changes[i].from, changes[i].to);
    buf_put_char(&out, '}');
    return buf_str(&out);
}

enum rc family_told(struct txn *txn, const struct resident_act *act, const struct family_full *f, struct str diff, struct err *err)
{
    const struct change change = {.owner = family_keeper.owner,
                                  .owner_id = f->id,
                                  .kind = act->kind,
                                  .diff = diff,
                                  .reason = act->reason,
                                  .version = (uint32_t)f->version + 1};

    return changes_put(txn, &act->by, &change, 1, err);
}

enum rc family_roles_set(struct txn *txn, const struct resident_act *act, const struct family_state *held,
                         const struct role_change *changes, size_t n, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, n);
    struct family_led head;

    for (size_t i = 0; i < n; i++) {
        const struct resident_row before = {.family_role = changes[i].from}, after = {.family_role = changes[i].to};

        changed[i] = (struct resident_changed){
            .resident_id = changes[i].id, .family_id = held->f.id, .diff = resident_diff(arena, &before, &after)};
    }
    if (n > 0) {
        TRY(sql_family_roles_put(txn, family_roles_json(arena, changes, n), act->by.at, NULL, err));
        TRY(resident_changes_put(txn, act, changed, n, err));
    }
    TRY(sql_family_refresh(txn, held->f.id, act->by.at, NULL, err));
    if (n == 0)
        return RC_OK;
    TRY(sql_family_led(in_txn(txn), held->f.id, &head, err));
    /* {"head":[12,15],"17":[4,9]}: who led it and who leads it now, and each one's role */
    return family_told(txn, act, &held->f,
                       str_fmt(arena, "{\"head\":[%" PRIu64 ",%" PRIu64 "],%.*s", held->f.head_id.value, head.id.value,
                               STR_ARG(str_from(family_roles_diff(arena, changes, n), 1))),
                       err);
}

/* ---- finding one ---- */

enum { KK_DIGITS = 16 };

bool family_find_typed(struct arena *arena, struct str typed, struct family_find *find, enum family_way *way_out)
{
    struct str digits = digits_only(arena, typed), words[3] = {STR_NONE, STR_NONE, STR_NONE};

    if (digits.n == KK_DIGITS) {
        find->kk_no = digits;
        *way_out = FAMILY_WAY_NUMBER;
        return true;
    }
    if (list_typed_words(arena, typed, words, COUNT_OF(words)) == 0)
        return false;
    find->first = words[0];
    find->second = words[1];
    find->third = words[2];
    *way_out = FAMILY_WAY_WORDS;
    return true;
}

enum rc families_find(struct village_db *db, struct str typed, uint32_t limit, struct family_hit_rows *out, struct err *err)
{
    struct family_find find = {0};
    struct family_line_rows rows = {0};
    struct list_ends ends;
    enum family_way way;

    if (family_find_typed(village_db_arena(db), typed, &find, &way))
        TRY(sql_family_page(db, &find, way, &(struct list_at){0}, limit, &rows, &ends, err));
    *out = (struct family_hit_rows){rows.p, rows.n};
    return RC_OK;
}

/* Of several of one family who match, its head or else the first. */
static void keep_each_once(struct family_met_rows *rows)
{
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++) {
        size_t k = 0;

        while (k < n && rows->p[k].id != rows->p[i].id)
            k++;
        if (k == n)
            rows->p[n++] = rows->p[i];
        else if (rows->p[i].role.value == SHDK_HEAD)
            rows->p[k] = rows->p[i];
    }
    rows->n = n;
}

enum rc families_met(struct village_db *db, struct str typed, uint32_t limit, struct family_met_rows *out, struct err *err)
{
    struct family_find find = {0};
    enum family_way way;

    *out = (struct family_met_rows){0};
    if (!family_find_typed(village_db_arena(db), typed, &find, &way))
        return RC_OK;
    if (way == FAMILY_WAY_NUMBER)
        return sql_family_met_of_number(db, find.kk_no, out, err);
    TRY(sql_family_met_of_words(db, find.first, find.second, find.third, limit, out, err));
    keep_each_once(out);
    return RC_OK;
}
