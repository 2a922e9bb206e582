// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/families/families_pages.h"

static const struct permission_row permissions[] = {
    {MAY_TAKE_OUT_RESIDENTS, "Mengeluarkan catatan penduduk yang salah atau ganda, dan mengembalikannya", MAY_READ_RESIDENTS}, {0}};

static const struct menu_row menu[] = {{MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/keluarga", "Keluarga", "house-plus"}, {0}};

static const struct book *const books[] = {&families_book, NULL};

static const struct said_word changes[] = {{"move_family", "Pindah keluarga", NULL},
                                           {"split_family", "Pecah keluarga", NULL},
                                           {"head", "Kepala keluarga diganti", NULL},
                                           {"family", "Data keluarga diubah", NULL},
                                           {"out", "Dikeluarkan dari buku penduduk", NULL},
                                           {"out_back", "Dikembalikan ke buku penduduk", NULL},
                                           {0}};
static const struct said_word looks[] = {{"family", "Membuka kartu keluarga", NULL}, {0}};

const struct feature families_feature = {.name = "families",
                                         .permissions = permissions,
                                         .routes = families_routes,
                                         .menu = menu,
                                         .books = books,
                                         .changes = changes,
                                         .looks = looks};
