// SPDX-License-Identifier: AGPL-3.0-or-later
/* Text as people write it: UTF-8, names, numbers, money. */
#ifndef BALAI_TEXT_H
#define BALAI_TEXT_H

#include "server/base/base.h"

/* Valid UTF-8 without NUL, surrogates or overlong forms. */
bool utf8_is_valid(struct str s);
/* Takes one code point off *rest (not empty). False for an invalid sequence: then one byte is taken and *c_out is that byte. */
bool utf8_take(struct str *rest, uint32_t *c_out);
void utf8_put(struct buf *out, uint32_t c);
size_t utf8_length(struct str s); /* code points of valid UTF-8 */
size_t digits_in(struct str s);   /* 0 to 9 */
/* Latin letters with their marks, apostrophes, 0 to 9, and these other signs of ASCII; nothing that something else reads as a sign. */
bool text_is_plain(struct str s, const char *signs);
/* Copies at most n code points. */
struct str utf8_part(struct arena *arena, struct str s, size_t n);

/* Trims, folds runs of white space to one space, drops control characters, joins a letter and its mark (NFC); for one-line fields. What is
 * tidy comes back as it is, not as a copy. */
struct str text_tidy(struct arena *arena, struct str s);
/* Same, keeping line breaks (\r\n → \n). */
struct str text_tidy_lines(struct arena *arena, struct str s);

/* "SITTI AMINAH, S.PD." → "Sitti Aminah, S.Pd."; particles and degrees as Indonesians write them; mixed case is left as typed. */
struct str text_name(struct arena *arena, struct str s);
/* In capitals, but titles stay as they are written: "Drs. ANDI BASO, S.Sos., M.Si."; after a comma whatever is a degree or looks like one.
 */
struct str text_name_upper(struct arena *arena, struct str s);
/* The same of a place, where short names stay in capitals: "RSUD BATARA GURU", "rsud batara guru" → "RSUD Batara Guru". */
struct str text_place(struct arena *arena, struct str s);
struct str text_upper(struct arena *arena, struct str s); /* Unicode-aware for Latin letters */
struct str text_lower(struct arena *arena, struct str s);
/* The first sign alone large, as a line begins: "kios atau warung" → "Kios atau warung". */
struct str text_capital(struct arena *arena, struct str s);
/*
 * What a village calls its hamlets ("Dusun", "Lingkungan", "RW"): texts say HAMLET_MARK, or {dusun} within a sentence, and where they
 * become an answer, a book or a letter this puts the word there (empty: Dusun). A name that begins with the word is not told twice.
 */
#define HAMLET_MARK "{Dusun}"
struct str text_hamlet(struct arena *arena, struct str s, struct str word);
/* Initials for an avatar: at most two letters. */
struct str text_initials(struct arena *arena, struct str name);
/* Lower-case, marks and apostrophes dropped, everything but letters and digits a space: the form words are searched in. */
struct str text_fold(struct arena *arena, struct str s);
/*
 * What was typed into a search box as statements look for it ({words …}, server/store/README.md): words with one blank between them,
 * without apostrophes; a telephone number ("+62 812-34", "0812.34") as its digits. Every other sign stays. Blanks alone: STR_NONE.
 */
struct str text_search(struct arena *arena, struct str typed);

/* 1310450000 → "1.310.450.000"; money: "Rp 1.310.450.000". */
struct str number_text(struct arena *arena, int64_t n);
struct str rupiah_text(struct arena *arena, int64_t rupiah);
struct str bytes_text(struct arena *arena, uint64_t n); /* 1.5 MB → "1,5 MB" */

/*
 * NIK and KK: 16 digits. Masks as "7317 •••• •••• 0003"; spaces by fours: "7317 1051 1157 0002". Where people are found, listed or told
 * of, a number is masked; whole, it stands where somebody just typed it, on its card's own page, and after a look that is written down.
 */
bool nik_is_digits(struct str s);
struct str nik_masked(struct arena *arena, struct str nik);
struct str nik_spaced(struct arena *arena, struct str nik);
/* The digits of a number as typed, without dots, and blanks and dashes of any kind; "" when anything else stands in it. */
struct str digits_only(struct arena *arena, struct str s);
/*
 * The date and sex a NIK claims (Permendagri 102/2019: region 6, ddmmyy with day + 40 for women, serial 4).
 * The century is the one nearest below `today`. False when there is no such day.
 */
struct date;
bool nik_birth(struct str nik, struct date today, struct date *birth_out, bool *is_female_out);

#endif
