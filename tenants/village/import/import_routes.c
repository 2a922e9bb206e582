// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: a spreadsheet of residents, from upload to commit. */
#include "tenants/village/import/import.h"
#include "tenants/village/import/import_pages.h"

static const struct input home_input[] = {INPUT_END};
static const struct input upload_input[] = {FIELD(FILE, "berkas", "Berkas Excel", true, 0, 0),
                                            FIELD(FLAG, "terima_nik", "Terima NIK yang berbeda", false, 0, 0), INPUT_END};
static const struct input batch_input[] = {PATH_ID("id"), FIELD(U64, "dari", "Halaman", false, 1, 1000000), INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input save_input[] = {PATH_ID("id"), FIELD(TEXT, "hasil", "Hasil pemeriksaan", true, 64, 64), INPUT_END};

enum { UPLOAD_WITHIN_MS = 60000, UPLOAD_BYTES = (16 << 20) + (64 << 10) };

const struct route import_routes[] = {
    ROUTE(GET, "/kantor/penduduk/impor", MAY_IMPORT_RESIDENTS, home_input, import_home_page),
    ROUTE_LARGE(POST, "/kantor/penduduk/impor", MAY_IMPORT_RESIDENTS, upload_input, import_upload_post, UPLOAD_WITHIN_MS, UPLOAD_BYTES),
    ROUTE(GET, "/kantor/penduduk/impor/{id}", MAY_IMPORT_RESIDENTS, batch_input, import_batch_page),
    ROUTE(POST, "/kantor/penduduk/impor/{id}/kesalahan", MAY_IMPORT_RESIDENTS, id_input, import_faults_post),
    ROUTE(POST, "/kantor/penduduk/impor/{id}/simpan", MAY_IMPORT_RESIDENTS, save_input, import_save_post),
    ROUTE(POST, "/kantor/penduduk/impor/{id}/batal", MAY_IMPORT_RESIDENTS, id_input, import_cancel_post),
    ROUTE(POST, "/kantor/penduduk/impor/{id}/terima", MAY_IMPORT_RESIDENTS, id_input, import_accept_post),
    ROUTES_END};
