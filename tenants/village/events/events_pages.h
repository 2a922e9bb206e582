// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room's own pages. Private. */
#ifndef BALAI_EVENTS_PAGES_H
#define BALAI_EVENTS_PAGES_H

#include "server/register/kept.h"
#include "server/register/list.h"
#include "server/web/forms.h"
#include "tenants/village/events/events.h"
#include "tenants/village/events/events_rules.h"
#include "tenants/village/events/events_sql.h"
#include "tenants/village/families/families.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_form.h"

extern const struct keeper event_keeper;
extern const struct list event_lists;
extern const struct book events_book;
handler_fn event_list_page, event_page, event_cancel_page, event_fix_page, event_kinds_page, event_search_page, event_search_post,
    leave_page, birth_page, arrival_page, past_page;
act_check_fn event_fix_check, leave_check, birth_check, arrival_check, past_check;
act_fn event_cancel_act, event_fix_act, leave_act, birth_act, arrival_act, past_act;

/* ---- list, one event, taking back ---- */

struct event_list_line {
    struct str href, name, kind, date, place, reported, who;
};

struct event_list_view {
    struct str month, previous_href, previous_label, next_href, next_label;
    bool may_edit;
    struct {
        struct event_elsewhere_view {
            struct str month, href;
            uint64_t n;
        } * p;
        size_t n;
    } elsewhere; /* what happened in this month and stands in another */
    struct list_view list;
    struct {
        struct event_list_line *p;
        size_t n;
    } lines;
};

struct event_beside { /* of the same act */
    struct str name, href;
};
struct event_next { /* what is done next, by who may */
    struct str label, href;
};
enum { EVENT_NEXTS_MOST = 3 };
struct event_view {
    struct {
        struct event_next p[EVENT_NEXTS_MOST];
        size_t n;
    } nexts;
    struct str kept_href, family_href;
    struct {
        struct event_beside *p;
        size_t n;
    } together;
    struct str title, kind, list_href, person_href, cancel_href, fix_href, again_href, cancelled;
    struct str late; /* it counts in another month than it happened */
    struct check_rows facts;
    bool is_fixed;
    struct history_view history; /* of which those with fields are what was put right */
};

/* What is asked of an event, when it is written down and when it is corrected. */
struct event_boxes_view {
    bool is_death, is_move, has_reporter;
    struct date3_view date;
    struct radios_view destination;
    struct field_view place, cause, reporter, number, note;
};

struct event_fix_view {
    struct form form;
    struct str action, back, title, refused;
    bool is_birth, has_more, is_doubted;
    struct event_boxes_view boxes;
    struct radios_view whom;
};

struct event_back_row {
    struct str who, label, now, was;
};
struct event_back_rows {
    struct event_back_row *p;
    size_t n;
};
struct event_cancel_view {
    struct form form;
    struct str action, back, title, effect, refused;
    struct radios_view whom;
    struct event_back_rows goes, stays;
    struct {
        struct event_next *p;
        size_t n;
    } moved_on;                                /* whose role cannot go back: where they stand now */
    bool is_stuck;                             /* there is nothing to choose that would go */
    struct str heads_fault, heads_fault_alone; /* a family would have two heads, or none, by it; the second: by taking back only this one */
    bool has_more;
};

/* ---- which event, of whom ---- */

struct event_pick {
    struct str href, label, about, button;
};
struct event_picks {
    struct event_pick *p;
    size_t n;
};
struct event_kinds_view {
    struct event_picks picks;
};
struct event_search_view {
    struct form form;
    struct str action, title, label, hint, query;
    bool is_sent;
    struct event_picks hits;
    struct empty_view empty;
};

/* ---- somebody goes ---- */

struct leave_view {
    struct form form;
    bool has_heads;
    struct str action, back, title, name, about, care, new_head, gone, cancel_href,
        out_href;                     /* out_href: taken out of the books, given back there */
    struct str missing, missing_href; /* since when; of the dead and the found */
    bool is_role_asked;               /* the old roles do not say what who is found is to the head of now */
    struct event_boxes_view boxes;
    struct radios_view heads;
    struct family_ticks others;
    struct role_selects roles;
    struct family_ticks widows;
    struct str led_by; /* who leads the family that somebody found comes back to, not as its head any more */
    struct select_view role_back;
    struct check_rows facts;
    struct carrieds carried;
};

/* ---- somebody comes ---- */

struct birth_view {
    struct form form;
    struct str action, back, title, name;
    struct select_view mother, father;
    const struct radios_view *same;
    struct check_view alone;
    bool has_alone, is_doubted;
    /* the check page */
    bool is_known;                    /* nobody is added */
    const struct radios_view *nation; /* asked where the parents do not make it plain */
    struct check_rows facts;
    struct carrieds carried;
};

struct past_view {
    struct form form;
    struct str action, back, title, name;
    const struct radios_view *same;
    struct event_boxes_view boxes;
    struct check_rows facts;
    struct carrieds carried;
};

struct arrival_missing {
    struct str name, said, href; /* "Hilang sejak …", the form that finds them */
};
struct arrival_missings {
    struct arrival_missing *p;
    size_t n;
};
struct arrival_checked {
    struct str name;
    struct check_rows facts;
};
struct arrival_view {
    struct form form;
    struct arrival_missings missing;
    bool is_doubted, asks_birth;
    struct str birth_href; /* asks_birth: the family's form of births */
    struct hamlet_boxes hamlet;
    struct {
        struct radios_view *p;
        size_t n;
    } same;
    struct str name; /* the first one's, and how many others */
    struct check_rows facts;
    struct {
        struct arrival_checked *p;
        size_t n;
    } people; /* everything that was typed of each */
    struct carrieds carried;
};

/* ---- an event's facts ---- */

struct event_facts {
    struct date date;
    struct str place, cause, reporter, number, note;
    struct opt_u64 destination;
};
struct event_fact {
    struct str word, label, value; /* "place", "Tempat meninggal", "Rumah"; in the history the word is of its kind: "death.place" */
};
enum { EVENT_FACTS_MOST = 7 };
struct event_facts event_facts_of(const struct event *e);
/* What was typed of them, without what is not asked of this kind; reach: the destination as it was chosen. */
struct event_facts event_facts_for(enum event_kind kind, struct event_facts typed, struct str reach);
/* In words, always the same ones of a kind: two of them can be laid beside one another. */
size_t event_facts_words(struct arena *arena, enum event_kind kind, const struct event_facts *facts,
                         struct event_fact out[EVENT_FACTS_MOST]);
/* The same as rows of a page, at most EVENT_FACTS_MOST more; an empty note is left out. */
void event_facts_put(struct arena *arena, enum event_kind kind, const struct event_facts *facts, struct check_rows *rows);
/* "3 November 2026, RSUD Batara Guru", as the histories of people tell it. */
struct str event_reason(struct arena *arena, const struct event_facts *facts, const char *between);

/*
 * The part of a form that asks them: {{date day "tanggal"}}, reach "jangkauan", place "tempat", cause "sebab", reporter "pelapor",
 * number "nomor", note "catatan", all `own`, in this order, the first of whose boxes is given.
 */
struct event_boxes_view event_boxes(enum event_kind kind, const struct form_box *first);
/* Faults of what is missing; of a day that cannot be, for one of those it is about. */
void event_check(struct request *req, enum event_kind kind, const struct event_facts *facts);
void event_check_day(struct request *req, enum event_kind kind, struct date day, struct date born);

/* Whose day it is; event_id: of which event it is corrected, 0 of a new one. */
struct event_about {
    uint64_t resident_id, event_id;
};
/* A fault at the day where it stands on the wrong side of what else is known of one of these people. One statement, none for nobody. */
enum rc event_check_order(struct request *req, struct village_db *db, enum event_kind kind, struct date day, const struct event_about *who,
                          size_t n, struct err *err) MUST_USE;

/* ---- taking back: the data of those who were on the books before ---- */

struct event_back {
    const struct event *e;
    bool is_beside; /* not the event's own person: who was widowed by it */
    struct resident_now now;
    struct resident_back of;
    uint64_t family_id; /* where they stand afterwards */
};
/* Of these events' people those of whom more than the status was changed: none of most kinds, of an arrival who came back. */
struct event_backs {
    struct event_back *p;
    size_t n;
};
enum rc event_backs_of(struct village_db *db, const struct event_rows *list, struct event_backs *out, struct err *err) MUST_USE;
/* Writes them, status and all; the families are held, and refreshed by the caller. */
enum rc event_backs_put(struct txn *txn, const struct resident_act *act, const struct event_backs *backs, struct err *err) MUST_USE;
const struct event_back *event_back_of(const struct event_backs *backs, const struct event *e); /* NULL: only the status */
/* What the page says before: what goes back, what stays as it is. */
void event_backs_show(struct arena *arena, const struct event_backs *backs, struct event_cancel_view *v);
struct str event_ids_json(struct arena *arena, const struct event_rows *list);

/* ---- who stands beside ---- */

/* The role somebody had before an event whose `roles` these are ("" of none) made it what it is now. */
enum rc event_roles_before(struct arena *arena, struct str roles, uint64_t id, uint8_t now, uint8_t *was_out, struct err *err) MUST_USE;
/* Whose marriage ends with this death: living husbands and wives in the family who stand as married. roles: of their having been missing.
 */
enum rc event_widows_of(struct arena *arena, const struct family_state *family, const struct family_member *who, struct str roles,
                        struct family_people *out, struct err *err) MUST_USE;
/* What the act of the event wrote besides: "Status kawin Halimah", "Kawin menjadi Cerai mati". */
enum rc event_beside_of(struct village_db *db, const struct event *e, struct check_rows *out, struct err *err) MUST_USE;
/* What somebody missing comes back as: what they were, unless another leads the family by now, or nobody is left. 0: to be asked. */
enum rc event_role_back(struct village_db *db, const struct family_state *family, const struct family_member *who,
                        const struct event_missing *missing, uint8_t *role_out, struct err *err) MUST_USE;

/* ---- shared by the kinds ---- */

/* Of an event and the others written down with it: all of them, or this one. */
struct radios_view event_whom_radios(struct request *req, const struct form_box *box, const struct event *e, const char *label, size_t n);

/* The row of an event as this request writes it, one act with the others made from it; who it is about is the caller's. */
struct event_put_in event_row(const struct request *req, enum event_kind kind, const struct event_facts *facts);
/* The audit row, the public page's epoch and the rollup. */
enum rc event_done(struct txn *txn, const struct request *req, const char *action, uint64_t event_id, struct err *err) MUST_USE;
struct str event_href(struct arena *arena, uint64_t id);
/* Rows of one act, in one statement; gives the first one's id. */
enum rc events_put(struct txn *txn, const struct event_put_in *rows, size_t n, uint64_t *first_out, struct err *err) MUST_USE;
/* "[[4,2],[5,2]]": person, status: for event_statuses_set. */
struct event_pair {
    uint64_t id;
    uint8_t status;
};
struct str event_pairs_json(struct arena *arena, const struct event_pair *pairs, size_t n);
/* Who of these people stands on the books already, by NIK (those without one are nobody yet); one statement. */
enum rc event_people_known(struct village_db *db, const struct resident_row *rows, size_t n, struct event_person_known_rows *out,
                           struct err *err) MUST_USE;
const struct event_person_known *event_person_known_of(const struct event_person_known_rows *known, struct str nik); /* NULL: nobody */

#endif
