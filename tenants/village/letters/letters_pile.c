// SPDX-License-Identifier: AGPL-3.0-or-later
/* What is done with a pile as a whole: sent, approved, given back, stopped, gone on with, given up, its files made anew. */
#include "tenants/village/letters/letters_pile.h"

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pictures.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_pile_view.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/letters/letters_signer.h"
#include "workers/queue/queue.h"

/* While one writes down numbers or papers, the other draws. */
enum { CHAINS = 2, SOUGHT_VALID_S = 24 * 3600 };

struct str pile_url(struct arena *arena, uint64_t id, const char *tail)
{
    return str_fmt(arena, PILES_HOME "/%" PRIu64 "%s", id, tail);
}

struct str pile_people_url(struct request *req, uint64_t id, uint64_t after, struct str sought, uint32_t line)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};

    buf_put_str(&out, pile_url(arena, id, ""));
    if (after > 0)
        buf_fmt(&out, "?sesudah=%" PRIu64, after);
    if (!str_empty(sought))
        buf_fmt(&out, "%ccari=%.*s", after > 0 ? '&' : '?', STR_ARG(token_seal(req, PILE_SOUGHT, sought, SOUGHT_VALID_S)));
    if (line > 0)
        buf_fmt(&out, "#baris-%" PRIu32, line);
    else
        buf_put_str(&out, STR("#daftar"));
    return buf_str(&out);
}

enum rc pile_put_job(struct txn *txn, uint64_t id, uint32_t version, struct err *err)
{
    return outbox_put(txn, JOB_LETTER_PILE, id, str_fmt(village_db_arena(in_txn(txn)), "{\"version\":%" PRIu32 "}", version), err);
}

enum rc pile_put_work(struct txn *txn, uint64_t id, uint32_t version, struct err *err)
{
    for (int i = 0; i < CHAINS; i++)
        TRY(pile_put_job(txn, id, version, err));
    return RC_OK;
}

static void put_text(struct buf *out, struct str text)
{
    buf_fmt(out, "%zu:%.*s", text.n, STR_ARG(text));
}

/* What sending and approving are bound to besides the answers, which do not change on the way. */
static enum rc digest_of(const struct letter_open *pattern, const struct pile_office *office, struct str *out, struct err *err)
{
    const struct letter_identity *i = &office->identity;
    const struct letter_signer *s = &office->signer;
    const struct str words[] = {i->name,  i->district, i->regency, i->province, i->office_address, i->postal_code,        i->phone,
                                i->email, s->name,     s->nip,     s->position, s->block,          pattern->letter.policy};
    struct arena *arena = village_db_arena(pattern->db);
    unsigned char *digest = arena_alloc(arena, HASH_BYTES);
    struct buf message = {.arena = arena};
    struct letter_picture_rows pictures;

    for (size_t n = 0; n < COUNT_OF(words); n++)
        put_text(&message, words[n]);
    put_text(&message, json_write(arena, pattern->form.tree));
    buf_fmt(&message, "%" PRIu64 " %" PRIu64, s->id, i->crest_file_id.is_set ? i->crest_file_id.value : 0);
    TRY(letter_pictures_read(pattern->db, pattern->form.tree, 0, &pictures, err));
    for (size_t n = 0; n < pictures.n; n++)
        buf_fmt(&message, " %.*s %" PRIu64, STR_ARG(pictures.p[n].slot), pictures.p[n].file_id.value);
    hash_sha256(message.p, message.n, digest);
    *out = str_hex(arena, digest, HASH_BYTES);
    return RC_OK;
}

enum rc pile_office_read(const struct letter_open *pattern, struct date today, struct str field, uint64_t decider, struct pile_office *out,
                         struct err *err)
{
    bool may = true;

    TRY(sql_letter_identity(pattern->db, &out->identity, err));
    TRY(letter_signer_find(pattern->db, out->identity.name, pattern->letter.type_signer.is_set ? pattern->letter.type_signer.value : 0,
                           decider, pattern->letter.policy, today, &out->signer, &out->no_signer, err));
    if (decider != 0)
        TRY(letter_account_may(pattern->db, decider, "approve_letters", today, &may, err));
    if (!may)
        out->no_signer = STR("Akun yang menyetujuinya sudah dinonaktifkan, atau tidak lagi boleh menyetujui surat.");
    else if (str_empty(out->no_signer) && out->signer.by_esign)
        out->no_signer = STR(
            "Penandatangannya memakai tanda tangan elektronik BSrE, yang diminta surat demi surat. Buat satu per satu, atau "
            "pilih penandatangan lain di jenis suratnya.");
    out->parts = (struct letter_parts){
        .identity = &out->identity,
        .signer = &out->signer,
        .form = &pattern->form,
        .type_name = pattern->letter.type_name,
        .number_text = STR(""),
        .date = today,
        .valid_until = letter_valid_until(village_db_arena(pattern->db), &pattern->form, pattern->inputs, today, pattern->valid_months)};
    out->judge = (struct pile_judge){.form = &pattern->form,
                                     .field = pile_field_of(&pattern->form, field),
                                     .inputs = letter_inputs_unbrought(village_db_arena(pattern->db), pattern->inputs),
                                     .parts = &out->parts,
                                     .today = today};
    return digest_of(pattern, out, &out->digest, err);
}

enum rc pile_sample_open(struct village_db *db, uint64_t pile_id, uint64_t pattern_id, struct str field, uint32_t line, uint64_t decider,
                         struct pile_sample *out, struct err *err)
{
    struct letter_open *open = &out->open;
    struct pile_line_at at;
    bool is_there;

    TRY(sql_pile_line_at(db, pile_id, line, &at, &is_there, err));
    if (!is_there)
        return fail(err, RC_NOT_FOUND, "line %" PRIu32 " of pile %" PRIu64 " gets no letter", line, pile_id);
    TRY(letter_open_at(db, pattern_id, open, err));
    const struct pile_judge judge = {.form = &open->form,
                                     .field = pile_field_of(&open->form, field),
                                     .inputs = letter_inputs_unbrought(village_db_arena(db), open->inputs)};
    open->inputs = pile_inputs(village_db_arena(db), &judge, at.answer);
    open->letter.resident_id = at.resident_id;
    open->decider = decider;
    out->line = at.line;
    out->name = at.name;
    return letter_people_read(db, &open->form, at.resident_id, open->inputs, &open->people, err);
}

static enum rc moved_on(struct request *req, const struct pile *pile, struct err *err)
{
    request_set_changed(req);
    return fail(err, RC_CONFLICT, "pile %" PRIu64 " is in state %d by now", pile->id, pile->state);
}

/* The pile of the address, locked, in one of two states. */
static enum rc hold(struct txn *txn, struct request *req, uint64_t id, enum letter_pile_state a, enum letter_pile_state b, struct pile *out,
                    struct err *err)
{
    TRY(sql_pile_lock(txn, id, out, err));
    return out->state == a || out->state == b ? RC_OK : moved_on(req, out, err);
}

enum rc pile_hold_draft(struct txn *txn, struct request *req, uint64_t id, struct pile *out, struct err *err)
{
    return hold(txn, req, id, PILE_DRAFT, PILE_DRAFT, out, err);
}

/* The pattern is put aside while the pile is on its way, and is a draft again when it comes back, with the answers that were judged. */
static enum rc bring_back_pattern(struct txn *txn, const struct pile *pile, struct err *err)
{
    struct letter letter;

    TRY(sql_letter_lock(txn, pile->pattern_id, &letter, err));
    TRY(sql_letter_set_state(txn, pile->pattern_id, LETTER_DRAFT, NULL, err));
    return sql_pile_set_judged(txn, pile->id, letter.version + 1, NULL, err);
}

static enum rc go(struct txn *txn, struct request *req, const struct pile *pile, bool is_decided, struct str office, struct err *err)
{
    const struct actor *who = request_actor(req);

    TRY(sql_pile_set_issuer(txn, pile->id, is_decided, who->id, who->name, office, NULL, err));
    TRY(sql_pile_set_state(txn, pile->id, PILE_RUNNING, STR(""), NULL, err));
    return pile_put_work(txn, pile->id, pile->version + 1, err);
}

bool pile_needs_decision(const struct pile *pile, const struct letter_open *pattern, const struct pile_office *office)
{
    if (str_empty(pile->office)) /* it was given back: whatever its type says by now */
        return true;
    if (pile->is_decided)
        return !str_empty(office->no_signer) || !str_eq(office->digest, pile->office);
    return !letter_is_delegated(pattern->letter.policy, pattern->letter.paper, NULL);
}

enum rc pile_wait(struct txn *txn, uint64_t id, enum letter_pile_state state, struct str note, utc_us now, struct err *err)
{
    TRY(sql_pile_set_state(txn, id, state, note, NULL, err));
    TRY(sql_pile_set_sent(txn, id, now, NULL, err));
    return state == PILE_WAITING ? pile_tell_waiting(txn, err) : RC_OK;
}

enum rc pile_ask_again(struct txn *txn, const struct pile *pile, const struct letter_open *pattern, utc_us now, enum zone zone,
                       enum letter_pile_state *state_out, struct err *err)
{
    enum letter_state first = LETTER_WAITING_APPROVAL;
    struct letter_type_policy policy;

    TRY(sql_letter_type_policy(txn, pattern->letter.type_id, &policy, err));
    if (!pile->is_decided)
        TRY(letter_first_decision(in_txn(txn), policy.signer_office, utc_date(now, zone), &first, err));
    *state_out = first == LETTER_WAITING_CHECK ? PILE_CHECK : PILE_WAITING;
    return pile_wait(txn, pile->id, *state_out,
                     str_empty(pile->office) ? pile->note
                     : pile->is_decided      ? STR("Dikirim lagi: penandatangan, kop surat, gambar, atau cara penerbitannya lain dari yang "
                                                        "disetujui, atau yang menyetujuinya tidak lagi berwenang.")
                                             : STR("Jenis surat ini sekarang harus disetujui dulu sebelum terbit."),
                     now, err);
}

static enum rc note_act(struct txn *txn, struct request *req, const char *action, uint64_t id, struct err *err)
{
    return act_audit(txn, req, err, action, "letter_pile:%" PRIu64, id);
}

/* The office as it is now, with somebody who may sign. */
static enum rc must_have_signer(struct request *req, const struct letter_open *pattern, uint64_t decider, struct pile_office *out,
                                struct err *err)
{
    TRY(pile_office_read(pattern, request_today(req), STR(""), decider, out, err));
    if (!str_empty(out->no_signer))
        return act_refuse(req, err, "warga", "%s", str_z(request_arena(req), out->no_signer));
    return RC_OK;
}

static enum rc has_issued(struct txn *txn, uint64_t id, bool *out, struct err *err)
{
    struct pile_count n;

    TRY(sql_pile_count(in_txn(txn), id, STR(PILE_LEFT_OUT), &n, err));
    *out = n.numbered + n.done > 0;
    return RC_OK;
}

enum rc letter_pile_send_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct pile_send_form form = pile_send_got(req);
    struct pile pile;
    struct letter letter;
    struct letter_type_policy policy;
    struct letter_open pattern;
    struct pile_office office;
    struct pile_count n;

    TRY(pile_hold_draft(txn, req, form.id, &pile, err));
    TRY(sql_letter_lock(txn, pile.pattern_id, &letter, err));
    if (letter.state != LETTER_DRAFT && letter.state != LETTER_RETURNED)
        return fail(err, RC_CONFLICT, "the pattern of pile %" PRIu64 " is no draft any more", pile.id);
    TRY(sql_letter_type_policy(txn, letter.type_id, &policy, err)); /* locked, so that it stays until the pile went its way */
    TRY(act_seen(req, pile.version, err));
    TRY(pile_boxes_checked(txn, req, pile.id, err));
    if (letter.version != pile.pattern_version)
        return act_refuse(req, err, "warga", "Isian suratnya berubah sesudah daftar ini diperiksa. Tekan “Periksa daftarnya lagi” dulu.");
    TRY(letter_open_at(in_txn(txn), pile.pattern_id, &pattern, err));
    TRY(letter_must_print(req, &pattern, err));
    TRY(sql_pile_count(in_txn(txn), pile.id, STR(PILE_LEFT_OUT), &n, err));
    if (n.waiting == 0)
        return act_refuse(req, err, "warga", "Tidak ada warga yang bisa mendapat surat ini. Pilih warga lain.");
    TRY(sql_letter_set_state(txn, pile.pattern_id, LETTER_CANCELLED, NULL, err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    if (!letter_is_delegated(policy.policy, letter.paper, NULL)) {
        enum letter_state first;

        TRY(letter_first_decision(in_txn(txn), policy.signer_office, request_today(req), &first, err));
        const bool is_check = first == LETTER_WAITING_CHECK;
        TRY(pile_wait(txn, pile.id, is_check ? PILE_CHECK : PILE_WAITING, pile.note, request_now(req), err));
        act_say(req,
                is_check ? "Dikirim ke sekretaris, diperiksa sekali untuk semua" : "Dikirim ke kepala desa, disetujui sekali untuk semua");
        return note_act(txn, req, "letter_pile.send", pile.id, err);
    }
    TRY(must_have_signer(req, &pattern, 0, &office, err));
    TRY(go(txn, req, &pile, false, office.digest, err));
    TRY(sql_pile_set_sent(txn, pile.id, request_now(req), NULL, err));
    TRY(pile_tell_issued(txn, request_now(req), err));
    return note_act(txn, req, "letter_pile.issue", pile.id, err);
}

/* The letter of one of them as the request's person decides it: as it stood on the screen it is what all letters say. */
static enum rc sample_seen(struct txn *txn, struct request *req, const struct pile *pile, uint64_t decider, struct pile_sample *out,
                           struct err *err)
{
    const struct pile_seen_form form = pile_seen_got(req);
    struct letter_shown shown;

    TRY(act_seen(req, pile->version, err));
    TRY(pile_sample_open(in_txn(txn), pile->id, pile->pattern_id, pile->field, (uint32_t)form.line, decider, out, err));
    TRY(letter_shown_of(in_txn(txn), &out->open, request_today(req), &shown, err));
    return act_seen_digest(req, shown.digest, err);
}

enum rc letter_pile_check_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct pile_sample sample;
    struct pile pile;

    TRY(hold(txn, req, pile_seen_got(req).id, PILE_CHECK, PILE_CHECK, &pile, err));
    TRY(sample_seen(txn, req, &pile, 0, &sample, err));
    TRY(pile_wait(txn, pile.id, PILE_WAITING, pile.note, request_now(req), err));
    *go_to_out = STR("/kantor/persetujuan");
    act_say(req, "Surat massal diteruskan ke kepala desa");
    return note_act(txn, req, "letter_pile.check", pile.id, err);
}

enum rc letter_pile_approve_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t decider = request_actor(req)->id;
    struct pile_sample sample;
    struct pile_office office;
    struct pile pile;

    TRY(hold(txn, req, pile_seen_got(req).id, PILE_WAITING, PILE_WAITING, &pile, err));
    TRY(sample_seen(txn, req, &pile, decider, &sample, err));
    TRY(must_have_signer(req, &sample.open, decider, &office, err));
    TRY(sql_pile_set_sent(txn, pile.id, request_now(req), NULL, err));
    TRY(go(txn, req, &pile, true, office.digest, err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    act_say(req, "Semua surat disetujui dan mulai diterbitkan");
    return note_act(txn, req, "letter_pile.approve", pile.id, err);
}

/* From whom it is taken away: begun, its people wait; else it is a draft again. What is on paper stays. */
static enum rc give_back(struct txn *txn, const struct pile *pile, struct str note, struct err *err)
{
    bool is_begun;

    TRY(has_issued(txn, pile->id, &is_begun, err));
    if (!is_begun)
        TRY(bring_back_pattern(txn, pile, err));
    return sql_pile_give_back(txn, pile->id, is_begun ? PILE_STOPPED : PILE_DRAFT, note, NULL, err);
}

/* Who signs may give back what runs or stands in his name, too. */
enum rc letter_pile_return_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_return_form form = letter_return_got(req);
    const bool approves = request_may(req, MAY_APPROVE_LETTERS);
    struct pile pile;

    TRY(sql_pile_lock(txn, form.id, &pile, err));
    if (pile.state != PILE_WAITING && pile.state != PILE_CHECK && !(approves && (pile.state == PILE_RUNNING || pile.state == PILE_STOPPED)))
        return moved_on(req, &pile, err);
    TRY(act_seen(req, pile.version, err));
    TRY(give_back(txn, &pile, form.note, err));
    *go_to_out = STR("/kantor/persetujuan");
    act_say(req, "Dikembalikan ke pembuatnya");
    return note_act(txn, req, "letter_pile.return", pile.id, err);
}

/* One press of who signs: what is not numbered yet waits until it is approved again. */
enum rc letter_pile_halt_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct pile pile;

    TRY(hold(txn, req, pile_one_got(req).id, PILE_RUNNING, PILE_RUNNING, &pile, err));
    TRY(give_back(txn, &pile, str_fmt(request_arena(req), "Dihentikan %.*s.", STR_ARG(request_actor(req)->name)), err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    act_say(req, "Dihentikan. Yang belum bernomor tidak terbit tanpa persetujuan lagi");
    return note_act(txn, req, "letter_pile.halt", pile.id, err);
}

/* Before it is sent: who gets a letter is left out, who was left out gets one again. */
enum rc letter_pile_leave_out_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct pile_turn_form form = pile_turn_got(req);
    struct pile pile;
    uint64_t n;

    TRY(pile_hold_draft(txn, req, form.id, &pile, err));
    TRY(act_seen(req, pile.version, err));
    TRY(sql_pile_line_turn(txn, pile.id, (uint32_t)form.line, STR(PILE_LEFT_OUT), &n, err));
    if (n == 0)
        return fail(err, RC_NOT_FOUND, "line %" PRIu64 " of pile %" PRIu64 " is not to be turned", form.line, pile.id);
    TRY(sql_pile_touch(txn, pile.id, NULL, err));
    *go_to_out = pile_people_url(req, pile.id, form.after.is_set ? form.after.value : 0, form.sought, (uint32_t)form.line);
    return note_act(txn, req, "letter_pile.leave_out", pile.id, err);
}

enum rc letter_pile_stop_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct pile pile;

    TRY(hold(txn, req, pile_one_got(req).id, PILE_RUNNING, PILE_RUNNING, &pile, err));
    TRY(sql_pile_set_state(txn, pile.id, PILE_STOPPED, STR(""), NULL, err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    act_say(req, "Dihentikan. Yang sudah bernomor tetap berlaku");
    return note_act(txn, req, "letter_pile.stop", pile.id, err);
}

/* One that runs by its state is gone on with when its work was given up by the queue, and not beside it. */
static enum rc hold_still(struct txn *txn, struct request *req, struct pile *out, struct err *err)
{
    struct pile_work work = {false};

    TRY(hold(txn, req, pile_one_got(req).id, PILE_STOPPED, PILE_RUNNING, out, err));
    if (out->state == PILE_RUNNING)
        TRY(sql_pile_has_work(in_txn(txn), JOB_LETTER_PILE, out->id, &work, err));
    if (!work.is_there)
        return RC_OK;
    request_set_changed(req);
    return fail(err, RC_CONFLICT, "pile %" PRIu64 " is under way", out->id);
}

/*
 * What was approved goes on only as it was approved, and what was issued at once only while its type still is: else it is asked for. Of
 * the second kind it is from now on issued by who goes on with it. What was given back is asked for with what was said of it.
 */
enum rc letter_pile_go_on_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    enum letter_pile_state state;
    struct letter_open pattern;
    struct pile_office office;
    struct pile pile;

    TRY(hold_still(txn, req, &pile, err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    TRY(sql_pile_lines_free(txn, pile.id, NULL, err));
    TRY(letter_open_at(in_txn(txn), pile.pattern_id, &pattern, err));
    TRY(pile_office_read(&pattern, request_today(req), STR(""), pile.is_decided ? pile.issued_by.value : 0, &office, err));
    if (pile_needs_decision(&pile, &pattern, &office)) {
        TRY(pile_ask_again(txn, &pile, &pattern, request_now(req), request_zone(req), &state, err));
        act_say(req, state == PILE_CHECK ? "Dikirim ke sekretaris, yang belum terbit diperiksa sekali untuk semua"
                                         : "Dikirim ke kepala desa, yang belum terbit disetujui sekali untuk semua");
        return note_act(txn, req, "letter_pile.send", pile.id, err);
    }
    if (!str_empty(office.no_signer))
        return act_refuse(req, err, "warga", "%s", str_z(request_arena(req), office.no_signer));
    act_say(req, "Dilanjutkan");
    TRY(note_act(txn, req, "letter_pile.go_on", pile.id, err));
    if (!pile.is_decided)
        return go(txn, req, &pile, false, office.digest, err);
    TRY(sql_pile_set_state(txn, pile.id, PILE_RUNNING, STR(""), NULL, err));
    return pile_put_work(txn, pile.id, pile.version + 1, err);
}

/*
 * Once something was issued it ends with what there is. Before, one that was stopped is a draft again with all that was chosen and
 * answered, and of one that was not sent or not decided yet the people are dropped.
 */
enum rc letter_pile_cancel_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile pile;
    bool is_begun;

    TRY(sql_pile_lock(txn, pile_one_got(req).id, &pile, err));
    TRY(has_issued(txn, pile.id, &is_begun, err));
    *go_to_out = pile_url(arena, pile.id, "");
    if (is_begun && (pile.state == PILE_STOPPED || pile.state == PILE_WAITING || pile.state == PILE_CHECK)) {
        TRY(sql_pile_lines_stop(txn, pile.id, STR("Dihentikan petugas"), NULL, err));
        TRY(sql_pile_lines_free(txn, pile.id, NULL, err));
        TRY(sql_pile_set_state(txn, pile.id, PILE_RUNNING, STR(""), NULL, err));
        TRY(pile_put_job(txn, pile.id, pile.version + 1, err));
        return note_act(txn, req, "letter_pile.end", pile.id, err);
    }
    if (pile.state == PILE_STOPPED) {
        TRY(bring_back_pattern(txn, &pile, err));
        TRY(sql_pile_set_state(txn, pile.id, PILE_DRAFT, STR(""), NULL, err));
        act_say(req, "Menjadi konsep lagi. Daftar warga dan isiannya tetap");
        return note_act(txn, req, "letter_pile.redraft", pile.id, err);
    }
    if (pile.state != PILE_DRAFT && pile.state != PILE_WAITING && pile.state != PILE_CHECK)
        return moved_on(req, &pile, err);
    if (pile.state != PILE_DRAFT)
        TRY(bring_back_pattern(txn, &pile, err));
    TRY(sql_pile_lines_drop(txn, pile.id, NULL, err));
    TRY(sql_pile_set_state(txn, pile.id, PILE_DRAFT, STR(""), NULL, err));
    *go_to_out = letter_url(arena, pile.pattern_id, "/massal");
    act_say(req, "Daftar warganya dikosongkan. Isian suratnya tetap tersimpan sebagai konsep");
    return note_act(txn, req, "letter_pile.cancel", pile.id, err);
}

enum rc letter_pile_bind_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct pile pile;

    TRY(hold(txn, req, pile_one_got(req).id, PILE_DONE, PILE_BINDING, &pile, err));
    TRY(sql_pile_set_state(txn, pile.id, PILE_BINDING, STR(""), NULL, err));
    TRY(outbox_put_once(txn, JOB_PILE_FILES, pile.id, err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    return note_act(txn, req, "letter_pile.bind", pile.id, err);
}
