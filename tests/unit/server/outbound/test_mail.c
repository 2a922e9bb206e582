// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a message's head says, and what never becomes one. Sending is tested against a real server: tests/journeys/mail.test.mjs. */

#include "tests/unit/arena.h"

#include "server/outbound/mail_parts.h"

static const struct mail good = {
    .to = STR_INIT("aminah@contoh.id"),
    .from_name = STR_INIT("Desa Sampano"),
    .subject = STR_INIT("Surat terbit"),
    .text = STR_INIT("Halo\n"),
    .message_id = STR_INIT("notice-12-1.7317102003"),
    .at = INT64_C(1795487525) * US_PER_S,
};

static enum rc head_of(const struct mail *mail, struct mail_head *out)
{
    struct err err;

    return mail_head(arena, STR("surat@balai.id"), mail, out, &err);
}

static struct str line_of(const struct mail_head *head, const char *name)
{
    for (size_t i = 0; i < head->n; i++)
        if (str_starts(head->lines[i], str_c(name)))
            return str_trim(str_from(head->lines[i], strlen(name)));
    print_error("no line %s\n", name);
    assert_true(false);
    return STR_NONE;
}

static void assert_str(struct str s, const char *expected)
{
    assert_string_equal(str_z(arena, s), expected);
}

static void test_addresses(void **state)
{
    static const char *const right[] = {"a@b.id", "ibu.aminah+surat@desa-sampano.contoh.go.id", "x_y-z!#$%&'*/=?^`{|}~@c.d"};
    static const char *const wrong[] = {"",
                                        "a",
                                        "@b.id",
                                        "a@",
                                        "a@b",
                                        "a@b.",
                                        "a@.id",
                                        "a@b..id",
                                        ".a@b.id",
                                        "a.@b.id",
                                        "a..b@c.id",
                                        "a b@c.id",
                                        "a@b c.id",
                                        "<a@b.id>",
                                        "a@b.id>",
                                        "\"a b\"@c.id",
                                        "a@b.id\r\nBcc: x@y.id",
                                        "a\n@b.id",
                                        "a@b@c.id",
                                        "a,b@c.id",
                                        "a;b@c.id",
                                        "a@-b.id",
                                        "a@b-.id",
                                        "a@[1.2.3.4]",
                                        "aminah@contoh.id ",
                                        "ibu@desa\xc3\xa9.id",
                                        "a\t@b.id",
                                        "(x)a@b.id"};
    struct buf longest = {.arena = arena};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(right); i++)
        assert_true(mail_address_is_valid(str_c(right[i])));
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_false(mail_address_is_valid(str_c(wrong[i])));
    assert_false(mail_address_is_valid((struct str){"a\0b@c.id", 8}));
    for (int i = 0; i < 64; i++)
        buf_put_char(&longest, 'a');
    assert_true(mail_address_is_valid(str_fmt(arena, "%.*s@b.id", STR_ARG(buf_str(&longest)))));
    assert_false(mail_address_is_valid(str_fmt(arena, "%.*sa@b.id", STR_ARG(buf_str(&longest)))));
    assert_false(mail_address_is_valid(str_fmt(arena, "a@%.*s.id", STR_ARG(buf_str(&longest)))));
    assert_str(mail_address_masked(arena, STR("aminah@contoh.id")), "a••••@contoh.id");
}

static void test_head(void **state)
{
    struct mail_head head;

    (void)state;
    assert_int_equal(head_of(&good, &head), RC_OK);
    assert_str(line_of(&head, "Date:"), "Tue, 24 Nov 2026 02:32:05 +0000");
    assert_str(line_of(&head, "From:"), "\"Desa Sampano\"\r\n <surat@balai.id>");
    assert_str(line_of(&head, "To:"), "<aminah@contoh.id>");
    assert_str(line_of(&head, "Subject:"), "Surat terbit");
    assert_str(line_of(&head, "Message-ID:"), "<notice-12-1.7317102003@balai.id>");
    assert_str(line_of(&head, "Auto-Submitted:"), "auto-generated");
}

/* Nothing typed makes a line of its own: it is refused, not mended. */
static void test_injection(void **state)
{
    static const char *const bad[] = {
        "x\r\nBcc: mata@mata.id", "x\nBcc: mata@mata.id", "x\rBcc: mata@mata.id", "x\x7f", "x\ty", "\xff\xfe"};
    struct mail_head head;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct mail subject = good, name = good, to = good, id = good;

        subject.subject = name.from_name = to.to = id.message_id = str_c(bad[i]);
        assert_int_equal(head_of(&subject, &head), RC_INVALID);
        assert_int_equal(head_of(&name, &head), RC_INVALID);
        assert_int_equal(head_of(&to, &head), RC_INVALID);
        assert_int_equal(head_of(&id, &head), RC_INVALID);
    }
    struct mail quote = good;

    quote.from_name = STR("Desa \"To'long\" <x@y.id>");
    assert_int_equal(head_of(&quote, &head), RC_OK);
    assert_str(line_of(&head, "From:"), "=?utf-8?Q?Desa_=22To=27long=22_=3Cx=40y=2Eid=3E?=\r\n <surat@balai.id>");
}

/* Folded lines stay below 78 bytes, every encoded word below 76, and no character is cut in two. */
static void assert_folded(struct str value, size_t used)
{
    struct str rest = value, line;

    while (str_cut(&rest, '\n', &line)) {
        assert_true(line.n + used <= 77);
        used = 0;
        for (struct str word = line;
             (word =
                  str_from(word, (size_t)(str_find(word, STR("=?utf-8?Q?")) >= 0 ? str_find(word, STR("=?utf-8?Q?")) : (ptrdiff_t)word.n)))
                 .n > 0;
             word = str_from(word, 2))
            assert_true(str_find(word, STR("?=")) > 0 && str_find(str_from(word, 10), STR("?=")) + 12 <= 75);
    }
}

static void test_encoding(void **state)
{
    struct mail_head head;
    struct mail mail = good;
    struct buf text = {.arena = arena};

    (void)state;
    mail.subject = STR("Surat – “Ibu Aminah”, Desa Sampano");
    assert_int_equal(head_of(&mail, &head), RC_OK);
    assert_str(line_of(&head, "Subject:"), "=?utf-8?Q?Surat_=E2=80=93_=E2=80=9CIbu_Aminah=E2=80=9D=2C_De?=\r\n =?utf-8?Q?sa_Sampano?=");
    mail.subject = STR("=?utf-8?Q?palsu?=");
    assert_int_equal(head_of(&mail, &head), RC_OK);
    assert_str(line_of(&head, "Subject:"), "=?utf-8?Q?=3D=3Futf=2D8=3FQ=3Fpalsu=3F=3D?=");
    while (text.n < MAIL_SUBJECT_BYTES - 4)
        buf_put_str(&text, text.n % 3 == 0 ? STR("é") : text.n % 3 == 1 ? STR("kata ") : STR("–"));
    for (size_t n = 1; n < text.n; n++) {
        mail.subject = str_part(buf_str(&text), 0, n);
        if (((unsigned char)text.p[n] & 0xc0) == 0x80)
            continue;
        assert_int_equal(head_of(&mail, &head), RC_OK);
        assert_folded(line_of(&head, "Subject:"), sizeof("Subject: ") - 1);
    }
    mail.subject = str_fmt(arena, "%*s", MAIL_SUBJECT_BYTES + 1, "x");
    assert_int_equal(head_of(&mail, &head), RC_INVALID);
    mail = good;
    mail.text = STR("\xc3");
    assert_int_equal(head_of(&mail, &head), RC_INVALID);
    mail.text = str_fmt(arena, "%*s", MAIL_TEXT_BYTES + 1, "x");
    assert_int_equal(head_of(&mail, &head), RC_INVALID);
}

/* A configuration that would send a password in the clear, or has no sender, does not start. */
static void test_configuration(void **state)
{
    struct config config = {.base_host = STR_INIT("localhost:8080"), .smtp_tls = STR_INIT("starttls"), .smtp_timeout_ms = 1000};
    struct post *post;
    struct err err;

    (void)state;
    assert_int_equal(post_new(arena, &config, &post, &err), RC_OK);
    assert_false(post_is_on(post));
    assert_false(post_is_on(NULL));
    config.smtp_url = STR("smtp://127.0.0.1:25");
    config.smtp_tls = STR("none");
    assert_int_equal(post_new(arena, &config, &post, &err), RC_OK);
    assert_true(post_is_on(post));
    config.smtp_url = STR("smtp://127.0.0.1.penipu.id:25");
    assert_int_equal(post_new(arena, &config, &post, &err), RC_INVALID);
    config.smtp_url = STR("smtp://surel.contoh.id:587");
    assert_int_equal(post_new(arena, &config, &post, &err), RC_INVALID);
    config.smtp_tls = STR("starttls");
    assert_int_equal(post_new(arena, &config, &post, &err), RC_OK);
    config.smtp_user = STR("balai");
    assert_int_equal(post_new(arena, &config, &post, &err), RC_INVALID);
    config.smtp_user = STR("");
    config.smtp_from = STR("bukan alamat");
    assert_int_equal(post_new(arena, &config, &post, &err), RC_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses), cmocka_unit_test(test_head),          cmocka_unit_test(test_injection),
        cmocka_unit_test(test_encoding),  cmocka_unit_test(test_configuration),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
