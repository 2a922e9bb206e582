// SPDX-License-Identifier: AGPL-3.0-or-later
/* People as choices of forms: {{resident who "warga" "Warga"}} (server/html/README.md). Found as residents_find finds them. */
#ifndef BALAI_RESIDENTS_PICK_H
#define BALAI_RESIDENTS_PICK_H

#include "server/web/forms.h"

extern const struct pick_source residents_pick;

#endif
