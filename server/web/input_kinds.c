// SPDX-License-Identifier: AGPL-3.0-or-later
/* One kind of input after another: what is accepted, and the sentence when it is not. */
#include "server/base/text.h"
#include "server/base/typed.h"
#include "server/web/request.h"

enum { DEFAULT_MAX_TEXT = 200, DEFAULT_MAX_LINES = 5000, MAX_TOKEN = 12000 };

const char *input_label(const struct value *value)
{
    return value->decl->label != NULL ? value->decl->label : value->decl->name;
}

static uint32_t most(const struct value *value, uint32_t otherwise)
{
    return value->decl->max != 0 ? value->decl->max : otherwise;
}

void input_missing(struct request *req, const struct value *value, const char *what)
{
    if (value->decl->is_required)
        request_fault(req, value->name, "%s %s", input_label(value), what);
}

static void check_text(struct request *req, struct value *value)
{
    enum input_kind kind = value->decl->kind;
    uint32_t max = most(value, kind == INPUT_LINES ? DEFAULT_MAX_LINES : DEFAULT_MAX_TEXT);
    struct str text = value->typed;

    if (text.p == NULL)
        text = STR("");
    if (kind == INPUT_TEXT)
        text = text_tidy(req->arena, text);
    else if (kind == INPUT_LINES)
        text = text_tidy_lines(req->arena, text);
    size_t length = utf8_length(text);
    if (length == 0) {
        input_missing(req, value, "belum diisi.");
        value->text = value->is_sent ? STR("") : STR_NONE;
    } else if (length > max) {
        request_fault(req, value->name, "%s terlalu panjang. Paling banyak %" PRIu32 " huruf.", input_label(value), max);
    } else if (length < value->decl->min) {
        request_fault(req, value->name, "%s terlalu pendek. Paling sedikit %" PRIu32 " huruf.", input_label(value), value->decl->min);
    } else {
        value->text = text;
    }
}

bool input_number(struct arena *arena, struct str s, uint64_t *out)
{
    struct str plain = s;

    if (str_find_char(s, '.') >= 0) {
        struct str rest = s, group;
        for (size_t i = 0; str_cut(&rest, '.', &group); i++)
            if (i == 0 ? group.n == 0 || group.n > 3 : group.n != 3)
                return false;
        plain = str_replace(arena, s, STR("."), STR(""));
    }
    return str_to_u64(plain, out);
}

static void check_u64(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    struct arena *arena = req->arena;
    uint64_t number;

    if (text.n == 0) {
        input_missing(req, value, "belum diisi.");
    } else if (!input_number(arena, text, &number)) {
        request_fault(req, value->name, "%s harus berupa angka bulat.", input_label(value));
    } else if (number < value->decl->min) {
        request_fault(req, value->name, "%s terlalu kecil. Paling kecil %.*s.", input_label(value),
                      STR_ARG(number_text(arena, value->decl->min)));
    } else if (value->decl->max != 0 && number > value->decl->max) {
        request_fault(req, value->name, "%s terlalu besar. Paling besar %.*s.", input_label(value),
                      STR_ARG(number_text(arena, value->decl->max)));
    } else {
        value->number = number;
        value->text = text;
    }
}

/* Where the right number is written down. */
static const char *where_to_look(const char *label)
{
    if (strstr(label, "NIK") != NULL)
        return "Cocokkan dengan e-KTP.";
    if (strstr(label, "KK") != NULL)
        return "Cocokkan dengan kartu keluarga.";
    return "Periksa lagi.";
}

enum { NUMBER_OF_A_CARD = 16 }; /* NIK, KK */

static void check_digits(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    const char *label = input_label(value);
    uint32_t max = most(value, 40);

    if (text.n == 0) {
        input_missing(req, value, "belum diisi.");
        return;
    }
    struct str digits = digits_only(req->arena, text);
    if (digits.n == 0)
        request_fault(req, value->name, "%s hanya boleh berisi angka. %s", label, where_to_look(label));
    else if (digits.n < value->decl->min)
        request_fault(req, value->name, "%s kurang %zu angka. %s", label, value->decl->min - digits.n, where_to_look(label));
    else if (digits.n > max)
        request_fault(req, value->name, "%s lebih %zu angka. %s", label, digits.n - max, where_to_look(label));
    else if (digits.n == NUMBER_OF_A_CARD && strspn(str_z(req->arena, digits), "0") == digits.n)
        request_fault(req, value->name, "%s tidak mungkin nol semua. %s", label, where_to_look(label));
    else
        value->text = digits;
}

/* The last year that two digits may mean: of what has happened this one. On a console they mean none. */
static int latest_year(struct request *req, const struct value *value)
{
    return req->village == NULL ? 0 : request_today(req).year + (value->decl->past_years > 0 ? 0 : YEARS_TYPED_AHEAD);
}

static void check_date(struct request *req, struct value *value)
{
    struct str text = str_trim(value->typed);
    bool has_boxes = str_trim(value->boxes[0]).n + str_trim(value->boxes[1]).n + str_trim(value->boxes[2]).n > 0;
    struct date date;

    if (text.n == 0 && !has_boxes) {
        input_missing(req, value, "belum diisi. Contoh: 11 11 1957.");
        return;
    }
    if (has_boxes && text.n > 0) {
        request_fault(req, value->name, "%s terisi dua kali. Isi satu saja.", input_label(value));
        return;
    }
    const int latest = latest_year(req, value);
    if (has_boxes ? !date_boxed(value->boxes[0], value->boxes[1], value->boxes[2], latest, &date) : !date_typed(text, latest, &date))
        request_fault(req, value->name, "%s bukan tanggal yang ada. Isi hari, bulan (angka atau namanya), dan tahun. Contoh: 11 11 1957.",
                      input_label(value));
    else
        value->date = date;
    const struct value *from = value->decl->is_until ? value - 1 : NULL; /* the row above, which is checked already */
    if (from != NULL && !date_is_none(value->date) && !date_is_none(from->date) && date_compare(value->date, from->date) < 0) {
        request_fault(req, value->name, "%s sebelum %s. Periksa keduanya.", input_label(value), input_label(from));
        value->date = (struct date){0};
    }
}

/* Of what has happened: not to come, and no slip of the year. */
static void check_past(struct request *req, struct value *value)
{
    uint32_t years = value->decl->past_years;

    if (years == 0 || date_is_none(value->date))
        return;
    if (date_compare(value->date, request_today(req)) > 0)
        request_fault(req, value->name, "%s belum terjadi. Periksa tanggalnya.", input_label(value));
    else if (date_compare(value->date, date_add_months(request_today(req), -12 * (int)years)) < 0)
        request_fault(req, value->name, "%s lebih dari %" PRIu32 " tahun lalu. Periksa tahunnya.", input_label(value), years);
}

static void check_choice(struct request *req, struct value *value)
{
    struct str rest = str_c(value->decl->choices), choice;

    if (value->typed.n == 0) {
        input_missing(req, value, "belum dipilih.");
        return;
    }
    while (str_cut(&rest, '|', &choice))
        if (str_eq(choice, value->typed) && (value->decl->may == NULL || value->decl->may(req, choice))) {
            value->text = choice;
            if (value->decl->kind == INPUT_OPTION && !str_to_u64(choice, &value->number))
                request_fault(req, value->name, "%s tidak ada dalam pilihan. Pilih lagi.", input_label(value));
            return;
        }
    request_fault(req, value->name, "%s tidak ada dalam pilihan. Pilih lagi.", input_label(value));
}

static void check_token(struct request *req, struct value *value)
{
    struct str s = value->typed;
    bool is_fine = s.n > 0 && s.n <= MAX_TOKEN;

    for (size_t i = 0; is_fine && i < s.n; i++) {
        char c = s.p[i];
        is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
    if (is_fine)
        value->text = s;
    else if (value->decl->is_required)
        request_fault(req, value->name, "Tautan ini tidak lengkap. Buka lagi dari halaman sebelumnya.");
}

static void check_file(struct request *req, struct value *value)
{
    const struct input *decl = value->decl;
    size_t n = value->upload.bytes.n;

    if (!value->is_sent || (n == 0 && value->upload.filename.n == 0)) {
        input_missing(req, value, "belum dipilih.");
    } else if (n == 0) {
        request_fault(req, value->name, "%s kosong. Pilih berkas lain.", input_label(value));
    } else if (decl->max != 0 && n > decl->max) {
        request_fault(req, value->name, "%s terlalu besar. Paling besar %.*s.", input_label(value),
                      STR_ARG(bytes_text(req->arena, decl->max)));
    } else {
        value->text = value->upload.filename.p != NULL ? value->upload.filename : STR("");
    }
}

static void check_prefix(struct request *req, struct value *value)
{
    uint32_t max = most(value, DEFAULT_MAX_TEXT);

    for (size_t i = 0; i < value->pairs.n; i++) {
        struct input_pair *pair = &value->pairs.p[i];
        pair->value = text_tidy_lines(req->arena, pair->value);
        if (utf8_length(pair->value) <= max)
            continue;
        struct str field = str_fmt(req->arena, "%s%.*s", value->name, STR_ARG(pair->name));
        request_fault(req, str_z(req->arena, field), "Isian ini terlalu panjang. Paling banyak %" PRIu32 " huruf.", max);
        pair->value = utf8_part(req->arena, pair->value, max);
    }
}

void input_check(struct request *req, struct value *value)
{
    switch (value->decl->kind) {
    case INPUT_SECRET:
        arena_wipe_at_end(req->arena);
        check_text(req, value);
        break;
    case INPUT_TEXT:
    case INPUT_LINES:
        check_text(req, value);
        break;
    case INPUT_U64:
        check_u64(req, value);
        break;
    case INPUT_DIGITS:
        check_digits(req, value);
        break;
    case INPUT_DATE:
        check_date(req, value);
        check_past(req, value);
        break;
    case INPUT_CHOICE:
    case INPUT_OPTION:
        check_choice(req, value);
        break;
    case INPUT_FLAG:
        value->number = value->is_sent && value->typed.n > 0 && !str_is(value->typed, "0");
        if (!value->is_sent || value->typed.n == 0)
            input_missing(req, value, "belum dipilih.");
        if (value->typed.n > 8)
            request_fault(req, value->name, "%s: tandai kotaknya, atau biarkan kosong.", input_label(value));
        break;
    case INPUT_TOKEN:
        check_token(req, value);
        break;
    case INPUT_FILE:
        check_file(req, value);
        break;
    case INPUT_PICTURE:
        check_file(req, value);
        input_check_form(req, value);
        break;
    case INPUT_PREFIX:
        check_prefix(req, value);
        break;
    case INPUT_MONEY:
    case INPUT_PHONE:
    case INPUT_EMAIL:
    case INPUT_WEB:
    case INPUT_CODE:
    case INPUT_YEAR:
    case INPUT_DECIMAL:
    case INPUT_TIME:
    case INPUT_MONTH:
    case INPUT_FILES:
    case INPUT_GEO:
        input_check_form(req, value);
        break;
    case INPUT_PATH_U64:
    case INPUT_PATH_WORD:
    case INPUT_PICK: /* input_check_one: these two wait for the database */
    case INPUT_GROUP:
    case INPUT_END_KIND:
        break;
    }
}
