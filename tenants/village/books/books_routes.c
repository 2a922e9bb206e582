// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the books there are, printing a month, closing it. What a book is: server/register/book.h. */
#include "tenants/village/books/books.h"
#include "tenants/village/books/books_pages.h"
#include "tenants/village/books/books_view.h"

/* Each book names the permission of its readers, which the handlers check. Closing has a permission of its own besides. */
const struct route books_routes[] = {ROUTE(GET, "/kantor/buku", MAY_BE_STAFF, NULL, books_home_page),
                                     ROUTE(GET, "/kantor/buku/{buku}", MAY_BE_STAFF, books_one_input, books_page),
                                     ACT("/kantor/buku/{buku}", MAY_BE_STAFF, books_one_input, books_ask_act, books_page),
                                     ROUTE(GET, "/kantor/buku/{buku}/tutup", MAY_CLOSE_BOOKS, books_one_input, books_close_page),
                                     ACT("/kantor/buku/{buku}/tutup", MAY_CLOSE_BOOKS, books_one_input, books_close_act, books_close_page),
                                     ROUTES_END};
