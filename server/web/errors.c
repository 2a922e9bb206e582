// SPDX-License-Identifier: AGPL-3.0-or-later
/* What people read when something did not work: what is wrong, then what to do. */
#include "server/web/error_view.h"
#include "server/web/respond.h"

struct words {
    const char *title, *text;
};

#define BUSY_WORDS                                                                  \
    {                                                                               \
        "Halaman ini sedang ramai", "Tunggu sebentar, lalu muat ulang halaman ini." \
    }

static const struct words words_of[] = {
    [RC_INVALID] = {"Isian belum sesuai", "Kembali ke formulir, lalu periksa isian Anda."},
    [RC_BAD_REQUEST] = {"Permintaan ini tidak kami kenali", "Kembali ke halaman sebelumnya, lalu coba lagi."},
    [RC_FORBIDDEN] = {"Halaman ini bukan untuk akun Anda", "Minta sekretaris desa atau pengelola memberi hak akses."},
    [RC_NOT_FOUND] = {"Halaman ini tidak ada", "Periksa alamatnya, atau mulai lagi dari beranda."},
    [RC_WRONG_METHOD] = {"Halaman ini tidak dibuka dengan cara itu", "Mulai lagi dari beranda."},
    [RC_CONFLICT] = {"Sudah ada yang lebih dulu", "Isian Anda belum tersimpan. Buka lagi halaman ini untuk melihat keadaan terbaru."},
    [RC_DUPLICATE] = {"Data ini sudah ada", "Isian Anda belum tersimpan. Cari data yang sudah ada itu."},
    [RC_TOO_LARGE] = {"Kiriman terlalu besar", "Perkecil berkasnya, lalu kirim lagi."},
    [RC_MISDIRECTED] = {"Alamat ini bukan milik desa mana pun", "Periksa ejaannya, atau cari desa Anda di Balai."},
    [RC_LIMITED] = {"Terlalu banyak percobaan", "Tunggu 10 menit, lalu coba lagi."},
    [RC_READ_ONLY] = {"Sementara hanya bisa dibaca", "Isian Anda belum tersimpan. Coba lagi nanti."},
    [RC_SUSPENDED] = {"Situs desa ini ditutup sementara", "Data desa tetap aman."},
    [RC_PREPARING] = {"Desa ini sedang disiapkan", "Biasanya selesai dalam satu menit. Tunggu sebentar, lalu muat ulang halaman ini."},
    [RC_BUSY] = BUSY_WORDS,
    [RC_UNAVAILABLE] = {"Halaman ini sedang bermasalah, bukan salah Anda", "Tunggu sebentar, lalu muat ulang."},
    [RC_FULL] = {"Penyimpanan penuh, isian Anda belum tersimpan",
                 "Yang sudah tersimpan tetap aman dan bisa dibaca. Pengelola Balai sudah diberi tahu. Coba simpan lagi nanti."},
    [RC_UNSURE] = {"Kami belum tahu apakah isian Anda tersimpan", "Muat ulang halaman ini. Isian yang sama tidak akan tersimpan dua kali."},
    [RC_TIMEOUT] = BUSY_WORDS,
    [RC_CANCELLED] = BUSY_WORDS,
    [RC_AGAIN] = BUSY_WORDS,
    [RC_FENCED] = {"Sudah ada yang lebih dulu", "Buka lagi halaman ini untuk melihat keadaan terbaru."},
    [RC_FAULT] = {"Halaman ini sedang bermasalah, bukan salah Anda", "Tunggu sebentar, lalu muat ulang."},
};

#define KIOSK_AGAIN "Sentuh tombol ini untuk mulai dari awal. Kalau terulang, datangi loket."

/* Who stands at a kiosk has no address, no account and no key to reload with. */
static struct words choose_at_kiosk(const struct request *req, enum rc rc)
{
    if (rc == RC_SIGN_IN)
        return (struct words){"Anjungan ini belum dipasang", "Panggil petugas di loket. Surat Anda bisa diminta di sana."};
    if (rc == RC_LIMITED || rc == RC_READ_ONLY || rc == RC_SUSPENDED || rc == RC_PREPARING || rc == RC_FULL)
        return words_of[rc];
    if (rc_http(rc) >= 500 && !req->is_foreign_post)
        return (struct words){"Sebentar, sedang ada gangguan, bukan salah Anda", KIOSK_AGAIN};
    return (struct words){"Layar ini perlu diulang", KIOSK_AGAIN};
}

#define PUT_AWAY "Bagian ini disembunyikan di pengaturan. Isinya tetap tersimpan, dan bisa ditampilkan lagi kapan saja."

static struct words choose(const struct request *req, enum rc rc)
{
    if (request_is_kiosk(req) && req->village != NULL && req->village->state != VILLAGE_PREPARING && req->village->state != VILLAGE_CLOSED)
        return choose_at_kiosk(req, rc);
    if (req->is_foreign_post)
        return (struct words){"Formulir ini sudah kedaluwarsa",
                              "Isian Anda belum tersimpan. Buka lagi halamannya, lalu kirim sekali lagi."};
    if (req->village != NULL && req->village->state == VILLAGE_PREPARING)
        return (struct words){"Situs desa ini sedang disiapkan", "Kembali lagi nanti."};
    if (req->village != NULL && req->village->state == VILLAGE_CLOSED)
        return (struct words){"Situs desa ini sudah ditutup", "Hubungi kantor desa untuk keperluan Anda."};
    if (req->is_put_away && request_may(req, MAY_SET_VILLAGE))
        return (struct words){"Bagian ini disembunyikan", PUT_AWAY};
    if ((size_t)rc < COUNT_OF(words_of) && words_of[rc].title != NULL)
        return words_of[rc];
    return words_of[RC_FAULT];
}

static struct str retry_after(enum rc rc)
{
    switch (rc) {
    case RC_LIMITED:
        return STR("600");
    case RC_SUSPENDED:
        return STR("3600");
    case RC_READ_ONLY:
    case RC_FULL:
        return STR("60");
    default:
        return rc_http(rc) == 503 ? STR("5") : STR_NONE;
    }
}

/* The sign-in that leads back to what was asked for. */
static struct str sign_in_href(struct request *req)
{
    struct buf to = {.arena = req->arena};
    static const char digits[] = "0123456789ABCDEF";

    buf_put_str(&to, STR("/masuk?ke="));
    for (size_t i = 0; i < req->in.target.n && to.n < 280; i++) {
        unsigned char c = (unsigned char)req->in.target.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' ||
                        c == '.';
        if (is_plain) {
            buf_put_char(&to, (char)c);
            continue;
        }
        buf_put_char(&to, '%');
        buf_put_char(&to, digits[c >> 4]);
        buf_put_char(&to, digits[c & 15]);
    }
    return buf_str(&to);
}

/* RC_SIGN_IN is answered by the sign-in itself, and at a kiosk by its own words. */
static void way_on(struct request *req, enum rc rc, struct error_view *view)
{
    if (rc == RC_SUSPENDED)
        return;
    if (rc == RC_MISDIRECTED || req->site == SITE_NONE) {
        view->href = str_fmt(req->arena, "%.*s/", STR_ARG(platform_origin(req)));
        view->link_label = STR("Buka Balai");
    } else if (request_is_kiosk(req)) {
        view->href = STR("/anjungan");
        view->link_label = STR("Mulai dari awal");
    } else if (req->is_put_away && request_may(req, MAY_SET_VILLAGE)) {
        view->href = STR("/kantor/pengaturan/bagian");
        view->link_label = STR("Atur bagian yang dipakai");
    } else {
        view->href = req->actor.id != 0 && req->site == SITE_VILLAGE ? STR("/kantor") : STR("/");
        view->link_label = STR("Ke beranda");
    }
}

void error_answer(struct request *req, const struct err *err)
{
    if (err->rc == RC_SIGN_IN && req->method == METHOD_POST && !request_is_kiosk(req)) {
        sign_in_again(req);
        log_err("request", err);
        return;
    }
    struct words words = choose(req, err->rc);
    struct buf out = {.arena = req->arena};
    struct error_view view = {.title = str_c(words.title), .text = str_c(words.text)};
    bool has_note = req->village != NULL && (err->rc == RC_SUSPENDED || err->rc == RC_READ_ONLY);

    if (err->rc != RC_SIGN_IN) /* nothing broke: no number to read out */
        view.request_id = req->id;
    if (has_note)
        view.note = req->village->state_note;
    way_on(req, err->rc, &view);
    req->resp = (struct response){.arena = req->arena, .status = rc_http(err->rc), .is_no_cache = true, .is_final = true};
    view.is_kiosk = request_is_kiosk(req);
    view_error(&out, &view);
    struct page page = {
        .title = view.title, .is_bare = req->actor.id == 0 || !str_starts(req->path, STR("/kantor")), .body = html_view(&out)};
    req->resp.type = STR("text/html; charset=utf-8");
    req->resp.body = document_of(req, &page, false);
    req->resp.is_no_cache = true;
    if (retry_after(err->rc).p != NULL)
        response_header(&req->resp, "retry-after", retry_after(err->rc));
    if (err->rc == RC_WRONG_METHOD)
        response_header(&req->resp, "allow",
                        !req->match.has_post  ? STR("GET, HEAD")
                        : !req->match.has_get ? STR("POST")
                                              : STR("GET, HEAD, POST"));
    if (view.is_kiosk)
        response_header(&req->resp, "refresh", STR("15; url=/anjungan")); /* nobody there has to find the way back */
    log_err("request", err);
}

void redirect_to_sign_in(struct request *req)
{
    struct str to = sign_in_href(req);

    req->resp = (struct response){.arena = req->arena};
    if (req->in.is_htmx) { /* the part's place cannot hold a sign-in page: the whole window goes there */
        response_header(&req->resp, "hx-redirect", to);
        req->resp.status = 401;
        req->resp.type = STR("text/html; charset=utf-8");
        req->resp.body = STR("");
        return;
    }
    (void)!respond_redirect(&req->resp, to);
}
