// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/ages.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/ages_sql.h"

static bool is_spouse(uint8_t role)
{
    return role == SHDK_HUSBAND || role == SHDK_WIFE;
}

static struct str called(struct arena *arena, const struct resident_row *r)
{
    return str_empty(r->name) ? STR("Warga ini") : text_name(arena, r->name);
}

bool age_alone(struct arena *arena, const struct resident_row *who, struct date today, struct age_doubt *out)
{
    const bool is_grown_role = is_spouse(who->family_role) || who->family_role == SHDK_CHILD_IN_LAW || who->family_role == SHDK_PARENT ||
                               who->family_role == SHDK_PARENT_IN_LAW;
    const int years = date_is_none(who->birth_date) ? PARENT_YEARS_LEAST : date_age(who->birth_date, today);

    if (years >= PARENT_YEARS_LEAST || (!is_grown_role && who->marital <= MARITAL_SINGLE))
        return false;
    const struct str as = is_grown_role ? code_label(CODE_FAMILY_ROLE, who->family_role) : code_label(CODE_MARITAL, who->marital);
    out->column = COLUMN_BIRTH_DATE;
    out->text = str_fmt(arena, "%.*s berumur %d tahun, tetapi tertulis %.*s. Periksa tanggal lahir, status dan hubungan keluarganya.",
                        STR_ARG(called(arena, who)), years, STR_ARG(str_lower(arena, as)));
    out->cause = STR("Di bawah 12 tahun, tetapi tertulis kawin atau sebagai pasangan, menantu, orang tua atau mertua.");
    return true;
}

bool is_minor(struct date born, struct date today)
{
    return !date_is_none(born) && date_age(born, today) < ADULT_YEARS;
}

struct str minor_head_care(struct arena *arena, struct str name, struct date born, struct date today)
{
    if (!is_minor(born, today))
        return STR("");
    return str_fmt(arena, "%.*s belum 17 tahun. Pilih orang dewasa bila ada yang tinggal bersama mereka.",
                   STR_ARG(str_empty(name) ? STR("Kepala keluarga ini") : text_name(arena, name)));
}

static bool head_doubt(struct arena *arena, const struct resident_row *who, struct date today, struct age_doubt *out)
{
    if (who->family_role != SHDK_HEAD || !is_minor(who->birth_date, today))
        return false;
    *out = (struct age_doubt){COLUMN_BIRTH_DATE, minor_head_care(arena, who->name, who->birth_date, today),
                              STR("Kepala keluarga belum 17 tahun.")};
    return true;
}

bool marital_doubt(struct arena *arena, const struct resident_row *who, struct age_doubt *out)
{
    const bool has_wedding = is_said(who->marriage_cert) || !date_is_none(who->marriage_date);
    const bool has_divorce = is_said(who->divorce_cert) || !date_is_none(who->divorce_date);
    const struct str name = called(arena, who), status = str_lower(arena, code_label(CODE_MARITAL, who->marital));

    out->column = COLUMN_MARITAL;
    if (is_spouse(who->family_role) && who->marital != 0 && who->marital != MARITAL_MARRIED) {
        out->text = str_fmt(
            arena,
            "%.*s tertulis %.*s, tetapi status perkawinannya %.*s. Periksa status dan hubungan keluarganya: pilih hubungan lain, "
            "misalnya Famili lain, atau pindahkan KK-nya.",
            STR_ARG(name), STR_ARG(str_lower(arena, code_label(CODE_FAMILY_ROLE, who->family_role))), STR_ARG(status));
        out->cause = STR("Tertulis sebagai suami atau istri, tetapi status perkawinannya bukan kawin.");
        return true;
    }
    if (who->marital == MARITAL_SINGLE && (has_wedding || has_divorce)) {
        out->text = str_fmt(arena, "%.*s tertulis belum kawin, tetapi akta atau tanggal %s terisi. Periksa keduanya.", STR_ARG(name),
                            has_wedding ? "perkawinannya" : "perceraiannya");
        out->cause = STR("Tertulis belum kawin, tetapi akta atau tanggal perkawinan atau perceraiannya terisi.");
        return true;
    }
    if (who->marital != MARITAL_MARRIED || !has_divorce)
        return false;
    out->text = str_fmt(arena, "%.*s tertulis kawin, tetapi akta atau tanggal perceraiannya terisi. Periksa status perkawinannya.",
                        STR_ARG(name));
    out->cause = STR("Tertulis kawin, tetapi akta atau tanggal perceraiannya terisi.");
    return true;
}

bool doubt_alone(struct arena *arena, const struct resident_row *who, struct date today, struct age_doubt *out)
{
    return head_doubt(arena, who, today, out) || age_alone(arena, who, today, out) || marital_doubt(arena, who, out);
}

/* Whose number or name stands as the parent's, if any does. */
static bool may_be_child_of(const struct resident_row *child, const struct resident_row *parent)
{
    const bool is_father = parent->sex == SEX_MALE;
    const struct str nik = is_father ? child->father_nik : child->mother_nik, name = is_father ? child->father_name : child->mother_name;

    if (!str_empty(nik))
        return str_eq(nik, parent->nik);
    return str_empty(name) || str_is(name, "-") || str_eq_nocase(name, parent->name);
}

enum kinship { KIN_NONE, KIN_PARENT, KIN_GRANDPARENT, KIN_IN_LAW, KIN_IN_LAW_OF_HEAD };

static bool is_by_number(const struct resident_row *elder, const struct resident_row *younger)
{
    return !str_empty(elder->nik) && (str_eq(younger->father_nik, elder->nik) || str_eq(younger->mother_nik, elder->nik));
}

static enum kinship kinship_of(const struct resident_row *elder, const struct resident_row *younger, bool has_spouse)
{
    const uint8_t e = elder->family_role, y = younger->family_role;

    if (is_by_number(elder, younger))
        return KIN_PARENT;
    if (str_empty(elder->kk_no) || !str_eq(elder->kk_no, younger->kk_no))
        return KIN_NONE;
    if (y == SHDK_CHILD && (e == SHDK_HEAD || is_spouse(e)))
        return may_be_child_of(younger, elder) ? KIN_PARENT : KIN_NONE;
    if (e == SHDK_PARENT && y == SHDK_HEAD)
        return may_be_child_of(younger, elder) ? KIN_PARENT : KIN_NONE;
    if (e == SHDK_HEAD && y == SHDK_GRANDCHILD)
        return KIN_GRANDPARENT;
    if (e == SHDK_PARENT_IN_LAW && is_spouse(y))
        return may_be_child_of(younger, elder) ? KIN_IN_LAW : KIN_NONE;
    return e == SHDK_PARENT_IN_LAW && y == SHDK_HEAD && !has_spouse ? KIN_IN_LAW_OF_HEAD : KIN_NONE;
}

bool age_between(struct arena *arena, const struct resident_row *elder, const struct resident_row *younger, bool has_spouse,
                 struct age_doubt *out)
{
    static const struct {
        int years;
        const char *called, *cause;
    } kinds[] = {
        [KIN_PARENT] = {PARENT_YEARS_LEAST, "orang tuanya", "Anak lahir sebelum orang tuanya berumur 12 tahun."},
        [KIN_GRANDPARENT] = {2 * PARENT_YEARS_LEAST, "kakek atau neneknya", "Cucu lahir sebelum kakek atau neneknya berumur 24 tahun."},
        [KIN_IN_LAW] = {PARENT_YEARS_LEAST, "orang tuanya", "Suami atau istri lahir sebelum orang tuanya berumur 12 tahun."},
        [KIN_IN_LAW_OF_HEAD] = {0, "mertuanya", "Mertua lebih muda daripada kepala keluarganya."},
    };
    const enum kinship kin = kinship_of(elder, younger, has_spouse);
    const struct date e = elder->birth_date, y = younger->birth_date;

    if (kin == KIN_NONE || date_is_none(e) || date_is_none(y))
        return false;
    const bool is_too_old = elder->sex == SEX_FEMALE && is_by_number(elder, younger) &&
                            date_compare(date_add_months(e, 12 * (MOTHER_YEARS_MOST + 1)), y) <= 0;
    if (!is_too_old && date_compare(date_add_months(e, 12 * kinds[kin].years), y) <= 0)
        return false;
    out->column = COLUMN_BIRTH_DATE;
    out->text = str_fmt(arena, "%.*s lahir %.*s, padahal %s, %.*s, lahir %.*s. Periksa tanggal lahir dan hubungan keluarganya.",
                        STR_ARG(called(arena, younger)), STR_ARG(date_long(arena, y)), is_too_old ? "ibunya" : kinds[kin].called,
                        STR_ARG(called(arena, elder)), STR_ARG(date_long(arena, e)));
    out->cause = is_too_old ? STR("Ibu berumur lebih dari 60 tahun saat anaknya lahir.") : str_c(kinds[kin].cause);
    return true;
}

bool age_siblings(struct arena *arena, const struct resident_row *a, const struct resident_row *b, struct age_doubt *out)
{
    if (str_empty(a->mother_nik) || !str_eq(a->mother_nik, b->mother_nik) || date_is_none(a->birth_date) || date_is_none(b->birth_date))
        return false;
    int64_t days = date_to_days(a->birth_date) - date_to_days(b->birth_date);
    days = days < 0 ? -days : days;
    if (days == 0 || days >= SIBLING_DAYS_LEAST)
        return false;
    out->column = COLUMN_BIRTH_DATE;
    out->text = str_fmt(arena,
                        "%.*s dan %.*s, anak dari ibu yang sama, lahir hanya berselang %d hari. Orang yang sama? Periksa tanggal lahirnya.",
                        STR_ARG(called(arena, a)), STR_ARG(called(arena, b)), (int)days);
    out->cause = STR("Dua anak dari ibu yang sama lahir berselang kurang dari sembilan bulan.");
    return true;
}

enum rc ages_ask(struct village_db *db, const struct resident_row *who, uint64_t id, struct date today, bool *is_doubted_out,
                 struct age_doubt *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct age_kin_rows rows;
    bool has_spouse = is_spouse(who->family_role);

    *is_doubted_out = head_doubt(arena, who, today, out) || age_alone(arena, who, today, out);
    if (*is_doubted_out)
        return RC_OK;
    TRY(sql_age_kin(db, id, who->kk_no, who->nik, who->father_nik, who->mother_nik, &rows, err));
    for (size_t i = 0; i < rows.n; i++)
        has_spouse |= rows.p[i].is_family && is_spouse(rows.p[i].role);
    for (size_t i = 0; i < rows.n && !*is_doubted_out; i++) {
        const struct age_kin *k = &rows.p[i];
        const struct resident_row kin = {.nik = k->nik,
                                         .name = k->name,
                                         .sex = k->sex,
                                         .birth_date = k->birth_date,
                                         .kk_no = k->is_family ? who->kk_no : STR(""),
                                         .family_role = k->role,
                                         .father_nik = k->father_nik,
                                         .father_name = k->father_name,
                                         .mother_nik = k->mother_nik,
                                         .mother_name = k->mother_name};
        *is_doubted_out = age_between(arena, &kin, who, has_spouse, out) || age_between(arena, who, &kin, has_spouse, out) ||
                          age_siblings(arena, who, &kin, out);
    }
    return RC_OK;
}
