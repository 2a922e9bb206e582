// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "tenants/village/letters/letters_archive.h"

enum { MOST_DIGITS = 9, FIRST_YEAR = 1945, RECEIPT_SIGNS = 8 };

#define TO(member) LIST_TO(struct letter_archive_find, member)

static const struct list_option tabs[] = {
    {"konsep", "Konsep", 0, NULL}, {"menunggu", "Menunggu", 0, NULL}, {"terbit", "Terbit", 0, NULL}, {"dicabut", "Dicabut", 0, NULL}, {0}};
static const struct list_option channels[] = {
    {"loket", "Loket", 0, NULL}, {"anjungan", "Anjungan", 0, NULL}, {"rumah", "Rumah", 0, NULL}, {0}};
static const struct list_option piled[] = {{"tanpa", "Tanpa surat massal", 0, NULL}, {"hanya", "Hanya surat massal", 0, NULL}, {0}};
static const char *const stored_channels[] = {"counter", "kiosk", "home"};

static const struct list_filter filters[] = {
    {LIST_OPTION, "keadaan", "Keadaan surat", .options = tabs, .is_tabs = true},
    {LIST_WORDS, "cari", "Nama, NIK, perihal, jenis, nomor, atau resi", .hint = "Contoh: 012, Sitti, atau NIK"},
    {LIST_TEXT, "jenis", "Jenis surat", .any = "Semua jenis"},
    {LIST_MONTH, "bulan", "Bulan surat", TO(from), .until = TO(until), .any = "Semua bulan"},
    {LIST_OPTION, "kanal", "Datang dari", .options = channels, .any = "Semua asal"},
    {LIST_OPTION, "massal", "Surat massal", .options = piled, .any = "Semua surat", .is_plain = true},
};
static const struct list_order orders[] = {{LETTER_ARCHIVE_BY_NEWEST, "terbaru", "Terbaru", true}};
static const struct list_column columns[] = {{"Pemohon atau perihal", 0, false},         {"Surat", 0, false},       {"Nomor", 0, false},
                                             {"Waktu", LETTER_ARCHIVE_BY_NEWEST, false}, {"Datang dari", 0, false}, {"Keadaan", 0, false}};

const struct list archive_list = {.home = "/kantor/surat",
                                  .noun = "surat",
                                  LIST_ROWS(filters, orders, columns),
                                  .find_bytes = sizeof(struct letter_archive_find),
                                  .empty = {"Belum ada surat", "Surat yang dibuat di loket muncul di sini.", NULL, NULL},
                                  .no_match = {NULL, "Periksa ejaan nama atau nomornya, atau hapus saringan.", NULL, "Lihat semua surat"},
                                  .page = 30,
                                  .forgives = true,
                                  .file = &letters_book};

struct str archive_channel_label(struct str stored)
{
    for (size_t i = 0; i < COUNT_OF(stored_channels); i++)
        if (str_is(stored, stored_channels[i]))
            return str_c(channels[i].label);
    return STR("");
}

void archive_put_channel(struct str word, struct letter_archive_find *find)
{
    for (size_t i = 0; i < COUNT_OF(stored_channels); i++)
        if (str_is(word, channels[i].value))
            find->channel = str_c(stored_channels[i]);
}

void archive_put_states(struct str tab, struct letter_archive_find *find)
{
    static const struct {
        const char *tab;
        enum letter_state state, other;
    } states[] = {{"konsep", LETTER_DRAFT, LETTER_RETURNED},
                  {"menunggu", LETTER_WAITING_CHECK, LETTER_WAITING_APPROVAL},
                  {"terbit", LETTER_ISSUED, LETTER_ISSUED},
                  {"dicabut", LETTER_VOIDED, LETTER_CANCELLED}};

    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (str_is(tab, states[i].tab)) {
            find->state = states[i].state;
            find->other_state = states[i].other;
        }
}

bool archive_month(struct str word, struct date *from_out, struct date *until_out)
{
    struct date first;

    if (!month_parse(word, &first) || first.year < FIRST_YEAR)
        return false;
    *from_out = first;
    *until_out = date_add_months(first, 1);
    return true;
}

/* ---- what was typed ---- */

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Only what letters' numbers are made of: a 'word' of the statement, no sign of it means something to LIKE. */
static bool is_like_a_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
              strchr("/.- ", s.p[i]) != NULL))
            return false;
    return true;
}

/* "3 tahun 2026": a decision's number (letters_number.h). */
static bool is_of_year(struct arena *arena, struct str s)
{
    const ptrdiff_t at = str_find(str_lower(arena, s), STR(" tahun "));

    return at > 0 && is_digits(str_trim(str_part(s, 0, (size_t)at))) && is_digits(str_trim(str_from(s, (size_t)at + 7)));
}

/* The parts between the strokes that may be the number itself: "500.3/012/DS/XI/2026" has 12 and 2026. */
static enum archive_search put_numbers(struct str typed, struct letter_archive_find *find)
{
    struct str rest = typed, part;
    uint64_t n;
    size_t found = 0;

    while (found < 2 && str_cut(&rest, '/', &part)) {
        part = str_trim(part);
        if (!is_digits(part) || part.n > MOST_DIGITS || !str_to_u64(part, &n))
            continue;
        if (found++ == 0)
            find->number = some_u64(n);
        find->other_number = some_u64(n);
    }
    if (!is_digits(typed))
        find->number_part = typed;
    return found == 0 ? SEARCH_NOTHING : is_digits(typed) ? SEARCH_DIGITS : SEARCH_NUMBER;
}

/* As the slip says it, and as people read it out: "Antrean 1", "resi 48jt uqa5". */
static struct str without_its_word(struct str typed)
{
    static const char *const words[] = {"antrean", "antrian", "nomor", "resi"};

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (typed.n > strlen(words[i]) && typed.p[strlen(words[i])] == ' ' && strncasecmp(typed.p, words[i], strlen(words[i])) == 0)
            return str_trim(str_from(typed, strlen(words[i])));
    return typed;
}

/* Eight signs of those that random_word takes, without what people put between them; STR_NONE: no receipt. */
static struct str receipt_of(struct arena *arena, struct str typed)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < typed.n; i++)
        if (typed.p[i] != ' ' && typed.p[i] != '-')
            buf_put_char(&out, typed.p[i]);
    struct str signs = str_upper(arena, buf_str(&out));
    for (size_t i = 0; i < signs.n; i++)
        if (strchr("23456789ABCDEFGHJKMNPQRSTUVWXYZ", signs.p[i]) == NULL)
            return STR_NONE;
    return signs.n == RECEIPT_SIGNS ? signs : STR_NONE;
}

enum archive_search archive_find_typed(struct arena *arena, struct str typed, struct date today, struct letter_archive_find *find)
{
    struct str words[4] = {STR_NONE, STR_NONE, STR_NONE, STR_NONE};

    typed = without_its_word(str_trim(typed));
    if (str_empty(typed))
        return SEARCH_NONE;
    find->queue_since = date_from_days(date_to_days(today) - QUEUE_DAYS);
    find->receipt = receipt_of(arena, typed);
    if (find->receipt.p != NULL) {
        find->first = text_fold(arena, find->receipt);
        return SEARCH_RECEIPT;
    }
    const struct str digits = digits_only(arena, typed);
    if (nik_is_digits(digits)) {
        find->nik = digits;
        return SEARCH_NIK;
    }
    if (is_digits(typed) || (str_find_char(typed, '/') >= 0 && is_like_a_number(typed)))
        return put_numbers(typed, find);
    if (is_of_year(arena, typed)) {
        (void)put_numbers(str_part(typed, 0, (size_t)str_find_char(typed, ' ')), find);
        find->number_part = typed;
        return find->number.is_set ? SEARCH_NUMBER : SEARCH_NOTHING;
    }
    if (list_typed_words(arena, typed, words, COUNT_OF(words)) == 0)
        return SEARCH_NOTHING;
    find->first = words[0];
    find->second = words[1];
    find->third = words[2];
    find->fourth = words[3];
    return SEARCH_NAME;
}

enum letter_archive_way archive_way(const struct letter_archive_find *find, enum archive_search search)
{
    if (search == SEARCH_NUMBER)
        return LETTER_ARCHIVE_WAY_NUMBER;
    if (search == SEARCH_DIGITS)
        return LETTER_ARCHIVE_WAY_DIGITS;
    if (search == SEARCH_RECEIPT)
        return LETTER_ARCHIVE_WAY_RECEIPT;
    if (search == SEARCH_NAME)
        return LETTER_ARCHIVE_WAY_NAME;
    if (search == SEARCH_NIK)
        return LETTER_ARCHIVE_WAY_NIK;
    if (find->state != LETTER_NO_STATE && find->state != LETTER_ISSUED)
        return LETTER_ARCHIVE_WAY_STATE;
    if (!date_is_none(find->from))
        return LETTER_ARCHIVE_WAY_DATE;
    if (find->type_id.is_set)
        return LETTER_ARCHIVE_WAY_TYPE;
    if (find->piled.is_set)
        return LETTER_ARCHIVE_WAY_PILE;
    return find->state != LETTER_NO_STATE ? LETTER_ARCHIVE_WAY_STATE : LETTER_ARCHIVE_WAY_ALL;
}
