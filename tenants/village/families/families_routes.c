// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. A form that changes several people is sent twice: "periksa" shows what would be, "simpan" does it. */
#include "tenants/village/families/families_move_view.h"
#include "tenants/village/families/families_out_view.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/families/families_view.h"

const struct route families_routes[] = {
    LIST_ROUTES("/kantor/keluarga", MAY_READ_RESIDENTS, family_list_page, &families_list),
    LIST_FILE_ROUTE("/kantor/keluarga", MAY_READ_RESIDENTS, &families_list),
    ROUTE(GET, "/kantor/keluarga/{id}", MAY_READ_RESIDENTS, family_one_input, family_page),
    HISTORY_ROUTE("/kantor/keluarga", MAY_READ_RESIDENTS, &family_keeper),
    ROUTE(GET, "/kantor/keluarga/{id}/ubah", MAY_EDIT_RESIDENTS, family_edit_input, family_edit_page),
    ACT_CHECKED("/kantor/keluarga/{id}/ubah", MAY_EDIT_RESIDENTS, family_edit_input, family_edit_check, family_edit_act, family_edit_page),
    ROUTE(GET, "/kantor/keluarga/{id}/kepala", MAY_EDIT_RESIDENTS, family_head_input, family_head_page),
    ACT_CHECKED("/kantor/keluarga/{id}/kepala", MAY_EDIT_RESIDENTS, family_head_input, family_head_check, family_head_act,
                family_head_page),
    ROUTE(GET, "/kantor/keluarga/{id}/pindah", MAY_EDIT_RESIDENTS, family_move_input, family_move_page),
    ACT_CHECKED("/kantor/keluarga/{id}/pindah", MAY_EDIT_RESIDENTS, family_move_input, family_move_check, family_move_act,
                family_move_page),
    ROUTE(GET, "/kantor/penduduk/{id}/keluarkan", MAY_TAKE_OUT_RESIDENTS, family_out_input, family_out_page),
    ACT_CHECKED("/kantor/penduduk/{id}/keluarkan", MAY_TAKE_OUT_RESIDENTS, family_out_input, family_out_check, family_out_act,
                family_out_page),
    ACT("/kantor/penduduk/{id}/kembalikan", MAY_TAKE_OUT_RESIDENTS, family_out_back_input, family_out_back_act, family_out_back_page),
    ROUTES_END};
