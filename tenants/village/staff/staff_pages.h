// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_STAFF_PAGES_H
#define BALAI_STAFF_PAGES_H

#include "server/register/kept.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/staff/staff.h"
#include "tenants/village/staff/staff_sql.h"

handler_fn setup_page, head_link_page, settings_page, settings_code_part, parts_page, staff_page, crest_part, crest_image,
    crest_small_image;
act_check_fn setup_check, head_link_check, staff_add_check, staff_password_check, crest_check;
act_fn setup_act, first_steps_away_act, first_steps_back_act, head_link_act, settings_act, parts_act, staff_add_act, staff_off_act,
    staff_on_act, staff_password_act, crest_act, crest_remove_act;

struct crest_view {
    struct str href; /* empty: the neutral shield is printed */
    bool is_waiting; /* a new one is with the worker */
    struct str refusal;
};
extern const struct keeper crest_keeper;
/* Nothing is put when there never was one. */
enum rc crest_put_view(struct request *req, struct village_db *db, struct crest_view *out, struct err *err) MUST_USE;

struct setup_view {
    struct str village, district, action;
    bool is_usable;
    struct str why_not; /* what to do instead */
    struct form form;
};

/* Adds the fault of a password that is too easy at `field`; says nothing when the field is empty or has a fault. */
void staff_check_password(struct request *req, const char *field, struct str password, struct str username, struct str name);

/* Whether the one-time link whose kept text is `kept` still opens this village; why not, in words for people. */
enum rc setup_link_state(struct request *req, struct str kept, struct str *why_not_out, bool *is_used_out, struct err *err) MUST_USE;
/*
 * The check of an act behind such a link. It is used in the control schema before the village's transaction, so it opens once whatever
 * happens then; if the village's part fails, a volunteer makes another. Nothing is checked and nothing kept when it does not open: the page
 * says why; of one that is used the body does, after it has looked whether this form was the one.
 */
enum rc setup_link_check(struct request *req, struct str kept, bool *is_open_out, struct err *err) MUST_USE;
/* Once there are no faults: hashes the password and uses the link. */
enum rc setup_link_take(struct request *req, struct str kept, struct str password, struct err *err) MUST_USE;
/* First in the body: the hash. RC_CONFLICT, and the page, when somebody else used the link. */
enum rc setup_link_taken(struct request *req, struct str *hash_out, struct err *err) MUST_USE;
enum rc setup_respond(struct request *req, struct response *resp, const char *title, struct html body, bool is_usable,
                      struct err *err) MUST_USE;
/* The act's row of the audit trail, of somebody who is nobody before it. */
enum rc staff_audit_own(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str name, struct err *err) MUST_USE;

struct crest_upload_view {
    struct form form;
};

struct code_sample {
    struct str href, number, fault; /* fault: why it makes no number */
};
struct settings_view {
    struct form form;
    struct code_sample code;
    struct str name, district, regency;
    bool has_hidden_steps; /* of a new village, put away before they were done */
    struct crest_view crest;
    struct crest_upload_view upload;
};

struct staff_line {
    uint64_t id;
    struct str name, username, role, seen;
    struct str fault; /* of the new password just given */
    bool is_active, is_me;
    bool is_closed; /* a head's, which only a head may open */
};

struct staff_view {
    struct {
        struct staff_line *p;
        size_t n;
    } lines;
    struct form form;
    struct faults faults; /* of adding, or of a new password */
    bool is_head_closed;
};

enum { PARTS_MAX = 100 };
struct parts_view {
    struct form form;
    struct {
        struct check_view *p;
        size_t n;
    } boxes;
};

#endif
