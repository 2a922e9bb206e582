// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/press.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <unistd.h>

enum { MAX_IDLE_PRESSES = 8, FAMILIES = 3, TEXTS = 256, TEXT_KEY_BYTES = 1024 };

struct text {
    uint64_t offered; /* hash of the key offered last */
    char *key;        /* NULL: nothing is kept */
    size_t n;
    PangoLayout *layout;
};

struct press {
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *fonts[FAMILIES];
    struct text texts[TEXTS];
    struct press *next;
};

/*
 * The fonts are read once for the whole process and never change afterwards;
 * the idle presses are a free list. Both are behind the lock, and hidden here.
 */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static FcConfig *fonts;
static struct press *idle;
static unsigned idle_count;

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps offsets where the leak checker looks for pointers, so whatever cairo's caches still hold looks lost. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
#endif

/* The first family of each kind is what we print in; the others, and then any other file, supply glyphs it does not have. */
static const char *const families[FAMILIES] = {
    "Liberation Serif,Noto Naskh Arabic,DejaVu Serif,DejaVu Sans",
    "Liberation Sans,Noto Naskh Arabic,DejaVu Sans",
    "Liberation Mono,Noto Naskh Arabic,DejaVu Sans Mono,DejaVu Sans",
};

static const char *const files[] = {
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSans-Italic.ttf",
    "LiberationSans-BoldItalic.ttf",
    "LiberationMono-Regular.ttf",
    "LiberationMono-Bold.ttf",
    "LiberationMono-Italic.ttf",
    "LiberationMono-BoldItalic.ttf",
    "DejaVuSerif.ttf",
    "DejaVuSerif-Bold.ttf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
    "DejaVuSansMono.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSansBuginese-Regular.ttf", /* Lontara */
    "NotoSansJavanese-Regular.ttf",
    "NotoSerifBalinese-Regular.ttf",
    "NotoSansSundanese-Regular.ttf",
    "NotoSansBatak-Regular.ttf",
    "NotoSansRejang-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
};

/* Read where it is installed: 56 MB for names that hardly a village has. Without it such names are refused in words. */
static const char *const larger_files[] = {"NotoSerifCJK-Regular.ttc"};

/* The build's copies without hints (dehint.py) come first: same shapes, half the bytes in a PDF. Without them the letters look the same. */
#ifdef PAPER_FONTS
#define BUILT_FONTS PAPER_FONTS ":"
#else
#define BUILT_FONTS ""
#endif
#define DEBIANS(kind, name) "/usr/share/fonts/" kind "/" name
#define OUR_FONTS                                                                                                                       \
    BUILT_FONTS DEBIANS("truetype", "liberation2") ":" DEBIANS("truetype", "liberation") ":" DEBIANS("truetype", "dejavu") ":" DEBIANS( \
        "truetype", "noto") ":" DEBIANS("opentype", "noto")

static enum rc add_file(struct arena *arena, FcConfig *config, struct str dirs, const char *name, bool is_required, struct err *err)
{
    struct str dir;

    while (str_cut(&dirs, ':', &dir)) {
        const char *path = str_z(arena, str_fmt(arena, "%.*s/%s", STR_ARG(dir), name));
        if (dir.n == 0 || access(path, R_OK) != 0)
            continue;
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)path))
            return fail(err, RC_FAULT, "font %s cannot be read", path);
        return RC_OK;
    }
    return is_required ? fail(err, RC_FAULT, "font %s is in none of the font folders", name) : RC_OK;
}

static enum rc read_fonts(FcConfig *config, struct str dirs, struct err *err)
{
    struct arena *arena = arena_new();
    enum rc rc = RC_OK;

    if (str_empty(str_trim(dirs)))
        dirs = STR(OUR_FONTS);
    if (!FcConfigBuildFonts(config))
        rc = fail(err, RC_FAULT, "font configuration cannot be built");
    for (size_t i = 0; i < COUNT_OF(files) && rc == RC_OK; i++)
        rc = add_file(arena, config, dirs, files[i], true, err);
    for (size_t i = 0; i < COUNT_OF(larger_files) && rc == RC_OK; i++)
        rc = add_file(arena, config, dirs, larger_files[i], false, err);
    arena_free(&arena);
    return rc;
}

/* Metrics without hinting, glyphs at exact positions: the layout is the same at every size and on every device. */
static struct press *press_new(FcConfig *config)
{
    struct press *press = g_new0(struct press, 1);
    cairo_font_options_t *options = cairo_font_options_create();

    press->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(press->map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(press->map), 72);
    press->context = pango_font_map_create_context(press->map);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(press->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(press->context, FALSE);
    pango_context_set_base_dir(press->context, PANGO_DIRECTION_LTR);
    pango_context_set_language(press->context, pango_language_from_string("id"));
    pango_cairo_context_set_shape_renderer(press->context, square_draw, NULL, NULL);
    for (int i = 0; i < FAMILIES; i++)
        press->fonts[i] = pango_font_description_from_string(families[i]);
    return press;
}

/* Who makes keys collide makes his own letter slower. */
static struct text *text_at(struct press *press, uint64_t hash)
{
    return &press->texts[(hash ^ hash >> 32) % TEXTS];
}

PangoLayout *press_text_find(struct press *press, struct str key)
{
    if (key.n > TEXT_KEY_BYTES) /* never kept */
        return NULL;
    const struct text *at = text_at(press, str_hash(key));
    return at->key != NULL && str_eq(key, (struct str){at->key, at->n}) ? at->layout : NULL;
}

static void text_forget(struct text *at)
{
    if (at->key == NULL)
        return;
    g_free(at->key);
    g_object_unref(at->layout);
    at->key = NULL;
}

void press_text_offer(struct press *press, struct str key, PangoLayout *layout)
{
    if (key.n > TEXT_KEY_BYTES)
        return;
    const uint64_t hash = str_hash(key);
    struct text *at = text_at(press, hash);
    if (at->offered != hash) {
        at->offered = hash;
        return;
    }
    text_forget(at);
    at->key = g_memdup2(key.p, key.n);
    at->n = key.n;
    at->layout = g_object_ref(layout);
}

static void press_free(struct press *press)
{
    for (size_t i = 0; i < TEXTS; i++)
        text_forget(&press->texts[i]);
    for (int i = 0; i < FAMILIES; i++)
        pango_font_description_free(press->fonts[i]);
    g_object_unref(press->context);
    g_object_unref(press->map);
    g_free(press);
}

bool press_draws(uint32_t c)
{
    pthread_mutex_lock(&lock);
    FcConfig *config = fonts;
    pthread_mutex_unlock(&lock);
    const FcFontSet *set = config == NULL ? NULL : FcConfigGetFonts(config, FcSetApplication); /* never changes once it is there */
    bool has_it = set == NULL;

    for (int i = 0; set != NULL && !has_it && i < set->nfont; i++) {
        FcCharSet *its;

        has_it = FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &its) == FcResultMatch && FcCharSetHasChar(its, c);
    }
    return has_it;
}

enum rc paper_init(struct str font_dirs, struct err *err)
{
    FcConfig *config = FcConfigCreate();
    enum rc rc;

    if (config == NULL)
        return fail(err, RC_FAULT, "font configuration cannot be made");
    rc = read_fonts(config, font_dirs, err);
    if (rc != RC_OK) {
        FcConfigDestroy(config);
        return rc;
    }
    pthread_mutex_lock(&lock);
    if (fonts == NULL) {
        fonts = config;
        config = NULL;
    }
    pthread_mutex_unlock(&lock);
    if (config != NULL) /* called before: the fonts of a process do not change */
        FcConfigDestroy(config);
    return RC_OK;
}

static void press_return(void *arg)
{
    struct press *press = arg;

    pthread_mutex_lock(&lock);
    if (idle_count < MAX_IDLE_PRESSES) {
        press->next = idle;
        idle = press;
        idle_count++;
        press = NULL;
    }
    pthread_mutex_unlock(&lock);
    if (press != NULL)
        press_free(press);
}

enum rc press_borrow(struct arena *arena, struct press **press_out, struct err *err)
{
    struct press *press;
    FcConfig *config;

    pthread_mutex_lock(&lock);
    config = fonts;
    press = idle;
    if (press != NULL) {
        idle = press->next;
        idle_count--;
    }
    pthread_mutex_unlock(&lock);
    if (config == NULL)
        return fail(err, RC_FAULT, "paper_init has not been called");
    if (press == NULL)
        press = press_new(config);
    arena_defer(arena, press_return, press);
    *press_out = press;
    return RC_OK;
}

PangoContext *press_context(struct press *press)
{
    return press->context;
}

const PangoFontDescription *press_font(struct press *press, enum family family)
{
    return press->fonts[family - FAMILY_SERIF];
}
