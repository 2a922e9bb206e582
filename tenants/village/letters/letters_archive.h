// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The archive: what stands in its address, what was typed into its search, and
 * which index leads to it. Pure. Private to this room.
 *
 *   keadaan   konsep menunggu terbit dicabut
 *   jenis     the type's slug
 *   bulan     2026-11: of the letter's date, so only of letters with a number
 *   kanal     loket anjungan rumah
 *   massal    tanpa hanya: the letters of piles
 *   lanjut    sealed: what was searched for (a name), and where the page lies
 */
#ifndef BALAI_LETTERS_ARCHIVE_H
#define BALAI_LETTERS_ARCHIVE_H

#include "server/register/list.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_archive_sql.h"

extern const struct list archive_list;
extern const struct book letters_book; /* its rows as a file */
struct str archive_channel_label(struct str stored);

/* "2026-11" as its first day and the first of the next; false when it is no month. */
bool archive_month(struct str word, struct date *from_out, struct date *until_out) MUST_USE;

/*
 * What was typed, put into `find`: digits are a letter's number, or what the kiosk called in the last QUEUE_DAYS; something with a '/'
 * a number or part of it; 16 digits, however parted, a NIK; 8 signs of a receipt one, or a name; all else words in any order, at
 * most 4, of the name of whom it is for or whom it names, or what its type is called. "Antrean" and "Resi" before them are forgiven.
 * SEARCH_NOTHING: nothing can be meant, so nothing is found.
 */
enum archive_search { SEARCH_NONE, SEARCH_NUMBER, SEARCH_DIGITS, SEARCH_RECEIPT, SEARCH_NAME, SEARCH_NIK, SEARCH_NOTHING };
enum { QUEUE_DAYS = 7 };
enum archive_search archive_find_typed(struct arena *arena, struct str typed, struct date today, struct letter_archive_find *find);

/* The states of a tab: "konsep" are drafts, and those that came back. */
void archive_put_states(struct str tab, struct letter_archive_find *find);
void archive_put_channel(struct str word, struct letter_archive_find *find);
/* The index that leaves the least to look at: few letters are drafts, wait or are void; then the month, the type, whether of a pile, the
 * state. */
enum letter_archive_way archive_way(const struct letter_archive_find *find, enum archive_search search);

#endif
