// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: the insides of a request, for the files of this room. */
#ifndef BALAI_WEB_REQUEST_H
#define BALAI_WEB_REQUEST_H

#include <stdarg.h>
#include <stdatomic.h>

#include "server/web/form.h"
#include "server/web/kiosk.h"
#include "server/web/pages.h"
#include "server/web/serve.h"
#include "server/web/web.h"

#define SESSION_COOKIE STR("__Host-balai")
#define GUEST_COOKIE STR("__Host-tamu")
#define KIOSK_COOKIE STR("__Host-anjungan")

/* One declared input with what was found for it. */
struct value {
    const struct input *decl;
    const char *name; /* decl's, or in a group "orang_2_nik" */
    bool is_sent;
    struct str typed;    /* as it came */
    struct str boxes[3]; /* of a date: hari, bulan, tahun */
    struct str text;     /* checked and tidied; STR_NONE when absent or faulty */
    uint64_t number;
    struct date date;
    struct upload upload;
    struct input_pairs pairs;
    struct options matches; /* of a pick: what the words found */
    struct upload *files;   /* of INPUT_FILES */
    size_t file_count;
    int32_t degrees[2];  /* of a place: latitude, longitude, in millionths */
    struct value *cells; /* of a group: rows × fields; NULL when none was sent */
    size_t row_count;    /* rows in which something stands, those before them included */
};

/* The checked text of a field by its name; STR_NONE when not sent, or faulty. */
struct str input_str(const struct request *req, const char *name);

struct response {
    struct arena *arena;
    int status; /* 0: 200, or 422 with faults */
    struct str type, body;
    struct str gzip; /* the body compressed, when worth it and already known */
    struct str etag; /* of a page of the cache: who has it already is told so */
    struct web_header extra[8];
    size_t extra_count;
    bool is_final; /* a respond_… was called */
    bool is_no_cache;
    bool has_own_images;
};

enum { MARK_BYTES = 16, PLACE_BYTES = 8 }; /* of csrf.c */

struct request {
    struct arena *arena;
    struct web *web;
    struct web_in in;
    enum site site;
    const struct village *village;
    enum method method;
    bool is_head;
    struct str path, query;
    struct str id;
    utc_us now;
    uint64_t began_us; /* monotonic */
    struct route_match match;

    struct cookies cookies;
    struct str session_token, guest_token; /* STR_NONE: none was sent, or it is not of our making */
    struct str kiosk_token, kiosk_owner;   /* the device's cookie; what its forms belong to */
    struct kiosk_visit kiosk;
    uint32_t frame_statements; /* of all: those for what stands around the page and is remembered for seconds, its look and the counts of
                                  the menu */
    uint32_t hashes;           /* Argon2 runs so far: the log's measure of what an answer cost */
    bool is_new_guest;         /* guest_token was made for this answer */
    bool is_foreign_post;      /* refused by csrf.c */
    uint64_t marked_for;       /* whose `marks` are made; 0: nobody's */
    unsigned char marks[MARK_BYTES + PLACE_BYTES]; /* of the account and of the page, as its forms' tokens carry them: csrf.c */
    struct str session_cookie;                     /* set-cookie value to send: sign-in and sign-out */
    struct str device_cookie;                      /* and that of a device that has signed in: sign-in */
    struct actor actor;
    struct str said_cookie; /* the sentence of an act for the page that follows (act_say), and its end when it was shown */
    const char *saying;     /* act_say, act_warn */
    bool is_warning;
    struct str handing; /* act_hand */
    bool is_noted;      /* that the session lives was written down in this request: a statement more than pages usually take */

    struct fields fields;
    struct value *values;
    size_t value_count;
    struct faults faults;
    size_t fault_room;
    bool is_changed;                    /* request_set_changed */
    utc_us wait_until;                  /* request_wait_until */
    bool is_asking;                     /* act_ask */
    struct str secret_left;             /* the word of a secret that only the act's job would take */
    bool is_hiding_changed;             /* request_hiding_changed */
    bool is_put_away;                   /* refused: the page belongs to what the village has put away */
    enum rc refused;                    /* found before the session was read: answered after, in the frame of who is signed in */
    struct str once_hash, content_hash; /* of an act's form: which sending it is, and what it says */
    void *kept;                         /* act_keep */

    struct village_db *village_db, *other_db;
    struct control_db *control_db;
    struct page_slot *slot; /* of the page cache, when this answer may be kept */

    struct response resp;
    struct web_answer answer;
};

enum { VILLAGE_PLACES = 512 };
struct house {
    struct arena *arena;
    struct str base_host, public_scheme;
    unsigned char master_key[KEY_BYTES], pepper[KEY_BYTES];
    struct directory *directory;
    struct router *router;
    struct page_memory *pages;
    struct hash_gate *gate;     /* password hashing, two at a time */
    struct limit_table *limits; /* per-address counts when Redis is away */
    _Atomic uint64_t seen_ms;   /* control was last read */
    /*
     * Counted up when a village has acted, and when what it shows and hides has changed, so that no loop goes on by what it
     * remembers. By village_place(); two villages may share one, then they ask more often.
     */
    _Atomic uint32_t acts[VILLAGE_PLACES], looks[VILLAGE_PLACES];
};
uint32_t village_place(struct str code); /* below VILLAGE_PLACES */

/* One village's heavy work on this loop; free for another when nothing of it runs or waits. See lane.c. */
struct lane {
    char party[16];
    unsigned running, waiting;
    struct wait_list line;
};
enum { LANES = 64 };

struct web {
    struct house *house;
    struct loop *loop;
    struct store *store;
    struct redis *redis;
    struct look_memory *looks;
    struct waiting_memory *waiting;
    struct wait_list hashers, readers; /* fibers in line for password hashing; for a page another fiber builds */
    struct lane lanes[LANES];
};

/* A key of this request's village or site for one purpose (≤ 8 characters). */
void request_key(const struct request *req, const char *purpose, unsigned char key_out[KEY_BYTES]);
/* "7317102003" or "kelola": what keyed hashes and tokens are bound to. */
struct str request_party(const struct request *req);

/* input.c: reads path, query and body by the route's declaration. RC_BAD_REQUEST, RC_NOT_FOUND. */
enum rc input_read(struct request *req, struct err *err) MUST_USE;
/* Collects the fields that were sent, without judging them. */
enum rc input_collect(struct request *req, struct err *err) MUST_USE;
/* input_kinds.c: checks one value and adds its fault. */
void input_check(struct request *req, struct value *value);
/* input_form.c: the same for the kinds that only generated forms have. */
void input_check_form(struct request *req, struct value *value);
/* pick.c: an id, or words to find one by, against the village's database. */
enum rc input_check_pick(struct request *req, struct value *value, struct err *err) MUST_USE;
/* group.c: where a field "orang_2_nik" of a group belongs; NULL: nowhere. *stripped_out: the field as the row's own ("nik"). */
struct value *group_place(struct request *req, struct value *group, const struct field *field, struct field *stripped_out);
enum rc group_check(struct request *req, struct value *group, struct err *err) MUST_USE;
size_t group_width(const struct input *group);
bool value_is_blank(const struct value *value);
/* input.c: one value checked, of a row or not. */
enum rc input_check_one(struct request *req, struct value *value, struct err *err) MUST_USE;
/* For both: the label in sentences; the fault of a required field that is empty; "1310450" or, as people write it, "1.310.450". */
const char *input_label(const struct value *value);
void input_missing(struct request *req, const struct value *value, const char *what);
bool input_number(struct arena *arena, struct str s, uint64_t *out);
/* Whether this field may come with the request's method. */
bool input_is_taken(const struct request *req, const struct input *decl);

/* act.c: an act that was done by an earlier sending of this form is answered as that one was. RC_CONFLICT when it said something else. */
enum rc act_answer_again(struct request *req, bool *is_answered_out, struct err *err) MUST_USE;
void request_fault_va(struct request *req, bool is_question, const char *field, const char *format, va_list args) PRINTF(4, 0);
/* The field of the form's guard or of its version, as it was sent; STR_NONE when it was not. */
struct str field_sent(const struct request *req, const char *name);

/* said.c: the cookie for the page that an act leads to; and on that page its sentence and the hour ("" of a warning), STR_NONE when there
 * is none. */
void said_send(struct request *req, struct str go_to);
struct str said_take(struct request *req, struct str *clock_out);

/* csrf.c */
/* By it a tab and a form tell accounts apart: two may have one name and one role, and the number of an account is nobody's to read. */
void account_mark(const struct request *req, uint64_t id, unsigned char mark_out[MARK_BYTES]);
/*
 * Whose page the form that was sent stood on, as hex: known by its token, which fits the session cookie that came with it, though that
 * session may have ended. `before`: the page that the browser says it comes from, or STR_NONE. "" when nobody was signed in, or the cookie
 * is another's or gone.
 */
struct str form_account(const struct request *req, struct str before);
enum rc csrf_check_origin(const struct request *req, struct err *err) MUST_USE;
enum rc csrf_check_token(const struct request *req, struct err *err) MUST_USE;

/* feature.c: whether the village has put the feature away; with may_ask false only as far as it is remembered. */
struct feature;
bool feature_is_hidden(struct request *req, const struct feature *feature, bool may_ask);

/* Whose form it is: the kiosk's visit, the session's cookie, else the guest's. */
struct str form_owner(const struct request *req);

/* kiosk.c: pages under /anjungan. */
bool request_is_kiosk(const struct request *req);
bool kiosk_is_door(enum permission permission);
enum rc kiosk_load(struct request *req, struct err *err) MUST_USE;
enum rc kiosk_check(struct request *req, bool *is_redirected_out, struct err *err) MUST_USE;

/* session.c: fills req->actor from the cookie, if there is a live session. */
enum rc session_load(struct request *req, struct err *err) MUST_USE;
/* Our own cookies out of the header; RC_BAD_REQUEST when one came twice. */
/* lane.c: this village's turn for heavy work, waited for; left when it is done. RC_BUSY when too many wait. */
enum rc lane_enter(struct request *req, struct lane **lane_out, struct err *err) MUST_USE;
void lane_leave(struct lane *lane);
/* The value of a sealed token from elsewhere than a field; STR_NONE as input_token. */
struct str token_open(const struct request *req, struct str token, const char *purpose);
enum rc session_cookies(struct request *req, struct err *err) MUST_USE;

/* errors.c: makes the answer of a failure. Never fails itself. */
void error_answer(struct request *req, const struct err *err);
/* headers.c: turns resp into answer: type, cookies, security headers, compression. */
void answer_finish(struct request *req);
/* sign_in_pages.c: the answer to a press that came after the session's end: the sign-in, with what was sent kept for who sent it. */
void sign_in_again(struct request *req);
/* 303 to the sign-in page, which comes back here. */
void redirect_to_sign_in(struct request *req);

#endif
