// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never leaves the room: what list.c and list_show.c share. */
#ifndef BALAI_REGISTER_LIST_PARTS_H
#define BALAI_REGISTER_LIST_PARTS_H

#include "server/register/list.h"

/* "umur" and "_dari": the name of a range's first box. */
struct str list_box_name(struct arena *arena, const struct list_filter *filter, const char *tail);
bool list_is_range(const struct list_filter *filter);
/* Whether the filter filters: words are read apart. */
bool list_is_set(const struct list_filter *filter, const struct list_value *value);
size_t list_filter_of(const struct list_reading *at, const char *name);
/* The order that stands when nothing is said goes down. */
bool list_falls(const struct list_reading *at);

/* The address of a reading, with the words and, if any, the spot of a page. */
struct list_spot {
    struct str spot;
    bool is_back;
    uint64_t first_no;
};
struct str list_address(const struct list_reading *at, const struct list_spot *spot);

/* What the filter is set to, as its chip says it. */
struct str list_value_words(const struct list_reading *at, size_t filter);
/* Each filter that is set in words, with a way to drop it. */
void list_put_chips(const struct list_reading *at, struct list_view *out);
/* The menu "Unduh": list_file.c. */
void list_put_file(const struct list_reading *at, struct list_view *out);

#endif
