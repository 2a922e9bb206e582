// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the sample views show: every kind of member. */
#ifndef BALAI_TEST_SAMPLE_H
#define BALAI_TEST_SAMPLE_H

#include "server/html/html.h"

struct sample_place {
    struct str name;
};

struct sample_row {
    uint64_t id;
    struct str name;
    const char *word;
    bool is_new;
    const struct sample_place *place;
};

enum sample_state { SAMPLE_DRAFT = 1, SAMPLE_DONE };

struct sample_view {
    struct str text, address;
    const char *word;
    int32_t below;
    uint8_t small;
    bool is_on;
    enum sample_state state;
    struct html markup;
    struct sample_place place;
    const struct sample_place *maybe;
    struct {
        struct sample_row *p;
        size_t n;
    } rows;
    struct {
        struct str *p;
        size_t n;
    } lines;
};

#endif
