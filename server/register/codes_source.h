// SPDX-License-Identifier: AGPL-3.0-or-later
/* The code lists as choices of forms: {{code religion "agama" RELIGION "Agama"}} (server/html/README.md). */
#ifndef BALAI_REGISTER_CODES_SOURCE_H
#define BALAI_REGISTER_CODES_SOURCE_H

#include "server/web/forms.h"
#include "tenants/village/codes/codes.h"

extern const struct input_source codes_source; /* list: an enum code_list */

#endif
