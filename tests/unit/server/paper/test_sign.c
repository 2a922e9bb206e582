// SPDX-License-Identifier: AGPL-3.0-or-later
/* Seals: what a reader of PDFs says of them. */
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "server/paper/sign.h"
#include "tests/unit/server/paper/paper_support.h"

#define NOW INT64_C(1795487520000000) /* 24 November 2026, 02.32 UTC */

static struct seal_authority authority;
static struct str village_key, village_certificate;

static void make_seals(void)
{
    struct seal_name above = {STR("Otoritas Segel Balai"), STR("Pemerintah Kabupaten Luwu")};
    struct seal_name name = {STR("Segel Elektronik Desa To'long"), STR("Pemerintah Desa To'long")};

    assert_int_equal(seal_key_new(arena, &authority.key, &err), RC_OK);
    assert_int_equal(seal_authority_new(arena, authority.key, &above, NOW, 20, &authority.certificate, &err), RC_OK);
    assert_int_equal(seal_key_new(arena, &village_key, &err), RC_OK);
    assert_int_equal(seal_certificate_new(arena, &authority, village_key, &name, NOW, 5, &village_certificate, &err), RC_OK);
}

static struct str signed_by_this_village(void)
{
    struct pdf_signer signer;
    struct str out;

    signer = (struct pdf_signer){.key = village_key,
                                 .certificate = village_certificate,
                                 .chain = &authority.certificate,
                                 .chain_count = 1,
                                 .at = NOW,
                                 .reason = STR("Diterbitkan dengan segel elektronik"),
                                 .location = STR("Desa To'long")};
    if (pdf_sign(arena, pdf_of(specimen(false, false)), &signer, &out, &err) != RC_OK)
        fail_msg("%s", err.text);
    return out;
}

static struct str signed_specimen(void)
{
    make_seals();
    return signed_by_this_village();
}

static struct str judged(struct str pdf)
{
    return flat(run_program((const char *const[]){"pdfsig", "-nocert", keep("signed.pdf", pdf), NULL}, true));
}

static void signature_is_valid_and_covers_all(void **state)
{
    struct str pdf = signed_specimen(), words = judged(pdf);

    (void)state;
    assert_has(words, "Signature is Valid");
    assert_has(words, "Total document signed");
    assert_has(words, "Segel Elektronik Desa To'long");
    assert_has(words, "ETSI.CAdES.detached");
    assert_has(words, "Signing Hash Algorithm: SHA-256");
    assert_has(words, "Nov 24 2026");
    assert_lacks(words, "Signature #2");
}

static void signed_letter_is_still_the_letter(void **state)
{
    struct str pdf = signed_specimen(), plain = pdf_of(specimen(false, false));
    const char *path = keep("whole.pdf", pdf);

    (void)state;
    assert_true(str_starts(pdf, plain)); /* an update: not one byte of it was touched */
    assert_true(str_eq(flat(RUN("pdftotext", path, "-")), text_of(plain)));
    assert_lacks(flat(RUN("pdffonts", path)), " no ");
    assert_has(flat(RUN("pdfinfo", path)), "Pages: 1");
    RUN("pdftoppm", "-r", "20", "-png", "-singlefile", path, in_folder("whole"));
}

/* Certificates that were read are kept: each letter still has its own village's. */
static void two_villages_by_turns_have_their_own_seal(void **state)
{
    struct str key[2], certificate[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        make_seals();
        key[i] = village_key;
        certificate[i] = village_certificate;
    }
    for (int turn = 0; turn < 4; turn++) {
        village_key = key[turn % 2];
        village_certificate = certificate[turn % 2];
        struct str pdf = signed_by_this_village();
        assert_has(judged(pdf), "Signature is Valid");
        assert_true(str_find(pdf, str_hex(arena, certificate[turn % 2].p, certificate[turn % 2].n)) > 0);
        assert_true(str_find(pdf, str_hex(arena, certificate[1 - turn % 2].p, certificate[1 - turn % 2].n)) < 0);
    }
}

/* A changed byte anywhere, before the hole or after it, is seen. */
static void changed_byte_is_seen(void **state)
{
    struct str pdf = signed_specimen();
    ptrdiff_t title = str_find(pdf, STR("/Title <FEFF0053")), reason = str_find(pdf, STR("/Reason <FEFF0044")),
              xref = str_find(pdf, STR("/SigFlags 3"));
    const ptrdiff_t places[] = {title + 15, reason + 16, xref + 10};

    (void)state;
    assert_true(title > 0 && reason > title && xref > reason);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct str changed = str_dup(arena, pdf);
        ((char *)changed.p)[places[i]] ^= 1;
        assert_has(judged(changed), "Digest Mismatch");
    }
}

static void added_revision_is_seen(void **state)
{
    struct str pdf = signed_specimen();

    (void)state;
    assert_lacks(judged(str_fmt(arena, "%.*s\n%% more\n", STR_ARG(pdf))), "Total document signed");
}

static void second_signature_is_refused(void **state)
{
    struct str pdf = signed_specimen(), out;
    struct pdf_signer signer = {.key = village_key, .certificate = village_certificate, .at = NOW};

    (void)state;
    assert_int_equal(pdf_sign(arena, pdf, &signer, &out, &err), RC_CONFLICT);
}

static X509 *certificate_of(struct str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    X509 *certificate = d2i_X509(NULL, &p, (long)der.n);

    assert_non_null(certificate);
    return certificate;
}

static void certificates_say_what_they_are_for(void **state)
{
    X509 *above, *village;

    (void)state;
    make_seals();
    above = certificate_of(authority.certificate);
    village = certificate_of(village_certificate);
    assert_int_equal(X509_verify(village, X509_get0_pubkey(above)), 1);
    assert_int_equal(X509_check_issued(above, village), X509_V_OK);
    assert_int_equal(X509_check_ca(above), 1);
    assert_int_equal(X509_check_ca(village), 0);
    assert_int_equal(X509_get_key_usage(village), KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION);
    assert_int_not_equal(ASN1_INTEGER_cmp(X509_get0_serialNumber(above), X509_get0_serialNumber(village)), 0);
    assert_int_equal(ASN1_STRING_length(X509_get0_serialNumber(village)), 16);
    X509_free(above);
    X509_free(village);
}

static void certificate_ends_with_its_authority(void **state)
{
    struct seal_name name = {STR("Segel Elektronik Desa Sampano"), STR("Pemerintah Desa Sampano")};
    X509 *above, *village;
    struct str der;

    (void)state;
    make_seals();
    assert_int_equal(seal_certificate_new(arena, &authority, village_key, &name, NOW, 30, &der, &err), RC_OK);
    above = certificate_of(authority.certificate);
    village = certificate_of(der);
    assert_int_equal(ASN1_TIME_compare(X509_get0_notAfter(above), X509_get0_notAfter(village)), 0);
    X509_free(above);
    X509_free(village);
}

static void wrong_keys_names_and_files_are_refused(void **state)
{
    struct str pdf = pdf_of(specimen(false, false)), out, other;
    struct pdf_signer signer;
    struct seal_name nameless = {STR(""), STR("Desa")},
                     endless = {STR("Segel Elektronik Desa dengan nama yang lebih panjang dari enam puluh empat huruf"), STR("Desa")};

    (void)state;
    make_seals();
    assert_int_equal(seal_key_new(arena, &other, &err), RC_OK);
    signer = (struct pdf_signer){.key = other, .certificate = village_certificate, .at = NOW};
    assert_int_equal(pdf_sign(arena, pdf, &signer, &out, &err), RC_FAULT);
    signer.key = STR("no key");
    assert_int_equal(pdf_sign(arena, pdf, &signer, &out, &err), RC_FAULT);
    signer.key = village_key;
    signer.certificate = STR("");
    assert_int_equal(pdf_sign(arena, pdf, &signer, &out, &err), RC_FAULT);
    assert_int_equal(seal_authority_new(arena, village_key, &nameless, NOW, 5, &out, &err), RC_FAULT);
    assert_int_equal(seal_authority_new(arena, village_key, &endless, NOW, 5, &out, &err), RC_FAULT);
    assert_int_equal(seal_authority_new(arena, village_key, &(struct seal_name){STR("a"), STR("b")}, NOW, 0, &out, &err), RC_FAULT);
}

/* Cut anywhere, or changed in its skeleton: refused, never a crash. */
static void damaged_pdfs_are_refused(void **state)
{
    struct str pdf = pdf_of(specimen(false, false)), out;
    struct pdf_signer signer;
    size_t tail = pdf.n > 1500 ? pdf.n - 1500 : 0;

    (void)state;
    make_seals();
    signer = (struct pdf_signer){.key = village_key, .certificate = village_certificate, .at = NOW};
    for (size_t n = 0; n < pdf.n; n += n < tail ? 4999 : 37)
        if (pdf_sign(arena, str_part(pdf, 0, n), &signer, &out, &err) == RC_OK)
            assert_true(n + 8 > pdf.n); /* only the last line's end was missing */
    for (size_t at = tail; at < pdf.n; at += 3) {
        struct str changed = str_dup(arena, pdf);
        ((char *)changed.p)[at] = '9';
        if (pdf_sign(arena, changed, &signer, &out, &err) != RC_OK)
            assert_int_equal(err.rc, RC_FAULT);
    }
    assert_int_equal(pdf_sign(arena, STR(""), &signer, &out, &err), RC_FAULT);
    assert_int_equal(pdf_sign(arena, STR("%PDF-1.5\nstartxref\n99999999999999999999\n"), &signer, &out, &err), RC_FAULT);
}

/* ---- signed by somebody else ---- */

static struct pdf_elsewhere found;

static enum rc signed_elsewhere_by(struct str answer, const struct str *root, bool may_be_anew)
{
    const struct pdf_trust trust = {.roots = root, .n_roots = root != NULL, .at = NOW, .may_be_anew = may_be_anew};

    return pdf_signed_elsewhere(arena, pdf_of(specimen(false, false)), answer, &trust, &found, &err);
}

static enum rc signed_elsewhere(struct str answer)
{
    return signed_elsewhere_by(answer, NULL, true);
}

static struct str joined(const char *before, struct str pdf, const char *after)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, str_c(before));
    buf_put_str(&out, pdf);
    buf_put_str(&out, str_c(after));
    return buf_str(&out);
}

static void what_came_back_signed_is_ours(void **state)
{
    struct str pdf = signed_specimen(), plain = pdf_of(specimen(false, false)), anew;

    (void)state;
    assert_int_equal(signed_elsewhere(pdf), RC_OK);
    assert_int_equal(signed_elsewhere(joined("", pdf, "\n")), RC_OK);
    /* Written anew, as some services do: another head, the same streams. It is then signed over. */
    anew = str_replace(arena, plain, STR("/Title <"), STR("/Judul <"));
    assert_true(anew.n == plain.n && !str_eq(anew, plain));
    struct pdf_signer signer = {.key = village_key, .certificate = village_certificate, .at = NOW};

    assert_false(found.is_anew || found.is_vouched);
    assert_int_equal(pdf_sign(arena, anew, &signer, &pdf, &err), RC_OK);
    assert_int_equal(signed_elsewhere(pdf), RC_OK);
    assert_true(found.is_anew);
    assert_int_equal(signed_elsewhere_by(pdf, NULL, false), RC_INVALID); /* unless such a service is said to be used */
}

static void whose_signature_it_is_stands_on_a_root(void **state)
{
    const struct str pdf = signed_specimen();
    struct str key, stranger;
    const struct seal_name name = {STR("Akar Lain"), STR("Akar Lain")};

    (void)state;
    assert_int_equal(seal_key_new(arena, &key, &err), RC_OK);
    assert_int_equal(seal_authority_new(arena, key, &name, NOW, 10, &stranger, &err), RC_OK);
    assert_int_equal(signed_elsewhere_by(pdf, &authority.certificate, false), RC_OK);
    assert_true(found.is_vouched && found.signer.n > 0);
    assert_int_equal(signed_elsewhere_by(pdf, &stranger, false), RC_OK);
    assert_true(!found.is_vouched && found.signer.n > 0);
}

static void what_came_back_otherwise_is_refused(void **state)
{
    struct str pdf = signed_specimen(), plain = pdf_of(specimen(false, false)), other = pdf_of(specimen(true, true)), changed;
    struct pdf_signer signer = {.key = village_key, .certificate = village_certificate, .at = NOW};
    ptrdiff_t last = str_find(pdf, STR("/ByteRange"));

    (void)state;
    assert_int_equal(pdf_sign(arena, other, &signer, &other, &err), RC_OK);
    const struct str answers[] = {STR(""),
                                  STR("%PDF-1.5"),
                                  plain,
                                  other,
                                  str_part(pdf, 0, pdf.n / 2),
                                  str_part(pdf, 0, pdf.n - 200),
                                  joined("", pdf, "% more\n"),
                                  joined("", pdf, "/ByteRange [ 0 1 2 3 ]"),
                                  joined("x", pdf, ""),
                                  str_replace(arena, pdf, STR("/ByteRange [ 0"), STR("/ByteRange [ 9"))};

    for (size_t i = 0; i < COUNT_OF(answers); i++)
        if (signed_elsewhere(answers[i]) != RC_INVALID)
            fail_msg("answer %zu was taken", i);
    /* A byte that is signed, and the last of the signature itself, before what fills its place up. */
    for (last += str_find(str_from(pdf, (size_t)last), STR("> >>")); pdf.p[last] == '>' || pdf.p[last] == '0'; last--)
        ;
    const ptrdiff_t places[] = {str_find(pdf, STR("/Reason <FEFF0044")) + 16, last};

    for (size_t i = 0; i < COUNT_OF(places); i++) {
        changed = str_dup(arena, pdf);
        ((char *)changed.p)[places[i]] ^= 1;
        assert_int_equal(signed_elsewhere(changed), RC_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(signature_is_valid_and_covers_all),
        TEST(signed_letter_is_still_the_letter),
        TEST(two_villages_by_turns_have_their_own_seal),
        TEST(changed_byte_is_seen),
        TEST(added_revision_is_seen),
        TEST(second_signature_is_refused),
        TEST(certificates_say_what_they_are_for),
        TEST(certificate_ends_with_its_authority),
        TEST(wrong_keys_names_and_files_are_refused),
        TEST(damaged_pdfs_are_refused),
        TEST(what_came_back_signed_is_ours),
        TEST(whose_signature_it_is_stands_on_a_root),
        TEST(what_came_back_otherwise_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
