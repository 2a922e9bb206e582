// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/image/image.h"
#include "server/web/forms.h"

struct guest_view {
    struct form form;
    struct str action;
};

extern const struct pick_source people_pick;
bool guest_may(const struct request *req, struct str value);
