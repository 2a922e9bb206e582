// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: a resident's mail address, telling somebody again, and the link that gives a paper once. */
#include "tenants/village/notices/notices_pages.h"
#include "tenants/village/notices/notices_view.h"

const struct route notices_routes[] = {
    ACT("/kantor/surat/{id}/pemberitahuan", MAY_WRITE_LETTERS, notice_again_input, notice_again_act, NULL),
    ROUTE(GET, "/kantor/penduduk/{id}/surel", MAY_EDIT_RESIDENTS, resident_email_input, resident_email_page),
    ACT_CHECKED("/kantor/penduduk/{id}/surel", MAY_EDIT_RESIDENTS, resident_email_input, resident_email_check, resident_email_act,
                resident_email_page),
    ACT("/kantor/penduduk/{id}/surel/hapus", MAY_EDIT_RESIDENTS, resident_email_drop_input, resident_email_drop_act, NULL),
    ROUTE(GET, "/surat/ambil/{tanda}", MAY_VISIT, notice_take_input, notice_link_page),
    ACT_CHECKED("/surat/ambil/{tanda}", MAY_VISIT, notice_take_input, notice_take_check, notice_take_act, notice_link_page),
    ROUTE(GET, "/surat/berkas", MAY_VISIT, notice_file_input, notice_link_file),
    ROUTES_END};
