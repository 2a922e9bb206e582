// SPDX-License-Identifier: AGPL-3.0-or-later
/* A PDF from anywhere: what its seals say of it, and what a forger tries. */
#include "server/paper/check.h"
#include "server/paper/sign.h"
#include "tests/unit/server/paper/paper_support.h"

#define NOW INT64_C(1795487520000000) /* 24 November 2026, 02.32 UTC */
#define YEAR (INT64_C(365) * 86400 * US_PER_S)

static struct seal_authority authority;
static struct str key, certificate;

static void make_seals(void)
{
    const struct seal_name above = {STR("Otoritas Uji"), STR("Balai")}, name = {STR("Segel Elektronik Desa Uji"), STR("Desa Uji")};

    assert_int_equal(seal_key_new(arena, &authority.key, &err), RC_OK);
    assert_int_equal(seal_authority_new(arena, authority.key, &above, NOW, 20, &authority.certificate, &err), RC_OK);
    assert_int_equal(seal_key_new(arena, &key, &err), RC_OK);
    assert_int_equal(seal_certificate_new(arena, &authority, key, &name, NOW, 5, &certificate, &err), RC_OK);
}

static struct str signed_at(utc_us at)
{
    const struct pdf_signer signer = {
        .key = key, .certificate = certificate, .chain = &authority.certificate, .chain_count = 1, .at = at, .reason = STR("Uji")};
    struct str out;

    assert_int_equal(pdf_sign(arena, pdf_of(specimen(false, false)), &signer, &out, &err), RC_OK);
    return out;
}

static struct pdf_check checked(struct str pdf)
{
    struct pdf_check got;

    pdf_check(arena, pdf, &authority.certificate, 1, 0, &got);
    return got;
}

static struct str joined(struct str a, struct str b)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, a);
    buf_put_str(&out, b);
    return buf_str(&out);
}

static void its_seal_is_whole_ours_and_covers_the_file(void **state)
{
    (void)state;
    make_seals();
    struct str pdf = signed_at(NOW + YEAR);
    struct pdf_check got = checked(pdf);

    assert_true(got.is_pdf && got.n == 1 && got.seals[0].is_intact && got.seals[0].is_ours);
    assert_int_equal(got.seals[0].covers, pdf.n);
    assert_int_equal(got.seals[0].at, NOW + YEAR);
    assert_true(str_is(got.seals[0].signer, "Segel Elektronik Desa Uji"));
    assert_true(str_is(got.link, LINK));
}

static void without_a_seal_there_is_none(void **state)
{
    (void)state;
    make_seals();
    struct pdf_check got = checked(pdf_of(specimen(false, false)));
    assert_true(got.is_pdf && got.n == 0 && str_is(got.link, LINK));
    assert_false(checked(STR("")).is_pdf);
    assert_false(checked(STR("\x89PNG\r\n\x1a\n")).is_pdf);
    char *zeros = arena_alloc(arena, 100000);
    memset(zeros, 0, 100000);
    assert_false(checked((struct str){zeros, 100000}).is_pdf);
}

/* One byte anywhere but in the signature's own place. */
static void a_changed_byte_breaks_it(void **state)
{
    (void)state;
    make_seals();
    struct str pdf = signed_at(NOW);
    const size_t hole = (size_t)str_find(pdf, STR("/Contents <3")) + 10;
    const size_t after = hole + (size_t)str_find_char(str_from(pdf, hole), '>');

    for (size_t at = 0; at < pdf.n; at += at < hole - 700 || at > after ? 997 : 13) {
        struct str changed = str_dup(arena, pdf);
        ((char *)changed.p)[at] ^= 1;
        struct pdf_check got = checked(changed);
        for (size_t i = 0; i < got.n; i++)
            if (got.seals[i].is_intact && (at <= hole || at >= after))
                fail_msg("byte %zu of %zu was changed unseen (hole %zu to %zu)", at, pdf.n, hole, after);
    }
}

static void what_is_added_behind_is_not_covered(void **state)
{
    (void)state;
    make_seals();
    struct str pdf = signed_at(NOW);
    struct pdf_check got = checked(joined(pdf, STR("9 0 obj\n<< /Type /Page >>\nendobj\n")));
    assert_true(got.n == 1 && got.seals[0].is_intact && got.seals[0].covers == pdf.n);
}

/* The range that a forger writes: all of it, over a hole that is larger, elsewhere, or none. */
static void a_forged_range_is_no_seal(void **state)
{
    static const char *const ranges[] = {"[ 0 100 9000 500 ]",
                                         "[ 0 0 0 0 ]",
                                         "[ 5 100 200 300 ]",
                                         "[ 0 99999999999 99999999999 1 ]",
                                         "[ 0 10 12 ]",
                                         "[ -1 10 12 40 ]",
                                         "",
                                         "[ 0 1 2 999999999999999999999 ]"};

    (void)state;
    make_seals();
    struct str pdf = signed_at(NOW);
    const size_t at = (size_t)str_find(pdf, STR("/ByteRange"));
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        struct str forged = str_dup(arena, pdf);
        memset((char *)forged.p + at + 10, ' ', 40);
        memcpy((char *)forged.p + at + 10, ranges[i], strlen(ranges[i]));
        struct pdf_check got = checked(forged);
        assert_int_equal(got.n, 1);
        assert_false(got.seals[0].is_intact || got.seals[0].is_ours);
    }
}

/* A second signature, of whoever: the first stays what it is, and the second is not ours. */
static void of_two_signatures_each_is_judged(void **state)
{
    (void)state;
    make_seals();
    struct str first = signed_at(NOW), other_pdf;
    struct seal_authority own = authority;
    make_seals(); /* of somebody else */
    other_pdf = signed_at(NOW);
    authority = own;
    struct pdf_check foreign = checked(other_pdf);
    assert_true(foreign.n == 1 && foreign.seals[0].is_intact && !foreign.seals[0].is_ours && foreign.seals[0].signer.p == NULL);
    struct pdf_check both = checked(joined(first, other_pdf));
    assert_int_equal(both.n, 2);
    assert_true(both.seals[0].is_intact && both.seals[0].is_ours && both.seals[0].covers == first.n);
    assert_false(both.seals[1].is_intact);
}

/* The platform's authority was renewed: papers of the older one are still ours, and of the newer one, too. */
static void an_older_authority_is_still_believed(void **state)
{
    struct str pdfs[2], authorities[2];
    struct pdf_check got;

    (void)state;
    for (int i = 0; i < 2; i++) {
        make_seals();
        pdfs[i] = signed_at(NOW);
        authorities[i] = authority.certificate;
    }
    for (int i = 0; i < 2; i++) {
        pdf_check(arena, pdfs[i], authorities, 2, 0, &got);
        assert_true(got.n == 1 && got.seals[0].is_ours);
        pdf_check(arena, pdfs[i], &authorities[1 - i], 1, 0, &got);
        assert_true(got.seals[0].is_intact && !got.seals[0].is_ours);
    }
}

/* A certificate that is over, or of another authority, signs no more; what it signed in its time stays true. */
static void a_seal_ends_with_its_certificate(void **state)
{
    struct seal_facts facts;
    struct str older;
    bool stands;

    (void)state;
    make_seals();
    assert_true(checked(signed_at(NOW + 4 * YEAR)).seals[0].is_ours);
    assert_false(checked(signed_at(NOW + 6 * YEAR)).seals[0].is_ours);
    assert_int_equal(seal_stands(arena, certificate, authority.certificate, NOW + 4 * YEAR, &stands, &err), RC_OK);
    assert_true(stands);
    assert_int_equal(seal_stands(arena, certificate, authority.certificate, NOW + 6 * YEAR, &stands, &err), RC_OK);
    assert_false(stands);
    older = certificate;
    make_seals();
    assert_int_equal(seal_stands(arena, older, authority.certificate, NOW, &stands, &err), RC_OK);
    assert_false(stands);
    assert_int_equal(seal_facts_of(arena, authority.certificate, &facts, &err), RC_OK);
    assert_true(str_is(facts.common, "Otoritas Uji") && facts.from == NOW && facts.until > NOW + 19 * YEAR);
    assert_true(str_starts(facts.pem, STR("-----BEGIN CERTIFICATE-----\n")));
    assert_int_equal(seal_facts_of(arena, STR("no certificate"), &facts, &err), RC_FAULT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(its_seal_is_whole_ours_and_covers_the_file), TEST(without_a_seal_there_is_none),     TEST(a_changed_byte_breaks_it),
        TEST(what_is_added_behind_is_not_covered),        TEST(a_forged_range_is_no_seal),        TEST(of_two_signatures_each_is_judged),
        TEST(an_older_authority_is_still_believed),       TEST(a_seal_ends_with_its_certificate),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
