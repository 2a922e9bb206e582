// SPDX-License-Identifier: AGPL-3.0-or-later
/* Whom a row of a file means: by its NIK, by one that was put right since, or by name and birth. */
#include "server/base/text.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"

/* Name, place and date of birth: how someone without a NIK is recognised. */
static struct str person_key(const struct planning *p, const struct resident_row *r)
{
    struct arena *scratch = p->file->scratch;

    if (str_empty(r->name) || str_empty(r->birth_place) || date_is_none(r->birth_date))
        return STR("");
    arena_reset(scratch);
    return str_dup(p->file->arena,
                   str_fmt(scratch, "=%.*s|%.*s|%d-%d-%d", STR_ARG(text_fold(scratch, r->name)),
                           STR_ARG(text_fold(scratch, r->birth_place)), r->birth_date.year, r->birth_date.month, r->birth_date.day));
}

/* KK number, name and date of birth. */
static struct str member_key(const struct planning *p, const struct resident_row *r)
{
    struct arena *scratch = p->file->scratch;

    if (str_empty(r->name) || str_empty(r->kk_no) || date_is_none(r->birth_date))
        return STR("");
    arena_reset(scratch);
    return str_dup(p->file->arena, str_fmt(scratch, "%.*s|%.*s|%d-%d-%d", STR_ARG(r->kk_no), STR_ARG(text_fold(scratch, r->name)),
                                           r->birth_date.year, r->birth_date.month, r->birth_date.day));
}

void plan_index(struct planning *p)
{
    const struct registry *registry = p->registry;
    struct arena *arena = p->file->arena;
    bool found;

    p->by_nik = text_index_new(arena, registry->n_residents);
    p->by_person = text_index_new(arena, registry->n_residents);
    p->by_member = text_index_new(arena, registry->n_residents);
    p->by_temporary = text_index_new(arena, 64);
    p->by_card = text_index_new(arena, 64);
    p->by_kk = text_index_new(arena, registry->n_families);
    p->touched = ARENA_ARRAY(arena, uint32_t, registry->n_residents);
    for (size_t i = 0; i < registry->n_residents; i++) {
        const struct known_resident *known = &registry->residents[i];
        *text_index_slot(p->by_nik, known->r.nik, &found) = (ptrdiff_t)i;
        if (!str_empty(known->r.card_tag))
            *text_index_slot(p->by_card, known->r.card_tag, &found) = (ptrdiff_t)i;
    }
}

enum { SEVERAL = -2 };

static void index_person(struct text_index *index, struct str key, size_t i, bool is_one)
{
    bool found;

    if (str_empty(key))
        return;
    ptrdiff_t *slot = text_index_slot(index, key, &found);
    *slot = !found ? (ptrdiff_t)i : is_one ? SEVERAL : *slot;
}

/* Only files with somebody whose NIK is not known pay for this. */
static void index_persons(struct planning *p)
{
    if (p->has_persons)
        return;
    p->has_persons = true;
    for (size_t i = 0; i < p->registry->n_residents; i++) {
        const struct resident_row *r = &p->registry->residents[i].r;
        struct str key = person_key(p, r);
        if (r->basic_status == STATUS_NOT_VALID) /* taken back or taken out: nobody is that person */
            continue;
        index_person(p->by_person, key, i, false);
        if (nik_is_temporary(r->nik))
            index_person(p->by_temporary, key, i, true);
        index_person(p->by_member, member_key(p, r), i, true);
    }
}

/* Of the same family, or without a NIK: nobody else may be taken for a person by name and birth alone. */
static ptrdiff_t look_for(struct planning *p, const struct resident_row *r, bool only_temporary)
{
    ptrdiff_t at;

    index_persons(p);
    at = text_index_get(p->by_member, member_key(p, r));
    if (at < 0 || (only_temporary && !nik_is_temporary(p->registry->residents[at].r.nik)))
        at = text_index_get(p->by_temporary, person_key(p, r));
    if (at < 0 || (r->sex != 0 && r->sex != p->registry->residents[at].r.sex))
        return NOT_KNOWN;
    return at;
}

/* Who came without a NIK and has one now. */
static void find_former(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];
    ptrdiff_t at = p->choice->is_trusted || nik_is_temporary(work->key) ? NOT_KNOWN : look_for(p, &p->file->rows[i].r, true);

    if (at == NOT_KNOWN)
        return;
    const struct resident_row *known = &p->registry->residents[at].r;
    work->known = at;
    work->key = known->nik;
    if (known->basic_status != STATUS_ALIVE)
        return; /* nothing of it is changed */
    work->is_joined = true;
    plan_fault(p, i, COLUMN_NIK, true,
               "NIK sementara → NIK tetap: %.*s sudah tercatat dengan NIK sementara %.*s dan kini mendapat NIK ini.", STR_ARG(known->name),
               STR_ARG(known->nik));
}

static void find_without_nik(struct planning *p, uint32_t i)
{
    const struct resident_row *row = &p->file->rows[i].r;
    struct work *work = &p->work[i];
    struct str key = person_key(p, row);

    if (str_empty(key)) {
        if (!p->choice->is_trusted && !p->file->rows[i].has_error) /* else what is missing is said where it stands */
            plan_fault(p, i, COLUMN_NIK, false, "Warga tanpa NIK hanya diterima bila nama, tempat lahir dan tanggal lahir diisi.");
        return;
    }
    work->key = str_fmt(p->file->arena, "%.*s|%u", STR_ARG(key), row->sex); /* brother and sister of one day, both without a name */
    work->known = look_for(p, row, false);
    if (work->known != NOT_KNOWN) {
        work->key = p->registry->residents[work->known].r.nik;
        return;
    }
    ptrdiff_t alike = text_index_get(p->by_person, key);
    if (alike == NOT_KNOWN || p->choice->is_trusted)
        return;
    const struct resident_row *known = &p->registry->residents[alike].r;
    plan_fault(
        p, i, COLUMN_NIK, true,
        "Nama, tempat dan tanggal lahirnya sama dengan %.*s (NIK %.*s, KK %.*s). Dicatat sebagai warga baru; bila orangnya sama, isi "
        "NIK itu di baris ini.",
        STR_ARG(utf8_part(p->file->scratch, known->name, 60)), STR_ARG(known->nik),
        STR_ARG(str_empty(known->kk_no) ? STR("-") : known->kk_no));
}

/*
 * A temporary number of this village in a file: of another program, or of a file made before. It names somebody only when it is theirs
 * here too; else it is as good as none, so that no number is given twice or used up by a file.
 */
static void take_own_nik(struct planning *p, uint32_t i)
{
    struct registry_row *row = &p->file->rows[i];

    if (p->choice->is_trusted || !nik_is_own_temporary(p->choice->village_code, row->r.nik))
        return;
    ptrdiff_t at = text_index_get(p->by_nik, row->r.nik);
    const struct resident_row *known = at != NOT_KNOWN ? &p->registry->residents[at].r : NULL;
    if (known != NULL && (date_compare(known->birth_date, row->r.birth_date) == 0 || str_eq_nocase(known->name, row->r.name)))
        return;
    row->r.nik = STR("");
    row->is_nik_zero = true;
    plan_fault(p, i, COLUMN_NIK, true,
               "NIK ini nomor sementara, yang hanya diberikan sistem. Dibaca sebagai belum punya NIK: yang baru mendapat nomor sementara "
               "sendiri.");
}

/* Which digits of two NIKs differ: "3", "3 dan 4"; none when they are more than a slip. */
static struct str slip_of(struct arena *arena, struct str a, struct str b)
{
    size_t places[2], n = 0;

    for (size_t k = 0; k < 16 && a.n == 16 && b.n == 16; k++) {
        if (a.p[k] == b.p[k])
            continue;
        if (n == COUNT_OF(places))
            return STR("");
        places[n++] = k + 1;
    }
    return n == 0 ? STR("") : n == 1 ? str_fmt(arena, "%zu", places[0]) : str_fmt(arena, "%zu dan %zu", places[0], places[1]);
}

/*
 * Name, birth and family card are those of somebody known, and the NIK is theirs but for a digit or two: one of the two is wrong. The file
 * does not say which, and a NIK is changed by an act of its own; until then the row would make that person twice.
 */
static void refuse_other_nik(struct planning *p, uint32_t i)
{
    const struct resident_row *r = &p->file->rows[i].r;
    ptrdiff_t at = nik_is_temporary(r->nik) ? NOT_KNOWN : text_index_get(p->by_member, member_key(p, r));
    const struct resident_row *known = at >= 0 ? &p->registry->residents[at].r : NULL;
    struct arena *scratch = p->file->scratch;

    if (known == NULL || nik_is_temporary(known->nik) || str_empty(slip_of(scratch, r->nik, known->nik)) ||
        (!str_empty(r->birth_place) && !str_empty(known->birth_place) &&
         !str_eq(text_fold(scratch, r->birth_place), text_fold(scratch, known->birth_place))))
        return;
    p->work[i].is_copy = true;
    p->work[i].errors++;
    registry_fault_add(
        p->file,
        &(struct registry_fault){
            .row = i,
            .column = COLUMN_NIK,
            .resident_id = p->registry->residents[at].id,
            .value = r->nik,
            .text = str_fmt(scratch,
                            "NIK-nya berbeda di angka ke-%.*s (tercatat %.*s). Bila NIK di berkas yang benar, ubah dulu di data "
                            "warga; bila tidak, perbaiki di berkas.",
                            STR_ARG(slip_of(scratch, r->nik, known->nik)), STR_ARG(nik_masked(scratch, known->nik))),
            .cause = STR("NIK-nya berbeda satu atau dua angka dari yang tercatat. Bila NIK di berkas yang benar, ubah dulu di data "
                         "warga; bila tidak, perbaiki di berkas.")});
}

void plan_find_known(struct planning *p, uint32_t i)
{
    struct registry_row *row = &p->file->rows[i];
    struct work *work = &p->work[i];

    work->known = NOT_KNOWN;
    take_own_nik(p, i);
    work->key = row->r.nik;
    if (!str_empty(row->r.nik)) {
        work->known = text_index_get(p->by_nik, row->r.nik);
        if (work->known == NOT_KNOWN && !p->choice->is_trusted && (work->known = plan_by_former_nik(p, &row->r)) != NOT_KNOWN)
            work->key = p->registry->residents[work->known].r.nik;
        if (work->known == NOT_KNOWN)
            find_former(p, i);
        if (work->known == NOT_KNOWN && !p->choice->is_trusted)
            refuse_other_nik(p, i);
    } else if (row->is_nik_zero) {
        find_without_nik(p, i);
    }
}

static struct str row_place(struct planning *p, uint32_t i)
{
    const struct registry_row *row = &p->file->rows[i];

    if (p->file->n_sheets < 2)
        return str_fmt(p->file->scratch, "baris %u", row->row_no);
    return str_fmt(p->file->scratch, "baris %u lembar %.*s", row->row_no, STR_ARG(p->file->sheets[row->sheet].name));
}

/* Two rows for one person, or one card on two: nobody but a person can say which is right, so both are left out. */
static void refuse_pair(struct planning *p, struct text_index *first, uint32_t i, struct str key, enum resident_column column)
{
    const char *what = column == COLUMN_NIK ? "Warga ini" : "Kartu ini";
    const unsigned bit = 1u << (column == COLUMN_NIK);
    bool found;

    if (str_empty(key))
        return;
    ptrdiff_t *slot = text_index_slot(first, key, &found);
    uint32_t other = found ? (uint32_t)*slot : i;
    if (!found)
        *slot = (ptrdiff_t)i;
    if (other == i)
        return;
    p->work[i].is_copy |= column == COLUMN_NIK;
    p->work[other].is_copy |= column == COLUMN_NIK;
    plan_fault(p, i, column, false, "%s sama dengan %.*s.", what, STR_ARG(row_place(p, other)));
    if (!(p->work[other].paired & bit))
        plan_fault(p, other, column, false, "%s sama dengan %.*s.", what, STR_ARG(row_place(p, i)));
    p->work[other].paired |= bit;
}

static void refuse_known_cards(struct planning *p)
{
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct str card = p->file->rows[i].r.card_tag;
        ptrdiff_t owner = str_empty(card) ? NOT_KNOWN : text_index_get(p->by_card, card);
        /* Also when another row gives the owner a new card: that row may yet be refused. The next import finds the card free. */
        if (owner != NOT_KNOWN && owner != p->work[i].known)
            plan_fault(p, i, COLUMN_CARD_TAG, false, "Kartu ini sudah terdaftar atas nama warga lain.");
    }
}

void plan_refuse_pairs(struct planning *p)
{
    struct text_index *persons = text_index_new(p->file->arena, p->file->n_rows), *cards = text_index_new(p->file->arena, 64);

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct resident_row *r = &p->file->rows[i].r;
        refuse_pair(p, persons, i, p->work[i].key, COLUMN_NIK);
        if (!str_eq(r->nik, p->work[i].key))
            refuse_pair(p, persons, i, r->nik, COLUMN_NIK); /* the new NIK of somebody who had none */
        refuse_pair(p, cards, i, r->card_tag, COLUMN_CARD_TAG);
    }
    refuse_known_cards(p);
}
