// SPDX-License-Identifier: AGPL-3.0-or-later
/* The header lines of a message. */
#include "server/outbound/mail_parts.h"

#include <stdio.h>
#include <time.h>

#include "server/base/text.h"

enum {
    NAME_BYTES = 200,
    ID_BYTES = 100,
    WORD_BYTES = 50 /* inside of an encoded word: with frame and field name the line stays below 76 */
};

static bool is_clean(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return utf8_is_valid(s);
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] >= 0x7f)
            return false;
    return str_find(s, STR("=?")) < 0; /* text that looks like an encoded word must itself be encoded */
}

static bool is_q_safe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A whole character in the Q encoding. */
static struct str q_of(struct arena *arena, struct str character)
{
    struct buf out = {.arena = arena};

    if (character.n == 1 && (is_q_safe(character.p[0]) || character.p[0] == ' '))
        return character.p[0] == ' ' ? STR("_") : character;
    for (size_t i = 0; i < character.n; i++)
        buf_fmt(&out, "=%02X", (unsigned)(unsigned char)character.p[i]);
    return buf_str(&out);
}

static struct str next_character(struct str s, size_t at)
{
    size_t n = 1;

    while (at + n < s.n && ((unsigned char)s.p[at + n] & 0xc0) == 0x80)
        n++;
    return str_part(s, at, n);
}

struct str mail_words(struct arena *arena, struct str text, size_t used)
{
    struct buf out = {.arena = arena};
    size_t inside = WORD_BYTES; /* full: the first character opens a word */

    if (is_plain(text) && used + text.n <= MAIL_LINE_BYTES)
        return text;
    for (size_t at = 0; at < text.n;) {
        struct str character = next_character(text, at), q = q_of(arena, character);

        if (inside + q.n > WORD_BYTES) {
            buf_put_str(&out, out.n == 0 ? STR("=?utf-8?Q?") : STR("?=\r\n =?utf-8?Q?"));
            inside = 0;
        }
        buf_put_str(&out, q);
        inside += q.n;
        at += character.n;
    }
    buf_put_str(&out, STR("?="));
    return buf_str(&out);
}

/* A plain name goes in quotes, any other in encoded words, which never stand in quotes. */
static struct str name_words(struct arena *arena, struct str name)
{
    bool is_quotable = is_plain(name) && name.n <= WORD_BYTES && str_find_char(name, '"') < 0 && str_find_char(name, '\\') < 0;

    return is_quotable ? str_fmt(arena, "\"%.*s\"", STR_ARG(name)) : mail_words(arena, name, MAIL_LINE_BYTES);
}

struct str mail_date(struct arena *arena, utc_us at)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)(at / US_PER_S);
    struct tm t;

    gmtime_r(&seconds, &t);
    return str_fmt(arena, "%s, %02d %s %d %02d:%02d:%02d +0000", days[t.tm_wday], t.tm_mday, months[t.tm_mon], t.tm_year + 1900, t.tm_hour,
                   t.tm_min, t.tm_sec);
}

static bool is_id(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_q_safe(s.p[i]) && s.p[i] != '.' && s.p[i] != '-')
            return false;
    return s.n > 0 && s.n <= ID_BYTES;
}

enum rc mail_head(struct arena *arena, struct str from, const struct mail *mail, struct mail_head *out, struct err *err)
{
    if (!mail_address_is_valid(from) || !mail_address_is_valid(mail->to))
        return fail(err, RC_INVALID, "a mail address that is none");
    if (!is_clean(mail->from_name) || !is_clean(mail->subject) || mail->from_name.n > NAME_BYTES || mail->subject.n > MAIL_SUBJECT_BYTES)
        return fail(err, RC_INVALID, "a name or subject with a control character, or too long");
    if (!is_id(mail->message_id))
        return fail(err, RC_INVALID, "a Message-ID with other than letters, digits, dots and dashes");
    if (mail->text.n > MAIL_TEXT_BYTES || !utf8_is_valid(mail->text))
        return fail(err, RC_INVALID, "a text that is no UTF-8, or too long");
    *out = (struct mail_head){.n = 0};
    out->lines[out->n++] = str_fmt(arena, "Date: %.*s", STR_ARG(mail_date(arena, mail->at)));
    out->lines[out->n++] = str_fmt(arena, "From: %.*s\r\n <%.*s>", STR_ARG(name_words(arena, mail->from_name)), STR_ARG(from));
    out->lines[out->n++] = str_fmt(arena, "To: <%.*s>", STR_ARG(mail->to));
    out->lines[out->n++] = str_fmt(arena, "Subject: %.*s", STR_ARG(mail_words(arena, mail->subject, sizeof("Subject: ") - 1)));
    out->lines[out->n++] = str_fmt(arena, "Message-ID:\r\n <%.*s@%.*s>", STR_ARG(mail->message_id), STR_ARG(mail_domain(from)));
    out->lines[out->n++] = STR("Auto-Submitted: auto-generated"); /* no absence notes, please (RFC 3834) */
    return RC_OK;
}
