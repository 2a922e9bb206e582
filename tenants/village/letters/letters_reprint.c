// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What is written down before it leaves the office: a printed paper, a month's register as a file. The act is a POST that logs; the page
 * it leads to opens the printer's window, or tells the browser to fetch the file (Refresh), so each press is one of its own.
 */
#include "server/base/text.h"
#include "server/sheet/sheet.h"
#include "server/web/audit.h"
#include "tenants/village/letters/letters_archive.h"
#include "tenants/village/letters/letters_archive_sql.h"
#include "tenants/village/letters/letters_archive_view.h"
#include "tenants/village/letters/letters_pages.h"

enum { AGENDA_VALID_S = 600, COLUMNS = 8 };

/* ---- a letter printed ---- */

enum rc letter_print_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    uint64_t id = letter_id(req);

    *go_to_out = letter_url(request_arena(req), id, "?dicetak=1");
    return letter_print(txn, id, &by, err);
}

/* ---- the register of a month ---- */

/* Written down is who takes it out, so the leave opens it for that person only. "17|2026-11.xlsx" */
static struct str agenda_leave(struct request *req, struct str what)
{
    return token_seal(req, "surat-agenda", str_fmt(request_arena(req), "%" PRIu64 "|%.*s", request_actor(req)->id, STR_ARG(what)),
                      AGENDA_VALID_S);
}

/* What a leave that is still good is for; false: nobody wrote down that it is taken out. */
static bool agenda_asked(struct request *req, struct str leave, struct str *what_out, struct date *from, struct date *until)
{
    struct str who;

    *what_out = leave;
    return str_cut(what_out, '|', &who) && str_eq(who, str_fmt(request_arena(req), "%" PRIu64, request_actor(req)->id)) &&
           archive_month(str_part(*what_out, 0, 7), from, until);
}

enum rc letter_agenda_check(struct request *req, struct err *err)
{
    struct date from, until;

    return request_faults(req)->n == 0 && archive_month(letter_agenda_got(req).month, &from, &until)
               ? RC_OK
               : fail(err, RC_BAD_REQUEST, "no month, or no kind of file");
}

enum rc letter_agenda_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_agenda_form form = letter_agenda_got(req);
    struct str what = str_fmt(arena, "%.*s.%.*s", STR_ARG(form.month), STR_ARG(form.format));

    *go_to_out = str_fmt(arena, "/kantor/surat?bulan=%.*s&agenda=%.*s", STR_ARG(form.month), STR_ARG(agenda_leave(req, what)));
    return act_audit(txn, req, err, "letter.agenda", "letters:%.*s", STR_ARG(what));
}

void letter_agenda_offer(struct request *req, struct response *resp, struct letter_agenda_view *out)
{
    struct arena *arena = request_arena(req);
    struct date from, until;
    struct str what;

    if (!agenda_asked(req, letter_archive_see_got(req).agenda, &what, &from, &until))
        return;
    out->month = month_long(arena, from);
    out->href = str_fmt(arena, "/kantor/surat/agenda?izin=%.*s", STR_ARG(agenda_leave(req, what)));
    response_header(resp, "Refresh", str_fmt(arena, "1; url=%.*s", STR_ARG(out->href)));
}

struct agenda {
    struct arena *arena;
    struct str month;
    struct letter_agenda_row_rows rows;
    struct str bytes;
    enum rc rc;
    struct err err;
};

static const struct sheet_column columns[COLUMNS] = {
    {STR_INIT("No."), 6},   {STR_INIT("Nomor surat"), 32}, {STR_INIT("Tanggal"), 12}, {STR_INIT("Jenis surat"), 34},
    {STR_INIT("Nama"), 30}, {STR_INIT("Keperluan"), 40},   {STR_INIT("Keadaan"), 12}, {STR_INIT("Keterangan"), 40}};

static struct str or_blank(struct str s)
{
    return s.p != NULL ? s : STR("");
}

static void put_cells(struct arena *arena, const struct letter_agenda_row *row, struct sheet_cell *cells)
{
    cells[0] = cell_number(str_fmt(arena, "%" PRIu64, row->number.value));
    cells[1] = cell_text(or_blank(row->number_text));
    cells[2] = cell_date(row->letter_date);
    cells[3] = cell_text(row->type_name);
    cells[4] = cell_text(text_name(arena, or_blank(row->name)));
    cells[5] = cell_text(or_blank(row->purpose));
    cells[6] = cell_text(letter_state_label(row->state));
    cells[7] = cell_text(row->void_reason);
}

static void agenda_row(void *ctx, size_t row, struct arena *arena, struct sheet_cell *cells)
{
    const struct agenda *agenda = ctx;

    put_cells(arena, &agenda->rows.p[row], cells);
}

static void agenda_sheet(void *arg)
{
    struct agenda *agenda = arg;
    const struct sheet_table table = {
        str_fmt(agenda->arena, "Agenda %.*s", STR_ARG(agenda->month)), columns, COLUMNS, agenda->rows.n, agenda_row, agenda};

    agenda->rc = sheet_write(agenda->arena, &table, 1, &agenda->bytes, &agenda->err);
}

static void agenda_csv(void *arg)
{
    struct agenda *agenda = arg;
    struct sheet_cell cells[COLUMNS];
    struct buf out = {.arena = agenda->arena};

    for (size_t c = 0; c < COLUMNS; c++)
        cells[c] = cell_text(columns[c].title);
    csv_put_start(&out);
    csv_put_row(&out, cells, COLUMNS);
    for (size_t i = 0; i < agenda->rows.n; i++) {
        put_cells(agenda->arena, &agenda->rows.p[i], cells);
        csv_put_row(&out, cells, COLUMNS);
    }
    agenda->bytes = buf_str(&out);
}

enum rc letter_agenda_file(struct request *req, struct response *resp, struct err *err)
{
    struct agenda agenda = {.arena = request_arena(req)};
    struct village_db *db;
    struct date from, until;
    struct str what;

    if (!agenda_asked(req, letter_agenda_file_got(req).what, &what, &from, &until))
        return respond_redirect(resp, STR("/kantor/surat"));
    bool is_sheet = str_ends(what, STR(".xlsx"));
    agenda.month = month_word(agenda.arena, from);
    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_agenda(db, from, until, &agenda.rows, err));
    TRY(request_offload(req, is_sheet ? agenda_sheet : agenda_csv, &agenda, err));
    if (agenda.rc != RC_OK) {
        *err = agenda.err;
        return agenda.rc;
    }
    return respond_bytes(resp, is_sheet ? SHEET_XLSX_TYPE : STR("text/csv; charset=utf-8"), agenda.bytes,
                         str_fmt(agenda.arena, "agenda-surat-%.*s.%s", STR_ARG(agenda.month), is_sheet ? "xlsx" : "csv"));
}
