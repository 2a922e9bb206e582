// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: a resident's mail address, telling somebody again, and the link that gives a paper once. */
#include "tenants/village/notices/notices_pages.h"

static const struct input again_input[] = {PATH_ID("id"), CHOICE("kepada", "Penerima", true, "kades|warga"), INPUT_END};
static const struct input email_see[] = {PATH_ID("id"), FIELD(U64, "surat", "Surat", false, 1, 0),
                                         FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input email_input[] = {PATH_ID("id"), FIELD(U64, "surat", "Surat", false, 1, 0),
                                           FIELD(TEXT, "surel", "Alamat surel", true, 0, 254),
                                           FIELD(FLAG, "setuju", "Persetujuan", false, 0, 0), INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input link_input[] = {PATH_WORD("tanda"), INPUT_END};
static const struct input file_input[] = {FIELD(TOKEN, "kunci", "Kunci", false, 0, 0), INPUT_END};

const struct route notices_routes[] = {
    ROUTE(POST, "/kantor/surat/{id}/pemberitahuan", MAY_WRITE_LETTERS, again_input, notice_again_post),
    ROUTE(GET, "/kantor/penduduk/{id}/surel", MAY_EDIT_RESIDENTS, email_see, resident_email_page),
    ROUTE(POST, "/kantor/penduduk/{id}/surel", MAY_EDIT_RESIDENTS, email_input, resident_email_post),
    ROUTE(POST, "/kantor/penduduk/{id}/surel/hapus", MAY_EDIT_RESIDENTS, id_input, resident_email_drop_post),
    ROUTE(GET, "/surat/ambil/{tanda}", MAY_VISIT, link_input, notice_link_page),
    ROUTE(POST, "/surat/ambil/{tanda}", MAY_VISIT, link_input, notice_link_post),
    ROUTE(GET, "/surat/berkas", MAY_VISIT, file_input, notice_link_file),
    ROUTES_END};
