// SPDX-License-Identifier: AGPL-3.0-or-later
/* New villages: fill in or paste, see every fault at once, look at what will be made, and have it made. */
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/sheet/sheet.h"
#include "server/web/act.h"
#include "tenants/control/kelola_add_view.h"
#include "tenants/control/kelola_known.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision.h"
#include "tenants/control/provision_sql.h"
#include "workers/queue/queue.h"

enum {
    NAMED_MOST = 5, /* villages that are there already, by name */
    LIST_MAX = 400000,
    ROWS_MAX = 20000
};

/* ---- the form ---- */

static enum rc districts(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_district_rows rows;

    (void)words;
    TRY(sql_kelola_districts(request_control_db(req), &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = rows.p[i].code, .label = rows.p[i].name};
    return RC_OK;
}

static enum rc district_find(struct request *req, uint64_t code, struct str *label_out, struct err *err)
{
    struct str word = str_fmt(request_arena(req), "%" PRIu64, code);
    struct options all;

    TRY(districts(req, STR(""), &all, err));
    *label_out = STR_NONE;
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.p[i].value, word))
            *label_out = all.p[i].label;
    return RC_OK;
}

const struct pick_source kelola_districts_pick = {.list = districts, .find = district_find};

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
};

static enum rc add_respond(struct request *req, struct response *resp, const struct faulty *faulty, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct str list = kelola_add_got(req).list;
    struct kelola_add_view v = {.list = utf8_is_valid(list) ? list : STR("")};

    TRY(kelola_add_fill(req, NULL, &v.form, err));
    if (faulty->units != NULL) {
        line_faults_fill(out.arena, faulty->units, faulty->lines_before, &v);
        response_status(resp, 422);
    }
    view_kelola_add(&out, &v);
    const struct page page = {.title = STR("Siapkan desa baru"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

enum rc kelola_add_page(struct request *req, struct response *resp, struct err *err)
{
    const struct faulty none = {NULL, 0};

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
        if (str_eq_nocase(str_trim(field), STR("code")) || str_eq_nocase(str_trim(field), STR("kode")))
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

/* ---- a file of a spreadsheet program, as the lines that its rows would be ---- */

struct book_list {
    struct arena *arena;
    struct str bytes;
    struct buf lines;
    uint32_t line; /* so many are there; the first sheet with rows is read */
    enum sheet_cause cause;
    enum rc rc;
    struct err err;
};

static enum rc book_sheet(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err)
{
    const struct book_list *b = ctx;

    (void)err;
    *want_out = info->is_table && !info->is_hidden && b->line == 0;
    return RC_OK;
}

static enum rc book_row(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err)
{
    struct book_list *b = ctx;

    if (b->lines.n > LIST_MAX)
        return fail(err, RC_INVALID, "more than a list of villages holds");
    for (; b->line + 1 < row_no && row_no < ROWS_MAX; b->line++)
        buf_put_char(&b->lines, '\n');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_char(&b->lines, '\t');
        for (size_t k = 0; k < cells[i].text.n; k++)
            buf_put_char(&b->lines, (unsigned char)cells[i].text.p[k] < ' ' ? ' ' : cells[i].text.p[k]);
    }
    buf_put_char(&b->lines, '\n');
    b->line++;
    return RC_OK;
}

static void book_read(void *arg)
{
    struct book_list *b = arg;
    const struct sheet_sink sink = {.ctx = b, .sheet = book_sheet, .row = book_row};

    b->rc = sheet_read(b->arena, b->bytes, &sheet_limits_default, &sink, &b->cause, &b->err);
}

/* Text with tabs is the list already. What cannot be read is said at the field. */
static enum rc list_of_file(struct request *req, struct str bytes, struct str *list_out, struct err *err)
{
    struct book_list *b = ARENA_NEW(request_arena(req), struct book_list);

    *list_out = bytes;
    if (utf8_is_valid(bytes) && str_find_char(bytes, '\t') >= 0)
        return RC_OK;
    *b = (struct book_list){.arena = request_arena(req), .bytes = bytes, .lines = {.arena = request_arena(req)}};
    TRY(fiber_offload(book_read, b, err));
    *list_out = b->lines.n > 0 ? buf_str(&b->lines) : STR("");
    if (b->rc != RC_OK && b->cause == SHEET_FINE)
        request_fault(req, KELOLA_ADD_FILE, "Berkas ini lebih panjang daripada daftar desa. Pilih berkas yang benar.");
    else if (b->rc != RC_OK)
        request_fault(req, KELOLA_ADD_FILE, "%s", str_z(request_arena(req), sheet_cause_text(b->cause)));
    else if (b->lines.n == 0)
        request_fault(req, KELOLA_ADD_FILE, "Berkas ini tidak berisi baris. Pilih berkas yang berisi daftar desa.");
    return RC_OK;
}

/* The one village of the form as a list of one line; its faults stand at its fields. */
static struct str single_line(struct request *req, const struct kelola_add_form *form)
{
    struct arena *arena = request_arena(req);
    struct str code = form->code, chosen = str_fmt(arena, "%" PRIu64, form->district.id);

    if (str_empty(code) && request_fault_of(req, KELOLA_ADD_CODE).p == NULL)
        request_fault(req, KELOLA_ADD_CODE, "Kode desa belum diisi. Contoh: 73.17.10.2003.");
    else if (unit_code(arena, code).p == NULL && request_fault_of(req, KELOLA_ADD_CODE).p == NULL)
        request_fault(req, KELOLA_ADD_CODE, "Kode desa harus sepuluh angka. Contoh: 73.17.10.2003.");
    else if (form->district.id != 0 && !str_starts(unit_code(arena, code), chosen))
        request_fault(req, KELOLA_ADD_DISTRICT, "Kode desa bukan dari kecamatan ini. Cocokkan keduanya.");
    if (str_empty(form->name) && request_fault_of(req, KELOLA_ADD_NAME).p == NULL)
        request_fault(req, KELOLA_ADD_NAME, "Nama desa belum diisi.");
    if (form->district.id == 0 && request_fault_of(req, KELOLA_ADD_DISTRICT).p == NULL)
        request_fault(req, KELOLA_ADD_DISTRICT, "Kecamatan belum dipilih.");
    return str_fmt(arena, "code\tkind\tname\tdistrict\n%.*s\tdesa\t%.*s\t%.*s\n", STR_ARG(code), STR_ARG(form->name),
                   STR_ARG(form->district.label));
}

/* What only the reader of lists or the tree finds wrong stands at the field that it is about. */
static void single_faults(struct request *req, const struct unit_list *units)
{
    struct str name = kelola_add_got(req).name;

    for (size_t i = 0; i < units->faults_n; i++) {
        const char *field = str_eq(units->faults[i].value, name) ? KELOLA_ADD_NAME : KELOLA_ADD_CODE;

        if (request_fault_of(req, field).p == NULL)
            request_fault(req, field, "%s", units->faults[i].indonesian);
    }
}

/* ---- confirming ---- */

/* Villages that are hosted already are left out: registering would write their names anew. */
static void hosted_drop(const struct known *known, struct unit_list *units)
{
    size_t n = 0;

    for (size_t i = 0; i < units->n; i++)
        if (!known_is_hosted(known, units->p[i].code))
            units->p[n++] = units->p[i];
    units->n = n;
}

/* The list as it was written: what differs from the tree is looked at again when it comes back. */
static struct str list_again(struct arena *arena, const struct unit_list *units)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, STR("code\tkind\tname\tdistrict\tlat\tlng\n"));
    for (size_t i = 0; i < units->n; i++) {
        const struct unit_row *u = &units->p[i];

        buf_fmt(&out, "%.*s\t%s\t%.*s\t%.*s\t", STR_ARG(u->code), u->is_desa ? "D" : "K", STR_ARG(u->name_written),
                STR_ARG(u->district_written));
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

/* The rows of the page: what will be made, and what is to be looked at in the rest. */
static void lines_fill(struct arena *arena, const struct unit_list *units, const struct known *known, const struct slug_seat *seats,
                       size_t seats_n, struct kelola_confirm_view *v)
{
    v->lines.p = ARENA_ARRAY(arena, struct kelola_new_line, units->n);
    v->others.p = ARENA_ARRAY(arena, struct kelola_new_line, units->n);
    for (size_t i = 0; i < units->n; i++) {
        const struct unit_row *u = &units->p[i];
        bool is_made = u->is_desa && !known_is_hosted(known, u->code);
        struct known_notes notes = known_notes_of(arena, known, units, i);
        struct kelola_new_line line = {
            .code = unit_dotted(arena, u->code), .name = u->name, .district = u->district, .notes = {notes.p, notes.n}};

        v->asks = v->asks || (notes.asks && !known_is_hosted(known, u->code));
        for (size_t k = 0; is_made && k < seats_n; k++)
            if (str_eq(seats[k].code, u->code))
                line.host = seats[k].slug;
        if (is_made)
            v->lines.p[v->lines.n++] = line;
        else if (notes.n > 0)
            v->others.p[v->others.n++] = line;
        v->has_notes = v->has_notes || (is_made && notes.n > 0);
    }
}

/* tidied: what known_tidy said of them. */
static enum rc confirm_respond(struct request *req, struct response *resp, const struct unit_list *units, const struct known *known,
                               const struct kelola_confirm_form *stored, struct str tidied, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_confirm_view v = {.list = list_again(arena, units), .tidied = tidied, .may_tidy = tidied.n > 0 || stored->is_as_written};
    struct buf names = {.arena = arena};
    struct slug_seat *seats;
    size_t seats_n, hosted = 0, kelurahan = 0;

    TRY(kelola_confirm_fill(req, stored, &v.form, err));
    TRY(hosts_foresee(req, units, &seats, &seats_n, err));
    lines_fill(arena, units, known, seats, seats_n, &v);
    for (size_t i = 0; i < units->n; i++) {
        kelurahan += !units->p[i].is_desa;
        if (known_is_hosted(known, units->p[i].code) && hosted++ < NAMED_MOST)
            buf_fmt(&names, "%s%.*s", hosted > 1 ? ", " : "", STR_ARG(units->p[i].name));
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
    const struct kelola_add_form form = kelola_add_got(req);
    struct str list = form.list;
    struct faulty faulty = {NULL, 0};
    struct unit_list units;
    struct known known;

    if (form.is_back) /* the list is looked at again, as it was read */
        return add_respond(req, resp, &faulty, err);
    if (form.file.bytes.n > 0)
        TRY(list_of_file(req, form.file.bytes, &list, err));
    if (request_faults(req)->n > 0)
        return add_respond(req, resp, &faulty, err);
    bool is_single = str_empty(str_trim(list));

    if (is_single)
        list = single_line(req, &form);
    if (request_faults(req)->n > 0)
        return add_respond(req, resp, &faulty, err);
    units_read(request_arena(req), with_header(request_arena(req), list, &faulty.lines_before), &units);
    TRY(known_read(request_control_db(req), &known, err));
    known_apply(request_arena(req), &known, form.may_be_new, &units);
    if (units.faults_n > 0) {
        if (is_single)
            single_faults(req, &units);
        else
            faulty.units = &units;
        return add_respond(req, resp, &faulty, err);
    }
    const struct kelola_confirm_form stored = {.may_be_new = form.may_be_new};

    return confirm_respond(req, resp, &units, &known, &stored, known_tidy(request_arena(req), &known, &units), err);
}

/* ---- preparing ---- */

enum rc kelola_job_put(struct control_txn *txn, struct str code, bool *is_put_out, struct err *err)
{
    struct kelola_pending pending;
    uint64_t subject = 0;

    if (!str_to_u64(code, &subject))
        return fail(err, RC_FAULT, "code is no number");
    TRY(sql_kelola_job_pending(in_control_txn(txn), CONTROL_JOB_PROVISION, subject, &pending, err));
    *is_put_out = pending.n == 0;
    return *is_put_out ? control_outbox_put(txn, CONTROL_JOB_PROVISION, subject, STR("{}"), err) : RC_OK;
}

/* Reads the list once more: what comes back from a browser is never taken on trust. */
static enum rc confirmed_read(struct request *req, struct unit_list *units, struct known *known, struct str *tidied_out, struct err *err)
{
    const struct kelola_confirm_form form = kelola_confirm_got(req);

    units_read(request_arena(req), form.list, units);
    TRY(known_read(request_control_db(req), known, err));
    known_apply(request_arena(req), known, form.may_be_new, units);
    *tidied_out = form.is_as_written ? STR("") : known_tidy(request_arena(req), known, units);
    return units->faults_n == 0 ? RC_OK : fail(err, RC_BAD_REQUEST, "the confirmed list has %zu faults", units->faults_n);
}

/* What was asked is answered, when it came to be asked: the tree may have moved since the page was made. */
enum rc kelola_prepare_check(struct request *req, struct err *err)
{
    struct unit_list *units = ARENA_NEW(request_arena(req), struct unit_list);
    struct known known;
    struct str tidied;
    bool asks = false;

    if (request_faults(req)->n > 0)
        return RC_OK;
    TRY(confirmed_read(req, units, &known, &tidied, err));
    for (size_t i = 0; i < units->n; i++)
        asks = asks || (!known_is_hosted(&known, units->p[i].code) && known_notes_of(request_arena(req), &known, units, i).asks);
    if (asks && !kelola_confirm_got(req).is_sure)
        request_ask(req, KELOLA_CONFIRM_IS_SURE, "Cocokkan baris bertanda dengan daftar resmi, lalu centang.");
    hosted_drop(&known, units);
    act_keep(req, units);
    return RC_OK;
}

enum rc kelola_confirm_page(struct request *req, struct response *resp, struct err *err)
{
    const struct kelola_confirm_form form = kelola_confirm_got(req);
    struct unit_list units;
    struct known known;
    struct str tidied;

    TRY(confirmed_read(req, &units, &known, &tidied, err));
    return confirm_respond(req, resp, &units, &known, &form, tidied, err);
}

enum rc kelola_prepare_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct unit_list *units = act_kept(req);
    struct provision_registered registered;

    *go_to_out = STR("/pekerjaan");
    if (units->n == 0) /* all are there */
        return RC_OK;
    act_say(req, "Desa didaftarkan");
    struct provision_region region = {str_part(units->p[0].code, 0, 4), STR(""), STR("")};

    TRY(provision_register(txn, units, &region, NULL, &registered, err));
    if (registered.codes.n == 1)
        *go_to_out = str_fmt(request_arena(req), "/desa/%.*s", STR_ARG(registered.codes.p[0]));
    for (size_t i = 0; i < registered.codes.n; i++) {
        struct kelola_slug row;
        bool is_found, is_put = false;

        TRY(sql_kelola_slug_of(in_control_txn(txn), registered.codes.p[i], &row, &is_found, err));
        if (is_found && !str_is(row.step, "ready"))
            TRY(kelola_job_put(txn, registered.codes.p[i], &is_put, err));
        if (is_put)
            TRY(console_act_audit(txn, req, err, "village.register", "village:%.*s", STR_ARG(registered.codes.p[i])));
    }
    return RC_OK;
}
