// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a paper prints itself around an answer: the numbers of lines, words before it, a sign behind it. People type it once more, as in a
 * word processor; what is kept is without it, so it stands once on the paper, and on every page.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_rules.h"

enum { NUMBER_DIGITS = 3, WHOLE_WORD = 4 };

/* ---- read from the paper ---- */

static struct letter_field *list_called(struct letter_form *form, struct str name)
{
    struct letter_field *f = str_starts(name, STR(LIST_LINES)) ? letter_field_called(form, str_from(name, strlen(LIST_LINES))) : NULL;

    return f != NULL && f->kind == FIELD_LIST ? f : NULL;
}

/* Of "isi_hal:upper|-" the name. */
static struct str name_of(struct str inside)
{
    struct str rest = inside, head, name;

    (void)str_cut(&rest, '|', &head);
    (void)str_cut(&head, ':', &name);
    return name;
}

/* Whose answer it prints; within an `each` of a list, its line or the first part of it. */
static struct letter_field *field_printed(struct letter_form *form, struct letter_field *list, struct str name)
{
    if (list != NULL && (str_is(name, "baris") || str_is(name, "nama")))
        return list;
    return str_starts(name, STR("isi_")) ? letter_field_called(form, str_from(name, strlen("isi_"))) : NULL;
}

/* "Sehubungan dengan {isi_sehubungan}, kami mengundang": what stands before and behind each. */
static void read_pattern(struct arena *arena, struct letter_form *form, struct letter_field *list, struct str pattern)
{
    struct str rest = pattern, words, inside;

    while (str_cut(&rest, '{', &words) && rest.p != NULL && str_cut(&rest, '}', &inside)) {
        const struct str name = name_of(inside);
        struct letter_field *f = field_printed(form, list, name);

        words = str_trim(words);
        if (f != NULL && str_empty(f->before))
            f->before = str_dup(arena, words);
        if (f != NULL && rest.n > 0 && str_find_char(STR(".,;:"), rest.p[0]) >= 0)
            f->sign = rest.p[0];
        if (list != NULL && (str_is(name, "#") || str_is(name, "nomor"))) {
            list->is_numbered = true;
            list->ordinal = str_dup(arena, words);
        }
        if (list != NULL && str_is(name, "sebagai"))
            list->has_parts = true;
    }
}

static bool is_inline(const json_t *json)
{
    const struct str type = json_text(json, "type");

    return json_is_string(json) || str_is(type, "field") || str_is(type, "text");
}

/* As a pattern; "" of what may not be there (an `if`). */
static struct str inline_pattern(struct arena *arena, const json_t *json)
{
    if (json_is_string(json))
        return str_c(json_string_value(json));
    if (str_is(json_text(json, "type"), "field"))
        return str_fmt(arena, "{%.*s}", STR_ARG(json_text(json, "name")));
    return json_text(json, json_object_get(json, "pattern") != NULL ? "pattern" : "text");
}

/* What the elements of the array at this key are: rows have cells, and a cell, an item or a signer's line is content. */
static const char *key_within(const char *key)
{
    const struct str at = str_c(key);

    if (str_is(at, "rows") || str_is(at, "header"))
        return "cells";
    return str_is(at, "cells") || str_is(at, "items") || str_is(at, "lines") ? "content" : key;
}

/* Whether an array is one line of text: content of several inlines. */
static bool is_line(const json_t *json, const char *key)
{
    const json_t *value;
    size_t i;

    if (strcmp(key_within(key), key) != 0)
        return false;
    json_array_foreach(json, i, value) if (is_inline(value)) return true;
    return false;
}

/*
 * Words and answers of one line belong together, whatever is bold of it. `list`: whose lines are repeated here; NULL. The items of a list
 * block are numbered by it. `key`: of the object that it is a member of.
 */
static void read_tree(struct arena *arena, struct letter_form *form, struct letter_field *list, const json_t *json, const char *key)
{
    struct buf line = {.arena = arena};
    const bool is_one = is_line(json, key);
    json_t *value;
    size_t i;

    if (is_inline(json))
        read_pattern(arena, form, list, inline_pattern(arena, json));
    json_array_foreach(json, i, value)
    {
        if (is_one)
            buf_put_str(&line, inline_pattern(arena, value));
        if (!is_one || !is_inline(value))
            read_tree(arena, form, list, value, key_within(key));
    }
    read_pattern(arena, form, list, buf_str(&line));
    if (!json_is_object(json) || is_inline(json))
        return;
    json_array_foreach(json_object_get(json, "items"), i, value)
    {
        struct letter_field *of = list_called(form, json_text(value, "each"));
        if (of != NULL)
            of->is_numbered = true;
    }
    const struct str repeated = json_text(json, json_object_get(json, "each") != NULL ? "each" : "list");
    struct letter_field *own = list_called(form, repeated);
    if (list != NULL && str_is(repeated, LETTER_CLAUSES))
        list->has_clauses = true;
    json_object_foreach((json_t *)json, key, value) read_tree(arena, form, own != NULL ? own : list, value, key);
}

/* So that people leave it out: of words those that the question itself is called by. */
static void put_hint(struct arena *arena, struct letter_field *f)
{
    const bool is_typed = f->kind == FIELD_LINE || f->kind == FIELD_AREA || f->kind == FIELD_LIST;
    const bool is_before = is_typed && f->before.n >= f->label.n && str_eq_nocase(str_from(f->before, f->before.n - f->label.n), f->label);
    const struct str told = is_before        ? str_fmt(arena, "Kata “%.*s” dicetak sendiri", STR_ARG(f->label))
                            : f->is_numbered ? STR("Nomornya dicetak sendiri")
                                             : STR("");

    if (str_empty(told) || str_find(f->hint, STR("dicetak sendiri")) >= 0)
        return;
    f->hint = str_fmt(arena, "%.*s%s%.*s", STR_ARG(f->hint),
                      str_empty(f->hint)            ? ""
                      : str_ends(f->hint, STR(".")) ? " "
                                                    : ". ",
                      STR_ARG(told));
}

void letter_form_around(struct arena *arena, struct letter_form *form)
{
    read_tree(arena, form, NULL, form->tree, "");
    for (size_t i = 0; i < form->n_fields; i++)
        put_hint(arena, &form->fields[i]);
}

/* ---- taken off what was typed ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* How many digits it begins with. */
static size_t digits_before(struct str text)
{
    size_t n = 0;

    while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
        n++;
    return n;
}

static bool begins_with(struct str text, struct str words)
{
    return words.n > 0 && text.n >= words.n && str_eq_nocase(str_part(text, 0, words.n), words);
}

/* "Menimbang:" before the whole. */
static struct str without_label(const struct letter_field *f, struct str text)
{
    const struct str rest = begins_with(text, f->label) ? str_trim(str_from(text, f->label.n)) : STR("");

    return str_starts(rest, STR(":")) ? str_trim(str_from(rest, 1)) : text;
}

static size_t word_before(struct str text, const char *const *words)
{
    for (; *words != NULL; words++) {
        const struct str word = str_c(*words);

        if (begins_with(text, word) && text.n > word.n && text.p[word.n] == ' ')
            return word.n;
    }
    return 0;
}

static bool ends_with_one_of(struct str text, const char *const *words)
{
    for (; *words != NULL; words++) {
        const size_t n = strlen(*words);

        if (text.n >= n && str_eq_nocase(str_from(text, text.n - n), str_c(*words)) &&
            (text.n == n || strchr(" \n", text.p[text.n - n - 1]) != NULL))
            return true;
    }
    return false;
}

/* "untuk keperluan", and the answer begins with one of these once more, or with another that says the same. */
static const char *const purposes[] = {"untuk", "guna", "keperluan", NULL};
/* Of what a label says ("Ke: {isi_tujuan}") only these are typed again; "Pekerjaan: Pekerjaan lepas" says it twice with right. */
static const char *const towards[] = {"ke", "di", "dari", "kepada", "pada", "untuk", "Yth.", NULL};

/* The words that the paper prints before it, or the last of them. */
static struct str without_words(const struct letter_field *f, struct str text)
{
    const bool is_label = str_ends(f->before, STR(":"));
    struct str words = is_label ? str_trim(str_part(f->before, 0, f->before.n - 1)) : f->before;

    if (is_label && !ends_with_one_of(words, towards))
        return text;
    for (size_t n; ends_with_one_of(words, purposes) && (n = word_before(text, purposes)) > 0;)
        text = str_trim(str_from(text, n));
    while (words.n > 0) {
        const ptrdiff_t blank = str_find_char(words, ' ');

        if (begins_with(text, words) && text.n > words.n && text.p[words.n] == ' ')
            return str_trim(str_from(text, words.n));
        words = blank >= 0 ? str_from(words, (size_t)blank + 1) : STR("");
    }
    return text;
}

/* The full stop of "dusun." before a comma, not that of "dkk." or "S.Pd.". */
static bool is_sentence_end(struct str text)
{
    size_t n = 1;

    while (n < text.n && text.p[text.n - 1 - n] != ' ' && text.p[text.n - 1 - n] != '.')
        n++;
    return n > WHOLE_WORD && (n == text.n || text.p[text.n - 1 - n] == ' ');
}

static struct str without_sign(const struct letter_field *f, struct str text)
{
    while (f->sign != '\0' && text.n > 1) {
        const char last = text.p[text.n - 1];

        if (last != ',' && last != ';' && last != ':' && (last != '.' || (f->sign != '.' && !is_sentence_end(text))))
            break;
        text = str_trim(str_part(text, 0, text.n - 1));
    }
    return text;
}

/* "KESATU", "Pasal 3": where the paper says "KE…" or "Pasal …" before each line. */
static struct str without_ordinal(const struct letter_field *f, struct str line)
{
    static const char *const numbers[] = {"satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"};
    struct str rest = begins_with(line, f->ordinal) ? str_trim(str_from(line, f->ordinal.n)) : STR_NONE;
    size_t n = digits_before(rest);

    for (size_t i = 0; n == 0 && i < COUNT_OF(numbers); i++)
        n = begins_with(rest, str_c(numbers[i])) ? strlen(numbers[i]) : 0;
    if (n == 0 || n >= rest.n || is_letter(rest.p[n]))
        return line;
    rest = str_trim(str_from(rest, n));
    return rest.n > 1 && (rest.p[0] == ':' || rest.p[0] == '.') ? str_trim(str_from(rest, 1)) : line;
}

/* "a. " of the first line, "b) " of the second: not the initial of a name. */
static bool has_its_letter(struct str line, size_t i)
{
    return line.n > 3 && line.p[0] == (char)('a' + i) && (line.p[1] == '.' || line.p[1] == ')') && line.p[2] == ' ';
}

static bool are_lettered(struct str text)
{
    struct str rest = text, line;
    size_t n = 0;

    while (letter_list_line(&rest, &line))
        if (!has_its_letter(line, n++))
            return false;
    return n > 1;
}

/* "1. ", "12)", "- ", "• "; a number with more digits behind it is one of the text: "1.000 bibit". */
static struct str without_mark(struct str line)
{
    static const char *const dots[] = {"- ", "* ", "– ", "•"};
    const size_t n = digits_before(line);

    for (size_t i = 0; i < COUNT_OF(dots); i++)
        if (str_starts(line, str_c(dots[i])))
            return str_trim(str_from(line, strlen(dots[i])));
    if (n > 0 && n <= NUMBER_DIGITS && line.n > n + 1 && (line.p[n] == '.' || line.p[n] == ')') &&
        (line.p[n + 1] == ' ' || is_letter(line.p[n + 1])))
        return str_trim(str_from(line, n + 1));
    return line;
}

/* ";" and "; dan" behind a line, as laws are written. */
static struct str without_end(struct str line)
{
    static const char *const ends[] = {"; dan", "; atau", ";dan"};

    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (str_ends(line, str_c(ends[i])))
            line = str_part(line, 0, line.n - strlen(ends[i]) + 1);
    while (line.n > 0 && line.p[line.n - 1] == ';')
        line = str_trim(str_part(line, 0, line.n - 1));
    return line;
}

static struct str list_without(struct arena *arena, const struct letter_field *f, struct str typed)
{
    const bool is_marked = f->is_numbered || !str_empty(f->before), is_lettered = is_marked && are_lettered(typed);
    struct buf out = {.arena = arena};
    struct str rest = typed, line;

    while (letter_list_line(&rest, &line)) {
        if (is_lettered)
            line = str_trim(str_from(line, 2));
        else if (is_marked)
            line = without_mark(without_ordinal(f, line));
        line = without_words(f, line);
        if (f->sign != '\0' || f->has_parts) /* else nobody prints one, and it stays as typed */
            line = without_sign(f, without_end(line));
        if (!str_empty(line))
            buf_fmt(&out, "%s%.*s", out.n > 0 ? "\n" : "", STR_ARG(line));
    }
    return buf_str(&out);
}

struct str letter_typed_once(struct arena *arena, const struct letter_field *field, struct str typed)
{
    if (field->has_clauses)
        return without_label(field, str_trim(text_tidy_lines(arena, typed)));
    if (field->kind == FIELD_LIST)
        return list_without(arena, field, without_label(field, str_trim(text_tidy_lines(arena, typed))));
    const struct str text = str_trim(typed), once = without_sign(field, without_words(field, without_label(field, text)));
    return once.n < text.n ? once : typed;
}

/* ---- a comma where the paper wants two columns ---- */

/* "Herlina Safitri, Sekretaris"; not the degree of "Sitti, S.Pd." or "Ahmad, SE". */
static bool is_comma_for_two(struct str line, struct str *name_out, struct str *tail_out)
{
    struct str rest = line;

    if (str_find_char(line, ';') >= 0 || !str_cut(&rest, ',', name_out))
        return false;
    *tail_out = str_trim(rest);
    return tail_out->n >= WHOLE_WORD && str_find_char(*tail_out, '.') < 0;
}

struct letter_doubts letter_commas(struct arena *arena, const struct letter_form *form, const json_t *inputs)
{
    struct letter_doubts out = {ARENA_ARRAY(arena, struct str, form->n_fields), 0, false};

    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];
        struct str rest = f->has_parts ? letter_field_printed(arena, form, f, inputs) : STR_NONE, line, name, tail;

        while (letter_list_line(&rest, &line))
            if (is_comma_for_two(line, &name, &tail)) {
                out.p[out.n++] = str_fmt(
                    arena,
                    "%.*s: “%.*s” memakai koma, jadi tercetak di satu kolom. Bila yang di belakang koma kolomnya sendiri, "
                    "pisahkan dengan titik koma: “%.*s; %.*s”.",
                    STR_ARG(f->label), STR_ARG(line), STR_ARG(name), STR_ARG(tail));
                break;
            }
    }
    return out;
}
