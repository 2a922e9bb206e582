// SPDX-License-Identifier: AGPL-3.0-or-later
/* When a notice still has a reason, what it says, and what staff read of it. */

#include "tests/unit/arena.h"

#include "tenants/village/notices/notices_rules.h"

static const struct village village = {.code = STR_INIT("7317102003"), .name = STR_INIT("Sampano"), .zone = ZONE_WITA};
static const struct notice_row issued = {
    .id = 12,
    .letter_id = 7,
    .recipient = NOTICE_RESIDENT,
    .round = 2,
    .letter_state = LETTER_ISSUED,
    .is_rendered = true,
    .type_name = STR_INIT("Surat Keterangan Usaha"),
    .policy = STR_INIT("seal"),
    .number_text = STR_INIT("500.3/001/SPN/XI/2026"),
    .issued_at = INT64_C(1795487525) * US_PER_S,
    .resident_name = STR_INIT("SITTI AMINAH"),
    .phone = STR_INIT("0812 0000 0000"),
};

static bool holds(struct str text, const char *part)
{
    return str_find(text, str_c(part)) >= 0;
}

static void test_reasons(void **state)
{
    static const struct {
        enum notice_recipient recipient;
        enum letter_state state;
        const char *policy;
        bool has_reason;
    } cases[] = {
        {NOTICE_RESIDENT, LETTER_ISSUED, "seal", true},
        {NOTICE_RESIDENT, LETTER_ISSUED, "approve", true},
        {NOTICE_RESIDENT, LETTER_VOIDED, "seal", false},
        {NOTICE_RESIDENT, LETTER_WAITING_APPROVAL, "approve", false},
        {NOTICE_HEAD, LETTER_ISSUED, "seal", true},
        {NOTICE_HEAD, LETTER_ISSUED, "approve", false},
        {NOTICE_HEAD, LETTER_WAITING_APPROVAL, "approve", true},
        {NOTICE_HEAD, LETTER_RETURNED, "approve", false},
        {NOTICE_HEAD, LETTER_WAITING_CHECK, "approve", false},
        {NOTICE_HEAD, LETTER_CANCELLED, "approve", false},
        {NOTICE_HEAD, LETTER_VOIDED, "seal", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct notice_row row = {.recipient = cases[i].recipient, .letter_state = cases[i].state, .policy = str_c(cases[i].policy)};

        assert_int_equal(notice_has_reason(&row), cases[i].has_reason);
    }
}

static void test_words(void **state)
{
    const struct str link = STR("https://sampano.contoh.id/surat/ambil/x");
    struct notice_row row = issued;
    struct village sample = village;
    struct notice_words words = notice_words(arena, &row, &village, link, issued.issued_at + INT64_C(7) * 86400 * US_PER_S);

    (void)state;
    assert_true(str_eq(notice_message_id(arena, &row, village.code), STR("notice-12-2.7317102003")));
    assert_true(holds(words.subject, "Surat Anda sudah terbit: Surat Keterangan Usaha, Desa Sampano"));
    assert_true(holds(words.text, "untuk Sitti Aminah sudah terbit"));
    assert_true(holds(words.text, "\nhttps://sampano.contoh.id/surat/ambil/x\n"));
    assert_true(holds(words.text, "1 Desember 2026, 10.32 WITA"));
    assert_true(holds(words.text, "telepon 0812 0000 0000"));
    row.phone = STR("");
    assert_false(holds(notice_words(arena, &row, &village, link, 0).text, "telepon"));

    row.recipient = NOTICE_HEAD;
    words = notice_words(arena, &row, &village, link, 0);
    assert_true(holds(words.subject, "Surat terbit atas nama desa") && holds(words.text, "500.3/001/SPN/XI/2026") &&
                !holds(words.text, "Aminah"));
    row.letter_state = LETTER_WAITING_APPROVAL;
    row.number_text = STR_NONE;
    words = notice_words(arena, &row, &village, link, 0);
    assert_true(holds(words.subject, "Menunggu persetujuan") && !holds(words.text, "Aminah") && !holds(words.text, "null"));

    sample.is_sample = true;
    words = notice_words(arena, &row, &sample, link, 0);
    assert_true(str_starts(words.subject, STR("DATA CONTOH")) && str_starts(words.text, STR("DATA CONTOH")));
}

static void test_lines(void **state)
{
    static const struct {
        struct notice_lines_row row;
        const char *words;
    } cases[] = {
        {{.recipient = NOTICE_HEAD, .state = NOTICE_WAITING}, "Sedang dikirim ke kepala desa"},
        {{.recipient = NOTICE_RESIDENT, .state = NOTICE_WAITING, .attempts = 1},
         "Belum terkirim ke pemohon: server surel belum menjawab. Dicoba lagi sendiri."},
        {{.recipient = NOTICE_RESIDENT, .state = NOTICE_WAITING, .attempts = 1, .answer = 451},
         "Belum terkirim ke pemohon: server surel minta menunggu (451). Dicoba lagi sendiri."},
        {{.recipient = NOTICE_RESIDENT, .state = NOTICE_REFUSED, .why = NOTICE_SAID_NO, .answer = 550},
         "Belum terkirim ke pemohon: alamatnya ditolak server surel (550). Periksa alamatnya, lalu kirim lagi."},
        {{.recipient = NOTICE_HEAD, .state = NOTICE_OFF, .why = NOTICE_NO_RELAY},
         "Tidak dikirim ke kepala desa: surel belum dipasang di sistem ini."},
        {{.recipient = NOTICE_HEAD, .state = NOTICE_OFF, .why = NOTICE_TOO_LATE},
         "Tidak dikirim ke kepala desa: keadaan suratnya sudah berubah."},
        {{.recipient = NOTICE_HEAD, .state = NOTICE_SENT, .sent_at = INT64_C(1795487525) * US_PER_S},
         "Terkirim 24-11-2026 10.32 ke kepala desa"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(str_z(arena, notice_line_words(arena, &cases[i].row, ZONE_WITA)), cases[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reasons), cmocka_unit_test(test_words), cmocka_unit_test(test_lines)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
