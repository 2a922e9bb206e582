// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the pages of the volunteers' console. */
#include "tenants/control/kelola.h"
#include "tenants/control/kelola_views.h"

enum { LIST_LETTERS = 400000, LIST_BODY = 1024 * 1024, SLOW_MS = 20000 };

static const struct input list_input[] = {
    CHOICE("keadaan", "Keadaan", false, "preparing|trial|active|readonly|suspended|closed"),
    CHOICE("urut", "Urutan", false,
           "nama|-nama|kecamatan|-kecamatan|alamat|-alamat|keadaan|-keadaan|versi|-versi|ukuran|-ukuran|aktivitas|-aktivitas|antrean|-"
           "antrean"),
    FIELD(TEXT, "cari", "Cari desa", false, 0, 60),
    FIELD(U64, "hal", "Halaman", false, 1, 1000),
    INPUT_END,
};
static const struct input village_input[] = {PATH_WORD("kode"), INPUT_END};
static const struct input state_input[] = {
    PATH_WORD("kode"),
    CHOICE("tindakan", "Tindakan", true, "tangguhkan|hanya-baca|aktifkan"),
    FIELD(TEXT, "catatan", "Catatan", false, 0, 300),
    INPUT_END,
};
static const struct input link_input[] = {PATH_WORD("kode"), FIELD(TOKEN, "t", "Tautan", false, 0, 0), INPUT_END};
static const struct input no_input[] = {INPUT_END};
/* The list is taken as it was pasted: INPUT_SECRET is the kind that keeps its tabs. */
static const struct input add_input[] = {
    FIELD(TEXT, "kode", "Kode desa", false, 0, 20),       FIELD(TEXT, "nama", "Nama desa", false, 0, 60),
    FIELD(DIGITS, "kecamatan", "Kecamatan", false, 6, 6), FIELD(SECRET, "daftar", "Daftar desa", false, 0, LIST_LETTERS),
    FIELD(FILE, "berkas", "Berkas", false, 0, 0),         INPUT_END,
};
static const struct input prepare_input[] = {FIELD(SECRET, "daftar", "Daftar desa", true, 0, LIST_LETTERS), INPUT_END};
static const struct input work_input[] = {FIELD(DIGITS, "desa", "Desa", false, 10, 10), INPUT_END};
static const struct input again_input[] = {FIELD(DIGITS, "kode", "Kode desa", true, 10, 10), INPUT_END};

const struct route control_routes[] = {
    ROUTE(GET, "/", MAY_MANAGE_VILLAGES, list_input, kelola_list_page),
    ROUTE(GET, "/desa/tambah", MAY_MANAGE_VILLAGES, no_input, kelola_add_page),
    ROUTE_LARGE(POST, "/desa/tambah", MAY_MANAGE_VILLAGES, add_input, kelola_add_post, 0, LIST_BODY),
    ROUTE_LARGE(POST, "/desa/siapkan", MAY_MANAGE_VILLAGES, prepare_input, kelola_prepare_post, SLOW_MS, LIST_BODY),
    ROUTE(GET, "/desa/{kode}", MAY_MANAGE_VILLAGES, village_input, kelola_village_page),
    ROUTE(POST, "/desa/{kode}/keadaan", MAY_MANAGE_VILLAGES, state_input, kelola_state_post),
    ROUTE(POST, "/desa/{kode}/tautan", MAY_MANAGE_VILLAGES, village_input, kelola_link_post),
    ROUTE(POST, "/desa/{kode}/tautan-kepala", MAY_MANAGE_VILLAGES, village_input, kelola_head_link_post),
    ROUTE(GET, "/desa/{kode}/tautan", MAY_MANAGE_VILLAGES, link_input, kelola_link_page),
    ROUTE(GET, "/pekerjaan", MAY_MANAGE_VILLAGES, work_input, kelola_work_page),
    ROUTE(POST, "/pekerjaan/ulang", MAY_MANAGE_VILLAGES, again_input, kelola_again_post),
    ROUTES_END,
};
