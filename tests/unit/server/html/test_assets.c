// SPDX-License-Identifier: AGPL-3.0-or-later
/* The built assets: named by content, found by address, small enough, and pointing at nothing outside. */

#include "tests/unit/arena.h"

#include "server/html/asset.h"

static const struct asset *named(const char *name)
{
    const struct asset *asset = asset_find(asset_path(name));

    assert_non_null(asset);
    assert_true(str_is(asset->name, name));
    return asset;
}

/* What a browser that takes gzip loads. */
static size_t sent(const char *name)
{
    const struct asset *asset = named(name);

    return asset->gzip.p != NULL ? asset->gzip.n : asset->bytes.n;
}

static void every_asset_is_named_by_its_content(void **state)
{
    size_t n = 0;

    (void)state;
    for (const struct asset *a = asset_at(0); a != NULL; a = asset_at(++n)) {
        unsigned char hash[HASH_BYTES];

        hash_sha256(a->bytes.p, a->bytes.n, hash);
        assert_true(str_find(a->path, str_hex(arena, hash, 5)) > 0);
        assert_true(str_starts(a->path, STR("/aset/")));
        assert_ptr_equal(asset_find(a->path), a);
        assert_true(a->type.n > 0 && a->bytes.n > 0);
    }
    assert_int_equal(n, 13); /* as many as assets.txt names */
}

static void an_unknown_address_has_no_asset(void **state)
{
    (void)state;
    assert_null(asset_find(STR("/aset/")));
    assert_null(asset_find(STR("/aset/site.css")));
    assert_null(asset_find(STR("/aset/../office.css")));
    assert_null(asset_find(STR("")));
    assert_null(asset_find(STR_NONE));
}

static void packed_ones_are_gzip_and_smaller(void **state)
{
    (void)state;
    for (size_t i = 0; asset_at(i) != NULL; i++) {
        const struct asset *a = asset_at(i);

        if (a->gzip.p == NULL)
            continue;
        assert_true(a->gzip.n > 18 && a->gzip.n < a->bytes.n);
        assert_memory_equal(a->gzip.p, "\x1f\x8b\x08", 3);
    }
    assert_non_null(named("office.css")->gzip.p);
    assert_null(named("font.woff2")->gzip.p);
}

/* The page itself comes on top: 20 kB are left for it. */
static void a_first_visit_stays_small(void **state)
{
    size_t shared = sent("tile.svg") + sent("icons.svg") + sent("favicon.svg") + sent("font.woff2");

    (void)state;
    assert_in_range(shared + sent("site.css"), 1, 40000);
    assert_in_range(shared + sent("office.css") + sent("office.js"), 1, 60000);
}

static void styles_use_only_what_the_policy_lets_in(void **state)
{
    static const char *const sheets[] = {"site.css", "office.css"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(sheets); i++) {
        struct str css = named(sheets[i])->bytes;

        assert_true(str_find(css, STR("data:")) < 0);
        assert_true(str_find(css, STR("http")) < 0);
        assert_true(str_find(css, STR("@import")) < 0);
        assert_true(str_find(css, STR("asset:")) < 0);
        assert_true(str_find(css, str_from(named("tile.svg")->path, 6)) > 0);
        assert_true(str_find(css, str_from(named("font.woff2")->path, 6)) > 0);
    }
}

static void the_sprite_has_the_icons_of_every_surface(void **state)
{
    static const char *const icons[] = {"crest", "file-text", "search-check", "hand-heart", "message-square-warning", "bell-ring"};
    struct str sprite = named("icons.svg")->bytes;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(icons); i++)
        assert_true(str_find(sprite, str_fmt(arena, "<symbol id=\"%s\"", icons[i])) > 0);
    assert_true(str_find(sprite, STR("<script")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_asset_is_named_by_its_content),     cmocka_unit_test(an_unknown_address_has_no_asset),
        cmocka_unit_test(packed_ones_are_gzip_and_smaller),        cmocka_unit_test(a_first_visit_stays_small),
        cmocka_unit_test(styles_use_only_what_the_policy_lets_in), cmocka_unit_test(the_sprite_has_the_icons_of_every_surface),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
