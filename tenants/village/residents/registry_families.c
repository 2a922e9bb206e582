// SPDX-License-Identifier: AGPL-3.0-or-later
/* The plan's areas and families: who heads them, where they stand, what their address becomes. */
#include <stdarg.h>
#include <stdio.h>

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/registry_plan.h"

static void add(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, bool is_mismatch, const char *format,
                va_list args) __attribute__((format(printf, 6, 0)));

/* The format with its values left out. */
static struct str cause_of(struct arena *arena, const char *format)
{
    struct buf out = {.arena = arena};

    for (const char *c = format; *c != '\0'; c++) {
        if (*c != '%') {
            buf_put_char(&out, *c);
            continue;
        }
        while (*c != '\0' && strchr("sud", *c) == NULL)
            c++;
        buf_put_str(&out, STR("…"));
    }
    return buf_str(&out);
}

static void add(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, bool is_mismatch, const char *format,
                va_list args)
{
    struct resident_row *r = &p->file->rows[row].r;
    struct arena *arena = p->file->scratch;
    struct str value = STR("");
    char text[1500];

    vsnprintf(text, sizeof text, format, args);
    if (column_rules[column].kind == KIND_CODE && *row_code(r, column) != 0)
        value = code_label(column_rules[column].list, *row_code(r, column));
    else if (kind_is_date(column_rules[column].kind))
        value = date_short(arena, *row_date(r, column));
    else if (column_rules[column].kind != KIND_CODE)
        value = *row_text(r, column);
    if (column == COLUMN_NIK && p->file->rows[row].is_nik_zero && p->file->rows[row].filled & UINT64_C(1) << COLUMN_NIK)
        value = STR("0");
    if (!is_warning)
        *(is_mismatch ? &p->work[row].mismatches : &p->work[row].errors) += 1;
    registry_fault_add(p->file, &(struct registry_fault){.row = row,
                                                         .column = column,
                                                         .is_warning = is_warning,
                                                         .is_mismatch = is_mismatch,
                                                         .value = value.p != NULL ? value : STR(""),
                                                         .text = utf8_part(arena, str_c(text), 300),
                                                         .cause = cause_of(p->file->scratch, format)});
}

void plan_fault(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(p, row, column, is_warning, false, format, args);
    va_end(args);
}

void plan_mismatch(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(p, row, column, is_warning, true, format, args);
    va_end(args);
}

/* ---- heads ---- */

struct family_heads {
    uint32_t first_row; /* of the file's living heads; row + 1 */
    uint32_t n_rows;    /* of them */
    uint32_t n_known;   /* living heads in the registry of whom no kept row speaks */
    uint32_t speaker;   /* first kept row of somebody living in the family + 1 */
    uint32_t doubtful;  /* kept rows, head or not, whose KK number may have lost its last digit */
    uint32_t n_sure;    /* of n_rows: the others */
    uint32_t living;    /* who lives in it when all is written */
};

static bool is_head(const struct resident_row *r)
{
    return r->family_role == SHDK_HEAD && r->basic_status == STATUS_ALIVE;
}

struct heads {
    struct text_index *by_kk;
    struct family_heads *p;
    size_t n;
};

static struct family_heads *heads_of(struct heads *heads, struct str kk)
{
    bool found;
    ptrdiff_t *slot = text_index_slot(heads->by_kk, kk, &found);

    if (!found)
        *slot = (ptrdiff_t)heads->n++;
    return &heads->p[*slot];
}

static void count_heads(struct planning *p, struct heads *heads)
{
    const struct registry *registry = p->registry;

    if (heads->by_kk == NULL) {
        heads->by_kk = text_index_new(p->file->arena, p->file->n_rows);
        heads->p = ARENA_ARRAY(p->file->arena, struct family_heads, 2 * p->file->n_rows + 1);
    }
    memset(heads->p, 0, heads->n * sizeof *heads->p);
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        if (str_empty(work->r.kk_no))
            continue;
        struct family_heads *family = heads_of(heads, work->r.kk_no);
        if (work->known != NOT_KNOWN && !p->file->rows[i].has_error) {
            const struct str left = registry->residents[work->known].r.kk_no;
            p->touched[work->known] = i + 1;
            if (!str_empty(left))
                heads_of(heads, left); /* who stays there is counted, too */
        }
        family->living += !p->file->rows[i].has_error && work->r.basic_status == STATUS_ALIVE;
        if (!p->file->rows[i].has_error && work->r.basic_status == STATUS_ALIVE && family->speaker == 0)
            family->speaker = i + 1;
        bool is_doubtful = p->file->rows[i].doubtful & UINT64_C(1) << COLUMN_KK;
        family->doubtful += is_doubtful && !p->file->rows[i].has_error;
        if (!is_head(&work->r) || work->is_copy || (is_doubtful && p->file->rows[i].has_error))
            continue;
        if (work->is_kept) { /* the registry's head, not the file's */
            family->n_known++;
            continue;
        }
        family->n_rows++;
        family->n_sure += !is_doubtful;
        if (family->first_row == 0)
            family->first_row = i + 1;
    }
    for (size_t i = 0; i < registry->n_residents; i++) {
        const struct resident_row *r = &registry->residents[i].r;
        ptrdiff_t at = p->touched[i] == 0 && r->basic_status == STATUS_ALIVE ? text_index_get(heads->by_kk, r->kk_no) : NOT_KNOWN;
        if (at == NOT_KNOWN)
            continue;
        heads->p[at].living++;
        heads->p[at].n_known += is_head(r);
    }
}

/* Two heads under a KK number that may be cut are two families: the rows that bring that number are left out, heads and members. */
static bool refuse_merged(struct planning *p, struct heads *heads)
{
    bool refused = false;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct registry_row *row = &p->file->rows[i];
        if (!(row->doubtful & UINT64_C(1) << COLUMN_KK) || row->has_error)
            continue;
        const struct family_heads *family = heads_of(heads, p->work[i].r.kk_no);
        if (family->n_rows + family->n_known < 2)
            continue;
        plan_fault(p, i, COLUMN_KK, false,
                   "Nomor KK ini mungkin kehilangan angka terakhir: %u kepala keluarga memakainya. Ubah format "
                   "kolom menjadi Teks, lalu ketik ulang.",
                   family->n_rows + family->n_known);
        refused = true;
    }
    return refused;
}

/* True when a row was refused: whoever it spoke of stays as the registry has it, which may be a head elsewhere. */
static bool refuse_second_heads(struct planning *p, struct heads *heads)
{
    bool refused = false;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct work *work = &p->work[i];
        if (str_empty(work->r.kk_no) || !is_head(&work->r) || work->is_second_head || work->is_copy || work->is_kept)
            continue;
        const struct family_heads *family = heads_of(heads, work->r.kk_no);
        bool is_known_head = work->known != NOT_KNOWN && p->touched[work->known] == 0;
        if (p->file->rows[i].doubtful & UINT64_C(1) << COLUMN_KK || (family->doubtful > 0 && family->n_sure < 2))
            continue; /* said of the number, not of the head */
        if (family->n_rows > 1)
            plan_fault(p, i, COLUMN_FAMILY_ROLE, false, "KK ini punya %u kepala keluarga di berkas ini. Sisakan satu.", family->n_rows);
        else if (family->n_known > 0 && !is_known_head)
            plan_fault(p, i, COLUMN_FAMILY_ROLE, false, "KK ini sudah punya kepala keluarga lain di data desa.");
        else
            continue;
        refused = work->is_second_head = true;
    }
    return refused;
}

/* The head stays where the registry has it, with role and place. */
static void hold_head(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;
    const bool leaves = !str_eq(known->kk_no, work->r.kk_no);

    if (leaves)
        plan_fault(
            p, i, COLUMN_KK, true,
            "Warga ini kepala KK %.*s, dan anggotanya masih ada. KK, hubungan dan wilayahnya tidak diubah dari berkas: tentukan dulu "
            "kepala yang baru.",
            STR_ARG(known->kk_no));
    else
        plan_fault(p, i, COLUMN_FAMILY_ROLE, true,
                   "Warga ini satu-satunya kepala keluarga KK ini. Hubungannya tidak diubah dari berkas: tentukan dulu kepala yang baru.");
    work->is_kept = true;
    work->r.family_role = known->family_role;
    if (!leaves)
        return;
    work->r.kk_no = known->kk_no;
    work->r.address = STR("");
    work->r.hamlet = known->hamlet;
    work->r.rw = known->rw;
    work->r.rt = known->rt;
}

static bool has_head(const struct planning *p, const struct family_heads *family)
{
    return family->n_known > 0 || (family->n_rows == 1 && !p->file->rows[family->first_row - 1].has_error);
}

/* True when a row was held: a family would have lost its head while others live in it. */
static bool hold_heads(struct planning *p, struct heads *heads)
{
    bool held = false;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
        if (known == NULL || p->file->rows[i].has_error || !is_head(known) || str_empty(known->kk_no) ||
            (is_head(&work->r) && str_eq(known->kk_no, work->r.kk_no)))
            continue;
        const struct family_heads *family = heads_of(heads, known->kk_no);
        if (has_head(p, family) || family->living == 0)
            continue;
        hold_head(p, i);
        held = true;
    }
    return held;
}

/* Until nothing more is refused or held. A chain longer than this was made on purpose: then no row may name a head. */
static void settle_heads(struct planning *p, struct heads *heads)
{
    enum { ROUNDS = 50 };
    bool is_any_refused;
    int round = 0;

    do {
        memset(p->touched, 0, p->registry->n_residents * sizeof *p->touched);
        count_heads(p, heads);
        is_any_refused = !p->choice->is_trusted && refuse_merged(p, heads);
        if (!p->choice->is_trusted && refuse_second_heads(p, heads))
            is_any_refused = true;
        if (!p->choice->is_trusted && !is_any_refused)
            is_any_refused = hold_heads(p, heads);
    } while (is_any_refused && ++round < ROUNDS);
    for (uint32_t i = 0; i < p->file->n_rows && round == ROUNDS; i++)
        if (is_head(&p->work[i].r) && !p->work[i].is_second_head)
            plan_fault(p, i, COLUMN_FAMILY_ROLE, false, "Terlalu banyak kepala keluarga yang saling bertukar KK. Bagi berkasnya.");
}

/* After the refusals: a family that had no head before gets none. */
static void warn_headless(struct planning *p, const struct heads *heads)
{
    for (size_t k = 0; k < heads->n; k++) {
        const struct family_heads *family = &heads->p[k];
        if (!has_head(p, family) && family->living > 0 && family->speaker > 0 && !p->file->rows[family->speaker - 1].has_error)
            plan_fault(p, family->speaker - 1, COLUMN_KK, true, "KK ini tidak punya kepala keluarga di berkas ini maupun di data desa.");
    }
}

/* Somebody else heads a family that stays: on the form that is an act of its own, so a file's is told with both names. */
static void warn_other_heads(struct planning *p, struct heads *heads)
{
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
        if (known == NULL || p->file->rows[i].has_error || !is_head(known) || is_head(&work->r) || !str_eq(known->kk_no, work->r.kk_no) ||
            str_empty(known->kk_no))
            continue;
        const struct family_heads *family = heads_of(heads, work->r.kk_no);
        if (family->n_rows == 1 && !p->file->rows[family->first_row - 1].has_error)
            plan_fault(p, i, COLUMN_FAMILY_ROLE, true,
                       "Kepala keluarga ini berganti: di data desa %.*s, di berkas %.*s. Cocokkan dengan Kartu Keluarga yang baru.",
                       STR_ARG(utf8_part(p->file->scratch, known->name, 60)),
                       STR_ARG(utf8_part(p->file->scratch, p->work[family->first_row - 1].r.name, 60)));
    }
}

/* ---- areas ---- */

/* In the scratch arena. */
static struct str area_key(const struct planning *p, struct str hamlet, struct str rw, struct str rt)
{
    arena_reset(p->file->scratch);
    return str_fmt(p->file->scratch, "%.*s|%.*s|%.*s", STR_ARG(text_upper(p->file->scratch, hamlet)), STR_ARG(rw), STR_ARG(rt));
}

static void index_areas(struct planning *p, struct text_index *areas)
{
    bool found;

    p->plan->areas = ARENA_ARRAY(p->file->arena, struct planned_area, p->registry->n_areas + p->file->n_rows);
    for (size_t i = 0; i < p->registry->n_areas; i++) {
        const struct known_area *known = &p->registry->areas[i];
        *text_index_slot(areas, str_dup(p->file->arena, area_key(p, known->hamlet, known->rw, known->rt)), &found) = (ptrdiff_t)i;
        p->plan->areas[i] = (struct planned_area){.hamlet = known->hamlet, .rw = known->rw, .rt = known->rt, .known = (ptrdiff_t)i};
    }
    p->plan->n_areas = p->registry->n_areas;
}

/* A name that a form would not take either. */
static void refuse_odd(struct planning *p, uint32_t i, enum resident_column column)
{
    const struct str *name = row_text(&p->file->rows[i].r, column);
    const char *words = str_empty(*name) ? NULL : area_name_fault(*name);

    if (words != NULL)
        plan_fault(p, i, column, false, "%s", words);
}

/*
 * A hamlet as the village has it: "Jorong Sungai" and "Sungai" are one where hamlets are called Jorong. A new one is kept without the word.
 */
void plan_hamlets(struct planning *p)
{
    struct arena *arena = p->file->arena;
    struct text_index *known = text_index_new(arena, p->registry->n_areas + 1), *said = text_index_new(arena, 64);
    struct str word = text_upper(arena, p->choice->hamlet_word), *kept = ARENA_ARRAY(arena, struct str, p->file->n_rows + 1);
    bool found;

    for (size_t i = 0; i < p->registry->n_areas; i++)
        *text_index_slot(known, text_upper(arena, p->registry->areas[i].hamlet), &found) = (ptrdiff_t)i;
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct str *hamlet = &p->file->rows[i].r.hamlet;
        refuse_odd(p, i, COLUMN_RW);
        refuse_odd(p, i, COLUMN_RT);
        if (str_empty(*hamlet))
            continue;
        ptrdiff_t *slot = text_index_slot(said, *hamlet, &found);
        if (!found) {
            const struct str bare = hamlet_bare(*hamlet, word), full = str_fmt(arena, "%.*s %.*s", STR_ARG(word), STR_ARG(bare));
            bool is_known = text_index_get(known, text_upper(arena, *hamlet)) != NOT_KNOWN;
            kept[ *slot = (ptrdiff_t)i] = is_known                                                                               ? *hamlet
                                          : text_index_get(known, bare) == NOT_KNOWN && text_index_get(known, full) != NOT_KNOWN ? full
                                                                                                                                 : bare;
        }
        *hamlet = kept[*slot];
        if (text_index_get(known, text_upper(p->file->scratch, *hamlet)) == NOT_KNOWN)
            refuse_odd(p, i, COLUMN_HAMLET);
    }
}

static bool is_digits(struct str s)
{
    return s.n > 0 && digits_in(s) == s.n;
}

/* "LAMBE PADANG" and "PADANG LAMBE" */
static bool is_turned_round(struct arena *scratch, struct str a, struct str b)
{
    struct str rest = str_trim(text_fold(scratch, a)), word;
    const struct str other = str_fmt(scratch, " %.*s ", STR_ARG(str_trim(text_fold(scratch, b))));

    if (rest.n + 2 != other.n || str_find_char(rest, ' ') < 0)
        return false;
    while (str_cut(&rest, ' ', &word))
        if (str_find(other, str_fmt(scratch, " %.*s ", STR_ARG(word))) < 0)
            return false;
    return true;
}

/* A hamlet that nobody named before: a number, or nearly called as one that is there. */
static void warn_slip(struct planning *p, uint32_t row, struct str hamlet)
{
    enum { MOST_NEW = 200 }; /* more are no hamlets, and comparing them all would take minutes */
    const struct planned_area *like = NULL;

    if (p->plan->n_areas - p->registry->n_areas > MOST_NEW)
        return;
    for (size_t i = 0; i < p->plan->n_areas; i++) {
        const struct planned_area *known = &p->plan->areas[i];

        if (str_eq_nocase(known->hamlet, hamlet))
            return;
        arena_reset(p->file->scratch);
        if (like == NULL &&
            (hamlet_is_like(p->file->scratch, known->hamlet, hamlet) || is_turned_round(p->file->scratch, known->hamlet, hamlet)))
            like = known;
    }
    if (is_digits(hamlet))
        plan_fault(p, row, COLUMN_HAMLET, true,
                   "{Dusun} %.*s belum ada dan namanya hanya angka. Salah kolom? Perbaiki di berkas, lalu unggah lagi; bila memang bernama "
                   "begitu, biarkan.",
                   STR_ARG(hamlet));
    else if (like != NULL)
        plan_fault(p, row, COLUMN_HAMLET, true, "{Dusun} baru ini mirip {Dusun} %.*s. Salah ketik? Perbaiki di berkas, lalu unggah lagi.",
                   STR_ARG(text_name(p->file->arena, like->hamlet)));
}

static bool has_unit(const struct planning *p, struct str hamlet, struct str rw)
{
    for (size_t i = 0; i < p->plan->n_areas; i++)
        if (str_eq_nocase(p->plan->areas[i].hamlet, hamlet) && str_eq(p->plan->areas[i].rw, rw))
            return true;
    return false;
}

/* A word where a number is usual, in an RW or RT that is not there yet: often the hamlet's, in the wrong column. */
static void warn_word(struct planning *p, uint32_t row)
{
    const struct resident_row *r = &p->work[row].r;
    const bool is_rt = !area_number_is_usual(r->rt);

    if (!is_rt && (area_number_is_usual(r->rw) || has_unit(p, r->hamlet, r->rw)))
        return;
    plan_fault(
        p, row, is_rt ? COLUMN_RT : COLUMN_RW, true,
        "%s biasanya bernomor, atau bernama satu huruf atau angka Romawi. Salah kolom? Perbaiki di berkas; bila memang bernama %.*s, "
        "biarkan.",
        is_rt ? "RT" : "RW", STR_ARG(is_rt ? r->rt : r->rw));
}

/* The village calls its hamlets by words. */
static bool has_word_hamlets(const struct planning *p)
{
    for (size_t i = 0; i < p->registry->n_areas; i++)
        if (!is_digits(p->registry->areas[i].hamlet) && !str_is(p->registry->areas[i].hamlet, "-"))
            return true;
    return false;
}

/* The village numbers its RT or RW, but for some. */
static bool has_numbers(const struct planning *p, bool is_rt)
{
    size_t numbers = 0, words = 0;

    for (size_t i = 0; i < p->registry->n_areas; i++) {
        const struct str unit = is_rt ? p->registry->areas[i].rt : p->registry->areas[i].rw;
        numbers += area_number_is_usual(unit) && !str_is(unit, "-");
        words += !area_number_is_usual(unit);
    }
    return numbers >= words;
}

/* That a slip was saved once does not make it right: who comes into such a place is asked about again, once a file. */
static void warn_known(struct planning *p, uint32_t row, struct planned_area *area)
{
    const struct work *work = &p->work[row];
    const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
    const bool is_rt = !area_number_is_usual(area->rt), is_word = is_rt || !area_number_is_usual(area->rw);

    if (area->is_told || (!is_word && !is_digits(area->hamlet)))
        return;
    if (known != NULL && str_eq_nocase(known->hamlet, area->hamlet) && str_eq(known->rw, area->rw) && str_eq(known->rt, area->rt))
        return;
    area->is_told = true;
    if (is_word && has_numbers(p, is_rt))
        plan_fault(p, row, is_rt ? COLUMN_RT : COLUMN_RW, true,
                   "%s di desa ini biasanya bernomor, walaupun %.*s sudah ada. Cocokkan apakah kolomnya benar.", is_rt ? "RT" : "RW",
                   STR_ARG(is_rt ? area->rt : area->rw));
    else if (!is_word && has_word_hamlets(p))
        plan_fault(p, row, COLUMN_HAMLET, true,
                   "Nama {dusun} ini hanya angka, walaupun {Dusun} %.*s sudah ada. Cocokkan apakah kolomnya benar.", STR_ARG(area->hamlet));
}

static size_t area_of(struct planning *p, struct text_index *areas, uint32_t row)
{
    const struct resident_row *r = &p->work[row].r;
    bool found;
    struct str key = area_key(p, r->hamlet, r->rw, r->rt);
    ptrdiff_t at = text_index_get(areas, key);

    if (at != NOT_KNOWN) {
        if (!p->choice->is_trusted)
            warn_known(p, row, &p->plan->areas[at]);
        return (size_t)at;
    }
    *text_index_slot(areas, str_dup(p->file->arena, key), &found) = (ptrdiff_t)p->plan->n_areas;
    if (!p->choice->is_trusted) {
        warn_slip(p, row, r->hamlet);
        warn_word(p, row);
    }
    p->plan->areas[p->plan->n_areas] = (struct planned_area){
        .hamlet = r->hamlet, .rw = r->rw, .rt = r->rt, .known = NOT_KNOWN, .is_told = true};
    return p->plan->n_areas++;
}

/* ---- families ---- */

/* Who speaks for a family: its head; of a new one else its first row, for the address the first that has one. */
struct speakers {
    uint32_t place, address; /* row + 1 */
    bool is_place_head, is_address_head;
};

static void hear(const struct planning *p, uint32_t i, struct speakers *s)
{
    const struct work *work = &p->work[i];
    bool is_the_head = is_head(&work->r);

    if (s->place == 0 || (is_the_head && !s->is_place_head)) {
        s->place = i + 1;
        s->is_place_head = is_the_head;
    }
    if (!str_empty(work->r.address) && (s->address == 0 || (is_the_head && s->place == i + 1))) {
        s->address = i + 1;
        s->is_address_head = is_the_head;
    }
}

static void settle_known(struct planning *p, struct planned_family *family, const struct speakers *s)
{
    const struct known_family *known = &p->registry->families[family->known];

    family->address = known->address;
    family->area = known->area;
    if (s->is_address_head && !str_eq(p->work[s->address - 1].r.address, known->address)) {
        family->address = p->work[s->address - 1].r.address;
        family->is_changed = p->work[s->address - 1].decides_family = true;
    }
    if (s->is_place_head && p->work[s->place - 1].area != known->area) {
        family->area = p->work[s->place - 1].area;
        family->is_changed = p->work[s->place - 1].decides_family = true;
    }
}

static void collect_families(struct planning *p, struct text_index *families, struct speakers *speakers)
{
    struct registry_plan *plan = p->plan;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct work *work = &p->work[i];
        bool found;
        if (p->file->rows[i].has_error || work->is_gone)
            continue;
        ptrdiff_t *slot = text_index_slot(families, work->r.kk_no, &found);
        if (!found) {
            *slot = (ptrdiff_t)plan->n_families;
            plan->families[plan->n_families++] = (struct planned_family){.kk_no = work->r.kk_no, .known = NOT_KNOWN};
        }
        work->family = (size_t)*slot;
        hear(p, i, &speakers[work->family]);
    }
}

static void settle_families(struct planning *p)
{
    struct registry_plan *plan = p->plan;
    struct text_index *families = text_index_new(p->file->arena, p->file->n_rows);
    struct text_index *known = text_index_new(p->file->arena, p->registry->n_families);
    struct speakers *speakers = ARENA_ARRAY(p->file->arena, struct speakers, p->file->n_rows + 1);
    bool found;

    plan->families = ARENA_ARRAY(p->file->arena, struct planned_family, p->file->n_rows + 1);
    for (size_t i = 0; i < p->registry->n_families; i++)
        *text_index_slot(known, p->registry->families[i].kk_no, &found) = (ptrdiff_t)i;
    collect_families(p, families, speakers);
    for (size_t k = 0; k < plan->n_families; k++) {
        struct planned_family *family = &plan->families[k];
        family->known = text_index_get(known, family->kk_no);
        if (family->known != NOT_KNOWN) {
            settle_known(p, family, &speakers[k]);
            continue;
        }
        family->is_changed = true;
        family->area = p->work[speakers[k].place - 1].area;
        family->address = speakers[k].address != 0 ? p->work[speakers[k].address - 1].r.address : STR("");
    }
}

/* A member who lives elsewhere does not move the family there. */
static void warn_addresses(struct planning *p)
{
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        if (p->file->rows[i].has_error || work->is_gone || str_empty(work->r.address))
            continue;
        struct str address = p->plan->families[work->family].address;
        if (!str_eq_nocase(work->r.address, address))
            plan_fault(p, i, COLUMN_ADDRESS, true, "Alamat keluarga tetap “%.*s”: yang mengubahnya hanya baris kepala keluarga.",
                       STR_ARG(utf8_part(p->file->scratch, address, 150)));
    }
}

void plan_families(struct planning *p)
{
    struct text_index *areas = text_index_new(p->file->arena, p->registry->n_areas + 64);
    struct heads heads = {0};

    settle_heads(p, &heads);
    if (!p->choice->is_trusted) {
        warn_headless(p, &heads);
        warn_other_heads(p, &heads);
    }
    index_areas(p, areas);
    for (uint32_t i = 0; i < p->file->n_rows; i++)
        if (!p->file->rows[i].has_error && !p->work[i].is_gone)
            p->work[i].area = area_of(p, areas, (uint32_t)i);
    settle_families(p);
    if (!p->choice->is_trusted)
        warn_addresses(p);
}
