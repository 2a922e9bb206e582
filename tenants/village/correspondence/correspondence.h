// SPDX-License-Identifier: AGPL-3.0-or-later
/* Incoming and outgoing mail (surat masuk dan keluar): the agenda with its numbers, whom the head or the secretary assigns a letter to
 * (disposition), and what was sent. One table for both directions; a secret letter is there only for who may read it. */
#ifndef BALAI_CORRESPONDENCE_H
#define BALAI_CORRESPONDENCE_H

#include "server/html/ticks.h"
#include "server/register/book.h"
#include "server/register/change.h"
#include "server/register/list.h"
#include "server/web/feature.h"
#include "server/web/forms.h"

enum mail_direction { MAIL_IN = 1, MAIL_OUT = 2 };
enum mail_state {
    MAIL_NEW = 1,
    MAIL_WORKING = 2,
    MAIL_DONE = 3,
    MAIL_DRAFT = 4,
    MAIL_SENT = 5,
    MAIL_VOID = 6
};                        /* the last: its letter was withdrawn */
enum { MAIL_SECRET = 4 }; /* of its nature: correspondence.html */

struct mail_row {
    struct str href, agenda, subject, party, number, letter_date, day, scans, state, tone, holders;
};
struct mail_list_view {
    struct list_view list;
    struct {
        struct mail_row *p;
        size_t n;
    } lines;
    struct str title, home, number_href, other_href, other_label;
    uint64_t next;
    bool is_in, may_write;
};
struct mail_offers { /* what was written before, offered while people type */
    struct str *p;
    size_t n;
};
struct mail_edit_view {
    struct str title, action, home, back_label;
    struct kept_view kept; /* of a change: its history */
    struct mail_offers parties, codes;
    struct form form;
    bool is_in, is_kept, asks_again;
};
struct mail_small_view {                                   /* a form of one box below a disposition; id empty: not this person's */
    struct str id, action, label, box, name, typed, fault; /* box: its id; typed: what was sent and refused */
    struct form_guard guard;
    uint64_t step;
};
struct mail_step_view { /* one disposition */
    struct str who, instruction, note, told, due, state, tone, report;
    struct mail_small_view take_back, end; /* end: of somebody without an account it is noted for him */
};
struct mail_dispose_view {
    struct str action;
    struct tick_boxes receivers;
    struct form form;
    bool is_again; /* the sending is written down already: it is put right */
};
struct mail_view { /* one letter */
    struct str title, about, home, back_label, edit_href, state, tone;
    struct check_rows facts;
    struct kept_view kept;
    struct {
        struct mail_step_view *p;
        size_t n;
    } steps;
    struct form_guard guard;
    struct faults faults; /* of taking back */
    struct str read_href, close_href, sheet_href;
    struct mail_dispose_view dispose, done, send;
    struct str voided, sent, letter_href, replaced, replacement,
        replacement_href; /* of the office's own letter that it is; sent: of a void one, who has it */
    bool may_write, is_in, may_dispose, may_send, may_fix, may_close, is_unread, is_mine;
};
struct mail_number_view {
    struct str title, action, home, back_label, said;
    struct form form;
};

extern const struct feature correspondence_feature;

#endif
