// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: what the answers of this room share. */
#ifndef BALAI_RESPOND_H
#define BALAI_RESPOND_H

#include "server/web/request.h"

/* The whole document around page->body; may_ask: whether it may send a statement for the village's look. */
struct str document_of(struct request *req, const struct page *page, bool may_ask);

struct error_view {
    struct str title, text, note, request_id, href, link_label;
    bool is_kiosk;
};

#endif
