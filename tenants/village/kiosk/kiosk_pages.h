// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_KIOSK_PAGES_H
#define BALAI_KIOSK_PAGES_H

#include "server/web/forms.h"
#include "server/web/kiosk.h"
#include "server/web/village.h"
#include "tenants/village/kiosk/kiosk.h"
#include "tenants/village/kiosk/kiosk_blind.h"
#include "tenants/village/kiosk/kiosk_rules.h"
#include "tenants/village/kiosk/kiosk_sql.h"
#include "tenants/village/letters/self.h"

/* office */
handler_fn kiosk_office_page, kiosk_card_page, kiosk_calls_part;
act_check_fn kiosk_pair_check, kiosk_pin_set_check;
handler_fn kiosk_device_page;
act_fn kiosk_rename_act, kiosk_old_act, kiosk_queue_act, kiosk_queue_empty_act, kiosk_resume_act, kiosk_choose_act, kiosk_code_act,
    kiosk_revoke_act, kiosk_offer_act, kiosk_pair_act, kiosk_pin_set_act, kiosk_unpair_act, kiosk_call_answer_act;
/* before a resident is known */
handler_fn kiosk_enrol_page, kiosk_enrol_post, kiosk_idle_page, kiosk_alive, kiosk_tap_post, kiosk_nik_page, kiosk_nik_post, kiosk_pin_page,
    kiosk_pin_post, kiosk_end_post, kiosk_call_post, kiosk_first_page, kiosk_ticket_post, kiosk_ticket_page;
/* and after */
handler_fn kiosk_tiles_page, kiosk_ask_page, kiosk_check_page, kiosk_sheet, kiosk_paper_page, kiosk_printed_post, kiosk_mine_page,
    kiosk_go_on_page, kiosk_counter_page;
act_fn kiosk_begin_act, kiosk_ask_act, kiosk_send_act, kiosk_again_act;

/* "10.29"; of another day "28-11-2026 10.29" */
struct str kiosk_moment(const struct request *req, utc_us at);
/* Not seen for so long a screen is one of old: it stands apart, and can be taken back with all like it. */
enum { KIOSK_OLD_DAYS = 90, KIOSK_OLD_S = KIOSK_OLD_DAYS * 86400 };
/* Whether a screen that was seen then is on now. */
bool kiosk_is_on(const struct request *req, utc_us seen_at);

/* The village's own keyed hash. */
struct str kiosk_blind_of(struct request *req, const char *kind, struct str text);
/* The day's next number for the counter, from 1: of a ticket or of a letter that waits for somebody. */
enum rc kiosk_queue_number(struct txn *txn, struct date day, uint64_t *number_out, struct err *err) MUST_USE;
/* Who acts when a resident does. */
struct letter_actor kiosk_actor(const struct request *req);
/* The visit's unsent letter goes to the counter with that number: a draft for the clerk, and no longer the visit's. */
enum rc kiosk_hand_over(struct txn *txn, struct request *req, uint64_t queue_number, struct err *err) MUST_USE;
/* Where the visit's letter was left: at its next question, its check, the way to the counter, or no letter at all. */
enum rc kiosk_left_off(struct request *req, struct village_db *db, struct str *href_out, struct err *err) MUST_USE;
enum rc kiosk_respond(struct request *req, struct response *resp, struct str title, struct html body, struct err *err) MUST_USE;

/* ---- views ---- */

struct kiosk_foot_view {
    struct str back_href;
    bool may_end, is_end_next; /* is_end_next: all is done, the end is what comes */
    bool has_call;             /* the page itself asks for a person, larger */
    struct form_guard guard;
};
struct kiosk_step {
    bool is_done, is_now;
};
struct kiosk_steps_view {
    struct kiosk_step p[4];
    size_t n;
    uint32_t at;
    struct str part; /* of that step: "pertanyaan 2 dari 4" */
};
struct kiosk_enrol_view {
    struct form_guard guard;
    struct str fault, typed;
};
struct kiosk_idle_view {
    struct kiosk_foot_view foot;
};
struct kiosk_nik_view {
    struct form form;
    struct kiosk_foot_view foot;
};
struct kiosk_pin_view {
    struct form_guard guard;
    struct str fault;
    struct kiosk_steps_view steps;
    struct kiosk_foot_view foot;
};
struct kiosk_locked_view {
    struct form_guard guard;
    struct str title, left; /* title empty: until the office sets a new PIN */
    uint32_t tries;
    uint64_t left_s, most_s;
    bool is_off, is_paused; /* is_paused: not a PIN, the machine */
    struct kiosk_steps_view steps;
    struct kiosk_foot_view foot;
};
struct kiosk_first_view {
    struct form_guard guard;
    struct str fault; /* no number */
    bool has_visit;
    struct kiosk_foot_view foot;
};
struct kiosk_number_view {
    struct form_guard guard;
    struct str village, when;
    uint64_t number;
    bool may_print, is_emptied; /* is_emptied: the counter calls it no more */
    struct kiosk_foot_view foot;
};
struct kiosk_tile {
    struct str slug, label, icon;
};
struct kiosk_tiles_view {
    struct form_guard guard;
    struct str called, nik;
    bool has_last, has_letters;
    bool is_kept; /* last_*: of an earlier visit, to be gone on with */
    struct str last_slug, last_name, last_when;
    struct {
        struct kiosk_tile *p;
        size_t n;
    } tiles;
    struct kiosk_steps_view steps;
    struct kiosk_foot_view foot;
};
struct kiosk_ask_view {
    struct form_guard guard;
    struct str type_name, label, hint, sample, value, fault;
    struct str kept; /* the answer of last time, which is no tile */
    bool is_typing, may_type;
    struct self_choices choices;
    struct kiosk_steps_view steps;
    uint32_t number, max;
    bool is_area, is_year, is_optional;
    struct kiosk_foot_view foot;
};
struct kiosk_fact {
    struct str label, value, change_href;
};
struct kiosk_check_view {
    struct form_guard guard;
    struct str type_name, sheet_href, button, busy;
    uint32_t version;
    bool is_sealed;
    struct {
        struct kiosk_fact *p;
        size_t n;
    } facts;
    struct kiosk_steps_view steps;
    struct kiosk_foot_view foot;
};
struct kiosk_counter_view {
    struct form_guard guard;
    struct str type_name, doubt;  /* doubt: why only staff can go on */
    uint32_t kept_days;           /* answers wait so long for who goes to fetch it */
    struct str paper, paper_from; /* what is to be brought, once: next time it is made here; "": nothing */
    struct kiosk_steps_view steps;
    struct kiosk_foot_view foot;
};
struct kiosk_paper_view {
    struct form_guard guard;
    struct str type_name, number, receipt;
    bool is_ready, may_print, is_a4, is_again; /* is_again: an older letter, printed once more */
    struct {
        struct str *p;
        size_t n;
    } sheets;
    struct kiosk_foot_view foot;
};
struct kiosk_ticket_view {
    struct form_guard guard;
    struct str type_name, receipt, village, when;
    uint64_t queue_number;
    bool may_print;
    struct kiosk_foot_view foot;
};

struct kiosk_mine_line {
    uint64_t id;
    struct str name, words;
    bool may_print, is_first; /* is_first: the likeliest to be wanted */
};
struct kiosk_mine_view {
    struct form_guard guard;
    struct {
        struct kiosk_mine_line *p;
        size_t n;
    } letters;
    struct kiosk_foot_view foot;
};

enum { KIOSK_CODE_MIN = 15 };

struct kiosk_device_line {
    uint64_t id;
    struct str name, enrolled, used, seen, revoked;
    bool is_on;
};
struct kiosk_device_lines {
    struct kiosk_device_line *p;
    size_t n;
};
struct kiosk_device_view {
    struct kiosk_device_line d;
    struct form form;
};
struct kiosk_offer_line {
    struct str slug, name, how;
    bool at_kiosk;
};
struct kiosk_question_line {
    struct str slug, field, type_name, words, lines, id;
    bool is_own;
};
struct kiosk_office_view {
    struct {
        struct kiosk_question_line *p;
        size_t n;
    } questions;
    struct form form;
    struct str code, address;
    uint32_t code_minutes;
    struct stats_view figures;
    struct empty_view no_figures, no_devices;
    struct kiosk_device_lines devices, old; /* old: not seen for old_days */
    uint32_t old_days;
    struct {
        struct kiosk_offer_line *p;
        size_t n;
    } offers;
};
struct kiosk_card_view {
    struct form_guard guard;
    struct faults faults;
    uint64_t id;
    struct str back_href, name, nik, card_since, pin_since, lock_words, card_fault, pin_fault, card_typed;
    bool has_card, has_pin;
};

#endif
