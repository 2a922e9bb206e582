// SPDX-License-Identifier: AGPL-3.0-or-later
/* What waits beyond the time that was promised: the head and the secretary are told, once a letter and once a pile. */
#include "server/web/feature.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_pile_sql.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/notices/notices.h"

struct overdue {
    const struct job *job;
    struct letter_overdue_rows rows;
    struct pile_overdue_rows piles;
    size_t checks, signatures;
    uint64_t of_piles; /* letters that piles hold back */
};

static bool is_late(const struct job *job, utc_us asked_at)
{
    return letter_due(asked_at, job->village->zone) < job->now;
}

static enum rc tell_overdue(struct txn *txn, void *arg, struct err *err)
{
    struct overdue *late = arg;
    struct arena *arena = village_db_arena(in_txn(txn));
    struct office_message mail = {.kind = OFFICE_MAIL_LATE};
    struct letter_told to;
    bool is_over;

    for (size_t i = 0; i < late->rows.n; i++) {
        const struct letter_step_put_in step = {
            .letter_id = late->rows.p[i].id, .step = STR("late"), .staff_name = STR("Sistem"), .at = late->job->now, .note = STR("")};

        TRY(sql_letter_step_put(txn, &step, NULL, err));
    }
    for (size_t i = 0; i < late->piles.n; i++)
        TRY(sql_pile_set_late(txn, late->piles.p[i].id, NULL, err));
    struct str piles = late->piles.n == 0 ? STR("")
                                          : str_fmt(arena, "Surat massal: %zu, untuk %" PRIu64 " warga\n", late->piles.n, late->of_piles);
    TRY(sql_letter_told_addresses(in_txn(txn), &to, err));
    mail.subject = str_fmt(arena, "%" PRIu64 " surat Desa %.*s lewat waktu pelayanan", late->checks + late->signatures + late->of_piles,
                           STR_ARG(late->job->village->name));
    mail.text = str_fmt(arena,
                        "Surat ini sudah lewat waktu yang dijanjikan kepada warga, dan masih menunggu:\n\n"
                        "Menunggu diperiksa: %zu\nMenunggu ditandatangani: %zu\n%.*s\n"
                        "Buka Persetujuan untuk memutuskannya. Yang memutuskan sedang berhalangan? Catat penggantinya di Pengaturan, "
                        "Perangkat.\n\nKantor Desa %.*s\n",
                        late->checks, late->signatures, STR_ARG(piles), STR_ARG(late->job->village->name));
    return notice_office(txn, &mail, to.head, to.secretary, &is_over, err);
}

/* Of what was read, what is late stays. */
static void keep_late(struct overdue *late)
{
    size_t n = 0, piles = 0;

    for (size_t i = 0; i < late->rows.n; i++) {
        const struct letter_overdue row = late->rows.p[i];

        if (!is_late(late->job, row.made_at))
            continue;
        late->rows.p[n++] = row;
        late->checks += row.state == LETTER_WAITING_CHECK;
        late->signatures += row.state == LETTER_WAITING_APPROVAL;
    }
    for (size_t i = 0; i < late->piles.n; i++)
        if (is_late(late->job, late->piles.p[i].sent_at)) {
            late->of_piles += late->piles.p[i].n;
            late->piles.p[piles++] = late->piles.p[i];
        }
    late->rows.n = n;
    late->piles.n = piles;
}

enum rc letters_escalate(const struct job *job, struct err *err)
{
    struct overdue late = {.job = job};

    TRY(sql_letters_overdue(job->db, &late.rows, err));
    TRY(sql_piles_overdue(job->db, &late.piles, err));
    keep_late(&late);
    return late.rows.n + late.piles.n > 0 ? txn_run(job->db, tell_overdue, &late, err) : RC_OK;
}
