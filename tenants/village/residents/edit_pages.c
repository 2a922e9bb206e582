// SPDX-License-Identifier: AGPL-3.0-or-later
/* Ubah data warga: the form, and saving it under the registry's lock against the version that was seen. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/residents/ages.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/change_sql.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/edit_sql.h"
#include "tenants/village/residents/edit_view.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/nik_sql.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/residents_rows.h"
#include "server/web/feature.h"

/* What the check made, and what the body found. */
struct edit {
    struct request *req;
    struct resident_edit_form form;
    uint32_t version;
    struct resident_row stored; /* as the form was made from, or as it was when it came back */
    struct resident_row mine;
    struct resident_now now; /* under the lock */
    uint64_t nik_owner, card_owner;
    bool is_out;     /* of the books: given back, not changed */
    bool is_doubted; /* asked about, and kept knowingly with a tick */
    bool is_asked;   /* the page to check comes first */
    struct edit_beside beside;
};

/* ---- the form ---- */

static struct str resident_href(struct request *req, uint64_t id, const char *tail)
{
    return id != 0 ? str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", id, tail) : STR("");
}

static enum rc load(struct request *req, struct village_db **db_out, struct edit **out, struct err *err)
{
    struct edit *edit = *out = ARENA_NEW(request_arena(req), struct edit);
    struct resident_full full;

    *edit = (struct edit){.req = req, .form = resident_edit_got(req)};
    TRY(request_village_db(req, db_out, err));
    TRY(sql_resident_get(*db_out, edit->form.id, &full, err));
    edit->version = full.version;
    edit->is_out = full.out_why.is_set;
    resident_row_of(&full, &edit->stored);
    return RC_OK;
}

/* What will be saved, and who else it is about. */
static void put_check(const struct edit *from, struct edit_view *v)
{
    struct arena *arena = request_arena(from->req);
    const struct edit_beside *b = &from->beside;
    const bool is_sent = str_is(from->form.step, "simpan");

    v->facts.p = ARENA_ARRAY(arena, struct check_row, edit_columns_n);
    for (size_t i = 0; i < edit_columns_n; i++) {
        const enum resident_column c = edit_columns[i].column;

        if (!row_same(&from->stored, &from->mine, c))
            v->facts.p[v->facts.n++] = (struct check_row){.label = str_c(edit_columns[i].label),
                                                          .value = str_fmt(arena, "%.*s, semula %.*s",
                                                                           STR_ARG(column_words(arena, c, &from->mine)),
                                                                           STR_ARG(column_words(arena, c, &from->stored)))};
    }
    v->spouses = edit_spouse_boxes(arena, RESIDENT_EDIT_SPOUSES, b, &from->mine, is_sent ? &from->form.spouses : NULL);
    v->follow = (struct check_view){.name = STR(RESIDENT_EDIT_IS_FOLLOWED),
                                    .label = edit_children_label(arena, b),
                                    .hint = STR("Di data mereka namanya masih tertulis seperti semula."),
                                    .is_checked = !is_sent || from->form.is_followed};
    if (b->living != NULL) {
        v->living = text_name(arena, b->living->name);
        v->living_href = resident_href(from->req, b->living->id, "/kematian");
    }
    v->carried = form_carried(from->req, (const char *const[]){RESIDENT_EDIT_STEP, RESIDENT_EDIT_SPOUSES, RESIDENT_EDIT_IS_FOLLOWED, NULL});
}

enum rc edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct edit *edit = act_kept(req);
    struct buf body = {.arena = arena};
    struct village_db *db;

    if (edit == NULL)
        TRY(load(req, &db, &edit, err));
    if (edit->is_out) /* its page says so, and how it comes back */
        return respond_redirect(resp, resident_href(req, edit->form.id, ""));
    TRY(request_village_db(req, &db, err));
    TRY(resident_look(req, db, edit->form.id, "edit", err)); /* after a refusal, too: the page shows what stands, not only what was typed */
    if (request_is_changed(req))
        return edit_conflict_respond(req, resp, &edit->now, &edit->mine, err);
    const struct resident_edit_form stored = {.version = edit->version};
    struct edit_view v = {.href = resident_href(req, edit->form.id, ""),
                          .part = edit->form.part.value,
                          .name = text_name(arena, edit->stored.name),
                          .is_doubted = edit->is_doubted || edit->form.is_compared,
                          .owner_href = resident_href(req, edit->nik_owner, ""),
                          .other_href = resident_href(req, edit->card_owner, "")};
    TRY(resident_edit_fill(req, &stored, &v.form, err));
    if (edit->is_asked && request_faults(req)->n == 0) {
        put_check(edit, &v);
        view_edit_check(&body, &v);
    } else {
        TRY(edit_groups(req, &edit->form, &edit->stored, &v, err));
        view_resident_edit(&body, &v);
    }
    const struct page page = {.title = STR("Ubah data warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- saving ---- */

/* "Laporan warga: ibu kandung datang sendiri"; a choice alone says enough unless it is "Lainnya". */
static struct str reason_words(const struct edit *edit)
{
    struct str words = edit->form.words, label = form_show_choice(&resident_edit_input[RESIDENT_EDIT_AT_REASON], edit->form.reason);

    if (str_is(edit->form.reason, "lainnya") || str_empty(words))
        return str_is(edit->form.reason, "lainnya") ? words : label;
    return str_fmt(request_arena(edit->req), "%.*s: %.*s", STR_ARG(label), STR_ARG(words));
}

/* The form's values over the person as they now are; where a choice says so, what is stored stays. */
static struct resident_row merged(const struct edit *edit)
{
    struct resident_row after = edit->now.row;
    struct input_pairs chosen = edit->form.chosen;

    for (size_t i = 0; i < edit_columns_n; i++)
        row_copy(&after, &edit->mine, edit_columns[i].column);
    for (size_t i = 0; i < chosen.n; i++)
        for (size_t k = 0; k < edit_columns_n; k++)
            if (str_is(chosen.p[i].name, column_rules[edit_columns[k].column].heading) && str_is(chosen.p[i].value, "tersimpan"))
                row_copy(&after, &edit->now.row, edit_columns[k].column);
    return after;
}

/* A NIK and a card belong to one person. */
static enum rc check_owners(struct txn *txn, struct edit *edit, const struct resident_row *after, struct err *err)
{
    struct arena *arena = request_arena(edit->req);
    struct resident_id nik;
    struct card_owner card;
    bool found;

    edit->nik_owner = edit->card_owner = 0;
    TRY(sql_resident_id_of_nik(in_txn(txn), after->nik, &nik, &found, err));
    if (found && nik.id != edit->form.id && nik.basic_status != STATUS_NOT_VALID)
        edit->nik_owner = nik.id;
    if (!str_empty(after->card_tag)) {
        TRY(sql_resident_of_card(in_txn(txn), after->card_tag, &card, &found, err));
        if (found && card.id != edit->form.id)
            edit->card_owner = card.id;
    }
    if (edit->nik_owner != 0)
        request_fault(edit->req, edit_field(arena, COLUMN_NIK), "NIK ini sudah tercatat untuk warga lain di desa ini.");
    if (edit->card_owner != 0)
        request_fault(edit->req, edit_field(arena, COLUMN_CARD_TAG), "Kartu ini sudah terdaftar atas nama warga lain.");
    return request_faults(edit->req)->n == 0 ? RC_OK : fail(err, RC_INVALID, "the NIK or card belongs to another resident");
}

/* How many children's rows follow: by NIK always, by name alone where it was asked. */
static enum rc say_followed(struct txn *txn, struct request *req, const struct edit *edit, const struct resident_row *after,
                            struct err *err)
{
    const struct resident_row *now = &edit->now.row;
    const bool has_nik = !row_same(now, after, COLUMN_NIK);
    size_t n = edit->form.is_followed ? edit->beside.children.n : 0;
    struct child_of_rows children = {0};

    if (has_nik || !row_same(now, after, COLUMN_NAME))
        TRY(sql_children_of_nik(in_txn(txn), now->nik, &children, err));
    for (size_t i = 0; i < children.n; i++)
        n += has_nik || (children.p[i].is_fathers && str_eq_nocase(children.p[i].father_name, now->name)) ||
             (children.p[i].is_mothers && str_eq_nocase(children.p[i].mother_name, now->name));
    act_say(req,
            n == 0 ? "Tersimpan" : str_z(request_arena(req), str_fmt(request_arena(req), "Tersimpan, di data %zu anak ikut berubah", n)));
    return RC_OK;
}

enum rc edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct edit *edit = act_kept(req);

    TRY(resident_lock(txn, edit->form.id, &edit->now, err));
    const struct resident_row after = merged(edit);
    enum rc rc = act_seen(req, edit->now.version, err);
    if (rc != RC_OK) {
        edit->mine = after;
        return rc;
    }
    if (diff_is_empty(resident_diff(request_arena(req), &edit->now.row, &after))) {
        act_say(req, ACT_UNCHANGED);
        *go_to_out = resident_href(req, edit->form.id, "");
        return RC_OK;
    }
    TRY(check_owners(txn, edit, &after, err));
    const bool is_given = nik_is_temporary(edit->now.row.nik) && !nik_is_temporary(after.nik);
    const struct resident_act act = resident_act_of(req, is_given ? STR("nik") : STR("edit"), reason_words(edit));
    if (!row_same(&edit->now.row, &after, COLUMN_NIK))
        TRY(nik_free(txn, &act, after.nik, err));
    TRY(say_followed(txn, req, edit, &after, err));
    TRY(resident_write(txn, &act, &edit->now, &after, edit->now.family_id, err));
    TRY(edit_spouses_put(txn, &act, &edit->beside, &edit->form.spouses, &edit->stored, &after, err));
    if (edit->form.is_followed)
        TRY(edit_children_put(txn, &act, &edit->beside, &edit->stored, &after, err));
    TRY(registry_touch(txn, err));
    *go_to_out = resident_href(req, edit->form.id, edit->beside.is_alone ? "?sesudah=kawin" : "");
    TRY(act_audit(txn, req, err, "resident.edit", "resident:%" PRIu64, edit->form.id));
    return act_touch(txn, ACT_FIGURES, err);
}

/* Whoever the registry has under a parent's number is a man or a woman. */
static enum rc check_parents(struct village_db *db, const struct edit *edit, struct str faults[COLUMN_COUNT], struct err *err)
{
    static const enum resident_column parents[] = {COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK};
    struct arena *arena = request_arena(edit->req);
    struct resident_parent parent;
    bool found;

    for (size_t i = 0; i < COUNT_OF(parents); i++) {
        struct str nik = *row_text(&edit->mine, parents[i]);

        if (str_empty(nik) || faults[parents[i]].p != NULL || row_same(&edit->stored, &edit->mine, parents[i]))
            continue;
        TRY(sql_resident_parent(db, nik, &parent, &found, err));
        if (found && parent.sex != parent_sex(parents[i]))
            faults[parents[i]] = str_fmt(arena, "NIK ini milik %.*s, seorang %s. Periksa NIK-nya.", STR_ARG(text_name(arena, parent.name)),
                                         parent.sex == SEX_FEMALE ? "perempuan" : "laki-laki");
    }
    return RC_OK;
}

/* At the column that was changed; where the NIK has put its question there already, at the role. */
static void fault_doubt(struct request *req, int column, struct str text)
{
    struct arena *arena = request_arena(req);
    const char *field = edit_field(arena, (enum resident_column)column);
    const bool is_taken = request_fault_of(req, field).p != NULL;

    request_ask(req, is_taken ? edit_field(arena, COLUMN_FAMILY_ROLE) : field, "%.*s", STR_ARG(text));
}

/* Beside what the NIK says: all are asked at once, and one tick answers for all. */
static enum rc doubt_ages(struct request *req, struct village_db *db, const struct edit *edit, struct err *err)
{
    const int ages = ages_column(&edit->stored, &edit->mine), marriage = marriage_column(&edit->stored, &edit->mine);
    struct age_doubt doubt;
    bool is_doubted = false;

    if (ages >= 0)
        TRY(ages_ask(db, &edit->mine, edit->form.id, request_today(req), &is_doubted, &doubt, err));
    if (is_doubted)
        fault_doubt(req, ages, doubt.text);
    if (marriage >= 0 && marital_doubt(request_arena(req), &edit->mine, &doubt))
        fault_doubt(req, marriage, doubt.text);
    return RC_OK;
}

/* Who marries, or is renamed, is not alone in it: those beside are offered on a page to check. */
static enum rc ask_beside(struct request *req, struct village_db *db, struct edit *edit, struct err *err)
{
    struct edit_kin_rows kin = {0};

    if (!str_empty(edit->stored.kk_no) &&
        (!row_same(&edit->stored, &edit->mine, COLUMN_MARITAL) || !row_same(&edit->stored, &edit->mine, COLUMN_NAME)))
        TRY(sql_edit_kin(db, edit->form.id, edit->stored.kk_no, &kin, err));
    edit_beside_of(request_arena(req), &edit->stored, &edit->mine, &kin, &edit->beside);
    edit->is_asked = edit_beside_is_asked(&edit->beside) && !str_is(edit->form.step, "simpan");
    edit->is_asked |= !edit_beside_known(&edit->beside, &edit->form.spouses);
    if (edit->is_asked)
        act_ask(req);
    return RC_OK;
}

enum rc edit_check(struct request *req, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct edit *edit;
    struct str faults[COLUMN_COUNT], text;
    enum resident_column doubted;
    struct edit_days days;

    TRY(load(req, &db, &edit, err));
    if (edit->is_out)
        return fail(err, RC_CONFLICT, "the record is taken out of the books");
    act_keep(req, edit);
    if (str_is(edit->form.step, "ubah")) {
        act_ask(req);
        return RC_OK;
    }
    edit_read(arena, &edit->form.sent, &edit->stored, request_today(req), &edit->mine, faults);
    if (edit_has_days(&edit->stored, &edit->mine)) {
        TRY(sql_edit_days(db, edit->form.id, &days, err));
        edit_days_check(arena, &edit->stored, &edit->mine, (struct edit_days_known){days.first, days.born, days.died}, faults);
    }
    TRY(check_parents(db, edit, faults, err));
    for (size_t i = 0; i < edit_columns_n; i++)
        if (faults[edit_columns[i].column].p != NULL)
            request_fault(req, edit_field(arena, edit_columns[i].column), "%.*s", STR_ARG(faults[edit_columns[i].column]));
    TRY(number_judge(req, db, edit_field(arena, COLUMN_NIK), edit->mine.nik, false, err));
    struct hamlet_like hamlet;
    TRY(hamlet_find(db, edit->mine.hamlet, &hamlet, err));
    if (!hamlet.is_known && !row_same(&edit->mine, &edit->stored, COLUMN_HAMLET))
        request_fault(req, edit_field(arena, COLUMN_HAMLET),
                      "{Dusun} %.*s belum ada di desa ini. Pilih dari daftar, atau tambah dulu di menu Wilayah.",
                      STR_ARG(text_name(arena, edit->mine.hamlet)));
    if (request_faults(req)->n == 0 && !edit->form.is_compared) {
        if (nik_doubt_is_new(&edit->stored, &edit->mine) && nik_doubt(arena, &edit->mine, request_today(req), &doubted, &text))
            request_ask(req, edit_field(arena, doubted), "%.*s", STR_ARG(text));
        TRY(doubt_ages(req, db, edit, err));
        const bool is_same = row_same(&edit->stored, &edit->mine, COLUMN_KITAS) && row_same(&edit->stored, &edit->mine, COLUMN_CITIZENSHIP);
        const struct str nation = is_same ? STR("") : nation_doubt(edit->mine.citizenship, edit->mine.kitas);
        if (!str_empty(nation))
            request_ask(req, edit_field(arena, COLUMN_KITAS), "%.*s", STR_ARG(nation));
        edit->is_doubted = request_faults(req)->n > 0;
    }
    if (str_is(edit->form.reason, "lainnya") && str_empty(edit->form.words))
        request_fault(req, RESIDENT_EDIT_WORDS, "Tulis alasan perubahannya.");
    return request_faults(req)->n > 0 ? RC_OK : ask_beside(req, db, edit, err);
}
