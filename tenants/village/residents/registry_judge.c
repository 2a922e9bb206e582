// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a row would make of its person, and what is wrong with that. */
#include <math.h>

#include "server/base/text.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"
#include "tenants/village/codes/same_name.h"

static bool has(const struct registry_row *row, enum resident_column c)
{
    return row_has(&row->r, c);
}

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

/* A file of before the child had its name takes it from nobody; nor does a row without a NIK from somebody who has one and is like it. */
static void keep_name(struct planning *p, uint32_t i, const struct resident_row *known)
{
    struct arena *scratch = p->file->scratch;
    struct str *name = &p->work[i].r.name, parent;
    const bool is_older = p->work[i].join != NULL && !nik_is_temporary(known->nik);

    if (str_eq(*name, known->name) || name_is_missing(scratch, known->name, &parent) ||
        !(is_older || name_is_missing(scratch, *name, &parent)))
        return;
    plan_fault(p, i, COLUMN_NAME, true, "Nama di data desa tetap %.*s: yang di berkas ini lebih lama.",
               STR_ARG(utf8_part(scratch, text_name(scratch, known->name), 60)));
    *name = known->name;
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
    if (known != NULL && !work->is_anew && !p->choice->is_trusted)
        keep_name(p, i, known);
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

void plan_rows(struct planning *p)
{
    p->has_hamlets = has_hamlets(p);
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        merge(p, i);
        if (p->choice->is_trusted || p->work[i].is_gone)
            continue;
        if (p->work[i].known == NOT_KNOWN || p->work[i].is_anew)
            require_for_new(p, i);
        plan_take_kk(p, i);
        check_birth(p, i);
        check_role(p, i);
        check_parents(p, i);
        check_region(p, i);
    }
}
