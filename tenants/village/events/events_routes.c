// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. A form is sent twice, whatever the kind: "periksa" shows what would be, "simpan" does it. */
#include "tenants/village/events/events_arrival_view.h"
#include "tenants/village/events/events_birth_view.h"
#include "tenants/village/events/events_fix_view.h"
#include "tenants/village/events/events_leave_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_past_view.h"
#include "tenants/village/events/events_view.h"

#define LEAVE(path)                                                \
    ROUTE(GET, path, MAY_EDIT_RESIDENTS, leave_input, leave_page), \
        ACT_CHECKED(path, MAY_EDIT_RESIDENTS, leave_input, leave_check, leave_act, leave_page)

const struct route events_routes[] = {
    LIST_ROUTES("/kantor/peristiwa", MAY_READ_RESIDENTS, event_list_page, &event_lists),
    LIST_FILE_ROUTE("/kantor/peristiwa", MAY_READ_RESIDENTS, &event_lists),
    ROUTE(GET, "/kantor/peristiwa/catat", MAY_EDIT_RESIDENTS, event_none_input, event_kinds_page),
    ROUTE(GET, "/kantor/peristiwa/catat/{jenis}", MAY_EDIT_RESIDENTS, event_search_input, event_search_page),
    ROUTE(POST, "/kantor/peristiwa/catat/{jenis}", MAY_EDIT_RESIDENTS, event_search_input, event_search_post),
    ROUTE(GET, "/kantor/peristiwa/kedatangan", MAY_EDIT_RESIDENTS, arrival_input, arrival_page),
    ACT_CHECKED("/kantor/peristiwa/kedatangan", MAY_EDIT_RESIDENTS, arrival_input, arrival_check, arrival_act, arrival_page),
    ROUTE(GET, "/kantor/peristiwa/{id}", MAY_READ_RESIDENTS, event_one_input, event_page),
    ROUTE(GET, "/kantor/peristiwa/{id}/batal", MAY_EDIT_RESIDENTS, event_cancel_input, event_cancel_page),
    ACT("/kantor/peristiwa/{id}/batal", MAY_EDIT_RESIDENTS, event_cancel_input, event_cancel_act, event_cancel_page),
    KEPT_ROUTES("/kantor/peristiwa", MAY_READ_RESIDENTS, MAY_EDIT_RESIDENTS, &event_keeper),
    ROUTE(GET, "/kantor/peristiwa/{id}/perbaiki", MAY_EDIT_RESIDENTS, event_fix_input, event_fix_page),
    ACT_CHECKED("/kantor/peristiwa/{id}/perbaiki", MAY_EDIT_RESIDENTS, event_fix_input, event_fix_check, event_fix_act, event_fix_page),
    LEAVE("/kantor/penduduk/{id}/kematian"),
    LEAVE("/kantor/penduduk/{id}/kepindahan"),
    LEAVE("/kantor/penduduk/{id}/hilang"),
    LEAVE("/kantor/penduduk/{id}/ditemukan"),
    ROUTE(GET, "/kantor/keluarga/{id}/kelahiran", MAY_EDIT_RESIDENTS, birth_input, birth_page),
    ACT_CHECKED("/kantor/keluarga/{id}/kelahiran", MAY_EDIT_RESIDENTS, birth_input, birth_check, birth_act, birth_page),
    ROUTE(GET, "/kantor/keluarga/{id}/kematian-lama", MAY_EDIT_RESIDENTS, past_input, past_page),
    ACT_CHECKED("/kantor/keluarga/{id}/kematian-lama", MAY_EDIT_RESIDENTS, past_input, past_check, past_act, past_page),
    ROUTES_END};
