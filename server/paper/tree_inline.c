// SPDX-License-Identifier: AGPL-3.0-or-later
/* Content: patterns, inline objects, marks and conditions → pieces. */
#include "server/paper/tree_reader.h"

static const struct word case_words[] = {{"stored", CASE_STORED}, {"upper", CASE_UPPER},       {"lower", CASE_LOWER},
                                         {"title", CASE_TITLE},   {"sentence", CASE_SENTENCE}, {NULL, 0}};

static const struct look plain;

/* The end of a list of pieces being built. */
struct tail {
    struct piece **at;
};

static struct piece *add_piece(struct reader *r, struct tail *tail, enum piece_kind kind, struct look look)
{
    struct piece *piece = ARENA_NEW(r->arena, struct piece);

    piece->kind = kind;
    piece->look = look;
    piece->as = AS_IT_IS;
    piece->letter_case = CASE_STORED;
    *tail->at = piece;
    tail->at = &piece->next;
    return piece;
}

static void add_text(struct reader *r, struct tail *tail, struct str text, struct look look)
{
    if (text.n > 0)
        add_piece(r, tail, PIECE_TEXT, look)->text = text;
}

/* A special placeholder: the row's number, or the page numbers of a footer. */
static enum rc add_special(struct reader *r, const struct place *at, struct str name, struct look look, struct tail *tail)
{
    enum piece_kind kind = str_is(name, "#") ? PIECE_ROW : str_is(name, "#page") ? PIECE_PAGE : PIECE_PAGES;

    if (kind == PIECE_PAGES && !str_is(name, "#pages"))
        return bad(r, at, "\"{%.*s}\" is not known", (int)(name.n < 40 ? name.n : 40), name.p);
    if (kind != PIECE_ROW && !r->in_footer)
        return bad(r, at, "page numbers belong in the footer");
    if (kind == PIECE_ROW && r->each == NULL)
        return bad(r, at, "{#} belongs in an `each`");
    add_piece(r, tail, kind, look);
    return RC_OK;
}

static const struct word conversions[] = {{"terbilang", AS_WORDS}, {"terbilang_rupiah", AS_MONEY_WORDS},
                                          {"angka", AS_NUMBER},    {"rupiah", AS_MONEY},
                                          {"romawi", AS_ROMAN},    {"hijri", AS_HIJRI},
                                          {"hari", AS_WEEKDAY},    {NULL, 0}};

static int word_value(const struct word *words, struct str text)
{
    while (words->text != NULL && !str_is(text, words->text))
        words++;
    return words->value;
}

/* What follows a name: at most one conversion and one case. */
static enum rc read_turns(struct reader *r, const struct place *at, struct str turns, struct piece *piece)
{
    struct str turn;
    bool has_case = false;

    while (str_cut(&turns, ':', &turn)) {
        int as = word_value(conversions, turn), letter_case = word_value(case_words, turn);
        if (as == 0 && letter_case == 0)
            return bad(r, at, "case \"%.*s\" is not known", (int)(turn.n < 20 ? turn.n : 20), turn.p);
        if (as != 0 ? piece->as != AS_IT_IS || has_case : has_case)
            return bad(r, at, "takes one of terbilang, rupiah … and then one of upper, title …");
        if (as != 0)
            piece->as = (enum conversion)as;
        else
            piece->letter_case = (enum letter_case)letter_case;
        has_case |= letter_case != 0;
    }
    return RC_OK;
}

static void note_conversion(struct reader *r, const struct piece *piece)
{
    if (piece->as != AS_IT_IS)
        note_need(r, r->each, piece->field, piece->as == AS_HIJRI || piece->as == AS_WEEKDAY ? PAPER_DATE : PAPER_NUMBER);
}

/* name or =sum, then :terbilang or its like, :upper or its like, |if empty */
static enum rc add_placeholder(struct reader *r, const struct place *at, struct str inside, struct look look, struct tail *tail)
{
    ptrdiff_t bar = str_find_char(inside, '|'), colon;
    struct str name = bar < 0 ? inside : str_part(inside, 0, (size_t)bar);
    struct piece *piece;

    if (str_starts(name, STR("#")))
        return add_special(r, at, name, look, tail);
    piece = add_piece(r, tail, str_starts(name, STR("=")) ? PIECE_SUM : PIECE_FIELD, look);
    piece->if_empty = bar < 0 ? STR_NONE : str_from(inside, (size_t)bar + 1);
    colon = str_find_char(name, ':');
    if (colon >= 0) {
        TRY(read_turns(r, at, str_from(name, (size_t)colon + 1), piece));
        name = str_part(name, 0, (size_t)colon);
    }
    if (piece->kind == PIECE_SUM) {
        if (piece->as == AS_HIJRI || piece->as == AS_WEEKDAY)
            return bad(r, at, "a sum is no date");
        return read_sum(r, at, str_from(name, 1), &piece->sum);
    }
    TRY(check_name(r, at, name, &piece->field));
    note_field(r, piece->field);
    note_conversion(r, piece);
    return RC_OK;
}

static enum rc add_pattern(struct reader *r, const struct place *at, struct str text, struct look look, struct tail *tail)
{
    size_t from = 0, i = 0;

    TRY(check_drawn(r, at, text));
    while (i < text.n) {
        char c = text.p[i];
        if (c != '{' && c != '}') {
            i++;
            continue;
        }
        add_text(r, tail, str_part(text, from, i - from), look);
        if (i + 1 < text.n && text.p[i + 1] == c) {
            add_text(r, tail, str_part(text, i, 1), look);
            i += 2;
        } else {
            struct str rest = str_from(text, i + 1);
            ptrdiff_t end = str_find_char(rest, '}');
            if (c == '}' || end < 0)
                return bad(r, at, "a lone brace: write {{ or }} for the brace itself");
            TRY(add_placeholder(r, at, str_part(rest, 0, (size_t)end), look, tail));
            i += (size_t)end + 2;
        }
        from = i;
        if (++r->nodes > PAPER_MAX_NODES)
            return fail(r->err, RC_TOO_LARGE, "more than %d nodes", PAPER_MAX_NODES);
    }
    add_text(r, tail, str_from(text, from), look);
    return RC_OK;
}

enum rc read_marks(struct reader *r, const struct place *at, const json_t *json, unsigned *out)
{
    static const struct word words[] = {{"bold", MARK_BOLD},
                                        {"italic", MARK_ITALIC},
                                        {"underline", MARK_UNDERLINE},
                                        {"strike", MARK_STRIKE},
                                        {"super", MARK_SUPER},
                                        {"sub", MARK_SUB},
                                        {NULL, 0}};
    return read_words(r, at, json, "marks", words, "a mark", out);
}

#define LOOK_KEYS "marks size colour"

static enum rc read_look(struct reader *r, const struct place *at, const json_t *json, struct look *out)
{
    static const struct word colours[] = {{"black", 0}, {"grey", MARK_GREY}, {NULL, 0}};
    int colour = 0;

    TRY(read_marks(r, at, json, &out->marks));
    TRY(read_word(r, at, json, "colour", colours, &colour));
    out->marks |= (unsigned)colour;
    return read_number(r, at, json, "size", 5, 48, &out->size);
}

static enum rc read_test_values(struct reader *r, const struct place *at, const json_t *json, struct test *out)
{
    const json_t *list = json_object_get(json, "in");
    struct place here = place_key(at, "in");
    size_t index;
    json_t *value;

    if (list == NULL) {
        out->values = ARENA_NEW(r->arena, struct str);
        out->count = 1;
        return read_text(r, at, json, out->negated ? "not" : "equals", out->values);
    }
    TRY(want_array(r, &here, list));
    out->count = json_array_size(list);
    out->values = ARENA_ARRAY(r->arena, struct str, out->count);
    json_array_foreach(list, index, value)
    {
        struct place item = place_index(&here, index);
        if (!json_is_string(value))
            return bad(r, &item, "must be a text");
        out->values[index] = str_dup(r->arena, (struct str){json_string_value(value), json_string_length(value)});
    }
    return RC_OK;
}

enum rc read_test(struct reader *r, const struct place *at, const json_t *json, struct test *out)
{
    enum { IS_PRESENT = 1, IS_EMPTY };
    static const struct word states[] = {{"present", IS_PRESENT}, {"empty", IS_EMPTY}, {NULL, 0}};
    bool has_equals = json_object_get(json, "equals") != NULL, has_not = json_object_get(json, "not") != NULL;
    bool has_in = json_object_get(json, "in") != NULL, has_is = json_object_get(json, "is") != NULL;
    int state = IS_PRESENT;

    *out = (struct test){0};
    if (has_equals + has_not + has_in + has_is > 1)
        return bad(r, at, "takes one of equals, not, in, is");
    TRY(read_name(r, at, json, "field", &out->field));
    if (out->field == NULL)
        return bad(r, at, "has no field");
    note_field(r, out->field);
    TRY(read_word(r, at, json, "is", states, &state));
    out->compares = has_equals || has_not || has_in;
    out->negated = has_not || state == IS_EMPTY;
    return out->compares ? read_test_values(r, at, json, out) : RC_OK;
}

bool is_type(const json_t *json, const char *type)
{
    const char *text = json_string_value(json_object_get(json, "type"));

    return text != NULL && strcmp(text, type) == 0;
}

static enum rc read_text_piece(struct reader *r, const struct place *at, const json_t *json, struct tail *tail)
{
    struct str text = STR_NONE, pattern = STR_NONE;
    struct place here = place_key(at, "pattern");
    struct look look = plain;

    TRY(want_object(r, at, json, "type text pattern " LOOK_KEYS));
    TRY(read_text(r, at, json, "text", &text));
    TRY(read_text(r, at, json, "pattern", &pattern));
    TRY(read_look(r, at, json, &look));
    if ((text.p == NULL) == (pattern.p == NULL))
        return bad(r, at, "takes text or pattern");
    if (pattern.p != NULL)
        return add_pattern(r, &here, pattern, look, tail);
    TRY(check_drawn(r, at, text));
    add_text(r, tail, text, look);
    return RC_OK;
}

static enum rc read_field_piece(struct reader *r, const struct place *at, const json_t *json, struct tail *tail)
{
    const char *field = NULL;
    struct str if_empty = STR_NONE;
    struct piece *piece;
    struct look look = plain;
    int as = AS_IT_IS, letter_case = CASE_STORED;

    TRY(want_object(r, at, json, "type name as case if_empty " LOOK_KEYS));
    TRY(read_name(r, at, json, "name", &field));
    if (field == NULL)
        return bad(r, at, "has no name");
    TRY(read_word(r, at, json, "as", conversions, &as));
    TRY(read_word(r, at, json, "case", case_words, &letter_case));
    TRY(read_text(r, at, json, "if_empty", &if_empty));
    TRY(check_drawn(r, at, if_empty));
    TRY(read_look(r, at, json, &look));
    piece = add_piece(r, tail, PIECE_FIELD, look);
    piece->field = field;
    piece->as = (enum conversion)as;
    piece->letter_case = (enum letter_case)letter_case;
    piece->if_empty = if_empty;
    note_field(r, field);
    note_conversion(r, piece);
    return RC_OK;
}

static enum rc read_if_piece(struct reader *r, const struct place *at, const json_t *json, struct tail *tail)
{
    struct piece *piece;

    TRY(want_object(r, at, json, IF_KEYS));
    piece = add_piece(r, tail, PIECE_IF, plain);
    TRY(read_test(r, at, json, &piece->test));
    if (json_object_get(json, "then") == NULL)
        return bad(r, at, "has no then");
    TRY(read_content_key(r, at, json, "then", &piece->yes));
    return read_content_key(r, at, json, "else", &piece->no);
}

static enum rc read_each_piece(struct reader *r, const struct place *at, const json_t *json, struct tail *tail)
{
    struct piece *piece = add_piece(r, tail, PIECE_EACH, plain);
    const char *outer;

    TRY(want_object(r, at, json, "type list content between last else"));
    piece->between = STR(", ");
    TRY(read_text(r, at, json, "between", &piece->between));
    piece->last = piece->between;
    TRY(read_text(r, at, json, "last", &piece->last));
    TRY(check_drawn(r, at, piece->between));
    TRY(check_drawn(r, at, piece->last));
    TRY(each_begin(r, at, json, "list", &piece->each, &outer));
    if (piece->each == NULL || json_object_get(json, "content") == NULL)
        return bad(r, at, "has no list or no content");
    TRY(read_content_key(r, at, json, "content", &piece->yes));
    each_end(r, outer);
    return read_content_key(r, at, json, "else", &piece->no);
}

static enum rc read_boxes_piece(struct reader *r, const struct place *at, const json_t *json, struct tail *tail)
{
    TRY(want_object(r, at, json, BOXES_KEYS));
    return read_boxes(r, at, json, add_piece(r, tail, PIECE_BOXES, plain));
}

static enum rc read_piece(struct reader *r, const struct place *at, const json_t *json, struct tail *tail)
{
    if (json_is_string(json)) {
        struct str text = {json_string_value(json), json_string_length(json)};
        r->text_bytes += text.n;
        if (text.n > PAPER_MAX_PARAGRAPH_BYTES || r->text_bytes > PAPER_MAX_TEXT_BYTES)
            return fail(r->err, RC_TOO_LARGE, "too much text in the tree");
        if (++r->nodes > PAPER_MAX_NODES)
            return fail(r->err, RC_TOO_LARGE, "more than %d nodes", PAPER_MAX_NODES);
        return add_pattern(r, at, str_dup(r->arena, text), plain, tail);
    }
    if (is_type(json, "text"))
        return read_text_piece(r, at, json, tail);
    if (is_type(json, "field"))
        return read_field_piece(r, at, json, tail);
    if (is_type(json, "if"))
        return read_if_piece(r, at, json, tail);
    if (is_type(json, "each"))
        return read_each_piece(r, at, json, tail);
    if (is_type(json, "boxes"))
        return read_boxes_piece(r, at, json, tail);
    if (is_type(json, "break")) {
        add_text(r, tail, STR("\n"), plain);
        return want_object(r, at, json, "type");
    }
    if (is_type(json, "page") || is_type(json, "pages")) {
        TRY(want_object(r, at, json, "type"));
        return add_special(r, at, is_type(json, "page") ? STR("#page") : STR("#pages"), plain, tail);
    }
    return bad(r, at, "is not content");
}

enum rc read_content(struct reader *r, const struct place *at, const json_t *json, struct piece **out)
{
    struct piece *first = NULL;
    struct tail tail = {&first};
    size_t index;
    json_t *value;

    if (at->depth > PAPER_MAX_NESTING)
        return bad(r, at, "nested deeper than %d", PAPER_MAX_NESTING);
    if (!json_is_array(json)) {
        TRY(read_piece(r, at, json, &tail));
    } else {
        json_array_foreach(json, index, value)
        {
            struct place item = place_index(at, index);
            TRY(read_piece(r, &item, value, &tail));
        }
    }
    *out = first;
    return RC_OK;
}

enum rc read_content_key(struct reader *r, const struct place *at, const json_t *json, const char *key, struct piece **out)
{
    const json_t *value = json_object_get(json, key);
    struct place here = place_key(at, key);

    return value == NULL ? RC_OK : read_content(r, &here, value, out);
}

enum rc read_contents(struct reader *r, const struct place *at, const json_t *json, const char *key, struct piece ***out, size_t *count_out)
{
    const json_t *array = json_object_get(json, key);
    struct place here = place_key(at, key);
    struct piece **list;
    size_t index;
    json_t *value;

    if (array == NULL)
        return RC_OK;
    TRY(want_array(r, &here, array));
    list = ARENA_ARRAY(r->arena, struct piece *, json_array_size(array));
    json_array_foreach(array, index, value)
    {
        struct place item = place_index(&here, index);
        TRY(read_content(r, &item, value, &list[index]));
    }
    *out = list;
    *count_out = json_array_size(array);
    return RC_OK;
}
