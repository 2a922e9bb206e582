// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/staff/staff.h"

static const struct menu_row menu[] = {{MENU_OFFICE, MAY_SET_VILLAGE, "/kantor/pengaturan", "Pengaturan", "settings"}, {0}};

static const struct permission_row permissions[] = {{MAY_SET_VILLAGE, "Mengatur desa, akun petugas, dan peran", MAY_NOTHING}, {0}};

const struct feature staff_feature = {.name = "staff", .permissions = permissions, .routes = staff_routes, .menu = menu};
