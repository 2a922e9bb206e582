// SPDX-License-Identifier: AGPL-3.0-or-later
/* A line of a template as content of a tree: its text with styles, its codes, and what OpenSID calculates with them. */
#include "server/base/json.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/opensid.h"

enum { CODE_MOST = 60 };

/* ---- sums and numbers in words ---- */

static void as_number(struct opensid *in, struct str name)
{
    static const char *const money[] = {"hasil", "harga", "biaya", "gaji", "uang", "nilai", "upah"};
    json_t *field = opensid_field(in, name);
    const struct str label = json_text(field, "label");

    if (field == NULL || !str_is(json_text(field, "kind"), "line"))
        return;
    const char *kind = "number";

    for (size_t i = 0; i < COUNT_OF(money); i++)
        if (opensid_has(label, money[i]))
            kind = "money";
    json_object_set_new(field, "kind", json_string(kind));
    opensid_note(in, NOTE_TIDIED, "Pertanyaan “%.*s” menerima angka saja, karena suratnya menghitung dengannya.", STR_ARG(label));
}

/* "[HitunG][[Form_a]+[Form_b]]" without its first word, as "isi_a+isi_b"; a code alone is one part. False: it cannot be read. */
static bool sum_of(struct opensid *in, struct str text, struct buf *out)
{
    out->arena = in->arena;
    while (!str_empty(text)) {
        const ptrdiff_t end = text.p[0] == '[' ? str_find_char(text, ']') : -1;

        if (text.p[0] == '[' && text.n > 1 && text.p[1] == '[') {
            text = str_from(text, 1);
            continue;
        }
        if (end < 0) {
            if (strchr("+-*(),.0123456789", text.p[0]) != NULL)
                buf_put_char(out, text.p[0]);
            else if (text.p[0] != ' ' && text.p[0] != ']')
                return false;
            text = str_from(text, 1);
            continue;
        }
        const struct str raw = str_part(text, 1, (size_t)end - 1), code = str_lower(in->arena, raw);

        text = str_from(text, (size_t)end + 1);
        if (str_is(code, "op+") || str_is(code, "op-"))
            buf_put_char(out, code.p[2]);
        else if (!str_is(code, "hitung")) {
            struct str word = opensid_word(in, raw), name;

            if (!str_starts(word, STR("{")))
                return false;
            word = str_part(word, 1, word.n - 2);
            (void)str_cut(&word, ':', &name);
            buf_put_str(out, name);
            as_number(in, str_starts(name, STR("isi_")) ? str_from(name, 4) : name);
        }
    }
    return out->n > 0;
}

/* How long what begins here is: "[Terbilang][[HitunG][[a]+[b]]]" with all its brackets. */
static size_t calculation_bytes(struct str text)
{
    const ptrdiff_t word = str_find_char(text, ']');
    size_t at = (size_t)word + 1, depth = 0;

    while (at < text.n && text.p[at] == ' ')
        at++;
    for (size_t i = at; i < text.n; i++) {
        if (text.p[i] == '[')
            depth++;
        else if (text.p[i] == ']' && depth > 0)
            depth--;
        if (depth == 0)
            return i == at ? (size_t)word + 1 : i + 1;
    }
    return (size_t)word + 1;
}

/* What the paper itself would make of it: signs of a sum may stand anywhere in a template, also where none can be. */
static bool is_pattern(struct arena *arena, struct str pattern)
{
    json_t *block = json_pack("{s:s, s:s%}", "type", "paragraph", "content", pattern.p, pattern.n);
    json_t *tree = json_pack("{s:[o]}", "body", block);
    struct err err;
    const bool is = tree != NULL && paper_check(arena, tree, NULL, &err) == RC_OK;

    json_decref(tree);
    return is;
}

static struct str calculation(struct opensid *in, struct str text, bool is_in_words)
{
    struct buf sum = {0};
    const struct str inner = str_from(text, (size_t)str_find_char(text, ']') + 1);

    const bool is_read = sum_of(in, inner, &sum);
    const bool is_sum = str_find(buf_str(&sum), STR("+")) >= 0 || str_find(buf_str(&sum), STR("-")) >= 0 ||
                        str_find(buf_str(&sum), STR("*")) >= 0;
    const struct str pattern = str_fmt(in->arena, "{%s%.*s%s}", is_sum ? "=" : "", (int)sum.n, sum.p, is_in_words ? ":terbilang" : "");

    if (is_read && is_pattern(in->arena, pattern))
        return pattern;
    opensid_note(in, NOTE_UNKNOWN, "Perhitungan “%.*s” tidak dapat dibaca. Dicetak apa adanya.", STR_ARG(text));
    return STR_NONE;
}

/* ---- a line ---- */

static bool is_code(struct str raw)
{
    for (size_t i = 0; i < raw.n; i++)
        if (!((raw.p[i] >= 'a' && raw.p[i] <= 'z') || (raw.p[i] >= 'A' && raw.p[i] <= 'Z') ||
              (i > 0 && raw.p[i] >= '0' && raw.p[i] <= '9') || (i > 0 && raw.p[i] == '_')))
            return false;
    return raw.n > 1 && raw.n <= CODE_MOST;
}

/* What begins at a bracket: its pattern, and how many bytes it takes; STR_NONE: text as any other. */
static struct str code_at(struct opensid *in, struct str text, size_t *taken_out)
{
    const ptrdiff_t end = str_find_char(text, ']');
    const struct str raw = end > 0 ? str_part(text, 1, (size_t)end - 1) : STR("");
    const bool is_in_words = str_eq_nocase(raw, STR("terbilang")), is_sum = str_eq_nocase(raw, STR("hitung"));

    *taken_out = is_in_words || is_sum ? calculation_bytes(text) : (size_t)end + 1;
    if (is_in_words || is_sum)
        return calculation(in, str_part(text, 0, *taken_out), is_in_words);
    if (is_code(raw))
        return opensid_word(in, raw);
    if (raw.n > 0 && raw.n <= CODE_MOST && raw.p[0] != '[')
        opensid_note(in, NOTE_UNKNOWN, "“[%.*s]” bukan kode isian. Dicetak apa adanya.", STR_ARG(raw));
    return STR_NONE;
}

/* The village and its head's office stand once in our words: "Kepala Desa Sampano", "…, Desa Sampano". */
static struct str said_once(struct arena *arena, struct str pattern)
{
    static const char *const behind[] = {" Desa {nama_desa}", ", Desa {nama_desa}", " desa {nama_desa}"};
    struct str rest;
    ptrdiff_t at;

    pattern = str_replace(arena, pattern, STR("{jabatan_penandatangan} {nama_desa}"), STR("{jabatan_penandatangan}"));
    pattern = str_replace(arena, pattern, STR("{jabatan_penandatangan:upper} {nama_desa:upper}"), STR("{jabatan_penandatangan:upper}"));
    rest = pattern;
    while ((at = str_find(rest, STR("{alamat"))) >= 0 && str_find_char(str_from(rest, (size_t)at), '}') >= 0) {
        const size_t end = (size_t)at + (size_t)str_find_char(str_from(rest, (size_t)at), '}') + 1, begin = (size_t)(rest.p - pattern.p);

        rest = str_from(rest, end);
        if (str_starts(str_from(pattern, begin + (size_t)at), STR("{alamat_kantor")))
            continue;
        for (size_t i = 0; i < COUNT_OF(behind); i++)
            if (str_starts(rest, str_c(behind[i]))) {
                pattern = str_fmt(arena, "%.*s%.*s", (int)(begin + end), pattern.p, STR_ARG(str_from(rest, strlen(behind[i]))));
                rest = str_from(pattern, begin + end);
            }
    }
    return pattern;
}

static json_t *piece(struct opensid *in, struct str pattern, const struct opensid_style *s)
{
    const struct {
        bool is_set;
        const char *mark;
    } marks[] = {{s->is_bold, "bold"},     {s->is_italic, "italic"}, {s->is_underlined, "underline"},
                 {s->is_struck, "strike"}, {s->is_super, "super"},   {s->is_sub, "sub"}};
    json_t *list = json_array(), *text;

    pattern = said_once(in->arena, pattern);
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (marks[i].is_set)
            json_array_append_new(list, json_string(marks[i].mark));
    if (json_array_size(list) == 0 && s->size == 0) {
        json_decref(list);
        return json_stringn(pattern.p, pattern.n);
    }
    text = json_pack("{s:s, s:s%}", "type", "text", "pattern", pattern.p, pattern.n);
    if (json_array_size(list) > 0)
        json_object_set(text, "marks", list);
    if (s->size > 0)
        json_object_set_new(text, "size", json_real(s->size));
    json_decref(list);
    return text;
}

json_t *opensid_content(struct opensid *in, const struct opensid_line *line)
{
    const struct str text = buf_str(&line->text);
    json_t *content = json_array();
    struct buf pattern = {.arena = in->arena};
    size_t run = 0;

    for (size_t i = 0, taken = 1; i < text.n; i += taken) {
        size_t now = run;

        while (now + 1 < line->n && line->runs[now + 1].at <= i)
            now++;
        if (now != run && pattern.n > 0) {
            json_array_append_new(content, piece(in, buf_str(&pattern), &line->runs[run].style));
            pattern = (struct buf){.arena = in->arena};
        }
        run = now;
        const struct str word = text.p[i] == '[' ? code_at(in, str_from(text, i), &taken) : STR_NONE;

        if (word.p != NULL) {
            buf_put_str(&pattern, word);
            continue;
        }
        taken = 1;
        if (text.p[i] == '{' || text.p[i] == '}')
            buf_put_char(&pattern, text.p[i]);
        buf_put_char(&pattern, text.p[i]);
    }
    if (pattern.n > 0 && line->n > 0)
        json_array_append_new(content, piece(in, buf_str(&pattern), &line->runs[run].style));
    return content;
}
