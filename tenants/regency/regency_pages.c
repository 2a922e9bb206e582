// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "server/paper/sign.h"
#include "tenants/regency/regency_rules.h"
#include "tenants/regency/regency_view.h"
#include "tenants/regency/regency_views.h"

/* A district's own staff see their district, whatever the address says. */
struct str regency_district_of(const struct request *req, struct str asked)
{
    struct str own = request_actor(req)->unit_code;

    if (own.p != NULL && own.n > 0)
        return own;
    if (str_is(request_actor(req)->role, "district"))
        return STR(""); /* an account without its district sees none, not all */
    return asked.p != NULL && asked.n == 6 ? asked : STR_NONE;
}

enum rc regency_overview_read(struct request *req, struct str asked, bool with_samples, struct overview *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct date today = utc_date(request_now(req), request_zone(req));
    struct regency_village_rows rows;

    out->month = str_fmt(arena, "%04d-%02u", today.year, (unsigned)today.month);
    out->month_label = str_fmt(arena, "%s %d", month_name(today.month), today.year);
    out->district = regency_district_of(req, asked);
    TRY(sql_regency_villages(request_control_db(req), out->district, &rows, err));
    out->samples = regency_samples(&rows);
    out->with_samples = with_samples;
    out->lines = regency_lines_of(arena, &rows, out->month, with_samples);
    out->sum = regency_sum_of(&out->lines);
    return RC_OK;
}

/* ---- shared parts of the views ---- */

static struct str number(struct arena *arena, uint64_t n)
{
    return number_text(arena, (int64_t)n);
}

struct str regency_as_of(const struct request *req, const struct regency_sum *sum)
{
    if (sum->newest_at == 0)
        return STR("Belum ada desa yang mengirim angka.");
    struct str newest = utc_long(request_arena(req), sum->newest_at, request_zone(req));

    return str_fmt(request_arena(req), "Angka terbaru %.*s.", STR_ARG(newest));
}

struct stats_view regency_stats(struct arena *arena, const struct overview *o)
{
    struct stats_view stats = {ARENA_ARRAY(arena, struct stat_item, 5), 4};
    const struct regency_sum *s = &o->sum;
    struct date before = regency_month_first(o->month, 1);
    struct str men = number(arena, s->f.men), women = number(arena, s->f.women);
    struct str mean = s->f.families > 0 ? regency_mean(arena, s->f.men + s->f.women, s->f.families) : STR("");

    stats.p[0] = (struct stat_item){.label = STR("Penduduk"),
                                    .value = number(arena, s->f.men + s->f.women),
                                    .note = str_fmt(arena, "L %.*s, P %.*s", STR_ARG(men), STR_ARG(women)),
                                    .help_href = STR("/arti#penduduk")};
    stats.p[1] = (struct stat_item){.label = STR("Keluarga"),
                                    .value = number(arena, s->f.families),
                                    .note = s->f.families > 0 ? str_fmt(arena, "rata-rata %.*s orang", STR_ARG(mean)) : STR(""),
                                    .help_href = STR("/arti#keluarga")};
    stats.p[2] = (struct stat_item){.label = STR("Surat bulan ini"),
                                    .value = number(arena, s->f.letters),
                                    .note = str_fmt(arena, "%.*s, yang berlaku", STR_ARG(o->month_label)),
                                    .help_href = STR("/arti#surat")};
    stats.p[3] = (struct stat_item){.label = STR("Desa mengisi"),
                                    .value = str_fmt(arena, "%" PRIu32 " dari %" PRIu32, s->filled, s->villages),
                                    .note = s->filled < s->villages
                                                ? str_fmt(arena, "%" PRIu32 " belum mengisi penduduk", s->villages - s->filled)
                                                : STR("semua desa ikut dijumlah"),
                                    .help_href = STR("/arti#melapor")};
    if (s->owing > 0)
        stats.p[stats.n++] = (struct stat_item){.label = str_fmt(arena, "Rekapitulasi %s ditutup", month_name(before.month)),
                                                .value = str_fmt(arena, "%" PRIu32 " dari %" PRIu32, s->closed, s->owing),
                                                .note = str_fmt(arena, "batas 10 %s", month_name(regency_due(before).month)),
                                                .help_href = STR("/arti#rekapitulasi")};
    return stats;
}

static void figures_show(struct arena *arena, const struct figures *f, struct regency_cell_row *row)
{
    row->men = number(arena, f->men);
    row->women = number(arena, f->women);
    row->people = number(arena, f->men + f->women);
    row->families = number(arena, f->families);
    row->letters = number(arena, f->letters);
}

/* A figure that nobody published: not 0. */
static void figures_none(struct regency_cell_row *row)
{
    row->men = row->women = row->people = row->families = row->letters = STR("–");
}

static bool sum_is_blank(const struct regency_sum *sum)
{
    return sum->filled == 0 && sum->f.families + sum->f.letters == 0;
}

static struct regency_cell_row sum_row(struct arena *arena, const struct regency_sum *sum, utc_us now)
{
    struct regency_cell_row row = {.code = sum->code, .name = sum->name};

    row.note = str_fmt(arena, "%" PRIu32 " dari %" PRIu32 " desa", sum->filled, sum->villages);
    figures_show(arena, &sum->f, &row);
    if (sum_is_blank(sum))
        figures_none(&row);
    row.age = age_text(arena, sum->oldest_at, now);
    row.age_tone = age_tone(sum->oldest_at, now);
    return row;
}

static struct regency_cell_row line_row(struct arena *arena, const struct regency_line *line, utc_us now)
{
    struct regency_cell_row row = {.href = str_fmt(arena, "/desa/%.*s", STR_ARG(line->code)),
                                   .name = line->name,
                                   .district = line->district,
                                   .is_sample = line->is_sample,
                                   .complete = STR("–")};

    figures_none(&row);
    if (line->has_figures) {
        figures_show(arena, &line->f, &row);
        if (line->f.men + line->f.women > 0)
            row.complete = str_fmt(arena, "%" PRIu32 "%%", line->complete_pct);
    }
    row.age = line->is_hosted ? age_text(arena, line->computed_at, now) : STR("belum memakai Balai");
    row.age_tone = line->is_hosted ? age_tone(line->computed_at, now) : STR("abu");
    return row;
}

struct str regency_href(struct arena *arena, const char *path, struct str order, struct str district, bool with_samples)
{
    struct buf out = {.arena = arena};
    char mark = '?';

    buf_put_str(&out, str_c(path));
    if (order.n > 0) {
        buf_put_str(&out, str_fmt(arena, "%curut=%.*s", mark, STR_ARG(order)));
        mark = '&';
    }
    if (district.n > 0) {
        buf_put_str(&out, str_fmt(arena, "%ckecamatan=%.*s", mark, STR_ARG(district)));
        mark = '&';
    }
    if (with_samples)
        buf_put_str(&out, str_fmt(arena, "%ccontoh=1", mark));
    return buf_str(&out);
}

/* ---- per village ---- */

static const struct {
    enum regency_order order;
    const char *word, *label;
    bool is_number;
} heads[] = {
    {ORDER_NAME, "nama", "Desa", false},
    {ORDER_DISTRICT, "kecamatan", "Kecamatan", false},
    {ORDER_MEN, "l", "Laki-laki", true},
    {ORDER_WOMEN, "p", "Perempuan", true},
    {ORDER_PEOPLE, "penduduk", "Penduduk", true},
    {ORDER_FAMILIES, "keluarga", "Keluarga", true},
    {ORDER_LETTERS, "surat", "Surat bulan ini", true},
    {ORDER_COMPLETE, "lengkap", "Data lengkap", true},
    {ORDER_AGE, "umur", "Umur data", false},
};

/* Figures begin with the largest; a second press turns the order round. */
static void heads_fill(struct arena *arena, struct regency_sorting now, struct str district, bool with_samples,
                       struct regency_villages_view *v)
{
    v->heads.p = ARENA_ARRAY(arena, struct regency_head, COUNT_OF(heads));
    v->heads.n = COUNT_OF(heads);
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        bool is_now = heads[i].order == now.order;
        bool next_down = is_now ? !now.is_down : heads[i].is_number;
        struct str order = str_fmt(arena, "%s%s", next_down ? "-" : "", heads[i].word);

        v->heads.p[i] = (struct regency_head){
            .href = regency_href(arena, "/desa", order, district, with_samples),
            .label = str_c(heads[i].label),
            .sort = !is_now       ? STR("none")
                    : now.is_down ? STR("descending")
                                  : STR("ascending"),
            .is_number = heads[i].is_number,
        };
    }
}

bool regency_may_choose(const struct request *req)
{
    return str_empty(request_actor(req)->unit_code) && !str_is(request_actor(req)->role, "district");
}

enum rc regency_scope_fill(struct request *req, const struct overview *o, const char *action, struct regency_scope *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct regency_district_rows districts;

    *out = (struct regency_scope){
        .action = str_c(action), .may_choose_district = regency_may_choose(req), .with_samples = o->with_samples, .samples = o->samples};
    if (!out->may_choose_district)
        return RC_OK;
    TRY(sql_regency_districts(request_control_db(req), &districts, err));
    out->district = (struct select_view){.name = STR("kecamatan"),
                                         .label = STR("Kecamatan"),
                                         .empty_label = STR("Semua kecamatan"),
                                         .options = {ARENA_ARRAY(arena, struct option, districts.n), districts.n}};
    for (size_t i = 0; i < districts.n; i++)
        out->district.options.p[i] = (struct option){
            .value = districts.p[i].code, .label = districts.p[i].name, .is_selected = str_eq(districts.p[i].code, o->district)};
    return RC_OK;
}

/* Adds nothing to any sum; two hundred such rows hide the others. */
static bool line_is_zero(const struct regency_line *line)
{
    return line->f.men + line->f.women + line->f.families + line->f.letters == 0;
}

enum rc regency_villages_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str order = regency_list_got(req).order;
    struct regency_sorting sorting = regency_sorting_from(order.p != NULL ? order : STR("nama"));
    struct buf out = {.arena = arena};
    struct overview o;

    TRY(regency_overview_read(req, regency_list_got(req).district, regency_list_got(req).with_samples, &o, err));
    regency_sort(&o.lines, sorting);
    struct regency_villages_view v = {
        .question = STR("Angka desa"),
        .as_of = regency_as_of(req, &o.sum),
        .csv_href = regency_href(arena, "/desa.csv", STR(""), o.district, o.with_samples),
        .month_label = o.month_label,
        .stats = regency_stats(arena, &o),
        .sum = sum_row(arena, &o.sum, request_now(req)),
        .empty = {.title = STR("Belum ada desa yang mengisi penduduk di sini"),
                  .text = STR("Ringkasan menyebut desa yang perlu didampingi."),
                  .href = regency_href(arena, "/", STR(""), o.district, o.with_samples),
                  .link_label = STR("Desa yang perlu dibantu")},
    };

    TRY(regency_scope_fill(req, &o, "/desa", &v.scope, err));
    v.scope.order = order.p != NULL ? order : STR("nama");
    heads_fill(arena, sorting, v.scope.may_choose_district ? o.district : STR_NONE, o.with_samples, &v);
    v.rows.p = ARENA_ARRAY(arena, struct regency_cell_row, o.lines.n);
    for (size_t i = 0; i < o.lines.n; i++)
        if (!line_is_zero(&o.lines.p[i]))
            v.rows.p[v.rows.n++] = line_row(arena, &o.lines.p[i], request_now(req));
    v.left_out = o.lines.n - v.rows.n;
    view_regency_villages(&out, &v);
    const struct page page = {.title = STR("Angka desa"), .active = STR("/desa"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

/* ---- per district ---- */

enum rc regency_districts_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct overview o;

    TRY(regency_overview_read(req, STR_NONE, regency_district_got(req).with_samples, &o, err));
    struct regency_sums sums = regency_sums_by_district(arena, &o.lines);
    struct regency_districts_view v = {
        .question = STR("Angka kecamatan"),
        .as_of = regency_as_of(req, &o.sum),
        .csv_href = regency_href(arena, "/desa.csv", STR(""), STR_NONE, o.with_samples),
        .month_label = o.month_label,
        .stats = regency_stats(arena, &o),
        .sum = sum_row(arena, &o.sum, request_now(req)),
    };

    TRY(regency_scope_fill(req, &o, "/kecamatan", &v.scope, err));
    v.scope.may_choose_district = false; /* all of them are here */
    v.rows.p = ARENA_ARRAY(arena, struct regency_cell_row, sums.n);
    v.blanks.p = ARENA_ARRAY(arena, struct regency_name, sums.n);
    for (size_t i = 0; i < sums.n; i++) {
        const struct regency_sum *sum = &sums.p[i];
        struct str href = regency_href(arena, "/desa", STR(""), sum->code, o.with_samples);

        if (sum_is_blank(sum)) {
            v.blanks.p[v.blanks.n++] = (struct regency_name){href, sum->name};
            continue;
        }
        v.rows.p[v.rows.n] = sum_row(arena, sum, request_now(req));
        v.rows.p[v.rows.n++].href = href;
    }
    view_regency_districts(&out, &v);
    const struct page page = {.title = STR("Angka kecamatan"), .active = STR("/kecamatan"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

/* ---- CSV ---- */

enum rc regency_csv_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str today = date_iso(arena, utc_date(request_now(req), request_zone(req)));
    struct overview o;

    TRY(regency_overview_read(req, regency_csv_got(req).district, regency_csv_got(req).with_samples, &o, err));
    return respond_bytes(resp, STR("text/csv; charset=utf-8"), regency_csv(arena, &o.lines, o.month, request_zone(req)),
                         str_fmt(arena, "angka-desa-%.*s.csv", STR_ARG(today)));
}

/* ---- what the figures mean ---- */

static const struct meaning meanings[] = {
    {"penduduk", "Penduduk, laki-laki dan perempuan", "Warga yang tercatat hidup dan masih menjadi warga desa itu saat angka dikirim.",
     "Desa menghitung warga dengan status dasar hidup, dipisah menurut jenis kelamin.",
     "Ini angka pencatatan desa, bukan angka Dukcapil. Warga yang meninggal atau pindah baru berkurang setelah dicatat desa."},
    {"keluarga", "Keluarga", "Banyaknya kartu keluarga yang masih mempunyai anggota hidup.",
     "Desa menghitung nomor KK yang dipakai sedikitnya satu warga hidup.",
     "KK yang kepalanya meninggal tetap terhitung selama anggotanya masih ada."},
    {"surat", "Surat bulan ini", "Surat yang terbit bulan ini menurut waktu setempat dan tidak dicabut.",
     "Desa menghitung surat bernomor yang terbit sejak tanggal 1. Konsep dan surat yang menunggu tidak terhitung.",
     "Surat yang dicabut berkurang dari angka bulan terbitnya."},
    {"lengkap", "Data lengkap", "Bagian warga hidup yang isian pokoknya sudah ada.",
     "Warga dengan NIK tetap, nomor KK dan tanggal lahir, dibagi semua warga hidup.",
     "Lengkap belum tentu benar. Isian yang salah dilihat di layar desa."},
    {"umur", "Umur data", "Lama waktu sejak desa terakhir mengirim angkanya.",
     "Setiap perubahan di desa mengirim angka baru, biasanya dalam satu menit. Tanpa perubahan, angka dikirim ulang setiap jam.",
     "Lebih dari satu hari berarti desa itu sedang terganggu. Hubungi relawan ForSID."},
    {"rekapitulasi", "Rekapitulasi ditutup", "Desa yang sudah menutup Buku Rekapitulasi Penduduk (B.3) bulan lalu.",
     "Desa yang sudah mencatat penduduk sebelum bulan itu berakhir, dan yang menutup bukunya di menu Buku.",
     "Batasnya tanggal 10 bulan berikutnya. Buku yang ditutup tidak berubah lagi; yang terlambat dicatat masuk bulan berikutnya."},
    {"bantuan", "Perlu perhatian", "Desa yang salah satu pekerjaannya tersendat, dengan sebabnya.",
     "Angka terhenti sehari, tidak dipakai 7 hari, surat menunggu 2 hari, tanpa surat 14 hari, kepala desa tanpa akun, baris impor "
     "ditolak, "
     "data lengkap di bawah 80%. Yang terberat di atas.",
     "Desa yang belum mengisi penduduk disebut tersendiri, karena belum bisa dinilai."},
    {"contoh", "Desa contoh", "Desa latihan dengan penduduk karangan, ditandai DATA CONTOH.",
     "Tidak ikut dalam daftar, jumlah kecamatan dan jumlah kabupaten, kecuali Ikutkan desa contoh dipilih. Berkas CSV menandainya pada "
     "kolom contoh.",
     "Jangan memakai jumlah yang memuat desa contoh sebagai laporan."},
    {"melapor", "Desa melapor", "Desa yang angkanya ikut dalam jumlah di halaman ini.",
     "Desa yang pernah mengirim angka, dari semua desa menurut kode wilayah resmi. Kelurahan dan desa contoh tidak dihitung.",
     "Jumlah kecamatan dan kabupaten hanya memuat desa yang sudah melapor."},
};

enum rc regency_meaning_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct regency_meaning_view v = {.meanings = {meanings, COUNT_OF(meanings)}};
    struct regency_authority authority;
    struct seal_facts facts;
    bool is_there;

    TRY(sql_regency_authority(request_control_db(req), &authority, &is_there, err));
    if (is_there) {
        TRY(seal_facts_of(request_arena(req), authority.certificate, &facts, err));
        v.fingerprint = facts.fingerprint;
    }
    view_regency_meaning(&out, &v);
    const struct page page = {.title = STR("Arti setiap angka"), .active = STR("/arti"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}
