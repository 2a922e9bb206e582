// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a file is, by its first bytes; and texts in other encodings than ours. */
#include "server/base/text.h"
#include "server/sheet/sheet_parts.h"

enum { GLANCE = 65536 };

enum wide { WIDE_NONE, WIDE_LITTLE, WIDE_BIG };

/* UTF-16 has a mark, or every other byte of its first hundred is nothing. */
static enum wide wide_of(struct str bytes)
{
    size_t zeros[2] = {0, 0}, n = bytes.n < 200 ? bytes.n & ~(size_t)1 : 200;

    if (str_starts(bytes, STR("\xFF\xFE")))
        return WIDE_LITTLE;
    if (str_starts(bytes, STR("\xFE\xFF")))
        return WIDE_BIG;
    for (size_t i = 0; i < n; i++)
        zeros[i % 2] += bytes.p[i] == '\0';
    if (n < 8 || zeros[0] + zeros[1] < n / 3)
        return WIDE_NONE;
    return zeros[0] == 0 ? WIDE_LITTLE : zeros[1] == 0 ? WIDE_BIG : WIDE_NONE;
}

void wide_put(struct buf *out, uint32_t *high, uint32_t unit)
{
    uint32_t c = unit, before = *high;

    *high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    if (*high != 0)
        return;
    if (unit >= 0xDC00 && unit < 0xE000)
        c = before != 0 ? 0x10000 + ((before - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD;
    utf8_put(out, c);
}

static struct str wide_utf8(struct arena *arena, struct str bytes, enum wide wide)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    struct buf out = {.arena = arena};
    uint32_t high = 0;

    buf_reserve(&out, bytes.n);
    for (size_t i = 0; i + 1 < bytes.n; i += 2) {
        uint32_t c = wide == WIDE_BIG ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        if (c != 0 && c != 0xFEFF)
            wide_put(&out, &high, c);
    }
    return buf_str(&out);
}

/*
 * Excel on a Mac saves lines that end in CR alone, in the Mac's own signs. Where lines end otherwise it is told by its letters: é stands
 * where Windows has Ž, and nothing where Windows has its own é.
 */
static bool is_macintosh(struct str bytes)
{
    size_t mac = 0, windows = 0;

    if (memchr(bytes.p, '\n', bytes.n) == NULL && memchr(bytes.p, '\r', bytes.n) != NULL)
        return true;
    for (size_t i = 1; i < bytes.n; i++) {
        const unsigned char c = (unsigned char)bytes.p[i], before = (unsigned char)bytes.p[i - 1] | 0x20;
        if (c < 0x80 || before < 'a' || before > 'z')
            continue;
        mac += c < 0xA0 && c != 0x85 && !(c >= 0x91 && c <= 0x97) && c != 0x99;
        windows += c >= 0xC0;
    }
    return mac > 0 && windows == 0;
}

static uint32_t macintosh(unsigned char c)
{
    struct str rest = STR(
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ�ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ");
    uint32_t out = c;

    for (unsigned i = 0x80; c >= 0x80 && i <= c; i++)
        utf8_take(&rest, &out);
    return out;
}

struct str text_utf8(struct arena *arena, struct str bytes)
{
    enum wide wide = wide_of(bytes);
    struct buf out = {.arena = arena};
    uint32_t c;

    if (wide != WIDE_NONE)
        return wide_utf8(arena, bytes, wide);
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    if (utf8_is_valid(bytes))
        return bytes;
    buf_reserve(&out, bytes.n + bytes.n / 8);
    const bool is_mac = is_macintosh(bytes);
    while (bytes.n > 0) {
        bool is_utf8 = utf8_take(&bytes, &c);
        utf8_put(&out, is_utf8 ? c : is_mac ? macintosh((unsigned char)c) : cp1252((unsigned char)c));
    }
    return buf_str(&out);
}

static bool looks_like_text(struct str bytes)
{
    size_t n = bytes.n < 4096 ? bytes.n : 4096;

    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c < 32 && strchr("\t\n\v\f\r\x1A", c) == NULL)
            return false;
    }
    return n == 0 || memchr(bytes.p, '\0', n) == NULL;
}

/* A web page with a table may call itself anything; one that is no table, or XML of another kind, is told so. */
static enum file_kind text_file_kind(struct arena *arena, struct str bytes, enum sheet_cause *cause_out)
{
    struct str begin = text_utf8(arena, str_part(bytes, 0, GLANCE));
    struct str lower = str_trim(str_lower(arena, begin));

    *cause_out = !looks_like_text(begin) || str_starts(begin, STR("%PDF")) || str_starts(begin, STR("{\\rtf")) ? SHEET_NOT_SHEET
                                                                                                               : SHEET_FINE;
    if (*cause_out != SHEET_FINE)
        return FILE_OTHER;
    if (str_find(lower, STR("<table")) >= 0 && str_find(lower, STR("<worksheet")) < 0 && str_find(lower, STR("<ss:worksheet")) < 0)
        return FILE_HTML;
    if (str_empty(lower) || strchr("<{", lower.p[0]) != NULL) {
        if (str_find(lower, STR("urn:schemas-microsoft-com:office:spreadsheet")) >= 0 && str_find(lower, STR("workbook")) >= 0)
            return FILE_XML;
        *cause_out = str_empty(lower) ? SHEET_EMPTY : SHEET_PLAIN_TEXT;
        return FILE_OTHER;
    }
    return FILE_CSV;
}

enum file_kind file_kind(struct arena *arena, struct str bytes, enum sheet_cause *cause_out)
{
    static const unsigned char compound[8] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

    *cause_out = SHEET_FINE;
    if (bytes.n >= 22 && memcmp(bytes.p, "PK\3\4", 4) == 0)
        return FILE_ZIP;
    if ((bytes.n >= 8 && memcmp(bytes.p, compound, 8) == 0) || (bytes.n >= 8 && memcmp(bytes.p, "\x09\x08", 2) == 0 && bytes.p[3] == 0))
        return FILE_XLS;
    if (bytes.n == 0)
        *cause_out = SHEET_EMPTY;
    else if (bytes.n >= 4 && bytes.p[0] == 0x09 && (bytes.p[1] == 0x04 || bytes.p[1] == 0x02 || bytes.p[1] == 0x00) && bytes.p[3] == 0x00)
        *cause_out = SHEET_OLD_XLS; /* Excel 2 to 4 */
    else if (str_starts(bytes, STR("PK\1")) || str_starts(bytes, STR("PK\3")) || str_starts(bytes, STR("PK\5")) || bytes.n < 3)
        *cause_out = SHEET_DAMAGED;
    else
        return text_file_kind(arena, bytes, cause_out);
    return FILE_OTHER;
}
