// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_OFFICE_PAGES_H
#define BALAI_OFFICE_PAGES_H

#include "server/web/village.h"
#include "tenants/village/kiosk/kiosk.h"
#include "tenants/village/staff/staff.h"

handler_fn office_page, office_jobs_page, office_find;
act_fn office_replay_act;

struct office_task {
    struct str count, title, note, tone, icon, tag, href, button;
    bool is_first; /* the one filled button of the page */
};

struct office_letter {
    struct str href, resident_name, name_now, type_name, when, called, state_label, state_tone;
};

/* A letter that waits for this person, with its promise. */
struct office_todo {
    uint64_t id;
    struct str href, type_name, resident_name, from, called, when, due, due_tone, act;
};

struct office_view {
    struct str today, sum;
    bool has_next;
    struct office_todo next;
    struct {
        struct office_todo *p;
        size_t n;
    } todos; /* after it */
    struct kiosk_queue_view queue;
    struct kiosk_screens_view screens;
    struct {
        struct office_task *p;
        size_t n;
    } tasks;
    struct {
        struct office_letter *p;
        size_t n;
    } letters;
    bool sees_calls;
    struct kiosk_calls_view calls;
    struct first_steps_view first_steps;
    struct str role; /* as people call it */
    bool may_write, may_import, may_find, has_residents, has_approver;
    struct str issued_today, kiosk_today;
};

struct office_job {
    uint64_t id;
    struct str what, why, when, tries;
};

struct office_jobs_view {
    struct form_guard guard;
    struct {
        struct office_job *p;
        size_t n;
    } dead;
    uint64_t ready;
    bool is_replayed;
};

#endif
