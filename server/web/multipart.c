// SPDX-License-Identifier: AGPL-3.0-or-later
/* multipart/form-data as browsers write it (RFC 7578): no preamble, no nesting, no transfer encodings. */
#include "server/web/form.h"
#include "server/base/text.h"

enum { MAX_BOUNDARY = 70, MAX_PART_HEAD = 2048 };

static bool is_boundary_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("'()+_,-./:=?", c) != NULL;
}

struct str multipart_boundary(struct str content_type)
{
    struct str rest = content_type, part, boundary = STR_NONE;

    if (!str_cut(&rest, ';', &part) || !str_eq_nocase(str_trim(part), STR("multipart/form-data")))
        return STR_NONE;
    while (str_cut(&rest, ';', &part)) {
        part = str_trim(part);
        if (part.n < 9 || !str_eq_nocase(str_part(part, 0, 9), STR("boundary=")))
            continue;
        if (boundary.p != NULL)
            return STR_NONE;
        boundary = str_from(part, 9);
        if (boundary.n >= 2 && boundary.p[0] == '"' && boundary.p[boundary.n - 1] == '"')
            boundary = str_part(boundary, 1, boundary.n - 2);
    }
    if (boundary.n == 0 || boundary.n > MAX_BOUNDARY)
        return STR_NONE;
    for (size_t i = 0; i < boundary.n; i++)
        if (boundary.p[i] == '\0' || !is_boundary_sign(boundary.p[i]))
            return STR_NONE;
    return boundary;
}

/* name="…": browsers write %22 for a quote and %0D%0A for a line end inside; no backslash escapes. */
static bool cut_quoted(struct str *rest, struct str *value)
{
    if (rest->n < 2 || rest->p[0] != '"')
        return false;
    ptrdiff_t end = str_find_char(str_from(*rest, 1), '"');
    if (end < 0)
        return false;
    *value = str_part(*rest, 1, (size_t)end);
    *rest = str_from(*rest, (size_t)end + 2);
    return true;
}

/* `form-data; name="a"; filename="b"` */
static bool read_disposition(struct str value, struct field *field)
{
    struct str type = STR("form-data");
    bool has_name = false;

    if (value.n < type.n || !str_eq_nocase(str_part(value, 0, type.n), type))
        return false;
    value = str_from(value, type.n);
    while (value.n > 0) {
        struct str *into;
        if (value.p[0] != ';')
            return false;
        value = str_trim(str_from(value, 1));
        if (str_starts(value, STR("name=")) && !has_name) {
            into = &field->name;
            has_name = true;
            value = str_from(value, 5);
        } else if (str_starts(value, STR("filename=")) && !field->is_file) {
            into = &field->filename;
            field->is_file = true;
            value = str_from(value, 9);
        } else {
            return false;
        }
        if (!cut_quoted(&value, into))
            return false;
    }
    return has_name;
}

static enum rc read_head(struct str head, struct field *field, struct err *err)
{
    bool has_disposition = false, has_type = false;

    while (head.n > 0) {
        ptrdiff_t end = str_find(head, STR("\r\n"));
        struct str line = end >= 0 ? str_part(head, 0, (size_t)end) : head;
        head = end >= 0 ? str_from(head, (size_t)end + 2) : STR("");
        ptrdiff_t colon = str_find_char(line, ':');
        if (colon <= 0 || str_find_char(line, '\0') >= 0)
            return fail(err, RC_BAD_REQUEST, "malformed head of a part");
        struct str name = str_part(line, 0, (size_t)colon);
        struct str value = str_trim(str_from(line, (size_t)colon + 1));
        if (str_eq_nocase(name, STR("content-disposition"))) {
            if (has_disposition || !read_disposition(value, field))
                return fail(err, RC_BAD_REQUEST, "malformed disposition of a part");
            has_disposition = true;
        } else if (str_eq_nocase(name, STR("content-type")) && !has_type) {
            has_type = true; /* what a file is, is judged by its content */
        } else {
            return fail(err, RC_BAD_REQUEST, "a part has a header browsers do not send");
        }
    }
    if (!has_disposition)
        return fail(err, RC_BAD_REQUEST, "a part without a name");
    if (field->is_file && !utf8_is_valid(field->filename))
        return fail(err, RC_BAD_REQUEST, "a file name is not valid UTF-8");
    return RC_OK;
}

enum rc multipart_read(struct arena *arena, struct str boundary, struct str body, struct fields *fields, struct err *err)
{
    struct str delimiter = str_fmt(arena, "\r\n--%.*s", STR_ARG(boundary));
    struct str opening = str_from(delimiter, 2);

    if (boundary.n == 0 || !str_starts(body, opening))
        return fail(err, RC_BAD_REQUEST, "a multipart body that does not begin with its boundary");
    body = str_from(body, opening.n);
    for (;;) {
        struct field field = {0};
        if (str_eq(body, STR("--\r\n")) || str_eq(body, STR("--")))
            return RC_OK;
        if (!str_starts(body, STR("\r\n")))
            return fail(err, RC_BAD_REQUEST, "a malformed boundary line");
        body = str_from(body, 2);
        ptrdiff_t head_end = str_find(str_part(body, 0, MAX_PART_HEAD), STR("\r\n\r\n"));
        if (head_end < 0)
            return fail(err, RC_BAD_REQUEST, "the head of a part does not end");
        TRY(read_head(str_part(body, 0, (size_t)head_end), &field, err));
        body = str_from(body, (size_t)head_end + 4);
        ptrdiff_t end = str_find(body, delimiter);
        if (end < 0)
            return fail(err, RC_BAD_REQUEST, "a part does not end");
        field.value = str_part(body, 0, (size_t)end);
        body = str_from(body, (size_t)end + delimiter.n);
        TRY(fields_add(arena, fields, &field, err));
    }
}
