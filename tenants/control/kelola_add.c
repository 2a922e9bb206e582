// SPDX-License-Identifier: AGPL-3.0-or-later
/* New villages: fill in or paste, see every fault at once, look at what will be made, and have it made. */
#include "server/base/text.h"
#include "server/web/audit.h"
#include "tenants/control/kelola_add_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision.h"
#include "tenants/control/provision_sql.h"
#include "workers/queue/queue.h"

enum { NAMED_MOST = 5 }; /* villages that are there already, by name */

/* ---- the form ---- */

static enum rc districts_fill(struct request *req, struct select_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_district_rows rows;

    TRY(sql_kelola_districts(request_control_db(req), &rows, err));
    *out = (struct select_view){.name = STR("kecamatan"),
                                .label = STR("Kecamatan"),
                                .empty_label = STR("Pilih kecamatan"),
                                .options = {ARENA_ARRAY(arena, struct option, rows.n), rows.n},
                                .is_optional = true};
    for (size_t i = 0; i < rows.n; i++)
        out->options.p[i] = (struct option){.value = rows.p[i].code, .label = rows.p[i].name};
    return RC_OK;
}

static void line_faults_fill(struct arena *arena, const struct unit_list *units, size_t lines_before, struct kelola_add_view *v)
{
    v->line_faults.p = ARENA_ARRAY(arena, struct kelola_fault_line, units->faults_n);
    v->line_faults.n = units->faults_n;
    for (size_t i = 0; i < units->faults_n; i++) {
        const struct unit_fault *f = &units->faults[i];
        size_t line = f->line > lines_before ? f->line - lines_before : f->line;

        v->line_faults.p[i] = (struct kelola_fault_line){f->line == 0 ? STR("Daftar") : str_fmt(arena, "Baris %zu", line), f->value,
                                                         str_c(f->indonesian)};
    }
    v->fault_summary = str_fmt(arena, "%zu isian di daftar perlu diperbaiki. Belum ada desa yang dibuat.", units->faults_n);
}

struct faulty {
    const struct unit_list *units; /* with faults; NULL: none read */
    size_t lines_before;           /* header lines that were not the person's own */
    bool is_sent;
};

static enum rc add_respond(struct request *req, struct response *resp, const struct faulty *faulty, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_add_view v = {
        .guard = request_form_guard(req),
        .code = {.name = STR("kode"),
                 .label = STR("Kode desa"),
                 .hint = STR("Kode wilayah resmi, contoh: 73.17.10.2003"),
                 .width = STR("16"),
                 .is_optional = true},
        .name = {.name = STR("nama"),
                 .label = STR("Nama desa"),
                 .hint = STR("Tanpa kata Desa, seperti ditulis warga"),
                 .is_optional = true},
        .file = {.name = STR("berkas"),
                 .label = STR("Atau unggah berkas"),
                 .hint = STR("Teks dengan tab sebagai pemisah (.tsv)"),
                 .accept = STR(".tsv,.txt")},
    };

    TRY(districts_fill(req, &v.district, err));
    if (faulty->is_sent) {
        struct str list = input_str(req, "daftar");

        v.faults = *request_faults(req);
        v.code.value = input_typed(req, "kode");
        v.code.fault = request_fault_of(req, "kode");
        v.name.value = input_typed(req, "nama");
        v.name.fault = request_fault_of(req, "nama");
        v.district.fault = request_fault_of(req, "kecamatan");
        for (size_t i = 0; i < v.district.options.n; i++)
            v.district.options.p[i].is_selected = str_eq(v.district.options.p[i].value, input_str(req, "kecamatan"));
        v.list = utf8_is_valid(list) ? list : STR("");
        v.list_fault = request_fault_of(req, "daftar");
        if (faulty->units != NULL) {
            line_faults_fill(arena, faulty->units, faulty->lines_before, &v);
            response_status(resp, 422);
        }
    }
    view_kelola_add(&out, &v);
    const struct page page = {.title = STR("Siapkan desa baru"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

enum rc kelola_add_page(struct request *req, struct response *resp, struct err *err)
{
    const struct faulty none = {NULL, 0, false};

    return add_respond(req, resp, &none, err);
}

/* ---- what was sent ---- */

static bool has_header(struct str text)
{
    struct str line = STR("");

    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_from(text, 3);
    while (str_cut(&text, '\n', &line) && str_empty(str_trim(line)))
        ;
    struct str field;

    while (str_cut(&line, '\t', &field))
        if (str_eq_nocase(str_trim(field), STR("code")))
            return true;
    return false;
}

static size_t tabs_of_first_line(struct str text)
{
    struct str line = STR("");
    size_t n = 0;

    while (str_cut(&text, '\n', &line) && str_empty(str_trim(line)))
        ;
    for (size_t i = 0; i < line.n; i++)
        n += line.p[i] == '\t';
    return n;
}

/* A list pasted without its header line has the usual columns. */
static struct str with_header(struct arena *arena, struct str text, size_t *lines_before_out)
{
    static const char *const whole = "code\tkind\tname\tdistrict_code\tdistrict\tlat\tlng\n";
    static const char *const few = "code\tkind\tname\tdistrict\n";

    *lines_before_out = 0;
    if (str_empty(str_trim(text)) || has_header(text))
        return text;
    *lines_before_out = 1;
    return str_fmt(arena, "%s%.*s", tabs_of_first_line(text) > 3 ? whole : few, STR_ARG(text));
}

/* The one village of the form as a list of one line; its faults stand at its fields. */
static struct str single_line(struct request *req, const struct select_view *districts)
{
    struct arena *arena = request_arena(req);
    struct str code = input_str(req, "kode"), name = input_str(req, "nama"), chosen = input_str(req, "kecamatan"), district = STR("");

    for (size_t i = 0; i < districts->options.n; i++)
        if (str_eq(districts->options.p[i].value, chosen))
            district = districts->options.p[i].label;
    if (str_empty(code) && request_fault_of(req, "kode").p == NULL)
        request_fault(req, "kode", "Kode desa belum diisi. Contoh: 73.17.10.2003.");
    else if (unit_code(arena, code).p == NULL && request_fault_of(req, "kode").p == NULL)
        request_fault(req, "kode", "Kode desa harus sepuluh angka. Contoh: 73.17.10.2003.");
    else if (!str_empty(chosen) && !str_starts(unit_code(arena, code), chosen))
        request_fault(req, "kecamatan", "Kode desa bukan dari kecamatan ini. Cocokkan keduanya.");
    if (str_empty(name) && request_fault_of(req, "nama").p == NULL)
        request_fault(req, "nama", "Nama desa belum diisi.");
    if (str_empty(district) && request_fault_of(req, "kecamatan").p == NULL)
        request_fault(req, "kecamatan", "Kecamatan belum dipilih.");
    return str_fmt(arena, "code\tkind\tname\tdistrict\n%.*s\tdesa\t%.*s\t%.*s\n", STR_ARG(code), STR_ARG(name), STR_ARG(district));
}

/* ---- against the tree ---- */

struct known {
    struct kelola_known_rows units;
    struct kelola_regency_rows regencies;
    struct kelola_district_rows districts;
};

static enum rc known_read(struct control_db *db, struct known *out, struct err *err)
{
    TRY(sql_kelola_known(db, &out->units, err));
    TRY(sql_kelola_districts(db, &out->districts, err));
    return sql_kelola_regencies(db, &out->regencies, err);
}

static bool is_hosted(const struct known *known, struct str code)
{
    for (size_t i = 0; i < known->units.n; i++)
        if (str_eq(known->units.p[i].code, code))
            return known->units.p[i].is_hosted;
    return false;
}

/* The console works in regencies that stand in the tree; balaictl brings in a new one. */
static void regency_check(const struct known *known, struct unit_list *units)
{
    if (units->n == 0 || units->faults_n > 0)
        return;
    for (size_t i = 0; i < known->regencies.n; i++)
        if (str_starts(units->p[0].code, known->regencies.p[i].code))
            return;
    units->faults[units->faults_n++] = (struct unit_fault){
        units->p[0].line, units->p[0].code, "the regency is not in the tree",
        "Kabupaten kode ini belum dikenal. Minta pengelola server menambahkannya lebih dulu."};
}

/* A district of the tree keeps its name, however a list of new villages spells it. */
static void districts_keep(const struct known *known, struct unit_list *units)
{
    for (size_t i = 0; i < units->n; i++)
        for (size_t k = 0; k < known->districts.n; k++)
            if (str_eq(known->districts.p[k].code, units->p[i].district_code))
                units->p[i].district = known->districts.p[k].name;
}

/* Villages that are hosted already are left out: registering would write their names anew. */
static void hosted_drop(const struct known *known, struct unit_list *units)
{
    size_t n = 0;

    for (size_t i = 0; i < units->n; i++)
        if (!is_hosted(known, units->p[i].code))
            units->p[n++] = units->p[i];
    units->n = n;
}

/* ---- confirming ---- */

static struct str list_again(struct arena *arena, const struct unit_list *units)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, STR("code\tkind\tname\tdistrict\tlat\tlng\n"));
    for (size_t i = 0; i < units->n; i++) {
        const struct unit_row *u = &units->p[i];

        buf_fmt(&out, "%.*s\t%s\t%.*s\t%.*s\t", STR_ARG(u->code), u->is_desa ? "D" : "K", STR_ARG(u->name), STR_ARG(u->district));
        if (u->has_point)
            buf_fmt(&out, "%.6f\t%.6f", u->lat, u->lng);
        else
            buf_put_char(&out, '\t');
        buf_put_char(&out, '\n');
    }
    return buf_str(&out);
}

/* The host names the new ones will get: the same choice, among the same seats, as registering makes. */
static enum rc hosts_foresee(struct request *req, const struct unit_list *units, struct slug_seat **seats_out, size_t *n_out,
                             struct err *err)
{
    struct arena *arena = request_arena(req);
    struct provision_seat_rows found;
    size_t n = 0;

    TRY(sql_provision_seats(request_control_db(req), &found, err));
    struct slug_seat *seats = ARENA_ARRAY(arena, struct slug_seat, found.n + units->n);

    for (size_t i = 0; i < found.n; i++)
        seats[n++] = (struct slug_seat){found.p[i].code, found.p[i].name, found.p[i].district, found.p[i].slug};
    for (size_t i = 0; i < units->n; i++) {
        size_t at = 0;

        while (at < n && !str_eq(seats[at].code, units->p[i].code))
            at++;
        if (units->p[i].is_desa && at == n)
            seats[n++] = (struct slug_seat){units->p[i].code, units->p[i].name, units->p[i].district, STR_NONE};
    }
    slugs_assign(arena, seats, n);
    *seats_out = seats;
    *n_out = n;
    return RC_OK;
}

static enum rc confirm_respond(struct request *req, struct response *resp, const struct unit_list *units, const struct known *known,
                               struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_confirm_view v = {.guard = request_form_guard(req), .list = list_again(arena, units)};
    struct buf names = {.arena = arena};
    struct slug_seat *seats;
    size_t seats_n, hosted = 0, kelurahan = 0;

    TRY(hosts_foresee(req, units, &seats, &seats_n, err));
    v.lines.p = ARENA_ARRAY(arena, struct kelola_new_line, units->n);
    for (size_t i = 0; i < units->n; i++) {
        const struct unit_row *u = &units->p[i];
        bool is_known = is_hosted(known, u->code);

        kelurahan += !u->is_desa;
        if (is_known && hosted++ < NAMED_MOST)
            buf_fmt(&names, "%s%.*s", hosted > 1 ? ", " : "", STR_ARG(u->name));
        for (size_t k = 0; u->is_desa && !is_known && k < seats_n; k++)
            if (str_eq(seats[k].code, u->code))
                v.lines.p[v.lines.n++] = (struct kelola_new_line){u->code, u->name, u->district, seats[k].slug};
    }
    v.title = str_fmt(arena, "Siapkan %zu desa baru?", v.lines.n);
    v.button = str_fmt(arena, "Siapkan %zu desa", v.lines.n);
    if (hosted > 0)
        v.known_note = str_fmt(arena, "%zu desa di daftar ini sudah ada dan tidak diubah: %.*s%s.", hosted, STR_ARG(buf_str(&names)),
                               hosted > NAMED_MOST ? " dan lainnya" : "");
    if (kelurahan > 0)
        v.kelurahan_note = str_fmt(arena, "%zu kelurahan hanya dicatat dalam daftar wilayah.", kelurahan);
    view_kelola_confirm(&out, &v);
    const struct page page = {.title = STR("Siapkan desa baru"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

enum rc kelola_add_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str list = input_str(req, "daftar");
    struct faulty faulty = {NULL, 0, true};
    struct select_view districts;
    struct unit_list units;
    struct upload upload;
    struct known known;

    if (input_file(req, "berkas", &upload) && upload.bytes.n > 0)
        list = upload.bytes;
    if (str_empty(str_trim(list.p != NULL ? list : STR("")))) {
        TRY(districts_fill(req, &districts, err));
        list = single_line(req, &districts);
    }
    if (request_faults(req)->n > 0)
        return add_respond(req, resp, &faulty, err);
    units_read(arena, with_header(arena, list, &faulty.lines_before), &units);
    TRY(known_read(request_control_db(req), &known, err));
    regency_check(&known, &units);
    districts_keep(&known, &units);
    if (units.faults_n > 0) {
        faulty.units = &units;
        return add_respond(req, resp, &faulty, err);
    }
    return confirm_respond(req, resp, &units, &known, err);
}

/* ---- preparing ---- */

struct preparing {
    struct request *req;
    struct unit_list units;
};

static enum rc job_put(struct control_txn *txn, struct request *req, struct str code, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_pending pending;
    uint64_t subject = 0;

    if (!str_to_u64(code, &subject))
        return fail(err, RC_FAULT, "code is no number");
    TRY(sql_kelola_job_pending(in_control_txn(txn), CONTROL_JOB_PROVISION, subject, &pending, err));
    if (pending.n > 0)
        return RC_OK;
    TRY(control_outbox_put(txn, CONTROL_JOB_PROVISION, subject, STR("{}"), err));
    const struct audit audit = request_audit(req, "village.register", str_fmt(arena, "village:%.*s", STR_ARG(code)));

    return control_audit_put(txn, &audit, err);
}

static enum rc prepare_body(struct control_txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    struct preparing *p = ctx;
    struct provision_region region = {str_part(p->units.p[0].code, 0, 4), STR(""), STR("")};
    struct provision_registered registered;

    TRY(provision_register(txn, &p->units, &region, NULL, &registered, err));
    for (size_t i = 0; i < registered.codes.n; i++) {
        struct kelola_slug row;
        bool is_found;

        TRY(sql_kelola_slug_of(in_control_txn(txn), registered.codes.p[i], &row, &is_found, err));
        if (is_found && !str_is(row.step, "ready"))
            TRY(job_put(txn, p->req, registered.codes.p[i], err));
    }
    *go_to_out = STR("/pekerjaan");
    return RC_OK;
}

/* Reads the list once more: what comes back from a browser is never taken on trust. */
enum rc kelola_prepare_post(struct request *req, struct response *resp, struct err *err)
{
    struct preparing p = {.req = req};
    struct faulty faulty = {&p.units, 0, true};
    struct str list = input_str(req, "daftar");
    struct known known;

    units_read(request_arena(req), list.p != NULL ? list : STR(""), &p.units);
    TRY(known_read(request_control_db(req), &known, err));
    regency_check(&known, &p.units);
    if (p.units.faults_n > 0)
        return fail(err, RC_BAD_REQUEST, "the confirmed list has %zu faults", faulty.units->faults_n);
    districts_keep(&known, &p.units);
    hosted_drop(&known, &p.units);
    if (p.units.n == 0) /* all are there: perhaps because this form was sent before */
        return respond_redirect(resp, STR("/pekerjaan"));
    return control_act(req, resp, prepare_body, &p, err);
}
