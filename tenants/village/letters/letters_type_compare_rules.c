// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_type_compare.h"

enum { LINES_MOST = 1500, AROUND = 2 };

/* ---- texts ---- */

struct texts {
    struct str *p;
    size_t n;
};

static struct texts lines_of(struct arena *arena, struct str text)
{
    struct str rest = text, line;
    struct texts lines = {0};
    size_t room = 0;

    while (text.n > 0 && str_cut(&rest, '\n', &line)) {
        ARENA_MORE(arena, lines.p, lines.n, room, 64);
        lines.p[lines.n++] = line;
    }
    return lines;
}

/* The longest common rest from each pair of lines on; NULL: they are too many to be laid beside each other. */
static uint16_t *common_rests(struct arena *arena, const struct texts *a, const struct texts *b)
{
    const size_t width = b->n + 1;
    uint16_t *length;

    if (a->n > LINES_MOST || b->n > LINES_MOST)
        return NULL;
    length = ARENA_ARRAY(arena, uint16_t, (a->n + 1) * width);
    for (size_t i = a->n; i-- > 0;)
        for (size_t k = b->n; k-- > 0;) {
            const uint16_t down = length[(i + 1) * width + k], right = length[i * width + k + 1];

            length[i * width + k] = str_eq(a->p[i], b->p[k]) ? (uint16_t)(length[(i + 1) * width + k + 1] + 1)
                                    : down > right           ? down
                                                             : right;
        }
    return length;
}

static struct letter_compared_line line_as(enum letter_compared kind, struct str text)
{
    return (struct letter_compared_line){.label = text,
                                         .word = kind == COMPARED_ADDED     ? STR("Ditambah")
                                                 : kind == COMPARED_REMOVED ? STR("Dihapus")
                                                                            : STR(""),
                                         .is_added = kind == COMPARED_ADDED,
                                         .is_removed = kind == COMPARED_REMOVED};
}

/* Every line of both, in order. */
static struct letter_compared_lines merged(struct arena *arena, const struct texts *a, const struct texts *b)
{
    const uint16_t *length = common_rests(arena, a, b);
    const size_t width = b->n + 1;
    struct letter_compared_lines out = {.p = ARENA_ARRAY(arena, struct letter_compared_line, a->n + b->n)};
    size_t i = 0, k = 0;

    while (i < a->n || k < b->n)
        if (i < a->n && k < b->n && length != NULL && str_eq(a->p[i], b->p[k])) {
            out.p[out.n++] = line_as(COMPARED_SAME, a->p[i]);
            i++;
            k++;
        } else if (k == b->n || (i < a->n && (length == NULL || length[(i + 1) * width + k] >= length[i * width + k + 1])))
            out.p[out.n++] = line_as(COMPARED_REMOVED, a->p[i++]);
        else
            out.p[out.n++] = line_as(COMPARED_ADDED, b->p[k++]);
    return out;
}

static bool is_near_change(const struct letter_compared_lines *lines, size_t at)
{
    for (size_t i = at > AROUND ? at - AROUND : 0; i <= at + AROUND && i < lines->n; i++)
        if (lines->p[i].is_added || lines->p[i].is_removed)
            return true;
    return false;
}

struct letter_compared_lines letter_compare_texts(struct arena *arena, struct str before, struct str after)
{
    const struct texts a = lines_of(arena, before), b = lines_of(arena, after);
    const struct letter_compared_lines all = merged(arena, &a, &b);
    struct letter_compared_lines out = {.p = ARENA_ARRAY(arena, struct letter_compared_line, all.n + 1)};

    for (size_t i = 0; i < all.n;) {
        size_t skipped = 0;

        while (i < all.n && !is_near_change(&all, i)) {
            skipped++;
            i++;
        }
        if (skipped > 0)
            out.p[out.n++] = (struct letter_compared_line){.label = str_fmt(arena, "%zu baris sama", skipped), .is_gap = true};
        if (i < all.n)
            out.p[out.n++] = all.p[i++];
    }
    return out.n == 1 && out.p[0].is_gap ? (struct letter_compared_lines){0} : out;
}

/* ---- questions ---- */

static const char *kind_words(enum field_kind kind)
{
    switch (kind) { /* a kind without its words is refused by the compiler */
    case FIELD_LINE:
        return "satu baris";
    case FIELD_AREA:
        return "beberapa baris";
    case FIELD_YEAR:
        return "tahun";
    case FIELD_NUMBER:
        return "angka";
    case FIELD_MONEY:
        return "uang";
    case FIELD_DATE:
        return "tanggal";
    case FIELD_DAY_DATE:
        return "hari dan tanggal";
    case FIELD_TIME:
        return "jam";
    case FIELD_SELECT:
        return "pilihan";
    case FIELD_NIK:
        return "NIK";
    case FIELD_LIST:
        return "daftar";
    case FIELD_PERSON:
        return "orang";
    case FIELD_FOLLOWERS:
        return "anggota keluarga";
    }
    return "";
}

/* Of a list how many lines, of a number how much. */
static void put_range(struct buf *out, const struct letter_field *f)
{
    const bool is_list = f->kind == FIELD_LIST;

    if (f->least.is_set)
        buf_fmt(out, ", paling %s %" PRIu64 "%s", is_list ? "sedikit" : "kecil", f->least.value, is_list ? " baris" : "");
    if (f->most.is_set)
        buf_fmt(out, ", paling %s %" PRIu64 "%s", is_list ? "banyak" : "besar", f->most.value, is_list ? " baris" : "");
}

/* What its answer is held against. */
static void put_bounds(struct buf *out, const struct letter_field *f)
{
    static const char *const known[] = {
        [KNOWN_BIRTH] = "tanggal lahir", [KNOWN_DEATH] = "tanggal meninggal", [KNOWN_DEATH_PLACE] = "tempat meninggal"};

    if (f->is_past)
        buf_fmt(out, ", hari ini atau sebelumnya%s", f->before_birth ? ", boleh sebelum lahir" : "");
    if (f->is_ahead)
        buf_fmt(out, ", biasanya hari ini atau sesudahnya");
    if (!str_empty(f->not_before))
        buf_fmt(out, ", tidak sebelum %.*s", STR_ARG(f->not_before));
    if (!str_empty(f->first_day))
        buf_fmt(out, ", hari dari %.*s sampai %.*s", STR_ARG(f->first_day), STR_ARG(f->last_day));
    if (f->known != KNOWN_NOT)
        buf_fmt(out, ", menurut data: %s", known[f->known]);
    if (f->from_age.is_set)
        buf_fmt(out, ", sejak umur %" PRIu64 " tahun", f->from_age.value);
    if (!str_empty(f->whose))
        buf_fmt(out, ", tentang %.*s", STR_ARG(f->whose));
    if (f->is_phone)
        buf_fmt(out, ", nomor telepon");
    if (f->is_kk)
        buf_fmt(out, ", nomor Kartu Keluarga pemohon");
    if (!str_empty(f->name_in))
        buf_fmt(out, ", nama pemiliknya di %.*s", STR_ARG(f->name_in));
}

/* Who a person may be. */
static void put_who(struct buf *out, const struct letter_field *f)
{
    static const char *const relations[] = {[RELATION_NONE] = "",
                                            [RELATION_FATHER] = ", ayah",
                                            [RELATION_MOTHER] = ", ibu",
                                            [RELATION_SPOUSE] = ", suami atau istri",
                                            [RELATION_HEAD] = ", kepala keluarga",
                                            [RELATION_CHILD] = ", anak",
                                            [RELATION_BETROTHED] = ", calon suami atau istri",
                                            [RELATION_HEIR] = ", ahli waris"};

    buf_fmt(out, "%s%s", relations[f->relation], f->must_be_dead ? ", sudah meninggal" : "");
    if (!str_empty(f->to))
        buf_fmt(out, " dari %.*s", STR_ARG(f->to));
    for (size_t i = 0; i < f->relation_by.n; i++)
        buf_fmt(out, "%s %.*s", relations[f->relation_by.p[i].relation], STR_ARG(f->relation_by.p[i].option));
    if (f->traits.sex != 0)
        buf_fmt(out, ", %s", f->traits.sex == SEX_FEMALE ? "perempuan" : "laki-laki");
    buf_put_str(out, letter_traits_told(out->arena, &f->traits));
}

/* Of a move: what says its class, its kind and the card of those who stay; and whether the list of who goes along begins with the subject.
 */
static void put_move(struct buf *out, const struct letter_form *form, const struct letter_field *f)
{
    for (size_t i = 0; i < f->places.n; i++)
        buf_fmt(out, "%s%.*s", i == 0 ? ", menurut tempat di " : ", ", STR_ARG(f->places.p[i]));
    for (size_t i = 0; i < f->within.n; i++)
        buf_fmt(out, "%s%.*s", i == 0 ? ", di dalam desa menurut " : ", ", STR_ARG(f->within.p[i]));
    if (f->kind != FIELD_FOLLOWERS)
        return;
    if (f->with_subject)
        buf_fmt(out, ", pemohon ikut terdaftar paling atas");
    if (!str_empty(form->moving))
        buf_fmt(out, ", dicocokkan dengan jenis pindah di %.*s", STR_ARG(form->moving));
    if (!str_empty(form->left))
        buf_fmt(out, ", yang tidak pindah di %.*s", STR_ARG(form->left));
}

/* All that a question says, so that two that say the same are the same: "Keperluan: satu baris, wajib, paling banyak 120 huruf". */
static struct str told(struct arena *arena, const struct letter_form *form, const struct letter_field *f)
{
    struct buf out = {.arena = arena};

    buf_fmt(&out, "%.*s: %s, %s", STR_ARG(f->label), kind_words(f->kind), f->is_required ? "wajib" : "boleh kosong");
    if (f->kind == FIELD_LINE || f->kind == FIELD_AREA)
        buf_fmt(&out, ", paling banyak %" PRIu32 " huruf", f->max);
    put_range(&out, f);
    if (f->decimals > 0)
        buf_fmt(&out, ", %" PRIu32 " angka di belakang koma", f->decimals);
    if (!str_empty(f->unit))
        buf_fmt(&out, ", dalam %.*s", STR_ARG(f->unit));
    put_bounds(&out, f);
    put_who(&out, f);
    put_move(&out, form, f);
    for (size_t i = 0; i < f->options.n; i++)
        buf_fmt(&out, "%s%.*s", i == 0 ? "; pilihan: " : ", ", STR_ARG(f->options.p[i]));
    for (size_t i = 0; i < f->fits.n; i++)
        buf_fmt(&out, "%s%.*s", i == 0 ? "; untuk siapa: " : ", ", STR_ARG(f->fits.p[i]));
    for (size_t i = 0; !str_empty(f->only.field) && i < f->only.values.n; i++)
        buf_fmt(&out, "%s%.*s", i == 0 ? "; hanya bila " : " atau ", STR_ARG(f->only.values.p[i]));
    if (!str_empty(f->hint))
        buf_fmt(&out, "; petunjuk: %.*s", STR_ARG(f->hint));
    return buf_str(&out);
}

/* Whether it is for people from elsewhere too. */
static struct str outside_told(const struct letter_form *form)
{
    const struct letter_field *boxes = form->is_outside ? form->fields : form->fields - form->n_outside;

    for (size_t i = 0; i < form->n_outside; i++)
        if (str_is(boxes[i].name, LETTER_SUBJECT PERSON_STAY) && boxes[i].is_required)
            return STR("ya, yang tinggal di desa untuk sementara");
    return form->n_outside > 0 ? STR("ya") : STR("tidak");
}

struct letter_compared_lines letter_compare_questions(struct arena *arena, const struct letter_form *before,
                                                      const struct letter_form *after)
{
    struct letter_compared_lines out = {.p = ARENA_ARRAY(arena, struct letter_compared_line, before->n_fields + after->n_fields + 1)};
    const struct str outside = outside_told(before), outside_now = outside_told(after);

    if (!str_eq(outside, outside_now))
        out.p[out.n++] = (struct letter_compared_line){
            .label = STR("Juga untuk orang luar desa"), .before = outside, .after = outside_now, .word = STR("Berubah")};
    for (size_t i = 0; i < after->n_fields; i++) {
        const struct letter_field *now = &after->fields[i], *was = letter_field_called(before, now->name);
        const struct str words = told(arena, after, now), old = was != NULL ? told(arena, before, was) : STR("");

        if (!str_eq(words, old))
            out.p[out.n++] = (struct letter_compared_line){
                .label = now->label, .before = old, .after = words, .word = was == NULL ? STR("Ditambah") : STR("Berubah")};
    }
    for (size_t i = 0; i < before->n_fields; i++)
        if (letter_field_called(after, before->fields[i].name) == NULL)
            out.p[out.n++] = (struct letter_compared_line){
                .label = before->fields[i].label, .before = told(arena, before, &before->fields[i]), .word = STR("Dihapus")};
    return out;
}
