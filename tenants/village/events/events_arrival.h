// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: the boxes of each one who arrives, "nik1", "nama1" …; which of them must be filled in is known only with "jumlah". */
#ifndef BALAI_EVENTS_ARRIVAL_H
#define BALAI_EVENTS_ARRIVAL_H

enum { ARRIVALS_MOST = 8 };

#define ARRIVAL_INPUT(i)                                                                                                                \
    FIELD(DIGITS, "nik" i, "NIK orang ke-" i, false, 16, 16), FIELD(TEXT, "nama" i, "Nama orang ke-" i, false, 2, 100),                 \
        CHOICE("jk" i, "Jenis kelamin orang ke-" i, false, "1|2"), FIELD(TEXT, "tempat" i, "Tempat lahir orang ke-" i, false, 2, 100),  \
        FIELD(DATE, "lahir" i, "Tanggal lahir orang ke-" i, false, 0, 0), FIELD(U64, "agama" i, "Agama orang ke-" i, false, 1, 20),     \
        FIELD(U64, "kawin" i, "Status perkawinan orang ke-" i, false, 1, 20),                                                           \
        FIELD(U64, "kerja" i, "Pekerjaan orang ke-" i, false, 1, 200), FIELD(U64, "sekolah" i, "Pendidikan orang ke-" i, false, 1, 20), \
        FIELD(U64, "peran" i, "Hubungan orang ke-" i, false, 1, 20)

#endif
