// SPDX-License-Identifier: AGPL-3.0-or-later
/* Squares for single signs. */
#include "server/paper/tree_reader.h"

static enum rc read_gaps(struct reader *r, const struct place *at, const json_t *json, struct boxes *boxes)
{
    const json_t *array = json_object_get(json, "gaps");
    struct place here = place_key(at, "gaps");
    size_t index;
    json_t *value;

    if (array == NULL)
        return RC_OK;
    TRY(want_array(r, &here, array));
    json_array_foreach(array, index, value)
    {
        struct place item = place_index(&here, index);
        if (!json_is_integer(value) || json_integer_value(value) < 1 || json_integer_value(value) >= MAX_BOXES)
            return bad(r, &item, "must be from 1 to %d", MAX_BOXES - 1);
        boxes->gap_after[json_integer_value(value) - 1] = true;
    }
    return RC_OK;
}

enum rc read_boxes(struct reader *r, const struct place *at, const json_t *json, struct piece *piece)
{
    struct boxes *boxes = ARENA_NEW(r->arena, struct boxes);
    double count = 0;
    bool spread = false;

    if (r->in_boxes)
        return bad(r, at, "boxes hold no boxes");
    piece->boxes = boxes;
    boxes->size = 5 * POINTS_PER_MM;
    TRY(read_number(r, at, json, "count", 1, MAX_BOXES, &count));
    TRY(read_length(r, at, json, "size", 2, 15, &boxes->size));
    TRY(read_bool(r, at, json, "spread", &spread));
    TRY(read_bool(r, at, json, "digits", &boxes->digits_only));
    TRY(read_gaps(r, at, json, boxes));
    boxes->count = (unsigned)count;
    if (spread && (boxes->count == 0 || json_object_get(json, "size") != NULL))
        return bad(r, at, "spread takes a count, and no size");
    if (spread)
        boxes->size = 0;
    if (json_object_get(json, "content") == NULL)
        return bad(r, at, "has no content");
    r->in_boxes = true;
    TRY(read_content_key(r, at, json, "content", &piece->yes));
    r->in_boxes = false;
    return RC_OK;
}
