// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. Both agendas: their lists, the form, and what the room is. */
#include "server/base/text.h"
#include "server/register/attachment.h"
#include "tenants/village/correspondence/correspondence_pages.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/number_rows_sql.h"

#define HOME_IN "/kantor/surat-masuk"
#define HOME_OUT "/kantor/surat-keluar"

/* What is kept beside each: its history, its pages scanned, the receipt of who took it, notes. */
static const struct file_slot slots[] = {{.word = "scan", .label = "Pindaian surat", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
                                         {.word = "receipt", .label = "Tanda terima", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
                                         {0}};

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct mail_one row;

    TRY(mail_seen(req, db, id, &row, err));
    *name_out = row.subject;
    return RC_OK;
}

static const struct keeper in_keeper = {.owner = "mail", .home = HOME_IN, .name = name_of, .form = mail_edit_input, .slots = slots};
static const struct keeper out_keeper = {.owner = "mail", .home = HOME_OUT, .name = name_of, .form = mail_edit_input, .slots = slots};

const struct mail_side mail_sides[2] = {
    {MAIL_IN, HOME_IN, "Surat masuk", "surat masuk", "Semua surat masuk", &mail_in_list, &in_keeper, &mail_in_book},
    {MAIL_OUT, HOME_OUT, "Surat keluar", "surat keluar", "Semua surat keluar", &mail_out_list, &out_keeper, &mail_out_book}};

const struct mail_side *mail_side_of(const struct request *req)
{
    return &mail_sides[str_starts(request_path(req), STR(HOME_OUT)) ? 1 : 0];
}

enum rc mail_seen(struct request *req, struct village_db *db, uint64_t id, struct mail_one *out, struct err *err)
{
    return sql_mail_get(db, id, mail_side_of(req)->direction, request_may(req, MAY_READ_SECRET_MAIL), request_actor(req)->id, out, err);
}

enum rc mail_locked(struct txn *txn, struct request *req, uint64_t id, struct mail_one *out, struct err *err)
{
    return sql_mail_lock(txn, id, mail_side_of(req)->direction, request_may(req, MAY_READ_SECRET_MAIL), request_actor(req)->id, out, err);
}

enum rc mail_respond(struct request *req, struct response *resp, const char *title, struct buf *body, struct err *err)
{
    const struct page page = {.title = str_c(title), .active = STR(HOME_IN), .body = html_view(body)};

    return respond_page(req, resp, &page, err);
}

struct str mail_agenda(struct arena *arena, uint32_t agenda, uint16_t year)
{
    return str_fmt(arena, "%" PRIu32 "/%u", agenda, year);
}

struct str mail_state_words(struct arena *arena, uint8_t state, int64_t late_days, struct str *tone_out)
{
    static const struct {
        const char *words, *tone;
    } states[] = {[MAIL_NEW] = {"Belum didisposisi", "kuning"},
                  [MAIL_WORKING] = {"Menunggu dikerjakan", "biru"},
                  [MAIL_DONE] = {"Selesai", "abu"},
                  [MAIL_DRAFT] = {"Konsep", "kuning"},
                  [MAIL_SENT] = {"Terkirim", "hijau"},
                  [MAIL_VOID] = {"Dicabut", "merah"}};

    *tone_out = str_c(states[state].tone);
    if (late_days > 0 && (state == MAIL_NEW || state == MAIL_WORKING)) {
        *tone_out = STR("merah");
        return str_fmt(arena, "Lewat %" PRId64 " hari", late_days);
    }
    return str_c(states[state].words);
}

/* ---- the lists ---- */

static enum rc choices_put(struct village_db *db, uint8_t direction, struct list_reading *at, struct err *err)
{
    struct mail_year_rows years;
    struct mail_word_rows codes;
    struct options year = {0}, code = {0};

    TRY(sql_mail_years(db, direction, &years, err));
    TRY(sql_mail_codes(db, direction, &codes, err));
    year = (struct options){ARENA_ARRAY(at->arena, struct option, years.n), years.n};
    for (size_t i = 0; i < years.n; i++)
        year.p[i].value = year.p[i].label = str_fmt(at->arena, "%u", years.p[i].year);
    code = (struct options){ARENA_ARRAY(at->arena, struct option, codes.n), codes.n};
    for (size_t i = 0; i < codes.n; i++)
        code.p[i].value = code.p[i].label = codes.p[i].word;
    list_choices(at, "tahun", year);
    list_choices(at, "klasifikasi", code);
    return RC_OK;
}

/* What the table of filters cannot say. */
static void find_put(struct request *req, const struct mail_side *side, const struct list_reading *at, struct mail_find *find)
{
    uint64_t year;

    find->direction = side->direction;
    find->secrets = request_may(req, MAY_READ_SECRET_MAIL);
    find->me = request_actor(req)->id;
    if (str_to_u64(list_value_of(at, "tahun"), &year) && year < 10000)
        find->year = some_u64(year);
    if (side->direction == MAIL_IN && str_is(list_value_of(at, "untuk"), "saya"))
        find->mine = some_u64(find->me);
}

static struct mail_row row_of(struct request *req, const struct mail_side *side, const struct mail_line *m)
{
    struct arena *arena = request_arena(req);
    const int64_t late = m->due.year != 0 ? date_to_days(request_today(req)) - date_to_days(m->due) : 0;
    struct mail_row row = {.href = str_fmt(arena, "%s/%" PRIu64, side->home, m->id),
                           .agenda = str_fmt(arena, "%" PRIu32, m->agenda),
                           .subject = m->subject,
                           .party = side->direction == MAIL_IN ? m->sender : m->recipient,
                           .number = m->number_text,
                           .holders = m->holders,
                           .letter_date = date_short(arena, m->letter_date),
                           .scans = m->scans > 0 ? str_fmt(arena, "%" PRIu64, m->scans) : STR("–")};

    row.state = mail_state_words(arena, m->state, late, &row.tone);
    if (side->direction == MAIL_IN)
        row.day = date_short(arena, m->day);
    else
        row.day = m->sent_on.year != 0 ? date_short(arena, m->sent_on) : STR("–");
    if (m->state == MAIL_VOID && m->sent_on.year != 0)
        row.holders = STR("Sempat dikirim: beri tahu penerimanya");
    return row;
}

static enum rc list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_side *side = mail_side_of(req), *other = &mail_sides[side->direction == MAIL_IN];
    struct mail_find find;
    struct list_reading at;
    struct mail_line_rows rows = {0};
    struct list_result got = {0};
    struct mail_open open;
    struct number_last last;
    struct str scope;
    struct mail_list_view v = {.title = str_c(side->title),
                               .home = str_c(side->home),
                               .other_href = str_c(other->home),
                               .other_label = str_c(other->title),
                               .number_href = str_fmt(arena, "%s/nomor", side->home),
                               .is_in = side->direction == MAIL_IN,
                               .may_write = request_may(req, MAY_WRITE_MAIL)};
    struct buf body = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(list_read(req, side->list, &find, &at, err));
    TRY(choices_put(db, side->direction, &at, err));
    find_put(req, side, &at, &find);
    TRY(sql_mail_open(db, side->direction, find.secrets, find.me, &open, err));
    const uint64_t tabs[] = {LIST_NO_COUNT, open.fresh, v.is_in ? open.working : LIST_NO_COUNT, LIST_NO_COUNT};
    got.tabs = tabs;
    if (!at.is_faulty) {
        TRY(sql_mail_page(db, &find, &at.at, LIST_PAGE, &rows, &got.ends, err));
        got.rows = rows.n;
        if (list_must_count(&at, &got))
            TRY(sql_mail_count(db, &find, LIST_BOUND, &got.found, err));
    }
    list_put(&at, &got, &v.list);
    TRY(letter_mail_scope(db, v.is_in, &scope, err));
    TRY(sql_number_last(db, scope, (uint16_t)request_today(req).year, &last, err));
    v.next = last.n + 1;
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct mail_row, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = row_of(req, side, &rows.p[i]);
    view_mail_list(&body, &v);
    return mail_respond(req, resp, side->title, &body, err);
}

/* ---- the form ---- */

static struct mail_offers words_of(struct arena *arena, const struct mail_word_rows *rows)
{
    struct mail_offers out = {ARENA_ARRAY(arena, struct str, rows->n), rows->n};

    for (size_t i = 0; i < rows->n; i++)
        out.p[i] = rows->p[i].word;
    return out;
}

/* Of both, a new letter and a change. */
static enum rc edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_side *side = mail_side_of(req);
    struct mail_edit_view v = {.title = str_fmt(arena, "Catat %s", side->noun),
                               .action = request_path(req),
                               .home = str_c(side->home),
                               .back_label = str_c(side->back),
                               .is_in = side->direction == MAIL_IN};
    struct mail_edit_form in, stored = {.nature = 1, .day = request_today(req)};
    struct mail_word_rows parties, codes;
    struct buf body = {.arena = arena};
    struct mail_one row;
    struct village_db *db;

    if (v.is_in)
        stored.recipient = STR("Kepala Desa");
    else
        stored.letter_date = request_today(req), stored.sender = STR("Kepala Desa");
    mail_edit_read(req, &in);
    TRY(request_village_db(req, &db, err));
    if (in.id != 0) {
        TRY(mail_seen(req, db, in.id, &row, err));
        v.title = str_fmt(arena, "Ubah %s nomor %.*s", side->noun, STR_ARG(mail_agenda(arena, row.agenda, row.year)));
        stored = mail_edit_of(&row);
        v.is_kept = true;
        TRY(kept_show(req, db, side->keeper, row.id, &v.kept, err));
    }
    TRY(sql_mail_parties(db, side->direction, &parties, err));
    TRY(sql_mail_codes(db, side->direction, &codes, err));
    v.parties = words_of(arena, &parties);
    v.codes = words_of(arena, &codes);
    TRY(mail_edit_fill(req, &stored, &v.form, err));
    v.asks_again = in.is_another || request_fault_of(req, MAIL_EDIT_IS_ANOTHER).p != NULL;
    view_mail_edit(&body, &v);
    return mail_respond(req, resp, side->title, &body, err);
}

/* What needs no lock: how the dates lie to one another, and the scan when one is sent with the rest. */
static enum rc edit_check(struct request *req, struct err *err)
{
    const struct mail_side *side = mail_side_of(req);
    const struct mail_edit_form in = mail_edit_got(req);
    const struct attachment_new like = {.keeper = side->keeper, .owner_id = in.id, .slot = &slots[0], .title = STR("dari formulir")};

    if (side->direction == MAIL_IN) {
        if (in.day.year == 0 && str_empty(request_fault_of(req, MAIL_EDIT_DAY)))
            request_fault(req, MAIL_EDIT_DAY, "Tanggal diterima belum diisi. Contoh: 24 11 2026.");
        else if (in.day.year != 0 && in.letter_date.year != 0 && date_compare(in.letter_date, in.day) > 0)
            request_fault(req, MAIL_EDIT_LETTER_DATE, "Surat ini bertanggal sesudah hari diterimanya. Cocokkan kedua tanggal.");
        if (in.due.year != 0 && in.day.year != 0 && date_compare(in.due, in.day) < 0)
            request_fault(req, MAIL_EDIT_DUE, "Batas waktu lebih awal daripada hari surat diterima. Periksa tanggalnya.");
    }
    return in.scan.bytes.n > 0 ? attachment_take(req, &like, in.scan, MAIL_EDIT_SCAN, err) : RC_OK;
}

/* Refuses what cannot be written: a closed month, another year's number, a code that is none, a letter that is there already. */
static enum rc edit_judge(struct txn *txn, struct request *req, const struct mail_one *row, const struct mail_edit_form *in,
                          struct err *err)
{
    const struct mail_side *side = mail_side_of(req);
    const bool is_in = side->direction == MAIL_IN;
    const char *day_field = is_in ? MAIL_EDIT_DAY : MAIL_EDIT_LETTER_DATE;
    struct mail_again again;
    bool is_again;

    TRY(book_open_on(txn, req, side->book, row->day, in->day, day_field, err));
    TRY(book_open_on(txn, req, &mail_joint_book, row->day, in->day, day_field, err));
    if (row->id != 0 && in->day.year != row->year)
        return act_refuse(req, err, day_field, "Nomor agenda %" PRIu32 " milik tahun %u. Tanggalnya tetap di tahun itu.", row->agenda,
                          row->year);
    if (!str_empty(in->classification) && !str_eq(in->classification, row->classification))
        TRY(letter_classification_judge(txn, req, in->classification, MAIL_EDIT_CLASSIFICATION, err));
    const struct str party = is_in ? in->sender : in->recipient, was = is_in ? row->sender : row->recipient;
    const bool is_as_it_was = row->id != 0 && str_eq(party, was) && str_eq(in->number_text, row->number_text) &&
                              date_compare(in->letter_date, row->letter_date) == 0;
    if (str_empty(in->number_text) || in->is_another || is_as_it_was)
        return RC_OK;
    TRY(sql_mail_again(in_txn(txn), in->id, side->direction, party, in->number_text, in->letter_date, &again, &is_again, err));
    if (is_again)
        return act_doubt(req, err, MAIL_EDIT_IS_ANOTHER,
                         "Surat dengan nomor, tanggal dan %s ini sudah dicatat, nomor agenda %" PRIu32
                         "/%u. Bila memang surat lain, centang ini.",
                         is_in ? "pengirim" : "tujuan", again.agenda, again.year);
    return RC_OK;
}

enum rc mail_number_take(struct txn *txn, bool is_in, uint16_t year, uint64_t *number_out, struct err *err)
{
    struct str scope;

    TRY(letter_mail_scope(in_txn(txn), is_in, &scope, err));
    return sql_number_take(txn, scope, year, 1, number_out, err);
}

static enum rc edit_write(struct txn *txn, struct request *req, const struct mail_one *row, struct mail_edit_form *in, struct err *err)
{
    const struct mail_side *side = mail_side_of(req);
    uint64_t number = row->agenda;

    if (row->id == 0)
        TRY(mail_number_take(txn, side->direction == MAIL_IN, (uint16_t)in->day.year, &number, err));
    const struct mail_values values = mail_values_of(in, side->direction, (uint16_t)in->day.year, (uint32_t)number,
                                                     side->direction == MAIL_IN ? MAIL_NEW : MAIL_DRAFT, request_actor(req)->id);
    if (row->id != 0)
        return sql_mail_set(txn, &values, NULL, err);
    TRY(sql_mail_put(txn, &values, &in->id, err));
    act_say(req, str_z(request_arena(req), str_fmt(request_arena(req), "Tersimpan dengan nomor agenda %" PRIu64, number)));
    return RC_OK;
}

static enum rc edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_side *side = mail_side_of(req);
    struct mail_edit_form in;
    struct mail_one row = {0};

    mail_edit_read(req, &in);
    if (in.id != 0) {
        TRY(mail_locked(txn, req, in.id, &row, err));
        TRY(act_seen(req, row.version, err));
    }
    if (side->direction == MAIL_OUT)
        in.day = in.letter_date, in.due = row.due;
    const struct mail_edit_form before = mail_edit_of(&row);
    const struct str diff = row.id != 0 ? mail_edit_diff(arena, &before, &in) : STR("");
    const bool has_scan = act_kept(req) != NULL;
    *go_to_out = str_fmt(arena, "%s/%" PRIu64, side->home, in.id);
    if (diff_is_empty(diff)) {
        act_say(req, has_scan ? "Pindaian tersimpan" : ACT_UNCHANGED);
        TRY(attachment_put_of_form(txn, req, in.id, MAIL_EDIT_SCAN, err));
        return has_scan ? act_audit(txn, req, err, "mail.file", "mail:%" PRIu64, in.id) : RC_OK;
    }
    TRY(edit_judge(txn, req, &row, &in, err));
    act_say(req, "Tersimpan");
    TRY(edit_write(txn, req, &row, &in, err));
    *go_to_out = str_fmt(arena, "%s/%" PRIu64, side->home, in.id);
    const struct change change = {.owner = "mail",
                                  .owner_id = in.id,
                                  .kind = row.id != 0 ? STR("edit") : STR("add"),
                                  .diff = diff,
                                  .version = (uint32_t)row.version + 1};
    TRY(change_put(txn, req, &change, err));
    TRY(attachment_put_of_form(txn, req, in.id, MAIL_EDIT_SCAN, err));
    return act_audit(txn, req, err, row.id != 0 ? "mail.edit" : "mail.add", "mail:%" PRIu64, in.id);
}

/* ---- what the room is ---- */

#define SIDE_ROUTES(at, of, keeper_of)                                                                             \
    LIST_ROUTES(at, MAY_READ_MAIL, list_page, of), LIST_FILE_ROUTE(at, MAY_READ_MAIL, of),                         \
        ROUTE(GET, at "/catat", MAY_WRITE_MAIL, mail_edit_input, edit_page),                                       \
        ACT_KEEPING(at "/catat", MAY_WRITE_MAIL, mail_edit_input, edit_check, edit_act, edit_page, keeper_of),     \
        ROUTE(GET, at "/nomor", MAY_WRITE_MAIL, mail_number_input, mail_number_page),                              \
        ACT(at "/nomor", MAY_WRITE_MAIL, mail_number_input, mail_number_act, mail_number_page),                    \
        ROUTE(GET, at "/{id}", MAY_READ_MAIL, mail_id_input, mail_page),                                           \
        ROUTE(GET, at "/{id}/ubah", MAY_WRITE_MAIL, mail_edit_input, edit_page),                                   \
        ACT_KEEPING(at "/{id}/ubah", MAY_WRITE_MAIL, mail_edit_input, edit_check, edit_act, edit_page, keeper_of), \
        KEPT_ROUTES(at, MAY_READ_MAIL, MAY_WRITE_MAIL, keeper_of)

static const struct route routes[] = {SIDE_ROUTES(HOME_IN, &mail_in_list, &in_keeper),
                                      ACT(HOME_IN "/{id}/disposisi", MAY_DISPOSE_MAIL, mail_dispose_input, mail_dispose_act, mail_page),
                                      ACT(HOME_IN "/{id}/tarik", MAY_DISPOSE_MAIL, mail_undispose_input, mail_undispose_act, mail_page),
                                      ACT(HOME_IN "/{id}/catat-selesai", MAY_WRITE_MAIL, mail_end_input, mail_end_act, mail_page),
                                      ROUTE(GET, HOME_IN "/{id}/lembar.pdf", MAY_READ_MAIL, mail_sheet_input, mail_sheet_file),
                                      ACT(HOME_IN "/{id}/dibaca", MAY_READ_MAIL, mail_id_input, mail_read_act, mail_page),
                                      ACT(HOME_IN "/{id}/lapor", MAY_READ_MAIL, mail_done_input, mail_done_act, mail_page),
                                      ACT(HOME_IN "/{id}/selesai", MAY_DISPOSE_MAIL, mail_id_input, mail_close_act, mail_page),
                                      SIDE_ROUTES(HOME_OUT, &mail_out_list, &out_keeper),
                                      ACT(HOME_OUT "/dari-surat", MAY_WRITE_MAIL, mail_of_letter_input, mail_of_letter_act, NULL),
                                      ACT(HOME_OUT "/{id}/kirim", MAY_WRITE_MAIL, mail_send_input, mail_send_act, mail_page),
                                      ROUTES_END};
static const struct permission_row permissions[] = {{MAY_READ_MAIL, "Melihat surat masuk dan keluar", MAY_NOTHING},
                                                    {MAY_WRITE_MAIL, "Mencatat surat masuk dan keluar", MAY_READ_MAIL},
                                                    {MAY_DISPOSE_MAIL, "Mendisposisi surat masuk", MAY_READ_MAIL},
                                                    {MAY_READ_SECRET_MAIL, "Membaca surat rahasia", MAY_READ_MAIL},
                                                    {0}};
static const struct menu_row menu[] = {{MENU_SERVICE, MAY_READ_MAIL, HOME_IN, "Surat masuk dan keluar", "mail"}, {0}};
static const struct book *const books[] = {&mail_joint_book,    &mail_in_book, &mail_out_book, &mail_sent_book, &mail_in_rows_book,
                                           &mail_out_rows_book, NULL};
static const struct said_word changes[] = {
    {"dispose", "Didisposisi", "mail"},     {"undispose", "Disposisi ditarik", "mail"}, {"resend", "Pengiriman diperbaiki", "mail"},
    {"read", "Disposisi dibaca", "mail"},   {"report", "Disposisi selesai", "mail"},    {"close", "Surat diselesaikan", "mail"},
    {"send", "Pengiriman dicatat", "mail"}, {"void", "Surat dicabut", "mail"},          {0}};

static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct mail_tasks n;
    struct village_db *db;

    if (!request_may(req, MAY_READ_MAIL))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_mail_tasks(db, request_may(req, MAY_READ_SECRET_MAIL), request_actor(req)->id, request_today(req), &n, err));
    task_put(out, (struct task){.count = n.mine,
                                .title = "Disposisi untuk Anda",
                                .note = n.late > 0 ? str_z(arena, str_fmt(arena, "%" PRIu64 " lewat batas", n.late))
                                                   : "Surat masuk yang diteruskan kepada Anda",
                                .tone = n.late > 0 ? "merah" : "kuning",
                                .tag = n.late > 0 ? "Lewat batas" : "Menunggu Anda",
                                .href = HOME_IN "?untuk=saya",
                                .menu = HOME_IN,
                                .button = "Kerjakan",
                                .is_for_me = true});
    if (request_may(req, MAY_DISPOSE_MAIL))
        task_put(out, (struct task){.count = n.fresh,
                                    .title = "Surat masuk belum didisposisi",
                                    .note = "Baca dan teruskan kepada yang mengerjakan",
                                    .tone = "kuning",
                                    .tag = "Menunggu Anda",
                                    .href = HOME_IN "?keadaan=baru",
                                    .menu = HOME_IN,
                                    .button = "Disposisikan",
                                    .is_for_me = true});
    if (request_may(req, MAY_WRITE_MAIL))
        task_put(out, (struct task){.count = n.drafts,
                                    .title = "Surat keluar belum dikirim",
                                    .note = "Sudah bernomor agenda, pengirimannya belum dicatat",
                                    .tone = "abu",
                                    .tag = "Tidak mendesak",
                                    .href = HOME_OUT "?keadaan=konsep",
                                    .menu = HOME_IN,
                                    .button = "Lihat"});
    return RC_OK;
}

const struct feature correspondence_feature = {.name = "correspondence",
                                               .title = "Surat masuk dan keluar",
                                               .routes = routes,
                                               .permissions = permissions,
                                               .menu = menu,
                                               .books = books,
                                               .changes = changes,
                                               .tasks = tasks,
                                               .training = mail_training};
