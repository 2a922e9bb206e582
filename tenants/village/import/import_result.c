// SPDX-License-Identifier: AGPL-3.0-or-later
/* What became of a file: progress, figures, faults. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/import/import_head.h"
#include "tenants/village/import/import_pages.h"
#include "tenants/village/import/import_same.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/import/import_view.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/registry_rows.h"

#define HOME "/kantor/penduduk/impor"

enum { FAULTS_A_PAGE = 50, CAUSES_MOST = 60, EXAMPLES = 3 };

static struct str count_text(struct arena *arena, uint64_t n)
{
    return number_text(arena, (int64_t)n);
}

/* ---- while the work goes on ---- */

static enum rc show_busy(struct request *req, struct village_db *db, const struct import_batch *batch, struct import_batch_view *v,
                         struct err *err)
{
    struct arena *arena = request_arena(req);
    bool is_commit = str_is(batch->state, "committing");
    struct import_progress progress;
    struct import_work work;
    bool found;

    TRY(sql_import_work_of(db, batch->id, &work, &found, err));
    if (!found || !work.is_alive) {
        v->is_dead = v->has_notice = true;
        v->notice = (struct notice_view){.tone = STR("merah"),
                                         .icon = STR("circle-alert"),
                                         .title = STR("Pekerjaan ini berhenti di tengah jalan"),
                                         .text = STR("Belum ada data yang berubah. Ulangi sekali lagi; bila berhenti lagi, batalkan lalu "
                                                     "unggah berkasnya dalam beberapa bagian.")};
        return RC_OK;
    }
    v->is_busy = true;
    v->busy_title = is_commit ? STR("Sedang menyimpan") : STR("Sedang memeriksa");
    v->busy_text = STR("Boleh ditinggal. Hasilnya ada di halaman ini.");
    TRY(sql_import_progress_get(db, batch->id, &progress, &found, err));
    if (!found || progress.total == 0 || !str_is(progress.stage, is_commit ? "write" : "check"))
        return RC_OK; /* what the check before it left says nothing of what is written */
    v->has_bar = is_commit;
    v->bar.percent = (uint32_t)((uint64_t)progress.done * 100 / progress.total);
    v->bar.label = str_fmt(arena, "%u persen", v->bar.percent);
    v->busy_text = str_fmt(arena,
                           is_commit ? "%.*s dari %.*s warga ditulis. Boleh ditinggal." : "%.*s dari %.*s baris dibaca. Boleh ditinggal.",
                           STR_ARG(count_text(arena, progress.done)), STR_ARG(count_text(arena, progress.total)));
    return RC_OK;
}

/* ---- the result ---- */

static void add_stat(struct stats_view *stats, const char *label, struct str value, const char *note)
{
    stats->p[stats->n++] = (struct stat_item){.label = str_c(label), .value = value, .note = str_c(note)};
}

static void show_figures(struct request *req, const struct import_batch *batch, struct import_batch_view *v)
{
    struct arena *arena = request_arena(req);
    bool is_done = str_is(batch->state, "committed");

    v->stats.p = ARENA_ARRAY(arena, struct stat_item, 6);
    add_stat(&v->stats, "Baru", count_text(arena, batch->n_new), is_done ? "warga dicatat" : "warga akan dicatat");
    add_stat(&v->stats, "Berubah", count_text(arena, batch->n_changed), is_done ? "warga diperbarui" : "warga akan diperbarui");
    add_stat(&v->stats, "Tetap", count_text(arena, batch->n_unchanged), "sama dengan data desa");
    if (batch->n_waiting > 0)
        add_stat(&v->stats, is_done ? "Tidak dijawab" : "Menunggu jawaban", count_text(arena, batch->n_waiting),
                 is_done ? "baris tidak ikut disimpan" : "baris perlu dipastikan");
    add_stat(&v->stats, "Ditolak", count_text(arena, batch->n_refused - batch->n_waiting), "baris berisi kesalahan");
    add_stat(&v->stats, "Peringatan", count_text(arena, batch->n_warnings), "tidak menghalangi");
}

static void show_choice(struct request *req, const struct import_batch *batch, struct import_batch_view *v)
{
    struct arena *arena = request_arena(req);
    uint32_t n = batch->n_new + batch->n_changed;

    v->may_cancel = true;
    v->may_save = n > 0;
    v->is_save_second = batch->n_waiting > 0;
    v->save_label = str_fmt(arena, "Simpan %.*s warga", STR_ARG(count_text(arena, n)));
    if (batch->n_waiting > 0)
        v->save_label = str_fmt(arena, "%.*s, tanpa %.*s baris yang belum dijawab", STR_ARG(v->save_label),
                                STR_ARG(count_text(arena, batch->n_waiting)));
    v->result_hash = str_hex(arena, batch->result_hash.p, batch->result_hash.n);
    if (batch->n_mismatch > 0 && !batch->accepts_mismatch)
        v->mismatch = count_text(arena, batch->n_mismatch);
    if (batch->n_old > 0)
        v->old = count_text(arena, batch->n_old);
    v->takes_old = batch->takes_old;
    if (n == 0 && batch->n_refused == 0)
        v->save_note = STR("Tidak ada yang perlu disimpan: isi berkas sama dengan data desa.");
    else if (n == 0 && batch->n_waiting > 0)
        v->save_note = STR("Belum ada baris yang bisa disimpan. Jawab dulu yang perlu dipastikan.");
    else if (n == 0)
        v->save_note = STR("Belum ada baris yang bisa disimpan. Perbaiki berkasnya, lalu unggah lagi.");
    else if (batch->n_refused > batch->n_waiting)
        v->save_note = str_fmt(
            arena, "%.*s baris yang ditolak tidak ikut disimpan. Perbaiki dan unggah lagi kapan saja: yang sudah tersimpan tidak berubah.",
            STR_ARG(count_text(arena, batch->n_refused - batch->n_waiting)));
}

static void show_state(struct request *req, const struct import_batch *batch, struct import_batch_view *v)
{
    struct arena *arena = request_arena(req);

    if (str_is(batch->state, "refused")) {
        v->has_notice = true;
        v->notice = (struct notice_view){.tone = STR("merah"),
                                         .icon = STR("circle-alert"),
                                         .title = STR("Berkas ini tidak bisa diimpor"),
                                         .text = batch->refusal,
                                         .href = STR(HOME),
                                         .link_label = STR("Unggah berkas lain")};
    } else if (str_is(batch->state, "cancelled")) {
        v->has_notice = true;
        v->notice = (struct notice_view){.tone = STR("abu"),
                                         .icon = STR("ban"),
                                         .title = STR("Impor ini dibatalkan"),
                                         .text = STR("Tidak ada data yang berubah."),
                                         .href = STR(HOME),
                                         .link_label = STR("Unggah berkas lain")};
    } else if (str_is(batch->state, "changed")) {
        v->has_notice = true;
        v->notice = (struct notice_view){
            .tone = STR("kuning"),
            .icon = STR("triangle-alert"),
            .title = STR("Hasilnya berbeda dari yang tadi dilihat"),
            .text = STR("Data desa berubah sesudah berkas diperiksa. Belum ada yang tersimpan. Lihat hasil yang baru, lalu simpan.")};
    } else if (str_is(batch->state, "committed")) {
        const uint32_t refused = batch->n_refused - batch->n_waiting;
        struct str left = refused > 0 ? str_fmt(arena, " %.*s baris ditolak dan tidak ikut disimpan.", STR_ARG(count_text(arena, refused)))
                                      : STR("");
        if (batch->n_waiting > 0)
            left = str_fmt(arena, "%.*s %.*s baris tidak dijawab dan tidak ikut disimpan: unggah lagi berkasnya untuk menjawab.",
                           STR_ARG(left), STR_ARG(count_text(arena, batch->n_waiting)));
        v->has_notice = true;
        v->notice = (struct notice_view){
            .tone = STR("hijau"),
            .icon = STR("circle-check"),
            .is_status = true,
            .title = str_fmt(arena, "Tersimpan %.*s", STR_ARG(utc_clock(arena, batch->committed_at, request_village(req)->zone))),
            .text = str_fmt(arena, "%.*s warga baru, %.*s warga berubah.%.*s", STR_ARG(count_text(arena, batch->n_new)),
                            STR_ARG(count_text(arena, batch->n_changed)), STR_ARG(left)),
            .href = STR("/kantor/penduduk"),
            .link_label = STR("Lihat penduduk")};
    }
    v->has_result = str_is(batch->state, "checked") || str_is(batch->state, "changed") || str_is(batch->state, "committed");
    if (!v->has_result)
        return;
    show_figures(req, batch, v);
    if (batch->n_joined > 0)
        v->joined = str_fmt(arena, "%.*s warga yang belum ber-NIK %s nama dan NIK dari berkas ini.",
                            STR_ARG(count_text(arena, batch->n_joined)), str_is(batch->state, "committed") ? "mendapat" : "akan mendapat");
    if (!str_is(batch->state, "committed"))
        show_choice(req, batch, v);
}

struct str import_column_label(struct str heading)
{
    static const char *const labels[COLUMN_COUNT] = {[COLUMN_ADDRESS] = "Alamat",
                                                     [COLUMN_HAMLET] = "{Dusun}",
                                                     [COLUMN_RW] = "RW",
                                                     [COLUMN_RT] = "RT",
                                                     [COLUMN_NAME] = "Nama",
                                                     [COLUMN_KK] = "Nomor KK",
                                                     [COLUMN_NIK] = "NIK",
                                                     [COLUMN_BIRTH_PLACE] = "Tempat lahir",
                                                     [COLUMN_BIRTH_DATE] = "Tanggal lahir",
                                                     [COLUMN_FATHER_NIK] = "NIK ayah",
                                                     [COLUMN_FATHER_NAME] = "Nama ayah",
                                                     [COLUMN_MOTHER_NIK] = "NIK ibu",
                                                     [COLUMN_MOTHER_NAME] = "Nama ibu",
                                                     [COLUMN_BIRTH_CERT] = "Akta lahir",
                                                     [COLUMN_PASSPORT] = "Nomor paspor",
                                                     [COLUMN_PASSPORT_UNTIL] = "Akhir paspor",
                                                     [COLUMN_KITAS] = "KITAS",
                                                     [COLUMN_MARRIAGE_CERT] = "Akta kawin",
                                                     [COLUMN_MARRIAGE_DATE] = "Tanggal kawin",
                                                     [COLUMN_DIVORCE_CERT] = "Akta cerai",
                                                     [COLUMN_DIVORCE_DATE] = "Tanggal cerai",
                                                     [COLUMN_ADDRESS_NOW] = "Alamat sekarang",
                                                     [COLUMN_ETHNICITY] = "Suku",
                                                     [COLUMN_CARD_TAG] = "Nomor kartu",
                                                     [COLUMN_INSURANCE_NO] = "Nomor asuransi",
                                                     [COLUMN_LAT] = "Lintang",
                                                     [COLUMN_LNG] = "Bujur"};

    for (int c = 0; c < COLUMN_COUNT; c++)
        if (str_is(heading, column_rules[c].heading))
            return labels[c] != NULL ? str_c(labels[c]) : code_list_title(column_rules[c].list);
    return heading;
}

/* The columns that a sheet has not got, as people call them; what they are missed for, the rows say themselves. */
static void show_missing(struct arena *arena, json_t *missing, struct import_sheet_view *out)
{
    struct buf columns = {.arena = arena};
    size_t i;
    json_t *item;

    json_array_foreach(missing, i, item)
    {
        buf_put_str(&columns, i > 0 ? STR(", ") : STR(""));
        buf_put_str(&columns, import_column_label(str_c(json_string_value(item))));
    }
    if (columns.n == 0)
        return;
    out->columns = buf_str(&columns);
    out->missing = str_fmt(arena, "%zu kolom tidak ada di berkas, tidak apa-apa", json_array_size(missing));
}

static struct import_sheet_view sheet_view_of(struct arena *arena, json_t *sheet)
{
    struct import_sheet_view out = {.name = json_text(sheet, "name"),
                                    .note = json_text(sheet, "note"),
                                    .rows = json_bool(sheet, "read") ? count_text(arena, json_u64(sheet, "rows")) : STR("-")};

    show_missing(arena, json_object_get(sheet, "missing"), &out);
    return out;
}

static enum rc show_notes(struct request *req, const struct import_batch *batch, struct import_batch_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *notes;
    size_t i;
    json_t *item;

    if (str_empty(batch->notes))
        return RC_OK;
    TRY(json_read(arena, batch->notes, &notes, err));
    v->areas = json_text(notes, "areas");
    json_t *sheets = json_object_get(notes, "sheets"), *changes = json_object_get(notes, "changes");
    v->sheets.p = ARENA_ARRAY(arena, struct import_sheet_view, json_array_size(sheets) + 1);
    json_array_foreach(sheets, i, item) v->sheets.p[v->sheets.n++] = sheet_view_of(arena, item);
    v->changes.p = ARENA_ARRAY(arena, struct import_change_view, json_array_size(changes));
    json_t *others = json_object_get(notes, "others");
    uint64_t n_others = json_u64(others, "n"), n_read = json_u64(others, "read");
    if (n_others > 0)
        v->sheets.p[v->sheets.n++] = (struct import_sheet_view){
            .name = str_fmt(arena, "dan %" PRIu64 " lembar lain", n_others),
            .note = str_fmt(arena, "%" PRIu64 " lembar dibaca, %" PRIu64 " dilewati.", n_read, n_others - n_read),
            .rows = n_read > 0 ? count_text(arena, json_u64(others, "rows")) : STR("-")};
    json_array_foreach(changes, i, item) v->changes.p[v->changes.n++] = (struct import_change_view){
        .column = import_column_label(json_text(item, "column")), .count = count_text(arena, json_u64(item, "n"))};
    return RC_OK;
}

static struct import_cause_view cause_view_of(struct arena *arena, struct str path, const struct import_cause *c, bool may_choose)
{
    const bool is_question = !c->is_warning && c->asks != ASKS_NOTHING;
    const char *kind = c->is_warning ? "Peringatan" : !is_question ? "Kesalahan" : may_choose ? "Perlu dipastikan" : "Tidak dijawab";

    return (struct import_cause_view){.href = str_fmt(arena, "%.*s?sebab=%u", STR_ARG(path), c->cause),
                                      .column = import_column_label(c->column_name),
                                      .text = c->text,
                                      .accepted = c->accepted,
                                      .n = c->n,
                                      .count = str_fmt(arena, "%.*s baris", STR_ARG(count_text(arena, c->n))),
                                      .tag = {.tone = c->is_warning || is_question ? STR("kuning") : STR("merah"), .label = str_c(kind)},
                                      .is_question = is_question,
                                      .may_choose = may_choose && c->asks != ASKS_NOTHING && c->asks != ASKS_PERSON,
                                      .choose = registry_date_question((enum registry_asks)c->asks) == NULL ? STR("Beri arti")
                                                : c->is_warning                                             ? STR("Ubah jawaban")
                                                                                                            : STR("Jawab")};
}

/* A list shows no whole NIK or KK number: row and name say whom it is about, the file holds the number. One that is too short or too long
 * is shown as it is, since that is what has to be mended. */
static struct str value_shown(struct arena *arena, struct str value)
{
    return value.n == 16 && digits_in(value) == 16 ? nik_masked(arena, value) : value;
}

/* To whom a fault compares its row; "": to nobody. */
static struct str person_href(struct arena *arena, const struct import_fault_line *line)
{
    return line->resident_id != 0 ? str_fmt(arena, "/kantor/penduduk/%" PRIu64, line->resident_id) : STR("");
}

static void add_example(struct arena *arena, struct import_cause_view *cause, const struct import_fault_line *line)
{
    struct str who = str_empty(line->name) ? STR("") : str_fmt(arena, " %.*s", STR_ARG(line->name));
    struct str value = str_empty(line->value) ? STR("")
                                              : str_fmt(arena, " (%.*s)", STR_ARG(utf8_part(arena, value_shown(arena, line->value), 40)));

    cause->examples = str_fmt(arena, "%.*s%s%u%.*s%.*s", STR_ARG(cause->examples), str_empty(cause->examples) ? "Baris " : "; ",
                              line->row_no, STR_ARG(who), STR_ARG(value));
    cause->person_href = cause->n == 1 ? person_href(arena, line) : STR("");
}

/* What waits for an answer apart from the rest; who is who is asked in a form of its own. */
static void part_causes(struct arena *arena, const struct import_cause_view *all, size_t n, struct import_batch_view *v)
{
    v->causes.p = ARENA_ARRAY(arena, struct import_cause_view, n);
    v->asks.p = ARENA_ARRAY(arena, struct import_cause_view, n);
    for (size_t i = 0; i < n; i++) {
        if (!all[i].is_question || !v->may_cancel)
            v->causes.p[v->causes.n++] = all[i];
        else if (all[i].may_choose)
            v->asks.p[v->asks.n++] = all[i];
    }
    if (v->asks.n > 0)
        v->asks.p[0].is_first = v->is_save_second;
}

/* All causes, each with the first rows it stands in. */
static enum rc show_causes(struct request *req, struct village_db *db, const struct import_batch *batch, struct import_batch_view *v,
                           struct err *err)
{
    struct arena *arena = request_arena(req);
    struct import_cause_rows causes;
    struct import_fault_line_rows lines;

    TRY(sql_import_causes(db, batch->id, CAUSES_MOST + 1, &causes, err));
    size_t n = causes.n < CAUSES_MOST ? causes.n : CAUSES_MOST;
    struct import_cause_view *all = ARENA_ARRAY(arena, struct import_cause_view, n);
    for (size_t i = 0; i < n; i++) {
        all[i] = cause_view_of(arena, v->path, &causes.p[i], v->may_cancel);
        all[i].examples = STR("");
    }
    if (n > 0)
        TRY(sql_import_fault_examples(db, batch->id, (uint32_t)n, EXAMPLES, &lines, err));
    for (size_t i = 0; n > 0 && i < lines.n; i++)
        if (lines.p[i].cause >= 1 && lines.p[i].cause <= n) /* the file may be judged anew between the two */
            add_example(arena, &all[lines.p[i].cause - 1], &lines.p[i]);
    part_causes(arena, all, n, v);
    if (causes.n > n)
        v->fault_summary = STR("Masih ada sebab lain yang jarang. Semuanya ada di berkas unduhan.");
    else if (batch->faults_not_kept > 0)
        v->fault_summary = str_fmt(arena, "Masih ada %.*s lagi yang tidak dicatat satu per satu. Perbaiki dulu yang di atas.",
                                   STR_ARG(count_text(arena, batch->faults_not_kept)));
    return RC_OK;
}

static void link_pages(struct request *req, struct import_batch_view *v, uint32_t from, uint32_t total)
{
    struct arena *arena = request_arena(req);
    uint32_t last = from + (uint32_t)v->faults.n - 1;

    if (from > 1)
        v->pages.previous_href = str_fmt(arena, "%.*s&dari=%u", STR_ARG(v->one.href), from > FAULTS_A_PAGE ? from - FAULTS_A_PAGE : 1);
    if (last < total)
        v->pages.next_href = str_fmt(arena, "%.*s&dari=%u", STR_ARG(v->one.href), last + 1);
    v->pages.summary = str_fmt(arena, "Menampilkan %.*s–%.*s dari %.*s.", STR_ARG(count_text(arena, from)),
                               STR_ARG(count_text(arena, last)), STR_ARG(count_text(arena, total)));
}

/* The two ways to read the dates of a file, each with what it makes of the first row. */
static struct options date_answers(struct arena *arena, const struct date_question *asked, const struct import_fault_line *line)
{
    struct date_said said;
    const bool is_date = registry_date_text(arena, line->value, &said);
    struct options options = {ARENA_ARRAY(arena, struct option, COUNT_OF(asked->answers)), COUNT_OF(asked->answers)};

    for (size_t i = 0; i < options.n; i++)
        options.p[i] = (struct option){.value = str_fmt(arena, "%u", asked->answers[i].code), .label = str_c(asked->answers[i].label)};
    for (size_t i = 0; i < options.n && is_date; i++)
        options.p[i].label = str_fmt(arena, "%s: %.*s %.*s", asked->answers[i].label, STR_ARG(text_name(arena, line->name)),
                                     STR_ARG(date_long(arena, registry_date_as(said.d, asked->answers[i].code))));
    return options;
}

struct str import_asked_about(struct arena *arena, const struct import_cause *cause, struct str word)
{
    unsigned char hash[HASH_BYTES];
    struct str text = str_fmt(arena, "%.*s|%.*s|%.*s", STR_ARG(cause->column_name), STR_ARG(word), STR_ARG(cause->text));

    hash_sha256(text.p, text.n, hash);
    return str_hex(arena, hash, sizeof hash / 2);
}

/* One word in all these rows: a person may say which code it is, for this file and those to come; dates, for this file. */
static enum rc show_choice_of(struct request *req, const struct import_cause *cause, const struct import_fault_line *line,
                              struct import_batch_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct import_choose_form stored = {.cause = {true, cause->cause}, .about = import_asked_about(arena, cause, line->value)};
    const struct date_question *asked = registry_date_question((enum registry_asks)cause->asks);
    int column = column_of_heading(arena, cause->column_name);

    if (!v->one.may_choose || (column < 0 && asked == NULL))
        return RC_OK;
    TRY(import_choose_fill(req, &stored, &v->form, err));
    v->may_choose = true;
    v->choice = (struct select_view){
        .name = STR(IMPORT_CHOOSE_CODE),
        .label = asked != NULL ? str_c(asked->label) : str_fmt(arena, "“%.*s” berarti", STR_ARG(line->value)),
        .hint = asked != NULL ? STR("Dipakai di semua baris ini sekaligus, di berkas ini saja. Bila keliru, jawab lagi.")
                              : STR("Dipakai di semua baris ini sekaligus dan diingat untuk berkas berikutnya."),
        .fault = v->form.p[IMPORT_CHOOSE_AT_CODE].fault,
        .width = STR("m"),
        .empty_label = STR("Pilih"),
        .options = asked != NULL ? date_answers(arena, asked, line) : form_code_options(arena, column_rules[column].list, 0, 0)};
    return RC_OK;
}

/* The rows of one cause. */
static enum rc show_one(struct request *req, struct village_db *db, const struct import_batch *batch, const struct import_choose_form *form,
                        struct import_batch_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    uint32_t from = form->from.value > 0 ? (uint32_t)form->from.value : 1;
    struct import_cause cause;
    struct import_fault_line_rows lines;

    TRY(sql_import_cause_get(db, batch->id, (uint32_t)form->cause.value, &cause, &v->is_one, err));
    if (!v->is_one)
        return show_causes(req, db, batch, v, err);
    v->one = cause_view_of(arena, v->path, &cause, v->may_cancel);
    v->has_texts = !cause.is_same;
    TRY(sql_import_faults(db, batch->id, cause.cause, from, FAULTS_A_PAGE, &lines, err));
    v->faults.p = ARENA_ARRAY(arena, struct import_fault_view, lines.n);
    for (size_t i = 0; i < lines.n; i++) {
        const struct import_fault_line *f = &lines.p[i];
        v->faults.p[v->faults.n++] = (struct import_fault_view){
            f->sheet, str_fmt(arena, "%u", f->row_no), f->name, value_shown(arena, f->value), f->text, person_href(arena, f)};
    }
    if (lines.n > 0)
        link_pages(req, v, from, cause.n);
    return lines.n > 0 ? show_choice_of(req, &cause, &lines.p[0], v, err) : RC_OK;
}

static enum rc fill_view(struct request *req, struct village_db *db, const struct import_batch *batch,
                         const struct import_choose_form *form, struct import_batch_view *v, struct err *err)
{
    if (str_is(batch->state, "checking") || str_is(batch->state, "committing"))
        return show_busy(req, db, batch, v, err);
    show_state(req, batch, v);
    TRY(show_notes(req, batch, v, err));
    if (v->has_result)
        TRY(form->cause.value > 0 ? show_one(req, db, batch, form, v, err) : show_causes(req, db, batch, v, err));
    if (v->may_cancel && batch->n_asked > 0)
        TRY(import_questions_show(req, db, batch, v, err));
    v->has_words = v->asks.n > 0;
    for (size_t i = 0; i < v->causes.n; i++)
        v->has_words |= v->causes.p[i].may_choose;
    v->is_same_first = batch->n_open > 0 && v->asks.n == 0 && !v->may_choose;
    v->has_sheets = v->sheets.n > 1 || (v->sheets.n == 1 && str_is(v->sheets.p[0].rows, "-"));
    return RC_OK;
}

static enum rc batch_page(struct request *req, struct response *resp, const struct import_choose_form *form, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct import_batch batch;
    struct buf body = {.arena = arena};
    struct import_batch_view v = {.guard = request_form_guard(req)};

    TRY(request_village_db(req, &db, err));
    TRY(sql_import_batch_get(db, form->id, &batch, err));
    v.path = str_fmt(arena, HOME "/%" PRIu64, batch.id);
    v.filename = batch.filename;
    v.about = str_fmt(arena, "diunggah %.*s, %.*s", STR_ARG(batch.staff_name),
                      STR_ARG(utc_long(arena, batch.put_at, request_village(req)->zone)));
    if (str_is(batch.state, "committing") || str_is(batch.state, "committed"))
        v.about = str_fmt(arena, "%.*s; disetujui %.*s", STR_ARG(v.about), STR_ARG(batch.confirmed_name));
    TRY(fill_view(req, db, &batch, form, &v, err));
    if (request_is_part(req)) {
        view_import_result(&body, &v);
        return respond_part(resp, html_view(&body));
    }
    view_import_batch(&body, &v);
    const struct page page = {.title = STR("Hasil impor"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc import_batch_page(struct request *req, struct response *resp, struct err *err)
{
    struct import_choose_form form;

    import_choose_read(req, &form);
    return batch_page(req, resp, &form, err);
}

/* The same page after answers that could not be taken. */
enum rc import_same_page(struct request *req, struct response *resp, struct err *err)
{
    return batch_page(req, resp, &(struct import_choose_form){.id = import_same_got(req).id}, err);
}
