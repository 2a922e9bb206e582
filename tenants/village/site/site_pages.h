// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_SITE_PAGES_H
#define BALAI_SITE_PAGES_H

#include "server/web/village.h"

handler_fn site_home_page, site_services_page, platform_home_page;

struct site_person {
    struct str name, position;
};

struct site_home_view {
    struct str village, district, regency, province;
    struct str address, phone, phone_href, email, email_href, hours, map_href;
    struct str check_href; /* the platform's page about QR codes */
    bool has_figures;
    struct str residents, men, women, families, hamlets, figures_at;
    struct {
        struct site_person *p;
        size_t n;
    } officials;
};

struct site_service {
    struct str name, purpose, policy_text;
    bool is_at_once;
    struct {
        struct str *p;
        size_t n;
    } requirements;
};

struct site_services_view {
    struct str village, hours;
    struct {
        struct site_service *p;
        size_t n;
    } services;
};

struct platform_village {
    struct str href, name, state; /* state: words when it is not open, else empty */
};

struct platform_district {
    struct str name;
    struct {
        struct platform_village *p;
        size_t n;
    } villages;
};

struct platform_home_view {
    struct str regency, query;
    bool has_query;
    struct str found; /* "3 desa cocok" */
    struct {
        struct platform_district *p;
        size_t n;
    } districts;
};

#endif
