// SPDX-License-Identifier: AGPL-3.0-or-later
#include <pthread.h>

#include "server/base/text.h"
#include "tenants/village/letters/letters_class.h"
#include "tenants/village/letters/letters_types.h"

enum { CLASSES_MOST = 1200 };

static struct letter_class classes[CLASSES_MOST];
static size_t classes_n;
static pthread_once_t is_read = PTHREAD_ONCE_INIT;

/* The lines after the first, as they were compiled in: code, name, examples. */
static void read_all(void)
{
    struct str rest = letter_class_tsv, line;

    (void)str_cut(&rest, '\n', &line);
    while (classes_n < CLASSES_MOST && str_cut(&rest, '\n', &line) && line.n > 0) {
        struct letter_class *c = &classes[classes_n++];
        (void)(str_cut(&line, '\t', &c->code) && str_cut(&line, '\t', &c->name));
        c->examples = line;
    }
}

const struct letter_class *letter_classes(size_t *n_out)
{
    pthread_once(&is_read, read_all);
    *n_out = classes_n;
    return classes;
}

int letter_class_compare(struct str a, struct str b)
{
    struct str x, y;

    for (;;) {
        const bool has_x = a.n > 0 && str_cut(&a, '.', &x), has_y = b.n > 0 && str_cut(&b, '.', &y);
        uint64_t m, n;

        if (!has_x || !has_y)
            return has_x - has_y;
        const bool is_m = str_to_u64(x, &m), is_n = str_to_u64(y, &n);
        if (is_m != is_n)
            return is_m ? -1 : 1;
        const int order = is_m ? (m > n) - (m < n) : memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
        if (order != 0 || x.n != y.n)
            return order != 0 ? order : x.n < y.n ? -1 : 1;
    }
}

const struct letter_class *letter_class_find(struct str code)
{
    size_t n, from = 0, to;
    const struct letter_class *all = letter_classes(&n);

    for (to = n; from < to;) {
        const size_t middle = (from + to) / 2;
        const int order = letter_class_compare(all[middle].code, code);
        if (order == 0)
            return str_eq(all[middle].code, code) ? &all[middle] : NULL;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

bool letter_class_fits(struct arena *arena, const struct letter_class *of, struct str words)
{
    const struct str text = text_fold(arena, str_fmt(arena, "%.*s %.*s", STR_ARG(of->name), STR_ARG(of->examples)));
    struct str rest = words, word;

    if (str_starts(of->code, words))
        return true;
    while (rest.n > 0 && str_cut(&rest, ' ', &word))
        if (str_find(text, word) < 0)
            return false;
    return words.n > 0;
}
