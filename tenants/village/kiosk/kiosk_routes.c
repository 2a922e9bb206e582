// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: what staff do about the kiosk, and what the kiosk's own pages take. */
#include "tenants/village/kiosk/kiosk_pages.h"

static const struct input none[] = {INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input office_input[] = {FIELD(TOKEN, "kode", "Kode", false, 0, 0), INPUT_END};
static const struct input code_input[] = {FIELD(TEXT, "nama", "Nama anjungan", true, 3, 60), INPUT_END};
static const struct input offer_input[] = {PATH_WORD("jenis"), CHOICE("tampil", "Tampil", true, "ya|tidak"), INPUT_END};
static const struct input card_see[] = {PATH_ID("id"), FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input pair_input[] = {PATH_ID("id"), FIELD(TEXT, "kartu", "Kartu", false, 0, 40),
                                          FIELD(SECRET, "pin", "PIN", false, 0, 20), FIELD(SECRET, "pin2", "PIN sekali lagi", false, 0, 20),
                                          INPUT_END};
static const struct input pin_set_input[] = {PATH_ID("id"), FIELD(SECRET, "pin", "PIN", false, 0, 20),
                                             FIELD(SECRET, "pin2", "PIN sekali lagi", false, 0, 20), INPUT_END};
static const struct input enrol_input[] = {FIELD(TEXT, "kode", "Kode", true, 0, 40), INPUT_END};
static const struct input tap_input[] = {FIELD(TEXT, "kartu", "Kartu", true, 0, 40), INPUT_END};
static const struct input nik_input[] = {FIELD(DIGITS, "nik", "NIK", true, 16, 16), INPUT_END};
static const struct input pin_input[] = {FIELD(SECRET, "pin", "PIN", true, 0, 20), INPUT_END};
static const struct input type_input[] = {PATH_WORD("jenis"), INPUT_END};
static const struct input number_input[] = {PATH_ID("nomor"), INPUT_END};
static const struct input answer_input[] = {PATH_ID("nomor"), FIELD(LINES, "jawab", "Jawaban", false, 0, 2000), INPUT_END};
static const struct input send_input[] = {FIELD(U64, "versi", "Versi", true, 1, 0), INPUT_END};
static const struct input call_input[] = {FIELD(TEXT, "dari", "Halaman", false, 0, 100), INPUT_END};
static const struct input sheet_input[] = {PATH_ID("halaman"), FIELD(U64, "versi", "Versi", false, 0, 0), INPUT_END};

enum { PAPER_DEADLINE_MS = 20000 };

const struct route kiosk_routes[] = {
    ROUTE(GET, "/kantor/anjungan", MAY_EDIT_RESIDENTS, office_input, kiosk_office_page),
    ROUTE(POST, "/kantor/anjungan/kode", MAY_EDIT_RESIDENTS, code_input, kiosk_code_post),
    ROUTE(POST, "/kantor/anjungan/{id}/cabut", MAY_EDIT_RESIDENTS, id_input, kiosk_revoke_post),
    ROUTE(POST, "/kantor/anjungan/jenis/{jenis}", MAY_EDIT_RESIDENTS, offer_input, kiosk_offer_post),
    ROUTE_WATCH(GET, "/kantor/anjungan/panggilan", MAY_EDIT_RESIDENTS, none, kiosk_calls_part),
    ROUTE(POST, "/kantor/anjungan/panggilan/{id}", MAY_EDIT_RESIDENTS, id_input, kiosk_call_answer_post),
    ROUTE(GET, "/kantor/penduduk/{id}/kartu", MAY_EDIT_RESIDENTS, card_see, kiosk_card_page),
    ROUTE(POST, "/kantor/penduduk/{id}/kartu", MAY_EDIT_RESIDENTS, pair_input, kiosk_pair_post),
    ROUTE(POST, "/kantor/penduduk/{id}/kartu/pin", MAY_EDIT_RESIDENTS, pin_set_input, kiosk_pin_set_post),
    ROUTE(POST, "/kantor/penduduk/{id}/kartu/lepas", MAY_EDIT_RESIDENTS, id_input, kiosk_unpair_post),

    ROUTE(GET, "/anjungan/daftar", MAY_VISIT, none, kiosk_enrol_page),
    ROUTE(POST, "/anjungan/daftar", MAY_VISIT, enrol_input, kiosk_enrol_post),
    ROUTE(GET, "/anjungan", MAY_USE_KIOSK, none, kiosk_idle_page),
    ROUTE(GET, "/anjungan/masih", MAY_USE_KIOSK, none, kiosk_alive),
    ROUTE(POST, "/anjungan/kartu", MAY_USE_KIOSK, tap_input, kiosk_tap_post),
    ROUTE(GET, "/anjungan/nik", MAY_USE_KIOSK, none, kiosk_nik_page),
    ROUTE(POST, "/anjungan/nik", MAY_USE_KIOSK, nik_input, kiosk_nik_post),
    ROUTE(GET, "/anjungan/pin", MAY_USE_KIOSK, none, kiosk_pin_page),
    ROUTE(POST, "/anjungan/pin", MAY_USE_KIOSK, pin_input, kiosk_pin_post),
    ROUTE(POST, "/anjungan/panggil", MAY_USE_KIOSK, call_input, kiosk_call_post),
    ROUTE(POST, "/anjungan/selesai", MAY_USE_KIOSK, none, kiosk_end_post),

    ROUTE(GET, "/anjungan/layanan", MAY_BE_RESIDENT, none, kiosk_tiles_page),
    ROUTE(POST, "/anjungan/layanan/{jenis}", MAY_BE_RESIDENT, type_input, kiosk_begin_post),
    ROUTE(GET, "/anjungan/isi/{nomor}", MAY_BE_RESIDENT, number_input, kiosk_ask_page),
    ROUTE(POST, "/anjungan/isi/{nomor}", MAY_BE_RESIDENT, answer_input, kiosk_ask_post),
    ROUTE(GET, "/anjungan/periksa", MAY_BE_RESIDENT, none, kiosk_check_page),
    ROUTE_LARGE(GET, "/anjungan/lembar/{halaman}", MAY_BE_RESIDENT, sheet_input, kiosk_sheet, PAPER_DEADLINE_MS, 0),
    ROUTE(POST, "/anjungan/terbitkan", MAY_BE_RESIDENT, send_input, kiosk_send_post),
    ROUTE_LARGE(GET, "/anjungan/surat", MAY_BE_RESIDENT, none, kiosk_paper_page, PAPER_DEADLINE_MS, 0),
    ROUTE(POST, "/anjungan/tercetak", MAY_BE_RESIDENT, none, kiosk_printed_post),
    ROUTE(GET, "/anjungan/surat-saya", MAY_BE_RESIDENT, none, kiosk_mine_page),
    ROUTE(POST, "/anjungan/surat-saya/{id}", MAY_BE_RESIDENT, id_input, kiosk_again_post),
    ROUTES_END};
