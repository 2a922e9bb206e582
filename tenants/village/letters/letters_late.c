// SPDX-License-Identifier: AGPL-3.0-or-later
/* What waits beyond the time that was promised: the head and the secretary are told, once a letter. */
#include "server/web/feature.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/notices/notices.h"

struct overdue {
    const struct job *job;
    struct letter_overdue_rows rows;
    size_t checks, signatures;
};

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
    TRY(sql_letter_told_addresses(in_txn(txn), &to, err));
    mail.subject = str_fmt(arena, "%zu surat Desa %.*s lewat waktu pelayanan", late->checks + late->signatures,
                           STR_ARG(late->job->village->name));
    mail.text = str_fmt(arena,
                        "Surat ini sudah lewat waktu yang dijanjikan kepada warga, dan masih menunggu:\n\n"
                        "Menunggu diperiksa: %zu\nMenunggu ditandatangani: %zu\n\n"
                        "Buka Persetujuan untuk memutuskannya. Yang memutuskan sedang berhalangan? Catat penggantinya di Pengaturan, "
                        "Perangkat.\n\nKantor Desa %.*s\n",
                        late->checks, late->signatures, STR_ARG(late->job->village->name));
    return notice_office(txn, &mail, to.head, to.secretary, &is_over, err);
}

enum rc letters_escalate(const struct job *job, struct err *err)
{
    struct overdue late = {.job = job};
    size_t n = 0;

    TRY(sql_letters_overdue(job->db, &late.rows, err));
    for (size_t i = 0; i < late.rows.n; i++) {
        const struct letter_overdue row = late.rows.p[i];

        if (letter_due(row.made_at, job->village->zone) >= job->now)
            continue;
        late.rows.p[n++] = row;
        late.checks += row.state == LETTER_WAITING_CHECK;
        late.signatures += row.state == LETTER_WAITING_APPROVAL;
    }
    late.rows.n = n;
    return n > 0 ? txn_run(job->db, tell_overdue, &late, err) : RC_OK;
}
