// SPDX-License-Identifier: AGPL-3.0-or-later
/* Files that people ask for, closed periods of books, pictures made for rows: of every room that has a register. */
#include "server/register/attachment.h"
#include "server/register/export_pages.h"
#include "server/register/export_view.h"

enum { FETCH_WITHIN_MS = 30000, MAKE_WITHIN_S = 300 };

static const struct route routes[] = {
    ROUTE(GET, "/kantor/unduhan", MAY_BE_STAFF, NULL, exports_page),
    ROUTE(GET, "/kantor/unduhan/{id}", MAY_BE_STAFF, file_see_input, export_page),
    ROUTE_LARGE(GET, "/kantor/unduhan/{id}/berkas", MAY_BE_STAFF, file_see_input, export_fetch, FETCH_WITHIN_MS, 0),
    ROUTE_LARGE(GET, "/kantor/salinan/{id}", MAY_BE_STAFF, copy_take_input, book_copy_fetch, FETCH_WITHIN_MS, 0), ROUTES_END};

static const struct job_row jobs[] = {
    {JOB_EXPORT, MAKE_WITHIN_S, "EXPORT", "Membuat berkas unduhan", export_make, 0},
    {JOB_MAKE_PICTURE, 60, "MAKE_PICTURE", "Menyiapkan gambar", attachment_make_picture, 0},
    {0},
};

static const struct said_word changes[] = {
    {"add", "Dicatat", NULL},          {"edit", "Data diubah", NULL},        {"cancel", "Dibatalkan", NULL},    {"remove", "Dihapus", NULL},
    {"file", "Berkas disimpan", NULL}, {"file_out", "Berkas ditarik", NULL}, {"note", "Catatan ditulis", NULL}, {0}};

const struct feature register_feature = {.name = "register", .routes = routes, .jobs = jobs, .changes = changes, .tidy = export_tidy};
