// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The file against the registry. In this order, because each step needs the
 * one before: whom a row means, what it would become, what is wrong with it
 * beside its neighbours, which areas and families follow, what is counted.
 */
#include <math.h>

#include "server/base/random.h"
#include "server/base/text.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"

static bool has(const struct registry_row *row, enum resident_column c)
{
    return row_has(&row->r, c);
}

/* ---- whom a row means ---- */

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

static void index_registry(struct planning *p)
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
    work->key = key;
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

static void find_known(struct planning *p, uint32_t i)
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

static void refuse_pairs(struct planning *p)
{
    struct text_index *persons = text_index_new(p->file->arena, p->file->n_rows), *cards = text_index_new(p->file->arena, 64);

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct resident_row *r = &p->file->rows[i].r;
        refuse_pair(p, persons, i, p->work[i].key, COLUMN_NIK);
        if (!str_eq(r->nik, p->work[i].key))
            refuse_pair(p, persons, i, r->nik, COLUMN_NIK); /* the new NIK of somebody who had none */
        refuse_pair(p, cards, i, r->card_tag, COLUMN_CARD_TAG);
    }
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

/* ---- what it would become ---- */

/* Another hamlet takes RW and RT with it; in the same one, empty cells keep what is known. */
static void merge_place(struct resident_row *to, const struct resident_row *from)
{
    if (!str_empty(from->hamlet) && !str_eq_nocase(from->hamlet, to->hamlet)) {
        to->hamlet = from->hamlet;
        to->rw = to->rt = STR("-");
    }
    if (!str_empty(from->rw))
        to->rw = from->rw;
    if (!str_empty(from->rt))
        to->rt = from->rt;
    if (str_empty(to->hamlet))
        to->hamlet = STR("-");
    if (str_empty(to->rw))
        to->rw = STR("-");
    if (str_empty(to->rt))
        to->rt = STR("-");
}

/*
 * That somebody died, left or came back is an event: it has its day, its book and its month, which a file does not say. So a file
 * changes nobody's status; it tells whose differs, and where it is recorded. A file that says nothing of it holds who lives here.
 */
static void keep_status(struct planning *p, uint32_t i, const struct resident_row *known)
{
    struct resident_row *r = &p->work[i].r;
    uint8_t said = p->file->rows[i].r.basic_status != 0 ? p->file->rows[i].r.basic_status : STATUS_ALIVE;

    if (p->work[i].is_anew) {
        plan_fault(p, i, COLUMN_BASIC_STATUS, true, "NIK ini milik data yang ditandai tidak valid. Baris ini menjadikannya warga lagi.");
        return;
    }
    r->basic_status = known->basic_status;
    if (said == known->basic_status || known->basic_status == STATUS_NOT_VALID)
        return;
    p->work[i].is_kept = known->basic_status == STATUS_ALIVE;
    if (p->work[i].is_kept)
        plan_fault(p, i, COLUMN_BASIC_STATUS, true,
                   "Di berkas: %.*s; di data desa: hidup. Statusnya tidak diubah dari berkas: catat peristiwanya di menu Peristiwa, supaya "
                   "masuk buku dan statistik.",
                   STR_ARG(code_label(CODE_BASIC_STATUS, said)));
    else if (known->basic_status == STATUS_DEAD)
        plan_fault(p, i, COLUMN_BASIC_STATUS, true,
                   "Di data desa tercatat meninggal, di berkas tidak. Statusnya tidak diubah dari berkas: bila keliru, batalkan catatan "
                   "kematiannya di menu Peristiwa.");
    else
        plan_fault(p, i, COLUMN_BASIC_STATUS, true,
                   "Di data desa: %.*s; di berkas: %.*s. Statusnya tidak diubah dari berkas: bila ia kembali, catat kedatangannya di menu "
                   "Peristiwa.",
                   STR_ARG(code_label(CODE_BASIC_STATUS, known->basic_status)), STR_ARG(code_label(CODE_BASIC_STATUS, said)));
}

/* A place on the map that a workbook gives back as a number is the same without the zeros at its end. */
static bool is_same_point(struct arena *scratch, struct str a, struct str b)
{
    return !str_empty(a) && !str_empty(b) && fabs(strtod(str_z(scratch, a), NULL) - strtod(str_z(scratch, b), NULL)) < 1e-9;
}

static void keep_points(struct planning *p, const struct resident_row *known, struct resident_row *r)
{
    static const enum resident_column points[] = {COLUMN_LAT, COLUMN_LNG};

    for (size_t k = 0; k < COUNT_OF(points); k++)
        if (is_same_point(p->file->scratch, *row_text(known, points[k]), *row_text(r, points[k])))
            *row_text_at(r, points[k]) = *row_text(known, points[k]);
}

static void merge(struct planning *p, uint32_t i)
{
    struct registry_row *row = &p->file->rows[i];
    struct work *work = &p->work[i];

    const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
    /* Who comes again after a birth or an entry that was taken back comes as if new: nothing of it stays. */
    work->is_anew = known != NULL && known->basic_status == STATUS_NOT_VALID && row->r.basic_status != STATUS_NOT_VALID;
    if (known != NULL && !work->is_anew)
        work->r = *known;
    for (int c = COLUMN_NAME; c < COLUMN_COUNT; c++)
        if (has(row, (enum resident_column)c))
            row_copy(&work->r, &row->r, (enum resident_column)c);
    if (known != NULL)
        keep_points(p, known, &work->r);
    work->r.address = row->r.address;
    merge_place(&work->r, &row->r);
    if (work->r.basic_status == 0)
        work->r.basic_status = STATUS_ALIVE;
    if (known != NULL && !p->choice->is_trusted) {
        keep_status(p, i, known);
        if (known->basic_status == STATUS_ALIVE)
            plan_keep_newer(p, i);
        else if (known->basic_status != STATUS_NOT_VALID)
            plan_keep_gone(p, i);
    }
    if (work->r.sex == SEX_MALE && row->r.pregnancy != 0) {
        if (row->r.pregnancy == PREGNANT) /* "not pregnant" is written for all by some programs */
            plan_fault(p, i, COLUMN_PREGNANCY, true, "Isian hamil untuk laki-laki tidak disimpan.");
        work->r.pregnancy = known != NULL ? known->pregnancy : 0;
    }
}

static void require_for_new(struct planning *p, uint32_t i)
{
    static const struct {
        enum resident_column column;
        const char *text;
    } needs[] = {{COLUMN_NAME, "Nama belum diisi."},
                 {COLUMN_SEX, "Jenis kelamin belum diisi."},
                 {COLUMN_FAMILY_ROLE, "Hubungan dalam keluarga belum diisi."}};
    struct registry_row *row = &p->file->rows[i];

    for (size_t k = 0; k < COUNT_OF(needs); k++)
        if (!(row->filled & UINT64_C(1) << needs[k].column))
            plan_fault(p, i, needs[k].column, false, "%s", needs[k].text);
    bool has_hamlet = row->filled & UINT64_C(1) << COLUMN_HAMLET;
    if (!has_hamlet && p->has_hamlets && row->is_no_hamlet)
        plan_fault(p, i, COLUMN_HAMLET, true, "{Dusun} tertulis “-”, jadi dicatat tanpa {dusun}. Isi namanya bila ada.");
    else if (!has_hamlet)
        plan_fault(p, i, COLUMN_HAMLET, !p->has_hamlets, "{Dusun} belum diisi.");
    if (!(row->filled & UINT64_C(1) << COLUMN_BIRTH_DATE))
        plan_fault(p, i, COLUMN_BIRTH_DATE, true, "Tanggal lahir belum diisi.");
}

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

/*
 * A NIK holds the date of birth (day + 40 for women). Where it does not fit, one
 * of the two is wrong, or the civil registry corrected the date and kept the NIK:
 * a person decides. What the registry already holds was decided before.
 */
static void check_birth(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];
    const char *nik = work->r.nik.p;
    struct date birth = work->r.birth_date;
    const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
    bool was_so = known != NULL && known->sex == work->r.sex && date_compare(known->birth_date, birth) == 0;
    bool is_warning = p->choice->accepts_mismatch || was_so;

    if (work->r.nik.n != 16 || nik[0] == '0')
        return;
    int day = two_digits(nik + 6), month = two_digits(nik + 8), year = two_digits(nik + 10);
    bool is_female = day > 40;
    day -= is_female ? 40 : 0;
    if (!date_is_none(birth) && (day != birth.day || month != birth.month || year != birth.year % 100))
        plan_mismatch(p, i, COLUMN_BIRTH_DATE, is_warning,
                      "NIK menyebut lahir %02d-%02d-%02d, kolom ini %02d-%02d-%04d. Cocokkan dengan kartu keluarga.", day, month, year,
                      birth.day, birth.month, birth.year);
    if (work->r.sex != 0 && (work->r.sex == SEX_FEMALE) != is_female)
        plan_mismatch(p, i, COLUMN_SEX, is_warning, "NIK menyebut %s, kolom ini %s. Cocokkan dengan kartu keluarga.",
                      is_female ? "perempuan" : "laki-laki", is_female ? "laki-laki" : "perempuan");
}

static void check_region(struct planning *p, uint32_t i)
{
    struct str nik = p->work[i].r.nik, code = p->choice->village_code;

    if (nik.n != 16 || code.n < 6)
        return;
    if (nik.p[0] == '0' ? memcmp(nik.p + 1, code.p, code.n) != 0 : memcmp(nik.p, code.p, 6) != 0)
        plan_fault(p, i, COLUMN_NIK, true, "NIK ini diterbitkan di wilayah lain (%.*s), bukan kecamatan desa ini.", 6,
                   nik.p[0] == '0' ? nik.p + 1 : nik.p);
}

static void check_role(struct planning *p, uint32_t i)
{
    const struct work *work = &p->work[i];
    const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
    bool was_so = known != NULL && known->sex == work->r.sex && known->family_role == work->r.family_role;
    struct str fault = work->r.sex != 0 ? role_fault(work->r.family_role, work->r.sex) : STR("");

    if (!str_empty(fault))
        plan_fault(p, i, COLUMN_FAMILY_ROLE, was_so, "%.*s", STR_ARG(fault));
}

const struct resident_row *plan_row_of_nik(const struct planning *p, struct str nik)
{
    ptrdiff_t row = text_index_get(p->rows_by_nik, nik), known = text_index_get(p->by_nik, nik);

    return row != NOT_KNOWN && p->file->rows[row].r.sex != 0 ? &p->file->rows[row].r
           : known != NOT_KNOWN                              ? &p->registry->residents[known].r
                                                             : NULL;
}

/* A parent's number that cannot be theirs is told and not taken: what is known stays. */
static void check_parents(struct planning *p, uint32_t i)
{
    static const enum resident_column parents[] = {COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK};
    struct work *work = &p->work[i];
    const struct resident_row *known = work->known != NOT_KNOWN && !work->is_anew ? &p->registry->residents[work->known].r : NULL;

    for (size_t k = 0; k < COUNT_OF(parents); k++) {
        struct str *nik = row_text_at(&work->r, parents[k]);
        const char *who = parents[k] == COLUMN_FATHER_NIK ? "ayah" : "ibu";

        if (str_empty(*nik) || (known != NULL && str_eq(*nik, *row_text(known, parents[k]))))
            continue;
        const struct resident_row *parent = plan_row_of_nik(p, *nik);
        if (str_eq(*nik, work->r.nik))
            plan_fault(p, i, parents[k], true, "NIK %s ini NIK warga ini sendiri, jadi tidak dicatat.", who);
        else if (parent != NULL && parent->sex != parent_sex(parents[k]))
            plan_fault(p, i, parents[k], true, "NIK %s ini milik %.*s, seorang %s, jadi tidak dicatat.", who,
                       STR_ARG(utf8_part(p->file->scratch, parent->name, 60)), parent->sex == SEX_FEMALE ? "perempuan" : "laki-laki");
        else
            continue;
        *nik = known != NULL ? *row_text(known, parents[k]) : STR("");
    }
}

/*
 * Somebody known stays in their family. Who is new and heads one has a card that is not made yet, so they get a temporary number, as who
 * is added by hand; a member without it is nobody's.
 */
static struct str next_kk(struct planning *p)
{
    struct str next = p->last_temporary_kk;

    do
        next = nik_temporary_after(p->file->arena, p->choice->village_code, next);
    while (next.p != NULL && text_index_get(p->by_kk, next) != NOT_KNOWN);
    if (next.p != NULL)
        p->plan->last_temporary_kk = p->last_temporary_kk = next;
    return next.p != NULL ? next : STR("");
}

/*
 * The same of family cards. Rows of one such number are one family still: that of somebody of theirs who is known here, the one of that
 * number, or a new one with a number of its own.
 */
static void take_own_kks(struct planning *p)
{
    struct text_index *meant = text_index_new(p->file->arena, 64);
    struct str *kks = ARENA_ARRAY(p->file->arena, struct str, p->file->n_rows);
    bool found;

    for (size_t i = 0; i < p->registry->n_families; i++)
        *text_index_slot(p->by_kk, p->registry->families[i].kk_no, &found) = (ptrdiff_t)i;
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct str kk = p->file->rows[i].r.kk_no;
        ptrdiff_t at = p->work[i].known;
        if (at == NOT_KNOWN || !nik_is_own_temporary(p->choice->village_code, kk) || str_empty(p->registry->residents[at].r.kk_no))
            continue;
        ptrdiff_t *slot = text_index_slot(meant, kk, &found);
        if (!found)
            kks[ *slot = (ptrdiff_t)i] = p->registry->residents[at].r.kk_no;
    }
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct registry_row *row = &p->file->rows[i];
        struct str kk = row->r.kk_no;
        if (!nik_is_own_temporary(p->choice->village_code, kk))
            continue;
        ptrdiff_t *slot = text_index_slot(meant, kk, &found);
        if (!found)
            kks[ *slot = (ptrdiff_t)i] = text_index_get(p->by_kk, kk) != NOT_KNOWN ? kk : next_kk(p);
        row->r.kk_no = kks[*slot];
        if (str_eq(kk, row->r.kk_no))
            continue;
        row->filled &= ~(UINT64_C(1) << COLUMN_KK);
        plan_fault(p, i, COLUMN_KK, !str_empty(row->r.kk_no),
                   "Nomor KK ini nomor sementara, yang hanya diberikan sistem. Keluarga ini mendapat atau tetap dengan nomornya sendiri.");
    }
}

static void take_kk(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];

    if (!str_empty(work->r.kk_no) || p->file->rows[i].filled & UINT64_C(1) << COLUMN_KK)
        return;
    if (work->r.family_role != SHDK_HEAD || !p->file->sheets[p->file->rows[i].sheet].has_kk) {
        plan_fault(p, i, COLUMN_KK, false, "Nomor KK belum diisi.");
        return;
    }
    work->r.kk_no = next_kk(p);
    if (str_empty(work->r.kk_no))
        plan_fault(p, i, COLUMN_KK, false, "Nomor KK belum diisi.");
    else
        plan_fault(p, i, COLUMN_KK, true, "Nomor KK belum diisi. Kepala keluarga ini mendapat nomor KK sementara, yang diawali 0.");
}

static bool has_hamlets(const struct planning *p)
{
    for (size_t i = 0; i < p->registry->n_areas; i++)
        if (!str_is(p->registry->areas[i].hamlet, "-"))
            return true;
    for (uint32_t i = 0; i < p->file->n_rows; i++)
        if (p->file->rows[i].filled & UINT64_C(1) << COLUMN_HAMLET)
            return true;
    return false;
}

static void check_rows(struct planning *p)
{
    p->has_hamlets = has_hamlets(p);
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        merge(p, i);
        if (p->choice->is_trusted || p->work[i].is_gone)
            continue;
        if (p->work[i].known == NOT_KNOWN || p->work[i].is_anew)
            require_for_new(p, i);
        take_kk(p, i);
        check_birth(p, i);
        check_role(p, i);
        check_parents(p, i);
        check_region(p, i);
    }
}

/* ---- what is counted ---- */

static bool keeps_all(const struct planning *p, uint32_t i)
{
    const struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;

    for (int c = COLUMN_NAME; c < COLUMN_COUNT; c++)
        if (!row_same(&work->r, known, (enum resident_column)c))
            return false;
    return str_eq_nocase(work->r.hamlet, known->hamlet) && str_eq(work->r.rw, known->rw) && str_eq(work->r.rt, known->rt);
}

static void count_differences(struct planning *p, uint32_t i)
{
    const struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;

    for (int c = COLUMN_RW; c < COLUMN_COUNT; c++)
        p->plan->changed_by_column[c] += !row_same(&work->r, known, (enum resident_column)c);
    p->plan->changed_by_column[COLUMN_HAMLET] += !str_eq_nocase(work->r.hamlet, known->hamlet);
    p->plan->changed_by_column[COLUMN_ADDRESS] += work->decides_family && !str_eq(work->r.address, known->address);
}

static void decide(struct planning *p)
{
    struct registry_counts *counts = &p->plan->counts;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct registry_row *row = &p->file->rows[i];
        struct work *work = &p->work[i];
        counts->total++;
        counts->old += work->has_old && !row->has_error;
        if (row->has_error) {
            row->op = OP_REFUSED;
            counts->refused++;
            counts->mismatch += work->mismatches > 0 && work->errors == 0;
        } else if (work->known == NOT_KNOWN) {
            row->op = OP_NEW;
            counts->new ++;
        } else if (work->decides_family || !keeps_all(p, i)) {
            row->op = OP_CHANGED;
            counts->changed++;
            count_differences(p, i);
        } else {
            row->op = OP_UNCHANGED;
            counts->unchanged++;
        }
    }
    counts->warnings = (uint32_t)p->file->faults.warnings;
}

/* The next temporary NIKs: 0, the village's code, five digits. They are never given twice. */
static void give_temporary(struct planning *p)
{
    struct text_index *brought = text_index_new(p->file->arena, p->file->n_rows);
    struct str next = p->registry->last_temporary.p != NULL ? p->registry->last_temporary : STR("");
    bool found;

    for (uint32_t i = 0; i < p->file->n_rows; i++)
        if (!str_empty(p->work[i].r.nik))
            *text_index_slot(brought, p->work[i].r.nik, &found) = (ptrdiff_t)i;
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        if (p->file->rows[i].op != OP_NEW || !str_empty(p->work[i].r.nik))
            continue;
        do
            next = next.p != NULL ? nik_temporary_after(p->file->arena, p->choice->village_code, next) : STR_NONE;
        while (next.p != NULL && (text_index_get(p->by_nik, next) != NOT_KNOWN || text_index_get(brought, next) != NOT_KNOWN));
        if (next.p == NULL) {
            plan_fault(p, i, COLUMN_NIK, false, "Semua nomor sementara desa ini sudah terpakai. Isi NIK-nya.");
            p->file->rows[i].op = OP_REFUSED;
            p->plan->counts.new --;
            p->plan->counts.refused++;
            continue;
        }
        p->work[i].r.nik = p->plan->last_temporary = next;
    }
}

static void collect_residents(struct planning *p)
{
    struct registry_plan *plan = p->plan;

    plan->residents = ARENA_ARRAY(p->file->arena, struct planned_resident, plan->counts.new + plan->counts.changed);
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        enum registry_op op = p->file->rows[i].op;
        if (op == OP_NEW || op == OP_CHANGED)
            plan->residents[plan->n_residents++] = (struct planned_resident){i, work->known, work->r, work->area, work->family};
    }
}

/* ---- faults in the order of the file; the hash ---- */

static int by_place(const void *x, const void *y)
{
    const struct registry_fault *a = x, *b = y;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return (int)a->is_warning - (int)b->is_warning;
}

static void put_value(struct buf *out, struct resident_row *r, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        buf_fmt(out, "%u", *row_code(r, c));
    else if (kind_is_date(column_rules[c].kind))
        buf_fmt(out, "%" PRId64, date_is_none(*row_date(r, c)) ? INT64_MIN : date_to_days(*row_date(r, c)));
    else
        buf_put_str(out, *row_text(r, c));
    buf_put_char(out, '\x1f');
}

/* The hash so far and the next text give the next hash. */
static void hash_more(struct planning *p, struct buf *out)
{
    buf_put(out, p->plan->hash, sizeof p->plan->hash);
    hash_sha256(out->p, out->n, p->plan->hash);
    out->n = 0;
}

/* What stands in the registry now where the row would write something else: who saves has seen that these values go, and no others. */
static void put_replaced(struct planning *p, struct buf *out, uint32_t i)
{
    const struct work *work = &p->work[i];
    struct resident_row known = p->registry->residents[work->known].r;

    for (int c = COLUMN_HAMLET; c < COLUMN_COUNT; c++) {
        if (row_same(&work->r, &known, (enum resident_column)c))
            continue;
        buf_fmt(out, "%d:", c);
        put_value(out, &known, (enum resident_column)c);
    }
}

/* The same of families' addresses and areas. */
static void hash_families(struct planning *p, struct buf *out)
{
    for (size_t k = 0; k < p->plan->n_families; k++) {
        const struct planned_family *family = &p->plan->families[k];
        if (family->known == NOT_KNOWN || !family->is_changed)
            continue;
        const struct known_family *known = &p->registry->families[family->known];
        buf_fmt(out, "%.*s\x1f%.*s\x1f%" PRIu64, STR_ARG(known->kk_no), STR_ARG(known->address), p->registry->areas[known->area].id);
        hash_more(p, out);
    }
}

/*
 * Everything a person sees of the result, every value that would be written and every value that it would replace. Temporary numbers are
 * not seen and may move.
 */
static void take_hash(struct planning *p)
{
    struct buf out = {.arena = p->file->arena};

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct registry_row *row = &p->file->rows[i];
        struct resident_row r = p->work[i].r;
        buf_fmt(&out, "%u %u %d ", row->sheet, row->row_no, (int)row->op);
        if (row->is_nik_zero && row->op == OP_NEW)
            r.nik = STR("0");
        if (!(row->filled & UINT64_C(1) << COLUMN_KK) && row->op == OP_NEW)
            r.kk_no = STR("0");
        for (int c = 0; c < COLUMN_COUNT && (row->op == OP_NEW || row->op == OP_CHANGED); c++)
            put_value(&out, &r, (enum resident_column)c);
        if (row->op == OP_CHANGED)
            put_replaced(p, &out, i);
        hash_more(p, &out);
    }
    hash_families(p, &out);
    buf_fmt(&out, "%u %d", p->plan->counts.old, p->choice->takes_old);
    hash_more(p, &out);
    for (int c = 0; c < COLUMN_COUNT; c++)
        buf_fmt(&out, "%u ", p->plan->changed_by_column[c]);
    hash_more(p, &out);
    for (size_t i = 0; i < p->file->faults.n; i++) {
        const struct registry_fault *fault = &p->file->faults.p[i];
        buf_fmt(&out, "%u %d %d %.*s", fault->row, (int)fault->column, fault->is_warning, STR_ARG(fault->text));
        hash_more(p, &out);
    }
}

struct registry_plan *registry_plan(struct registry_file *file, const struct registry *registry, const struct registry_choice *choice)
{
    struct planning p = {.file = file, .registry = registry, .choice = choice, .last_temporary_kk = registry->last_temporary_kk};

    file->scratch = arena_new();
    p.plan = ARENA_NEW(file->arena, struct registry_plan);
    p.plan->faults = &file->faults;
    p.plan->last_temporary = p.plan->last_temporary_kk = STR("");
    p.work = ARENA_ARRAY(file->arena, struct work, file->n_rows);
    index_registry(&p);
    p.rows_by_nik = text_index_new(file->arena, file->n_rows);
    for (uint32_t i = 0; i < file->n_rows; i++) {
        bool found;
        p.work[i].errors = file->rows[i].has_error;
        if (!str_empty(file->rows[i].r.nik))
            *text_index_slot(p.rows_by_nik, file->rows[i].r.nik, &found) = (ptrdiff_t)i;
        find_known(&p, i);
    }
    if (!choice->is_trusted) {
        plan_hamlets(&p);
        take_own_kks(&p);
        refuse_pairs(&p);
        refuse_known_cards(&p);
    }
    check_rows(&p);
    if (!choice->is_trusted)
        plan_kin(&p);
    plan_families(&p);
    decide(&p);
    give_temporary(&p);
    collect_residents(&p);
    if (file->faults.n > 1)
        qsort(file->faults.p, file->faults.n, sizeof *file->faults.p, by_place);
    registry_drop_names(file, registry);
    take_hash(&p);
    arena_free(&file->scratch);
    return p.plan;
}
