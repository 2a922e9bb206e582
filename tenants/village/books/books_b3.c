// SPDX-License-Identifier: AGPL-3.0-or-later
/* B.3 Buku Rekapitulasi Jumlah Penduduk: a month's sums for each hamlet, 33 columns. */
#include "server/base/text.h"
#include "tenants/village/books/books.h"
#include "tenants/village/books/books_fold.h"

static struct str remark_of(struct arena *arena, const void *row)
{
    return fold_remark(arena, row);
}

#define SUM(member) .at = BOOK_AT(struct fold_line, member), .is_summed = true
/* The four classes of an array; `path` are the heads above them. */
#define CLASSES(member, ...)                                                \
    {.heads = {__VA_ARGS__, "WNA", "L"}, .width = 2.2, SUM(member[0])},     \
        {.heads = {__VA_ARGS__, "WNA", "P"}, .width = 2.2, SUM(member[1])}, \
        {.heads = {__VA_ARGS__, "WNI", "L"}, .width = 3, SUM(member[2])},   \
    {                                                                       \
        .heads = {__VA_ARGS__, "WNI", "P"}, .width = 3, SUM(member[3])      \
    }
#define STAND(part, head)                                                           \
    CLASSES(part, head), {.heads = {head, "KK"}, .width = 3, SUM(part##_families)}, \
        {.heads = {head, "Anggota"}, .width = 4.6, SUM(part##_members)},            \
    {                                                                               \
        .heads = {head, "Jiwa"}, .width = 3.6, SUM(part##_all)                      \
    }

static const struct book_column columns[] = {
    {.heads = {"No."}, .width = 2.4, .kind = BOOK_LINE},
    {.heads = {"Nama {dusun}"}, .width = 10, .kind = BOOK_NAME, .at = BOOK_AT(struct fold_line, hamlet)},
    STAND(start, "Penduduk awal bulan"),
    CLASSES(born, "Tambahan bulan ini", "Lahir"),
    CLASSES(came, "Tambahan bulan ini", "Datang"),
    CLASSES(died, "Pengurangan bulan ini", "Meninggal"),
    CLASSES(left, "Pengurangan bulan ini", "Pindah"),
    STAND(end, "Penduduk akhir bulan"),
    {.heads = {"Ket."}, .width = 8, .text = remark_of},
};
_Static_assert(COUNT_OF(columns) == 33, "B.3 has 33 columns");

/* "* Oktober 2026: 2 peristiwa …" */
static void put_late(struct book_run *run, const struct late_month_rows *late, struct buf *note)
{
    struct date month;

    for (size_t i = 0; i < late->n; i++)
        if (month_parse(late->p[i].period, &month))
            buf_fmt(note, "%s%" PRIu64 " peristiwa %.*s", i == 0 ? " * Dicatat sesudah bulannya ditutup, jadi dihitung di sini: " : ", ",
                    late->p[i].n, STR_ARG(month_long(run->arena, month)));
    if (late->n > 0)
        buf_put_char(note, '.');
}

/* What the registry cannot say is said under the table. */
static enum rc prepare(struct book_run *run, struct err *err)
{
    struct fold_input in;
    struct fold_silent silent;
    struct late_month_rows late;
    struct fold *fold = ARENA_NEW(run->arena, struct fold);
    const enum zone zone = run->village->zone;
    const struct fold_span span = {.since = run->from,
                                   .until = run->until,
                                   .first = date_utc(run->from, zone) - 1,
                                   .last = date_utc(run->until, zone) - 1,
                                   .minutes = zone_minutes(zone)};
    struct buf note = {.arena = run->arena};

    TRY(sql_fold_hamlets(run->db, &in.hamlets, err));
    TRY(sql_fold_living(run->db, span.last, &in.living, err));
    TRY(sql_fold_events(run->db, &span, &in.events, err));
    TRY(sql_fold_moves(run->db, span.first, span.last, span.minutes, &in.moves, err));
    TRY(sql_fold_families(run->db, &span, &in.families, err));
    TRY(sql_fold_silent(run->db, run->from, &silent, err));
    TRY(sql_late_months(run->db, run->from, run->until, &late, err));
    *fold = fold_month(run->arena, &in);
    run->data = fold;
    buf_fmt(&note, "%.*s %.*s", STR_ARG(fold_said(run->arena, fold)), STR_ARG(fold_families_said(run->arena, fold)));
    put_late(run, &late, &note);
    buf_put_str(
        &note,
        STR(" Pindah antar-{dusun} dan perbaikan jenis kelamin atau kewarganegaraan (\"koreksi\") masuk kolom Datang dan Pindah, juga di "
            "baris jumlah; kalimat di atas tidak menghitungnya. Catatan yang dikeluarkan dari buku penduduk, atau dikembalikan, juga "
            "\"koreksi\" pada bulan dilakukannya, dan dihitung kalimat di atas. KK dihitung menurut keluarga waktu itu: \"KK baru\" bila "
            "pada awal bulan belum ada anggotanya yang tinggal di desa (pecah KK, kedatangan), \"KK berkurang\" bila pada akhir bulan "
            "tidak ada lagi; ganti kepala keluarga tidak dihitung. Dua kewarganegaraan dihitung sebagai WNI."));
    if (silent.n > 0)
        buf_fmt(&note, " %.*s warga dicatat tanpa peristiwa sejak awal bulan (impor atau tambah warga) dan dihitung seolah sudah ada.",
                STR_ARG(number_text(run->arena, (int64_t)silent.n)));
    run->note = buf_str(&note);
    return RC_OK;
}

static enum rc late_of(struct village_db *db, struct date month, uint64_t *n_out, struct err *err)
{
    struct late_of row;

    TRY(sql_late_of(db, month, date_add_months(month, 1), &row, err));
    *n_out = row.n;
    return RC_OK;
}

static enum rc each(struct book_run *run, struct err *err)
{
    const struct fold *fold = run->data;

    for (size_t i = 0; i < fold->n; i++)
        TRY(book_put(run, &fold->p[i], err));
    return RC_OK;
}

const struct book book_b3 = {
    .name = "b3",
    .title = "B.3 Buku Rekapitulasi Jumlah Penduduk",
    .about = "rekapitulasi jumlah penduduk",
    .noun = "{dusun}",
    .home = "/kantor/buku/b3",
    .home_label = "Buku Rekapitulasi Jumlah Penduduk",
    .permission = MAY_READ_RESIDENTS,
    .period = BOOK_OF_MONTH,
    .columns = columns,
    .n = COUNT_OF(columns),
    .text_pt = 7.5,
    .since = books_since,
    .late = late_of,
    .prepare = prepare,
    .each = each,
};
