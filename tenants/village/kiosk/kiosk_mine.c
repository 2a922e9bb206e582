// SPDX-License-Identifier: AGPL-3.0-or-later
/* "Surat saya": what the resident who stands here was given, and of each type the newest valid one printed: also what was approved later.
 */
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "server/web/kiosk_rows_sql.h"
#include "tenants/village/kiosk/kiosk_letter_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

static struct str words_of(struct request *req, const struct self_letter *letter)
{
    struct arena *arena = request_arena(req);
    struct str day = date_long(arena, utc_date(letter->at, request_village(req)->zone));

    switch (letter->state) {
    case LETTER_ISSUED:
        return str_fmt(arena, letter->is_printable ? "Terbit %.*s" : "Terbit %.*s, sudah lewat masa berlakunya", STR_ARG(day));
    case LETTER_VOIDED:
        return str_fmt(arena, "Terbit %.*s, sudah dicabut", STR_ARG(day));
    case LETTER_RETURNED:
        return str_fmt(arena, "Diminta %.*s, sedang diperbaiki petugas", STR_ARG(day));
    default:
        return str_fmt(arena, "Diminta %.*s, menunggu kepala desa", STR_ARG(day));
    }
}

/* A newer one of the same type may be printed. */
static bool is_outdated(const struct kiosk_mine_view *v, size_t before, struct str name)
{
    for (size_t i = 0; i < before; i++)
        if (v->letters.p[i].may_print && str_eq(v->letters.p[i].name, name))
            return true;
    return false;
}

enum rc kiosk_mine_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct date today = request_today(req);
    struct kiosk_mine_view v = {.guard = request_form_guard(req), .foot = {.back_href = STR("/anjungan/layanan")}};
    struct buf out = {.arena = arena};
    struct self_letters letters;
    struct village_db *db;
    bool is_first = true;

    TRY(request_village_db(req, &db, err));
    TRY(letter_self_recent(db, request_kiosk(req)->resident_id, today, &letters, err));
    v.letters.p = ARENA_ARRAY(arena, struct kiosk_mine_line, letters.n);
    v.letters.n = letters.n;
    for (size_t i = 0; i < letters.n; i++) {
        const struct self_letter *l = &letters.p[i];

        v.letters.p[i] = (struct kiosk_mine_line){l->id, l->name, words_of(req, l), l->is_printable && !is_outdated(&v, i, l->name),
                                                  is_first};
        is_first = is_first && !v.letters.p[i].may_print;
    }
    view_kiosk_mine(&out, &v);
    return kiosk_respond(req, resp, STR("Surat saya"), html_view(&out), err);
}

/* The letter becomes the visit's, so that its pages are shown as those of a new one are. */
enum rc kiosk_again_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct letter_actor by = kiosk_actor(req);
    uint64_t id = kiosk_one_got(req).id;
    struct kiosk_visit_row now;
    bool found;

    TRY(sql_kiosk_visit_lock(txn, visit->device_id, &now, &found, err));
    *go_to_out = STR("/anjungan");
    if (!found || !now.resident_id.is_set || now.resident_id.value != visit->resident_id) /* somebody else's by now */
        return RC_OK;
    TRY(letter_self_reprint(txn, id, visit->resident_id, &by, err));
    *go_to_out = STR("/anjungan/surat?cetak=1");
    return sql_kiosk_visit_letter(txn, visit->device_id, id, by.now, NULL, err);
}
