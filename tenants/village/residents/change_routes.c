// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: changing one resident, and what was changed. */
#include "tenants/village/residents/change_pages.h"

static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input paged_input[] = {PATH_ID("id"), FIELD(U64, "sebelum", "Halaman", false, 1, 0), INPUT_END};
/* The person's page is shown again, so its own fields are known. */
static const struct input nik_input[] = {PATH_ID("id"), FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input edit_input[] = {
    PATH_ID("id"),
    FIELD(U64, "versi", "Versi", true, 1, 0),
    FIELD(PREFIX, "isi_", "Isian", false, 0, 200), /* edit_rules.h names them */
    FIELD(PREFIX, "pilih_", "Pilihan", false, 0, 20),
    FIELD(FLAG, "cocok", "Sudah dicocokkan", false, 0, 0),
    CHOICE("alasan", "Alasan perubahan", true, "perbaikan|dokumen|laporan|lainnya"),
    FIELD(TEXT, "keterangan", "Keterangan", false, 0, 200),
    INPUT_END};

const struct route change_routes[] = {
    ROUTE(GET, "/kantor/penduduk/{id}/ubah", MAY_EDIT_RESIDENTS, id_input, edit_page),
    ROUTE(POST, "/kantor/penduduk/{id}/ubah", MAY_EDIT_RESIDENTS, edit_input, edit_post),
    ROUTE(POST, "/kantor/penduduk/{id}/nik", MAY_READ_RESIDENTS, nik_input, nik_post),
    ROUTE(GET, "/kantor/penduduk/{id}/riwayat", MAY_READ_RESIDENTS, paged_input, history_page),
    ROUTE(GET, "/kantor/penduduk/{id}/riwayat/dibuka", MAY_SET_VILLAGE, paged_input, looks_page),
    ROUTES_END};
