// SPDX-License-Identifier: AGPL-3.0-or-later
/* Members to another family of the village, or to a Kartu Keluarga of their own. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/families/families_move_view.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/residents/ages.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/nik.h"

/* What the form says, against the family as it was read. */
struct moving {
    struct request *req;
    struct family_move_form form;
    struct family_state from, to; /* to: only when has_target */
    bool has_target, is_new;
    uint64_t *ids; /* who moves, their roles there */
    uint8_t *roles;
    size_t n;
    struct succession s;
    struct place place;
    struct family_people married; /* by this move, as far as their status does not say so yet */
};

static char *id_name(struct arena *arena, const char *prefix, uint64_t id)
{
    return str_z(arena, str_fmt(arena, "%s%" PRIu64, prefix, id));
}

/* ---- reading ---- */

static void read_role(struct moving *m, const struct family_member *who)
{
    struct arena *arena = request_arena(m->req);
    struct str typed = pair_of_id(m->form.roles, who->id), fault;
    uint64_t role = 0;

    if (!str_to_u64(typed, &role) || role == 0 || role >= SHDK_END) {
        request_fault(m->req, id_name(arena, "peran_", who->id), "Pilih hubungan %.*s di keluarga yang baru.",
                      STR_ARG(text_name(arena, who->name)));
        role = 0;
    } else if (fault = role_fault((uint8_t)role, who->sex), !str_empty(fault)) {
        request_fault(m->req, id_name(arena, "peran_", who->id), "%.*s", STR_ARG(fault));
    }
    m->ids[m->n] = who->id;
    m->roles[m->n++] = (uint8_t)role;
}

static void read_movers(struct moving *m)
{
    struct arena *arena = request_arena(m->req);
    m->ids = ARENA_ARRAY(arena, uint64_t, m->from.living);
    m->roles = ARENA_ARRAY(arena, uint8_t, m->from.living);
    for (size_t i = 0; i < m->from.living; i++)
        if (!str_empty(pair_of_id(m->form.ticked, m->from.p[i].id)))
            read_role(m, &m->from.p[i]);
    if (m->from.living > 0 && (m->n == 0 || m->n != m->form.ticked.n))
        request_fault(m->req, id_name(arena, "orang_", m->from.p[0].id),
                      m->n == 0 ? "Centang siapa yang pindah." : "Yang dicentang tidak semuanya tinggal di keluarga ini.");
}

static size_t heads_among(const struct moving *m)
{
    size_t n = 0;

    for (size_t i = 0; i < m->n; i++)
        n += m->roles[i] == SHDK_HEAD;
    return n;
}

static void fault_first_role(struct moving *m, const char *words)
{
    if (m->n > 0)
        request_fault(m->req, id_name(request_arena(m->req), "peran_", m->ids[0]), "%s", words);
}

static void check_target(struct moving *m)
{
    struct request *req = m->req;
    struct str kk = m->form.kk_no;

    if (kk.n != 16 || str_empty(m->form.target))
        return;
    if (str_eq(kk, m->from.f.kk_no))
        request_fault(req, FAMILY_MOVE_KK_NO, "Ini nomor KK keluarga yang sekarang. Isi nomor KK tujuan.");
    else if (m->is_new && m->has_target)
        request_fault(req, FAMILY_MOVE_KK_NO, "Nomor KK ini sudah tercatat di desa. Pilih tujuan Keluarga yang sudah tercatat.");
    else if (!m->is_new && !m->has_target)
        request_fault(req, FAMILY_MOVE_KK_NO,
                      "Tidak ada keluarga dengan nomor KK ini di desa. Periksa angkanya, atau pilih Kartu Keluarga baru.");
    if (m->is_new && heads_among(m) != 1)
        fault_first_role(m, heads_among(m) == 0 ? "Kartu Keluarga baru memerlukan satu kepala keluarga. Pilih siapa."
                                                : "Hanya satu orang bisa menjadi kepala keluarga.");
    else if (!m->is_new && m->has_target && family_head(&m->to) != NULL && heads_among(m) > 0)
        fault_first_role(m, "Keluarga tujuan sudah punya kepala keluarga. Pilih hubungan yang lain.");
    else if (!m->is_new && m->has_target && m->to.living == 0 && heads_among(m) == 0)
        fault_first_role(m, "Keluarga tujuan tidak lagi punya anggota. Pilih siapa kepala keluarganya.");
    else if (!m->is_new && heads_among(m) > 1)
        fault_first_role(m, "Hanya satu orang bisa menjadi kepala keluarga.");
}

static void read_married(struct moving *m, const struct family_member *who)
{
    if (who->marital != MARITAL_MARRIED)
        m->married.p[m->married.n++] = who;
}

/* Who joins as husband or wife, and the head whom they join. */
static void read_wedding(struct moving *m)
{
    const struct family_member *head = m->has_target ? family_head(&m->to) : NULL, *spouse = NULL;

    m->married.p = ARENA_ARRAY(request_arena(m->req), const struct family_member *, m->n + 1);
    for (size_t i = 0; i < m->n; i++) {
        const struct family_member *who = family_member_of(&m->from, m->ids[i]);

        if (m->roles[i] == SHDK_HEAD)
            head = who;
        if (m->roles[i] == SHDK_HUSBAND || m->roles[i] == SHDK_WIFE)
            read_married(m, spouse = who);
    }
    if (spouse != NULL && head != NULL && head->sex != spouse->sex)
        read_married(m, head);
}

enum rc family_move_check(struct request *req, struct err *err)
{
    struct moving *m = ARENA_NEW(request_arena(req), struct moving);
    struct village_db *db;

    *m = (struct moving){.req = req, .form = family_move_got(req)};
    if (!str_is(m->form.step, "simpan"))
        act_ask(req);
    if (str_is(m->form.step, "ubah"))
        return RC_OK;
    m->is_new = str_is(m->form.target, "baru");
    m->place = place_kept(request_arena(req),
                          (struct place){m->form.address, hamlet_meant(HAMLET_TYPED(&m->form)), m->form.rw, m->form.rt});
    m->s = (struct succession){.head = m->form.head.value, .roles = m->form.roles};
    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, m->form.id, &m->from, err));
    if (m->from.f.version != m->form.version || m->from.living == 0)
        request_set_changed(req);
    if (m->form.kk_no.n == 16)
        TRY(family_by_kk(db, m->form.kk_no, &m->to, &m->has_target, err));
    read_movers(m);
    check_target(m);
    read_wedding(m);
    if (!family_marital_known(&m->married, &m->form.married))
        request_set_changed(req);
    TRY(number_judge(req, db, FAMILY_MOVE_KK_NO, m->form.kk_no, true, err));
    if (m->is_new)
        TRY(hamlet_judge(req, db, HAMLET_TYPED(&m->form), str_is(m->from.f.hamlet, "-"), err));
    succession_read(req, &m->from, m->ids, m->n, false, true, &m->s);
    act_keep(req, m);
    return RC_OK;
}

/* ---- showing ---- */

static void put_movers(struct request *req, const struct family_state *family, struct family_move_view *v)
{
    struct arena *arena = request_arena(req);
    const struct family_move_form form = family_move_got(req);
    uint64_t chosen;

    v->movers.p = ARENA_ARRAY(arena, struct family_mover, family->living);
    v->movers.n = family->living;
    for (size_t i = 0; i < family->living; i++) {
        const struct family_member *m = &family->p[i];
        struct family_mover *line = &v->movers.p[i];
        char *tick = id_name(arena, "orang_", m->id), *role = id_name(arena, "peran_", m->id);

        line->tick = (struct check_view){.name = str_c(tick),
                                         .label = text_name(arena, m->name),
                                         .hint = family_member_about(arena, m, request_today(req)),
                                         .is_checked = m->id == form.first.value || !str_empty(pair_of_id(form.ticked, m->id)),
                                         .fault = request_fault_of(req, tick)};
        line->role = (struct select_view){.name = str_c(role),
                                          .label = STR("Hubungan di keluarga yang baru"),
                                          .empty_label = STR("Pilih bila pindah"),
                                          .fault = request_fault_of(req, role)};
        if (!str_to_u64(pair_of_id(form.roles, m->id), &chosen))
            chosen = 0;
        line->role.options = form_code_options(arena, CODE_FAMILY_ROLE, chosen, 0);
    }
}

static struct family_move_view view_of(struct request *req, const struct family_state *family)
{
    struct arena *arena = request_arena(req);
    struct str back = family_href(arena, family->f.id);

    return (struct family_move_view){
        .back = back, .action = str_fmt(arena, "%.*s/pindah", STR_ARG(back)), .title = family_title(arena, family)};
}

static enum rc form_respond(struct request *req, struct response *resp, const struct family_state *family, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct family_move_view v = view_of(req, family);
    const struct family_move_form stored = {.version = family->f.version,
                                            .address = family->f.address,
                                            .hamlet = text_name(arena, family->f.hamlet),
                                            .rw = form_area_number(family->f.rw),
                                            .rt = form_area_number(family->f.rt)};

    TRY(family_move_fill(req, &stored, &v.form, err));
    const struct family_move_form sent = family_move_got(req);
    TRY(hamlet_boxes(req, v.form.is_sent ? HAMLET_TYPED(&sent) : HAMLET_TYPED(&stored), &v.hamlet, err));
    put_movers(req, family, &v);
    if (family->living > 1 && family_head(family) != NULL) {
        v.has_heads = true;
        v.heads = succession_radios(req, family_move_got(req).head.value, family, NULL, 0);
        v.heads.is_optional = true;
        v.heads.label = STR("Bila kepala keluarga ikut pindah: siapa penggantinya di keluarga ini?");
    }
    view_family_move(&body, &v);
    const struct page page = {.title = STR("Pindahkan anggota keluarga"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc check_respond(struct moving *m, struct response *resp, struct err *err)
{
    struct request *req = m->req;
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct family_move_view v = view_of(req, &m->from);
    struct check_rows *facts = &v.facts;
    struct family_full place = {.hamlet = m->place.hamlet, .rw = m->place.rw, .rt = m->place.rt};

    TRY(family_move_fill(req, NULL, &v.form, err));
    facts->p = ARENA_ARRAY(arena, struct check_row, m->n + 6);
    for (size_t i = 0; i < m->n; i++)
        facts->p[facts->n++] = (struct check_row){
            .label = text_name(arena, family_member_of(&m->from, m->ids[i])->name),
            .value = str_fmt(arena, "Menjadi %.*s", STR_ARG(str_lower(arena, code_label(CODE_FAMILY_ROLE, m->roles[i]))))};
    facts->p[facts->n++] = (struct check_row){.label = STR("Ke"),
                                              .value = m->is_new ? STR("Kartu Keluarga baru") : family_title(arena, &m->to)};
    facts->p[facts->n++] = (struct check_row){.label = STR("Nomor KK tujuan"), .value = nik_spaced(arena, m->form.kk_no)};
    facts->p[facts->n++] = (struct check_row){.label = STR("Alamat"), .value = m->is_new ? m->place.address : m->to.f.address};
    facts->p[facts->n++] = (struct check_row){.label = STR("Wilayah"), .value = family_place(arena, m->is_new ? &place : &m->to.f)};
    facts->p[facts->n++] = (struct check_row){.label = STR("Alasan"), .value = m->form.reason};
    v.care = m->s.stay.n == 0
                 ? STR("Sesudah ini tidak ada lagi yang tinggal di keluarga lama. Keluarga itu tetap tersimpan, tanpa anggota.")
                 : succession_care(req, &m->s);
    for (size_t i = 0; i < m->n; i++) {
        const struct family_member *head = family_member_of(&m->from, m->ids[i]);

        if (m->roles[i] == SHDK_HEAD)
            v.care_there = minor_head_care(arena, head->name, head->birth_date, request_today(req));
    }
    v.married = family_marital_boxes(req, "kawin_", &m->married, MARITAL_MARRIED, str_is(m->form.step, "simpan") ? &m->form.married : NULL);
    v.roles = succession_roles(req, &m->s);
    if (m->s.new_head != NULL)
        v.title = text_name(arena, m->s.new_head->name);
    /* Roles of those who stay are asked here; those of the movers go on as typed. */
    v.carried = form_carried(req, (const char *const[]){FAMILY_MOVE_STEP, FAMILY_MOVE_ROLES, FAMILY_MOVE_MARRIED, NULL});
    struct carrieds roles = {ARENA_ARRAY(arena, struct carried, v.carried.n + m->n), v.carried.n};
    if (v.carried.n > 0)
        memcpy(roles.p, v.carried.p, v.carried.n * sizeof *roles.p);
    for (size_t i = 0; i < m->n; i++)
        roles.p[roles.n++] = (struct carried){str_c(id_name(arena, "peran_", m->ids[i])), str_fmt(arena, "%u", m->roles[i])};
    v.carried = roles;
    view_family_move_check(&body, &v);
    const struct page page = {.title = STR("Periksa kepindahan"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc family_move_page(struct request *req, struct response *resp, struct err *err)
{
    struct moving *m = request_is_changed(req) || request_faults(req)->n > 0 ? NULL : act_kept(req);
    struct village_db *db;
    struct family_state family;

    TRY(request_village_db(req, &db, err));
    if (m != NULL) {
        TRY(family_look_on(req, db, m->from.f.id, err));
        if (m->has_target) /* its card's number, address and head stand there */
            TRY(family_look_on(req, db, m->to.f.id, err));
        return check_respond(m, resp, err);
    }
    TRY(family_load(db, family_move_got(req).id, &family, err));
    if (family.living == 0)
        return fail(err, RC_NOT_FOUND, "nobody lives in this family");
    TRY(family_look(req, db, family.f.id, err));
    return form_respond(req, resp, &family, err);
}

/* ---- writing ---- */

static struct resident_row family_part(const struct family_full *f, uint8_t role)
{
    return (struct resident_row){
        .kk_no = f->kk_no, .address = f->address, .hamlet = f->hamlet, .rw = f->rw, .rt = f->rt, .family_role = role};
}

/* The family they come to, held; made when it is a new one. Version 0 is no family's: the page shows what there is now. */
static enum rc target(struct txn *txn, struct moving *m, utc_us now, struct family_state *out, struct err *err)
{
    struct str kk = m->form.kk_no;
    bool is_there;
    uint64_t area, id;

    TRY(family_by_kk(in_txn(txn), kk, out, &is_there, err));
    if (is_there != m->has_target)
        return act_seen(m->req, 0, err);
    if (is_there) {
        TRY(family_lock(txn, out->f.id, out, err));
        return family_head(out) != NULL && heads_among(m) > 0 ? act_seen(m->req, 0, err) : RC_OK;
    }
    TRY(area_take(txn, m->place.hamlet, m->place.rw, m->place.rt, &area, err));
    TRY(sql_family_put(txn, kk, m->place.address, area, now, &id, err));
    return family_lock(txn, id, out, err);
}

enum rc family_move_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct moving *m = act_kept(req);
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, m->is_new ? STR("split_family") : STR("move_family"), m->form.reason);
    const struct resident_act head_act = resident_act_of(req, STR("head"), act.reason);
    const struct resident_act wedding = resident_act_of(req, STR("married"), act.reason);
    struct resident_changed *rows = ARENA_ARRAY(arena, struct resident_changed, m->n);
    struct role_change *moves = ARENA_ARRAY(arena, struct role_change, m->n);
    struct family_state held, to;

    TRY(family_lock(txn, m->from.f.id, &held, err));
    bool is_same = succession_fits(&m->s, &held);
    for (size_t i = 0; i < m->n; i++)
        is_same = is_same && family_member_of(&held, m->ids[i]) != NULL;
    TRY(act_seen(req, is_same ? held.f.version : 0, err));
    TRY(target(txn, m, act.by.at, &to, err));
    for (size_t i = 0; i < m->n; i++) {
        uint8_t role = family_member_of(&held, m->ids[i])->role;
        const struct resident_row before = family_part(&held.f, role), after = family_part(&to.f, m->roles[i]);

        moves[i] = (struct role_change){m->ids[i], role, m->roles[i]};
        rows[i] = (struct resident_changed){
            .resident_id = m->ids[i], .family_id = held.f.id, .diff = resident_diff(arena, &before, &after)};
    }
    TRY(sql_family_members_move(txn, family_roles_json(arena, moves, m->n), to.f.id, to.f.area_id, act.by.at, NULL, err));
    TRY(resident_changes_put(txn, &act, rows, m->n, err));
    TRY(family_marital_put(txn, &wedding, &held, &m->married, &m->form.married, MARITAL_MARRIED, err));
    TRY(family_marital_put(txn, &wedding, &to, &m->married, &m->form.married, MARITAL_MARRIED, err));
    TRY(family_roles_set(txn, &head_act, &held, m->s.changes, m->s.n, err));
    TRY(family_told(txn, &act, &to.f, family_roles_diff(arena, moves, m->n), err));
    TRY(sql_family_refresh(txn, to.f.id, act.by.at, NULL, err));
    act_say(req, m->is_new ? "Keluarga baru dibuat" : "Anggota dipindahkan");
    *go_to_out = family_href(arena, to.f.id);
    TRY(act_audit(txn, req, err, m->is_new ? "family.split" : "family.move", "family:%" PRIu64, held.f.id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}
