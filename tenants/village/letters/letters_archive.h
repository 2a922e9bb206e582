// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The archive: what stands in its address, what was typed into its search, and
 * which index leads to it. Pure. Private to this room.
 *
 *   keadaan   konsep menunggu terbit dicabut
 *   jenis     the type's slug
 *   bulan     2026-11: of the letter's date, so only of letters with a number
 *   kanal     loket anjungan rumah
 *   lanjut    sealed: what was searched for (a name), and where the pages began
 */
#ifndef BALAI_LETTERS_ARCHIVE_H
#define BALAI_LETTERS_ARCHIVE_H

#include "tenants/village/letters/letters.h"

/* The index a list goes by; the numbers stand in letters_archive.sql. */
enum letter_way { WAY_NONE, WAY_ALL, WAY_STATE, WAY_TYPE, WAY_DATE, WAY_NUMBER, WAY_NAME };

/* A group of states that people ask for together. */
struct archive_group {
    const char *word, *label;
    enum letter_state state, other_state;
};
enum { ARCHIVE_GROUPS = 5 };
extern const struct archive_group archive_groups[ARCHIVE_GROUPS]; /* the first one: all */
const struct archive_group *archive_group_of(struct str word);    /* the first one when there is none */

struct archive_channel {
    const char *word, *stored, *label;
};
enum { ARCHIVE_CHANNELS = 3 };
extern const struct archive_channel archive_channels[ARCHIVE_CHANNELS];
struct str archive_channel_label(struct str stored);

/* "2026-11" as its first day and the first of the next; false when it is no month. */
bool archive_month(struct str word, struct date *from_out, struct date *until_out) MUST_USE;
struct str archive_month_words(struct arena *arena, struct date from); /* "November 2026" */
struct str archive_month_word(struct arena *arena, struct date day);   /* "2026-11" */

/*
 * What was typed: digits, or something with a '/', are a letter's number or
 * part of it; all else words of the subject's name in any order, at most 4.
 * SEARCH_NOTHING: nothing can be meant, so nothing is found.
 */
enum archive_search_kind { SEARCH_NONE, SEARCH_NUMBER, SEARCH_NAME, SEARCH_NOTHING };
struct archive_search {
    enum archive_search_kind kind;
    struct str words[4];
    uint32_t number, other_number;
    struct str part; /* stands in the number as written; STR_NONE: any */
};
struct archive_search archive_search_of(struct arena *arena, struct str typed);

/* What the list is narrowed to. Texts empty: not. */
struct archive_filter {
    const struct archive_group *group;
    struct str slug, month, channel, query;
    uint64_t type_id; /* of slug */
};
/* The index that leaves the least to look at: few letters are drafts, wait or are void; then the month, the type, the state. */
enum letter_way archive_way(const struct archive_filter *filter, const struct archive_search *search);

/* Where each page after the first began: its own last. Goes into a token as "31.17.4". */
enum { ARCHIVE_PLACES = 40 };
struct archive_places {
    uint64_t p[ARCHIVE_PLACES];
    size_t n;
    size_t forgotten; /* pages before p[0], when there were too many to carry */
};
struct str archive_places_text(struct arena *arena, const struct archive_places *places);
bool archive_places_read(struct str text, struct archive_places *out) MUST_USE;
struct archive_places archive_places_next(const struct archive_places *places, uint64_t last);
struct archive_places archive_places_previous(const struct archive_places *places);

#endif
