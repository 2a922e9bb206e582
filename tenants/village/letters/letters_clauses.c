// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The articles of a regulation as people write them, or paste them from a word processor: the list whose paper repeats `ayat` in each of
 * its members. Their form is that of Permendagri 111/2014 (annex) and of laws at large:
 *
 *   BAB I KETENTUAN UMUM       the title above the article that follows; its name may stand on the next line
 *   Pasal 2                    begins an article; the paper counts them itself
 *   (1) Peminjam mengajukan …  a paragraph of it
 *   a. warga desa; dan         an item of what stands before it; "1." too, where "Pasal" is written out
 *
 * Where no line says "Pasal 1" each line is an article, but for the paragraphs behind the first and for items.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_rules.h"

enum line_kind { LINE_TITLE = 1, LINE_ARTICLE, LINE_PARAGRAPH, LINE_ITEM, LINE_COUNTED, LINE_TEXT };

struct clause_line {
    enum line_kind kind;
    struct str mark, text; /* "(1)", and what stands behind it */
};

static size_t run_of(struct str text, const char *signs)
{
    size_t n = 0;

    while (n < text.n && text.p[n] != '\0' && strchr(signs, text.p[n]) != NULL)
        n++;
    return n;
}

#define DIGITS "0123456789"

/* "bab ii pelaksanaan", "Pasal 3": the word, its number, the end or a blank, full stop or colon. How long word and number are; 0: no such.
 */
static size_t headed(struct str line, const char *word, const char *signs)
{
    const size_t n = strlen(word);
    const size_t number = line.n > n && str_eq_nocase(str_part(line, 0, n), str_c(word)) ? run_of(str_from(line, n), signs) : 0;

    return number > 0 && (line.n == n + number || strchr(" .:", line.p[n + number]) != NULL) ? n + number : 0;
}

/* Without what stands between a number and its words: "BAB I — UMUM", "Pasal 3: Berlaku". */
static struct str without_points(struct str text)
{
    static const char *const points[] = {" ", ".", ":", "-", "–", "—"};

    for (size_t i = 0; i < COUNT_OF(points); i++)
        if (str_starts(text, str_c(points[i])))
            return without_points(str_from(text, strlen(points[i])));
    return str_trim(text);
}

static struct clause_line line_of(struct arena *arena, struct str line)
{
    const size_t title = headed(line, "bab ", "IVXLCivxlc" DIGITS), article = headed(line, "pasal ", DIGITS);
    const size_t digits = run_of(line, DIGITS), inner = line.n > 1 && line.p[0] == '(' ? run_of(str_from(line, 1), DIGITS) : 0;
    const size_t letter = digits == 0 && line.n > 2 && line.p[0] >= 'a' && line.p[0] <= 'z' ? 1 : digits;

    if (title > 0)
        return (struct clause_line){LINE_TITLE, text_upper(arena, str_part(line, 0, title)), without_points(str_from(line, title))};
    /* "Pasal 2 dihapus" is a sentence. */
    if (article > 0 && (article == line.n || line.p[article] != ' '))
        return (struct clause_line){LINE_ARTICLE, STR(""), without_points(str_from(line, article))};
    if (inner > 0 && line.n > inner + 1 && line.p[inner + 1] == ')')
        return (struct clause_line){LINE_PARAGRAPH, str_part(line, 0, inner + 2), str_trim(str_from(line, inner + 2))};
    if (letter > 0 && letter <= 2 && line.n > letter + 1 && strchr(".)", line.p[letter]) != NULL && line.p[letter + 1] == ' ')
        return (struct clause_line){digits > 0 ? LINE_COUNTED : LINE_ITEM, str_fmt(arena, "%.*s.", STR_ARG(str_part(line, 0, letter))),
                                    str_trim(str_from(line, letter + 1))};
    return (struct clause_line){LINE_TEXT, STR(""), line};
}

struct articles {
    struct arena *arena;
    json_t *rows, *article; /* article: NULL before the first */
    struct str title;       /* of the one to come */
    bool is_open;           /* the title's name may follow */
    bool is_written_out;    /* "Pasal 1" */
};

static void begin_article(struct articles *a)
{
    a->article = json_pack("{s:o, s:s%, s:o, s:s, s:s}", "nomor", json_sprintf("%zu", json_array_size(a->rows) + 1), "judul", a->title.p,
                           a->title.n, LETTER_CLAUSES, json_array(), "nama", "", "sebagai", "");
    json_array_append_new(a->rows, a->article);
    a->title = STR("");
}

static size_t clauses_of(const json_t *article)
{
    return json_array_size(json_object_get(article, LETTER_CLAUSES));
}

/* Whether the line begins an article of its own where people do not write "Pasal". */
static bool is_next(const struct articles *a, const struct clause_line *line)
{
    if (a->article == NULL || !str_empty(a->title))
        return true;
    if (a->is_written_out || line->kind == LINE_ITEM)
        return false;
    return line->kind != LINE_PARAGRAPH || str_is(line->mark, "(1)");
}

static void add_clause(struct articles *a, struct clause_line line)
{
    const bool is_item = line.kind == LINE_ITEM || (line.kind == LINE_COUNTED && a->is_written_out);
    const struct str number = line.kind == LINE_PARAGRAPH ? line.mark : STR(""), letter = is_item ? line.mark : STR("");

    if (is_next(a, &line))
        begin_article(a);
    json_array_append_new(json_object_get(a->article, LETTER_CLAUSES), json_pack("{s:s%, s:s%, s:s%}", "nomor", number.p, number.n, "huruf",
                                                                                 letter.p, letter.n, "baris", line.text.p, line.text.n));
}

static void add_line(struct articles *a, struct clause_line line)
{
    const bool is_name = a->is_open && line.kind == LINE_TEXT;

    a->is_open = line.kind == LINE_TITLE && str_empty(line.text);
    if (is_name)
        a->title = str_fmt(a->arena, "%.*s\n%.*s", STR_ARG(a->title), STR_ARG(line.text));
    else if (line.kind == LINE_TITLE)
        a->title = str_fmt(a->arena, "%.*s%s%.*s", STR_ARG(line.mark), a->is_open ? "" : "\n", STR_ARG(line.text));
    else if (line.kind == LINE_ARTICLE) {
        begin_article(a);
        if (!str_empty(line.text))
            add_clause(a, (struct clause_line){LINE_TEXT, STR(""), line.text});
    } else
        add_clause(a, line);
}

/* `baris` of an article: all that it says, for papers that do not print it clause by clause. */
static void put_whole(struct arena *arena, json_t *article)
{
    const json_t *clauses = json_object_get(article, LETTER_CLAUSES);
    struct buf text = {.arena = arena};

    for (size_t i = 0; i < json_array_size(clauses); i++) {
        const json_t *clause = json_array_get(clauses, i);
        const struct str number = json_text(clause, "nomor"), letter = json_text(clause, "huruf");
        const struct str mark = str_empty(number) ? letter : number;

        buf_fmt(&text, "%s%.*s%s%.*s", i > 0 ? "\n" : "", STR_ARG(mark), str_empty(mark) ? "" : " ", STR_ARG(json_text(clause, "baris")));
    }
    json_object_set_new(article, "baris", json_stringn(text.n > 0 ? buf_str(&text).p : "", text.n));
}

json_t *letter_articles(struct arena *arena, struct str text)
{
    struct articles a = {.arena = arena, .rows = json_array(), .title = STR("")};
    struct str rest = text, line;

    while (letter_list_line(&rest, &line))
        a.is_written_out |= line_of(arena, line).kind == LINE_ARTICLE;
    rest = text;
    while (letter_list_line(&rest, &line))
        add_line(&a, line_of(arena, line));
    if (!str_empty(a.title))
        begin_article(&a);
    for (size_t i = 0; i < json_array_size(a.rows); i++)
        put_whole(arena, json_array_get(a.rows, i));
    return a.rows;
}

struct str letter_articles_fault(struct arena *arena, struct str label, const json_t *articles)
{
    for (size_t i = 0; i < json_array_size(articles); i++) {
        const struct str title = json_text(json_array_get(articles, i), "judul");

        if (clauses_of(json_array_get(articles, i)) > 0)
            continue;
        if (!str_empty(title))
            return str_fmt(arena, "%.*s: sesudah “%.*s” belum ada isinya. Tulis pasalnya di baris berikutnya, atau hapus judul itu.",
                           STR_ARG(label), STR_ARG(str_replace(arena, title, STR("\n"), STR(" "))));
        return str_fmt(arena, "%.*s: Pasal %zu belum ada isinya. Tulis di baris berikutnya, atau hapus baris pasal itu.", STR_ARG(label),
                       i + 1);
    }
    return STR_NONE;
}
