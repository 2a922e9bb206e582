// SPDX-License-Identifier: AGPL-3.0-or-later
/* What is done with a letter: sent, cancelled, taken back, replaced; and decided, bound to what was read. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/register/change.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_judge.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/letters/letters_signer.h"
#include "workers/queue/queue.h"

bool letter_is_filled(struct request *req, const struct letter_open *open)
{
    struct arena *arena = request_arena(req);

    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];

        if (letter_field_is_asked(arena, &open->form, f, open->inputs) &&
            letter_field_fault(arena, f, json_text(open->inputs, str_z(arena, f->name)), request_today(req)).p != NULL)
            return false;
    }
    return true;
}

/* Of what a step of the letter gave: RC_INVALID because its person does not live here any more, or because somebody else signs, is said
 * above the form. */
static enum rc refused(struct request *req, const struct letter_open *open, enum rc rc, struct err *err)
{
    struct letter_subject subject;
    struct letter_signer signer;

    if (rc != RC_INVALID)
        return rc;
    TRY(letter_subject_of(open->db, &open->form, open->inputs, open->letter.resident_id, &subject, err));
    struct str why = letter_not_living(request_arena(req), &open->form, &subject);
    if (str_empty(why))
        TRY(letter_open_signer(open, request_today(req), &signer, &why, err));
    return str_empty(why) ? rc : act_refuse(req, err, "warga", "%s", str_z(request_arena(req), why));
}

struct judging {
    struct arena *arena;
    const struct letter_open *open;
    struct letter_problems problems;
};

static void judge_offloaded(void *arg)
{
    struct judging *j = arg;
    struct paper_use use;

    (void)letter_judge(j->arena, &j->open->form, j->open->letter.policy, &use, &j->problems);
}

/* A text that was corrected for this letter alone has nothing that must be mended; a type's was judged before it was used. */
static enum rc own_text_must_print(struct request *req, const struct letter_open *open, struct err *err)
{
    struct judging j = {.arena = request_arena(req), .open = open};

    if (open->letter.paper.p != NULL)
        TRY(request_offload(req, judge_offloaded, &j, err));
    for (size_t i = 0; i < j.problems.n; i++)
        if (j.problems.p[i].is_must)
            return act_refuse(req, err, "warga", "Naskah surat ini masih perlu dibenahi. %.*s", STR_ARG(j.problems.p[i].words));
    return RC_OK;
}

static enum rc matter_must_print(struct request *req, const struct letter_open *open, const struct letter_matter *matter, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_shown shown;
    json_t *values;

    const struct str refused = letter_refusal(matter);
    if (!str_empty(refused))
        return act_refuse(req, err, "warga", "%s", str_z(arena, refused));
    TRY(letter_shown_of(open->db, open, request_today(req), &shown, err));
    TRY(json_read(arena, shown.values, &values, err));
    struct str why = letter_undrawn(arena, &open->form, values);
    return why.p == NULL ? own_text_must_print(req, open, err) : act_refuse(req, err, "warga", "%s", str_z(arena, why));
}

enum rc letter_must_print(struct request *req, const struct letter_open *open, struct err *err)
{
    struct letter_subject subject;

    TRY(letter_subject_of(open->db, &open->form, open->inputs, open->letter.resident_id, &subject, err));
    const struct letter_matter matter = letter_matter_of(req, open, &subject);
    return matter_must_print(req, open, &matter, err);
}

enum { REASON_LETTERS = 15, REASON_WORDS = 3 };

/* "ingin saja" tells who decides nothing. */
static bool is_reason(struct str text)
{
    size_t words = 0;
    struct str rest = text, word;

    while (rest.p != NULL && str_cut(&rest, ' ', &word))
        words += !str_empty(word);
    return words >= REASON_WORDS && utf8_length(text) >= REASON_LETTERS;
}

/* What speaks against it stands on the page; who goes on all the same writes down why. */
static enum rc must_say_why(struct request *req, const struct letter_doubts *doubts, struct str *reason_out, struct err *err)
{
    *reason_out = text_tidy(request_arena(req), letter_send_got(req).reason);
    if (doubts->n > 0 && !is_reason(*reason_out))
        return act_refuse(
            req, err, "alasan",
            "Tulis alasan surat ini tetap dibuat, paling sedikit %d kata dan %d huruf: siapa yang menerangkan, atau berkas apa "
            "yang Anda lihat.",
            REASON_WORDS, REASON_LETTERS);
    return RC_OK;
}

/* Date and number are those of the issue: a page that was read on another day is shown again. */
static enum rc must_be_today(struct request *req, struct err *err)
{
    const struct str day = letter_send_got(req).day;

    if (str_empty(day) || str_eq(day, date_iso(request_arena(req), request_today(req))))
        return RC_OK;
    request_set_changed(req);
    return fail(err, RC_CONFLICT, "the letter was read on another day");
}

/* What many letters are to be made by is not issued or thrown away beside them. */
static enum rc must_be_no_pattern(struct txn *txn, struct request *req, uint64_t id, struct err *err)
{
    struct letter_pattern pattern;

    TRY(sql_letter_is_pattern(in_txn(txn), id, &pattern, err));
    if (pattern.is_pattern)
        return act_refuse(
            req, err, "alasan",
            "Surat ini contoh bagi surat massal yang belum dikirim. Kirim dari Surat massal, atau kosongkan dulu daftar warganya "
            "di sana.");
    return RC_OK;
}

/* Who stands at the counter is asked for his papers before his letter goes on; what was asked for elsewhere comes without. */
static bool is_brought_looked_at(const struct letter_open *open)
{
    return !letter_asks_papers(&open->form) || letter_is_brought_noted(open->inputs) || !str_is(open->letter.channel, "counter");
}

static bool is_still_written(enum letter_state state)
{
    return state == LETTER_DRAFT || state == LETTER_RETURNED;
}

enum rc letter_send_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    uint64_t id = letter_id(req);
    struct letter_reasoned why;
    struct letter_subject subject;
    struct letter_doubts doubts;
    struct letter_open open;
    struct letter letter;

    TRY(sql_letter_lock(txn, id, &letter, err));
    TRY(letter_open_at(in_txn(txn), id, &open, err));
    if (!is_still_written(letter.state)) { /* the second press, in another tab or by another hand */
        *go_to_out = letter_url(request_arena(req), id, "");
        act_say(req,
                str_z(request_arena(req), str_fmt(request_arena(req), "Sudah ada yang lebih dulu, jadi tidak dikirim lagi. Surat ini: %.*s",
                                                  STR_ARG(letter_stands(request_arena(req), letter.state, open.letter.number_text)))));
        return RC_OK;
    }
    const bool is_looked_at = is_brought_looked_at(&open), is_whole = is_looked_at && letter_is_filled(req, &open);
    *go_to_out = letter_url(request_arena(req), id, is_whole ? "" : "/isi");
    if (!is_looked_at)
        act_say(req, "Belum dikirim. Centang dulu yang dibawa pemohon, lalu lanjut");
    if (!is_whole)
        return RC_OK;
    TRY(must_be_today(req, err));
    TRY(must_be_no_pattern(txn, req, id, err));
    TRY(letter_subject_of(open.db, &open.form, open.inputs, open.letter.resident_id, &subject, err));
    const struct letter_matter matter = letter_matter_of(req, &open, &subject);
    doubts = letter_doubts(&matter);
    if (!letter_is_delegated(open.letter.policy, open.letter.paper, &doubts)) /* the page of one that is issued says so by itself */
        act_say(req, "Surat dikirim untuk disetujui");
    why.doubts = &doubts;
    TRY(must_say_why(req, &doubts, &why.reason, err));
    TRY(matter_must_print(req, &open, &matter, err));
    return refused(req, &open, letter_send(txn, id, (uint32_t)letter_send_got(req).version, &why, &by, err), err);
}

enum rc letter_cancel_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    struct letter letter;

    TRY(sql_letter_lock(txn, letter_id(req), &letter, err));
    if (!is_still_written(letter.state)) {
        *go_to_out = letter_url(request_arena(req), letter.id, "");
        act_say(req, "Sudah ada yang lebih dulu: surat ini bukan konsep lagi, jadi tidak dibatalkan");
        return RC_OK;
    }
    act_say(req, "Surat dibatalkan");
    *go_to_out = STR("/kantor/surat");
    TRY(must_be_no_pattern(txn, req, letter_id(req), err));
    return letter_cancel(txn, letter_id(req), &by, err);
}

enum rc letter_take_back_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_take_back_form form = letter_take_back_got(req);
    struct letter letter;

    TRY(sql_letter_lock(txn, form.id, &letter, err));
    TRY(act_seen(req, letter.version, err));
    act_say(req, "Surat ditarik kembali");
    *go_to_out = letter_url(request_arena(req), form.id, "/isi");
    enum rc rc = letter_take_back(txn, form.id, form.note, &by, err);
    if (rc == RC_LIMITED)
        return act_refuse(req, err, LETTER_TAKE_BACK_NOTE, "Surat ini sudah %d kali ditarik kembali. Minta pemeriksa mengembalikannya.",
                          LETTER_TAKE_BACKS_MOST);
    if (rc == RC_INVALID)
        return act_refuse(req, err, LETTER_TAKE_BACK_NOTE, "Surat ini dibuat orang lain. Tulis mengapa Anda menariknya.");
    return rc;
}

enum rc letter_replace_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    bool text_left_out;
    uint64_t id;

    TRY(letter_replace(txn, letter_id(req), &by, &id, &text_left_out, err));
    act_say(req, text_left_out ? "Pengganti dibuat dengan isian yang sama. Naskah surat lama tidak ikut: jenis suratnya sudah berubah"
                               : "Pengganti dibuat dengan isian yang sama. Perbaiki yang salah");
    *go_to_out = letter_url(request_arena(req), id, "/isi");
    return RC_OK;
}

/* ---- decisions, bound to what was read ---- */

/* The letter is locked first; it must be the one that stood on the screen. */
static enum rc lock_seen(struct txn *txn, struct request *req, struct err *err)
{
    struct letter letter;

    TRY(sql_letter_lock(txn, letter_id(req), &letter, err));
    return act_seen(req, letter.version, err);
}

/* What it would say now, of the resident too, must be what stood on the screen, or nobody has read it. */
static enum rc check_seen(struct txn *txn, struct request *req, struct letter_open *open, struct err *err)
{
    struct letter_shown shown;

    TRY(lock_seen(txn, req, err));
    TRY(letter_open_at(in_txn(txn), letter_id(req), open, err));
    letter_open_decider(req, open);
    if (open->letter.number_text.p != NULL) /* frozen as it was read */
        return RC_OK;
    TRY(letter_shown_of(in_txn(txn), open, request_today(req), &shown, err));
    TRY(act_seen_digest(req, shown.digest, err));
    return letter_must_print(req, open, err);
}

enum rc letter_check_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    struct letter_open open;

    TRY(check_seen(txn, req, &open, err));
    act_say(req, "Surat diteruskan ke kepala desa");
    *go_to_out = STR("/kantor/persetujuan");
    return refused(req, &open, letter_check(txn, letter_id(req), &by, err), err);
}

/* ---- signed elsewhere ---- */

/* A passphrase that was typed is left for the worker at once; from here on only its word is known. */
static enum rc leave_passphrase(struct request *req, struct str passphrase, struct err *err)
{
    struct str *word = ARENA_NEW(request_arena(req), struct str);

    *word = STR("");
    act_keep(req, word);
    if (str_empty(passphrase) || request_faults(req)->n > 0)
        return RC_OK;
    if (request_secret_leave(req, LETTER_PASSPHRASE_KEY, passphrase, word, err) == RC_OK)
        return RC_OK;
    request_fault(req, LETTER_SEEN_PASSPHRASE, "Passphrase belum bisa diteruskan. Belum ada yang dikirim; coba lagi sebentar.");
    return RC_OK;
}

enum rc letter_approve_check(struct request *req, struct err *err)
{
    return leave_passphrase(req, letter_seen_got(req).passphrase, err);
}

enum rc letter_approve_read_check(struct request *req, struct err *err)
{
    return leave_passphrase(req, letter_together_got(req).passphrase, err);
}

static struct str passphrase_word(const struct request *req)
{
    return *(const struct str *)act_kept(req);
}

static enum rc ask_for_passphrase(struct request *req, struct err *err)
{
    return act_refuse(req, err, LETTER_SEEN_PASSPHRASE, "Isi passphrase BSrE Anda untuk menandatangani.");
}

/* ---- approved ---- */

enum rc letter_approve_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    uint64_t id = letter_id(req);
    struct letter_open open;
    struct letter_signer signer;
    struct str why;

    TRY(check_seen(txn, req, &open, err));
    TRY(letter_open_signer(&open, request_today(req), &signer, &why, err));
    if (signer.by_esign && str_empty(why) && str_empty(passphrase_word(req)))
        return ask_for_passphrase(req, err);
    if (!signer.by_esign && open.letter.sign_state == LETTER_SIGN_UNKNOWN && !letter_seen_got(req).is_known)
        return act_refuse(req, err, LETTER_SEEN_IS_KNOWN, "Centang dulu bahwa Anda tahu: surat ini mungkin sudah ditandatangani di BSrE.");
    act_say(req, signer.by_esign ? "Surat disetujui, dan sedang ditandatangani lewat BSrE" : "Surat disetujui");
    *go_to_out = letter_url(request_arena(req), id, "");
    return refused(req, &open, letter_approve(txn, id, passphrase_word(req), &by, err), err);
}

/* What was on the screen, as it is kept beside the reader's name. */
static struct str seen_words(struct arena *arena, uint32_t version, struct str digest)
{
    return str_fmt(arena, "%" PRIu32 ":%.*s", version, STR_ARG(str_hex(arena, digest.p, digest.n)));
}

enum rc letter_read_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    struct letter_shown shown;
    struct letter_open open;

    TRY(check_seen(txn, req, &open, err));
    TRY(letter_shown_of(in_txn(txn), &open, request_today(req), &shown, err));
    TRY(letter_next_unread(req, in_txn(txn), open.letter.id, go_to_out, err));
    act_say(req, str_is(*go_to_out, "/kantor/persetujuan") ? "Semua sudah dibaca. Setujui bersama dari daftar ini"
                                                           : "Ditandai sudah dibaca. Ini surat berikutnya");
    return letter_mark_read(txn, open.letter.id, seen_words(request_arena(req), open.letter.version, shown.digest), &by, err);
}

/* Whether a letter of several may be approved: it is as this person read it, its people may have it, and it is his to sign. */
static enum rc is_ready(struct txn *txn, struct request *req, const struct letter *letter, bool *is_ready_out,
                        struct letter_signer *signer_out, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct arena *arena = request_arena(req);
    struct letter_subject subject;
    struct letter_shown shown;
    struct letter_read read;
    struct letter_open open;
    struct str why;
    json_t *values;
    bool was_read;

    *is_ready_out = false;
    *signer_out = (struct letter_signer){0};
    TRY(sql_letter_read_last(txn, letter->id, request_actor(req)->id, &read, &was_read, err));
    if (letter->state != LETTER_WAITING_APPROVAL || LETTER_IS_SIGNING(letter->sign_state) || !was_read)
        return RC_OK;
    TRY(letter_open_at(db, letter->id, &open, err));
    letter_open_decider(req, &open);
    TRY(letter_shown_of(db, &open, request_today(req), &shown, err));
    TRY(json_read(arena, shown.values, &values, err));
    TRY(letter_subject_of(db, &open.form, open.inputs, letter->resident_id, &subject, err));
    TRY(letter_open_signer(&open, request_today(req), signer_out, &why, err));
    const bool is_as_read = letter->number.is_set /* frozen since */
                                ? str_starts(read.seen, str_fmt(arena, "%" PRIu32 ":", letter->version))
                                : str_eq(read.seen, seen_words(arena, letter->version, shown.digest));

    const struct letter_matter matter = letter_matter_of(req, &open, &subject);
    /* What may be signed elsewhere is the platform's to sign once he said so, on its own page. */
    const bool is_told = signer_out->by_esign || letter->sign_state != LETTER_SIGN_UNKNOWN;

    *is_ready_out = is_as_read && is_told && str_empty(why) && letter_may_have(&open.form, subject.basic_status) &&
                    str_empty(letter_refusal(&matter)) && letter_undrawn(arena, &open.form, values).p == NULL;
    return RC_OK;
}

static int by_id(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Of sorted ids; a letter may be named twice, as 15 and as 015. */
static size_t each_once(uint64_t *ids, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (kept == 0 || ids[kept - 1] != ids[i])
            ids[kept++] = ids[i];
    return kept;
}

enum { TOGETHER_MOST = 50 };

/* Several that were read one by one. What changed since, or is not to be signed any more, stays and is said. */
enum rc letter_approve_read_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct input_pairs chosen = letter_together_got(req).chosen;
    const struct letter_actor by = letter_actor_of(req);
    struct letter letters[TOGETHER_MOST];
    uint64_t ids[TOGETHER_MOST];
    struct letter_signer signer;
    size_t n = 0, done = 0;
    bool may;

    for (size_t i = 0; i < chosen.n && n < TOGETHER_MOST; i++)
        n += str_to_u64(chosen.p[i].name, &ids[n]);
    qsort(ids, n, sizeof(*ids), by_id);
    n = each_once(ids, n);
    for (size_t i = 0; i < n; i++)
        TRY(sql_letter_lock(txn, ids[i], &letters[i], err));
    for (size_t i = 0; i < n; i++) {
        TRY(is_ready(txn, req, &letters[i], &may, &signer, err));
        if (signer.is_unagreed)
            return act_refuse(req, err, LETTER_SEEN_PASSPHRASE, LETTER_UNAGREED);
        if (!may)
            continue;
        if (signer.by_esign && str_empty(passphrase_word(req)))
            return ask_for_passphrase(req, err);
        TRY(letter_approve_held(txn, &letters[i], passphrase_word(req), &by, err));
        done++;
    }
    *go_to_out = STR("/kantor/persetujuan");
    act_say(req, str_z(request_arena(req),
                       done == n ? str_fmt(request_arena(req), "%zu surat disetujui", done)
                                 : str_fmt(request_arena(req), "%zu surat disetujui, %zu tidak: berubah sesudah dibaca, baca lagi", done,
                                           n - done)));
    return RC_OK;
}

enum rc letter_return_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);

    TRY(lock_seen(txn, req, err));
    act_say(req, "Surat dikembalikan ke pembuatnya");
    *go_to_out = STR("/kantor/persetujuan");
    return letter_return(txn, letter_id(req), letter_return_got(req).note, &by, err);
}

enum rc letter_void_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_void_form form = letter_void_got(req);
    uint64_t id = letter_id(req);
    struct letter_mail mail;
    bool is_in_agenda;

    TRY(lock_seen(txn, req, err));
    act_say(req, "Surat dicabut");
    *go_to_out = letter_url(request_arena(req), id, "");
    TRY(letter_void(txn, id, (uint8_t)form.why, form.reason, &by, err));
    TRY(sql_letter_mail(txn, id, &mail, &is_in_agenda, err));
    if (!is_in_agenda)
        return RC_OK;
    const struct change change = {.owner = "mail", .owner_id = mail.id, .kind = STR("void"), .reason = form.reason};
    return change_put(txn, req, &change, err);
}
