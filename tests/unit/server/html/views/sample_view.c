// SPDX-License-Identifier: AGPL-3.0-or-later
/* Generated from tests/unit/server/html/views/sample.html. */
#include "tests/unit/server/html/views/sample_view.h"

#include "server/html/asset.h"
#include "server/html/html_put.h"

void view_contexts(struct buf *out, const struct sample_view *v)
{
    (void)v;
    (void)out;
#line 4 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<p title=\"", 10);
#line 4 "tests/unit/server/html/views/sample.html"
    HTML_ATTR(out, v->text);
#line 4 "tests/unit/server/html/views/sample.html"
    buf_put(out, "\" data-word='", 13);
#line 4 "tests/unit/server/html/views/sample.html"
    HTML_ATTR(out, v->word);
#line 4 "tests/unit/server/html/views/sample.html"
    buf_put(out, "'>", 2);
#line 4 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->text);
#line 4 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</p><a href=\"", 13);
#line 6 "tests/unit/server/html/views/sample.html"
    HTML_URL(out, v->address);
#line 6 "tests/unit/server/html/views/sample.html"
    buf_put(out, "\">whole</a> <a href=\"/cari\077q=", 29);
#line 7 "tests/unit/server/html/views/sample.html"
    HTML_PART(out, v->text);
#line 7 "tests/unit/server/html/views/sample.html"
    buf_put(out, "&amp;n=", 7);
#line 7 "tests/unit/server/html/views/sample.html"
    HTML_PART(out, v->small);
#line 7 "tests/unit/server/html/views/sample.html"
    buf_put(out, "#", 1);
#line 7 "tests/unit/server/html/views/sample.html"
    HTML_PART(out, v->word);
#line 7 "tests/unit/server/html/views/sample.html"
    buf_put(out, "\">parts</a> <a href=\"", 21);
#line 8 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->is_on)) {
#line 8 "tests/unit/server/html/views/sample.html"
    buf_put(out, "/ya", 3);
#line 8 "tests/unit/server/html/views/sample.html"
    } else {
#line 8 "tests/unit/server/html/views/sample.html"
    HTML_URL(out, v->address);
#line 8 "tests/unit/server/html/views/sample.html"
    }
#line 8 "tests/unit/server/html/views/sample.html"
    buf_put(out, "\">either</a> <button aria-pressed=\"", 35);
#line 9 "tests/unit/server/html/views/sample.html"
    HTML_ATTR(out, v->is_on);
#line 9 "tests/unit/server/html/views/sample.html"
    buf_put(out, "\">", 2);
#line 9 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->is_on);
#line 9 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</button> <textarea>\n  ", 23);
#line 11 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->text);
#line 11 "tests/unit/server/html/views/sample.html"
    buf_put(out, "\n</textarea><title>", 19);
#line 13 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->text);
#line 13 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</title>", 8);
}

void view_lists(struct buf *out, const struct sample_view *v)
{
    (void)v;
    (void)out;
#line 16 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<ul class=\"rows\">", 17);
#line 17 "tests/unit/server/html/views/sample.html"
    const size_t n_1 = HTML_REF(v->rows)->n;
#line 17 "tests/unit/server/html/views/sample.html"
    for (size_t i_1 = 0; i_1 < n_1; i_1++) {
#line 17 "tests/unit/server/html/views/sample.html"
    const __typeof__(*HTML_REF(v->rows)->p) *it_r = &HTML_REF(v->rows)->p[i_1]; (void)it_r;
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<li", 3);
#line 18 "tests/unit/server/html/views/sample.html"
    if (i_1 == 0) {
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, " class=\"first\"", 14);
#line 18 "tests/unit/server/html/views/sample.html"
    }
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, ">", 1);
#line 18 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, (uint64_t)(i_1 + 1));
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 18 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, HTML_REF(*it_r)->name);
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 18 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, HTML_REF(*it_r)->word);
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 18 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, HTML_REF(HTML_REF(*it_r)->place)->name);
#line 18 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(HTML_REF(*it_r)->is_new)) {
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, " <b>baru</b>", 12);
#line 18 "tests/unit/server/html/views/sample.html"
    }
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, " /", 2);
#line 18 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, HTML_REF(*it_r)->id);
#line 18 "tests/unit/server/html/views/sample.html"
    if (!(i_1 + 1 == n_1)) {
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, ",", 1);
#line 18 "tests/unit/server/html/views/sample.html"
    }
#line 18 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</li>", 5);
#line 17 "tests/unit/server/html/views/sample.html"
    }
#line 19 "tests/unit/server/html/views/sample.html"
    if (n_1 == 0) {
#line 20 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<li>kosong</li>", 15);
#line 19 "tests/unit/server/html/views/sample.html"
    }
#line 22 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</ul>", 5);
#line 23 "tests/unit/server/html/views/sample.html"
    const size_t n_2 = HTML_REF(v->lines)->n;
#line 23 "tests/unit/server/html/views/sample.html"
    for (size_t i_2 = 0; i_2 < n_2; i_2++) {
#line 23 "tests/unit/server/html/views/sample.html"
    const __typeof__(*HTML_REF(v->lines)->p) *it_line = &HTML_REF(v->lines)->p[i_2]; (void)it_line;
#line 23 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<i>", 3);
#line 23 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, *it_line);
#line 23 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</i>", 4);
#line 23 "tests/unit/server/html/views/sample.html"
    }
#line 23 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 24 "tests/unit/server/html/views/sample.html"
    view_place(out, HTML_REF(v->place));
#line 24 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 25 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->maybe)) {
#line 26 "tests/unit/server/html/views/sample.html"
    view_place(out, HTML_REF(v->maybe));
#line 26 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 25 "tests/unit/server/html/views/sample.html"
    }
}

void view_place(struct buf *out, const struct sample_place *v)
{
    (void)v;
    (void)out;
#line 30 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<b>", 3);
#line 30 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->name);
#line 30 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</b>", 4);
}

void view_conditions(struct buf *out, const struct sample_view *v)
{
    (void)v;
    (void)out;
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->text)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "text ", 5);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->word)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "word ", 5);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->below)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "below ", 6);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->is_on)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "on ", 3);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->markup)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "markup ", 7);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->rows)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "rows ", 5);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 33 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->maybe)) {
#line 33 "tests/unit/server/html/views/sample.html"
    buf_put(out, "maybe ", 6);
#line 33 "tests/unit/server/html/views/sample.html"
    }
#line 34 "tests/unit/server/html/views/sample.html"
    if (HTML_IS(v->text, "satu") && (!HTML_IS(v->word, "dua"))) {
#line 34 "tests/unit/server/html/views/sample.html"
    buf_put(out, "satu ", 5);
#line 34 "tests/unit/server/html/views/sample.html"
    } else if (((v->small) >= 3) || ((v->below) < -1)) {
#line 34 "tests/unit/server/html/views/sample.html"
    buf_put(out, "banyak ", 7);
#line 34 "tests/unit/server/html/views/sample.html"
    } else {
#line 34 "tests/unit/server/html/views/sample.html"
    buf_put(out, "lain ", 5);
#line 34 "tests/unit/server/html/views/sample.html"
    }
#line 34 "tests/unit/server/html/views/sample.html"
    if ((v->state) == SAMPLE_DONE) {
#line 34 "tests/unit/server/html/views/sample.html"
    buf_put(out, "selesai ", 8);
#line 34 "tests/unit/server/html/views/sample.html"
    }
#line 34 "tests/unit/server/html/views/sample.html"
    if (!HTML_TRUE(v->is_on)) {
#line 34 "tests/unit/server/html/views/sample.html"
    buf_put(out, "off ", 4);
#line 34 "tests/unit/server/html/views/sample.html"
    }
#line 34 "tests/unit/server/html/views/sample.html"
    if (!(HTML_TRUE(v->text)) && !(HTML_TRUE(v->is_on))) {
#line 34 "tests/unit/server/html/views/sample.html"
    buf_put(out, "nothing ", 8);
#line 34 "tests/unit/server/html/views/sample.html"
    }
}

void view_values(struct buf *out, const struct sample_view *v)
{
    (void)v;
    (void)out;
#line 37 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<td>", 4);
#line 37 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->below);
#line 37 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</td><td>", 9);
#line 37 "tests/unit/server/html/views/sample.html"
    HTML_NUMBER(out, v->below);
#line 37 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</td><td>", 9);
#line 37 "tests/unit/server/html/views/sample.html"
    HTML_NUMBER(out, v->small);
#line 37 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</td><td>", 9);
#line 37 "tests/unit/server/html/views/sample.html"
    HTML_MARKUP(out, v->markup);
#line 37 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</td>", 5);
}

void view_spaces(struct buf *out, const struct sample_view *v)
{
    (void)v;
    (void)out;
#line 40 "tests/unit/server/html/views/sample.html"
    buf_put(out, "<div><span>a</span> <span>b</span> c d ", 39);
#line 43 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, v->text);
#line 43 "tests/unit/server/html/views/sample.html"
    buf_put(out, " e</div><p>", 11);
#line 46 "tests/unit/server/html/views/sample.html"
    const size_t n_1 = HTML_REF(v->lines)->n;
#line 46 "tests/unit/server/html/views/sample.html"
    for (size_t i_1 = 0; i_1 < n_1; i_1++) {
#line 46 "tests/unit/server/html/views/sample.html"
    const __typeof__(*HTML_REF(v->lines)->p) *it_line = &HTML_REF(v->lines)->p[i_1]; (void)it_line;
#line 46 "tests/unit/server/html/views/sample.html"
    buf_put(out, " ", 1);
#line 46 "tests/unit/server/html/views/sample.html"
    HTML_TEXT(out, *it_line);
#line 46 "tests/unit/server/html/views/sample.html"
    }
#line 46 "tests/unit/server/html/views/sample.html"
    buf_put(out, "</p><pre>\n  keeps\n    this\n</pre><input name=\"x\" ", 49);
#line 53 "tests/unit/server/html/views/sample.html"
    if (HTML_TRUE(v->is_on)) {
#line 53 "tests/unit/server/html/views/sample.html"
    buf_put(out, "checked", 7);
#line 53 "tests/unit/server/html/views/sample.html"
    }
#line 53 "tests/unit/server/html/views/sample.html"
    buf_put(out, ">", 1);
}
