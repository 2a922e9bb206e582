// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room's own pages. Private. */
#ifndef BALAI_EVENTS_PAGES_H
#define BALAI_EVENTS_PAGES_H

#include "server/web/audit.h"
#include "tenants/village/events/events.h"
#include "tenants/village/events/events_rules.h"
#include "tenants/village/events/events_sql.h"
#include "tenants/village/families/families.h"

handler_fn event_list_page, event_page, event_cancel_page, event_cancel_post, event_kinds_page, event_search_page, event_search_post;
handler_fn death_page, death_post, move_out_page, move_out_post, missing_page, missing_post;
handler_fn birth_page, birth_post, arrival_page, arrival_post;

/* ---- list, one event, taking back ---- */

struct event_list_line {
    struct str href, name, kind, date, place, reported, who;
};

struct event_list_view {
    struct str month, previous_href, previous_label, next_href, next_label;
    bool may_edit;
    struct tabs_view tabs;
    struct {
        struct event_list_line *p;
        size_t n;
    } lines;
    struct empty_view empty;
    struct pagination_view pages;
};

struct event_view {
    struct str title, kind, list_href, person_href, cancel_href, again_href, cancelled;
    struct check_rows facts;
};

struct event_cancel_view {
    struct form_guard guard;
    struct faults faults;
    struct str action, back, title, effect, refused;
    struct field_view reason;
    struct radios_view whom;
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
    struct form_guard guard;
    struct str action, title, label, hint, query;
    bool is_sent;
    struct event_picks hits;
    struct empty_view empty;
};

/* ---- somebody goes ---- */

struct event_tick_list {
    struct check_view *p;
    size_t n;
};
struct leave_view {
    struct form_guard guard;
    struct faults faults;
    bool is_changed, is_death, is_move, is_missing, has_heads, has_others;
    struct str action, back, title, name, about, version, care, button, new_head;
    struct date3_view date;
    struct field_view place, cause, reporter, number, note;
    struct radios_view destination, heads;
    struct event_tick_list others;
    struct role_selects roles;
    struct check_rows facts;
    struct carrieds carried;
};

/* ---- somebody comes ---- */

struct birth_view {
    struct form_guard guard;
    struct faults faults;
    bool is_changed;
    struct str action, back, title, version;
    struct field_view nik, name, birth_place, certificate, reporter, mother_name, father_name;
    struct radios_view sex;
    struct date3_view birth;
    struct select_view mother, father, role;
};

struct arrival_person {
    struct str title;
    struct field_view nik, name, birth_place;
    struct radios_view sex;
    struct date3_view birth;
    struct select_view religion, marital, occupation, education, role;
};
struct arrival_view {
    struct form_guard guard;
    struct faults faults;
    bool is_changed, may_add;
    struct str count;
    struct date3_view date;
    struct field_view from, number, kk_no, note;
    struct radios_view target;
    struct place_view place;
    struct {
        struct arrival_person *p;
        size_t n;
    } people;
    struct check_rows facts;
    struct carrieds carried;
};

/* ---- shared by the kinds ---- */

/* The row of an event as this request writes it; the rest is the caller's. */
struct event_put_in event_row(const struct request *req, enum event_kind kind, struct str act, struct date day);
struct str event_act(const struct request *req); /* what binds together those written down at once */
/* The audit row, the public page's epoch and the rollup. */
enum rc event_done(struct txn *txn, const struct request *req, const char *action, uint64_t event_id, struct err *err) MUST_USE;
struct str event_href(struct arena *arena, uint64_t id);
/* "[[4,3,1],[5,4,4]]" */
struct str roles_json(struct arena *arena, const struct role_change *changes, size_t n);
/* The next temporary NIK; inside the transaction that holds the registry. RC_INVALID when all are given. */
enum rc nik_temporary(struct txn *txn, struct str *out, struct err *err) MUST_USE;

#endif
