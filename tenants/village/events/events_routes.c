// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. Where several people change, a form is sent twice: "periksa" shows what would be, "simpan" does it. */
#include "server/register/list.h"
#include "tenants/village/events/events_pages.h"

#include "tenants/village/events/events_arrival.h"
#include "tenants/village/events/events_birth_view.h"

static const struct input none[] = {INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input cancel_input[] = {PATH_ID("id"), FIELD(TEXT, "alasan", "Alasan", true, 3, 300),
                                            CHOICE("siapa", "Siapa", false, "satu|semua"), INPUT_END};
static const struct input fix_input[] = {PATH_ID("id"),
                                         FIELD(U64, "versi", "Versi", false, 0, 0),
                                         FIELD(DATE, "tanggal", "Tanggal", true, 0, 0),
                                         FIELD(TEXT, "tempat", "Tempat", false, 2, 200),
                                         CHOICE("jangkauan", "Tujuan", false, "1|2|3|4"),
                                         FIELD(TEXT, "sebab", "Sebab", false, 0, 100),
                                         FIELD(TEXT, "pelapor", "Pelapor", false, 2, 100),
                                         FIELD(TEXT, "nomor", "Nomor", false, 0, 60),
                                         FIELD(TEXT, "catatan", "Catatan", false, 0, 300),
                                         CHOICE("siapa", "Siapa", false, "satu|semua"),
                                         FIELD(TEXT, "alasan", "Alasan", true, 3, 300),
                                         INPUT_END};
static const struct input search_see[] = {PATH_WORD("jenis"), FIELD(TOKEN, "lanjut", "Pencarian", false, 0, 0), INPUT_END};
static const struct input search_input[] = {PATH_WORD("jenis"), FIELD(TEXT, "cari", "Pencarian", false, 0, 100), INPUT_END};

#define LEAVE_INPUT                                                                                                        \
    PATH_ID("id"), FIELD(U64, "versi", "Versi", true, 1, 0), CHOICE("langkah", "Langkah", true, "periksa|ubah|simpan"),    \
        FIELD(U64, "kepala", "Kepala keluarga berikutnya", false, 0, 0), FIELD(PREFIX, "peran_", "Hubungan", false, 0, 2), \
        FIELD(PREFIX, "orang_", "Yang ikut", false, 0, 1), FIELD(TEXT, "catatan", "Catatan", false, 0, 300)
static const struct input death_input[] = {LEAVE_INPUT,
                                           FIELD(DATE, "tanggal", "Tanggal meninggal", true, 0, 0),
                                           FIELD(TEXT, "tempat", "Tempat meninggal", true, 2, 200),
                                           FIELD(TEXT, "sebab", "Sebab", false, 0, 100),
                                           FIELD(TEXT, "pelapor", "Pelapor", true, 2, 100),
                                           FIELD(TEXT, "nomor", "Nomor akta kematian", false, 0, 60),
                                           INPUT_END};
static const struct input move_input[] = {LEAVE_INPUT,
                                          FIELD(DATE, "tanggal", "Tanggal pindah", true, 0, 0),
                                          FIELD(TEXT, "tempat", "Alamat tujuan", true, 2, 200),
                                          CHOICE("jangkauan", "Tujuan", true, "1|2|3|4"),
                                          FIELD(TEXT, "pelapor", "Pelapor", false, 0, 100),
                                          FIELD(TEXT, "nomor", "Nomor surat pindah", false, 0, 60),
                                          INPUT_END};
static const struct input missing_input[] = {LEAVE_INPUT,
                                             FIELD(DATE, "tanggal", "Hilang sejak", true, 0, 0),
                                             FIELD(TEXT, "tempat", "Tempat terakhir terlihat", false, 0, 200),
                                             FIELD(TEXT, "pelapor", "Pelapor", true, 2, 100),
                                             FIELD(TEXT, "nomor", "Nomor laporan polisi", false, 0, 60),
                                             INPUT_END};

static const struct input arrival_see[] = {FIELD(U64, "keluarga", "Keluarga", false, 0, 0), INPUT_END};
static const struct input arrival_input[] = {CHOICE("langkah", "Langkah", true, "periksa|tambah|ubah|simpan"),
                                             FIELD(U64, "jumlah", "Jumlah orang", true, 1, ARRIVALS_MOST),
                                             FIELD(DATE, "tanggal", "Tanggal datang", true, 0, 0),
                                             FIELD(TEXT, "asal", "Alamat asal", true, 2, 200),
                                             FIELD(TEXT, "nomor", "Nomor surat pindah", false, 0, 60),
                                             CHOICE("tujuan", "Tujuan", true, "ada|baru"),
                                             FIELD(DIGITS, "kk", "Nomor KK", true, 16, 16),
                                             FIELD(TEXT, "alamat", "Alamat", false, 0, 200),
                                             FIELD(TEXT, "dusun", "Dusun", false, 1, 60),
                                             FIELD(TEXT, "rw", "RW", false, 0, 10),
                                             FIELD(TEXT, "rt", "RT", false, 0, 10),
                                             FIELD(TEXT, "catatan", "Catatan", false, 0, 300),
                                             ARRIVAL_INPUT("1"),
                                             ARRIVAL_INPUT("2"),
                                             ARRIVAL_INPUT("3"),
                                             ARRIVAL_INPUT("4"),
                                             ARRIVAL_INPUT("5"),
                                             ARRIVAL_INPUT("6"),
                                             ARRIVAL_INPUT("7"),
                                             ARRIVAL_INPUT("8"),
                                             INPUT_END};

const struct route events_routes[] = {
    ROUTE(GET, "/kantor/peristiwa", MAY_READ_RESIDENTS, list_input, event_list_page),
    ROUTE(POST, "/kantor/peristiwa", MAY_READ_RESIDENTS, list_input, event_list_post),
    ROUTE(GET, "/kantor/peristiwa/catat", MAY_EDIT_RESIDENTS, none, event_kinds_page),
    ROUTE(GET, "/kantor/peristiwa/catat/{jenis}", MAY_EDIT_RESIDENTS, search_see, event_search_page),
    ROUTE(POST, "/kantor/peristiwa/catat/{jenis}", MAY_EDIT_RESIDENTS, search_input, event_search_post),
    ROUTE(GET, "/kantor/peristiwa/kedatangan", MAY_EDIT_RESIDENTS, arrival_see, arrival_page),
    ROUTE(POST, "/kantor/peristiwa/kedatangan", MAY_EDIT_RESIDENTS, arrival_input, arrival_post),
    ROUTE(GET, "/kantor/peristiwa/{id}", MAY_READ_RESIDENTS, id_input, event_page),
    ROUTE(GET, "/kantor/peristiwa/{id}/batal", MAY_EDIT_RESIDENTS, id_input, event_cancel_page),
    ROUTE(POST, "/kantor/peristiwa/{id}/batal", MAY_EDIT_RESIDENTS, cancel_input, event_cancel_post),
    KEPT_ROUTES("/kantor/peristiwa", MAY_READ_RESIDENTS, MAY_EDIT_RESIDENTS, &event_keeper),
    ROUTE(GET, "/kantor/peristiwa/{id}/perbaiki", MAY_EDIT_RESIDENTS, id_input, event_fix_page),
    ROUTE(POST, "/kantor/peristiwa/{id}/perbaiki", MAY_EDIT_RESIDENTS, fix_input, event_fix_post),
    ROUTE(GET, "/kantor/penduduk/{id}/kematian", MAY_EDIT_RESIDENTS, id_input, death_page),
    ROUTE(POST, "/kantor/penduduk/{id}/kematian", MAY_EDIT_RESIDENTS, death_input, death_post),
    ROUTE(GET, "/kantor/penduduk/{id}/kepindahan", MAY_EDIT_RESIDENTS, id_input, move_out_page),
    ROUTE(POST, "/kantor/penduduk/{id}/kepindahan", MAY_EDIT_RESIDENTS, move_input, move_out_post),
    ROUTE(GET, "/kantor/penduduk/{id}/hilang", MAY_EDIT_RESIDENTS, id_input, missing_page),
    ROUTE(POST, "/kantor/penduduk/{id}/hilang", MAY_EDIT_RESIDENTS, missing_input, missing_post),
    ROUTE(GET, "/kantor/keluarga/{id}/kelahiran", MAY_EDIT_RESIDENTS, birth_input, birth_page),
    ACT_CHECKED("/kantor/keluarga/{id}/kelahiran", MAY_EDIT_RESIDENTS, birth_input, birth_check, birth_act, birth_page),
    ROUTES_END};
