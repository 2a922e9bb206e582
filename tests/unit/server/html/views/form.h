// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/forms.h"

struct guest_view {
    struct form form;
    struct str action;
};

bool guest_may(const struct request *req, struct str value);
