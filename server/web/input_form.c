// SPDX-License-Identifier: AGPL-3.0-or-later
/* The kinds of input that generated forms add: money, ways to reach somebody, numbers of a list. */
#include "server/base/text.h"
#include "server/base/typed.h"
#include "server/image/image.h"
#include "server/outbound/mail.h"
#include "server/web/forms.h"
#include "server/web/request.h"

enum { MAX_EMAIL = 254, MAX_WEB = 300 };

static void check_money(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    uint64_t rupiah;

    if (str_eq_nocase(str_part(text, 0, 2), STR("rp")))
        text = str_trim(str_from(text, str_starts(str_from(text, 2), STR(".")) ? 3 : 2));
    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 1.500.000.");
    else if (!input_number(req->arena, text, &rupiah) || rupiah > INT64_MAX)
        request_fault(req, value->name, "%s harus berupa rupiah bulat. Contoh: 1.500.000.", input_label(value));
    else if (rupiah < value->decl->min)
        request_fault(req, value->name, "%s terlalu kecil. Paling kecil %.*s.", input_label(value),
                      STR_ARG(rupiah_text(req->arena, value->decl->min)));
    else if (value->decl->max != 0 && rupiah > value->decl->max)
        request_fault(req, value->name, "%s terlalu besar. Paling besar %.*s.", input_label(value),
                      STR_ARG(rupiah_text(req->arena, value->decl->max)));
    else {
        value->number = rupiah;
        value->text = text;
    }
}

static void check_phone(struct request *req, struct value *value)
{
    struct str text = text_tidy(req->arena, value->typed);

    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 0812 3456 7890.");
    else if (!phone_is_number(text))
        request_fault(req, value->name, "%s bukan nomor telepon. Contoh: 0812 3456 7890.", input_label(value));
    else
        value->text = text;
}

static void check_email(struct request *req, struct value *value)
{
    struct str text = text_tidy(req->arena, value->typed);
    uint32_t max = value->decl->max != 0 ? value->decl->max : MAX_EMAIL;

    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: nama@contoh.id.");
    else if (utf8_length(text) > max)
        request_fault(req, value->name, "%s terlalu panjang. Paling banyak %" PRIu32 " huruf.", input_label(value), max);
    else if (!mail_address_is_valid(text))
        request_fault(req, value->name, "%s belum lengkap. Contoh: nama@contoh.id.", input_label(value));
    else
        value->text = text;
}

/* A host with a dot in it, then whatever follows; no blanks, no other scheme. */
static bool is_web_address(struct str rest)
{
    size_t host = 0;
    bool has_dot = false;

    while (host < rest.n && rest.p[host] != '/' && rest.p[host] != '?' && rest.p[host] != '#') {
        char c = rest.p[host];
        bool is_inside = host > 0 && host + 1 < rest.n;
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (is_inside && (c == '.' || c == '-'))))
            return false;
        has_dot = has_dot || c == '.';
        host++;
    }
    for (size_t i = host; i < rest.n; i++)
        if ((unsigned char)rest.p[i] <= ' ' || rest.p[i] == '"' || rest.p[i] == '<' || rest.p[i] == '>' || rest.p[i] == '\\')
            return false;
    return host > 0 && has_dot;
}

static void check_web(struct request *req, struct value *value)
{
    struct str text = text_tidy(req->arena, value->typed), rest = text;
    bool has_scheme = true;

    if (str_eq_nocase(str_part(text, 0, 8), STR("https://")))
        rest = str_from(text, 8);
    else if (str_eq_nocase(str_part(text, 0, 7), STR("http://")))
        rest = str_from(text, 7);
    else
        has_scheme = false;
    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: https://desa.id.");
    else if (utf8_length(text) > MAX_WEB || !is_web_address(rest))
        request_fault(req, value->name, "%s bukan alamat situs. Contoh: https://desa.id.", input_label(value));
    else
        value->text = has_scheme ? text : str_fmt(req->arena, "https://%.*s", STR_ARG(text));
}

static void check_code(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    uint64_t code;

    if (text.n == 0 || str_is(text, "0")) {
        input_missing(req, value, "belum dipilih.");
    } else if (!str_to_u64(text, &code) || code > UINT32_MAX || str_empty(value->decl->source->label(value->decl->list, (uint32_t)code))) {
        request_fault(req, value->name, "%s tidak ada dalam pilihan. Pilih lagi.", input_label(value));
    } else {
        value->number = code;
        value->text = text;
    }
}

static void check_year(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    uint64_t year;

    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 1998.");
    else if (text.n != 4 || !str_to_u64(text, &year) || year < value->decl->min || year > value->decl->max)
        request_fault(req, value->name, "%s antara %" PRIu32 " dan %" PRIu32 ". Contoh: 1998.", input_label(value), value->decl->min,
                      value->decl->max);
    else {
        value->number = year;
        value->text = text;
    }
}

/* "1.234,5" with two places: 123450. */
static bool read_decimal(struct arena *arena, struct str text, uint32_t places, uint64_t *out)
{
    struct str rest = text, whole, fraction;
    uint64_t number, part = 0, scale = 1;

    if (!str_cut(&rest, ',', &whole) || !input_number(arena, whole, &number))
        return false;
    fraction = rest;
    for (uint32_t i = 0; i < places; i++)
        scale *= 10;
    if (fraction.p != NULL && (fraction.n == 0 || fraction.n > places || !str_to_u64(fraction, &part)))
        return false;
    for (size_t i = fraction.n; i < places; i++)
        part *= 10;
    if (number > INT64_MAX / scale - 1)
        return false;
    *out = number * scale + part;
    return true;
}

static void check_decimal(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    uint64_t scale = 1, number;

    for (uint32_t i = 0; i < value->decl->list; i++)
        scale *= 10;
    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 12,5.");
    else if (!read_decimal(req->arena, text, value->decl->list, &number))
        request_fault(req, value->name, "%s harus berupa angka. Tulis koma untuk pecahan, paling banyak %" PRIu32 " angka. Contoh: 12,5.",
                      input_label(value), value->decl->list);
    else if (number < value->decl->min * scale)
        request_fault(req, value->name, "%s terlalu kecil. Paling kecil %.*s.", input_label(value),
                      STR_ARG(number_text(req->arena, value->decl->min)));
    else if (value->decl->max != 0 && number > value->decl->max * scale)
        request_fault(req, value->name, "%s terlalu besar. Paling besar %.*s.", input_label(value),
                      STR_ARG(number_text(req->arena, value->decl->max)));
    else {
        value->number = number;
        value->text = text;
    }
}

static void check_time(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    uint32_t minutes;

    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 08.30.");
    else if (!time_typed(text, req->village != NULL ? req->village->zone : 0, &minutes))
        request_fault(req, value->name, "%s bukan jam yang ada. Isi 00.00 sampai 23.59. Contoh: 08.30.", input_label(value));
    else {
        value->number = minutes;
        value->text = text;
    }
}

static void check_month(struct request *req, struct value *value)
{
    struct str year = str_trim(value->boxes[2]), month = str_trim(value->boxes[1]), text = str_trim(value->typed);
    const int latest = req->village != NULL ? request_today(req).year + YEARS_TYPED_AHEAD : 0;

    if (text.n == 7 && text.p[4] == '-') {
        year = str_part(text, 0, 4);
        month = str_from(text, 5);
    }
    if (year.n + month.n + text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 11 2026.");
    else if (!date_boxed(STR("1"), month, year, latest, &value->date))
        request_fault(req, value->name, "%s bukan bulan yang ada. Isi bulan (angka atau namanya) dan tahun. Contoh: 11 2026.",
                      input_label(value));
}

static void check_picture(struct request *req, struct value *value)
{
    struct image_head head;

    if (value->text.p == NULL || value->upload.bytes.n == 0) /* check_file has said so */
        return;
    enum image_cause cause = image_look(value->upload.bytes, &head);
    if (cause == IMAGE_FINE)
        return;
    request_fault(req, value->name, "%.*s", STR_ARG(image_cause_text(image_cause_word(cause))));
    value->text = STR_NONE;
}

static void check_files(struct request *req, struct value *value)
{
    const struct input *decl = value->decl;

    if (value->file_count == 0)
        input_missing(req, value, "belum dipilih.");
    else if (decl->list != 0 && value->file_count > decl->list)
        request_fault(req, value->name, "%s terlalu banyak. Paling banyak %" PRIu32 " berkas.", input_label(value), decl->list);
    for (size_t i = 0; i < value->file_count; i++) {
        const struct upload *file = &value->files[i];
        if (file->bytes.n == 0 || (decl->max != 0 && file->bytes.n > decl->max)) {
            request_fault(req, value->name, "%s: berkas ke-%zu %s", input_label(value), i + 1,
                          file->bytes.n == 0 ? "kosong. Pilih berkas lain." : "terlalu besar. Perkecil, lalu unggah lagi.");
            break;
        }
    }
    if (str_empty(request_fault_of(req, value->name)))
        value->text = STR("");
}

/* "-3.610123" or "-3,610123" → -3610123; at most six places are kept. */
static bool read_degrees(struct str text, int32_t *out)
{
    bool is_below = str_starts(text, STR("-"));
    struct str rest = is_below ? str_from(text, 1) : text, whole;
    uint64_t degrees, part = 0;

    if (!str_cut(&rest, str_find_char(rest, ',') >= 0 ? ',' : '.', &whole) || !str_to_u64(whole, &degrees) || degrees > 180)
        return false;
    struct str fraction = str_part(rest, 0, 6);
    if (rest.n > 20 || (rest.p != NULL && !str_to_u64(fraction, &part)))
        return false;
    for (size_t i = fraction.n; i < 6; i++)
        part *= 10;
    *out = (int32_t)(degrees * 1000000 + part) * (is_below ? -1 : 1);
    return true;
}

static void check_geo(struct request *req, struct value *value)
{
    struct str text = text_tidy(req->arena, value->typed), lat = text, lon = STR_NONE;
    ptrdiff_t at = str_find(text, STR(", ")), blank = str_find_char(text, ' ');
    int32_t *degrees = value->degrees;

    if (at < 0)
        at = blank >= 0 ? blank : str_find_char(text, ',');
    if (at >= 0) {
        lat = str_trim(str_part(text, 0, (size_t)at));
        lon = str_trim(str_from(text, (size_t)at + 1));
    }
    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: -3.610123, 120.351234.");
    else if (!read_degrees(lat, &degrees[0]) || !read_degrees(lon, &degrees[1]))
        request_fault(req, value->name, "%s belum dimengerti. Salin dari peta, contoh: -3.610123, 120.351234.", input_label(value));
    else if (degrees[0] < -11500000 || degrees[0] > 6500000 || degrees[1] < 94500000 || degrees[1] > 141500000)
        request_fault(req, value->name, "%s di luar Indonesia. Lintang ditulis dulu, lalu bujur: -3.610123, 120.351234.",
                      input_label(value));
    else
        value->text = text;
}

void input_check_form(struct request *req, struct value *value)
{
    switch (value->decl->kind) {
    case INPUT_MONEY:
        check_money(req, value);
        break;
    case INPUT_PHONE:
        check_phone(req, value);
        break;
    case INPUT_EMAIL:
        check_email(req, value);
        break;
    case INPUT_WEB:
        check_web(req, value);
        break;
    case INPUT_CODE:
        check_code(req, value);
        break;
    case INPUT_YEAR:
        check_year(req, value);
        break;
    case INPUT_DECIMAL:
        check_decimal(req, value);
        break;
    case INPUT_TIME:
        check_time(req, value);
        break;
    case INPUT_MONTH:
        check_month(req, value);
        break;
    case INPUT_PICTURE:
        check_picture(req, value);
        break;
    case INPUT_FILES:
        check_files(req, value);
        break;
    case INPUT_GEO:
        check_geo(req, value);
        break;
    default:
        break;
    }
}
