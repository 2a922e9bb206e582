// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What generated views are made of. The type of a member chooses the function
 * here, at compile time: a type without a row (double, a foreign struct, struct
 * html outside {{{ }}}) does not compile. Only *_view.c includes this file.
 */
#ifndef BALAI_HTML_PUT_H
#define BALAI_HTML_PUT_H

#include "server/html/html.h"

/* GCC's and clang's numbers for "this is a pointer", "this is a struct". */
#define HTML_IS_POINTER(x) (__builtin_classify_type(x) == 5)
#define HTML_IS_STRUCT(x) (__builtin_classify_type(x) == 12)
#define HTML_IS_HTML(x) _Generic((x), struct html : 1, default : 0)
#define HTML_IS_Z(x) _Generic((x), char * : 1, const char * : 1, default : 0)

/* A pointer to a member, which may be a struct or already a pointer to one. */
#define HTML_REF(x) __builtin_choose_expr(HTML_IS_POINTER(x), (x), &(x))

#define HTML_INTEGERS_(u, i)                                                                                                   \
    unsigned char : u,                                                                                                         \
                    unsigned short : u,                                                                                        \
                                     unsigned int : u,                                                                         \
                                                    unsigned long : u,                                                         \
                                                                    unsigned long long : u,                                    \
                                                                                         signed char : i,                      \
                                                                                                       short : i,              \
                                                                                                               int : i,        \
                                                                                                                     long : i, \
                                                                                                                            long long : i

#define HTML_TEXT(out, x) \
    _Generic((x), struct str: html_put_text, const char *: html_put_text_z, char *: html_put_text_z,    \
             bool: html_put_yes, HTML_INTEGERS_(html_put_u64, html_put_i64))((out), (x))
#define HTML_ATTR(out, x) \
    _Generic((x), struct str: html_put_text, const char *: html_put_text_z, char *: html_put_text_z,    \
             bool: html_put_true, HTML_INTEGERS_(html_put_u64, html_put_i64))((out), (x))
#define HTML_URL(out, x) _Generic((x), struct str : html_put_url, const char * : html_put_url_z, char * : html_put_url_z)((out), (x))
#define HTML_PART(out, x) \
    _Generic((x), struct str: html_put_url_part, const char *: html_put_url_part_z,                     \
             char *: html_put_url_part_z, HTML_INTEGERS_(html_put_u64, html_put_i64))((out), (x))
#define HTML_NUMBER(out, x) _Generic((x), HTML_INTEGERS_(html_put_number_u, html_put_number_i))((out), (x))
#define HTML_MARKUP(out, x) _Generic((x), struct html : html_put_markup)((out), (x))
#define HTML_ICON(out, x) _Generic((x), struct str : html_put_icon_str, const char * : html_put_icon_z)((out), (x))

/* {{#if x}}: texts and lists with something in them, numbers that are not 0, pointers that are not NULL. */
struct html_list {
    const void *p;
    size_t n;
};
#define HTML_NO_LIST_ ((const struct html_list){NULL, 0})
#define HTML_NO_HTML_ ((const struct html){{NULL, 0}})
#define HTML_TRUE(x)                                                                                              \
    (HTML_IS_HTML(x)     ? __builtin_choose_expr(HTML_IS_HTML(x), (x), HTML_NO_HTML_).markup.n > 0                \
     : HTML_IS_STRUCT(x) ? __builtin_choose_expr(HTML_IS_STRUCT(x) && !HTML_IS_HTML(x), (x), HTML_NO_LIST_).n > 0 \
     : HTML_IS_Z(x)      ? html_z_some(__builtin_choose_expr(HTML_IS_Z(x), (x), ""))                              \
                         : __builtin_choose_expr(HTML_IS_STRUCT(x) || HTML_IS_Z(x), 0, (x)) != 0)

/* {{#if x == "word"}} */
#define HTML_IS(x, word) _Generic((x), struct str : html_is, const char * : html_is_z, char * : html_is_z)((x), STR(word))

void html_put_text_z(struct buf *out, const char *z);
void html_put_url_z(struct buf *out, const char *z);
void html_put_url_part_z(struct buf *out, const char *z);
void html_put_yes(struct buf *out, bool b);          /* "ya", "tidak" */
void html_put_true(struct buf *out, bool b);         /* "true", "false": aria-… */
void html_put_number_u(struct buf *out, uint64_t n); /* 385.361 */
void html_put_number_i(struct buf *out, int64_t n);
void html_put_markup(struct buf *out, struct html html);
/* The sprite's icon; classes is a literal, "" for none. */
void html_put_icon(struct buf *out, struct str name, const char *classes);
void html_put_icon_str(struct buf *out, struct str name); /* nothing when the name is empty */
void html_put_icon_z(struct buf *out, const char *name);

static inline bool html_z_some(const char *z)
{
    return z != NULL && z[0] != '\0';
}

static inline bool html_is(struct str s, struct str word)
{
    return str_eq(s, word);
}

static inline bool html_is_z(const char *z, struct str word)
{
    return str_eq(str_c(z), word);
}

#endif
