// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/roster_filter.h"

#define TO(member) LIST_TO(struct resident_find, member)

static const struct list_option lacks[] = {{"ya", "Lengkap", LACK_NOTHING, "Lengkap"},
                                           {"tidak", "Belum lengkap", LACK_ANYTHING, "Belum lengkap"},
                                           {"nik", "NIK tidak sesuai", LACK_NIK_WRONG, "NIK tidak sesuai"},
                                           {"sementara", "NIK sementara", LACK_NIK, "NIK sementara"},
                                           {"lahir", "Tanggal lahir kosong", LACK_BIRTH, "Tanggal lahir kosong"},
                                           {"akta", "Akta lahir belum ada", LACK_BIRTH_CERT, "Akta lahir belum ada"},
                                           {0}};
static const struct list_option niks[] = {{"ada", "NIK tetap", 0, "NIK ada"}, {"sementara", "NIK sementara", 1, "NIK sementara"}, {0}};
static const struct list_option family_cards[] = {
    {"ada", "Punya KK", 0, "Punya KK"}, {"tanpa", "Tanpa KK atau KK sementara", 1, "Tanpa KK"}, {0}};
static const struct list_option cards[] = {
    {"ada", "Terpasang", 1, "Kartu terpasang"}, {"belum", "Belum terpasang", 0, "Kartu belum terpasang"}, {0}};
static const struct list_option births[] = {{"kosong", "Kosong", 1, "Tanggal lahir kosong"}, {0}};

/* In the order of the address. */
static const struct list_filter filters[] = {
    {LIST_WORDS, "cari", "Nama, NIK, atau nomor KK", .hint = ""},
    {LIST_TEXT, "dusun", "{Dusun}", TO(hamlet), .max = 60},
    {LIST_TEXT, "rw", "RW", TO(rw), .max = 10, .is_more = true},
    {LIST_TEXT, "rt", "RT", TO(rt), .max = 10, .is_more = true},
    {LIST_CODE, "jk", "Jenis kelamin", TO(sex), .codes = CODE_SEX, .is_plain = true},
    {LIST_AGES, "umur", "Umur", TO(born_after), .until = TO(born_until)},
    {LIST_OPTION, "umur", "Tanggal lahir", TO(no_birth), .options = births, .is_more = true},
    {LIST_CODE, "status", "Status", TO(status), .codes = CODE_BASIC_STATUS, .initial = "1", .everything = "0"},
    {LIST_CODE, "peran", "Hubungan keluarga", TO(role), .codes = CODE_FAMILY_ROLE, .has_none = true, .is_more = true},
    {LIST_CODE, "kerja", "Pekerjaan", TO(occupation), .codes = CODE_OCCUPATION, .has_none = true, .is_more = true},
    {LIST_CODE, "agama", "Agama", TO(religion), .codes = CODE_RELIGION, .has_none = true, .is_more = true},
    {LIST_CODE, "kawin", "Status perkawinan", TO(marital), .codes = CODE_MARITAL, .has_none = true, .is_more = true},
    {LIST_CODE, "sekolah", "Pendidikan dalam KK", TO(education), .codes = CODE_EDUCATION_KK, .has_none = true, .is_more = true},
    {LIST_OPTION, "nik", "NIK", TO(is_temporary), .options = niks, .is_more = true},
    {LIST_OPTION, "kk", "Kartu Keluarga", TO(without_kk), .options = family_cards, .is_more = true},
    {LIST_OPTION, "kartu", "Kartu anjungan", TO(has_card), .options = cards, .is_more = true},
    {LIST_OPTION, "lengkap", "Kelengkapan", TO(lack), .options = lacks},
};

static const struct list_order orders[] = {{RESIDENT_BY_NAME, "nama", "Nama", false},
                                           {RESIDENT_BY_AGE, "umur", "Umur", false},
                                           {RESIDENT_BY_PLACE, "dusun", "{Dusun} dan RT", false},
                                           {RESIDENT_BY_ENTRY, "terbaru", "Terbaru dicatat", true}};

static const struct list_column columns[] = {
    {"Nama", RESIDENT_BY_NAME, false}, {"NIK", 0, false},        {"L/P", 0, false},      {"Lahir", 0, false},
    {"Umur", RESIDENT_BY_AGE, true},   {"KK", 0, false},         {"Hubungan", 0, false}, {"{Dusun}, RT", RESIDENT_BY_PLACE, false},
    {"Pekerjaan", 0, false},           {"Kelengkapan", 0, false}};

const struct list residents_list = {
    .home = "/kantor/penduduk",
    .noun = "warga",
    LIST_ROWS(filters, orders, columns),
    .find_bytes = sizeof(struct resident_find),
    .empty = {"Belum ada warga tercatat", "Unggah berkas Excel penduduk, atau tambah satu per satu.", NULL, NULL},
    .note = "NIK ditutup. Tekan untuk melihatnya; setiap kali dicatat.",
    .is_live = true,
    .file = &residents_book,
    .official = "b1"};
