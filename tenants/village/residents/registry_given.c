// SPDX-License-Identifier: AGPL-3.0-or-later
/* Temporary numbers in a plan: whose file brings them, and who gets one. */
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"

/*
 * Somebody known stays in their family. Who is new and heads one has a card that is not made yet, so they get a temporary number, as who
 * is added by hand; a member without it is nobody's.
 */
static struct str next_kk(struct planning *p)
{
    struct str next = p->last_temporary_kk;

    do
        next = nik_temporary_after(p->file->arena, p->choice->village_code, next);
    while (next.p != NULL && text_index_get(p->by_kk, next) != NOT_KNOWN);
    if (next.p != NULL)
        p->plan->last_temporary_kk = p->last_temporary_kk = next;
    return next.p != NULL ? next : STR("");
}

/*
 * The same of family cards. Rows of one such number are one family still: that of somebody of theirs who is known here, the one of that
 * number, or a new one with a number of its own.
 */
void plan_own_kks(struct planning *p)
{
    struct text_index *meant = text_index_new(p->file->arena, 64);
    struct str *kks = ARENA_ARRAY(p->file->arena, struct str, p->file->n_rows);
    bool found;

    for (size_t i = 0; i < p->registry->n_families; i++)
        *text_index_slot(p->by_kk, p->registry->families[i].kk_no, &found) = (ptrdiff_t)i;
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct str kk = p->file->rows[i].r.kk_no;
        ptrdiff_t at = p->work[i].known;
        if (at == NOT_KNOWN || !nik_is_own_temporary(p->choice->village_code, kk) || str_empty(p->registry->residents[at].r.kk_no))
            continue;
        ptrdiff_t *slot = text_index_slot(meant, kk, &found);
        if (!found)
            kks[ *slot = (ptrdiff_t)i] = p->registry->residents[at].r.kk_no;
    }
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct registry_row *row = &p->file->rows[i];
        struct str kk = row->r.kk_no;
        if (!nik_is_own_temporary(p->choice->village_code, kk))
            continue;
        ptrdiff_t *slot = text_index_slot(meant, kk, &found);
        if (!found)
            kks[ *slot = (ptrdiff_t)i] = text_index_get(p->by_kk, kk) != NOT_KNOWN ? kk : next_kk(p);
        row->r.kk_no = kks[*slot];
        if (str_eq(kk, row->r.kk_no))
            continue;
        row->filled &= ~(UINT64_C(1) << COLUMN_KK);
        plan_fault(p, i, COLUMN_KK, !str_empty(row->r.kk_no),
                   "Nomor KK ini nomor sementara, yang hanya diberikan sistem. Keluarga ini mendapat atau tetap dengan nomornya sendiri.");
    }
}

void plan_take_kk(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];

    if (!str_empty(work->r.kk_no) || p->file->rows[i].filled & UINT64_C(1) << COLUMN_KK)
        return;
    if (work->r.family_role != SHDK_HEAD || !p->file->sheets[p->file->rows[i].sheet].has_kk) {
        plan_fault(p, i, COLUMN_KK, false, "Nomor KK belum diisi.");
        return;
    }
    work->r.kk_no = next_kk(p);
    if (str_empty(work->r.kk_no))
        plan_fault(p, i, COLUMN_KK, false, "Nomor KK belum diisi.");
    else
        plan_fault(p, i, COLUMN_KK, true, "Nomor KK belum diisi. Kepala keluarga ini mendapat nomor KK sementara, yang diawali 0.");
}

/* The next temporary NIKs: 0, the village's code, five digits. They are never given twice. */
void plan_give_temporary(struct planning *p)
{
    struct text_index *brought = text_index_new(p->file->arena, p->file->n_rows);
    struct str next = p->registry->last_temporary.p != NULL ? p->registry->last_temporary : STR("");
    bool found;

    for (uint32_t i = 0; i < p->file->n_rows; i++)
        if (!str_empty(p->work[i].r.nik))
            *text_index_slot(brought, p->work[i].r.nik, &found) = (ptrdiff_t)i;
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        if (p->file->rows[i].op != OP_NEW || !str_empty(p->work[i].r.nik))
            continue;
        do
            next = next.p != NULL ? nik_temporary_after(p->file->arena, p->choice->village_code, next) : STR_NONE;
        while (next.p != NULL && (text_index_get(p->by_nik, next) != NOT_KNOWN || text_index_get(brought, next) != NOT_KNOWN));
        if (next.p == NULL) {
            plan_fault(p, i, COLUMN_NIK, false, "Semua nomor sementara desa ini sudah terpakai. Isi NIK-nya.");
            p->file->rows[i].op = OP_REFUSED;
            p->plan->counts.new --;
            p->plan->counts.refused++;
            continue;
        }
        p->work[i].r.nik = p->plan->last_temporary = next;
    }
}
