// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the registry's own pages; the import has its own table in import_routes.c. */
#include "tenants/village/residents/export_pages.h"
#include "tenants/village/residents/residents_list.h"
#include "tenants/village/residents/residents_pages.h"

static const struct input list_input[] = {RESIDENT_FILTERS(RESIDENT_FILTER_INPUT) FIELD(TOKEN, "lanjut", "Halaman", false, 0, 0),
                                          INPUT_END};
static const struct input search_input[] = {
    RESIDENT_FILTERS(RESIDENT_FILTER_INPUT) FIELD(TEXT, "cari", "Nama, NIK, atau nomor KK", false, 0, 100), INPUT_END};
static const struct input export_input[] = {RESIDENT_FILTERS(RESIDENT_FILTER_INPUT)
                                                FIELD(TEXT, "cari", "Nama, NIK, atau nomor KK", false, 0, 100),
                                            CHOICE("bentuk", "Bentuk berkas", true, "xlsx|csv"), INPUT_END};
static const struct input file_input[] = {PATH_ID("id"), INPUT_END};
static const struct input see_input[] = {PATH_ID("id"), FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input add_see[] = {FIELD(TEXT, "surat", "Surat", false, 0, 60), INPUT_END};
static const struct input add_input[] = {FIELD(TEXT, "surat", "Surat", false, 0, 60),
                                         FIELD(DIGITS, "nik", "NIK", true, 16, 16),
                                         FIELD(DIGITS, "kk", "Nomor KK", true, 16, 16),
                                         FIELD(TEXT, "nama", "Nama lengkap", true, 2, 100),
                                         CHOICE("jk", "Jenis kelamin", true, "1|2"),
                                         FIELD(TEXT, "tempat", "Tempat lahir", true, 2, 100),
                                         FIELD(DATE, "lahir", "Tanggal lahir", true, 0, 0),
                                         FIELD(U64, "agama", "Agama", true, 1, 20),
                                         FIELD(U64, "kawin", "Status perkawinan", true, 1, 20),
                                         FIELD(U64, "kerja", "Pekerjaan", true, 1, 200),
                                         FIELD(U64, "sekolah", "Pendidikan", false, 1, 20),
                                         FIELD(U64, "peran", "Hubungan dalam keluarga", true, 1, 20),
                                         FIELD(TEXT, "alamat", "Alamat", false, 0, 200),
                                         FIELD(TEXT, "dusun", "Dusun", true, 1, 60),
                                         FIELD(TEXT, "rw", "RW", false, 0, 10),
                                         FIELD(TEXT, "rt", "RT", false, 0, 10),
                                         INPUT_END};

enum { FETCH_WITHIN_MS = 30000 };

const struct route residents_routes[] = {
    ROUTE(GET, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_list_page),
    ROUTE(POST, "/kantor/penduduk", MAY_READ_RESIDENTS, search_input, resident_search_post),
    ROUTE(GET, "/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, add_see, resident_add_page),
    ROUTE(POST, "/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, add_input, resident_add_post),
    ROUTE(GET, "/kantor/penduduk/{id}", MAY_READ_RESIDENTS, see_input, resident_page),
    ROUTE(POST, "/kantor/penduduk/unduh", MAY_READ_RESIDENTS, export_input, residents_export_post),
    ROUTE(GET, "/kantor/unduhan/{id}", MAY_READ_RESIDENTS, file_input, export_page),
    ROUTE_LARGE(GET, "/kantor/unduhan/{id}/berkas", MAY_READ_RESIDENTS, file_input, export_fetch, FETCH_WITHIN_MS, 0),
    ROUTES_END};
