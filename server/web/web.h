// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The door every feature's pages stand behind: route rows, the request with
 * its checked input, the answer. A handler is a straight line from input to
 * answer, running in a fiber with a deadline.
 *
 *   enum rc list_page(struct request *req, struct response *resp, struct err *err);
 *
 * Before a handler runs, web has: found the site and village from the Host,
 * matched the route, checked the session and the route's permission, for POST
 * checked Sec-Fetch-Site/Origin and the CSRF token, and read the declared
 * input. There is no switch to leave any of this out. An rc other than RC_OK
 * becomes the matching page of the table in err.h, in Indonesian, with the
 * request's number on it.
 *
 * A handler that needs the village's data includes server/web/village.h; rooms
 * that must not (tenants/regency) do not compile with it.
 */
#ifndef BALAI_WEB_H
#define BALAI_WEB_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/html/html.h"
#include "server/html/widgets.h"
#include "server/store/store.h"
#include "server/web/permission.h"
#include "tenants/directory/directory.h"

struct request;
struct response;

/* ---- routes ---- */

typedef enum rc handler_fn(struct request *req, struct response *resp, struct err *err);
/* The parts of an act: see act.h. */
typedef enum rc act_fn(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err);
typedef enum rc console_act_fn(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err);
typedef enum rc act_check_fn(struct request *req, struct err *err);
struct input;
struct keeper;
struct list;

enum method { METHOD_GET = 1, METHOD_POST };

struct route {
    enum method method;
    enum permission permission;
    const char *path; /* "/kantor/surat/{id}": a {name} is one path segment */
    const struct input *input;
    handler_fn *handler;
    uint32_t deadline_ms; /* 0: 10,000 */
    uint32_t body_limit;  /* bytes; 0: 256 KiB */
    bool is_watch;        /* asked again and again by a page nobody may be looking at: keeps no session alive */
    /* Of an act only; its handler is web's own. */
    act_fn *act;
    console_act_fn *console_act;
    act_check_fn *check;
    handler_fn *page;
    bool is_noting;              /* done in a read-only village, too */
    const struct keeper *keeper; /* whose files and notes: server/register/kept.h; NULL elsewhere */
    const struct list *list;     /* of LIST_ROUTES: server/register/list.h */
};

/* A permission left out or zero makes an array of negative size. */
#define ROUTE_CHECK_(perm) (enum permission)((perm) + 0 * sizeof(char[(perm) > 0 ? 1 : -1]))
#define ROUTE(method_word, route_path, may, route_input, route_handler)                                            \
    {                                                                                                              \
        .method = METHOD_##method_word, .permission = ROUTE_CHECK_(may), .path = route_path, .input = route_input, \
        .handler = route_handler                                                                                   \
    }
#define ROUTE_WATCH(method_word, route_path, may, route_input, route_handler)                                      \
    {                                                                                                              \
        .method = METHOD_##method_word, .permission = ROUTE_CHECK_(may), .path = route_path, .input = route_input, \
        .handler = route_handler, .is_watch = true                                                                 \
    }
/* A route that takes a file or waits for work: its own body limit and deadline. */
#define ROUTE_LARGE(method_word, route_path, may, route_input, route_handler, route_deadline_ms, route_body_limit) \
    {                                                                                                              \
        .method = METHOD_##method_word, .permission = ROUTE_CHECK_(may), .path = route_path, .input = route_input, \
        .handler = route_handler, .deadline_ms = route_deadline_ms, .body_limit = route_body_limit                 \
    }
/*
 * A POST that changes something: act.h says what web does before and after the body. `page` is the handler that shows the form again
 * when something is to be mended, NULL for a button without a form.
 */
#define ACT_ROW_(may, act_path, act_input, act_page, ...)                                                                     \
    {                                                                                                                         \
        .method = METHOD_POST, .permission = ROUTE_CHECK_(may), .path = act_path, .input = act_input, .handler = act_handler, \
        .page = act_page, __VA_ARGS__                                                                                         \
    }
#define ACT(act_path, may, act_input, act_body, act_page) ACT_ROW_(may, act_path, act_input, act_page, .act = act_body)
/* With a check before the transaction. */
#define ACT_CHECKED(act_path, may, act_input, act_check, act_body, act_page) \
    ACT_ROW_(may, act_path, act_input, act_page, .act = act_body, .check = act_check)
/* One that only writes down that something is taken out: in a read-only village, too. */
#define ACT_NOTING(act_path, may, act_input, act_check, act_body, act_page) \
    ACT_ROW_(may, act_path, act_input, act_page, .act = act_body, .check = act_check, .is_noting = true)
/* With a file: a check, its own deadline and body limit. */
#define ACT_LARGE(act_path, may, act_input, act_check, act_body, act_page, act_deadline_ms, act_body_limit)           \
    ACT_ROW_(may, act_path, act_input, act_page, .act = act_body, .check = act_check, .deadline_ms = act_deadline_ms, \
             .body_limit = act_body_limit)
/* An act of the platform's own consoles, in the control schema. */
#define CONSOLE_ACT(act_path, may, act_input, act_check, act_body, act_page) \
    ACT_ROW_(may, act_path, act_input, act_page, .console_act = act_body, .check = act_check)
#define CONSOLE_ACT_LARGE(act_path, may, act_input, act_check, act_body, act_page, act_deadline_ms, act_body_limit)           \
    ACT_ROW_(may, act_path, act_input, act_page, .console_act = act_body, .check = act_check, .deadline_ms = act_deadline_ms, \
             .body_limit = act_body_limit)
#define ROUTES_END   \
    {                \
        .path = NULL \
    }

handler_fn act_handler; /* for the macros above only */

/* ---- declared input ---- */

enum input_kind {
    INPUT_END_KIND,
    INPUT_PATH_U64,  /* {id} of the path, > 0 */
    INPUT_PATH_WORD, /* {slug}: [a-z0-9-]{1,200} (letters of either case and _ too: tokens) */
    INPUT_TEXT,      /* one line, tidied */
    INPUT_LINES,     /* several lines, tidied */
    INPUT_SECRET,    /* as typed: passwords */
    INPUT_U64,
    INPUT_DIGITS, /* digits with spaces, dots, dashes forgiven: NIK, KK; min/max count digits */
    INPUT_DATE,   /* three boxes NAME_hari, NAME_bulan, NAME_tahun, or one NAME in a form date_parse reads */
    INPUT_CHOICE, /* one of `choices`, "a|b|c" */
    INPUT_OPTION, /* the same, of numbers: "1|2|3" */
    INPUT_FLAG,   /* present and not "0": yes */
    INPUT_TOKEN,  /* sealed by token_seal, opened with input_token */
    INPUT_FILE,   /* multipart part */
    INPUT_PREFIX, /* every field whose name starts with `name`: input_prefixed */
    INPUT_MONEY,  /* whole rupiah: "Rp 1.500.000", dots and Rp forgiven */
    INPUT_PHONE,  /* digits with + ( ) and blanks forgiven */
    INPUT_EMAIL,
    INPUT_WEB,  /* https:// or http://; a bare "desa.id" becomes https */
    INPUT_CODE, /* a number of `source`'s list */
    INPUT_YEAR,
    INPUT_DECIMAL, /* "1.234,5", kept as a whole number of its last place; `list` places */
    INPUT_TIME,    /* "08.30" or "8:30": minutes of the day */
    INPUT_MONTH,   /* two boxes NAME_bulan, NAME_tahun, or one NAME "2026-11" */
    INPUT_PICK,    /* an id of `pick`; NAME_cari: words to find it by */
    INPUT_FILES,   /* several parts of one name; `list` at most */
    INPUT_PICTURE, /* a JPEG or PNG */
    INPUT_GEO,     /* "-3.610123, 120.351234": a place in Indonesia */
    INPUT_GROUP    /* rows of fields: NAME_1_x, NAME_2_x …; min and max rows of `group` */
};

/* When a field may come: a form's boxes only when it is sent, so that its page and its act share one table. */
enum input_take { TAKE_ALWAYS, TAKE_POST, TAKE_GET };
struct input_source;
struct pick_source;

struct input {
    enum input_kind kind;
    const char *name;
    const char *label; /* for people: "Nama usaha"; begins the fault's sentence */
    bool is_required;
    uint32_t min, max; /* code points, digits, or value; 0: none, except max of texts: 0 = 200 */
    const char *choices;
    /* What generated tables (server/html/README.md, "Forms") say besides. */
    const char *labels; /* of `choices`, for people: "A|B|C" */
    enum input_take take;
    bool is_hidden;                                           /* sent by the page, typed by nobody */
    bool is_shown;                                            /* stands in what NAME_both and NAME_diff give */
    const struct input_source *source;                        /* whose list a code or an id is of */
    uint32_t list;                                            /* which of its lists; decimal places; files at most */
    const struct pick_source *pick;                           /* whose rows an id is of */
    const struct input *group;                                /* the fields of one row */
    uint32_t past_years;                                      /* a date of the village's calendar: not to come, and not more years ago */
    bool is_until;                                            /* not before the date of the row above */
    const char *purpose;                                      /* of a token */
    bool (*may)(const struct request *req, struct str value); /* which choices this person has; NULL: all */
};
#define PATH_ID(input_name)                                             \
    {                                                                   \
        .kind = INPUT_PATH_U64, .name = input_name, .is_required = true \
    }
#define PATH_WORD(input_name)                                            \
    {                                                                    \
        .kind = INPUT_PATH_WORD, .name = input_name, .is_required = true \
    }
#define FIELD(input_kind, input_name, input_label, required, at_least, at_most)                                                        \
    {                                                                                                                                  \
        .kind = INPUT_##input_kind, .name = input_name, .label = input_label, .is_required = required, .min = at_least, .max = at_most \
    }
#define CHOICE(input_name, input_label, required, input_choices)                                                          \
    {                                                                                                                     \
        .kind = INPUT_CHOICE, .name = input_name, .label = input_label, .is_required = required, .choices = input_choices \
    }
#define INPUT_END              \
    {                          \
        .kind = INPUT_END_KIND \
    }

/* What came is asked by member of a generated form (forms.h), where a misspelled one does not compile. */
struct upload {
    struct str filename; /* as sent, for showing only */
    struct str bytes;
};

struct input_pair {
    struct str name, value; /* name without the prefix; value tidied, ≤ max code points */
};
struct input_pairs {
    struct input_pair *p;
    size_t n;
};
/* For lists (server/register), whose fields stand in tables of their own. */
struct input_pairs input_prefixed(const struct request *req, const char *prefix);

/* Faults (struct faults, widgets.h) found in input, or added by the handler's own rules. A form page shows them all at once. */
const struct faults *request_faults(const struct request *req);
void request_fault(struct request *req, const char *field, const char *format, ...) PRINTF(3, 4);
/* What may be right and is rarely: not taken as it is either, but asked, by a tick or another answer; the summary calls it no fault. */
void request_ask(struct request *req, const char *field, const char *format, ...) PRINTF(3, 4);
/* The fault is one of time: the page answers 429 and says from when it may be tried again. */
void request_wait_until(struct request *req, utc_us at);
/* The words of one field's fault, or STR_NONE. */
struct str request_fault_of(const struct request *req, const char *field);

/* ---- the request ---- */

struct arena *request_arena(const struct request *req);
utc_us request_now(const struct request *req);
/* Of the village; on the consoles that of the regency, as its first village has it. */
enum zone request_zone(const struct request *req);
struct date request_today(const struct request *req); /* of the village's calendar; not outside SITE_VILLAGE */
struct str request_path(const struct request *req);
const struct route *request_route(const struct request *req);     /* the row it came by */
struct str request_id(const struct request *req);                 /* also shown to people as the report number */
const struct village *request_village(const struct request *req); /* NULL outside SITE_VILLAGE */
struct directory *request_directory(const struct request *req);
/* https?://host of this request's site, from the directory row and configuration, never from the request. */
struct str request_origin(const struct request *req);
/* https?://BASE, for QR links. */
struct str platform_origin(const struct request *req);
struct control_db *request_control_db(struct request *req);

struct actor {
    uint64_t id;                 /* 0: nobody is signed in */
    uint64_t may;                /* permissions, as bits: PERMISSION(name) */
    struct str role, role_label; /* "secretary", "Sekretaris desa" */
    struct str name, username;
    uint64_t session;
    struct str unit_code; /* consoles: the district or regency the account sees; STR_NONE all */
};
const struct actor *request_actor(const struct request *req);
bool request_may(const struct request *req, enum permission permission);
/* True for a POST: a form was sent. */
bool request_is_sent(const struct request *req);
/* True when htmx asks for a part of the page. */
bool request_is_part(const struct request *req);

/* Hidden fields every form carries: {{> guard guard}} with a member of struct form_guard (widgets.h). */
struct form_guard request_form_guard(struct request *req);

/* ---- tokens in links: sealed, bound to village (or site), purpose and expiry ---- */

struct str token_seal(struct request *req, const char *purpose, struct str value, uint32_t valid_s);
/* The value of an INPUT_TOKEN field; STR_NONE when missing, foreign, changed or expired. */
struct str input_token(struct request *req, const char *name, const char *purpose);

/*
 * fiber_offload for what a request asks of the thread pool that all villages share: drawing, sheets, passwords. One at a time a
 * village and loop, the next wait in line; RC_BUSY when the line is full, so that a village in a flood is told so and the others
 * go on.
 */
enum rc request_offload(struct request *req, void (*work)(void *arg), void *arg, struct err *err) MUST_USE;

/* A secret for one job of this village's, left as workers/queue/secret.h says, under the village's key of `purpose` (≤ 8 characters). */
enum rc request_secret_leave(struct request *req, const char *purpose, struct str secret, struct str *word_out, struct err *err) MUST_USE;

/* ---- the answer ---- */

/* Puts body into the shell of the request's site: navigation, who is signed in, DATA CONTOH. `active` is the nav item's address ("" none).
 */
struct page {
    struct str title;  /* without the village's name; never a person's name or NIK */
    struct str active; /* "/kantor/surat" */
    struct html body;
    bool is_bare;           /* header and footer only: sign-in, set-up */
    bool has_calls;         /* it shows the kiosk's calls itself: no bar of them above it */
    struct str description; /* public pages: meta description and share card */
};
enum rc respond_page(struct request *req, struct response *resp, const struct page *page, struct err *err) MUST_USE;
/* A bare fragment for htmx. */
enum rc respond_part(struct response *resp, struct html body) MUST_USE;
/* 303 to a path of this site (must start with one '/'). */
enum rc respond_redirect(struct response *resp, struct str path) MUST_USE;
/* 303 to the same of the platform's host, for what only that host answers. */
enum rc respond_to_platform(struct request *req, struct response *resp, struct str path) MUST_USE;
/* Bytes with a type; filename (ASCII made safe) gives Content-Disposition attachment, STR_NONE inline. */
enum rc respond_bytes(struct response *resp, struct str type, struct str bytes, struct str filename) MUST_USE;
void response_status(struct response *resp, int status); /* 422 for a form with faults: respond_page sets it when faults exist */
void response_header(struct response *resp, const char *name, struct str value);
/* The page shows pictures that stand in it or that its script made (data:, blob:), as a preview that no address has. Of the office only. */
void response_own_images(struct response *resp);
/* Anonymous GET pages of MAY_VISIT routes are cached by village epoch unless this is said; all others never are. */
void response_no_cache(struct response *resp);

#endif
