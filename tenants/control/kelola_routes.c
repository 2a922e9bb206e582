// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the pages of the volunteers' console. */
#include "server/register/list.h"
#include "tenants/control/kelola.h"
#include "tenants/control/kelola_add_view.h"
#include "tenants/control/kelola_fix_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/kelola_village_view.h"
#include "tenants/control/kelola_work_view.h"

enum { LIST_BODY = 1024 * 1024, SLOW_MS = 20000 };

const struct route control_routes[] = {
    LIST_ROUTES("/", MAY_MANAGE_VILLAGES, kelola_list_page, &villages_list),
    ROUTE(GET, "/desa/tambah", MAY_MANAGE_VILLAGES, kelola_add_input, kelola_add_page),
    ROUTE_LARGE(POST, "/desa/tambah", MAY_MANAGE_VILLAGES, kelola_add_input, kelola_add_post, 0, LIST_BODY),
    CONSOLE_ACT_LARGE("/desa/siapkan", MAY_MANAGE_VILLAGES, kelola_confirm_input, kelola_prepare_check, kelola_prepare_act,
                      kelola_confirm_page, SLOW_MS, LIST_BODY),
    ROUTE(GET, "/desa/{kode}", MAY_MANAGE_VILLAGES, kelola_village_input, kelola_village_page),
    CONSOLE_ACT("/desa/{kode}/keadaan", MAY_MANAGE_VILLAGES, kelola_village_input, NULL, kelola_state_act, kelola_village_page),
    CONSOLE_ACT("/desa/{kode}/tautan", MAY_MANAGE_VILLAGES, kelola_one_input, NULL, kelola_link_act, NULL),
    CONSOLE_ACT("/desa/{kode}/tautan-kepala", MAY_MANAGE_VILLAGES, kelola_one_input, NULL, kelola_head_link_act, NULL),
    ROUTE(GET, "/desa/{kode}/perbaiki", MAY_MANAGE_VILLAGES, kelola_fix_input, kelola_fix_page),
    CONSOLE_ACT("/desa/{kode}/perbaiki", MAY_MANAGE_VILLAGES, kelola_fix_input, kelola_fix_check, kelola_fix_act, kelola_fix_page),
    ROUTE(GET, "/desa/{kode}/tutup", MAY_MANAGE_VILLAGES, kelola_close_input, kelola_close_page),
    CONSOLE_ACT("/desa/{kode}/tutup", MAY_MANAGE_VILLAGES, kelola_close_input, NULL, kelola_close_act, kelola_close_page),
    CONSOLE_ACT("/desa/{kode}/buka", MAY_MANAGE_VILLAGES, kelola_one_input, NULL, kelola_open_act, NULL),
    LIST_ROUTES("/pekerjaan", MAY_MANAGE_VILLAGES, kelola_work_page, &work_list),
    CONSOLE_ACT("/pekerjaan/ulang", MAY_MANAGE_VILLAGES, kelola_again_input, NULL, kelola_again_act, NULL),
    ROUTES_END,
};
