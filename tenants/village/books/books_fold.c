// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/books/books_fold.h"

#include "server/base/text.h"

static struct fold_line *line_of(struct fold *fold, struct str hamlet)
{
    for (size_t i = 0; i < fold->n; i++)
        if (str_eq(fold->p[i].hamlet, hamlet))
            return &fold->p[i];
    fold->p[fold->n] = (struct fold_line){.hamlet = hamlet}; /* no row is lost, whatever the list of hamlets said */
    return &fold->p[fold->n++];
}

static void put_event(struct fold_line *line, const struct fold_event *e)
{
    int64_t n = (int64_t)e->n;
    bool is_correction = str_is(e->kind, "correction");

    if (e->is_later) {
        line->end[e->class] -= e->is_gain ? n : -n;
        return;
    }
    if (e->is_gain)
        (str_is(e->kind, "birth") ? line->born : line->came)[e->class] += n;
    else
        (str_is(e->kind, "death") ? line->died : line->left)[e->class] += n;
    line->corrected += is_correction ? n : 0;
    line->late += e->is_late ? n : 0;
    line->missing += str_is(e->kind, "missing") ? n : 0;
    line->found += str_is(e->kind, "found") ? n : 0;
}

/* Out of one line or class and into another: whoever moved within the village, or was written down wrongly. */
static void put_move(struct fold *fold, const struct fold_move *m)
{
    const bool is_moved = !str_eq(m->was_hamlet, m->hamlet);
    struct fold_line *was = line_of(fold, m->was_hamlet), *now = line_of(fold, m->hamlet);
    const int64_t n = (int64_t)m->n;

    was->left[m->was_class] += n;
    now->came[m->class] += n;
    now->within += n;
    was->moved += is_moved ? n : 0;
    now->moved += is_moved ? n : 0;
    now->corrected += m->was_class != m->class ? n : 0;
}

static void finish(struct fold_line *line)
{
    for (size_t c = 0; c < FOLD_CLASSES; c++) {
        line->start[c] = line->end[c] - line->born[c] - line->came[c] + line->died[c] + line->left[c];
        line->start_all += line->start[c];
        line->end_all += line->end[c];
    }
    line->start_members = line->start_all - line->start_families;
    line->end_members = line->end_all - line->end_families;
}

static bool is_bare(const struct fold_line *line)
{
    int64_t all = line->start_all + line->end_all + line->start_families + line->end_families;

    for (size_t c = 0; c < FOLD_CLASSES; c++)
        all += line->born[c] + line->came[c] + line->died[c] + line->left[c];
    return all == 0;
}

struct fold fold_month(struct arena *arena, const struct fold_input *in)
{
    size_t most = in->hamlets.n + in->living.n + in->events.n + 2 * in->moves.n + in->families.n;
    struct fold fold = {.p = ARENA_ARRAY(arena, struct fold_line, most), .n = in->hamlets.n};
    size_t kept = 0;

    for (size_t i = 0; i < fold.n; i++)
        fold.p[i].hamlet = in->hamlets.p[i].hamlet;
    for (size_t i = 0; i < in->living.n; i++)
        line_of(&fold, in->living.p[i].hamlet)->end[in->living.p[i].class] += (int64_t)in->living.p[i].n;
    for (size_t i = 0; i < in->events.n; i++)
        put_event(line_of(&fold, in->events.p[i].hamlet), &in->events.p[i]);
    for (size_t i = 0; i < in->moves.n; i++)
        put_move(&fold, &in->moves.p[i]);
    for (size_t i = 0; i < in->families.n; i++) {
        struct fold_line *line = line_of(&fold, in->families.p[i].hamlet);

        line->start_families = (int64_t)in->families.p[i].at_start;
        line->end_families = (int64_t)in->families.p[i].at_end;
        line->begun = (int64_t)in->families.p[i].begun;
        line->ended = (int64_t)in->families.p[i].ended;
    }
    for (size_t i = 0; i < fold.n; i++) {
        finish(&fold.p[i]);
        if (!is_bare(&fold.p[i]))
            fold.p[kept++] = fold.p[i];
    }
    fold.n = kept;
    return fold;
}

struct str fold_remark(struct arena *arena, const struct fold_line *line)
{
    const struct {
        const char *words;
        int64_t n;
        const char *mark;
    } parts[] = {{"termasuk hilang", line->missing, ""}, {"termasuk ditemukan kembali", line->found, ""},
                 {"dalam desa", line->moved, ""},        {"koreksi", line->corrected, ""},
                 {"terlambat", line->late, "*"},         {"KK baru", line->begun, ""},
                 {"KK berkurang", line->ended, ""}};
    struct buf text = {.arena = arena};

    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].n > 0)
            buf_fmt(&text, "%s%s %" PRId64 "%s", text.n > 0 ? "; " : "", parts[i].words, parts[i].n, parts[i].mark);
    return buf_str(&text);
}

struct str fold_said(struct arena *arena, const struct fold *fold)
{
    int64_t start = 0, born = 0, came = 0, died = 0, left = 0, end = 0;

    for (size_t i = 0; i < fold->n; i++) {
        start += fold->p[i].start_all;
        end += fold->p[i].end_all;
        came -= fold->p[i].within;
        left -= fold->p[i].within;
        for (size_t c = 0; c < FOLD_CLASSES; c++) {
            born += fold->p[i].born[c];
            came += fold->p[i].came[c];
            died += fold->p[i].died[c];
            left += fold->p[i].left[c];
        }
    }
    return str_fmt(arena, "%s: %.*s awal + %.*s lahir + %.*s datang − %.*s meninggal − %.*s pindah = %.*s akhir.",
                   start + born + came - died - left == end ? "Cocok" : "Tidak cocok", STR_ARG(number_text(arena, start)),
                   STR_ARG(number_text(arena, born)), STR_ARG(number_text(arena, came)), STR_ARG(number_text(arena, died)),
                   STR_ARG(number_text(arena, left)), STR_ARG(number_text(arena, end)));
}

struct str fold_families_said(struct arena *arena, const struct fold *fold)
{
    int64_t start = 0, begun = 0, ended = 0, end = 0;

    for (size_t i = 0; i < fold->n; i++) {
        start += fold->p[i].start_families;
        begun += fold->p[i].begun;
        ended += fold->p[i].ended;
        end += fold->p[i].end_families;
    }
    return str_fmt(arena, "KK: %.*s awal + %.*s baru − %.*s berkurang = %.*s akhir.", STR_ARG(number_text(arena, start)),
                   STR_ARG(number_text(arena, begun)), STR_ARG(number_text(arena, ended)), STR_ARG(number_text(arena, end)));
}
