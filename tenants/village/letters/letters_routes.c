// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: what a village's people can do with letters, and who may. */
#include "server/register/list.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_pages.h"

static const struct input none[] = {INPUT_END};
static const struct input archive_input[] = {FIELD(TOKEN, "agenda", "Buku agenda", false, 0, 0), LIST_INPUTS, INPUT_END};
static const struct input agenda_input[] = {FIELD(TEXT, "bulan", "Bulan surat", true, 7, 7),
                                            CHOICE("bentuk", "Bentuk berkas", true, "xlsx|csv"), INPUT_END};
static const struct input agenda_file_input[] = {FIELD(TOKEN, "izin", "Izin unduh", false, 0, 0), INPUT_END};
static const struct input letter_input[] = {PATH_ID("id"), FIELD(FLAG, "dicetak", "Dicetak ulang", false, 0, 0), INPUT_END};
static const struct input type_input[] = {PATH_WORD("jenis"), INPUT_END};
static const struct input find_input[] = {PATH_WORD("jenis"), FIELD(TEXT, "cari", "Nama atau NIK", true, 0, 100), INPUT_END};
static const struct input begin_input[] = {PATH_WORD("jenis"), FIELD(U64, "warga", "Warga", true, 1, 0), INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input fill_input[] = {PATH_ID("id"), FIELD(U64, "versi", "Versi", true, 1, 0),
                                          FIELD(PREFIX, "isi_", "Isian", false, 0, 2000), INPUT_END};
static const struct input send_input[] = {PATH_ID("id"), FIELD(U64, "versi", "Versi", true, 1, 0), INPUT_END};
static const struct input page_input[] = {PATH_ID("id"), PATH_ID("halaman"), FIELD(U64, "versi", "Versi", false, 0, 0), INPUT_END};
static const struct input return_input[] = {PATH_ID("id"), FIELD(TEXT, "catatan", "Alasan", true, 3, 300), INPUT_END};
static const struct input void_input[] = {PATH_ID("id"), FIELD(TEXT, "alasan", "Alasan", true, 5, 200),
                                          FIELD(FLAG, "dicetak", NULL, false, 0, 0), INPUT_END};
static const struct input token_input[] = {PATH_WORD("tanda"), INPUT_END};

enum { RENDER_DEADLINE_MS = 20000 };

const struct route letters_routes[] = {
    ROUTE(GET, "/kantor/surat", MAY_READ_LETTERS, archive_input, letter_list_page),
    ROUTE(POST, "/kantor/surat", MAY_READ_LETTERS, archive_input, letter_list_page),
    ACT_NOTING("/kantor/surat/agenda", MAY_READ_LETTERS, agenda_input, letter_agenda_check, letter_agenda_act, NULL),
    ROUTE(GET, "/kantor/surat/agenda", MAY_READ_LETTERS, agenda_file_input, letter_agenda_file),
    ROUTE(GET, "/kantor/surat/buat", MAY_WRITE_LETTERS, none, letter_types_page),
    ROUTE(GET, "/kantor/penduduk/{id}/surat", MAY_WRITE_LETTERS, id_input, letter_types_for_page),
    ROUTE(GET, "/kantor/surat/buat/{jenis}", MAY_WRITE_LETTERS, type_input, letter_subject_page),
    ROUTE(POST, "/kantor/surat/buat/{jenis}/cari", MAY_WRITE_LETTERS, find_input, letter_subject_find),
    ACT("/kantor/surat/buat/{jenis}", MAY_WRITE_LETTERS, begin_input, letter_begin_act, NULL),
    ROUTE(GET, "/kantor/surat/{id}", MAY_READ_LETTERS, letter_input, letter_page),
    ROUTE(GET, "/kantor/surat/{id}/isi", MAY_WRITE_LETTERS, id_input, letter_fill_page),
    ACT_CHECKED("/kantor/surat/{id}/isi", MAY_WRITE_LETTERS, fill_input, letter_fill_check, letter_fill_act, letter_fill_page),
    ROUTE(GET, "/kantor/surat/{id}/periksa", MAY_WRITE_LETTERS, id_input, letter_review_page),
    ROUTE_LARGE(GET, "/kantor/surat/{id}/pratinjau/{halaman}", MAY_READ_LETTERS, page_input, letter_preview, RENDER_DEADLINE_MS, 0),
    ROUTE_LARGE(GET, "/kantor/surat/{id}/siap", MAY_READ_LETTERS, id_input, letter_ready_part, RENDER_DEADLINE_MS, 0),
    ACT("/kantor/surat/{id}/kirim", MAY_WRITE_LETTERS, send_input, letter_send_act, NULL),
    ACT("/kantor/surat/{id}/batal", MAY_WRITE_LETTERS, id_input, letter_cancel_act, NULL),
    ROUTE(GET, "/kantor/surat/{id}/surat.pdf", MAY_READ_LETTERS, id_input, letter_pdf),
    ACT("/kantor/surat/{id}/cetak", MAY_WRITE_LETTERS, id_input, letter_print_act, NULL),
    ACT("/kantor/surat/{id}/teruskan", MAY_CHECK_LETTERS, letter_seen_input, letter_check_act, letter_approval_page),
    ACT("/kantor/surat/{id}/setujui", MAY_APPROVE_LETTERS, letter_seen_input, letter_approve_act, letter_approval_page),
    ACT("/kantor/surat/{id}/kembalikan", MAY_RETURN_LETTERS, return_input, letter_return_act, letter_approval_page),
    ACT("/kantor/surat/{id}/cabut", MAY_CHECK_LETTERS, void_input, letter_void_act, letter_page),
    ROUTE(GET, "/kantor/persetujuan", MAY_READ_LETTERS, none, letter_approvals_page),
    ROUTE(GET, "/kantor/persetujuan/{id}", MAY_READ_LETTERS, id_input, letter_approval_page),
    ROUTES_END};

const struct route letters_platform_routes[] = {ROUTE(GET, "/v/{tanda}", MAY_VISIT, token_input, letter_verify_page), ROUTES_END};
