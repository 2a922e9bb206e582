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

enum { DAY_MIN = 24 * 60, SOON_MIN = 180 };

struct str letter_due_words(struct arena *arena, utc_us due, utc_us now, enum zone zone, struct str *tone_out)
{
    int64_t minutes = (due - now) / (60 * US_PER_S);
    int64_t days = date_to_days(utc_date(due, zone)) - date_to_days(utc_date(now, zone));
    int64_t late = -minutes;

    *tone_out = minutes < 0 ? STR("merah") : days == 0 ? STR("kuning") : STR("abu");
    if (minutes < 0 && late < 60)
        return str_fmt(arena, "Lewat %" PRId64 " menit", late > 0 ? late : 1);
    if (minutes < 0)
        return late < DAY_MIN ? str_fmt(arena, "Lewat %" PRId64 " jam", late / 60)
                              : str_fmt(arena, "Lewat %" PRId64 " hari", late / DAY_MIN);
    if (days == 0 && minutes < SOON_MIN)
        return minutes < 60 ? str_fmt(arena, "Sisa %" PRId64 " menit", minutes)
                            : str_fmt(arena, "Sisa %" PRId64 " jam %" PRId64 " menit", minutes / 60, minutes % 60);
    struct str day = date_weekday_long(arena, utc_date(due, zone));

    return days == 0 ? STR("Hari ini") : days == 1 ? STR("Besok") : str_part(day, 0, (size_t)str_find_char(day, ','));
}

uint64_t letter_reprints(uint64_t prints, bool was_printed)
{
    return was_printed || prints == 0 ? prints : prints - 1;
}

struct str letter_print_label(uint64_t prints, bool was_printed)
{
    return was_printed || prints > 0 ? STR("Cetak ulang") : STR("Cetak surat");
}

struct str letter_whose(struct arena *arena, bool is_office, struct str stored)
{
    return is_office ? stored : text_name(arena, stored);
}

struct str letter_name_now(struct arena *arena, struct str paper, struct str now)
{
    return str_eq_nocase(text_name(arena, paper), text_name(arena, now)) ? STR("") : text_name(arena, now);
}

/* Of a field: one line, the first sign a capital. */
static struct str said(struct arena *arena, const struct letter_form *form, struct str name, const json_t *inputs)
{
    const struct letter_field *f = letter_field_called(form, name);
    const struct str line = f != NULL ? letter_list_told(arena, letter_field_printed(arena, form, f, inputs), "; ") : STR("");

    return text_capital(arena, utf8_part(arena, text_tidy(arena, line), LETTER_SAID_MOST));
}

struct letter_said letter_said_of(struct arena *arena, const struct letter_form *form, struct str type_name, const json_t *inputs)
{
    struct letter_said out = {said(arena, form, form->about, inputs), said(arena, form, form->addressed, inputs)};

    if (form->is_outside)
        out.about = text_name(arena, str_dup(arena, json_text(inputs, LETTER_SUBJECT PERSON_NAME)));
    if (form->is_outside && str_empty(out.about))
        out.about = STR("Orang luar desa, belum bernama");
    return str_empty(out.about) ? (struct letter_said){type_name, out.addressed} : out;
}

bool letter_is_delegated(struct str policy, struct str paper, const struct letter_doubts *doubts)
{
    return str_is(policy, "seal") && paper.p == NULL && (doubts == NULL || !doubts->is_against_register);
}

bool letter_may_have(const struct letter_form *form, uint8_t basic_status)
{
    if (basic_status == 0 || form->subject_of == OF_NONE)
        return basic_status == 0 && form->subject_of == OF_NONE;
    return form->subject_of == OF_ALL || basic_status == (form->subject_of == OF_DEAD ? STATUS_DEAD : STATUS_ALIVE);
}

struct str letter_not_living(struct arena *arena, const struct letter_form *form, const struct letter_subject *subject)
{
    if (letter_may_have(form, subject->basic_status))
        return STR("");
    if (form->subject_of == OF_DEAD)
        return str_fmt(arena, "%.*s belum tercatat meninggal. Catat dahulu peristiwa kematiannya, lalu suratnya bisa dibuat.",
                       STR_ARG(text_name(arena, subject->name)));
    return str_fmt(
        arena,
        "%.*s tercatat %.*s. Suratnya tidak dapat dilanjutkan: batalkan atau kembalikan, atau perbaiki dahulu data warganya bila "
        "keliru.",
        STR_ARG(text_name(arena, subject->name)), STR_ARG(text_lower(arena, code_label(CODE_BASIC_STATUS, subject->basic_status))));
}
