// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_rules.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/paper/paper.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/residents/nik.h"

/* ---- numbers ---- */

static bool code_is(struct str code, const char *a, const char *b)
{
    return str_is(code, a) || str_is(code, b);
}

/* One bracketed code, without the brackets. */
static enum rc put_code(struct buf *out, struct str code, const struct letter_number *n, bool *has_number, struct err *err)
{
    struct str name = code, width_text = STR_NONE;
    ptrdiff_t comma = str_find_char(code, ',');
    uint64_t width = 0;

    if (comma >= 0) {
        name = str_trim(str_part(code, 0, (size_t)comma));
        width_text = str_trim(str_from(code, (size_t)comma + 1));
        if (!str_to_u64(width_text, &width) || width > 9)
            return fail(err, RC_INVALID, "number format: width \"%.*s\" is not 0 to 9", STR_ARG(width_text));
    }
    if (code_is(name, "nomor", "nomor_surat")) {
        buf_fmt(out, "%0*u", (int)width, n->number);
        *has_number = true;
    } else if (comma >= 0) {
        return fail(err, RC_INVALID, "number format: [%.*s] takes no width", STR_ARG(name));
    } else if (code_is(name, "kode_surat", "klasifikasi")) {
        buf_put_str(out, n->classification);
    } else if (str_is(name, "kode_desa")) {
        buf_put_str(out, n->village_code);
    } else if (str_is(name, "bulan_romawi")) {
        buf_put_str(out, str_c(month_roman(n->date.month)));
    } else if (str_is(name, "bulan")) {
        buf_fmt(out, "%02d", n->date.month);
    } else if (str_is(name, "tahun")) {
        buf_fmt(out, "%04d", n->date.year);
    } else {
        return fail(err, RC_INVALID, "number format: unknown code [%.*s]", STR_ARG(code));
    }
    return RC_OK;
}

enum rc letter_number_text(struct arena *arena, struct str format, const struct letter_number *n, struct str *out, struct err *err)
{
    struct buf text = {.arena = arena};
    bool has_number = false;

    while (format.n > 0) {
        ptrdiff_t open = str_find_char(format, '['), close;

        if (open < 0) {
            buf_put_str(&text, format);
            break;
        }
        buf_put_str(&text, str_part(format, 0, (size_t)open));
        format = str_from(format, (size_t)open + 1);
        close = str_find_char(format, ']');
        if (close < 0)
            return fail(err, RC_INVALID, "number format: a [ is never closed");
        TRY(put_code(&text, str_part(format, 0, (size_t)close), n, &has_number, err));
        format = str_from(format, (size_t)close + 1);
    }
    if (!has_number)
        return fail(err, RC_INVALID, "number format: [nomor] is missing, every letter would be called the same");
    *out = text_upper(arena, buf_str(&text));
    return RC_OK;
}

/* ---- what the paper says ---- */

static void set(json_t *values, const char *name, struct str text)
{
    json_object_set_new(values, name, json_stringn(text.p != NULL ? text.p : "", text.n));
}

static struct str label(enum code_list list, struct opt_u64 code)
{
    return code.is_set ? code_official(list, (uint32_t)code.value) : STR("-");
}

static struct str or_dash(struct str s)
{
    return str_empty(s) ? STR("-") : s;
}

/* "RT 002 RW 001, Dusun Batu Lotong": parts that are "-" or empty, and a hamlet the street names already, are left out. */
static struct str place_text(struct arena *arena, const struct letter_subject *s, struct str street)
{
    struct str hamlet = address_hamlet(arena, street, s->hamlet);
    struct buf text = {.arena = arena};

    if (is_said(s->rt))
        buf_fmt(&text, "RT %.*s", STR_ARG(s->rt));
    if (is_said(s->rw))
        buf_fmt(&text, "%sRW %.*s", text.n > 0 ? " " : "", STR_ARG(s->rw));
    if (!str_empty(hamlet))
        buf_fmt(&text, "%s%.*s", text.n > 0 ? ", " : "", STR_ARG(hamlet));
    return buf_str(&text);
}

static bool is_word_of(struct str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

/* "Kota Makassar", "Kec. Larompong", "Desa Lebang": says itself where it is. "Jl. Poros Desa" and "Jl. Kota Baru" are streets. */
static bool names_place(struct arena *arena, struct str address)
{
    static const char *const kinds[] = {"kota", "kab", "kabupaten", "kec", "kecamatan", "kel", "kelurahan", "desa", "prov", "provinsi"};
    static const char *const of_streets[] = {"jl", "jln", "jalan", "poros", "lorong", "lrg", "gang", "gg"};
    static const char *const no_names[] = {"no", "nomor", "rt", "rw", "dusun", "blok", "km"};
    struct str rest = str_trim(text_fold(arena, address)), word, before = STR(""), kind = STR("");

    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0)
            continue;
        const bool is_name = word.p[0] >= 'a' && word.p[0] <= 'z' && !is_word_of(word, no_names, COUNT_OF(no_names));

        if (kind.n > 0 && is_name)
            return true;
        kind = is_word_of(word, kinds, COUNT_OF(kinds)) && !is_word_of(before, of_streets, COUNT_OF(of_streets)) ? word : STR("");
        before = word;
    }
    return false;
}

/* "Jl. Poros 4, RT 002 RW 001, Dusun Padang, Desa To'long". */
static struct str address_text(struct arena *arena, const struct letter_parts *p, struct str street)
{
    struct str place = text_hamlet(arena, place_text(arena, p->subject, street), p->identity->hamlet_word);

    return str_fmt(arena, "%.*s%s%.*s%sDesa %.*s", STR_ARG(text_name(arena, street)), str_empty(street) ? "" : ", ", STR_ARG(place),
                   str_empty(place) ? "" : ", ", STR_ARG(p->identity->name));
}

static void set_subject(struct arena *arena, json_t *values, const struct letter_parts *p)
{
    const struct letter_subject *s = p->subject;
    const bool is_elsewhere = names_place(arena, s->address_now); /* the village's RT, hamlet and name do not follow another place */
    struct str street = is_elsewhere || str_empty(s->address_now) ? s->address : s->address_now;
    struct str place = text_hamlet(arena, place_text(arena, s, street), p->identity->hamlet_word), address = address_text(arena, p, street);

    set(values, "nama", text_name(arena, s->name));
    set(values, "nik", nik_is_temporary(s->nik) ? STR("belum terbit") : s->nik);
    set(values, "no_kk", str_empty(s->kk_no) || nik_is_temporary(s->kk_no) ? STR("belum terbit") : or_dash(s->kk_no));
    set(values, "jenis_kelamin", s->sex == 2 ? STR("Perempuan") : STR("Laki-laki"));
    set(values, "tempat_lahir", or_dash(text_name(arena, s->birth_place)));
    set(values, "tanggal_lahir", date_is_none(s->birth_date) ? STR("-") : date_long(arena, s->birth_date));
    set(values, "ttl",
        date_is_none(s->birth_date)
            ? or_dash(text_name(arena, s->birth_place))
            : str_fmt(arena, "%.*s, %.*s", STR_ARG(or_dash(text_name(arena, s->birth_place))), STR_ARG(date_long(arena, s->birth_date))));
    set(values, "usia", date_is_none(s->birth_date) ? STR("-") : date_age_text(arena, s->birth_date, p->date));
    set(values, "agama", label(CODE_RELIGION, s->religion));
    set(values, "pekerjaan", label(CODE_OCCUPATION, s->occupation));
    set(values, "status_kawin", label(CODE_MARITAL, s->marital));
    set(values, "pendidikan", label(CODE_EDUCATION_KK, s->education));
    set(values, "warga_negara", label(CODE_CITIZENSHIP, s->citizenship));
    set(values, "nama_ayah", or_dash(text_name(arena, s->father_name)));
    set(values, "nama_ibu", or_dash(text_name(arena, s->mother_name)));
    set(values, "wilayah", or_dash(place));
    set(values, "dusun", text_name(arena, s->hamlet));
    set(values, "alamat",
        is_elsewhere ? str_fmt(arena, "%.*s; sekarang tinggal di %.*s", STR_ARG(address), STR_ARG(text_name(arena, s->address_now)))
                     : address);
}

static void set_village(struct arena *arena, json_t *values, const struct letter_parts *p)
{
    const struct letter_identity *v = p->identity;
    struct buf contact = {.arena = arena};

    set(values, "nama_desa", v->name);
    set(values, "nama_kecamatan", v->district);
    set(values, "nama_kabupaten", v->regency);
    set(values, "nama_provinsi", v->province);
    set(values, "alamat_kantor", v->office_address);
    set(values, "kode_pos", v->postal_code);
    buf_put_str(&contact, v->office_address);
    if (!str_empty(v->postal_code))
        buf_fmt(&contact, "%sKode Pos %.*s", contact.n > 0 ? ", " : "", STR_ARG(v->postal_code));
    if (!str_empty(v->phone))
        buf_fmt(&contact, "%sTelp. %.*s", contact.n > 0 ? ", " : "", STR_ARG(v->phone));
    set(values, "alamat_surat", buf_str(&contact));
}

struct date letter_valid_until(struct date day, uint8_t months)
{
    return months > 0 ? date_add_months(day, months) : (struct date){0};
}

json_t *letter_values(struct arena *arena, const struct letter_parts *p)
{
    json_t *values = json_object();

    set_village(arena, values, p);
    set_subject(arena, values, p);
    set(values, "judul_surat", text_upper(arena, p->type_name));
    set(values, "nomor_surat", p->number_text);
    set(values, "tanggal_surat", date_long(arena, p->date));
    set(values, "berlaku_sampai", date_is_none(p->valid_until) ? STR("") : date_long(arena, p->valid_until));
    set(values, "nama_penandatangan", p->signer->name);
    set(values, "jabatan_penandatangan", p->signer->position);
    set(values, "nip_penandatangan", p->signer->nip);
    for (size_t i = 0; i < p->form->n_fields; i++) {
        const struct letter_field *f = &p->form->fields[i];

        set(values, str_z(arena, str_fmt(arena, "isi_%.*s", STR_ARG(f->name))), letter_field_printed(arena, p->form, f, p->inputs));
    }
    return values;
}

struct letter_labels letter_value_labels(struct arena *arena, const struct letter_form *form)
{
    static const struct letter_label own[] = {
        {"judul_surat", STR_INIT("Jenis surat")},
        {"nama", STR_INIT("Nama")},
        {"nik", STR_INIT("NIK")},
        {"no_kk", STR_INIT("Nomor KK")},
        {"jenis_kelamin", STR_INIT("Jenis kelamin")},
        {"ttl", STR_INIT("Tempat, tanggal lahir")},
        {"agama", STR_INIT("Agama")},
        {"pekerjaan", STR_INIT("Pekerjaan")},
        {"status_kawin", STR_INIT("Status kawin")},
        {"pendidikan", STR_INIT("Pendidikan")},
        {"warga_negara", STR_INIT("Kewarganegaraan")},
        {"nama_ayah", STR_INIT("Nama ayah")},
        {"nama_ibu", STR_INIT("Nama ibu")},
        {"alamat", STR_INIT("Alamat")},
        {"alamat_surat", STR_INIT("Kop surat")},
        {"nama_penandatangan", STR_INIT("Penanda tangan")},
        {"jabatan_penandatangan", STR_INIT("Jabatan")},
        {"nip_penandatangan", STR_INIT("NIP")},
        {"tempat_lahir", STR_INIT("Tempat lahir")},
        {"dusun", STR_INIT("{Dusun}")},
        {"wilayah", STR_INIT("Wilayah")},
        {"nama_desa", STR_INIT("Nama desa")},
        {"nama_kecamatan", STR_INIT("Nama kecamatan")},
        {"nama_kabupaten", STR_INIT("Nama kabupaten")},
        {"nama_provinsi", STR_INIT("Nama provinsi")},
        {"alamat_kantor", STR_INIT("Alamat kantor")},
    };
    struct letter_labels labels = {ARENA_ARRAY(arena, struct letter_label, COUNT_OF(own) + form->n_fields), COUNT_OF(own)};

    memcpy(labels.p, own, sizeof(own));
    for (size_t i = 0; i < form->n_fields; i++)
        labels.p[labels.n++] = (struct letter_label){str_z(arena, str_fmt(arena, "isi_%.*s", STR_ARG(form->fields[i].name))),
                                                     form->fields[i].label};
    return labels;
}

/* Whether the tree's text has this name as a word: {nama_desa:upper}, "rows": ["nama"]. */
static bool names(struct str tree, struct str name)
{
    static const char *const signs = "abcdefghijklmnopqrstuvwxyz_0123456789";
    struct str rest = tree;
    ptrdiff_t at;

    while ((at = str_find(rest, name)) >= 0) {
        size_t end = (size_t)at + name.n;

        if ((at == 0 || strchr(signs, rest.p[at - 1]) == NULL) && (end >= rest.n || strchr(signs, rest.p[end]) == NULL))
            return true;
        rest = str_part(rest, end, rest.n - end);
    }
    return false;
}

/* What people call a value. */
static struct str called(const struct letter_labels *labels, struct str name)
{
    for (size_t i = 0; i < labels->n; i++)
        if (str_is(name, labels->p[i].name))
            return labels->p[i].label;
    return name;
}

struct str letter_undrawn(struct arena *arena, const struct letter_form *form, const json_t *values)
{
    const struct letter_labels labels = letter_value_labels(arena, form);
    struct str tree = json_write(arena, form->tree);
    struct paper_need need;
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)values, name, value)
    {
        const struct str lacks = paper_lacks((struct str){json_string_value(value), json_string_length(value)});

        if (lacks.p == NULL || !names(tree, str_c(name)))
            continue;
        return str_fmt(arena, "%.*s memuat tanda “%.*s”, yang tidak bisa dicetak di surat. Perbaiki dulu, dengan huruf Latin.",
                       STR_ARG(called(&labels, str_c(name))), STR_ARG(lacks));
    }
    if (paper_misfit(arena, form->tree, values, &need, NULL) == RC_OK && need.field != NULL)
        return str_fmt(arena, "%.*s tidak terbaca sebagai %s. Perbaiki dulu. Contoh: %s.", STR_ARG(called(&labels, str_c(need.field))),
                       need.kind == PAPER_NUMBER ? "angka" : "tanggal", need.kind == PAPER_NUMBER ? "1.500.000" : "17 Agustus 2026");
    return STR_NONE;
}

struct str letter_called(struct arena *arena, struct str receipt, struct opt_u64 queue_number)
{
    if (receipt.p == NULL)
        return STR("");
    return queue_number.is_set ? str_fmt(arena, "Antrean %" PRIu64 " · Resi %.*s", queue_number.value, STR_ARG(receipt))
                               : str_fmt(arena, "Resi %.*s", STR_ARG(receipt));
}

enum { NOON = 12 * 60, AFTERNOON = 15 * 60, MONDAY = 1, FRIDAY = 5 };

static bool is_working_day(struct date day)
{
    return date_weekday(day) >= MONDAY && date_weekday(day) <= FRIDAY;
}

utc_us letter_due(utc_us asked_at, enum zone zone)
{
    struct date day = utc_date(asked_at, zone);

    if (is_working_day(day) && utc_minute_of_day(asked_at, zone) < NOON)
        return date_utc(day, zone) + AFTERNOON * INT64_C(60) * US_PER_S;
    do
        day = date_from_days(date_to_days(day) + 1);
    while (!is_working_day(day));
    return date_utc(day, zone) + NOON * INT64_C(60) * US_PER_S;
}

uint64_t letter_reprints(uint64_t prints, bool was_printed)
{
    return was_printed || prints == 0 ? prints : prints - 1;
}

struct str letter_print_label(uint64_t prints, bool was_printed)
{
    return was_printed || prints > 0 ? STR("Cetak ulang") : STR("Cetak surat");
}

static void doubt_subject(struct arena *arena, const struct letter_form *form, const struct letter_subject *s, struct date today,
                          struct letter_doubts *out)
{
    if (!form->subject_age.is_set)
        return;
    if (date_is_none(s->birth_date))
        out->p[out->n++] = str_fmt(arena, "Tanggal lahir %.*s belum diisi, umurnya tidak bisa dicocokkan.",
                                   STR_ARG(text_name(arena, s->name)));
    else if ((uint64_t)date_age(s->birth_date, today) < form->subject_age.value)
        out->p[out->n++] = str_fmt(arena, "%.*s berumur %.*s. Surat ini biasanya untuk umur %" PRIu64 " tahun ke atas.",
                                   STR_ARG(text_name(arena, s->name)), STR_ARG(date_age_text(arena, s->birth_date, today)),
                                   form->subject_age.value);
}

struct str letter_year_fault(struct arena *arena, const struct letter_field *field, const struct letter_subject *subject, struct str typed)
{
    uint64_t year;

    if (!field->from_age.is_set || field->from_age.value != 0 || date_is_none(subject->birth_date) || !str_to_u64(typed, &year) ||
        year >= (uint64_t)subject->birth_date.year)
        return STR_NONE;
    return str_fmt(arena, "%.*s %" PRIu64 ": sebelum %.*s lahir (%d). Periksa tahunnya.", STR_ARG(field->label), year,
                   STR_ARG(text_name(arena, subject->name)), subject->birth_date.year);
}

static void doubt_year(struct arena *arena, const struct letter_field *f, const struct letter_subject *s, const json_t *inputs,
                       struct letter_doubts *out)
{
    struct str typed = json_text(inputs, str_z(arena, f->name));
    uint64_t year, first = (uint64_t)s->birth_date.year + f->from_age.value;

    if (!f->from_age.is_set || date_is_none(s->birth_date) || !str_to_u64(typed, &year) || year >= first)
        return;
    out->p[out->n++] = f->from_age.value == 0
                           ? str_fmt(arena, "%.*s %" PRIu64 ": sebelum %.*s lahir (%d).", STR_ARG(f->label), year,
                                     STR_ARG(text_name(arena, s->name)), s->birth_date.year)
                           : str_fmt(arena, "%.*s %" PRIu64 ": sebelum %.*s berumur %" PRIu64 " tahun (%" PRIu64 ").", STR_ARG(f->label),
                                     year, STR_ARG(text_name(arena, s->name)), f->from_age.value, first);
}

struct letter_doubts letter_doubts(struct arena *arena, const struct letter_form *form, const struct letter_subject *subject,
                                   const json_t *inputs, struct date today)
{
    struct letter_doubts out = {ARENA_ARRAY(arena, struct str, form->n_fields + 1), 0};

    doubt_subject(arena, form, subject, today, &out);
    for (size_t i = 0; i < form->n_fields; i++)
        doubt_year(arena, &form->fields[i], subject, inputs, &out);
    return out;
}

struct str letter_not_living(struct arena *arena, const struct letter_subject *subject)
{
    if (subject->basic_status == STATUS_ALIVE)
        return STR("");
    return str_fmt(
        arena,
        "%.*s tercatat %.*s. Suratnya tidak dapat dilanjutkan: batalkan atau kembalikan, atau perbaiki dahulu data warganya bila "
        "keliru.",
        STR_ARG(text_name(arena, subject->name)), STR_ARG(text_lower(arena, code_label(CODE_BASIC_STATUS, subject->basic_status))));
}
