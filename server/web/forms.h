// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What generated forms stand on (server/html/README.md, "Forms"). A room writes
 * {{!form NAME : struct NAME_view, "header.h"}} and gets struct NAME_form,
 * NAME_input[], NAME_read, NAME_fill, NAME_both and NAME_diff; its view struct
 * has a member `form` of struct form. The functions below the line are called
 * by that generated code only: they take a field by its row of the table, so
 * that a field which does not exist does not compile.
 *
 *   struct guest_edit_view v = {…};
 *   TRY(guest_edit_fill(req, &stored, &v.form, err));
 *   view_guest_edit(&body, &v);
 *
 * A form was sent when the request is its act's: then its boxes show what was
 * typed, with the faults; on every other request what is stored.
 */
#ifndef BALAI_WEB_FORMS_H
#define BALAI_WEB_FORMS_H

#include "server/web/web.h"

/* One row of another table, by its id; label: as people know it. Verified in the village's own database when it was sent. */
struct pick {
    uint64_t id;
    struct str label;
};
/* A place on the map, in millionths of a degree. */
struct geo {
    bool is_set;
    int32_t lat, lon;
};
struct uploads {
    const struct upload *p;
    size_t n;
};

/* One box as its view shows it. */
struct form_box {
    struct str name;     /* in a group "orang_2_nik" */
    struct str value;    /* typed, else stored; never of a password or a file */
    struct str parts[3]; /* of a date: hari, bulan, tahun */
    struct str fault;
    struct options options;
    bool is_on;
    struct str words; /* typed into a pick's search */
    struct form_row {
        struct form_box *p;
        bool is_spare; /* nothing stands in it: folded away until it is wanted */
    } * rows;          /* of a group */
    size_t row_count;
};

/* A form as its view shows it. */
struct form {
    struct form_guard guard;
    struct faults faults;  /* of this form, once it was sent: {{> error_summary form.faults}} */
    struct both_view both; /* with {{version}}, after a 409: {{> both form.both}}; changed_by is the page's to say */
    bool is_sent;
    bool is_changed; /* what it began with has another version by now: request_set_changed */
    struct form_box *p;
    size_t n;
};

/* True when this request sent the form with this table (a POST to a row with NAME_input; for a form of GET, any request to it). */
bool form_is_sent(const struct request *req, const struct input *input);

/* Says that the row behind the form has another version than was seen: the page that follows is a 409 and shows both. */
void request_set_changed(struct request *req);
bool request_is_changed(const struct request *req);

/* What a field of that name, as NAME_diff keeps it, is called to people; STR_NONE: the table has none. */
struct str form_label(const struct input *input, struct str name);

/* Lists that fields choose from: the codes of the registry and the like. Pure; any thread. */
struct input_source {
    /* Empty when there is no such code. */
    struct str (*label)(uint32_t list, uint32_t code);
    /* The i-th code of the list, in its official order; false after the last. */
    bool (*at)(uint32_t list, size_t i, uint32_t *code_out, struct str *label_out);
};

/*
 * Everything that was sent, for a page that asks to check it and sends it on: all but the guard, empty ones, files, and the names of
 * `but` (NULL-ended; one that ends in '_' stands for all names that begin so).
 */
struct carrieds form_carried(const struct request *req, const char *const *but);
/* The value of the pair whose name is this number; "" when it was not sent. */
struct str pair_of_id(struct input_pairs pairs, uint64_t id);

/*
 * Rows that fields choose by id: residents, families, areas, officials. What is
 * sent is looked for in the request's own village; an id nobody there has, or
 * whose row this person may not see, is found by nobody.
 */
struct pick_source {
    bool is_search; /* too many for a select: a search box, then the matches to choose from */
    /* All of them, or, of a search, those that `words` find, at most PICK_MOST. */
    enum rc (*list)(struct request *req, struct str words, struct options *out, struct err *err);
    /* label_out: STR_NONE when there is none. */
    enum rc (*find)(struct request *req, uint64_t id, struct str *label_out, struct err *err);
};
enum { PICK_MOST = 8 };

/* Values as people read them: on a room's pages, side by side, in the history. "" for what is not set. */
struct str form_show_opt(struct arena *arena, struct opt_u64 number);
struct str form_show_money(struct arena *arena, struct opt_u64 rupiah);
struct str form_show_flag(bool is_on);
/* Of a field {{option …}}: &guest_edit_input[GUEST_EDIT_AT_SATISFACTION]. */
struct str form_show_option(const struct input *field, struct opt_u64 number);
struct str form_show_time(struct arena *arena, struct opt_u64 minutes);
struct str form_show_month(struct arena *arena, struct date month);
struct str form_show_geo(struct arena *arena, struct geo geo);

/* ---- called by generated code ---- */

struct value; /* what was found for one field; NULL when the request's route does not have it */
const struct value *form_value(const struct request *req, const struct input *field);

struct str value_str(const struct value *value); /* "" when empty or faulty */
uint64_t value_u64(const struct value *value);
struct opt_u64 value_opt_u64(const struct value *value);
bool value_flag(const struct value *value);
struct date value_date(const struct value *value);
struct upload value_upload(const struct value *value); /* bytes.p == NULL: none was sent */
struct input_pairs value_pairs(const struct value *value);
struct pick value_pick(const struct value *value);
struct uploads value_uploads(const struct value *value);
struct geo value_geo(const struct value *value);
size_t value_rows(const struct value *group);
const struct value *value_cell(const struct value *group, size_t row, size_t field);
bool value_row_is_blank(const struct value *group, size_t row);
/* What a sealed token holds; STR_NONE when missing, foreign, changed or expired. */
struct str value_token(const struct request *req, const struct value *value);

/* Makes the boxes; once the form was sent, with what was typed and the faults. has_guard: it posts. */
void form_begin(struct request *req, const struct input *input, size_t n, bool has_guard, struct form *out);
/* Stored values, for a form that was not sent. */
void form_put_u64(struct arena *arena, struct form_box *box, uint64_t number); /* 0: an empty box */
void form_put_opt_u64(struct arena *arena, struct form_box *box, struct opt_u64 number);
void form_put_money(struct arena *arena, struct form_box *box, struct opt_u64 rupiah);
void form_put_date(struct arena *arena, struct form_box *box, struct date date);
void form_put_decimal(struct arena *arena, struct form_box *box, struct opt_u64 number, uint32_t places);
void form_put_time(struct arena *arena, struct form_box *box, struct opt_u64 minutes);
void form_put_pick(struct arena *arena, struct form_box *box, struct pick pick);
void form_put_geo(struct arena *arena, struct form_box *box, struct geo geo);
/* Rows for a group that was not sent: n stored ones and the spare ones; the boxes of the i-th row are box->rows[i].p. */
void form_put_rows(struct request *req, const struct input *field, struct form_box *box, size_t n);
/* The choices of fields that have some, with the box's value selected. */
enum rc form_end(struct request *req, const struct input *input, struct form *out, struct err *err) MUST_USE;

/* Those that stand in the field itself. Without a request: whoever asks may have them all. */
struct options form_options(struct arena *arena, const struct request *req, const struct input *field, struct str selected);

/* Values of a field with choices, a code list or decimal places, as people read them. */
struct str form_show_choice(const struct input *field, struct str value);
struct str form_show_code(const struct input *field, uint64_t code);
struct str form_show_decimal(struct arena *arena, const struct input *field, struct opt_u64 number, struct str unit);
/* One row of a group: its values, those that are empty left out, with commas; rows are joined with semicolons. */
void form_show_row(struct buf *out, const struct str *shown, size_t n);

/* Of n fields the shown ones: all rows, each with whether it differs. */
void form_both(struct arena *arena, const struct input *input, size_t n, const struct str *mine, const struct str *theirs,
               struct both_view *out);
/* {"nama":["Andi","Andi Batari"]}: those that differ, by name; "{}" when none does. */
struct str form_diff(struct arena *arena, const struct input *input, size_t n, const struct str *before, const struct str *after);
/* Of NAME_diff, and of others that write their differences so: there is none. */
static inline bool diff_is_empty(struct str diff)
{
    return str_is(diff, "{}");
}

#endif
