// SPDX-License-Identifier: AGPL-3.0-or-later
/* What is asked of the two lists, the four books, and the letters of a training village. */
#include "tenants/village/correspondence/correspondence_pages.h"
#include "tenants/village/letters/letters.h"

/* ---- what may be asked of the lists ---- */

#define TO(member) LIST_TO(struct mail_find, member)
#define WORDS                                                                                                            \
    {                                                                                                                    \
        LIST_WORDS, "cari", "Pengirim, tujuan, perihal, atau nomor", TO(words), .hint = "Contoh: Musrenbang", .max = 100 \
    }
#define YEAR                                                     \
    {                                                            \
        LIST_TEXT, "tahun", "Tahun agenda", .any = "Semua tahun" \
    }
#define CODE                                                                             \
    {                                                                                    \
        LIST_TEXT, "klasifikasi", "Klasifikasi", TO(classification), .any = "Semua kode" \
    }

static const struct list_option in_states[] = {{"baru", "Belum didisposisi", MAIL_NEW, NULL},
                                               {"dikerjakan", "Menunggu dikerjakan", MAIL_WORKING, NULL},
                                               {"selesai", "Selesai", MAIL_DONE, NULL},
                                               {0}};
static const struct list_option out_states[] = {
    {"konsep", "Konsep", MAIL_DRAFT, NULL}, {"terkirim", "Terkirim", MAIL_SENT, NULL}, {"dicabut", "Dicabut", MAIL_VOID, NULL}, {0}};
static const struct list_option mine[] = {{"saya", "Saya kerjakan", 1, "Disposisi untuk saya"}, {0}};

static const struct list_filter in_filters[] = {{LIST_OPTION, "keadaan", "Keadaan surat", TO(state), .options = in_states, .is_tabs = true},
                                                WORDS,
                                                YEAR,
                                                CODE,
                                                {LIST_OPTION, "untuk", "Diteruskan kepada", .options = mine, .any = "Siapa pun"}};
static const struct list_filter out_filters[] = {
    {LIST_OPTION, "keadaan", "Keadaan surat", TO(state), .options = out_states, .is_tabs = true}, WORDS, YEAR, CODE};
static const struct list_order in_orders[] = {{MAIL_BY_NEWEST, "terbaru", "Terbaru", true}, {MAIL_BY_SENDER, "dari", "Pengirim", false}};
static const struct list_order out_orders[] = {{MAIL_BY_NEWEST, "terbaru", "Terbaru", true},
                                               {MAIL_BY_RECIPIENT, "kepada", "Tujuan", false}};
static const struct list_column in_columns[] = {{"No", MAIL_BY_NEWEST, true}, {"Perihal", 0, false},   {"Dari", MAIL_BY_SENDER, false},
                                                {"Nomor surat", 0, false},    {"Tgl surat", 0, false}, {"Diterima", 0, false},
                                                {"Berkas", 0, false},         {"Keadaan", 0, false}};
static const struct list_column out_columns[] = {
    {"No", MAIL_BY_NEWEST, true}, {"Perihal", 0, false},   {"Kepada", MAIL_BY_RECIPIENT, false},
    {"Nomor surat", 0, false},    {"Tgl surat", 0, false}, {"Dikirim", 0, false},
    {"Berkas", 0, false},         {"Keadaan", 0, false}};

const struct list mail_in_list = {.home = "/kantor/surat-masuk",
                                  .noun = "surat",
                                  LIST_ROWS(in_filters, in_orders, in_columns),
                                  .find_bytes = sizeof(struct mail_find),
                                  .empty = {"Belum ada surat masuk", "Surat yang dicatat muncul di sini."},
                                  .file = &mail_in_rows_book,
                                  .official = "agenda-masuk"};
const struct list mail_out_list = {.home = "/kantor/surat-keluar",
                                   .noun = "surat",
                                   LIST_ROWS(out_filters, out_orders, out_columns),
                                   .find_bytes = sizeof(struct mail_find),
                                   .empty = {"Belum ada surat keluar", "Surat yang dicatat muncul di sini."},
                                   .file = &mail_out_rows_book,
                                   .official = "agenda-keluar"};

/* ---- as books: what is secret stands there with its number and its day only ---- */

#define SECRET_TEXT(name, member)                                       \
    static struct str name(struct arena *arena, const void *row)        \
    {                                                                   \
        const struct mail_line *m = row;                                \
                                                                        \
        (void)arena;                                                    \
        return m->nature == MAIL_SECRET ? STR("(rahasia)") : m->member; \
    }
SECRET_TEXT(sender_text, sender)
SECRET_TEXT(recipient_text, recipient)
SECRET_TEXT(number_text, number_text)
SECRET_TEXT(subject_text, subject)

/* A letter of the office itself may be withdrawn, and another stand in its place; of a secret one only that. */
static void put_standing(struct buf *out, const struct mail_line *m)
{
    if (m->state == MAIL_VOID)
        buf_fmt(out, "%sdicabut", out->n > 0 ? "; " : "");
    if (!str_empty(m->replaced))
        buf_fmt(out, "%spengganti nomor %.*s", out->n > 0 ? "; " : "", STR_ARG(m->nature == MAIL_SECRET ? STR("(rahasia)") : m->replaced));
}

static struct str sent_text(struct arena *arena, const void *row)
{
    const struct mail_line *m = row;
    struct buf out = {.arena = arena};

    if (m->sent_on.year != 0)
        buf_fmt(&out, "dikirim %.*s", STR_ARG(date_short(arena, m->sent_on)));
    else if (m->state != MAIL_VOID)
        buf_put_str(&out, STR("belum dikirim"));
    put_standing(&out, m);
    return buf_str(&out);
}

/* "Rapat (dicabut; pengganti nomor 4)": the form of both sides has no column for it. */
static struct str with_standing(struct arena *arena, const void *row)
{
    struct buf standing = {.arena = arena};

    put_standing(&standing, row);
    return standing.n == 0 ? subject_text(arena, row)
                           : str_fmt(arena, "%.*s (%.*s)", STR_ARG(subject_text(arena, row)), (int)standing.n, standing.p);
}

static struct str sent_day_text(struct arena *arena, const void *row)
{
    const struct mail_line *m = row;

    return m->sent_on.year != 0 ? date_short(arena, m->sent_on) : STR("");
}

static struct str way_text(struct arena *arena, const void *row)
{
    const struct mail_line *m = row;
    struct buf out = {.arena = arena};

    buf_put_str(&out, m->sent_by);
    put_standing(&out, m);
    return buf_str(&out);
}

static const struct book_column in_book_columns[] = {
    {.heads = {"No. agenda"}, .width = 7, .at = BOOK_AT(struct mail_line, agenda)},
    {.heads = {"Diterima"}, .width = 10, .at = BOOK_AT(struct mail_line, day)},
    {.heads = {"Surat masuk", "Nomor"}, .width = 17, .text = number_text},
    {.heads = {"Surat masuk", "Tanggal"}, .width = 10, .at = BOOK_AT(struct mail_line, letter_date)},
    {.heads = {"Surat masuk", "Pengirim"}, .width = 22, .text = sender_text},
    {.heads = {"Surat masuk", "Isi singkat"}, .width = 32, .text = subject_text},
    {.heads = {"Kode"}, .width = 10, .at = BOOK_AT(struct mail_line, classification)},
    {.heads = {"Diteruskan kepada"}, .width = 20, .at = BOOK_AT(struct mail_line, told)}};
static const struct book_column out_book_columns[] = {
    {.heads = {"No. agenda"}, .width = 7, .at = BOOK_AT(struct mail_line, agenda)},
    {.heads = {"Surat keluar", "Tanggal"}, .width = 10, .at = BOOK_AT(struct mail_line, letter_date)},
    {.heads = {"Surat keluar", "Nomor"}, .width = 20, .text = number_text},
    {.heads = {"Surat keluar", "Isi singkat"}, .width = 34, .text = subject_text},
    {.heads = {"Surat keluar", "Ditujukan kepada"}, .width = 24, .text = recipient_text},
    {.heads = {"Kode"}, .width = 10, .at = BOOK_AT(struct mail_line, classification)},
    {.heads = {"Keterangan"}, .width = 18, .text = sent_text}};
static const struct book_column sent_book_columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Tanggal pengiriman"}, .width = 11, .at = BOOK_AT(struct mail_line, sent_on)},
    {.heads = {"Surat", "Tanggal"}, .width = 10, .at = BOOK_AT(struct mail_line, letter_date)},
    {.heads = {"Surat", "Nomor"}, .width = 20, .text = number_text},
    {.heads = {"Isi singkat"}, .width = 34, .text = subject_text},
    {.heads = {"Ditujukan kepada"}, .width = 24, .text = recipient_text},
    {.heads = {"Diterima oleh"}, .width = 18, .at = BOOK_AT(struct mail_line, taken_by)},
    {.heads = {"Keterangan"}, .width = 18, .text = way_text}};

/* A.7 of Permendagri 47/2016 has both sides beside each other: a letter fills one of them. */
#define SIDE_TEXT(name, side, words)                                                   \
    static struct str name(struct arena *arena, const void *row)                       \
    {                                                                                  \
        return ((const struct mail_line *)row)->direction == (side) ? words : STR(""); \
    }
SIDE_TEXT(in_number_text, MAIL_IN, number_text(arena, row))
SIDE_TEXT(in_date_text, MAIL_IN, date_short(arena, ((const struct mail_line *)row)->letter_date))
SIDE_TEXT(in_sender_text, MAIL_IN, sender_text(arena, row))
SIDE_TEXT(in_subject_text, MAIL_IN, subject_text(arena, row))
SIDE_TEXT(out_subject_text, MAIL_OUT, with_standing(arena, row))
SIDE_TEXT(out_sent_text, MAIL_OUT, sent_day_text(arena, row))
SIDE_TEXT(out_recipient_text, MAIL_OUT, recipient_text(arena, row))

static const struct book_column joint_book_columns[] = {
    {.heads = {"No."}, .width = 6, .at = BOOK_AT(struct mail_line, agenda)},
    {.heads = {"Tanggal penerimaan/ pengiriman"}, .width = 11, .at = BOOK_AT(struct mail_line, day)},
    {.heads = {"Surat masuk", "Nomor"}, .width = 16, .text = in_number_text},
    {.heads = {"Surat masuk", "Tanggal"}, .width = 10, .text = in_date_text},
    {.heads = {"Surat masuk", "Pengirim"}, .width = 20, .text = in_sender_text},
    {.heads = {"Surat masuk", "Isi singkat"}, .width = 26, .text = in_subject_text},
    {.heads = {"Surat keluar", "Isi singkat"}, .width = 26, .text = out_subject_text},
    {.heads = {"Surat keluar", "Tanggal pengiriman"}, .width = 11, .text = out_sent_text},
    {.heads = {"Surat keluar", "Ditujukan kepada"}, .width = 20, .text = out_recipient_text}};

BOOK_PUTS(put_mail, mail_line)

static enum rc each_joint(struct book_run *run, struct err *err)
{
    return sql_mail_joint(run->db, run->from, run->until, put_mail, run, err);
}

static enum rc each_of(struct book_run *run, const struct mail_find *find, struct err *err)
{
    return sql_mail_each(run->db, find, &(struct list_at){.order = MAIL_BY_NEWEST, .is_reversed = true}, put_mail, run, err);
}

static enum rc each_in(struct book_run *run, struct err *err)
{
    return each_of(run, &(struct mail_find){.direction = MAIL_IN, .from = run->from, .until = run->until, .secrets = true}, err);
}

static enum rc each_out(struct book_run *run, struct err *err)
{
    return each_of(run, &(struct mail_find){.direction = MAIL_OUT, .from = run->from, .until = run->until, .secrets = true}, err);
}

static enum rc each_sent(struct book_run *run, struct err *err)
{
    return each_of(run, &(struct mail_find){.direction = MAIL_OUT, .sent_from = run->from, .sent_until = run->until, .secrets = true}, err);
}

/* The rows that a list shows: no secret ones, whoever asks, because a file goes from hand to hand. */
static enum rc each_shown(struct book_run *run, struct err *err)
{
    const struct list *list = run->book == &mail_out_rows_book ? &mail_out_list : &mail_in_list;
    struct list_reading at;
    struct mail_find find;
    uint64_t year;

    TRY(list_file_read(run, list, &find, &at, err));
    find.direction = list == &mail_out_list ? MAIL_OUT : MAIL_IN;
    if (str_to_u64(list_value_of(&at, "tahun"), &year))
        find.year = some_u64(year);
    return sql_mail_each(run->db, &find, &at.at, put_mail, run, err);
}

#define MAIL_BOOK(book_title, book_noun, of, ...)                                                                          \
    {                                                                                                                      \
        .title = book_title, .noun = book_noun, .permission = MAY_READ_MAIL, .columns = of, .n = COUNT_OF(of), __VA_ARGS__ \
    }
const struct book mail_joint_book = MAIL_BOOK("A.7 Buku Agenda", "surat", joint_book_columns, .name = "agenda", .about = "buku agenda",
                                              .home = "/kantor/buku/agenda", .home_label = "Buku agenda", .period = BOOK_OF_MONTH,
                                              .since = sql_mail_since, .each = each_joint);
const struct book mail_in_book = MAIL_BOOK("Buku Agenda Surat Masuk", "surat", in_book_columns, .name = "agenda-masuk",
                                           .about = "buku agenda surat masuk", .home = "/kantor/buku/agenda-masuk",
                                           .home_label = "Buku agenda surat masuk", .period = BOOK_OF_MONTH, .since = sql_mail_since,
                                           .each = each_in);
const struct book mail_out_book = MAIL_BOOK("Buku Agenda Surat Keluar", "surat", out_book_columns, .name = "agenda-keluar",
                                            .about = "buku agenda surat keluar", .home = "/kantor/buku/agenda-keluar",
                                            .home_label = "Buku agenda surat keluar", .period = BOOK_OF_MONTH, .since = sql_mail_since,
                                            .each = each_out);
const struct book mail_sent_book = MAIL_BOOK("Buku Ekspedisi", "surat", sent_book_columns, .name = "ekspedisi", .about = "buku ekspedisi",
                                             .home = "/kantor/buku/ekspedisi", .home_label = "Buku ekspedisi", .period = BOOK_OF_MONTH,
                                             .since = sql_mail_since, .each = each_sent);
const struct book mail_in_rows_book = MAIL_BOOK("Surat Masuk", "surat", in_book_columns, .name = "mail-in", .about = "daftar surat masuk",
                                                .home = "/kantor/surat-masuk", .home_label = "Semua surat masuk", .each = each_shown);
const struct book mail_out_rows_book = MAIL_BOOK("Surat Keluar", "surat", out_book_columns, .name = "mail-out",
                                                 .about = "daftar surat keluar", .home = "/kantor/surat-keluar",
                                                 .home_label = "Semua surat keluar", .each = each_shown);

/* ---- letters of a training village: invented, of the last weeks ---- */

static const struct sample {
    int days_ago, letter_ago, due_in; /* due_in: days from today; 0: none */
    uint8_t direction, state, nature;
    const char *party, *number, *subject, *summary, *code;
    const char *to; /* the role it was assigned to */
    uint8_t instruction;
    const char *report; /* of outgoing: who took it */
} samples[] = {
    {26, 28, 0, MAIL_IN, MAIL_DONE, 1, "Camat", "400.10/288/KEC", "Batas pencairan Dana Desa tahap terakhir",
     "Berkas pencairan paling lambat tanggal 20, dibawa ke kantor camat.", "900.1.3", "secretary", 2,
     "Berkas lengkap sudah diserahkan ke kantor camat."},
    {24, 25, 0, MAIL_IN, MAIL_DONE, 1, "Dinas Kependudukan dan Pencatatan Sipil", "400.12/655/DKPS", "Perekaman e-KTP keliling",
     "Mobil perekaman datang ke balai desa. Siapkan meja, listrik, dan daftar warga 17 tahun.", "400.8.1.2", "clerk", 6,
     "Sudah diumumkan di masjid dan grup RT."},
    {19, 20, 0, MAIL_IN, MAIL_DONE, 2, "Polsek", "B/114/BINMAS", "Imbauan siskamling menjelang akhir tahun", "", "300.1.4", "clerk", 6,
     "Jadwal ronda tiap dusun sudah ditempel."},
    {15, 16, 0, MAIL_OUT, MAIL_SENT, 1, "Camat", "900.1.3/071/DS", "Pengantar berkas pencairan Dana Desa", "", "900.1.3", NULL, 0,
     "Rosmini, staf kecamatan"},
    {13, 13, 0, MAIL_IN, MAIL_DONE, 1, "SD Negeri 38", "421.2/77/SDN38", "Peminjaman balai desa untuk rapat orang tua murid", "", "000.2.4",
     "clerk", 2, "Balai desa dipakai Sabtu pagi, kunci di Pak Kaur."},
    {11, 11, 0, MAIL_OUT, MAIL_SENT, 1, "Kepala SD Negeri 38", "000.2.4/072/DS", "Persetujuan pemakaian balai desa", "", "000.2.4", NULL, 0,
     "Ibu Kepala Sekolah"},
    {9, 9, 0, MAIL_IN, MAIL_WORKING, 1, "Kelompok Tani Siporannu", "", "Permohonan bantuan pompa air",
     "Sawah di sebelah barat kering sejak awal bulan. Mohon pompa dipinjamkan.", "500.6", "secretary", 4, NULL},
    {6, 10, -1, MAIL_IN, MAIL_WORKING, 2, "Dinas Pemberdayaan Masyarakat dan Desa", "B-220/PMD", "Permintaan laporan realisasi bulan lalu",
     "", "000.8.5", "clerk", 4, NULL},
    {4, 6, 0, MAIL_IN, MAIL_NEW, 4, "Inspektorat Kabupaten", "R-17/ITKAB", "Jadwal pemeriksaan", "", "700.1", NULL, 0, NULL},
    {2, 5, 8, MAIL_IN, MAIL_NEW, 1, "Dinas Sosial", "400.9/118/DINSOS", "Verifikasi penerima PKH tahap terakhir",
     "Daftar 46 keluarga terlampir.", "400.9.4", NULL, 0, NULL},
    {2, 2, 0, MAIL_OUT, MAIL_DRAFT, 1, "Dinas Pemberdayaan Masyarakat dan Desa", "000.8.5/073/DS", "Laporan realisasi anggaran bulan lalu",
     "", "000.8.5", NULL, 0, NULL},
    {1, 2, 3, MAIL_IN, MAIL_NEW, 3, "Camat", "005/412/KEC", "Undangan Musrenbang kecamatan",
     "Hadir pukul 09.00 di aula kecamatan. Membawa daftar usulan desa dan berita acara musdes.", "000.8.1", NULL, 0, NULL},
};

static enum rc sample_dispose(struct txn *txn, const struct sample *s, uint64_t mail_id, struct date today, struct err *err)
{
    struct mail_training_staff head, staff;
    const int64_t put_day = date_to_days(today) - s->days_ago + 1;
    const utc_us put_at = (put_day * 86400 + 3 * 3600) * US_PER_S;
    const utc_us done_at = s->report != NULL ? put_at + (utc_us)86400 * US_PER_S : 0;
    bool has_head, has_staff;

    TRY(sql_mail_training_staff(txn, STR("head"), &head, &has_head, err));
    TRY(sql_mail_training_staff(txn, str_c(s->to), &staff, &has_staff, err));
    if (!has_head || !has_staff)
        return RC_OK;
    const struct mail_disposition_put_in put = {.mail_id = mail_id,
                                                .by_id = head.id,
                                                .by_name = head.name,
                                                .staff_id = some_u64(staff.id),
                                                .name = staff.name,
                                                .instruction = s->instruction,
                                                .note = STR(""),
                                                .at = put_at,
                                                .due = s->due_in != 0 ? date_from_days(date_to_days(today) + s->due_in) : (struct date){0}};
    TRY(sql_mail_disposition_put(txn, &put, NULL, err));
    return done_at != 0 ? sql_mail_disposition_done(txn, mail_id, some_u64(staff.id), done_at, str_c(s->report), NULL, err) : RC_OK;
}

static enum rc sample_put(struct txn *txn, const struct sample *s, struct date today, struct err *err)
{
    const bool is_in = s->direction == MAIL_IN;
    const struct date day = date_from_days(date_to_days(today) - s->days_ago);
    uint64_t number, id;

    TRY(mail_number_take(txn, is_in, (uint16_t)day.year, &number, err));
    const struct mail_values mail = {.sender = is_in ? str_c(s->party) : STR("Kepala Desa"),
                                     .recipient = is_in ? STR("Kepala Desa") : str_c(s->party),
                                     .number_text = str_c(s->number),
                                     .letter_date = date_from_days(date_to_days(today) - s->letter_ago),
                                     .subject = str_c(s->subject),
                                     .summary = str_c(s->summary),
                                     .classification = str_c(s->code),
                                     .nature = s->nature,
                                     .day = day,
                                     .due = is_in && s->due_in != 0 ? date_from_days(date_to_days(today) + s->due_in) : (struct date){0},
                                     .direction = s->direction,
                                     .year = (uint16_t)day.year,
                                     .agenda = (uint32_t)number,
                                     .state = s->state,
                                     .written_by = 1};
    TRY(sql_mail_put(txn, &mail, &id, err));
    if (s->state == MAIL_SENT)
        return sql_mail_set_sent(txn, id, day, STR("Diantar Kaur Umum"), str_c(s->report), NULL, err);
    return s->to != NULL ? sample_dispose(txn, s, id, today, err) : RC_OK;
}

enum rc mail_training(struct txn *txn, struct date today, struct err *err)
{
    for (const struct sample *s = samples; s < samples + COUNT_OF(samples); s++)
        TRY(sample_put(txn, s, today, err));
    return RC_OK;
}
