// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: one person's page, a new person, changes, history, photo and papers. */
#include "server/web/feature.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_view.h"
#include "tenants/village/residents/history_view.h"
#include "tenants/village/residents/papers_pages.h"
#include "tenants/village/residents/papers_view.h"
#include "tenants/village/residents/residents_add_view.h"
#include "tenants/village/residents/residents_pages.h"
#include "tenants/village/residents/residents_view.h"

static const struct route routes[] = {
    ROUTE(GET, "/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, resident_add_input, resident_add_page),
    ACT_CHECKED("/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, resident_add_input, resident_add_check, resident_add_act, resident_add_page),
    ROUTE(GET, "/kantor/penduduk/{id}", MAY_READ_RESIDENTS, resident_see_input, resident_page),
    ROUTE(GET, "/kantor/penduduk/{id}/ubah", MAY_EDIT_RESIDENTS, resident_edit_input, edit_page),
    ACT_CHECKED("/kantor/penduduk/{id}/ubah", MAY_EDIT_RESIDENTS, resident_edit_input, edit_check, edit_act, edit_page),
    ACT("/kantor/penduduk/{id}/kk-sementara", MAY_EDIT_RESIDENTS, resident_see_input, resident_kk_act, resident_page),
    ROUTE(POST, "/kantor/penduduk/{id}/nik", MAY_READ_RESIDENTS, resident_see_input, nik_post),
    ROUTE(GET, "/kantor/penduduk/{id}/riwayat", MAY_READ_RESIDENTS, history_see_input, history_page),
    ROUTE(GET, "/kantor/penduduk/{id}/riwayat/dibuka", MAY_SET_VILLAGE, history_see_input, looks_page),
    ROUTE(GET, "/kantor/penduduk/{id}/berkas", MAY_READ_RESIDENTS, papers_see_input, papers_page),
    ROUTE(GET, "/kantor/penduduk/{id}/berkas/foto", MAY_READ_RESIDENTS, photo_see_input, photo_part),
    ROUTE(GET, "/kantor/penduduk/{id}/foto", MAY_READ_RESIDENTS, photo_see_input, photo_image),
    ACT_KEEPING("/kantor/penduduk/{id}/foto", MAY_EDIT_RESIDENTS, photo_upload_input, photo_check, photo_act, papers_page, &photo_keeper),
    ACT_KEEPING("/kantor/penduduk/{id}/dokumen", MAY_EDIT_RESIDENTS, document_add_input, document_check, document_act, papers_page,
                &document_keeper),
    ROUTE(GET, "/kantor/penduduk/{id}/dokumen/{dokumen}", MAY_READ_RESIDENTS, document_see_input, document_file),
    ACT_CHECKED("/kantor/penduduk/{id}/dokumen/{dokumen}/tarik", MAY_EDIT_RESIDENTS, document_out_input, document_out_check,
                document_out_act, papers_page),
    ROUTES_END};

static const struct permission_row permissions[] = {
    {MAY_READ_RESIDENTS, "Melihat data penduduk", MAY_NOTHING},
    {MAY_EDIT_RESIDENTS, "Mengubah data penduduk, keluarga, dan peristiwa; mengatur anjungan", MAY_READ_RESIDENTS},
    {0}};

static const struct said_word changes[] = {{"add", "Ditambahkan ke buku penduduk", "resident"},
                                           {"nik", "NIK tetap dicatat", "resident"},
                                           {"named", "Nama dicatat", "resident"},
                                           {"nik_free", "NIK dilepas", "resident"},
                                           {"kk", "KK sementara diberikan", "resident"},
                                           {"parent_nik", "NIK orang tua diperbaiki", "resident"},
                                           {"parent_name", "Nama orang tua diperbaiki", "resident"},
                                           {"spouse", "Status kawin mengikuti pasangannya", "resident"},
                                           {"photo", "Foto diganti", NULL},
                                           {"document", "Dokumen disimpan", NULL},
                                           {"document_out", "Dokumen ditarik", NULL},
                                           {0}};
static const struct said_word looks[] = {{"detail", "Membuka data warga", NULL},
                                         {"nik", "Menampilkan NIK", NULL},
                                         {"edit", "Membuka formulir ubah", NULL},
                                         {"history", "Membuka riwayat", NULL},
                                         {"papers", "Membuka foto dan dokumen", NULL},
                                         {"document", "Mengunduh dokumen", NULL},
                                         {"photo", "Melihat foto", NULL},
                                         {0}};

const struct feature residents_feature = {
    .name = "residents", .permissions = permissions, .routes = routes, .changes = changes, .looks = looks};
