// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: setting a village up, its identity, its staff. */
#include "tenants/village/staff/esign.h"
#include "tenants/village/staff/esign_view.h"
#include "tenants/village/staff/officials.h"
#include "tenants/village/staff/officials_view.h"
#include "tenants/village/staff/parts_view.h"
#include "tenants/village/staff/settings_view.h"
#include "tenants/village/staff/setup_view.h"
#include "tenants/village/staff/staff_pages.h"

const struct route staff_routes[] = {
    ROUTE(GET, "/pasang/{tanda}", MAY_VISIT, setup_input, setup_page),
    ACT_CHECKED("/pasang/{tanda}", MAY_VISIT, setup_input, setup_check, setup_act, setup_page),
    ROUTE(GET, "/pasang/kades/{tanda}", MAY_VISIT, head_link_input, head_link_page),
    ACT_CHECKED("/pasang/kades/{tanda}", MAY_VISIT, head_link_input, head_link_check, head_link_act, head_link_page),
    ROUTE(GET, "/lambang/{sidik}", MAY_VISIT, crest_hash_input, crest_small_image),
    ACT("/kantor/langkah/tutup", MAY_SET_VILLAGE, NULL, first_steps_away_act, NULL),
    ACT("/kantor/langkah/buka", MAY_SET_VILLAGE, NULL, first_steps_back_act, NULL),
    ROUTE(GET, "/kantor/pengaturan", MAY_SET_VILLAGE, settings_input, settings_page),
    ROUTE(GET, "/kantor/pengaturan/contoh-nomor", MAY_SET_VILLAGE, settings_sample_input, settings_code_part),
    ACT("/kantor/pengaturan", MAY_SET_VILLAGE, settings_input, settings_act, settings_page),
    ROUTE(GET, "/kantor/pengaturan/lambang", MAY_SET_VILLAGE, crest_see_input, crest_image),
    ROUTE(GET, "/kantor/pengaturan/lambang/keadaan", MAY_SET_VILLAGE, NULL, crest_part),
    ACT_KEEPING("/kantor/pengaturan/lambang", MAY_SET_VILLAGE, crest_upload_input, crest_check, crest_act, settings_page, &crest_keeper),
    ACT("/kantor/pengaturan/lambang/lepas", MAY_SET_VILLAGE, NULL, crest_remove_act, NULL),
    ROUTE(GET, "/kantor/pengaturan/bagian", MAY_SET_VILLAGE, parts_input, parts_page),
    ACT("/kantor/pengaturan/bagian", MAY_SET_VILLAGE, parts_input, parts_act, parts_page),
    ROUTE(GET, ESIGN_HOME, MAY_SET_VILLAGE, esign_edit_input, esign_page),
    ACT(ESIGN_HOME, MAY_SET_VILLAGE, esign_edit_input, esign_act, esign_page),
    ROUTE(GET, ESIGN_HOME "/keadaan", MAY_SET_VILLAGE, NULL, esign_part),
    ACT(ESIGN_HOME "/coba", MAY_SET_VILLAGE, NULL, esign_try_act, NULL),
    ROUTE(GET, ESIGN_OWN, MAY_APPROVE_LETTERS, esign_agree_input, esign_own_page),
    ACT(ESIGN_OWN, MAY_APPROVE_LETTERS, esign_agree_input, esign_own_act, esign_own_page),
    ROUTE(GET, OFFICIALS_HOME, MAY_SET_VILLAGE, NULL, officials_page),
    ROUTE(GET, OFFICIALS_HOME "/tambah", MAY_SET_VILLAGE, official_edit_input, official_edit_page),
    ACT(OFFICIALS_HOME "/tambah", MAY_SET_VILLAGE, official_edit_input, official_edit_act, official_edit_page),
    ROUTE(GET, OFFICIALS_HOME "/{id}", MAY_SET_VILLAGE, official_id_input, official_page),
    ROUTE(GET, OFFICIALS_HOME "/{id}/ubah", MAY_SET_VILLAGE, official_edit_input, official_edit_page),
    ACT(OFFICIALS_HOME "/{id}/ubah", MAY_SET_VILLAGE, official_edit_input, official_edit_act, official_edit_page),
    ACT(OFFICIALS_HOME "/{id}/berhalangan", MAY_SET_VILLAGE, official_away_input, official_away_act, official_page),
    ACT(OFFICIALS_HOME "/{id}/bertugas", MAY_SET_VILLAGE, official_id_input, official_back_act, NULL),
    HISTORY_ROUTE(OFFICIALS_HOME, MAY_SET_VILLAGE, &official_keeper),
    ROUTE(GET, "/kantor/pengaturan/petugas", MAY_SET_VILLAGE, staff_input, staff_page),
    ACT_CHECKED("/kantor/pengaturan/petugas", MAY_SET_VILLAGE, staff_input, staff_add_check, staff_add_act, staff_page),
    ACT("/kantor/pengaturan/petugas/{id}/nonaktif", MAY_SET_VILLAGE, staff_one_input, staff_off_act, staff_page),
    ACT("/kantor/pengaturan/petugas/{id}/aktif", MAY_SET_VILLAGE, staff_one_input, staff_on_act, staff_page),
    ACT_CHECKED("/kantor/pengaturan/petugas/{id}/sandi", MAY_SET_VILLAGE, staff_password_input, staff_password_check, staff_password_act,
                staff_page),
    ROUTES_END};
