// SPDX-License-Identifier: AGPL-3.0-or-later
/* The page of forms.html, for test_forms.c. */
#ifndef BALAI_TEST_WEB_FORMS_H
#define BALAI_TEST_WEB_FORMS_H

#include "server/web/forms.h"

struct guest_view {
    struct form form;
};

extern const struct pick_source people_pick, rooms_pick;
bool guest_may(const struct request *req, struct str value);

#endif
