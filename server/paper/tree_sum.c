// SPDX-License-Identifier: AGPL-3.0-or-later
/* Sums in patterns, {=a + b - sum(list.member)}: read once, when the tree is, into nodes; nothing is ever evaluated as a text. */
#include "server/paper/tree_reader.h"

enum { MAX_SUM_BYTES = 200, MAX_SUM_NODES = 40, MAX_SUM_NESTING = 8 };

struct parser {
    struct reader *r;
    const struct place *at;
    struct str text;
    size_t pos;
    unsigned nodes, depth;
};

static enum rc wrong(struct parser *p, const char *what)
{
    return bad(p->r, p->at, "{=%.*s}: %s at sign %zu", (int)(p->text.n < 40 ? p->text.n : 40), p->text.p, what, p->pos + 1);
}

static char peek(struct parser *p)
{
    while (p->pos < p->text.n && p->text.p[p->pos] == ' ')
        p->pos++;
    return p->pos < p->text.n ? p->text.p[p->pos] : '\0';
}

static enum rc new_node(struct parser *p, enum sum_kind kind, struct sum **out)
{
    if (++p->nodes > MAX_SUM_NODES || p->depth > MAX_SUM_NESTING)
        return wrong(p, "too long or nested too deep");
    *out = ARENA_NEW(p->r->arena, struct sum);
    (*out)->kind = kind;
    return RC_OK;
}

static bool is_name_sign(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* A number as in texts (digits with dots, a comma), or a name: it begins with a letter and has no dash, which subtracts. */
static struct str take_word(struct parser *p)
{
    size_t from = p->pos;

    while (p->pos < p->text.n && (is_name_sign(p->text.p[p->pos]) || (p->text.p[p->pos] == ',' && p->text.p[from] <= '9')))
        p->pos++;
    return str_part(p->text, from, p->pos - from);
}

static enum rc expect(struct parser *p, char c)
{
    char what[] = "' ' is missing";

    what[1] = c;
    if (peek(p) != c)
        return wrong(p, what);
    p->pos++;
    return RC_OK;
}

/* sum(list.member), count(list) */
static enum rc read_total(struct parser *p, bool is_count, struct sum **out)
{
    struct str word, list;
    ptrdiff_t dot = -1;

    TRY(new_node(p, is_count ? SUM_COUNT : SUM_TOTAL, out));
    TRY(expect(p, '('));
    (void)peek(p);
    word = list = take_word(p);
    for (size_t i = 0; i < word.n && !is_count; i++)
        dot = word.p[i] == '.' ? (ptrdiff_t)i : dot;
    if (!is_count && dot < 0)
        return wrong(p, "list.member is expected");
    if (!is_count) {
        list = str_part(word, 0, (size_t)dot);
        TRY(check_name(p->r, p->at, str_from(word, (size_t)dot + 1), &(*out)->field));
    }
    TRY(check_name(p->r, p->at, list, &(*out)->list));
    note_name(p->r, &p->r->lists, list);
    if (!is_count)
        note_need(p->r, (*out)->list, (*out)->field, PAPER_NUMBER);
    return expect(p, ')');
}

static enum rc read_terms(struct parser *p, struct sum **out) MUST_USE;

static enum rc read_atom(struct parser *p, struct sum **out)
{
    char c = peek(p);
    struct str word;

    if (c == '(') {
        p->pos++;
        p->depth++;
        TRY(read_terms(p, out));
        p->depth--;
        return expect(p, ')');
    }
    if (!is_name_sign(c) || c == '.' || c == '_')
        return wrong(p, "a number, a name, sum(list.member) or count(list) is expected");
    word = take_word(p);
    if (c >= '0' && c <= '9') {
        TRY(new_node(p, SUM_NUMBER, out));
        return amount_read(word, &(*out)->number) ? RC_OK : wrong(p, "no number");
    }
    if (peek(p) == '(') {
        if (!str_is(word, "sum") && !str_is(word, "count"))
            return wrong(p, "only sum(…) and count(…) are known");
        return read_total(p, str_is(word, "count"), out);
    }
    TRY(new_node(p, SUM_FIELD, out));
    TRY(check_name(p->r, p->at, word, &(*out)->field));
    note_field(p->r, (*out)->field);
    note_need(p->r, p->r->each, (*out)->field, PAPER_NUMBER);
    return RC_OK;
}

static enum rc read_product(struct parser *p, struct sum **out)
{
    bool is_negative = peek(p) == '-';
    struct sum *node = NULL;

    p->pos += is_negative;
    TRY(read_atom(p, out));
    while (peek(p) == '*') {
        p->pos++;
        TRY(new_node(p, SUM_TIMES, &node));
        node->a = *out;
        TRY(read_atom(p, &node->b));
        *out = node;
    }
    if (is_negative) {
        TRY(new_node(p, SUM_MINUS, &node));
        node->b = *out;
        *out = node;
    }
    return RC_OK;
}

static enum rc read_terms(struct parser *p, struct sum **out)
{
    struct sum *node = NULL;
    char c;

    TRY(read_product(p, out));
    while ((c = peek(p)) == '+' || c == '-') {
        p->pos++;
        TRY(new_node(p, c == '+' ? SUM_PLUS : SUM_MINUS, &node));
        node->a = *out;
        TRY(read_product(p, &node->b));
        *out = node;
    }
    return RC_OK;
}

enum rc read_sum(struct reader *r, const struct place *at, struct str text, struct sum **out)
{
    struct parser p = {.r = r, .at = at, .text = text};

    if (text.n > MAX_SUM_BYTES)
        return bad(r, at, "{=…}: more than %d signs", MAX_SUM_BYTES);
    TRY(read_terms(&p, out));
    return peek(&p) == '\0' && p.pos >= text.n ? RC_OK : wrong(&p, "+, -, * or the end is expected");
}
