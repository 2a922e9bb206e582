// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/same_name.h"

#include "server/base/text.h"

enum { WORDS_MOST = 12 };

struct words {
    struct str p[WORDS_MOST];
    size_t n;
};

static bool is_among(struct str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(word, list[i]))
            return true;
    return false;
}
#define AMONG(word, list) is_among((word), (list), COUNT_OF(list))

/* As civil registries spell and shorten one word. */
static struct str usual_word(struct str word)
{
    static const char *const spellings[][12] = {
        {"muhammad", "muh", "muhd", "mhd", "muhamad", "muchammad", "mohammad", "mohamad", "moh", "mohd", "moch", "mochammad"},
        {"abdul", "abd", "abdoel", "abdull"},
        {"ahmad", "achmad", "akhmad", "ahmat"},
        {"siti", "st", "sitti", "sity", "sitty"},
        {"andi", "and"},
        {"daeng", "dg"},
    };

    for (size_t i = 0; i < COUNT_OF(spellings); i++)
        for (size_t k = 1; k < COUNT_OF(spellings[i]) && spellings[i][k] != NULL; k++)
            if (str_is(word, spellings[i][k]))
                return str_c(spellings[i][0]);
    return word;
}

static void words_of(struct arena *arena, struct str name, struct words *out)
{
    static const char *const titles[] = {"h", "hj", "haji", "hajah", "bin", "binti", "bt", "bte", "alm", "almh", "drs", "dra", "ir"};
    struct str rest = text_fold(arena, name), word;

    out->n = 0;
    while (out->n < WORDS_MOST && str_cut(&rest, ' ', &word))
        if (word.n > 0 && !AMONG(word, titles))
            out->p[out->n++] = usual_word(word);
}

/* Half a village is called so: alone it tells nobody apart. */
static bool is_common(struct str word)
{
    static const char *const common[] = {"muhammad", "siti", "nur", "abdul", "ahmad", "andi", "daeng"};

    return word.n < 2 || AMONG(word, common);
}

static bool is_one_word(struct str a, struct str b)
{
    return str_eq(a, b) || (a.n == 1 && b.n > 0 && a.p[0] == b.p[0]) || (b.n == 1 && a.n > 0 && a.p[0] == b.p[0]);
}

static struct str joined(struct arena *arena, const struct words *words)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < words->n; i++)
        buf_put_str(&out, words->p[i]);
    return out.n > 0 ? buf_str(&out) : STR("");
}

bool name_is_like(struct arena *arena, struct str a, struct str b)
{
    struct words x, y;
    bool is_own = false;

    words_of(arena, a, &x);
    words_of(arena, b, &y);
    const struct words *few = x.n < y.n ? &x : &y, *many = few == &x ? &y : &x;
    for (size_t i = 0; i < few->n; i++) {
        if (!is_one_word(few->p[i], many->p[i]))
            return str_eq(joined(arena, &x), joined(arena, &y));
        is_own |= !is_common(few->p[i]) && str_eq(few->p[i], many->p[i]);
    }
    return few->n > 0 && (is_own || str_eq(joined(arena, &x), joined(arena, &y)));
}

bool name_shares_word(struct arena *arena, struct str a, struct str b)
{
    struct words x, y;

    words_of(arena, a, &x);
    words_of(arena, b, &y);
    for (size_t i = 0; i < x.n; i++)
        for (size_t k = 0; k < y.n; k++)
            if (str_eq(x.p[i], y.p[k]) && (!is_common(x.p[i]) || (x.n == 1 && k == 0) || (y.n == 1 && i == 0)))
                return true;
    return false;
}

struct str name_own_word(struct arena *arena, struct str name)
{
    struct str rest = text_fold(arena, name), word, first = STR("");

    while (str_cut(&rest, ' ', &word)) {
        if (word.n > 1 && !is_common(usual_word(word)))
            return word;
        first = str_empty(first) ? word : first;
    }
    return first;
}

/* ---- no name yet ---- */

/* Of "ANAK AGUNG" nothing is missing, of "ANAK NY SITI" the name is. */
static bool begins_nameless(const struct words *words)
{
    static const char *const babies[] = {"bayi", "byi", "orok", "kembar", "belum", "blm", "tanpa", "anonim", "noname", "nn"};
    static const char *const children[] = {"by", "anak", "an", "ank"};
    static const char *const of[] = {"ny",  "nyonya", "ibu", "dari",      "tn", "tuan",  "bapak",
                                     "bpk", "laki",   "lk",  "perempuan", "pr", "kembar"};

    for (size_t i = 1; i < words->n; i++)
        if (str_is(words->p[i], "ny") || str_is(words->p[i], "nyonya"))
            return true;
    if (words->n == 0 || AMONG(words->p[0], babies))
        return words->n > 0;
    return AMONG(words->p[0], children) && (words->n == 1 || AMONG(words->p[1], of) || str_is(words->p[0], "by"));
}

static bool is_all_x(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != 'x')
            return false;
    return s.n > 0;
}

bool name_is_missing(struct arena *arena, struct str name, struct str *parent_out)
{
    static const char *const noise[] = {"bayi", "by",     "byi",    "orok",    "anak",  "an",     "ank",       "kembar", "ny",
                                        "ibu",  "dari",   "tn",     "tuan",    "bpk",   "ke",     "laki",      "lk",     "pr",
                                        "a",    "b",      "satu",   "dua",     "tiga",  "i",      "ii",        "iii",    "l",
                                        "p",    "belum",  "blm",    "ada",     "nama",  "diberi", "bernama",   "punya",  "tanpa",
                                        "nn",   "noname", "anonim", "pertama", "kedua", "ketiga", "perempuan", "nyonya", "bapak"};
    struct buf parent = {.arena = arena};
    struct words words;

    words_of(arena, name, &words);
    if (!begins_nameless(&words) && !is_all_x(joined(arena, &words)))
        return false;
    for (size_t i = 0; i < words.n; i++) {
        if (AMONG(words.p[i], noise) || is_all_x(words.p[i]))
            continue;
        buf_put_str(&parent, parent.n > 0 ? STR(" ") : STR(""));
        buf_put_str(&parent, words.p[i]);
    }
    *parent_out = parent.n > 0 ? buf_str(&parent) : STR("");
    return true;
}
