// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What is kept beside a row of any register: its history (change.h), its files (attachment.h), its notes (note.h). One table each
 * for all registers; an owner is a word and an id ("guest", 12).
 *
 * A register says once what may be kept (struct keeper), adds KEPT_ROUTES to its routes and shows all three on its detail page:
 *
 *   static const struct file_slot slots[] = {{.word = "scan", .label = "Pindaian", .most_bytes = 5 * MIB, .takes = FILE_PAPERS}, {0}};
 *   static const struct keeper keeper = {.owner = "guest", .home = "/kantor/tamu", .name = guest_name, .form = guest_edit_input, .slots =
 * slots}; …  KEPT_ROUTES("/kantor/tamu", MAY_READ_GUESTS, MAY_WRITE_GUESTS, &keeper)                     in the table of routes
 *   TRY(kept_show(req, db, &keeper, guest.id, &v.kept, err));                                       on the page
 *   {{!use "server/register/kept_view.h"}} … {{> kept kept}} {{> kept_side kept}}                    in its view
 *
 * and inside each act that changes the row
 *
 *   TRY(change_put(txn, req, &(struct change){.owner = "guest", .owner_id = id, .kind = STR("edit"), .diff = guest_edit_diff(…)}, err));
 */
#ifndef BALAI_REGISTER_KEPT_H
#define BALAI_REGISTER_KEPT_H

#include "server/base/json.h"
#include "server/files/files.h"
#include "server/register/kept_view.h" /* the tables of the routes below */
#include "server/web/village.h"

struct keeper {
    const char *owner; /* ≤ 20 signs of a-z and _ */
    const char *home;  /* "/kantor/tamu": /kantor/tamu/12 is the row's page */
    /*
     * How the row is called on pages; RC_NOT_FOUND when there is none. Where looks are written down (a person's data), it writes
     * this one down. Called for each page, file and act.
     */
    enum rc (*name)(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err);
    const struct file_slot *slots; /* ended by one without a word; NULL: no files are kept */
    const struct input *form;      /* whose NAME_diff stands in its history: guest_edit_input; NULL: nobody's */
    const char *history;           /* under which its history is: /kantor/tamu/12/jejak; NULL: "jejak" */
    const char *files;             /* under which word of its address a file is: /kantor/tamu/12/lampiran/3; NULL: "lampiran" */
    /* Writes down that a file is taken out, before it is given. NULL: a line of the audit trail, "guest.file_get" of "guest:12/3". */
    enum rc (*look)(struct request *req, struct village_db *db, uint64_t id, struct err *err);
    /* How its history reads, each NULL: as stored. A field's word as its label, STR_NONE: not shown; a value of that field; and what needs
     * a statement more, for all lines at once: who they are, where they lead. */
    struct str (*label)(const struct request *req, struct str word);
    struct str (*value)(struct arena *arena, struct str word, const json_t *value);
    enum rc (*told)(struct request *req, struct village_db *db, uint64_t id, struct history_view *lines, struct err *err);
};

/* The three widgets, filled: the newest of the history, the files, the notes; and the way to the page where they are added. */
enum rc kept_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, struct kept_view *out,
                  struct err *err) MUST_USE;

/* Handlers and acts of the routes below; their keeper stands in the row. */
handler_fn kept_page, kept_history_page, kept_file;
act_check_fn kept_attach_check, kept_remove_check, kept_row_check;
act_fn kept_attach_act, kept_remove_act, kept_note_act;

/* An act with a file of a keeper. */
#define ACT_KEEPING(at, may, act_input, act_check, act_body, act_page, of) \
    ACT_ROW_(may, at, act_input, act_page, .act = act_body, .check = act_check, .deadline_ms = 60000, .body_limit = 6 * MIB, .keeper = of)

#define HISTORY_ROUTE(at, may, of)                                                                                \
    {                                                                                                             \
        .method = METHOD_GET, .permission = ROUTE_CHECK_(may), .path = at "/{id}/jejak", .input = kept_see_input, \
        .handler = kept_history_page, .keeper = of                                                                \
    }

/* Files and notes: their page, the whole history, a file, and three acts. */
#define KEPT_ROUTES(at, may_read, may_write, of)                                                                           \
    {.method = METHOD_GET,                                                                                                 \
     .permission = ROUTE_CHECK_(may_read),                                                                                 \
     .path = at "/{id}/lampiran",                                                                                          \
     .input = kept_see_input,                                                                                              \
     .handler = kept_page,                                                                                                 \
     .keeper = of},                                                                                                        \
        HISTORY_ROUTE(at, may_read, of),                                                                                   \
        {.method = METHOD_GET,                                                                                             \
         .permission = ROUTE_CHECK_(may_read),                                                                             \
         .path = at "/{id}/lampiran/{berkas}",                                                                             \
         .input = kept_file_input,                                                                                         \
         .handler = kept_file,                                                                                             \
         .keeper = of},                                                                                                    \
        ACT_KEEPING(at "/{id}/lampiran", may_write, kept_attach_input, kept_attach_check, kept_attach_act, kept_page, of), \
        ACT_ROW_(may_write, at "/{id}/lampiran/{berkas}/tarik", kept_remove_input, kept_page, .act = kept_remove_act,      \
                 .check = kept_remove_check, .keeper = of),                                                                \
        ACT_ROW_(may_write, at "/{id}/catatan", kept_note_input, kept_page, .act = kept_note_act, .check = kept_row_check, .keeper = of)

extern const struct feature register_feature;

#endif
