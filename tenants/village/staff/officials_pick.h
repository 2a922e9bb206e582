// SPDX-License-Identifier: AGPL-3.0-or-later
/* Officials in office as choices of forms: {{official signer "penandatangan" "Penandatangan"}} (server/html/README.md). */
#ifndef BALAI_OFFICIALS_PICK_H
#define BALAI_OFFICIALS_PICK_H

#include "server/web/forms.h"

extern const struct pick_source officials_pick;

#endif
