// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_archive.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_render.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_type.h"
#include "tenants/village/letters/self.h"

/* Subject is the letter. */
static enum rc render(const struct job *job, struct err *err)
{
    const struct letter_press press = letter_press_of(job);

    return letter_render(&press, job->lease->subject, err);
}

/* Subject is the first of the letters, the payload the word of their passphrase. One call may take half a minute. */
enum { SIGN_LEASE_S = 600 };

static enum rc tidy(const struct job *job, struct err *err)
{
    TRY(letter_self_forget(job->db, job->now - SELF_KEPT_S * US_PER_S, err));
    TRY(letter_piles_tidy(job, err));
    TRY(letters_sign_tidy(job, err));
    return letters_escalate(job, err);
}

/* What waits for this person's decision. */
static void put_mine(struct tasks *out, uint64_t count, const char *title, const char *note, const char *button, bool is_listed)
{
    task_put(out, (struct task){.count = count,
                                .title = title,
                                .note = note,
                                .tone = "kuning",
                                .icon = "clock",
                                .tag = "Menunggu Anda",
                                .href = "/kantor/persetujuan",
                                .menu = "/kantor/persetujuan",
                                .button = button,
                                .is_for_me = true,
                                .is_listed = is_listed});
}

static void put_for_deciders(struct request *req, const struct letter_state_counts *n, struct tasks *out)
{
    if (request_may(req, MAY_APPROVE_LETTERS)) {
        task_put(out, (struct task){.count = n->unagreed,
                                    .title = "Tanda tangan elektronik Anda berubah",
                                    .note = "Surat menunggu sampai Anda menyetujui ke mana passphrase dikirim",
                                    .tone = "kuning",
                                    .tag = "Menunggu Anda",
                                    .href = "/kantor/tanda-tangan",
                                    .menu = "/kantor/persetujuan",
                                    .button = "Lihat",
                                    .is_for_me = true});
        put_mine(out, n->waiting_mine, "Surat menunggu persetujuan Anda", "Sudah diperiksa petugas", "Baca", true);
        put_mine(out, n->types_told, "Aturan jenis surat diubah", "Siapa yang memutuskan, menandatangani, atau nomornya", "Baca", false);
        put_mine(out, n->piles, "Surat massal menunggu persetujuan Anda", "Dibaca contohnya, disetujui sekali untuk semua", "Baca", false);
    }
    if (request_may(req, MAY_CHECK_LETTERS)) {
        put_mine(out, n->piles_unchecked, "Surat massal menunggu pemeriksaan Anda",
                 "Diperiksa sekali untuk semua, lalu kepala desa memutuskan", "Periksa", false);
        put_mine(out, n->waiting_check, "Surat menunggu pemeriksaan Anda", "Sesudah Anda, kepala desa memutuskan", "Periksa", true);
    }
}

static void put_for_pile_makers(const struct letter_state_counts *n, struct tasks *out)
{
    task_put(out, (struct task){.count = n->piles_returned,
                                .title = "Surat massal dikembalikan untuk diperbaiki",
                                .note = "Catatannya ada di dalam surat massal itu",
                                .tone = "kuning",
                                .icon = "undo-2",
                                .tag = "Perlu diperbaiki",
                                .href = "/kantor/surat-massal",
                                .menu = "/kantor/surat",
                                .button = "Perbaiki",
                                .is_for_me = true,
                                .is_listed = true});
}

static void put_for_writers(const struct letter_state_counts *n, struct tasks *out)
{
    task_put(out, (struct task){.count = n->returned,
                                .title = "Surat dikembalikan untuk diperbaiki",
                                .note = "Catatannya ada di dalam surat",
                                .tone = "kuning",
                                .icon = "undo-2",
                                .tag = "Perlu diperbaiki",
                                .href = "/kantor/surat?keadaan=konsep",
                                .menu = "/kantor/surat",
                                .button = "Perbaiki",
                                .is_for_me = true,
                                .is_listed = true});
    task_put(out, (struct task){.count = n->drafts,
                                .title = "Surat belum selesai diisi",
                                .note = "Tersimpan sebagai konsep",
                                .tone = "abu",
                                .tag = "Tidak mendesak",
                                .href = "/kantor/surat?keadaan=konsep",
                                .menu = "/kantor/surat",
                                .button = "Lanjutkan"});
    task_put(out, (struct task){.count = n->waiting_check + n->waiting_approval,
                                .title = "Surat menunggu persetujuan",
                                .note = n->waiting_check == 0      ? "Di tangan kepala desa"
                                        : n->waiting_approval == 0 ? "Di tangan sekretaris desa"
                                                                   : "Di tangan sekretaris atau kepala desa",
                                .tone = "abu",
                                .tag = "Di tangan orang lain",
                                .href = "/kantor/surat?keadaan=menunggu",
                                .menu = "/kantor/surat",
                                .button = "Lihat"});
}

static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct village_db *db;
    struct letter_state_counts counts;
    uint64_t mine;
    bool is_head = false;

    if (!request_may(req, MAY_WRITE_LETTERS) && !request_may(req, MAY_RETURN_LETTERS))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(letter_official_of(db, request_actor(req)->id, &mine, err));
    TRY(sql_letter_count_states(db, mine, request_actor(req)->id, request_today(req), &counts, err));
    if (counts.types_told > 0)
        TRY(letter_head_may(db, req, &is_head, err));
    if (!is_head) /* his list alone says it */
        counts.types_told = 0;
    put_for_deciders(req, &counts, out);
    if (request_may(req, MAY_CHECK_LETTERS)) /* said above: not in other hands */
        counts.waiting_check = 0;
    if (request_may(req, MAY_APPROVE_LETTERS))
        counts.waiting_approval -= counts.waiting_mine;
    if (request_may(req, MAY_WRITE_PILES))
        put_for_pile_makers(&counts, out);
    if (request_may(req, MAY_WRITE_LETTERS))
        put_for_writers(&counts, out);
    return RC_OK;
}

/* Somebody was added at the counter because a letter is wanted. */
static enum rc begin_for(struct txn *txn, struct request *req, struct str word, uint64_t resident_id, struct str *go_to_out,
                         struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    uint64_t id;

    if (!request_may(req, MAY_WRITE_LETTERS))
        return RC_OK;
    TRY(letter_begin(txn, word, resident_id, &by, &id, err));
    *go_to_out = str_fmt(request_arena(req), "/kantor/surat/%" PRIu64 "/isi", id);
    return RC_OK;
}

static const struct job_row jobs[] = {
    {JOB_RENDER_LETTER, 60, "RENDER_LETTER", "Membuat PDF surat", render, .together = 4},
    {JOB_SIGN_LETTERS, SIGN_LEASE_S, "SIGN_LETTERS", "Menandatangani surat lewat BSrE", letters_sign_job, .together = JOB_APART},
    {JOB_LETTER_PILE, 120, "LETTER_PILE", "Menerbitkan surat massal", letter_pile_work, 0},
    {JOB_PILE_FILES, 600, "PILE_FILES", "Menyusun berkas surat massal", letter_pile_files, 0},
    {0}};

static const struct site_routes elsewhere[] = {{SITE_PLATFORM, letters_platform_routes}, {0}};

static const struct menu_row menu[] = {
    {MENU_SERVICE, MAY_READ_LETTERS, "/kantor/surat", "Surat", "file-text"},
    {MENU_SERVICE, MAY_RETURN_LETTERS, "/kantor/persetujuan", "Persetujuan", "signature"},
    {MENU_SERVICE, MAY_MAKE_LETTER_TYPES, LETTER_TYPES_HOME, "Jenis surat", "scroll-text"},
    {0},
};

static const struct permission_row permissions[] = {
    {MAY_READ_LETTERS, "Melihat surat", MAY_NOTHING},
    {MAY_WRITE_LETTERS, "Menulis surat", MAY_READ_LETTERS},
    {MAY_CHECK_LETTERS, "Memeriksa surat", MAY_READ_LETTERS},
    {MAY_APPROVE_LETTERS, "Menyetujui dan menandatangani surat", MAY_READ_LETTERS},
    {MAY_RETURN_LETTERS, "Mengembalikan surat untuk diperbaiki, dan mencabut yang sudah terbit", MAY_READ_LETTERS},
    {MAY_MAKE_LETTER_TYPES, "Menyusun jenis surat", MAY_READ_LETTERS},
    {MAY_WRITE_PILES, "Membuat surat untuk banyak warga sekaligus", MAY_WRITE_LETTERS},
    {0}};

static const struct book *const books[] = {&letters_book, NULL};

static const struct said_word looks[] = {{"letter", "Membuat surat", NULL}, {"paper", "Membuka surat", NULL}, {0}};

static const struct said_word changes[] = {{"back", "Versi lama dipakai lagi", "letter_type"},
                                           {"builtin", "Dikembalikan ke bawaan", "letter_type"},
                                           {"drafted", "Konsep isi ditulis", "letter_type"},
                                           {"used", "Isi baru dipakai", "letter_type"},
                                           {"dropped", "Konsep isi dibuang", "letter_type"},
                                           {"copied", "Disalin dari jenis lain", "letter_type"},
                                           {"imported", "Diimpor dari berkas", "letter_type"},
                                           {"sealed", "Langsung terbit disetujui kepala desa", "letter_type"},
                                           {"unsealed", "Langsung terbit tidak disetujui kepala desa", "letter_type"},
                                           {0}};

const struct feature letters_feature = {.name = "letters",
                                        .permissions = permissions,
                                        .routes = letters_routes,
                                        .elsewhere = elsewhere,
                                        .menu = menu,
                                        .jobs = jobs,
                                        .books = books,
                                        .looks = looks,
                                        .changes = changes,
                                        .tasks = tasks,
                                        .tidy = tidy,
                                        .begin_for = begin_for};
