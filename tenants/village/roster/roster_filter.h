// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a list of residents may be asked, as it stands in an address (codes and places; words, which may be names or NIKs, never
 * do). Pure.
 *
 *   dusun rw rt      text of the place
 *   jk               1 laki-laki, 2 perempuan
 *   umur_dari umur_sampai   whole years, both inclusive; umur=kosong: no birth date
 *   status           basic status; not given: 1 (hidup); 0: all
 *   peran kerja agama kawin sekolah   a code; 0: not filled in
 *   nik              ada, or sementara (begins with 0)
 *   kk               ada, or tanpa (in no family, or its number begins with 0)
 *   kartu            ada: a card is paired for the kiosk; belum
 *   lengkap          of the living: ya: nothing is missing; tidak; or what is: nik sementara lahir akta
 *   urut arah        nama umur dusun terbaru; naik turun (terbaru: turun unless said)
 *
 * Other pages link to /kantor/penduduk with these names and must count the same people (hit_filter of roster_find.sql).
 */
#ifndef BALAI_RESIDENTS_FILTER_H
#define BALAI_RESIDENTS_FILTER_H

#include "server/register/list.h"
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_find_sql.h"

/* The numbers of `lacking` in roster_find.sql. */
enum resident_lack { LACK_UNASKED, LACK_NOTHING, LACK_ANYTHING, LACK_NIK_WRONG, LACK_NIK, LACK_BIRTH, LACK_BIRTH_CERT };

/* What the table cannot say: what holds two filters together. NULL: nothing is wrong. */
const char *resident_list_fault(const struct resident_find *find);

/*
 * What was typed, put into `find`: 16 digits (spaces forgiven) a NIK or KK number; 4 to 15 digits the beginning of either; otherwise
 * words of the name in any order, each from its beginning, at most 4. SEARCH_NOTHING: nobody can be meant. Texts are of the arena.
 */
enum resident_search { SEARCH_NONE, SEARCH_NUMBER, SEARCH_WORDS, SEARCH_NOTHING };
enum resident_search resident_find_typed(struct arena *arena, struct str typed, struct resident_find *find);

/* The rest of the filters, after list_read or list_judge, and the way to the rows. False: nobody can be meant. */
bool resident_way_of(const struct list_reading *at, struct resident_find *find, enum resident_way *way_out);

/* A fault of a person's row, for the list: the words and their tone; label empty when all is there. */
struct resident_fault {
    struct str tone, label;
    uint32_t more; /* how many more there are */
};
struct resident_fault resident_fault_of(const struct resident_hit *hit, struct date today);

#endif
