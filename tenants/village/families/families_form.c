// SPDX-License-Identifier: AGPL-3.0-or-later
/* Small parts of forms that families and events share. */
#include "tenants/village/families/families.h"

static enum rc nothing_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    (void)txn;
    (void)arg;
    (void)go_to_out;
    return fail(err, RC_CONFLICT, "a form that is not acted on");
}

bool form_was_answered(struct request *req, struct response *resp)
{
    struct err err;

    return village_act(req, resp, nothing_body, NULL, &err) == RC_OK;
}

struct str form_area_number(struct str kept)
{
    return str_is(kept, "-") ? STR("") : kept;
}
