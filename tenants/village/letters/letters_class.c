// SPDX-License-Identifier: AGPL-3.0-or-later
/* /kantor/klasifikasi: the official codes by hundreds or by words, how much each is used, and the village's own. */
#include "tenants/village/letters/letters_class.h"

#include "server/base/text.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_class_sql.h"
#include "tenants/village/letters/letters_class_view.h"
#include "tenants/village/letters/letters_type.h"

enum { FOUND_MOST = 100, MAIL_DIRECTIONS = 2 };

/* ---- how much a code is used ---- */

struct uses {
    struct class_type_rows types;
    struct class_mail_rows mail[MAIL_DIRECTIONS];
};

static enum rc read_uses(struct village_db *db, struct uses *out, struct err *err)
{
    TRY(sql_class_types(db, &out->types, err));
    for (int i = 0; i < MAIL_DIRECTIONS; i++)
        TRY(sql_class_mail(db, (uint8_t)(i + 1), &out->mail[i], err));
    return RC_OK;
}

static struct letter_class_line line_of(const struct letter_class *c, const struct uses *uses)
{
    struct letter_class_line line = {.code = c->code, .name = c->name, .examples = c->examples};

    for (size_t i = 0; i < uses->types.n; i++)
        if (str_eq(uses->types.p[i].code, c->code)) {
            line.types++;
            line.issued += uses->types.p[i].issued;
        }
    for (size_t d = 0; d < MAIL_DIRECTIONS; d++)
        for (size_t i = 0; i < uses->mail[d].n; i++)
            if (str_eq(uses->mail[d].p[i].code, c->code))
                line.mail += uses->mail[d].p[i].n;
    line.is_head = c->code.n <= 5; /* "400", "400.8" */
    return line;
}

/* ---- the page ---- */

static void put_groups(struct arena *arena, struct str current, struct letter_class_view *v)
{
    size_t n;
    const struct letter_class *all = letter_classes(&n);

    v->groups.p = ARENA_ARRAY(arena, struct letter_class_group, 10);
    for (size_t i = 0; i < n && v->groups.n < 10; i++)
        if (str_find_char(all[i].code, '.') < 0)
            v->groups.p[v->groups.n++] = (struct letter_class_group){
                .code = all[i].code,
                .name = all[i].name,
                .href = str_fmt(arena, CLASS_HOME "?golongan=%.*s", STR_ARG(all[i].code)),
                .is_current = str_eq(all[i].code, current)};
}

/* The codes of a group, or those that the words are found in, the village's own among them. */
static void put_lines(struct arena *arena, const struct letter_class_see_form *in, const struct own_class_rows *own,
                      const struct uses *uses, struct letter_class_view *v)
{
    const struct str words = text_fold(arena, in->words), typed = str_trim(in->words);
    size_t n;
    const struct letter_class *all = letter_classes(&n);

    v->lines.p = ARENA_ARRAY(arena, struct letter_class_line, n + own->n);
    for (size_t i = 0; i < n && (!v->is_search || v->lines.n < FOUND_MOST); i++) {
        const bool fits = v->is_search ? str_starts(all[i].code, typed) || letter_class_fits(arena, &all[i], words)
                                       : str_starts(all[i].code, in->group) && all[i].code.n > in->group.n;
        if (fits)
            v->lines.p[v->lines.n++] = line_of(&all[i], uses);
    }
    for (size_t i = 0; v->is_search && i < own->n && v->lines.n < FOUND_MOST; i++) {
        const struct letter_class c = {own->p[i].code, own->p[i].name, STR("")};
        if (str_starts(c.code, typed) || letter_class_fits(arena, &c, words))
            v->lines.p[v->lines.n++] = line_of(&c, uses);
    }
}

static void put_own(struct arena *arena, const struct own_class_rows *own, const struct uses *uses, struct letter_class_view *v)
{
    v->own.n = own->n;
    v->own.p = ARENA_ARRAY(arena, struct letter_class_own, own->n);
    for (size_t i = 0; i < own->n; i++) {
        const struct letter_class c = {own->p[i].code, own->p[i].name, STR("")};
        v->own.p[i] = (struct letter_class_own){
            .line = line_of(&c, uses), .action = str_fmt(arena, CLASS_HOME "/%" PRIu64, own->p[i].id), .is_active = own->p[i].is_active};
    }
}

enum rc letter_class_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_class_see_form in = letter_class_see_got(req);
    struct letter_class_view v = {
        .words = in.words, .is_search = !str_empty(in.words), .may_edit = request_may(req, MAY_MAKE_LETTER_TYPES)};
    struct buf body = {.arena = arena};
    struct own_class_rows own;
    struct uses uses;
    struct village_db *db;
    size_t n;

    TRY(request_village_db(req, &db, err));
    TRY(sql_own_class_list(db, &own, err));
    TRY(read_uses(db, &uses, err));
    (void)letter_classes(&n);
    put_groups(arena, in.group, &v);
    if (v.is_search || !str_empty(in.group))
        put_lines(arena, &in, &own, &uses, &v);
    put_own(arena, &own, &uses, &v);
    v.found = !v.is_search              ? str_fmt(arena, "%zu kode resmi, %zu kode desa", n, own.n)
              : v.lines.n >= FOUND_MOST ? str_fmt(arena, "%d kode pertama yang cocok", FOUND_MOST)
                                        : str_fmt(arena, "%zu kode cocok", v.lines.n);
    v.guard = request_form_guard(req);
    view_letter_class(&body, &v);
    const struct page page = {.title = STR("Klasifikasi"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The options of a box for a code: all that may be taken. */
enum rc letter_class_choices(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_class_view v = {0};
    struct buf body = {.arena = arena};
    struct own_class_rows own;
    struct village_db *db;
    size_t n;
    const struct letter_class *all = letter_classes(&n);

    TRY(request_village_db(req, &db, err));
    TRY(sql_own_class_list(db, &own, err));
    v.choices.p = ARENA_ARRAY(arena, struct letter_class, n + own.n);
    for (size_t i = 0; i < own.n; i++)
        if (own.p[i].is_active)
            v.choices.p[v.choices.n++] = (struct letter_class){own.p[i].code, own.p[i].name, STR("")};
    memcpy(v.choices.p + v.choices.n, all, n * sizeof(*all));
    v.choices.n += n;
    view_letter_class_choices(&body, &v);
    return respond_part(resp, html_view(&body));
}

/* ---- the village's own ---- */

enum rc letter_class_add_page(struct request *req, struct response *resp, struct err *err)
{
    struct letter_class_view v = {0};
    struct buf body = {.arena = request_arena(req)};

    TRY(letter_class_add_fill(req, NULL, &v.form, err));
    view_letter_class_add(&body, &v);
    const struct page page = {.title = STR("Tambah kode klasifikasi"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_class_add_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_class_add_form in = letter_class_add_got(req);
    const struct letter_class *official = letter_class_find(in.code);
    struct own_class there;
    bool is_there;
    uint64_t id;

    if (!letter_classification_ok(in.code))
        return act_refuse(req, err, LETTER_CLASS_ADD_CODE,
                          "Kode terdiri dari angka atau huruf dengan titik di antaranya, misalnya 400.12.9.");
    if (official != NULL)
        return act_refuse(req, err, LETTER_CLASS_ADD_CODE, "Kode ini sudah ada di daftar resmi: %.*s. Pakai saja, tidak perlu ditambahkan.",
                          STR_ARG(official->name));
    TRY(sql_own_class_by_code(in_txn(txn), in.code, &there, &is_there, err));
    if (is_there)
        return act_refuse(req, err, LETTER_CLASS_ADD_CODE, "Kode ini sudah ditambahkan: %.*s%s.", STR_ARG(there.name),
                          there.is_active ? "" : ", dan sedang tidak dipakai. Pakai lagi di daftar");
    TRY(sql_own_class_put(txn, in.code, in.name, &id, err));
    act_say(req, "Kode ditambahkan");
    *go_to_out = STR(CLASS_HOME);
    return act_audit(txn, req, err, "classification.add", "classification:%" PRIu64, id);
}

enum rc letter_class_use_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_class_use_form in = letter_class_use_got(req);
    const bool is_active = str_is(in.use, "ya");
    struct own_class row;

    TRY(sql_own_class_lock(txn, in.id, &row, err));
    *go_to_out = STR(CLASS_HOME);
    if (row.is_active == is_active) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(sql_own_class_use(txn, row.id, is_active, NULL, err));
    act_say(req, is_active ? "Kode dipakai lagi" : "Kode tidak dipakai lagi. Surat yang sudah memakainya tetap");
    return act_audit(txn, req, err, is_active ? "classification.use" : "classification.retire", "classification:%" PRIu64, row.id);
}

/* ---- for other pages ---- */

enum rc letter_classification_name(struct village_db *db, struct str code, struct str *name_out, struct err *err)
{
    const struct letter_class *official = letter_class_find(code);
    struct own_class own;
    bool is_there;

    *name_out = official != NULL ? official->name : STR_NONE;
    if (official != NULL || str_empty(code))
        return RC_OK;
    TRY(sql_own_class_by_code(db, code, &own, &is_there, err));
    if (is_there && own.is_active)
        *name_out = own.name;
    return RC_OK;
}

enum rc letter_classification_judge(struct txn *txn, struct request *req, struct str code, const char *field, struct err *err)
{
    struct str name;

    TRY(letter_classification_name(in_txn(txn), code, &name, err));
    if (name.p != NULL)
        return RC_OK;
    return act_refuse(req, err, field,
                      "Kode \"%.*s\" tidak ada dalam daftar klasifikasi. Pilih dari daftar yang muncul saat mengetik kode atau kata, atau "
                      "tambahkan dulu di halaman Klasifikasi.",
                      STR_ARG(code));
}
