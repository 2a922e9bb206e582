// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Text in a line, read: what stands between braces, brackets and stars becomes the tree's inline objects; everything else is a pattern.
 */
#include "server/paper/markup_parts.h"

/* Parts of a line: patterns as texts, the rest as objects. */
struct parts {
    struct reading *r;
    struct str text;
    size_t at;
    struct buf pattern;
    json_t *list;
    bool is_literal, has_brace; /* inside of a stretch with marks: whether a pattern is needed */
};

static void flush(struct parts *p)
{
    if (p->pattern.n > 0)
        json_array_append_new(p->list, json_stringn(p->pattern.p, p->pattern.n));
    p->pattern = (struct buf){.arena = p->r->arena};
}

static struct str rest_of(const struct parts *p)
{
    return str_from(p->text, p->at);
}

/* One part is the content itself, several are an array of it. */
static json_t *joined(json_t *list)
{
    json_t *one;

    if (json_array_size(list) > 1)
        return list;
    one = json_array_size(list) == 1 ? json_incref(json_array_get(list, 0)) : json_string("");
    json_decref(list);
    return one;
}

static json_t *read_parts(struct reading *r, struct str text, size_t *at, const char *end1, const char *end2);

/* "nama:besar|kosong" as the tree says it; false: it is none. */
static bool put_placeholder(struct parts *p, struct str inside)
{
    struct str head = inside, turn;
    const ptrdiff_t bar = str_find_char(inside, '|');
    bool is_first = true;

    if (bar >= 0)
        head = str_part(inside, 0, (size_t)bar);
    if (str_is(head, "#halaman") || str_is(head, "#jumlah_halaman"))
        head = str_is(head, "#halaman") ? STR("#page") : STR("#pages");
    buf_put_char(&p->pattern, '{');
    while (str_cut(&head, ':', &turn)) {
        const char *word = is_first ? NULL : case_in_tree(turn);

        if (!is_first)
            buf_put_char(&p->pattern, ':');
        buf_put_str(&p->pattern, word != NULL ? str_c(word) : turn);
        is_first = false;
    }
    buf_put_str(&p->pattern, bar >= 0 ? str_from(inside, (size_t)bar) : STR(""));
    buf_put_char(&p->pattern, '}');
    p->has_brace = true;
    return true;
}

/* A field alone: {"type": "field", …}; NULL: the pattern is more, or another thing. */
static json_t *field_of(struct reading *r, struct str pattern)
{
    struct str inside = str_part(pattern, 1, pattern.n - 2), head, turn;
    const ptrdiff_t bar = str_find_char(inside, '|');
    json_t *field;

    if (pattern.n < 3 || pattern.p[0] != '{' || str_find_char(inside, '{') >= 0 || str_find_char(inside, '}') >= 0 || inside.p[0] == '=')
        return NULL;
    if (inside.p[0] == '#')
        return str_is(inside, "#page")    ? json_pack("{s:s}", "type", "page")
               : str_is(inside, "#pages") ? json_pack("{s:s}", "type", "pages")
                                          : NULL;
    head = bar >= 0 ? str_part(inside, 0, (size_t)bar) : inside;
    (void)str_cut(&head, ':', &turn);
    field = json_pack("{s:s, s:s%}", "type", "field", "name", turn.p, turn.n);
    while (head.p != NULL && str_cut(&head, ':', &turn))
        json_object_set_new(field, is_conversion(turn) ? "as" : "case", json_stringn(turn.p, turn.n));
    if (bar >= 0)
        json_object_set_new(field, "if_empty", json_stringn(inside.p + bar + 1, inside.n - (size_t)bar - 1));
    (void)r;
    return field;
}

/* What stands between ** or [ and ]{: a field, a pattern, or literal text. */
static json_t *read_stretch(struct reading *r, struct str text)
{
    struct parts p = {.r = r, .text = text, .pattern = {.arena = r->arena}};
    bool is_escaped_brace = false, has_end = true;

    for (p.at = 0; p.at < text.n; p.at++) {
        const char c = text.p[p.at];
        const ptrdiff_t end = c == '{' && has_end ? str_find_char(rest_of(&p), '}') : -1;

        has_end = has_end && (c != '{' || end > 0);
        if (c == '\\' && p.at + 1 < text.n) {
            const char next = text.p[++p.at];

            is_escaped_brace |= next == '{' || next == '}';
            buf_put_char(&p.pattern, next == 'n' ? '\n' : next);
        } else if (c == '{' && str_starts(rest_of(&p), STR("{{"))) {
            buf_put_str(&p.pattern, STR("{{"));
            p.has_brace = true;
            p.at++;
        } else if (end > 0) {
            put_placeholder(&p, str_part(text, p.at + 1, (size_t)end - 1));
            p.at += (size_t)end;
        } else {
            p.has_brace |= c == '{' || c == '}';
            buf_put_char(&p.pattern, c);
        }
    }
    const struct str pattern = buf_str(&p.pattern);
    json_t *field = p.has_brace && !is_escaped_brace ? field_of(r, pattern) : NULL;
    return field != NULL ? field : json_pack("{s:s, s:s%}", "type", "text", p.has_brace ? "pattern" : "text", pattern.p, pattern.n);
}

/* Where `sign` closes what began before `from`; SIZE_MAX: nowhere. known: of this sign, in this text. */
static size_t closing(struct str text, size_t from, const char *sign, struct closer *known)
{
    const size_t n = strlen(sign);

    if (known->is_known && known->from <= from && from <= known->at)
        return known->at;
    *known = (struct closer){.is_known = true, .from = from, .at = SIZE_MAX};
    for (size_t i = from; i + n <= text.n; i++) {
        if (text.p[i] == '\\') {
            i++;
            continue;
        }
        if (memcmp(text.p + i, sign, n) == 0) {
            known->at = i;
            break;
        }
    }
    return known->at;
}

/* **tebal** */
static bool take_bold(struct parts *p)
{
    const size_t end = closing(p->text, p->at + 2, "**", &p->r->bold);

    if (end == SIZE_MAX || end == p->at + 2)
        return false;
    flush(p);
    json_t *one = read_stretch(p->r, str_part(p->text, p->at + 2, end - p->at - 2));
    json_object_set_new(one, "marks", json_pack("[s]", "bold"));
    json_array_append_new(p->list, one);
    p->at = end + 2;
    return true;
}

/* [teks]{tebal ukuran=14} */
static bool take_span(struct parts *p)
{
    const size_t end = closing(p->text, p->at + 1, "]{", &p->r->span);
    struct str rest, attributes;

    if (end == SIZE_MAX)
        return false;
    rest = str_part(p->text, end + 2, MARKUP_MOST_ATTRIBUTES);
    if (!cut_at(&rest, '}', &attributes))
        return false;
    flush(p);
    json_t *one = read_stretch(p->r, str_part(p->text, p->at + 1, end - p->at - 1));
    json_array_append_new(p->list, one);
    p->at = end + 2 + attributes.n + 1;
    return read_attributes(p->r, attributes, one);
}

/* {bila alasan = lain}…{jika tidak}…{/bila}, {tiap saksi …}…{/tiap}, {kotak …}…{/kotak} */
static bool take_inner(struct parts *p, struct str head, const char *type)
{
    struct reading *r = p->r;
    static const char *const ends[] = {"{/bila}", "{/tiap}", "{/kotak}"};
    const size_t kind = strcmp(type, "if") == 0 ? 0 : strcmp(type, "each") == 0 ? 1 : 2;
    json_t *one = json_pack("{s:s}", "type", type), *inner;

    flush(p);
    json_array_append_new(p->list, one);
    if (++r->depth > MARKUP_MOST_DEPTH)
        return markup_fault(r, "terlalu banyak bagian di dalam bagian: paling banyak %d tingkat.", MARKUP_MOST_DEPTH);
    if (kind == 0 && !read_condition(r, head, one))
        return false;
    if (kind == 1) {
        struct str list;

        (void)str_cut(&head, ' ', &list);
        json_object_set_new(one, "list", json_stringn(list.p, list.n));
    }
    if (kind != 0 && head.p != NULL && !read_attributes(r, head, one))
        return false;
    inner = read_parts(r, p->text, &p->at, ends[kind], kind < 2 ? "{jika tidak}" : ends[kind]);
    if (inner == NULL)
        return false;
    json_object_set_new(one, kind == 0 ? "then" : "content", inner);
    if (kind < 2 && str_starts(rest_of(p), STR("{jika tidak}"))) {
        p->at += strlen("{jika tidak}");
        inner = read_parts(r, p->text, &p->at, ends[kind], ends[kind]);
        if (inner == NULL)
            return false;
        json_object_set_new(one, "else", inner);
    }
    if (!str_starts(rest_of(p), str_c(ends[kind])))
        return markup_fault(r, "%s belum ditutup dengan %s.", kind == 0 ? "{bila …}" : kind == 1 ? "{tiap …}" : "{kotak …}", ends[kind]);
    p->at += strlen(ends[kind]);
    r->depth--;
    return true;
}

/* {!json}: an inline object as it is. */
static bool take_json(struct parts *p)
{
    struct str rest = str_from(p->text, p->at + 2);
    size_t depth = 1, i = 0;
    bool is_quoted = false;

    for (; i < rest.n && depth > 0; i++) {
        const char c = rest.p[i];

        if (is_quoted && c == '\\')
            i++;
        else if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '{' || c == '}'))
            depth += c == '{' ? 1 : (size_t)-1;
    }
    if (depth > 0)
        return markup_fault(p->r, "{! belum ditutup dengan }.");
    json_t *one = read_json(p->r, str_part(rest, 0, i - 1));
    if (one == NULL)
        return false;
    flush(p);
    json_array_append(p->list, one);
    p->at += 2 + i;
    return true;
}

/* What begins with a brace. */
static bool take_brace(struct parts *p)
{
    static const struct {
        const char *begin, *type;
    } kinds[] = {{"{bila ", "if"}, {"{tiap ", "each"}, {"{kotak ", "boxes"}};
    struct str rest = rest_of(p), inside;

    if (str_starts(rest, STR("{{"))) {
        buf_put_str(&p->pattern, STR("{{"));
        p->at += 2;
        return true;
    }
    if (str_starts(rest, STR("{!")))
        return take_json(p);
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_starts(rest, str_c(kinds[i].begin))) {
            struct str after = str_from(rest, strlen(kinds[i].begin));

            if (!cut_at(&after, '}', &inside))
                return markup_fault(p->r, "%s… belum ditutup dengan }.", kinds[i].begin);
            p->at = p->text.n - after.n;
            return take_inner(p, str_trim(inside), kinds[i].type);
        }
    const ptrdiff_t end = str_find_char(rest, '}');
    if (end < 0)
        return markup_fault(p->r, "kurung { belum ditutup dengan }. Untuk tanda kurungnya sendiri tulis {{ dan }}.");
    inside = str_part(rest, 1, (size_t)end - 1);
    p->at += (size_t)end + 1;
    if (str_is(inside, "baris baru")) {
        flush(p);
        json_array_append_new(p->list, json_pack("{s:s}", "type", "break"));
        return true;
    }
    return put_placeholder(p, inside);
}

static bool is_at_end(const struct parts *p, const char *end1, const char *end2)
{
    return (end1 != NULL && str_starts(rest_of(p), str_c(end1))) || (end2 != NULL && str_starts(rest_of(p), str_c(end2)));
}

/* Up to one of the ends, which stays; NULL ends: all of it. */
static json_t *read_parts(struct reading *r, struct str text, size_t *at, const char *end1, const char *end2)
{
    struct parts p = {.r = r, .text = text, .at = *at, .pattern = {.arena = r->arena}, .list = json_array()};
    bool is_fine = true;

    while (is_fine && p.at < text.n && !is_at_end(&p, end1, end2)) {
        const char c = text.p[p.at];

        if (c == '\\' && p.at + 1 < text.n) {
            const char next = text.p[p.at + 1];

            buf_put_char(&p.pattern, next == 'n' ? '\n' : next);
            p.at += 2;
        } else if (c == '{')
            is_fine = take_brace(&p);
        else if (!(c == '*' && str_starts(rest_of(&p), STR("**")) && take_bold(&p)) && !(c == '[' && take_span(&p))) {
            is_fine = r->fault.p == NULL;
            buf_put_char(&p.pattern, c);
            p.at++;
        }
    }
    flush(&p);
    *at = p.at;
    if (is_fine && r->fault.p == NULL)
        return joined(p.list);
    json_decref(p.list);
    return NULL;
}

/* A backslash before the last blank keeps it. */
static struct str trimmed(struct str text)
{
    struct str out = str_trim(text);

    if (out.n > 0 && out.p[out.n - 1] == '\\' && out.p + out.n < text.p + text.n && !(out.n > 1 && out.p[out.n - 2] == '\\'))
        out.n++;
    return out;
}

json_t *read_content_text(struct reading *r, struct str text)
{
    size_t at = 0;
    const size_t depth = r->depth;
    struct str whole = trimmed(text);

    if (whole.n > MARKUP_MOST_TEXT) {
        (void)markup_fault(r, "teks ini terlalu panjang: paling banyak %d kB. Bagi menjadi beberapa paragraf.", MARKUP_MOST_TEXT / 1024);
        return NULL;
    }
    if (str_starts(whole, STR("{![")) && str_ends(whole, STR("]}"))) { /* content that is no string and no object */
        json_t *json = read_json(r, str_part(whole, 2, whole.n - 3));

        return json != NULL ? json_incref(json) : NULL;
    }
    r->bold = r->span = (struct closer){0};
    json_t *content = read_parts(r, whole, &at, NULL, NULL);
    r->depth = depth;
    return content;
}
