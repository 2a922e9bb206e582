// SPDX-License-Identifier: AGPL-3.0-or-later
/* Which village needs help, and why: from what it published, without I/O. */
#include "server/base/text.h"
#include "tenants/regency/regency_rules.h"

enum {
    DAY_S = 86400,
    STALE_DAYS = 1, /* a village sends its figures hourly */
    IDLE_DAYS = 7,  /* nobody did anything */
    LETTERLESS_DAYS = 14,
    WAITING_DAYS = 2,  /* a letter in somebody's hands */
    COMPLETE_PCT = 80, /* of residents with NIK, family card and birth date */
};

static int64_t days_since(utc_us at, utc_us now)
{
    return now > at ? (now - at) / US_PER_S / DAY_S : 0;
}

static void put(struct regency_needs *needs, uint32_t weight, struct str tag, const char *what)
{
    needs->p[needs->n++] = (struct regency_need){.tag = tag,
                                                 .tone = weight >= 100  ? STR("merah")
                                                         : weight >= 10 ? STR("kuning")
                                                                        : STR("abu"),
                                                 .what = str_c(what)};
    needs->weight += weight;
}

/* Nothing works, or nobody knows. */
static void put_outages(struct arena *arena, struct regency_needs *needs, const struct regency_line *line, utc_us now)
{
    int64_t stale = days_since(line->computed_at, now);

    if (str_is(line->state, "suspended"))
        put(needs, 400, STR("Ditangguhkan"),
            "Situs dan kantornya ditutup relawan. Sebabnya tertulis di bawah; tanyakan kapan dibuka lagi.");
    if (str_is(line->state, "readonly"))
        put(needs, 200, STR("Hanya bisa dibaca"), "Petugas tidak bisa menyimpan apa pun. Tanyakan kepada relawan kapan selesai.");
    if (line->has_figures && stale >= STALE_DAYS && !str_is(line->state, "suspended"))
        put(needs, stale > 7 ? 300 : 100, str_fmt(arena, "Angka terhenti %" PRId64 " hari", stale),
            "Desa mengirim angka tiap jam. Kalau terhenti, sistemnya terganggu: hubungi relawan.");
}

/* The office does not work as it should. */
static void put_work(struct arena *arena, struct regency_needs *needs, const struct regency_line *line, utc_us now)
{
    int64_t idle = days_since(line->active_at, now), waiting = days_since(line->waiting_since, now);
    int64_t letterless = days_since(line->last_letter_at, now);

    if (line->active_at == 0 || idle >= IDLE_DAYS)
        put(needs, 150, line->active_at == 0 ? STR("Belum pernah dipakai") : str_fmt(arena, "Tidak dipakai %" PRId64 " hari", idle),
            "Tidak ada petugas yang mencatat apa pun. Telepon kantor desa: sinyal, listrik, atau operatornya berganti?");
    if (line->waiting > 0 && waiting >= WAITING_DAYS)
        put(needs, waiting > 7 ? 140 : 40, str_fmt(arena, "%" PRIu32 " surat menunggu, terlama %" PRId64 " hari", line->waiting, waiting),
            "Surat warga tertahan di meja pemeriksa atau kepala desa. Ingatkan keduanya.");
    if (!line->has_approver)
        put(needs, line->waiting > 0 ? 120 : 30, STR("Kepala desa belum punya akun"),
            "Surat yang perlu persetujuan tidak bisa terbit. Minta relawan membuat tautan akun kepala desa.");
    if (line->last_letter_at == 0)
        put(needs, 20, STR("Belum pernah menerbitkan surat"), "Petugas mungkin belum dilatih. Dampingi membuat surat pertama.");
    else if (letterless >= LETTERLESS_DAYS)
        put(needs, 20, str_fmt(arena, "Tanpa surat %" PRId64 " hari", letterless),
            "Warga biasanya perlu surat tiap pekan. Tanyakan apakah surat dibuat di luar Balai.");
    if (line->stuck > 0)
        put(needs, 10, str_fmt(arena, "%" PRIu32 " antrean kerja berhenti", line->stuck),
            "PDF atau kabar tidak terkirim. Operator menekan Coba lagi di Pekerjaan sistem; kalau tetap, hubungi relawan.");
}

/* Books of the last months that are open past their day. */
static void put_books(struct arena *arena, struct regency_needs *needs, const struct regency_line *line, utc_us now)
{
    struct date today = utc_date(now, zone_of_area(line->code)), first = {.year = today.year, .month = today.month, .day = 1};
    const char *name = "";
    int open = 0;

    for (int back = 1; back <= REGENCY_DUTIES; back++) {
        const struct regency_month *m = &line->months[REGENCY_MONTHS - 1 - back];
        struct date of = date_add_months(first, -back);

        if (!m->is_set || !m->is_owed || !date_is_none(m->closed_on) || date_compare(today, regency_due(of)) <= 0)
            continue;
        open++;
        name = month_name(of.month);
    }
    if (open > 0)
        put(needs, 30,
            open == 1 ? str_fmt(arena, "Rekapitulasi %s belum ditutup", name) : str_fmt(arena, "%d rekapitulasi belum ditutup", open),
            "Rekapitulasi penduduk (B.3) ditutup paling lambat tanggal 10 bulan berikutnya. Ingatkan sekretaris desa: menu Buku.");
}

static void put_data(struct arena *arena, struct regency_needs *needs, const struct regency_line *line)
{
    if (line->refused > 0)
        put(needs, 5, str_fmt(arena, "%" PRIu32 " baris impor ditolak", line->refused),
            "Warga pada baris itu belum tercatat. Operator memperbaiki berkasnya lalu mengimpor lagi.");
    if (line->complete_pct < COMPLETE_PCT)
        put(needs, 5, str_fmt(arena, "Data lengkap %" PRIu32 "%%", line->complete_pct),
            "Banyak warga tanpa NIK tetap, nomor KK, atau tanggal lahir. Bantu mencocokkan dengan Disdukcapil.");
}

struct regency_needs regency_needs_of(struct arena *arena, const struct regency_line *line, utc_us now)
{
    struct regency_needs needs = {.is_blank = !line->is_hosted || !line->has_figures || line->f.men + line->f.women == 0};

    if (line->is_hosted)
        put_outages(arena, &needs, line, now);
    if (needs.is_blank) {
        needs.is_blank = needs.n == 0;
        if (needs.n == 0)
            put(&needs, 1, line->is_hosted ? STR("Belum mengisi penduduk") : STR("Belum memakai Balai"),
                line->is_hosted ? "Desa sudah disiapkan. Dampingi petugasnya mengimpor berkas penduduk."
                                : "Minta relawan menyiapkan desa ini, lalu serahkan tautannya kepada operator.");
        return needs;
    }
    put_work(arena, &needs, line, now);
    put_books(arena, &needs, line, now);
    put_data(arena, &needs, line);
    /* The worst first; equal ones as they stand. */
    for (size_t i = 1; i < needs.n; i++)
        for (size_t j = i; j > 0 && str_is(needs.p[j].tone, "merah") && !str_is(needs.p[j - 1].tone, "merah"); j--) {
            struct regency_need moved = needs.p[j];

            needs.p[j] = needs.p[j - 1];
            needs.p[j - 1] = moved;
        }
    return needs;
}
