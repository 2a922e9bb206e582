// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/books/books.h"

static const struct menu_row menu[] = {{MENU_BOOKS, MAY_READ_RESIDENTS, "/kantor/buku", "Buku desa", "book-open"},
                                       {MENU_BOOKS, MAY_READ_RESIDENTS, "/kantor/unduhan", "Unduhan saya", "file-down"},
                                       {0}};

static const struct permission_row permissions[] = {{MAY_CLOSE_BOOKS, "Menutup bulan buku desa", MAY_NOTHING}, {0}};

static const struct book *const books[] = {&book_b1, &book_b3, NULL};

const struct feature books_feature = {
    .name = "books", .title = "Buku desa", .routes = books_routes, .permissions = permissions, .menu = menu, .books = books};
