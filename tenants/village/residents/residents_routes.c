// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: one person's page and a new person; changes and papers are in change_routes.c. */
#include "tenants/village/residents/residents_pages.h"

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

const struct route residents_routes[] = {ROUTE(GET, "/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, add_see, resident_add_page),
                                         ROUTE(POST, "/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, add_input, resident_add_post),
                                         ROUTE(GET, "/kantor/penduduk/{id}", MAY_READ_RESIDENTS, see_input, resident_page), ROUTES_END};
