// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: setting a village up, its identity, its staff. */
#include "server/image/image.h"
#include "tenants/village/staff/staff_pages.h"

#define PASSWORD_FIELD FIELD(SECRET, "sandi", "Kata sandi", true, 0, 128)

static const struct input token_input[] = {PATH_WORD("tanda"), INPUT_END};
static const struct input setup_input[] = {PATH_WORD("tanda"),
                                           FIELD(TEXT, "kades", "Nama kepala desa", true, 3, 100),
                                           FIELD(TEXT, "nip", "NIP", false, 0, 30),
                                           FIELD(TEXT, "alamat", "Alamat kantor desa", true, 5, 200),
                                           FIELD(TEXT, "nama", "Nama Anda", true, 3, 100),
                                           FIELD(TEXT, "pengguna", "Nama pengguna", true, 3, 60),
                                           PASSWORD_FIELD,
                                           INPUT_END};
static const struct input head_input[] = {PATH_WORD("tanda"), FIELD(TEXT, "nama", "Nama Anda", true, 3, 100),
                                          FIELD(TEXT, "pengguna", "Nama pengguna", true, 3, 60), PASSWORD_FIELD, INPUT_END};
static const struct input settings_see[] = {FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input settings_input[] = {FIELD(U64, "versi", "Versi", true, 1, 0),
                                              FIELD(TEXT, "kades", "Nama kepala desa", true, 3, 100),
                                              FIELD(TEXT, "nip", "NIP", false, 0, 30),
                                              FIELD(TEXT, "surelkades", "Surel kepala desa", false, 0, 254),
                                              FIELD(TEXT, "alamat", "Alamat kantor desa", true, 5, 200),
                                              FIELD(DIGITS, "kodepos", "Kode pos", false, 5, 5),
                                              FIELD(TEXT, "telepon", "Telepon", false, 0, 30),
                                              FIELD(TEXT, "surel", "Surel", false, 0, 120),
                                              FIELD(TEXT, "jam", "Jam pelayanan", false, 0, 200),
                                              FIELD(TEXT, "kode", "Kode desa pada nomor surat", false, 0, 20),
                                              CHOICE("warna", "Warna", true, "tarum|sagu|teluk|mengkudu|cengkih|kakao|manggis|arang"),
                                              FIELD(FLAG, "hiasan", "Hiasan tenun", false, 0, 0),
                                              INPUT_END};
static const struct input crest_see[] = {FIELD(U64, "v", "Versi", false, 0, 0), INPUT_END};
static const struct input crest_hash[] = {PATH_WORD("sidik"), INPUT_END};
static const struct input crest_input[] = {FIELD(FILE, "lambang", "Lambang", true, 0, IMAGE_MAX_BYTES), INPUT_END};
static const struct input none[] = {INPUT_END};
static const struct input staff_input[] = {FIELD(TEXT, "nama", "Nama", true, 3, 100),
                                           FIELD(TEXT, "pengguna", "Nama pengguna", true, 3, 60),
                                           FIELD(TEXT, "jabatan", "Jabatan", false, 0, 100),
                                           CHOICE("peran", "Peran", true, "clerk|secretary|head|editor"),
                                           PASSWORD_FIELD,
                                           INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input password_input[] = {PATH_ID("id"), PASSWORD_FIELD, INPUT_END};

enum { UPLOAD_DEADLINE_MS = 60 * 1000, UPLOAD_BYTES = IMAGE_MAX_BYTES + 64 * 1024 };

const struct route staff_routes[] = {
    ROUTE(GET, "/pasang/{tanda}", MAY_VISIT, token_input, setup_page),
    ROUTE(POST, "/pasang/{tanda}", MAY_VISIT, setup_input, setup_post),
    ROUTE(GET, "/pasang/kades/{tanda}", MAY_VISIT, token_input, head_link_page),
    ROUTE(POST, "/pasang/kades/{tanda}", MAY_VISIT, head_input, head_link_post),
    ROUTE(GET, "/lambang/{sidik}", MAY_VISIT, crest_hash, crest_small_image),
    ROUTE(GET, "/kantor/pengaturan", MAY_SET_VILLAGE, settings_see, settings_page),
    ROUTE(POST, "/kantor/pengaturan", MAY_SET_VILLAGE, settings_input, settings_post),
    ROUTE(GET, "/kantor/pengaturan/lambang", MAY_SET_VILLAGE, crest_see, crest_image),
    ROUTE(GET, "/kantor/pengaturan/lambang/keadaan", MAY_SET_VILLAGE, none, crest_part),
    ROUTE_LARGE(POST, "/kantor/pengaturan/lambang", MAY_SET_VILLAGE, crest_input, crest_post, UPLOAD_DEADLINE_MS, UPLOAD_BYTES),
    ROUTE(POST, "/kantor/pengaturan/lambang/lepas", MAY_SET_VILLAGE, none, crest_remove_post),
    ROUTE(GET, "/kantor/pengaturan/petugas", MAY_SET_VILLAGE, settings_see, staff_page),
    ROUTE(POST, "/kantor/pengaturan/petugas", MAY_SET_VILLAGE, staff_input, staff_add_post),
    ROUTE(POST, "/kantor/pengaturan/petugas/{id}/nonaktif", MAY_SET_VILLAGE, id_input, staff_off_post),
    ROUTE(POST, "/kantor/pengaturan/petugas/{id}/aktif", MAY_SET_VILLAGE, id_input, staff_on_post),
    ROUTE(POST, "/kantor/pengaturan/petugas/{id}/sandi", MAY_SET_VILLAGE, password_input, staff_password_post),
    ROUTES_END};
