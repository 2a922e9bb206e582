// SPDX-License-Identifier: AGPL-3.0-or-later
/* Generated from tests/unit/server/html/views/form.html. */
#ifndef BALAI_TESTS_UNIT_SERVER_HTML_VIEWS_FORM_VIEW_H
#define BALAI_TESTS_UNIT_SERVER_HTML_VIEWS_FORM_VIEW_H

#include "server/html/html.h"
#include "server/web/forms.h"
#include "tests/unit/server/html/views/form.h"

struct guest_list_form {
    struct str words;
    struct str order;
    struct str after;
    bool is_saved;
};
extern const struct input guest_list_input[];
void guest_list_read(const struct request *req, struct guest_list_form *out);
static inline struct guest_list_form guest_list_got(const struct request *req)
{
    struct guest_list_form form;

    guest_list_read(req, &form);
    return form;
}
#define GUEST_LIST_WORDS "cari"
#define GUEST_LIST_ORDER "urut"
#define GUEST_LIST_AFTER "lanjut"
#define GUEST_LIST_IS_SAVED "tersimpan"

struct guest_friends_row {
    size_t row; /* its number in the form, from 1 */
    struct str name;
    struct date born;
};
struct guest_form {
    uint64_t version;
    uint64_t id;
    bool is_saved;
    struct str name;
    struct str note;
    struct opt_u64 religion;
    struct str scope;
    struct date came_on;
    uint64_t people;
    struct opt_u64 gift;
    struct str nik;
    struct str phone;
    struct str email;
    struct str site;
    struct opt_u64 since;
    bool agrees;
    struct str way;
    struct opt_u64 marital;
    struct upload photo;
    struct str pin;
    struct input_pairs more;
    uint64_t area;
    struct date stay_from;
    struct date stay_until;
    bool reply;
    struct pick host;
    struct geo at;
    struct uploads scans;
    struct {
        struct guest_friends_row *p;
        size_t n;
    } friends;
};
extern const struct input guest_input[];
void guest_read(const struct request *req, struct guest_form *out);
static inline struct guest_form guest_got(const struct request *req)
{
    struct guest_form form;

    guest_read(req, &form);
    return form;
}
#define GUEST_VERSION "versi"
#define GUEST_IS_SAVED "tersimpan"
#define GUEST_NAME "nama"
#define GUEST_NOTE "catatan"
#define GUEST_RELIGION "agama"
#define GUEST_SCOPE "tujuan"
#define GUEST_CAME_ON "tanggal"
#define GUEST_PEOPLE "orang"
#define GUEST_GIFT "sumbangan"
#define GUEST_NIK "nik"
#define GUEST_PHONE "telepon"
#define GUEST_EMAIL "surel"
#define GUEST_SITE "situs"
#define GUEST_SINCE "sejak"
#define GUEST_AGREES "setuju"
#define GUEST_WAY "cara"
#define GUEST_MARITAL "kawin"
#define GUEST_PHOTO "foto"
#define GUEST_PIN "pin"
#define GUEST_MORE "isi_"
#define GUEST_AREA "luas"
#define GUEST_STAY_FROM "menginap_dari"
#define GUEST_STAY_UNTIL "menginap_sampai"
#define GUEST_REPLY "balas"
#define GUEST_HOST "tuan"
#define GUEST_AT "letak"
#define GUEST_SCANS "pindaian"
#define GUEST_FRIENDS "teman"
#define GUEST_FRIENDS_NAME "nama"
#define GUEST_FRIENDS_BORN "lahir"
enum { GUEST_AT_VERSION, GUEST_AT_ID, GUEST_AT_IS_SAVED, GUEST_AT_NAME, GUEST_AT_NOTE, GUEST_AT_RELIGION, GUEST_AT_SCOPE, GUEST_AT_CAME_ON, GUEST_AT_PEOPLE, GUEST_AT_GIFT, GUEST_AT_NIK, GUEST_AT_PHONE, GUEST_AT_EMAIL, GUEST_AT_SITE, GUEST_AT_SINCE, GUEST_AT_AGREES, GUEST_AT_WAY, GUEST_AT_MARITAL, GUEST_AT_PHOTO, GUEST_AT_PIN, GUEST_AT_MORE, GUEST_AT_AREA, GUEST_AT_STAY_FROM, GUEST_AT_STAY_UNTIL, GUEST_AT_REPLY, GUEST_AT_HOST, GUEST_AT_AT, GUEST_AT_SCANS, GUEST_AT_FRIENDS };
/* The boxes: with what was typed once the form was sent, else with *stored (NULL: empty ones). */
enum rc guest_fill(struct request *req, const struct guest_form *stored, struct form *out, struct err *err) MUST_USE;
void guest_both(struct arena *arena, const struct guest_form *mine, const struct guest_form *theirs, struct both_view *out);
struct str guest_diff(struct arena *arena, const struct guest_form *before, const struct guest_form *after);

void view_guest(struct buf *out, const struct guest_view *v);

#endif
