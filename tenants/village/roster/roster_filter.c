// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/roster_filter.h"

#include "server/base/text.h"
#include "server/html/html.h"
#include "tenants/village/codes/codes.h"

enum { OLDEST = 150 };

const char *const resident_filter_names[] = {
#define X(name, label, most) name,
    RESIDENT_FILTERS(X)
#undef X
};

static const struct {
    const char *name;
    enum code_list list;
    size_t offset;
} coded[] = {{"peran", CODE_FAMILY_ROLE, offsetof(struct resident_filter, role)},
             {"kerja", CODE_OCCUPATION, offsetof(struct resident_filter, occupation)},
             {"agama", CODE_RELIGION, offsetof(struct resident_filter, religion)},
             {"kawin", CODE_MARITAL, offsetof(struct resident_filter, marital)},
             {"sekolah", CODE_EDUCATION_KK, offsetof(struct resident_filter, education)}};

static const struct {
    const char *name;
    size_t offset;
} places[] = {{"dusun", offsetof(struct resident_filter, hamlet)},
              {"rw", offsetof(struct resident_filter, rw)},
              {"rt", offsetof(struct resident_filter, rt)}};

static const char *const orders[] = {NULL, "nama", "umur", "dusun", "terbaru"};

const struct resident_lack_words resident_lack_words[LACK_END] = {[LACK_UNASKED] = {"", ""},
#define X(name, value, words) [LACK_##name] = {value, words},
                                                                  RESIDENT_LACKS(X)
#undef X
};

static struct opt_u64 *code_at(struct resident_filter *filter, size_t i)
{
    return (struct opt_u64 *)((char *)filter + coded[i].offset);
}

static const struct opt_u64 *code_of(const struct resident_filter *filter, size_t i)
{
    return (const struct opt_u64 *)((const char *)filter + coded[i].offset);
}

struct resident_filter resident_filter_default(void)
{
    return (struct resident_filter){.hamlet = STR(""), .rw = STR(""), .rt = STR(""), .status = STATUS_ALIVE, .order = ORDER_NAME};
}

/* ---- from an address ---- */

static bool set_age(struct opt_u64 *age, struct str value, const char **fault_out)
{
    *fault_out = "Umur ditulis dengan angka, 0 sampai 150.";
    if (!str_to_u64(value, &age->value) || age->value > OLDEST)
        return false;
    age->is_set = true;
    return true;
}

static bool set_either(struct opt_u64 *to, struct str value, const char *one, const char *none, const char **fault_out)
{
    *fault_out = "Pilihan ini tidak ada di daftar. Pilih lagi.";
    if (!str_is(value, one) && !str_is(value, none))
        return false;
    *to = some_u64(str_is(value, one));
    return true;
}

static bool set_order(struct resident_filter *filter, struct str value)
{
    for (size_t i = 1; i < COUNT_OF(orders); i++)
        if (str_is(value, orders[i])) {
            filter->order = (enum resident_order)i;
            filter->is_down = i == ORDER_ENTRY;
            return true;
        }
    return false;
}

static bool set_lack(struct resident_filter *filter, struct str value)
{
    for (int i = LACK_UNASKED + 1; i < LACK_END; i++)
        if (str_is(value, resident_lack_words[i].value))
            filter->lack = (enum resident_lack)i;
    return filter->lack != LACK_UNASKED;
}

static bool set_code(struct resident_filter *filter, const char *name, struct str value)
{
    uint64_t code;

    if (!str_to_u64(value, &code) || code > UINT8_MAX)
        return false;
    if (strcmp(name, "jk") == 0) {
        filter->sex = (uint8_t)code;
        return code_exists(CODE_SEX, (uint32_t)code);
    }
    if (strcmp(name, "status") == 0) {
        filter->status = (uint8_t)code;
        return code == 0 || code_exists(CODE_BASIC_STATUS, (uint32_t)code);
    }
    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (strcmp(name, coded[i].name) == 0) {
            *code_at(filter, i) = some_u64(code);
            return code == 0 || code_exists(coded[i].list, (uint32_t)code);
        }
    return false;
}

bool resident_filter_set(struct resident_filter *filter, const char *name, struct str value, const char **fault_out)
{
    *fault_out = "Pilihan ini tidak ada di daftar. Pilih lagi.";
    if (str_empty(value))
        return true;
    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (strcmp(name, places[i].name) == 0) {
            *(struct str *)((char *)filter + places[i].offset) = value;
            return true;
        }
    if (strcmp(name, "umur_dari") == 0)
        return set_age(&filter->age_from, value, fault_out);
    if (strcmp(name, "umur_sampai") == 0)
        return set_age(&filter->age_until, value, fault_out);
    if (strcmp(name, "umur") == 0)
        return filter->has_no_birth = str_is(value, "kosong");
    if (strcmp(name, "nik") == 0)
        return set_either(&filter->is_temporary, value, "sementara", "ada", fault_out);
    if (strcmp(name, "kartu") == 0)
        return set_either(&filter->has_card, value, "ada", "belum", fault_out);
    if (strcmp(name, "lengkap") == 0)
        return set_lack(filter, value);
    if (strcmp(name, "urut") == 0)
        return set_order(filter, value);
    if (strcmp(name, "arah") == 0) {
        filter->is_down = str_is(value, "turun");
        return filter->is_down || str_is(value, "naik");
    }
    return set_code(filter, name, value);
}

const char *resident_filter_fault(const struct resident_filter *filter)
{
    if (filter->age_from.is_set && filter->age_until.is_set && filter->age_from.value > filter->age_until.value)
        return "Umur awal lebih besar dari umur akhir. Tukar keduanya.";
    if (filter->has_no_birth && (filter->age_from.is_set || filter->age_until.is_set))
        return "Warga tanpa tanggal lahir tidak punya umur. Pilih salah satu.";
    return NULL;
}

/* ---- to an address ---- */

static struct str number_of(struct arena *arena, struct opt_u64 n)
{
    return n.is_set ? str_fmt(arena, "%" PRIu64, n.value) : STR("");
}

static struct str either_of(struct opt_u64 n, const char *one, const char *none)
{
    return n.is_set ? str_c(n.value ? one : none) : STR("");
}

struct str resident_filter_value(struct arena *arena, const struct resident_filter *filter, const char *name)
{
    bool is_down_at_first = filter->order == ORDER_ENTRY;

    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (strcmp(name, places[i].name) == 0)
            return *(const struct str *)((const char *)filter + places[i].offset);
    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (strcmp(name, coded[i].name) == 0)
            return number_of(arena, *code_of(filter, i));
    if (strcmp(name, "jk") == 0)
        return filter->sex != 0 ? str_fmt(arena, "%u", filter->sex) : STR("");
    if (strcmp(name, "status") == 0)
        return filter->status != STATUS_ALIVE ? str_fmt(arena, "%u", filter->status) : STR("");
    if (strcmp(name, "umur_dari") == 0)
        return number_of(arena, filter->age_from);
    if (strcmp(name, "umur_sampai") == 0)
        return number_of(arena, filter->age_until);
    if (strcmp(name, "umur") == 0)
        return filter->has_no_birth ? STR("kosong") : STR("");
    if (strcmp(name, "nik") == 0)
        return either_of(filter->is_temporary, "sementara", "ada");
    if (strcmp(name, "kartu") == 0)
        return either_of(filter->has_card, "ada", "belum");
    if (strcmp(name, "lengkap") == 0)
        return str_c(resident_lack_words[filter->lack].value);
    if (strcmp(name, "urut") == 0)
        return filter->order != ORDER_NAME ? str_c(orders[filter->order]) : STR("");
    if (strcmp(name, "arah") == 0 && filter->is_down != is_down_at_first)
        return filter->is_down ? STR("turun") : STR("naik");
    return STR("");
}

static struct str code_text(enum code_list list, uint64_t code)
{
    return code == 0 ? STR("belum diisi") : code_label(list, (uint32_t)code);
}

static struct str age_words(struct arena *arena, const struct resident_filter *filter)
{
    if (filter->age_from.is_set && filter->age_until.is_set)
        return filter->age_from.value == filter->age_until.value
                   ? str_fmt(arena, "Umur: %" PRIu64 " tahun", filter->age_from.value)
                   : str_fmt(arena, "Umur: %" PRIu64 "–%" PRIu64 " tahun", filter->age_from.value, filter->age_until.value);
    if (filter->age_from.is_set)
        return str_fmt(arena, "Umur: %" PRIu64 " tahun ke atas", filter->age_from.value);
    return filter->age_until.is_set ? str_fmt(arena, "Umur: sampai %" PRIu64 " tahun", filter->age_until.value) : STR("");
}

struct str resident_filter_words(struct arena *arena, const struct resident_filter *filter, const char *name)
{
    struct str value = resident_filter_value(arena, filter, name);

    if (strcmp(name, "umur_dari") == 0 || (strcmp(name, "umur_sampai") == 0 && !filter->age_from.is_set))
        return age_words(arena, filter);
    if (str_empty(value) || strcmp(name, "urut") == 0 || strcmp(name, "arah") == 0 || strcmp(name, "umur_sampai") == 0)
        return STR("");
    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (strcmp(name, coded[i].name) == 0)
            return str_fmt(arena, "%.*s: %.*s", STR_ARG(code_list_title(coded[i].list)),
                           STR_ARG(code_text(coded[i].list, code_of(filter, i)->value)));
    if (strcmp(name, "dusun") == 0)
        return str_fmt(arena, "Dusun: %.*s", STR_ARG(text_name(arena, value)));
    if (strcmp(name, "rw") == 0 || strcmp(name, "rt") == 0)
        return str_fmt(arena, "%s %.*s", name[1] == 'w' ? "RW" : "RT", STR_ARG(value));
    if (strcmp(name, "jk") == 0)
        return code_label(CODE_SEX, filter->sex);
    if (strcmp(name, "status") == 0)
        return str_fmt(arena, "Status: %.*s", STR_ARG(filter->status == 0 ? STR("semua") : code_label(CODE_BASIC_STATUS, filter->status)));
    if (strcmp(name, "umur") == 0)
        return STR("Tanggal lahir kosong");
    if (strcmp(name, "lengkap") == 0)
        return str_c(resident_lack_words[filter->lack].words);
    if (strcmp(name, "nik") == 0)
        return filter->is_temporary.value ? STR("NIK sementara") : STR("NIK ada");
    return filter->has_card.value ? STR("Kartu terpasang") : STR("Kartu belum terpasang");
}

struct resident_filter resident_filter_without(struct resident_filter filter, const char *name)
{
    struct resident_filter none = resident_filter_default();

    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (strcmp(name, places[i].name) == 0)
            *(struct str *)((char *)&filter + places[i].offset) = STR("");
    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (strcmp(name, coded[i].name) == 0)
            *code_at(&filter, i) = (struct opt_u64){0};
    if (strcmp(name, "jk") == 0)
        filter.sex = none.sex;
    if (strcmp(name, "status") == 0)
        filter.status = none.status;
    if (strcmp(name, "umur_dari") == 0 || strcmp(name, "umur_sampai") == 0)
        filter.age_from = filter.age_until = none.age_from;
    if (strcmp(name, "umur") == 0)
        filter.has_no_birth = false;
    if (strcmp(name, "nik") == 0)
        filter.is_temporary = none.is_temporary;
    if (strcmp(name, "kartu") == 0)
        filter.has_card = none.has_card;
    if (strcmp(name, "lengkap") == 0)
        filter.lack = none.lack;
    return filter;
}

struct str resident_filter_href(struct arena *arena, const struct resident_filter *filter)
{
    struct buf out = {.arena = arena};
    char sign = '?';

    buf_put_str(&out, STR("/kantor/penduduk"));
    for (size_t i = 0; i < RESIDENT_FILTER_COUNT; i++) {
        struct str value = resident_filter_value(arena, filter, resident_filter_names[i]);

        if (str_empty(value))
            continue;
        buf_fmt(&out, "%c%s=", sign, resident_filter_names[i]);
        html_put_url_part(&out, value);
        sign = '&';
    }
    return buf_str(&out);
}

bool resident_filter_is_default(const struct resident_filter *filter)
{
    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (code_of(filter, i)->is_set)
            return false;
    return filter->status == STATUS_ALIVE && filter->order == ORDER_NAME && !filter->is_down && str_empty(filter->hamlet) &&
           str_empty(filter->rw) && str_empty(filter->rt) && filter->sex == 0 && !filter->age_from.is_set && !filter->age_until.is_set &&
           !filter->has_no_birth && !filter->is_temporary.is_set && !filter->has_card.is_set && filter->lack == LACK_UNASKED;
}

bool resident_filter_is_more(const struct resident_filter *filter)
{
    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (code_of(filter, i)->is_set)
            return true;
    return !str_empty(filter->rw) || !str_empty(filter->rt) || filter->has_no_birth || filter->is_temporary.is_set ||
           filter->has_card.is_set || filter->order == ORDER_ENTRY;
}
