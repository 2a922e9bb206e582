// SPDX-License-Identifier: AGPL-3.0-or-later
/* Guests of a training village: invented, of the last two weeks. */
#include "tenants/village/guestbook/guestbook.h"
#include "tenants/village/guestbook/guestbook_sql.h"

static const struct sample {
    int days_ago;
    uint16_t came_at, satisfaction; /* 0: not asked */
    const char *name, *origin, *meets, *purpose;
} samples[] = {
    {0, 515, 0, "Nurhayati Tandi", "Dinas Sosial Kabupaten Luwu", "Kasi Kesejahteraan", "Verifikasi penerima bantuan"},
    {0, 570, 1, "Ahmad Rifai", "Bank Sulselbar Belopa", "Kaur Keuangan", "Rekening kas desa"},
    {1, 605, 2, "Sitti Marwah", "Puskesmas", "Kepala desa", "Jadwal posyandu Desember"},
    {2, 540, 1, "Daniel Rante", "Kantor Camat", "Sekretaris desa", "Mengantar undangan Musrenbang"},
    {4, 635, 2, "Hasanuddin", "SD Negeri 38", "Kepala desa", "Izin memakai lapangan desa"},
    {6, 560, 3, "Marlina Bongga", "Warga desa tetangga", "Kasi Pelayanan", "Menanyakan surat pindah"},
    {9, 580, 1, "Rudi Lallo", "PLN Belopa", "Kaur Umum", "Pemeliharaan jaringan listrik"},
    {12, 620, 4, "Yusuf Paembonan", "Kelompok Tani Siporannu", "Kepala desa", "Permohonan bantuan pompa air"},
};

enum rc guestbook_training(struct txn *txn, struct date today, struct err *err)
{
    struct guest_sample_put_in rows[COUNT_OF(samples)];

    for (size_t i = 0; i < COUNT_OF(samples); i++)
        rows[i] = (struct guest_sample_put_in){.name = str_c(samples[i].name),
                                               .origin = str_c(samples[i].origin),
                                               .meets = str_c(samples[i].meets),
                                               .purpose = str_c(samples[i].purpose),
                                               .came_on = date_from_days(date_to_days(today) - samples[i].days_ago),
                                               .came_at = some_u64(samples[i].came_at),
                                               .satisfaction = samples[i].satisfaction != 0 ? some_u64(samples[i].satisfaction)
                                                                                            : (struct opt_u64){0}};
    return sql_guest_sample_put(txn, rows, COUNT_OF(samples), err);
}
