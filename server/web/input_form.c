// SPDX-License-Identifier: AGPL-3.0-or-later
/* The kinds of input that generated forms add: money, ways to reach somebody, numbers of a list. */
#include "server/base/text.h"
#include "server/outbound/mail.h"
#include "server/web/forms.h"
#include "server/web/request.h"

enum { MAX_PHONE_DIGITS = 15, MIN_PHONE_DIGITS = 6, MAX_EMAIL = 254, MAX_WEB = 300 };

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
    size_t digits = 0;
    bool is_fine = true;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        digits += c >= '0' && c <= '9';
        is_fine = is_fine && ((c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || (c == '+' && i == 0));
    }
    if (text.n == 0)
        input_missing(req, value, "belum diisi. Contoh: 0812 3456 7890.");
    else if (!is_fine || digits < MIN_PHONE_DIGITS || digits > MAX_PHONE_DIGITS)
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
    default:
        break;
    }
}
