// SPDX-License-Identifier: AGPL-3.0-or-later
/* B.1 Buku Induk Penduduk: everybody who lives here, 16 columns. */
#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/books/books.h"
#include "tenants/village/books/books_sql.h"
#include "tenants/village/residents/nik.h"

static struct str sex_of(struct arena *arena, const void *row)
{
    (void)arena;
    return ((const struct book_person *)row)->sex == SEX_FEMALE ? STR("P") : STR("L");
}

/* The annex's own marks (Permendagri 47/2016): K, BK, JD for a widow or a divorced woman, DD for a man. */
static struct str marital_of(struct arena *arena, const void *row)
{
    enum { SINGLE = 1, MARRIED }; /* of CODE_MARITAL; after these: divorced, widowed */
    const struct book_person *p = row;

    (void)arena;
    if (!p->marital.is_set)
        return STR("");
    if (p->marital.value <= MARRIED)
        return p->marital.value == SINGLE ? STR("BK") : STR("K");
    return p->sex == SEX_FEMALE ? STR("JD") : STR("DD");
}

/* The registry does not know who can read: a dash, and the note under the table says why. */
static struct str reads_of(struct arena *arena, const void *row)
{
    (void)arena;
    (void)row;
    return STR("–");
}

static struct str remark_of(struct arena *arena, const void *row)
{
    const struct book_person *p = row;
    struct buf text = {.arena = arena};

    if (!date_is_none(p->came_on))
        buf_fmt(&text, "Datang %.*s%s", STR_ARG(date_short(arena, p->came_on)), p->is_late ? "*" : "");
    if (nik_is_temporary(p->nik))
        buf_fmt(&text, "%sNIK sementara", text.n > 0 ? "; " : "");
    if (nik_is_temporary(p->kk_no))
        buf_fmt(&text, "%sKK sementara", text.n > 0 ? "; " : "");
    return buf_str(&text);
}

static struct str address_of(struct arena *arena, const void *row)
{
    const struct book_person *p = row;
    struct buf text = {.arena = arena};

    struct str address = p->address.p != NULL && is_said(p->address) ? p->address : p->address_now; /* without a family: his own */
    struct str hamlet = address_hamlet(arena, address, p->hamlet);

    if (is_said(address))
        buf_fmt(&text, "%.*s ", STR_ARG(text_name(arena, address)));
    if (!str_empty(hamlet))
        buf_fmt(&text, "%.*s ", STR_ARG(hamlet));
    if (is_said(p->rt))
        buf_fmt(&text, "RT %.*s ", STR_ARG(p->rt));
    if (is_said(p->rw))
        buf_fmt(&text, "RW %.*s", STR_ARG(p->rw));
    return str_trim(buf_str(&text));
}

#define AT(member) .at = BOOK_AT(struct book_person, member)
#define PLACE_AND_DAY "Tempat & tanggal lahir"

static const struct book_column columns[] = {
    {.heads = {"No. urut"}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Nama lengkap / panggilan"}, .width = 14, .kind = BOOK_NAME, AT(name)},
    {.heads = {"Jenis kelamin"}, .width = 5.5, .text = sex_of, .align = LEDGER_CENTER},
    {.heads = {"Status perkawinan"}, .width = 6, .text = marital_of, .align = LEDGER_CENTER},
    {.heads = {PLACE_AND_DAY, "Tempat"}, .width = 9, .kind = BOOK_NAME, AT(birth_place)},
    {.heads = {PLACE_AND_DAY, "Tanggal"}, .width = 8, AT(birth_date)},
    {.heads = {"Agama"}, .width = 6.5, .kind = BOOK_CODE, AT(religion), .codes = CODE_RELIGION},
    {.heads = {"Pendidikan terakhir"}, .width = 9.5, .kind = BOOK_CODE, AT(education), .codes = CODE_EDUCATION_KK},
    {.heads = {"Pekerjaan"}, .width = 10.5, .kind = BOOK_CODE, AT(occupation), .codes = CODE_OCCUPATION},
    {.heads = {"Dapat membaca huruf"}, .width = 6.5, .text = reads_of, .align = LEDGER_CENTER},
    {.heads = {"Kewarganegaraan"}, .width = 10.4, .kind = BOOK_CODE, AT(citizenship), .codes = CODE_CITIZENSHIP, .align = LEDGER_CENTER},
    {.heads = {"Alamat lengkap"}, .width = 12, .text = address_of},
    {.heads = {"Kedudukan dalam keluarga"}, .width = 8.5, .kind = BOOK_CODE, AT(role), .codes = CODE_FAMILY_ROLE},
    {.heads = {"NIK"}, .width = 12.7, AT(nik)},
    {.heads = {"Nomor KK"}, .width = 12.7, AT(kk_no)},
    {.heads = {"Ket."}, .width = 9, .text = remark_of},
};

BOOK_PUTS(put_person, book_person)

static enum rc prepare(struct book_run *run, struct err *err)
{
    struct late_arrivals late;

    TRY(sql_late_arrivals(run->db, &late, err));
    run->note = STR("Kolom 4: K kawin, BK belum kawin, JD janda, DD duda. Kolom 10 bertanda – karena data penduduk tidak memuatnya; isi "
                    "dengan tangan bila diminta. Kolom lain yang kosong belum "
                    "diisi pada data orangnya. Kolom 2 memuat nama lengkap saja.");
    if (late.n > 0)
        run->note = str_fmt(run->arena, "%.*s * Kedatangan itu dicatat sesudah rekapitulasi bulannya ditutup.", STR_ARG(run->note));
    return RC_OK;
}

enum rc books_since(struct village_db *db, struct date *out, struct err *err)
{
    struct resident_since row;

    TRY(sql_resident_since(db, &row, err));
    *out = row.day;
    return RC_OK;
}

static enum rc each(struct book_run *run, struct err *err)
{
    return sql_book_person(run->db, put_person, run, err);
}

const struct book book_b1 = {
    .name = "b1",
    .title = "B.1 Buku Induk Penduduk",
    .about = "buku induk penduduk",
    .noun = "warga",
    .home = "/kantor/buku/b1",
    .home_label = "Buku Induk Penduduk",
    .permission = MAY_READ_RESIDENTS,
    .period = BOOK_OF_NOW,
    .columns = columns,
    .n = COUNT_OF(columns),
    .text_pt = 7.5,
    .has_numbers = true,
    .since = books_since,
    .prepare = prepare,
    .each = each,
};
