// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "server/web/village.h"
#include "tenants/village/families/families_out_sql.h"
#include "tenants/village/families/families_pages.h"

static const struct permission_row permissions[] = {
    {MAY_TAKE_OUT_RESIDENTS, "Mengeluarkan catatan penduduk yang salah atau ganda, dan mengembalikannya", MAY_READ_RESIDENTS}, {0}};

static const struct menu_row menu[] = {{MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/keluarga", "Keluarga", "house-plus"}, {0}};

static const struct book *const books[] = {&families_book, NULL};

static const struct said_word changes[] = {{"move_family", "Pindah keluarga", NULL},
                                           {"split_family", "Pecah keluarga", NULL},
                                           {"married", "Status kawin mengikuti pindah keluarga", NULL},
                                           {"head", "Kepala keluarga diganti", NULL},
                                           {"family", "Data keluarga diubah", NULL},
                                           {"out", "Dikeluarkan dari buku penduduk", NULL},
                                           {"out_back", "Dikembalikan ke buku penduduk", NULL},
                                           {0}};
static const struct said_word looks[] = {{"family", "Membuka kartu keluarga", NULL}, {0}};

enum { OUT_SHOWN_DAYS = 7 };

/* Who answers for the village hears of whom others took out of the books. */
static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct taken_out_lately lately;
    struct village_db *db;

    if (!request_may(req, MAY_SET_VILLAGE))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_taken_out_lately(db, request_now(req) - (utc_us)OUT_SHOWN_DAYS * 86400 * US_PER_S, request_actor(req)->id, &lately, err));
    task_put(out, (struct task){.count = lately.n,
                                .title = "Catatan penduduk dikeluarkan petugas lain",
                                .note = "Dalam 7 hari ini. Oleh siapa dan mengapa ada di halaman orangnya; di situ bisa dikembalikan",
                                .tone = "kuning",
                                .icon = "triangle-alert",
                                .tag = "Perlu diketahui",
                                .href = "/kantor/penduduk?status=9",
                                .menu = "/kantor/penduduk",
                                .button = "Lihat"});
    return RC_OK;
}

const struct feature families_feature = {.name = "families",
                                         .permissions = permissions,
                                         .routes = families_routes,
                                         .menu = menu,
                                         .books = books,
                                         .changes = changes,
                                         .looks = looks,
                                         .tasks = tasks};
