// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: a spreadsheet of residents, from upload to commit. */
#include "server/register/export.h"
#include "tenants/village/import/import.h"
#include "tenants/village/import/import_pages.h"
#include "tenants/village/import/import_view.h"

enum { UPLOAD_WITHIN_MS = 60000, UPLOAD_BYTES = (16 << 20) + (64 << 10) };

const struct route import_routes[] = {
    ROUTE(GET, "/kantor/penduduk/impor", MAY_IMPORT_RESIDENTS, import_home_input, import_home_page),
    ACT_LARGE("/kantor/penduduk/impor", MAY_IMPORT_RESIDENTS, import_home_input, import_upload_check, import_upload_act, import_home_page,
              UPLOAD_WITHIN_MS, UPLOAD_BYTES),
    ROUTE(GET, "/kantor/penduduk/impor/contoh", MAY_IMPORT_RESIDENTS, import_home_input, import_example_page),
    ROUTE(GET, "/kantor/penduduk/impor/{id}", MAY_IMPORT_RESIDENTS, import_choose_input, import_batch_page),
    ACT("/kantor/penduduk/impor/{id}/kesalahan", MAY_IMPORT_RESIDENTS, import_one_input, import_faults_act, export_refused_page),
    ACT("/kantor/penduduk/impor/{id}/simpan", MAY_IMPORT_RESIDENTS, import_save_input, import_save_act, NULL),
    ACT("/kantor/penduduk/impor/{id}/batal", MAY_IMPORT_RESIDENTS, import_one_input, import_cancel_act, NULL),
    ACT("/kantor/penduduk/impor/{id}/ulang", MAY_IMPORT_RESIDENTS, import_one_input, import_again_act, NULL),
    ACT("/kantor/penduduk/impor/{id}/terima", MAY_IMPORT_RESIDENTS, import_one_input, import_accept_act, NULL),
    ACT("/kantor/penduduk/impor/{id}/lama", MAY_IMPORT_RESIDENTS, import_old_input, import_old_act, NULL),
    ACT("/kantor/penduduk/impor/{id}/sama", MAY_IMPORT_RESIDENTS, import_same_input, import_same_act, import_same_page),
    ACT("/kantor/penduduk/impor/{id}/ganti", MAY_IMPORT_RESIDENTS, import_choose_input, import_choose_act, import_batch_page),
    ACT("/kantor/penduduk/impor/pilihan/{id}/hapus", MAY_IMPORT_RESIDENTS, import_one_input, import_forget_act, NULL),
    ROUTES_END};
