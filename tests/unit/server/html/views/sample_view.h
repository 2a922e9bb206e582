// SPDX-License-Identifier: AGPL-3.0-or-later
/* Generated from tests/unit/server/html/views/sample.html. */
#ifndef BALAI_TESTS_UNIT_SERVER_HTML_VIEWS_SAMPLE_VIEW_H
#define BALAI_TESTS_UNIT_SERVER_HTML_VIEWS_SAMPLE_VIEW_H

#include "server/html/html.h"
#include "tests/unit/server/html/views/sample.h"

void view_contexts(struct buf *out, const struct sample_view *v);
void view_lists(struct buf *out, const struct sample_view *v);
void view_place(struct buf *out, const struct sample_place *v);
void view_conditions(struct buf *out, const struct sample_view *v);
void view_values(struct buf *out, const struct sample_view *v);
void view_spaces(struct buf *out, const struct sample_view *v);

#endif
