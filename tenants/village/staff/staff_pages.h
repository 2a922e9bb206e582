// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_STAFF_PAGES_H
#define BALAI_STAFF_PAGES_H

#include "server/web/village.h"
#include "tenants/village/staff/staff.h"
#include "tenants/village/staff/staff_sql.h"

handler_fn setup_page, setup_post, settings_page, settings_post, staff_page, staff_add_post, staff_off_post, staff_on_post,
    staff_password_post, crest_part, crest_image, crest_small_image, crest_post, crest_remove_post, head_link_page, head_link_post;

/* Which form of the settings came back with faults. */
enum sent_form { SENT_NONE, SENT_SETTINGS, SENT_CREST };
enum rc settings_respond(struct request *req, struct response *resp, enum sent_form sent, struct err *err) MUST_USE;

struct crest_view {
    struct str href; /* empty: the neutral shield is printed */
    bool is_waiting; /* a new one is with the worker */
    struct str refusal;
};
enum rc crest_put_view(struct request *req, struct village_db *db, struct crest_view *out, struct err *err) MUST_USE;

struct setup_view {
    struct str village, district, action;
    bool is_usable;
    struct str why_not; /* what to do instead */
    struct form_guard guard;
    struct faults faults;
    struct field_view head_name, head_nip, address, name, username, password;
};

/* Whether the one-time link whose kept text is `kept` still opens this village; why not, in words for people. */
enum rc setup_link_state(struct request *req, struct str kept, struct str *why_not_out, bool *is_used_out, struct err *err) MUST_USE;
#define SETUP_USED_WORDS STR("Tautan ini sudah dipakai. Masuk dengan nama pengguna yang dibuat waktu itu.")

struct settings_view {
    struct str name, district, regency;
    bool is_saved;
    uint32_t version;
    struct form_guard guard;
    struct faults faults;
    struct field_view head_name, head_nip, head_email, address, postal_code, phone, email, hours, letter_code;
    struct select_view accent;
    struct check_view ornament;
    struct crest_view crest;
    struct file_view crest_file;
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
    bool is_saved, is_head_closed;
    struct form_guard guard;
    struct faults faults;
    struct field_view name, username, position, password;
    struct select_view role;
};

#endif
