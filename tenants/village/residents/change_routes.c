// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: changing one resident, and what was changed. */
#include "server/image/image.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/papers_pages.h"

static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input paged_input[] = {PATH_ID("id"), FIELD(U64, "sebelum", "Halaman", false, 1, 0), INPUT_END};
/* The person's page is shown again, so its own fields are known. */
static const struct input nik_input[] = {PATH_ID("id"), FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input edit_input[] = {PATH_ID("id"),
                                          FIELD(U64, "versi", "Versi", true, 1, 0),
                                          FIELD(PREFIX, "isi_", "Isian", false, 0, 200), /* edit_rules.h names them */
                                          FIELD(PREFIX, "pilih_", "Pilihan", false, 0, 20),
                                          FIELD(FLAG, "cocok", "Sudah dicocokkan", false, 0, 0),
                                          CHOICE("alasan", "Alasan perubahan", true, "perbaikan|dokumen|laporan|lainnya"),
                                          FIELD(TEXT, "keterangan", "Keterangan", false, 0, 200),
                                          INPUT_END};

static const struct input papers_input[] = {PATH_ID("id"), FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input photo_see[] = {PATH_ID("id"), FIELD(U64, "v", "Versi", false, 0, 0),
                                         INPUT_END}; /* v: another photo has another address */
static const struct input photo_input[] = {PATH_ID("id"), FIELD(FILE, "foto", "Foto", true, 0, IMAGE_MAX_BYTES), INPUT_END};
static const struct input document_input[] = {PATH_ID("id"), CHOICE("jenis", "Jenis dokumen", true, DOCUMENT_CHOICES),
                                              FIELD(TEXT, "catatan", "Catatan", false, 0, 200),
                                              FIELD(FILE, "berkas", "Berkas", true, 0, IMAGE_MAX_BYTES), INPUT_END};
static const struct input document_id[] = {PATH_ID("id"), PATH_ID("dokumen"), INPUT_END};
static const struct input remove_input[] = {PATH_ID("id"), PATH_ID("dokumen"), FIELD(TEXT, "alasan", "Alasan", false, 0, 200), INPUT_END};

enum { UPLOAD_DEADLINE_MS = 60 * 1000, UPLOAD_BYTES = IMAGE_MAX_BYTES + 64 * 1024 };

const struct route change_routes[] = {
    ROUTE(GET, "/kantor/penduduk/{id}/ubah", MAY_EDIT_RESIDENTS, id_input, edit_page),
    ROUTE(POST, "/kantor/penduduk/{id}/ubah", MAY_EDIT_RESIDENTS, edit_input, edit_post),
    ROUTE(POST, "/kantor/penduduk/{id}/nik", MAY_READ_RESIDENTS, nik_input, nik_post),
    ROUTE(GET, "/kantor/penduduk/{id}/riwayat", MAY_READ_RESIDENTS, paged_input, history_page),
    ROUTE(GET, "/kantor/penduduk/{id}/riwayat/dibuka", MAY_SET_VILLAGE, paged_input, looks_page),
    ROUTE(GET, "/kantor/penduduk/{id}/berkas", MAY_READ_RESIDENTS, papers_input, papers_page),
    ROUTE(GET, "/kantor/penduduk/{id}/berkas/foto", MAY_READ_RESIDENTS, id_input, photo_part),
    ROUTE(GET, "/kantor/penduduk/{id}/foto", MAY_READ_RESIDENTS, photo_see, photo_image),
    ROUTE_LARGE(POST, "/kantor/penduduk/{id}/foto", MAY_EDIT_RESIDENTS, photo_input, photo_post, UPLOAD_DEADLINE_MS, UPLOAD_BYTES),
    ROUTE_LARGE(POST, "/kantor/penduduk/{id}/dokumen", MAY_EDIT_RESIDENTS, document_input, document_post, UPLOAD_DEADLINE_MS, UPLOAD_BYTES),
    ROUTE(GET, "/kantor/penduduk/{id}/dokumen/{dokumen}", MAY_READ_RESIDENTS, document_id, document_file),
    ROUTE(POST, "/kantor/penduduk/{id}/dokumen/{dokumen}/tarik", MAY_EDIT_RESIDENTS, remove_input, document_remove_post),
    ROUTES_END};
