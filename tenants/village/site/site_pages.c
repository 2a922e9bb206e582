// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/site/site_pages.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/site/site_control_sql.h"
#include "tenants/village/site/site_sql.h"
#include "tenants/village/site/site_view.h"

static void put_figures(struct request *req, const struct site_figures *f, struct site_home_view *v)
{
    struct arena *arena = request_arena(req);

    v->has_figures = f->residents_m + f->residents_f > 0;
    v->residents = number_text(arena, (int64_t)f->residents_m + f->residents_f);
    v->men = number_text(arena, f->residents_m);
    v->women = number_text(arena, f->residents_f);
    v->families = number_text(arena, f->families);
    v->figures_at = utc_long(arena, f->computed_at, request_village(req)->zone);
}

/* "Telp. (0471) 21-345 / 0813 …": a press calls the first number of them; empty when there is none. */
static struct str phone_href(struct arena *arena, struct str phone)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < phone.n; i++) {
        char c = phone.p[i];

        if ((c >= '0' && c <= '9') || (c == '+' && out.n == 0))
            buf_put_char(&out, c);
        else if (out.n > 1 && str_find_char(STR(" ()-."), c) < 0)
            break;
    }
    return out.n > 1 ? str_fmt(arena, "tel:%.*s", STR_ARG(buf_str(&out))) : STR("");
}

enum rc site_home_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct village *village = request_village(req);
    struct village_db *db;
    struct site_identity identity;
    struct site_official_rows officials;
    struct site_hamlets hamlets;
    struct site_figures figures;
    bool has_figures;
    struct buf body = {.arena = arena};
    struct site_home_view v = {
        .village = village->name, .district = village->district, .regency = village->regency, .province = village->province};

    TRY(request_village_db(req, &db, err));
    TRY(sql_site_identity(db, &identity, err));
    TRY(sql_site_officials(db, &officials, err));
    TRY(sql_site_hamlets(db, &hamlets, err));
    TRY(sql_site_figures(request_control_db(req), village->code, &figures, &has_figures, err));
    if (has_figures)
        put_figures(req, &figures, &v);
    v.check_href = str_fmt(arena, "%.*s/periksa", STR_ARG(platform_origin(req)));
    v.hamlets = number_text(arena, (int64_t)hamlets.n);
    v.address = identity.office_address;
    v.hours = identity.opening_hours;
    v.phone = identity.phone;
    v.phone_href = phone_href(arena, identity.phone);
    v.email = identity.email;
    v.email_href = str_empty(identity.email) ? STR("") : str_fmt(arena, "mailto:%.*s", STR_ARG(identity.email));
    if (village->lat != 0)
        v.map_href = str_fmt(arena, "https://www.openstreetmap.org/?mlat=%.5f&mlon=%.5f#map=14/%.5f/%.5f", village->lat, village->lng,
                             village->lat, village->lng);
    v.officials.p = ARENA_ARRAY(arena, struct site_person, officials.n);
    v.officials.n = officials.n;
    for (size_t i = 0; i < officials.n; i++)
        v.officials.p[i] = (struct site_person){officials.p[i].name, officials.p[i].position};
    view_site_home(&body, &v);
    const struct page page = {
        .title = str_fmt(arena, "Desa %.*s", STR_ARG(v.village)),
        .active = STR("/"),
        .body = html_view(&body),
        .description = str_fmt(arena, "%s Desa %.*s, Kecamatan %.*s, Kabupaten %.*s: layanan surat%s kantor desa%s.",
                               village->is_sample ? "Data contoh, bukan situs resmi" : "Situs resmi", STR_ARG(v.village),
                               STR_ARG(v.district), STR_ARG(v.regency), v.has_figures ? "," : " dan",
                               v.has_figures ? ", dan angka penduduk" : ""),
    };
    return respond_page(req, resp, &page, err);
}

/* Purpose and requirements stand in the type's own definition. What the office writes for itself ("is_internal") is no service. */
static enum rc put_service(struct arena *arena, const struct site_letter_type *type, struct site_services_view *v, struct err *err)
{
    struct site_service *out = &v->services.p[v->services.n];
    json_t *root, *list;

    TRY(json_read(arena, type->definition, &root, err));
    if (json_bool(root, "is_internal"))
        return RC_OK;
    v->services.n++;
    list = json_object_get(root, "requirements");
    *out = (struct site_service){
        .name = type->name,
        .purpose = json_text(root, "purpose"),
        .is_at_once = str_is(type->policy, "seal"),
        .policy_text = str_is(type->policy, "seal") ? STR("Selesai di tempat")
                                                    : STR("Perlu persetujuan kepala desa, biasanya hari itu juga"),
    };
    out->requirements.n = json_array_size(list);
    out->requirements.p = ARENA_ARRAY(arena, struct str, out->requirements.n);
    for (size_t i = 0; i < out->requirements.n; i++)
        out->requirements.p[i] = str_c(json_string_value(json_array_get(list, i)));
    return RC_OK;
}

enum rc site_services_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct site_identity identity;
    struct site_letter_type_rows types;
    struct buf body = {.arena = arena};
    struct site_services_view v = {.village = request_village(req)->name};

    TRY(request_village_db(req, &db, err));
    TRY(sql_site_identity(db, &identity, err));
    TRY(sql_site_letter_types(db, &types, err));
    v.hours = identity.opening_hours;
    v.services.p = ARENA_ARRAY(arena, struct site_service, types.n);
    for (size_t i = 0; i < types.n; i++)
        TRY(put_service(arena, &types.p[i], &v, err));
    view_site_services(&body, &v);
    const struct page page = {
        .title = STR("Layanan surat"),
        .active = STR("/layanan"),
        .body = html_view(&body),
        .description = str_fmt(arena, "Surat yang bisa diminta di Desa %.*s dan apa yang perlu dibawa.", STR_ARG(v.village))};
    return respond_page(req, resp, &page, err);
}

/* ---- the platform ---- */

/* Each word stands somewhere in what the village is called: "pangi latimojong", "desa sampano", "larompong sel". */
static bool fits(struct arena *arena, const struct village *village, struct str folded_query)
{
    struct str rest = folded_query, word;
    struct str called = text_fold(arena, str_fmt(arena, "desa %.*s kecamatan %.*s kabupaten %.*s", STR_ARG(village->name),
                                                 STR_ARG(village->district), STR_ARG(village->regency)));

    while (str_cut(&rest, ' ', &word))
        if (str_find(called, word) < 0)
            return false;
    return true;
}

static struct str closed_words(const struct village *village)
{
    switch (village->state) {
    case VILLAGE_SUSPENDED:
    case VILLAGE_CLOSED:
    case VILLAGE_PREPARING:
        return village_state_label(village->state);
    default:
        return STR("");
    }
}

/* Villages come ordered by code, so those of a district stand together. */
static size_t put_districts(struct request *req, struct str query, struct platform_home_view *v)
{
    struct arena *arena = request_arena(req);
    struct village_list all = directory_all(request_directory(req), arena);
    struct str folded = text_fold(arena, query);
    struct platform_district *district = NULL;
    const char *scheme = str_starts(platform_origin(req), STR("https:")) ? "https" : "http";
    struct str last_code = STR("");
    size_t found = 0;

    v->districts.p = ARENA_ARRAY(arena, struct platform_district, all.n);
    for (size_t i = 0; i < all.n; i++) {
        const struct village *village = &all.p[i];

        v->regency = village->regency;
        if (!fits(arena, village, folded))
            continue;
        if (district == NULL || !str_eq(village->district_code, last_code)) {
            district = &v->districts.p[v->districts.n++];
            district->name = village->district;
            district->villages.p = ARENA_ARRAY(arena, struct platform_village, all.n - i);
            last_code = village->district_code;
        }
        district->villages.p[district->villages.n++] = (struct platform_village){
            .href = str_fmt(arena, "%s://%.*s/", scheme, STR_ARG(village->host)), .name = village->name, .state = closed_words(village)};
        found++;
    }
    return found;
}

enum rc platform_home_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str query = platform_search_got(req).words;
    struct buf body = {.arena = arena};
    struct platform_home_view v = {.query = query, .has_query = !str_empty(query)};
    size_t found = put_districts(req, query.p != NULL ? query : STR(""), &v);

    v.found = found == 0 ? STR("Tidak ada desa yang cocok") : str_fmt(arena, "%zu desa", found);
    view_platform_home(&body, &v);
    const struct page page = {.title = STR("Daftar desa"),
                              .active = STR("/"),
                              .body = html_view(&body),
                              .description = str_fmt(arena, "Situs resmi desa-desa di Kabupaten %.*s.", STR_ARG(v.regency))};
    return respond_page(req, resp, &page, err);
}
