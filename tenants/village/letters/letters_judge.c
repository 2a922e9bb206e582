// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What speaks against a draft, found in its tree: fields that no letter has, conditions that never hold, signs that no font draws. The
 * tree is walked as JSON, so that every problem has its place; whether it can be laid out is asked of paper_check at the end.
 */
#include "tenants/village/letters/letters_judge.h"

#include "server/base/json.h"
#include "server/base/text.h"

/* Where a value stands. */
struct spot {
    const struct spot *up;
    const char *key; /* NULL: an element */
    size_t index;
};

struct judge {
    struct arena *arena;
    const struct letter_form *form;
    struct letter_labels labels;
    struct letter_problems *out;
    json_t *said; /* names that a problem names already, each once */
    size_t letterheads, signatures;
};

static void put_spot(struct buf *out, const struct spot *at)
{
    if (at == NULL)
        return;
    put_spot(out, at->up);
    if (at->key != NULL)
        buf_fmt(out, "%s%s", out->n > 0 ? "." : "", at->key);
    else
        buf_fmt(out, "[%zu]", at->index);
}

/* The block of the body that it stands in, from 1; 0: none. */
static size_t block_at(const struct spot *at)
{
    for (; at->up != NULL; at = at->up)
        if (at->up->up == NULL && at->key == NULL && strcmp(at->up->key, "body") == 0)
            return at->index + 1;
    return 0;
}

void letter_problem_put(struct arena *arena, struct letter_problems *problems, struct letter_problem problem)
{
    enum { MOST = 100 }; /* nobody mends more at once */

    if (problems->p == NULL)
        problems->p = ARENA_ARRAY(arena, struct letter_problem, MOST);
    problem.path = problem.path.p != NULL ? problem.path : STR("");
    problem.fix = problem.fix.p != NULL ? problem.fix : STR("");
    problems->musts += problem.is_must;
    if (problems->n < MOST) {
        problems->p[problems->n++] = problem;
        return;
    }
    for (size_t i = MOST; problem.is_must && i > 0; i--) /* what must be mended takes the place of what only should */
        if (!problems->p[i - 1].is_must) {
            problems->p[i - 1] = problem;
            return;
        }
}

static void put(struct judge *j, const struct spot *at, bool is_must, struct str words)
{
    struct buf path = {.arena = j->arena};

    put_spot(&path, at);
    letter_problem_put(j->arena, j->out,
                       (struct letter_problem){.is_must = is_must, .path = buf_str(&path), .words = words, .block = block_at(at)});
}

/* False the second time: one word of a name is enough. */
static bool is_new(struct judge *j, const char *kind, struct str name)
{
    const char *key = str_z(j->arena, str_fmt(j->arena, "%s %.*s", kind, STR_ARG(name)));

    if (json_object_get(j->said, key) != NULL)
        return false;
    json_object_set_new(j->said, key, json_true());
    return true;
}

/* ---- names ---- */

static bool is_member(struct str name)
{
    const struct letter_word *const lists[] = {letter_person_words, letter_heir_words, letter_list_words, letter_article_words,
                                               letter_clause_words};

    for (size_t i = 0; i < COUNT_OF(lists); i++)
        for (const struct letter_word *w = lists[i]; w->name != NULL; w++)
            if (str_is(name, w->name))
                return true;
    return false;
}

/* Whether it is `before` the name of one of the lists that are asked for. */
static bool is_of_list(const struct judge *j, struct str name, struct str before)
{
    for (size_t i = 0; str_starts(name, before) && i < j->form->n_fields; i++)
        if (j->form->fields[i].kind == FIELD_LIST && str_eq(j->form->fields[i].name, str_from(name, before.n)))
            return true;
    return false;
}

static bool is_list(const struct judge *j, struct str name)
{
    if (is_of_list(j, name, STR(LIST_LINES)))
        return true;
    for (size_t i = 0; i < j->form->n_fields; i++)
        if (!str_empty(j->form->fields[i].list) && str_eq(j->form->fields[i].list, name))
            return true;
    return (str_is(name, "keluarga") && j->form->shows_family) ||
           ((str_is(name, "pengikut") || str_is(name, "pemohon_pengikut")) && letter_followers_field(j->form) != NULL);
}

static bool is_known(const struct judge *j, struct str name, bool is_in_list)
{
    if (is_in_list && is_member(name))
        return true;
    for (size_t i = 0; i < j->labels.n; i++)
        if (str_is(name, j->labels.p[i].name))
            return true;
    return is_list(j, name) || is_of_list(j, name, STR(LIST_LONG));
}

static void use_name(struct judge *j, const struct spot *at, struct str name, bool is_in_list)
{
    if (!is_known(j, name, is_in_list) && is_new(j, "isian", name))
        put(j, at, true, str_fmt(j->arena, "Isian %.*s tidak ada. Pilih isian lain atau hapus bagiannya.", STR_ARG(name)));
}

static void use_list(struct judge *j, const struct spot *at, struct str name, bool is_in_list)
{
    if (!is_list(j, name) && !(is_in_list && str_is(name, LETTER_CLAUSES)) && is_new(j, "daftar", name))
        put(j, at, true,
            str_fmt(j->arena, "Daftar %.*s tidak ada di jenis surat ini. Yang dapat diulang: keluarga atau pengikut, bila ditanyakan.",
                    STR_ARG(name)));
}

static bool is_name_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* The names in "gaji+sum(keluarga.penghasilan)". */
static void use_sum(struct judge *j, const struct spot *at, struct str sum, bool is_in_list)
{
    for (size_t i = 0; i < sum.n;) {
        size_t from = i;

        while (i < sum.n && is_name_sign(sum.p[i]))
            i++;
        struct str word = str_part(sum, from, i - from);
        if (i < sum.n && sum.p[i] == '(' && (str_is(word, "sum") || str_is(word, "count"))) {
            const ptrdiff_t end = str_find_char(str_from(sum, i), ')');
            struct str inside = str_part(sum, i + 1, end > 0 ? (size_t)end - 1 : sum.n), list;

            (void)str_cut(&inside, '.', &list);
            use_list(j, at, list, is_in_list);
            i = end > 0 ? i + (size_t)end + 1 : sum.n;
        } else if (word.n > 0 && !(word.p[0] >= '0' && word.p[0] <= '9'))
            use_name(j, at, word, is_in_list);
        i += word.n == 0;
    }
}

/* "{nama:upper}", "{=a+b:rupiah|kosong}". */
static void use_pattern(struct judge *j, const struct spot *at, struct str text, bool is_in_list)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '{')
            continue;
        if (i + 1 < text.n && text.p[i + 1] == '{') {
            i++;
            continue;
        }
        const ptrdiff_t end = str_find_char(str_from(text, i), '}');
        if (end < 0)
            return; /* paper_check says it */
        struct str inside = str_part(text, i + 1, (size_t)end - 1), name;

        i += (size_t)end;
        if (str_starts(inside, STR("#")))
            continue;
        (void)str_cut(&inside, '|', &name);
        inside = name;
        (void)str_cut(&inside, ':', &name);
        if (str_starts(name, STR("=")))
            use_sum(j, at, str_from(name, 1), is_in_list);
        else
            use_name(j, at, name, is_in_list);
    }
}

/* ---- conditions ---- */

static const struct letter_field *field_of(const struct judge *j, struct str name)
{
    return str_starts(name, STR("isi_")) ? letter_field_called(j->form, str_from(name, 4)) : NULL;
}

static void compare(struct judge *j, const struct spot *at, const struct letter_field *f, const json_t *value)
{
    const struct str text = str_c(json_is_string(value) ? json_string_value(value) : "");
    struct option option;

    for (size_t i = 0; letter_field_option(j->arena, f, i, &option); i++)
        if (str_eq(option.label, text))
            return;
    put(j, at, true,
        str_fmt(j->arena,
                "Bila %.*s = %.*s: pilihan itu tidak ada, jadi bagian ini tidak pernah dicetak seperti yang dimaksud. Pilih salah satu "
                "pilihannya.",
                STR_ARG(f->label), STR_ARG(text)));
}

static void use_test(struct judge *j, const struct spot *at, const json_t *json, bool is_in_list)
{
    static const char *const keys[] = {"equals", "not"};
    const struct str name = json_text(json, "field");
    const struct letter_field *f = field_of(j, name);
    const json_t *in = json_object_get(json, "in");

    use_name(j, at, name, is_in_list);
    if (f == NULL || f->kind != FIELD_SELECT)
        return;
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (json_object_get(json, keys[i]) != NULL)
            compare(j, at, f, json_object_get(json, keys[i]));
    for (size_t i = 0; i < json_array_size(in); i++)
        compare(j, at, f, json_array_get(in, i));
}

/* Boxes for fewer signs than the answer may have: those left over would stand in further rows. */
static void use_boxes(struct judge *j, const struct spot *at, const json_t *json)
{
    const json_t *content = json_object_get(json, "content");
    const struct str pattern = json_is_string(content) ? str_c(json_string_value(content)) : STR("");
    const struct str name = json_is_object(content) ? json_text(content, "name")
                            : pattern.n > 2         ? str_part(pattern, 1, pattern.n - 2)
                                                    : STR("");
    const struct letter_field *f = field_of(j, name);
    const uint64_t count = json_u64(json, "count");

    if (f != NULL && f->kind == FIELD_LINE && count > 0 && f->max > count)
        put(j, at, false,
            str_fmt(j->arena, "%.*s boleh sampai %" PRIu32 " huruf, kotaknya %" PRIu64 ". Batasi panjang jawabannya.", STR_ARG(f->label),
                    f->max, count));
}

/* ---- the walk ---- */

/* What says how, and not what is printed. */
static bool is_setting(const char *key, struct str type)
{
    static const char *const keys[] = {"type",  "field",   "equals", "not",    "in",          "is",        "list",     "each",
                                       "as",    "case",    "marks",  "colour", "align",       "valign",    "style",    "border",
                                       "crest", "borders", "size",   "family", "orientation", "header_on", "footer_on"};

    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return strcmp(key, "name") == 0 && (str_is(type, "image") || str_is(type, "field"));
}

static void walk(struct judge *j, const struct spot *at, const json_t *value, bool is_literal, bool is_in_list);

static void walk_object(struct judge *j, const struct spot *at, const json_t *json, bool is_in_list)
{
    const struct str type = json_text(json, "type");
    const struct str list = json_object_get(json, "each") != NULL ? json_text(json, "each") : json_text(json, "list");
    const bool is_each = json_is_string(json_object_get(json, "each")) || str_is(type, "each");
    const char *key;
    json_t *value;

    j->letterheads += str_is(type, "letterhead");
    j->signatures += str_is(type, "signature");
    if (str_is(type, "boxes"))
        use_boxes(j, at, json);
    if (str_is(type, "field"))
        use_name(j, at, json_text(json, "name"), is_in_list);
    else if (json_is_string(json_object_get(json, "field")))
        use_test(j, at, json, is_in_list);
    if (is_each)
        use_list(j, at, list, is_in_list);
    json_object_foreach((json_t *)json, key, value)
    {
        const struct spot next = {at, key, 0};

        if (!is_setting(key, type))
            walk(j, &next, value, strcmp(key, "text") == 0 || strcmp(key, "if_empty") == 0,
                 (is_in_list || is_each) && !(is_each && strcmp(key, "else") == 0 && !is_in_list));
    }
}

static void walk(struct judge *j, const struct spot *at, const json_t *value, bool is_literal, bool is_in_list)
{
    if (json_is_string(value)) {
        const struct str text = {json_string_value(value), json_string_length(value)}, lacks = paper_lacks(text);

        if (lacks.p != NULL && is_new(j, "tanda", lacks))
            put(j, at, true,
                str_fmt(j->arena, "Tanda “%.*s” tidak bisa dicetak. Hapus tanda itu, atau tulis dengan huruf Latin.", STR_ARG(lacks)));
        if (!is_literal)
            use_pattern(j, at, text, is_in_list);
    } else if (json_is_object(value))
        walk_object(j, at, value, is_in_list);
    else
        for (size_t i = 0; i < json_array_size(value); i++) {
            const struct spot next = {at, NULL, i};

            walk(j, &next, json_array_get(value, i), is_literal, is_in_list);
        }
}

/* ---- the whole ---- */

/* "body[3].rows[1]: …", as paper_check says what it refuses. */
static void put_refusal(struct judge *j, const struct err *why)
{
    const struct str text = str_c(why->text);
    const ptrdiff_t colon = str_find(text, STR(": "));
    const struct str path = colon > 0 && str_find_char(str_part(text, 0, (size_t)colon), ' ') < 0 ? str_part(text, 0, (size_t)colon)
                                                                                                  : STR("");
    uint64_t block = 0;

    if (str_starts(path, STR("body["))) {
        const ptrdiff_t end = str_find_char(path, ']');

        block = end > 5 && str_to_u64(str_part(path, 5, (size_t)end - 5), &block) ? block + 1 : 0;
    }
    letter_problem_put(
        j->arena, j->out,
        (struct letter_problem){
            .is_must = true,
            .path = str_dup(j->arena, path),
            .block = (size_t)block,
            .words = block > 0
                         ? str_fmt(j->arena, "Bagian %" PRIu64 " tidak dapat dicetak: susunannya salah di %.*s. Tulis ulang bagian ini.",
                                   block, STR_ARG(path))
                         : str_fmt(j->arena, "Surat ini tidak dapat dicetak: susunannya salah%s%.*s.", path.n > 0 ? " di " : "",
                                   STR_ARG(path))});
}

static void judge_whole(struct judge *j, const struct paper_use *use, struct str policy)
{
    if (j->signatures == 0)
        letter_problem_put(
            j->arena, j->out,
            (struct letter_problem){.is_must = true, .words = STR("Tanda tangan belum ada. Tambahkan bagian tanda tangan.")});
    if (!use->has_qr)
        letter_problem_put(
            j->arena, j->out,
            (struct letter_problem){
                .is_must = str_is(policy, "seal"),
                .words = STR("Kode QR belum ada, jadi keaslian surat tidak bisa diperiksa. Nyalakan di bagian tanda tangan.")});
    if (j->letterheads > 1)
        letter_problem_put(j->arena, j->out, (struct letter_problem){.words = STR("Kop surat tercetak dua kali. Hapus salah satu.")});
}

bool letter_judge(struct arena *arena, const struct letter_form *form, struct str policy, struct paper_use *use_out,
                  struct letter_problems *out)
{
    struct judge j = {.arena = arena, .form = form, .labels = letter_value_labels(arena, form), .out = out, .said = json_object()};
    struct err why = {0};
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)form->tree, key, value)
    {
        const struct spot at = {NULL, key, 0};
        const size_t heads = j.letterheads;

        if (!is_setting(key, STR("")))
            walk(&j, &at, value, strcmp(key, "if_empty") == 0, false);
        if (strcmp(key, "attachments") == 0) /* have their own */
            j.letterheads = heads;
    }
    json_decref(j.said);
    *use_out = (struct paper_use){0};
    const bool is_sound = paper_check(arena, form->tree, use_out, &why) == RC_OK;
    if (is_sound) {
        judge_whole(&j, use_out, policy);
        letter_judge_questions(arena, form, use_out, out);
    } else if (out->musts == 0) /* a sign that no font has is said already */
        put_refusal(&j, &why);
    return is_sound;
}

void letter_judge_pictures(struct arena *arena, const struct paper_use *use, const struct paper_image *images, size_t count,
                           struct letter_problems *out)
{
    for (size_t i = 0; i < use->image_count; i++) {
        const struct str name = use->images[i], label = letter_picture_label(name);
        bool is_there = str_is(name, "photo"); /* who has none gets a frame */

        for (size_t k = 0; k < count && !is_there; k++)
            is_there = str_eq(images[k].name, name);
        if (is_there)
            continue;
        letter_problem_put(
            arena, out,
            label.p == NULL
                ? (struct letter_problem){.is_must = true,
                                          .words = str_fmt(arena, "Gambar “%.*s” tidak dikenal. Pilih gambar lain atau hapus bagiannya.",
                                                           STR_ARG(name))}
                : (struct letter_problem){.words = str_fmt(arena,
                                                           "%.*s belum diunggah, jadi tempatnya kosong di surat. Unggah di Jenis "
                                                           "surat, Gambar surat.",
                                                           STR_ARG(label))});
    }
}
