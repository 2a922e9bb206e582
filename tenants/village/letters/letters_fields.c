// SPDX-License-Identifier: AGPL-3.0-or-later
/* Values of a letter's fields: as they are typed, kept, found wrong, and printed. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/base/typed.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_rules.h"

enum { MOST_DIGITS = 12, FIRST_YEAR = 1900, YEARS_AHEAD = 20 };

enum code_list letter_code_list(struct str word)
{
    static const struct {
        const char *word;
        enum code_list list;
    } lists[] = {{"jenis_kelamin", CODE_SEX},       {"agama", CODE_RELIGION},
                 {"pendidikan", CODE_EDUCATION_KK}, {"pendidikan_sedang", CODE_EDUCATION_NOW},
                 {"pekerjaan", CODE_OCCUPATION},    {"status_kawin", CODE_MARITAL},
                 {"hubungan", CODE_FAMILY_ROLE},    {"warga_negara", CODE_CITIZENSHIP},
                 {"golongan_darah", CODE_BLOOD},    {"disabilitas", CODE_DISABILITY},
                 {"asuransi", CODE_INSURANCE}};

    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (str_is(word, lists[i].word))
            return lists[i].list;
    return CODE_NO_LIST;
}

bool letter_field_option(struct arena *arena, const struct letter_field *field, size_t i, struct option *out)
{
    size_t n = 0;
    const struct code *codes = field->codes != CODE_NO_LIST ? codes_of(field->codes, &n) : NULL;

    if (codes != NULL && i < n)
        *out = (struct option){.value = str_fmt(arena, "%" PRIu32, codes[i].code), .label = code_official(field->codes, codes[i].code)};
    else if (codes == NULL && i < field->options.n)
        *out = (struct option){.value = field->options.p[i], .label = field->options.p[i]};
    else
        return false;
    return true;
}

bool letter_field_is_date(const struct letter_field *f)
{
    return f->kind == FIELD_DATE || f->kind == FIELD_DAY_DATE;
}

/* "1.234,50" → "1234,5": dots only between thousands, at most `decimals` behind the comma. */
static bool read_number(struct arena *arena, struct str text, uint32_t decimals, struct str *kept_out)
{
    struct str rest = text, whole, group, groups;
    struct buf digits = {.arena = arena};
    bool has_dots = str_find_char(text, '.') >= 0;

    (void)str_cut(&rest, ',', &whole);
    groups = whole;
    for (size_t i = 0; str_cut(&groups, '.', &group); i++) {
        if (group.n == 0 || digits_in(group) != group.n || (has_dots && (i == 0 ? group.n > 3 : group.n != 3)))
            return false;
        buf_put_str(&digits, group);
    }
    while (digits.n > 1 && digits.p[0] == '0')
        digits.p++, digits.n--;
    if (digits.n == 0 || digits.n > MOST_DIGITS || (rest.p != NULL && (rest.n == 0 || rest.n > decimals || digits_in(rest) != rest.n)))
        return false;
    while (rest.n > 0 && rest.p[rest.n - 1] == '0')
        rest.n--;
    *kept_out = rest.n > 0 ? str_fmt(arena, "%.*s,%.*s", (int)digits.n, digits.p, STR_ARG(rest)) : buf_str(&digits);
    return true;
}

/* "Rp 1.500.000,-" → "1500000". */
static bool read_money(struct arena *arena, struct str text, struct str *kept_out)
{
    static const char *const ends[] = {",-", ",00", ",--"};
    struct str rest = text;

    if (str_eq_nocase(str_part(rest, 0, 2), STR("rp")))
        rest = str_trim(str_from(rest, rest.n > 2 && rest.p[2] == '.' ? 3 : 2));
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (str_ends(rest, str_c(ends[i])))
            rest = str_part(rest, 0, rest.n - strlen(ends[i]));
    return read_number(arena, rest, 0, kept_out);
}

struct str letter_field_kept(struct arena *arena, const struct letter_field *field, struct str typed)
{
    struct str text = str_trim(typed), kept;
    uint32_t minutes;
    struct date day;

    switch (field->kind) {
    case FIELD_NUMBER:
        return read_number(arena, text, field->decimals, &kept) ? kept : typed;
    case FIELD_MONEY:
        return read_money(arena, text, &kept) ? kept : typed;
    case FIELD_TIME:
        return time_typed(text, 0, &minutes) ? time_text(arena, minutes) : typed;
    case FIELD_DATE:
    case FIELD_DAY_DATE:
        return date_typed(text, 0, &day) ? date_iso(arena, day) : typed;
    case FIELD_NIK:
        kept = digits_only(arena, text);
        return kept.n > 0 ? kept : typed;
    case FIELD_LINE:
    case FIELD_AREA:
    case FIELD_LIST:
        return letter_typed_once(arena, field, typed);
    case FIELD_PERSON:
    case FIELD_FOLLOWERS:
    case FIELD_YEAR:
    case FIELD_SELECT:
        break;
    }
    return typed;
}

/* "1500000,5" with the dots of thousands. */
static struct str dotted(struct arena *arena, struct str kept)
{
    struct str rest = kept, whole;
    uint64_t number;

    if (!str_cut(&rest, ',', &whole) || !str_to_u64(whole, &number))
        return kept;
    struct str text = number_text(arena, (int64_t)number);
    return rest.p != NULL ? str_fmt(arena, "%.*s,%.*s", STR_ARG(text), STR_ARG(rest)) : text;
}

struct str letter_field_boxed(struct arena *arena, const struct letter_field *field, struct str kept)
{
    struct date day;

    if (field->kind == FIELD_NUMBER || field->kind == FIELD_MONEY)
        return dotted(arena, kept);
    if (letter_field_is_date(field) && date_parse(kept, &day))
        return date_short(arena, day);
    return kept;
}

static struct str option_label(struct arena *arena, const struct letter_field *field, struct str kept)
{
    struct option option;

    for (size_t i = 0; letter_field_option(arena, field, i, &option); i++)
        if (str_eq(option.value, kept))
            return option.label;
    return STR_NONE;
}

struct str letter_field_printed(struct arena *arena, const struct letter_form *form, const struct letter_field *field, const json_t *inputs)
{
    struct str kept = str_dup(arena, json_text(inputs, str_z(arena, field->name))), label;
    struct date day;

    if (str_empty(kept) || !letter_field_is_asked(arena, form, field, inputs))
        return STR("");
    switch (field->kind) {
    case FIELD_MONEY:
        return str_fmt(arena, "Rp %.*s", STR_ARG(dotted(arena, kept)));
    case FIELD_NUMBER:
        return dotted(arena, kept);
    case FIELD_DATE:
        return date_parse(kept, &day) ? date_long(arena, day) : kept;
    case FIELD_DAY_DATE:
        return date_parse(kept, &day) ? date_weekday_long(arena, day) : kept;
    case FIELD_SELECT:
        label = option_label(arena, field, kept);
        return label.p != NULL ? label : kept;
    case FIELD_PERSON:
    case FIELD_FOLLOWERS:
        return STR("");
    case FIELD_LINE:
    case FIELD_AREA:
    case FIELD_YEAR:
    case FIELD_TIME:
    case FIELD_NIK:
    case FIELD_LIST:
        break;
    }
    return kept;
}

bool letter_list_line(struct str *rest, struct str *line_out)
{
    while (str_cut(rest, '\n', line_out)) {
        *line_out = str_trim(*line_out);
        if (!str_empty(*line_out))
            return true;
    }
    return false;
}

struct str letter_list_told(struct arena *arena, struct str text, const char *between)
{
    struct buf out = {.arena = arena};
    struct str rest = text, line, part;

    while (letter_list_line(&rest, &line))
        for (bool is_first = true; str_cut(&line, ';', &part); is_first = false)
            buf_fmt(&out, "%s%.*s", !is_first ? ", " : out.n > 0 ? between : "", STR_ARG(str_trim(part)));
    return buf_str(&out);
}

static struct str fault_of_list(struct arena *arena, const struct letter_field *f, struct str kept)
{
    const uint64_t most = f->most.is_set ? f->most.value : LIST_MOST;
    struct str rest = kept, line;
    uint64_t n = 0;

    if (f->has_clauses) {
        json_t *articles = letter_articles(arena, kept);

        json_keep(arena, articles);
        if (json_array_size(articles) > most)
            return str_fmt(arena, "%.*s: %zu pasal, paling banyak %" PRIu64 ".", STR_ARG(f->label), json_array_size(articles), most);
        return letter_articles_fault(arena, f->label, articles);
    }
    while (letter_list_line(&rest, &line))
        n++;
    if (f->least.is_set && n < f->least.value)
        return str_fmt(arena, "%.*s: baru %" PRIu64 " baris, paling sedikit %" PRIu64 ".", STR_ARG(f->label), n, f->least.value);
    if (n > most)
        return str_fmt(arena, "%.*s: %" PRIu64 " baris, paling banyak %" PRIu64 ".", STR_ARG(f->label), n, most);
    return STR_NONE;
}

static struct str fault_of_number(struct arena *arena, const struct letter_field *f, struct str kept)
{
    struct str again, rest = kept, whole;
    bool is_money = f->kind == FIELD_MONEY,
         is_read = is_money ? read_money(arena, kept, &again) : read_number(arena, kept, f->decimals, &again);
    const char *before = is_money ? "Rp " : "";
    uint64_t number = 0;

    if (!is_read || !str_cut(&rest, ',', &whole) || !str_to_u64(whole, &number)) {
        if (is_money)
            return str_fmt(arena, "%.*s harus berupa angka rupiah. Contoh: 1.500.000.", STR_ARG(f->label));
        return f->decimals > 0
                   ? str_fmt(arena, "%.*s harus berupa angka, dengan koma untuk pecahan (paling banyak %u angka). Contoh: 12,5.",
                             STR_ARG(f->label), f->decimals)
                   : str_fmt(arena, "%.*s harus berupa angka bulat. Contoh: 12.", STR_ARG(f->label));
    }
    if (f->least.is_set && number < f->least.value)
        return str_fmt(arena, "%.*s terlalu kecil. Paling kecil %s%.*s.", STR_ARG(f->label), before,
                       STR_ARG(number_text(arena, (int64_t)f->least.value)));
    if (f->most.is_set && (number > f->most.value || (number == f->most.value && rest.p != NULL)))
        return str_fmt(arena, "%.*s terlalu besar. Paling besar %s%.*s.", STR_ARG(f->label), before,
                       STR_ARG(number_text(arena, (int64_t)f->most.value)));
    return STR_NONE;
}

static struct str fault_of_date(struct arena *arena, const struct letter_field *f, struct str kept, struct date today)
{
    struct date day;

    if (!date_parse(kept, &day))
        return str_fmt(arena, "%.*s bukan tanggal yang ada. Isi hari, bulan (angka atau namanya), dan tahun. Contoh: 24 11 %d.",
                       STR_ARG(f->label), today.year);
    if (f->is_past && date_compare(day, today) > 0)
        return str_fmt(arena, "%.*s tidak boleh sesudah hari ini.", STR_ARG(f->label));
    if (day.year < FIRST_YEAR || day.year > today.year + YEARS_AHEAD)
        return str_fmt(arena, "%.*s: tahun %d tidak mungkin. Periksa tahunnya.", STR_ARG(f->label), day.year);
    return STR_NONE;
}

/* A NIK and a family card's number: region, a day that was (of a woman's NIK 40 more), a serial number (Permendagri 102/2019). */
static struct str fault_of_nik(struct arena *arena, const struct letter_field *f, struct str kept, struct date today)
{
    const char *from = f->is_kk ? "Kartu Keluarga" : "e-KTP";
    struct date day;
    bool is_female;

    if (!nik_is_digits(kept))
        return str_fmt(arena, "%.*s harus 16 angka. Cocokkan dengan %s.", STR_ARG(f->label), from);
    if (kept.p[0] == '0' || str_ends(kept, STR("0000")) || !nik_birth(kept, today, &day, &is_female) || (f->is_kk && is_female))
        return str_fmt(arena,
                       "%.*s tidak mungkin: angka ke-7 sampai ke-12 adalah tanggal, dan empat angka terakhir nomor urut. Cocokkan "
                       "dengan %s.",
                       STR_ARG(f->label), from);
    return STR_NONE;
}

/* Of what kinds besides text ask. */
static struct str fault_of_kind(struct arena *arena, const struct letter_field *f, struct str kept, struct date today)
{
    uint32_t minutes;
    uint64_t year;

    switch (f->kind) {
    case FIELD_YEAR:
        if (!str_to_u64(kept, &year) || year < FIRST_YEAR || year > (uint64_t)today.year)
            return str_fmt(arena, "%.*s diisi tahun empat angka, 1900 sampai %d. Contoh: 2014.", STR_ARG(f->label), today.year);
        break;
    case FIELD_NUMBER:
    case FIELD_MONEY:
        return fault_of_number(arena, f, kept);
    case FIELD_DATE:
    case FIELD_DAY_DATE:
        return fault_of_date(arena, f, kept, today);
    case FIELD_TIME:
        if (!time_typed(kept, 0, &minutes))
            return str_fmt(arena, "%.*s bukan jam yang ada. Isi 00.00 sampai 23.59. Contoh: 08.30.", STR_ARG(f->label));
        break;
    case FIELD_SELECT:
        if (option_label(arena, f, kept).p == NULL)
            return str_fmt(arena, "%.*s tidak ada dalam pilihan. Pilih lagi.", STR_ARG(f->label));
        break;
    case FIELD_NIK:
        return fault_of_nik(arena, f, kept, today);
    case FIELD_LIST:
        return fault_of_list(arena, f, kept);
    case FIELD_LINE:
        if (f->is_phone && !phone_is_number(kept))
            return str_fmt(arena, "%.*s bukan nomor telepon. Contoh: 0812 3456 7890.%s", STR_ARG(f->label),
                           f->is_required ? "" : " Belum punya? Kosongkan.");
        break;
    case FIELD_AREA:
    case FIELD_PERSON:
    case FIELD_FOLLOWERS:
        break;
    }
    return STR_NONE;
}

struct str letter_field_fault(struct arena *arena, const struct letter_field *field, struct str kept, struct date today)
{
    const struct str lacks = paper_lacks(kept);

    if (str_empty(kept) && field->is_required)
        return str_fmt(arena, "%.*s belum %s.", STR_ARG(field->label),
                       field->kind == FIELD_SELECT || field->kind >= FIELD_PERSON ? "dipilih" : "diisi");
    if (str_empty(kept))
        return STR_NONE;
    if (utf8_length(kept) > field->max)
        return str_fmt(arena, "%.*s terlalu panjang: paling banyak %u huruf.", STR_ARG(field->label), field->max);
    if (lacks.p != NULL)
        return str_fmt(arena, "%.*s memuat tanda “%.*s”, yang tidak bisa dicetak di surat. Hapus tanda itu, atau tulis dengan huruf Latin.",
                       STR_ARG(field->label), STR_ARG(lacks));
    return fault_of_kind(arena, field, kept, today);
}

/* A definition lets a field hang only on one that stands before it, so this ends. */
bool letter_field_is_asked(struct arena *arena, const struct letter_form *form, const struct letter_field *field, const json_t *inputs)
{
    struct str value = str_empty(field->only.field) ? STR("") : json_text(inputs, str_z(arena, field->only.field));

    if (str_empty(field->only.field))
        return true;
    for (size_t i = 0; i < form->n_fields; i++)
        if (str_eq(form->fields[i].name, field->only.field) && !letter_field_is_asked(arena, form, &form->fields[i], inputs))
            return false;
    for (size_t i = 0; i < field->only.values.n; i++)
        if (str_eq(field->only.values.p[i], value))
            return true;
    return false;
}

json_t *letter_inputs_asked(struct arena *arena, const struct letter_form *form, const json_t *inputs)
{
    json_t *kept = json_object();

    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];
        json_t *value = json_object_get(inputs, str_z(arena, f->name));

        if (json_is_string(value) && letter_field_is_asked(arena, form, f, inputs))
            json_object_set(kept, str_z(arena, f->name), value);
    }
    return kept;
}
