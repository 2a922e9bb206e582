// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: what staff do about the kiosk, and what the kiosk's own pages take. */
#include "tenants/village/kiosk/kiosk_entry_view.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_office_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

enum { PAPER_DEADLINE_MS = 20000 };

const struct route kiosk_routes[] = {
    ROUTE(GET, "/kantor/anjungan", MAY_EDIT_RESIDENTS, kiosk_office_input, kiosk_office_page),
    ACT("/kantor/anjungan/kode", MAY_EDIT_RESIDENTS, kiosk_office_input, kiosk_code_act, kiosk_office_page),
    ACT("/kantor/anjungan/antrean", MAY_EDIT_RESIDENTS, NULL, kiosk_queue_act, NULL),
    ACT("/kantor/anjungan/antrean/kosongkan", MAY_EDIT_RESIDENTS, kiosk_empty_input, kiosk_queue_empty_act, NULL),
    ACT("/kantor/anjungan/buka", MAY_EDIT_RESIDENTS, NULL, kiosk_resume_act, NULL),
    ACT("/kantor/anjungan/lama", MAY_EDIT_RESIDENTS, NULL, kiosk_old_act, NULL),
    ROUTE(GET, "/kantor/anjungan/{id}", MAY_EDIT_RESIDENTS, kiosk_device_input, kiosk_device_page),
    ACT("/kantor/anjungan/{id}/nama", MAY_EDIT_RESIDENTS, kiosk_device_input, kiosk_rename_act, kiosk_device_page),
    ACT("/kantor/anjungan/{id}/cabut", MAY_EDIT_RESIDENTS, kiosk_one_input, kiosk_revoke_act, NULL),
    ACT("/kantor/anjungan/jenis/{jenis}", MAY_EDIT_RESIDENTS, kiosk_offer_input, kiosk_offer_act, NULL),
    ACT("/kantor/anjungan/pilihan/{jenis}", MAY_EDIT_RESIDENTS, kiosk_choose_input, kiosk_choose_act, NULL),
    ROUTE_WATCH(GET, "/kantor/anjungan/panggilan", MAY_EDIT_RESIDENTS, NULL, kiosk_calls_part),
    ACT("/kantor/anjungan/panggilan/{id}", MAY_EDIT_RESIDENTS, kiosk_one_input, kiosk_call_answer_act, NULL),
    ROUTE(GET, "/kantor/penduduk/{id}/kartu", MAY_EDIT_RESIDENTS, kiosk_card_input, kiosk_card_page),
    ACT_CHECKED("/kantor/penduduk/{id}/kartu", MAY_EDIT_RESIDENTS, kiosk_card_input, kiosk_pair_check, kiosk_pair_act, kiosk_card_page),
    ACT_CHECKED("/kantor/penduduk/{id}/kartu/pin", MAY_EDIT_RESIDENTS, kiosk_card_input, kiosk_pin_set_check, kiosk_pin_set_act,
                kiosk_card_page),
    ACT("/kantor/penduduk/{id}/kartu/lepas", MAY_EDIT_RESIDENTS, kiosk_card_input, kiosk_unpair_act, NULL),

    ROUTE(GET, "/anjungan/daftar", MAY_VISIT, NULL, kiosk_enrol_page),
    ROUTE(POST, "/anjungan/daftar", MAY_VISIT, kiosk_enrol_input, kiosk_enrol_post),
    ROUTE(GET, "/anjungan", MAY_USE_KIOSK, NULL, kiosk_idle_page),
    ROUTE(GET, "/anjungan/masih", MAY_USE_KIOSK, NULL, kiosk_alive),
    ROUTE(POST, "/anjungan/kartu", MAY_USE_KIOSK, kiosk_tap_input, kiosk_tap_post),
    ROUTE(GET, "/anjungan/nik", MAY_USE_KIOSK, NULL, kiosk_nik_page),
    ROUTE(POST, "/anjungan/nik", MAY_USE_KIOSK, kiosk_nik_input, kiosk_nik_post),
    ROUTE(GET, "/anjungan/pin", MAY_USE_KIOSK, NULL, kiosk_pin_page),
    ROUTE(POST, "/anjungan/pin", MAY_USE_KIOSK, kiosk_pin_input, kiosk_pin_post),
    ROUTE(GET, "/anjungan/pertama", MAY_USE_KIOSK, NULL, kiosk_first_page),
    ROUTE(POST, "/anjungan/antrean", MAY_USE_KIOSK, NULL, kiosk_ticket_post),
    ROUTE(GET, "/anjungan/antrean", MAY_USE_KIOSK, kiosk_print_input, kiosk_ticket_page),
    ROUTE(POST, "/anjungan/panggil", MAY_USE_KIOSK, kiosk_call_input, kiosk_call_post),
    ROUTE(POST, "/anjungan/selesai", MAY_USE_KIOSK, kiosk_end_input, kiosk_end_post),

    ROUTE(GET, "/anjungan/layanan", MAY_BE_RESIDENT, NULL, kiosk_tiles_page),
    ACT("/anjungan/layanan/{jenis}", MAY_BE_RESIDENT, kiosk_type_input, kiosk_begin_act, NULL),
    ROUTE(GET, "/anjungan/isi/{nomor}", MAY_BE_RESIDENT, kiosk_question_input, kiosk_ask_page),
    ACT("/anjungan/isi/{nomor}", MAY_BE_RESIDENT, kiosk_question_input, kiosk_ask_act, kiosk_ask_page),
    ROUTE(GET, "/anjungan/lanjut", MAY_BE_RESIDENT, NULL, kiosk_go_on_page),
    ROUTE(GET, "/anjungan/loket", MAY_BE_RESIDENT, NULL, kiosk_counter_page),
    ROUTE(GET, "/anjungan/periksa", MAY_BE_RESIDENT, NULL, kiosk_check_page),
    ROUTE_LARGE(GET, "/anjungan/lembar/{halaman}", MAY_BE_RESIDENT, kiosk_sheet_input, kiosk_sheet, PAPER_DEADLINE_MS, 0),
    ACT("/anjungan/terbitkan", MAY_BE_RESIDENT, kiosk_send_input, kiosk_send_act, NULL),
    ROUTE_LARGE(GET, "/anjungan/surat", MAY_BE_RESIDENT, kiosk_print_input, kiosk_paper_page, PAPER_DEADLINE_MS, 0),
    ROUTE(POST, "/anjungan/tercetak", MAY_BE_RESIDENT, NULL, kiosk_printed_post),
    ROUTE(GET, "/anjungan/surat-saya", MAY_BE_RESIDENT, NULL, kiosk_mine_page),
    ACT("/anjungan/surat-saya/{id}", MAY_BE_RESIDENT, kiosk_one_input, kiosk_again_act, NULL),
    ROUTES_END};
