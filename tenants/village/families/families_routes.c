// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. A form that changes several people is sent twice: "periksa" shows what would be, "simpan" does it. */
#include "tenants/village/families/families_pages.h"

static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input edit_input[] = {
    PATH_ID("id"),     FIELD(U64, "versi", "Versi", true, 1, 0),      FIELD(DIGITS, "kk", "Nomor KK", true, 16, 16),
    PLACE_INPUT(true), FIELD(TEXT, "alasan", "Alasan", true, 3, 300), INPUT_END};
#define STEP_INPUT CHOICE("langkah", "Langkah", true, "periksa|ubah|simpan")
static const struct input head_input[] = {PATH_ID("id"),    FIELD(U64, "versi", "Versi", true, 1, 0),      STEP_INPUT,
                                          SUCCESSION_INPUT, FIELD(TEXT, "alasan", "Alasan", true, 3, 300), INPUT_END};
static const struct input move_see[] = {PATH_ID("id"), FIELD(U64, "orang", "Orang", false, 0, 0), INPUT_END};
static const struct input move_input[] = {PATH_ID("id"),
                                          FIELD(U64, "versi", "Versi", true, 1, 0),
                                          STEP_INPUT,
                                          SUCCESSION_INPUT,
                                          FIELD(PREFIX, "orang_", "Yang pindah", false, 0, 1),
                                          CHOICE("tujuan", "Tujuan", true, "ada|baru"),
                                          FIELD(DIGITS, "kk", "Nomor KK tujuan", true, 16, 16),
                                          PLACE_INPUT(false),
                                          FIELD(TEXT, "alasan", "Alasan", true, 3, 300),
                                          INPUT_END};

const struct route families_routes[] = {ROUTE(GET, "/kantor/keluarga", MAY_READ_RESIDENTS, list_input, family_list_page),
                                        ROUTE(POST, "/kantor/keluarga", MAY_READ_RESIDENTS, list_input, family_search_post),
                                        ROUTE(GET, "/kantor/keluarga/{id}", MAY_READ_RESIDENTS, id_input, family_page),
                                        ROUTE(GET, "/kantor/keluarga/{id}/ubah", MAY_EDIT_RESIDENTS, id_input, family_edit_page),
                                        ROUTE(POST, "/kantor/keluarga/{id}/ubah", MAY_EDIT_RESIDENTS, edit_input, family_edit_post),
                                        ROUTE(GET, "/kantor/keluarga/{id}/kepala", MAY_EDIT_RESIDENTS, id_input, family_head_page),
                                        ROUTE(POST, "/kantor/keluarga/{id}/kepala", MAY_EDIT_RESIDENTS, head_input, family_head_post),
                                        ROUTE(GET, "/kantor/keluarga/{id}/pindah", MAY_EDIT_RESIDENTS, move_see, family_move_page),
                                        ROUTE(POST, "/kantor/keluarga/{id}/pindah", MAY_EDIT_RESIDENTS, move_input, family_move_post),
                                        ROUTES_END};
