// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "tenants/village/letters/letters_archive.h"

enum { MOST_OF_A_WORD = 60, MOST_DIGITS = 9, FIRST_YEAR = 1945 };

const struct archive_group archive_groups[ARCHIVE_GROUPS] = {
    {"semua", "Semua", LETTER_NO_STATE, LETTER_NO_STATE},
    {"konsep", "Konsep", LETTER_DRAFT, LETTER_RETURNED},
    {"menunggu", "Menunggu", LETTER_WAITING_CHECK, LETTER_WAITING_APPROVAL},
    {"terbit", "Terbit", LETTER_ISSUED, LETTER_ISSUED},
    {"dicabut", "Dicabut", LETTER_VOIDED, LETTER_CANCELLED},
};

const struct archive_channel archive_channels[ARCHIVE_CHANNELS] = {
    {"loket", "counter", "Loket"}, {"anjungan", "kiosk", "Anjungan"}, {"rumah", "home", "Rumah"}};

const struct archive_group *archive_group_of(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(archive_groups); i++)
        if (str_is(word, archive_groups[i].word))
            return &archive_groups[i];
    return &archive_groups[0];
}

struct str archive_channel_label(struct str stored)
{
    for (size_t i = 0; i < COUNT_OF(archive_channels); i++)
        if (str_is(stored, archive_channels[i].stored))
            return str_c(archive_channels[i].label);
    return STR("");
}

/* ---- months ---- */

bool archive_month(struct str word, struct date *from_out, struct date *until_out)
{
    uint64_t year, month;

    if (word.n != 7 || word.p[4] != '-' || !str_to_u64(str_part(word, 0, 4), &year) || !str_to_u64(str_part(word, 5, 2), &month) ||
        year < FIRST_YEAR || month < 1 || month > 12)
        return false;
    *from_out = (struct date){(int16_t)year, (uint8_t)month, 1};
    *until_out = date_add_months(*from_out, 1);
    return true;
}

struct str archive_month_words(struct arena *arena, struct date from)
{
    return str_fmt(arena, "%s %d", month_name(from.month), from.year);
}

struct str archive_month_word(struct arena *arena, struct date day)
{
    return str_fmt(arena, "%04d-%02u", day.year, day.month);
}

/* ---- what was typed ---- */

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Only what letters' numbers are made of, so that no sign of it means something to LIKE. */
static bool is_like_a_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
              strchr("/.- ", s.p[i]) != NULL))
            return false;
    return true;
}

/* The parts between the strokes that may be the number itself: "500.3/012/DS/XI/2026" has 12 and 2026. */
static void put_numbers(struct str typed, struct archive_search *search)
{
    struct str rest = typed, part;
    uint64_t n;
    size_t found = 0;

    while (found < 2 && str_cut(&rest, '/', &part)) {
        part = str_trim(part);
        if (!is_digits(part) || part.n > MOST_DIGITS || !str_to_u64(part, &n))
            continue;
        if (found++ == 0)
            search->number = (uint32_t)n;
        search->other_number = (uint32_t)n;
    }
    search->kind = found > 0 ? SEARCH_NUMBER : SEARCH_NOTHING;
}

struct archive_search archive_search_of(struct arena *arena, struct str typed)
{
    struct archive_search search = {.kind = SEARCH_NONE, .words = {STR_NONE, STR_NONE, STR_NONE, STR_NONE}};
    struct str rest, word;
    size_t n = 0;

    typed = str_trim(typed);
    if (str_empty(typed))
        return search;
    if (is_digits(typed) || (str_find_char(typed, '/') >= 0 && is_like_a_number(typed))) {
        put_numbers(typed, &search);
        if (!is_digits(typed))
            search.part = typed;
        return search;
    }
    rest = text_fold(arena, typed);
    while (n < COUNT_OF(search.words) && str_cut(&rest, ' ', &word))
        if (word.n > 0)
            search.words[n++] = str_part(word, 0, MOST_OF_A_WORD);
    search.kind = n > 0 ? SEARCH_NAME : SEARCH_NOTHING;
    return search;
}

enum letter_way archive_way(const struct archive_filter *filter, const struct archive_search *search)
{
    enum letter_state state = filter->group->state;

    if (search->kind == SEARCH_NUMBER)
        return WAY_NUMBER;
    if (search->kind == SEARCH_NAME)
        return WAY_NAME;
    if (state != LETTER_NO_STATE && state != LETTER_ISSUED)
        return WAY_STATE;
    if (!str_empty(filter->month))
        return WAY_DATE;
    if (filter->type_id != 0)
        return WAY_TYPE;
    return state != LETTER_NO_STATE ? WAY_STATE : WAY_ALL;
}

/* ---- pages ---- */

struct str archive_places_text(struct arena *arena, const struct archive_places *places)
{
    struct buf text = {.arena = arena};

    buf_fmt(&text, "%zu", places->forgotten);
    for (size_t i = 0; i < places->n; i++)
        buf_fmt(&text, ".%" PRIu64, places->p[i]);
    return buf_str(&text);
}

bool archive_places_read(struct str text, struct archive_places *out)
{
    struct archive_places places = {0};
    struct str part;
    uint64_t n;

    if (!str_cut(&text, '.', &part) || !str_to_u64(part, &n) || n > UINT32_MAX)
        return false;
    places.forgotten = n;
    while (str_cut(&text, '.', &part)) {
        if (places.n == ARCHIVE_PLACES || !str_to_u64(part, &n))
            return false;
        places.p[places.n++] = n;
    }
    *out = places;
    return true;
}

struct archive_places archive_places_next(const struct archive_places *places, uint64_t last)
{
    struct archive_places next = *places;

    if (next.n == ARCHIVE_PLACES) {
        memmove(&next.p[0], &next.p[1], (ARCHIVE_PLACES - 1) * sizeof(next.p[0]));
        next.n--;
        next.forgotten++;
    }
    next.p[next.n++] = last;
    return next;
}

/* Before what is forgotten there is only the beginning. */
struct archive_places archive_places_previous(const struct archive_places *places)
{
    struct archive_places previous = *places;

    if (previous.n > 0)
        previous.n--;
    if (previous.n == 0)
        previous.forgotten = 0;
    return previous;
}
