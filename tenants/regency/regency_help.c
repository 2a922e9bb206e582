// SPDX-License-Identifier: AGPL-3.0-or-later
/* The question the console is asked first, "which village needs help?", and a village's own page. */
#include <stdlib.h>

#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "tenants/regency/regency_rules.h"
#include "tenants/regency/regency_view.h"
#include "tenants/regency/regency_views.h"

enum { NOTES_AN_HOUR = 20, ROWS_SHOWN = 25, TAGS_SHOWN = 3 };

static struct str village_href(struct arena *arena, const struct regency_line *line)
{
    return str_fmt(arena, "/desa/%.*s", STR_ARG(line->code));
}

static struct str count(struct arena *arena, uint64_t n)
{
    return number_text(arena, (int64_t)n);
}

/* ---- which village needs help ---- */

static int heavier(const void *a, const void *b)
{
    const struct regency_need_row *x = a, *y = b;

    if (x->needs.weight != y->needs.weight)
        return x->needs.weight < y->needs.weight ? 1 : -1;
    return regency_name_order(x->name, y->name);
}

static void put_blank(struct arena *arena, const struct regency_line *line, size_t room, struct regency_home_view *v)
{
    struct regency_blanks *last = v->blanks.n > 0 ? &v->blanks.p[v->blanks.n - 1] : NULL;

    if (last == NULL || !str_eq(last->district, line->district)) {
        last = &v->blanks.p[v->blanks.n++];
        *last = (struct regency_blanks){.district = line->district, .names = {ARENA_ARRAY(arena, struct regency_name, room), 0}};
    }
    last->names.p[last->names.n++] = (struct regency_name){village_href(arena, line), line->name};
    v->blank++;
}

/* lines: by district, so that what is blank stands together. */
static void home_fill(struct arena *arena, const struct regency_lines *lines, utc_us now, struct regency_home_view *v)
{
    v->rows.p = ARENA_ARRAY(arena, struct regency_need_row, lines->n);
    v->blanks.p = ARENA_ARRAY(arena, struct regency_blanks, lines->n);
    for (size_t i = 0; i < lines->n; i++) {
        const struct regency_line *line = &lines->p[i];
        struct regency_need_row *row = &v->rows.p[v->rows.n];

        *row = (struct regency_need_row){.href = village_href(arena, line),
                                         .name = line->name,
                                         .district = line->district,
                                         .people = count(arena, line->f.men + line->f.women),
                                         .letters = count(arena, line->f.letters),
                                         .is_sample = line->is_sample,
                                         .needs = regency_needs_of(arena, line, now)};
        if (row->needs.is_blank)
            put_blank(arena, line, lines->n - i, v);
        else if (row->needs.n > 0)
            v->rows.n++;
    }
    if (v->rows.n > 1)
        qsort(v->rows.p, v->rows.n, sizeof(v->rows.p[0]), heavier);
    for (size_t i = 0; i < v->rows.n; i++) {
        struct regency_need_row *row = &v->rows.p[i];

        row->shown.p = row->needs.p;
        row->shown.n = row->needs.n < TAGS_SHOWN ? row->needs.n : TAGS_SHOWN;
        row->more = row->needs.n - row->shown.n;
    }
    v->needing = v->rows.n;
}

static struct regency_trends_view trends_of(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month,
                                            bool is_sum)
{
    struct regency_trends_view v = {.p = ARENA_ARRAY(arena, struct regency_trend, REGENCY_TRENDS)};

    v.n = regency_trends(arena, months, month, is_sum, v.p);
    return v;
}

enum rc regency_home_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct regency_needs_form got = regency_needs_got(req);
    struct buf out = {.arena = arena};
    struct overview o;

    TRY(regency_overview_read(req, got.district, got.with_samples, &o, err));
    struct regency_home_view v = {.as_of = regency_as_of(req, &o.sum),
                                  .csv_href = regency_href(arena, "/desa.csv", STR(""), o.district, o.with_samples),
                                  .stats = regency_stats(arena, &o),
                                  .has_villages = o.lines.n > 0};

    regency_sort(&o.lines, regency_sorting_from(STR("kecamatan")));
    TRY(regency_scope_fill(req, &o, "/", &v.scope, err));
    home_fill(arena, &o.lines, request_now(req), &v);
    v.trends = trends_of(arena, o.sum.months, o.month, true);
    v.is_fine = v.needing == 0 && v.blank < o.lines.n;
    if (v.needing > ROWS_SHOWN && !got.is_all) {
        struct str here = regency_href(arena, "/", STR(""), o.district, o.with_samples);

        v.rows.n = ROWS_SHOWN;
        v.all_href = str_fmt(arena, "%.*s%csemua=1", STR_ARG(here), here.n > 1 ? '&' : '?');
    }
    view_regency_home(&out, &v);
    const struct page page = {.title = STR("Desa yang perlu dibantu"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

/* ---- one village ---- */

static struct str day_or(struct arena *arena, utc_us at, utc_us now, const char *never)
{
    return at == 0 ? str_c(never) : age_text(arena, at, now);
}

static struct str subject_of(struct arena *arena, struct str code)
{
    return str_fmt(arena, "village:%.*s", STR_ARG(code));
}

enum { NOTES_SHOWN = 8 }; /* of nine that are read: one more says that there are older ones */

static enum rc notes_fill(struct request *req, struct str code, struct opt_u64 before, struct regency_village_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct regency_note_rows rows;

    TRY(sql_regency_notes(request_control_db(req), subject_of(arena, code), before, &rows, err));
    v->notes.p = ARENA_ARRAY(arena, struct regency_note_line, rows.n);
    v->notes.n = rows.n > NOTES_SHOWN ? NOTES_SHOWN : rows.n;
    v->older = rows.n > NOTES_SHOWN ? rows.p[NOTES_SHOWN - 1].id : 0;
    v->is_older = before.is_set;
    for (size_t i = 0; i < v->notes.n; i++)
        v->notes.p[i] = (struct regency_note_line){audit_note_of(arena, rows.p[i].detail),
                                                   utc_long(arena, rows.p[i].at_us, request_zone(req)), rows.p[i].actor_name};
    return RC_OK;
}

/* A line of the village that this person may see; NULL: none. */
static const struct regency_line *line_of(const struct overview *o, struct str code)
{
    for (size_t i = 0; i < o->lines.n; i++)
        if (str_eq(o->lines.p[i].code, code))
            return &o->lines.p[i];
    return NULL;
}

/* Before the transaction: whose village it is needs no lock, and all acts of the consoles queue at the end of the trail. */
enum rc regency_note_check(struct request *req, struct err *err)
{
    const struct regency_village_form form = regency_village_got(req);
    struct str fault = regency_note_fault(request_arena(req), form.note);
    struct regency_seen seen;
    bool is_seen;

    TRY(sql_regency_seen(request_control_db(req), form.code, regency_district_of(req, STR_NONE), &seen, &is_seen, err));
    if (!is_seen)
        return fail(err, RC_NOT_FOUND, "no village of this person's has the code");
    if (fault.n > 0)
        request_fault(req, REGENCY_VILLAGE_NOTE, "%.*s", STR_ARG(fault));
    return RC_OK;
}

enum rc regency_note_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct regency_village_form form = regency_village_got(req);
    struct regency_notes_lately lately;

    TRY(sql_regency_notes_lately(in_control_txn(txn), request_actor(req)->id, request_now(req) - (utc_us)3600 * US_PER_S, &lately, err));
    if (lately.n >= NOTES_AN_HOUR)
        return act_refuse(req, err, REGENCY_VILLAGE_NOTE, "Sejam terakhir Anda sudah menulis %d catatan, batasnya. Tunggu dulu.",
                          NOTES_AN_HOUR);
    struct audit row = request_audit(req, "dpmd.note", subject_of(arena, form.code));

    row.detail = audit_note(arena, form.note);
    act_say(req, "Catatan disimpan");
    *go_to_out = str_fmt(arena, "/desa/%.*s", STR_ARG(form.code));
    return control_audit_put(txn, &row, err);
}

static struct check_rows facts_of(struct arena *arena, const struct regency_line *line, utc_us now)
{
    struct check_rows facts = {ARENA_ARRAY(arena, struct check_row, 4), 0};

    facts.p[facts.n++] = (struct check_row){.label = STR("Petugas mencatat"), .value = day_or(arena, line->active_at, now, "belum pernah")};
    facts.p[facts.n++] = (struct check_row){.label = STR("Surat terakhir"), .value = day_or(arena, line->last_letter_at, now, "belum ada")};
    facts.p[facts.n++] = (struct check_row){.label = STR("Surat menunggu"), .value = count(arena, line->waiting)};
    facts.p[facts.n++] = (struct check_row){.label = STR("Akun kepala desa"), .value = line->has_approver ? STR("ada") : STR("belum ada")};
    return facts;
}

static struct stats_view village_stats(struct arena *arena, const struct regency_line *line, const struct overview *o)
{
    struct stats_view stats = {ARENA_ARRAY(arena, struct stat_item, 4), 4};
    uint64_t people = line->f.men + line->f.women;
    struct str men = count(arena, line->f.men), women = count(arena, line->f.women), none = STR("–");
    struct str mean = line->f.families > 0 ? regency_mean(arena, people, line->f.families) : STR("");

    stats.p[0] = (struct stat_item){.label = STR("Penduduk"),
                                    .value = line->has_figures ? count(arena, people) : none,
                                    .note = str_fmt(arena, "L %.*s, P %.*s", STR_ARG(men), STR_ARG(women)),
                                    .help_href = STR("/arti#penduduk")};
    stats.p[1] = (struct stat_item){.label = STR("Keluarga"),
                                    .value = line->has_figures ? count(arena, line->f.families) : none,
                                    .note = mean.n > 0 ? str_fmt(arena, "rata-rata %.*s orang", STR_ARG(mean)) : STR(""),
                                    .help_href = STR("/arti#keluarga")};
    stats.p[2] = (struct stat_item){.label = STR("Surat bulan ini"),
                                    .value = line->has_figures ? count(arena, line->f.letters) : none,
                                    .note = str_fmt(arena, "%.*s, yang berlaku", STR_ARG(o->month_label)),
                                    .help_href = STR("/arti#surat")};
    stats.p[3] = (struct stat_item){.label = STR("Data lengkap"),
                                    .value = people > 0 ? str_fmt(arena, "%" PRIu32 "%%", line->complete_pct) : none,
                                    .note = STR("NIK, KK dan tanggal lahir"),
                                    .help_href = STR("/arti#lengkap")};
    return stats;
}

/* "ke-2 dari 5"; of villages with one figure none is before another. */
static struct str place_words(struct arena *arena, const struct regency_place *p)
{
    if (p->alike == p->of)
        return STR("sama di semua desa");
    return str_fmt(arena, "%ske-%" PRIu32 " dari %" PRIu32, p->alike > 1 ? "sama-sama " : "", p->place, p->of);
}

enum rc regency_village_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str code = regency_village_got(req).code;
    const struct regency_line *line;
    struct regency_duty *duties = ARENA_ARRAY(arena, struct regency_duty, REGENCY_DUTIES);
    struct regency_needs *needs = ARENA_NEW(arena, struct regency_needs);
    struct regency_place places[REGENCY_PLACES];
    struct buf out = {.arena = arena};
    struct overview o;

    TRY(regency_overview_read(req, STR_NONE, true, &o, err));
    line = line_of(&o, code);
    if (line == NULL)
        return fail(err, RC_NOT_FOUND, "no village of this person's has the code");
    struct str dotted = regency_dotted(arena, line->code), digits = regency_phone(arena, line->phone);
    struct str age = line->is_hosted ? day_or(arena, line->computed_at, request_now(req), "belum pernah") : STR("");

    *needs = regency_needs_of(arena, line, request_now(req));
    struct crumb crumbs[] = {
        {.href = STR("/"), .label = STR("Ringkasan")},
        {.href = regency_href(arena, "/desa", STR(""), line->district_code, line->is_sample), .label = line->district},
        {.label = line->name},
    };
    struct regency_village_view v = {
        .crumbs = {crumbs, COUNT_OF(crumbs)},
        .code = line->code,
        .trends = trends_of(arena, line->months, o.month, false),
        .duties = {duties, regency_duties(arena, line->months, o.month, utc_date(request_now(req), request_zone(req)), duties)},
        .name = line->name,
        .sub = line->is_hosted
                   ? str_fmt(arena, "Kecamatan %.*s, %.*s. Angka dikirim %.*s.", STR_ARG(line->district), STR_ARG(dotted), STR_ARG(age))
                   : str_fmt(arena, "Kecamatan %.*s, %.*s.", STR_ARG(line->district), STR_ARG(dotted)),
        .note = line->state_note,
        .district_href = crumbs[1].href,
        .phone = line->phone,
        .call_href = str_empty(digits) ? STR("") : str_fmt(arena, "tel:+%.*s", STR_ARG(digits)),
        .chat_href = str_starts(digits, STR("628")) ? str_fmt(arena, "https://wa.me/%.*s", STR_ARG(digits)) : STR(""),
        .site_href = line->is_hosted ? str_replace(arena, platform_origin(req), STR("://"), str_fmt(arena, "://%.*s.", STR_ARG(line->slug)))
                                     : STR(""),
        .is_sample = line->is_sample,
        .stats = village_stats(arena, line, &o),
        .needs = {needs->p, needs->n},
        .may_note = request_may(req, MAY_NOTE_REGENCY),
        .facts = facts_of(arena, line, request_now(req)),
    };

    TRY(regency_village_fill(req, NULL, &v.form, err));
    TRY(notes_fill(req, line->code, regency_village_got(req).before, &v, err));
    v.places.n = regency_places(&o.lines, line, places);
    v.places.p = ARENA_ARRAY(arena, struct regency_place_row, REGENCY_PLACES);
    for (size_t i = 0; i < v.places.n; i++)
        v.places.p[i] = (struct regency_place_row){.label = str_c(places[i].label),
                                                   .mine = count(arena, places[i].mine),
                                                   .mean = count(arena, places[i].mean),
                                                   .place = place_words(arena, &places[i])};
    view_regency_village(&out, &v);
    const struct page page = {.title = str_fmt(arena, "Desa %.*s", STR_ARG(line->name)), .active = STR("/desa"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}
