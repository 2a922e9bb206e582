// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "server/base/text_parts.h"

bool utf8_take(struct str *rest, uint32_t *c_out)
{
    const unsigned char *p = (const unsigned char *)rest->p;
    uint32_t c = p[0];
    size_t n = c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    bool is_valid = n > 0 && n <= rest->n;

    if (c < 0x80) { /* nearly all there is */
        *c_out = c;
        *rest = str_from(*rest, 1);
        return true;
    }
    if (is_valid)
        c &= 0x7Fu >> n;
    for (size_t i = 1; is_valid && i < n; i++) {
        is_valid = (p[i] & 0xC0) == 0x80;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (!is_valid || c < smallest[n] || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
        *c_out = p[0];
        *rest = str_from(*rest, 1);
        return false;
    }
    *c_out = c;
    *rest = str_from(*rest, n);
    return true;
}

void utf8_put(struct buf *out, uint32_t c)
{
    char b[4];

    if (c < 0x80) {
        buf_put_char(out, (char)c);
    } else if (c < 0x800) {
        b[0] = (char)(0xC0 | c >> 6);
        b[1] = (char)(0x80 | (c & 0x3F));
        buf_put(out, b, 2);
    } else if (c < 0x10000) {
        b[0] = (char)(0xE0 | c >> 12);
        b[1] = (char)(0x80 | (c >> 6 & 0x3F));
        b[2] = (char)(0x80 | (c & 0x3F));
        buf_put(out, b, 3);
    } else {
        b[0] = (char)(0xF0 | c >> 18);
        b[1] = (char)(0x80 | (c >> 12 & 0x3F));
        b[2] = (char)(0x80 | (c >> 6 & 0x3F));
        b[3] = (char)(0x80 | (c & 0x3F));
        buf_put(out, b, 4);
    }
}

bool utf8_is_valid(struct str s)
{
    uint32_t c;

    while (s.n > 0)
        if (!utf8_take(&s, &c) || c == 0)
            return false;
    return true;
}

size_t utf8_length(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += (s.p[i] & 0xC0) != 0x80;
    return n;
}

size_t digits_in(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] >= '0' && s.p[i] <= '9';
    return n;
}

struct str utf8_part(struct arena *arena, struct str s, size_t n)
{
    struct str rest = s;
    uint32_t c;

    while (n-- > 0 && rest.n > 0)
        utf8_take(&rest, &c);
    return str_dup(arena, str_part(s, 0, s.n - rest.n));
}

/* Latin blocks in which upper and lower case alternate: first and last code point, parity of the upper one. */
static const struct {
    uint16_t first, last;
    uint8_t upper_parity;
} pairs[] = {
    {0x100, 0x12F, 0}, {0x132, 0x137, 0}, {0x139, 0x148, 1}, {0x14A, 0x177, 0},   {0x179, 0x17E, 1},   {0x1CD, 0x1DC, 1},
    {0x1DE, 0x1EF, 0}, {0x1F8, 0x21F, 0}, {0x222, 0x233, 0}, {0x1E00, 0x1E95, 0}, {0x1EA0, 0x1EFF, 0},
};

static int pair_of(uint32_t c)
{
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        if (c >= pairs[i].first && c <= pairs[i].last)
            return (int)i;
    return -1;
}

uint32_t letter_upper(uint32_t c)
{
    int i;

    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7)
        return c - 32;
    if (c == 0xFF)
        return 0x178;
    if (c == 0x131)
        return 'I';
    i = pair_of(c);
    return i >= 0 && (c & 1) != pairs[i].upper_parity ? c - 1 : c;
}

uint32_t letter_lower(uint32_t c)
{
    int i;

    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
        return c + 32;
    if (c == 0x178)
        return 0xFF;
    if (c == 0x130)
        return 'i';
    i = pair_of(c);
    return i >= 0 && (c & 1) == pairs[i].upper_parity ? c + 1 : c;
}

uint32_t letter_base(uint32_t c)
{
    static const char latin1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts"
                                 "aaaaaaaceeeeiiiidnooooo*ouuuuyty";
    static const char extended_a[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                     "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    static const struct {
        uint16_t last;
        char base;
    } additional[] = {{0x1E01, 'a'}, {0x1E07, 'b'}, {0x1E09, 'c'}, {0x1E13, 'd'}, {0x1E1D, 'e'}, {0x1E1F, 'f'}, {0x1E21, 'g'},
                      {0x1E2B, 'h'}, {0x1E2F, 'i'}, {0x1E35, 'k'}, {0x1E3D, 'l'}, {0x1E43, 'm'}, {0x1E4B, 'n'}, {0x1E53, 'o'},
                      {0x1E57, 'p'}, {0x1E5F, 'r'}, {0x1E69, 's'}, {0x1E71, 't'}, {0x1E7B, 'u'}, {0x1E7F, 'v'}, {0x1E89, 'w'},
                      {0x1E8D, 'x'}, {0x1E8F, 'y'}, {0x1E95, 'z'}, {0x1E9F, 's'}, {0x1EB7, 'a'}, {0x1EC7, 'e'}, {0x1ECB, 'i'},
                      {0x1EE3, 'o'}, {0x1EF1, 'u'}, {0x1EFF, 'y'}};

    _Static_assert(sizeof(latin1) - 1 == 64, "U+00C0 … U+00FF");
    _Static_assert(sizeof(extended_a) - 1 == 128, "U+0100 … U+017F");
    if (c >= 0xC0 && c <= 0xFF)
        return latin1[c - 0xC0] == '*' ? ' ' : (uint32_t)latin1[c - 0xC0];
    if (c >= 0x100 && c <= 0x17F)
        return (uint32_t)extended_a[c - 0x100];
    for (size_t i = 0; c >= 0x1E00 && i < COUNT_OF(additional); i++)
        if (c <= additional[i].last)
            return (uint32_t)additional[i].base;
    return c;
}

uint32_t letter_with(uint32_t c, uint32_t mark)
{
    static const struct {
        uint16_t mark;
        const char *pairs; /* a letter, then the same with the mark */
    } marks[] = {{0x300, "aàeèiìnǹoòuùwẁyỳ"},
                 {0x301, "aácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzź"},
                 {0x302, "aâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ"},
                 {0x303, "aãeẽiĩnñoõuũvṽyỹ"},
                 {0x304, "aāeēgḡiīoōuūyȳ"},
                 {0x306, "aăeĕgğiĭoŏuŭ"},
                 {0x307, "aȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż"},
                 {0x308, "aäeëhḧiïoötẗuüwẅxẍyÿ"},
                 {0x309, "aảeẻiỉoỏuủyỷ"},
                 {0x30A, "aåuů"},
                 {0x30B, "oőuű"},
                 {0x30C, "aǎcčdďeěgǧhȟiǐkǩlľnňoǒrřsštťuǔzž"},
                 {0x31B, "oơuư"},
                 {0x323, "aạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓ"},
                 {0x327, "cçdḑeȩgģhḩkķlļnņrŗsştţ"},
                 {0x328, "aąeęiįoǫuų"},
                 {0x331, "bḇdḏkḵlḻnṉrṟtṯzẕ"}};
    const uint32_t small = letter_lower(c);
    uint32_t plain, made;

    for (size_t i = 0; i < COUNT_OF(marks); i++)
        for (struct str rest = str_c(marks[i].pairs); mark == marks[i].mark && rest.n > 0;) {
            utf8_take(&rest, &plain);
            utf8_take(&rest, &made);
            if (plain == small)
                return small == c ? made : letter_upper(made);
        }
    return 0;
}

bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (c < 0xC0)
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || (c >= 0x2B0 && c < 0x370))
        return false;
    return !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3040) && !(c >= 0xD800 && c < 0xF900) && !(c >= 0xFE00 && c < 0xFE70) &&
           !(c >= 0xFF00 && c < 0xFF21) && !(c >= 0xFFE0 && c < 0x10000) && !(c >= 0x1F000 && c < 0x20000) && c < 0xE0000;
}

bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 || c == 0x2BB || c == 0x2BC ||
           c == 0x2BE || c == 0x2BF;
}

bool text_is_plain(struct str s, const char *signs)
{
    uint32_t c;

    while (s.n > 0) {
        if (!utf8_take(&s, &c))
            return false;
        bool is_latin = (is_letter(c) && (c < 0x250 || (c >= 0x1E00 && c < 0x1F00))) || is_mark(c);
        bool is_sign = c > 0 && c < 0x80 && ((c >= '0' && c <= '9') || strchr(signs, (int)c) != NULL);

        if (!is_latin && !is_sign && !is_apostrophe(c))
            return false;
    }
    return true;
}

bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}
