// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The page around a body: document head, header with the band, navigation, who
 * is signed in, DATA CONTOH, footer. Pure: everything it shows is in struct
 * shell; server/web fills it from the request (respond_page). Texts are plain
 * and escaped here; only `body` is markup.
 */
#ifndef BALAI_SHELL_H
#define BALAI_SHELL_H

#include "server/base/base.h"
#include "server/html/html.h"

enum shell_kind {
    SHELL_PLATFORM = 1, /* BASE: list of villages, verification */
    SHELL_PUBLIC,       /* a village's public site */
    SHELL_OFFICE,       /* a village's office */
    SHELL_KELOLA,
    SHELL_DPMD,
    SHELL_KIOSK, /* a village's kiosk: one question a screen, nothing to touch in the header */
    SHELL_BARE   /* header and body only: sign-in, set-up, faults; of any site */
};

/* One entry of the navigation. Permissions differ, so the caller lists what this person may open. */
struct shell_nav {
    const char *href;  /* "/kantor/surat" */
    const char *label; /* "Surat" */
    const char *icon;  /* lucide name; office only */
    const char *group; /* office: heading before this entry ("Situs desa"), NULL: none */
    uint32_t badge;    /* waiting for this person; 0: none */
};
struct shell_navs {
    const struct shell_nav *p;
    size_t n;
};

struct shell {
    enum shell_kind kind;
    struct str title;       /* of the page; the site's name is added */
    struct str description; /* meta description and share card; empty: none */
    struct str canonical;   /* whole address of a public page; empty: none, and robots are told to stay away */
    struct str share_href;  /* whole address of the picture of its card */
    bool is_noindex;        /* robots stay away all the same */

    struct str accent;     /* tarum sagu teluk mengkudu cengkih kakao manggis arang; empty: the kind's own, else teluk */
    bool is_plain;         /* "tanpa hiasan": a kunyit line instead of the woven band */
    struct str name;       /* "Desa Sampano", "Kelola Balai", "Dinas PMD Luwu" */
    struct str place;      /* line under it: "Kecamatan Larompong Selatan, Kabupaten Luwu" */
    struct str crest_href; /* the village's own crest, at most 76 px; empty: the neutral shield */
    struct str home_href;  /* empty: "/", in the office "/kantor" */

    struct str active; /* href of the nav entry this page belongs to; empty: none */
    struct shell_navs nav;
    struct shell_navs footer; /* public: links; empty: the house's own */
    struct str address;       /* public footer: the hall's address, lines separated by \n; empty: none */

    struct str user_name;    /* empty: nobody is signed in */
    struct str user_account; /* what one signs in with */
    struct str user_key;     /* opaque, one an account: by it the browser tells people apart */
    struct str user_role;    /* "Kepala desa" */
    struct str initials;     /* "HB"; empty: made from user_name */
    struct str sign_out;     /* where the sign-out form posts; empty: "/keluar" */
    struct str search;       /* office: where the search form posts (field "cari"); empty: no search box */
    struct str calls;        /* office: where people who call at the kiosk are looked for; empty: no bar of them */
    struct str csrf, once;   /* for these two forms */

    struct str clock, day; /* kiosk: "10.32", "Selasa, 24 November" */
    bool is_kiosk_called;  /* kiosk: a person of the office was asked for */
    bool is_kiosk_late;    /* kiosk: and did not answer */
    struct str here;       /* kiosk: the page's own path, to come back to */
    bool is_kiosk_begun;   /* kiosk: somebody stands there, so the screen is wiped after a while */

    bool is_answer;     /* to a form: nothing that was typed earlier is put back into it */
    bool is_form_path;  /* an answer whose path is also a page: Back and reload ask for that one, not to send the form again */
    bool is_refused;    /* a form was refused at a path that is no page: Back and reload ask for the page that it was on */
    bool is_of_desk;    /* a page without menu at an address of the office: what its forms had is kept by the office's script */
    bool is_sample;     /* DATA CONTOH */
    struct str notice;  /* a kuning bar under the header: read-only, maintenance; empty: none */
    struct str said;    /* what the act before this page did; empty: none */
    struct str said_at; /* empty: it did nothing, and the page warns */
    struct html body;   /* goes into <main> */
};

/* Writes the whole document, from <!doctype html> to </html>. */
void shell_page(struct buf *out, const struct shell *shell);

#endif
