// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who heads the families of a plan: never two, and never nobody where somebody did. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_plan.h"

struct family_heads {
    uint32_t first_row; /* of the file's living heads; row + 1 */
    uint32_t n_rows;    /* of them */
    uint32_t n_known;   /* living heads in the registry of whom no kept row speaks */
    uint32_t speaker;   /* first kept row of somebody living in the family + 1 */
    uint32_t doubtful;  /* kept rows, head or not, whose KK number may have lost its last digit */
    uint32_t n_sure;    /* of n_rows: the others */
    uint32_t living;    /* who lives in it when all is written */
};

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
        if (!row_is_head(&work->r) || work->is_copy || (is_doubtful && p->file->rows[i].has_error))
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
        heads->p[at].n_known += row_is_head(r);
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
        if (str_empty(work->r.kk_no) || !row_is_head(&work->r) || work->is_second_head || work->is_copy || work->is_kept)
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
        if (known == NULL || p->file->rows[i].has_error || !row_is_head(known) || str_empty(known->kk_no) ||
            (row_is_head(&work->r) && str_eq(known->kk_no, work->r.kk_no)))
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
        if (row_is_head(&p->work[i].r) && !p->work[i].is_second_head)
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
        if (known == NULL || p->file->rows[i].has_error || !row_is_head(known) || row_is_head(&work->r) ||
            !str_eq(known->kk_no, work->r.kk_no) || str_empty(known->kk_no))
            continue;
        const struct family_heads *family = heads_of(heads, work->r.kk_no);
        if (family->n_rows == 1 && !p->file->rows[family->first_row - 1].has_error)
            plan_fault(p, i, COLUMN_FAMILY_ROLE, true,
                       "Kepala keluarga ini berganti: di data desa %.*s, di berkas %.*s. Cocokkan dengan Kartu Keluarga yang baru.",
                       STR_ARG(utf8_part(p->file->scratch, known->name, 60)),
                       STR_ARG(utf8_part(p->file->scratch, p->work[family->first_row - 1].r.name, 60)));
    }
}

void plan_heads(struct planning *p)
{
    struct heads heads = {0};

    settle_heads(p, &heads);
    if (p->choice->is_trusted)
        return;
    warn_headless(p, &heads);
    warn_other_heads(p, &heads);
}
