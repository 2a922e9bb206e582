// SPDX-License-Identifier: AGPL-3.0-or-later
/* Families and areas as choices of forms: {{family kk "keluarga" "Keluarga"}}, {{area place "wilayah" "Wilayah"}} (server/html/README.md).
 */
#ifndef BALAI_FAMILIES_PICK_H
#define BALAI_FAMILIES_PICK_H

#include "server/web/forms.h"

extern const struct pick_source families_pick, areas_pick;

#endif
