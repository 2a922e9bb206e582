// SPDX-License-Identifier: AGPL-3.0-or-later
/* The headings of OpenSID's templates and exports of all years, of the civil registry, and those people write themselves. */
#include "server/base/text.h"
#include "tenants/village/import/import_head.h"

/* In this order. */
static const struct {
    const char *word, *is;
} shorter[] = {
    {"nomor", "no"},         {"tanggal", "tgl"},        {"kelahiran", "lhr"},    {"lahir", "lhr"},       {"tempat", "tmp"},
    {"tmpt", "tmp"},         {"hubungan", "hub"},       {"keluarga", "kel"},     {"dalam", "dlm"},       {"golongan", "gol"},
    {"darah", "drh"},        {"passport", "paspor"},    {"pasport", "paspor"},   {"pendidikan", "pddk"}, {"perkawinan", "kawin"},
    {"pernikahan", "kawin"}, {"nikah", "kawin"},        {"perceraian", "cerai"}, {"status", "stat"},     {"kelamin", "klmin"},
    {"pekerjaan", "pkrjn"},  {"kewarganegaraan", "wn"}, {"warganegara", "wn"},   {"elektronik", "el"},   {"sedang", "sdg"},
};

/* The columns' own names, and what people write over a column instead; folded as heading_fold does. */
static const char *const own[COLUMN_COUNT] = {[COLUMN_ADDRESS] = "alamat",
                                              [COLUMN_HAMLET] = "dusun",
                                              [COLUMN_RW] = "rw",
                                              [COLUMN_RT] = "rt",
                                              [COLUMN_NAME] = "nama",
                                              [COLUMN_KK] = "nokk",
                                              [COLUMN_NIK] = "nik",
                                              [COLUMN_SEX] = "sex",
                                              [COLUMN_BIRTH_PLACE] = "tmplhr",
                                              [COLUMN_BIRTH_DATE] = "tgllhr",
                                              [COLUMN_RELIGION] = "agamaid",
                                              [COLUMN_EDUCATION_KK] = "pddkkkid",
                                              [COLUMN_EDUCATION_NOW] = "pddksdgid",
                                              [COLUMN_OCCUPATION] = "pkrjnid",
                                              [COLUMN_MARITAL] = "statkawin",
                                              [COLUMN_FAMILY_ROLE] = "kklevel",
                                              [COLUMN_CITIZENSHIP] = "wnid",
                                              [COLUMN_FATHER_NIK] = "ayahnik",
                                              [COLUMN_FATHER_NAME] = "namaayah",
                                              [COLUMN_MOTHER_NIK] = "ibunik",
                                              [COLUMN_MOTHER_NAME] = "namaibu",
                                              [COLUMN_BLOOD] = "goldrhid",
                                              [COLUMN_BIRTH_CERT] = "aktalhr",
                                              [COLUMN_PASSPORT] = "dokumenpaspor",
                                              [COLUMN_PASSPORT_UNTIL] = "tglakhirpaspor",
                                              [COLUMN_KITAS] = "dokumenkitas",
                                              [COLUMN_MARRIAGE_CERT] = "aktakawin",
                                              [COLUMN_MARRIAGE_DATE] = "tglkawin",
                                              [COLUMN_DIVORCE_CERT] = "aktacerai",
                                              [COLUMN_DIVORCE_DATE] = "tglcerai",
                                              [COLUMN_DISABILITY] = "cacatid",
                                              [COLUMN_CONTRACEPTION] = "carakbid",
                                              [COLUMN_PREGNANCY] = "hamil",
                                              [COLUMN_KTP_EL] = "ktpel",
                                              [COLUMN_RECORD_STATUS] = "statrekam",
                                              [COLUMN_ADDRESS_NOW] = "alamatsekarang",
                                              [COLUMN_BASIC_STATUS] = "statdasar",
                                              [COLUMN_ETHNICITY] = "suku",
                                              [COLUMN_CARD_TAG] = "tagidcard",
                                              [COLUMN_INSURANCE] = "idasuransi",
                                              [COLUMN_INSURANCE_NO] = "noasuransi",
                                              [COLUMN_LAT] = "lat",
                                              [COLUMN_LNG] = "lng"};
static const struct {
    const char *heading;
    int column;
} aliases[] = {
    {"alamatkk", COLUMN_ADDRESS},
    {"alamatktp", COLUMN_ADDRESS},
    {"alamatlengkap", COLUMN_ADDRESS},
    {"alamatrumah", COLUMN_ADDRESS},
    {"alamatasal", COLUMN_ADDRESS},
    {"namadusun", COLUMN_HAMLET},
    {"dusunlingkungan", COLUMN_HAMLET},
    {"lingkungan", COLUMN_HAMLET},
    {"namalingkungan", COLUMN_HAMLET},
    {"dukuh", COLUMN_HAMLET},
    {"banjar", COLUMN_HAMLET},
    {"jorong", COLUMN_HAMLET},
    {"dsn", COLUMN_HAMLET},
    {"norw", COLUMN_RW},
    {"nort", COLUMN_RT},
    {"namalengkap", COLUMN_NAME},
    {"namapenduduk", COLUMN_NAME},
    {"namawarga", COLUMN_NAME},
    {"namaanggotakel", COLUMN_NAME},
    {"namalengkapanggotakel", COLUMN_NAME},
    {"namalgkp", COLUMN_NAME},
    {"namajelas", COLUMN_NAME},
    {"namaanggota", COLUMN_NAME},
    {"nokartukel", COLUMN_KK},
    {"kk", COLUMN_KK},
    {"nkk", COLUMN_KK},
    {"nokkbaru", COLUMN_KK},
    {"nokepalakel", COLUMN_KK},
    {"kkno", COLUMN_KK},
    {"nokkkel", COLUMN_KK},
    {"nokkkartukel", COLUMN_KK},
    {"nonik", COLUMN_NIK},
    {"noktp", COLUMN_NIK},
    {"nikktp", COLUMN_NIK},
    {"noktpnik", COLUMN_NIK},
    {"noindukkependudukan", COLUMN_NIK},
    {"niknoktp", COLUMN_NIK},
    {"noindukkependudukannik", COLUMN_NIK},
    {"noidentitas", COLUMN_NIK},
    {"nikno", COLUMN_NIK},
    {"nikpenduduk", COLUMN_NIK},
    {"jenisklmin", COLUMN_SEX},
    {"jk", COLUMN_SEX},
    {"klmin", COLUMN_SEX},
    {"lp", COLUMN_SEX},
    {"jnsklmin", COLUMN_SEX},
    {"jenkel", COLUMN_SEX},
    {"jekel", COLUMN_SEX},
    {"jeniskel", COLUMN_SEX},
    {"gender", COLUMN_SEX},
    {"jnskel", COLUMN_SEX},
    {"jklmin", COLUMN_SEX},
    {"jnsklm", COLUMN_SEX},
    {"jenisklm", COLUMN_SEX},
    {"lakilakiperempuan", COLUMN_SEX},
    {"tglblnthnlhr", COLUMN_BIRTH_DATE},
    {"tglblnthlhr", COLUMN_BIRTH_DATE},
    {"tglbulantahunlhr", COLUMN_BIRTH_DATE},
    {"tgldanblnlhr", COLUMN_BIRTH_DATE},
    {"kotalhr", COLUMN_BIRTH_PLACE},
    {"templhr", COLUMN_BIRTH_PLACE},
    {"tptlhr", COLUMN_BIRTH_PLACE},
    {"tmplhrkabkota", COLUMN_BIRTH_PLACE},
    {"agama", COLUMN_RELIGION},
    {"pddkkk", COLUMN_EDUCATION_KK},
    {"pddkdlmkk", COLUMN_EDUCATION_KK},
    {"pddkterakhir", COLUMN_EDUCATION_KK},
    {"pddk", COLUMN_EDUCATION_KK},
    {"pddkakhir", COLUMN_EDUCATION_KK},
    {"pddkakh", COLUMN_EDUCATION_KK},
    {"pddktertinggi", COLUMN_EDUCATION_KK},
    {"tingkatpddk", COLUMN_EDUCATION_KK},
    {"pddkterakhirdlmkk", COLUMN_EDUCATION_KK},
    {"pendterakhir", COLUMN_EDUCATION_KK},
    {"pend", COLUMN_EDUCATION_KK},
    {"pddksdg", COLUMN_EDUCATION_NOW},
    {"pddksdgditempuh", COLUMN_EDUCATION_NOW},
    {"pddkyangsdgditempuh", COLUMN_EDUCATION_NOW},
    {"pddksaatini", COLUMN_EDUCATION_NOW},
    {"pkrjn", COLUMN_OCCUPATION},
    {"jenispkrjn", COLUMN_OCCUPATION},
    {"pkrjnutama", COLUMN_OCCUPATION},
    {"matapencaharian", COLUMN_OCCUPATION},
    {"pek", COLUMN_OCCUPATION},
    {"profesi", COLUMN_OCCUPATION},
    {"pkrjnprofesi", COLUMN_OCCUPATION},
    {"kawin", COLUMN_MARITAL},
    {"stskawin", COLUMN_MARITAL},
    {"statkwn", COLUMN_MARITAL},
    {"stkawin", COLUMN_MARITAL},
    {"shdk", COLUMN_FAMILY_ROLE},
    {"hubkel", COLUMN_FAMILY_ROLE},
    {"stathubdlmkel", COLUMN_FAMILY_ROLE},
    {"stathubkel", COLUMN_FAMILY_ROLE},
    {"hubdlmkel", COLUMN_FAMILY_ROLE},
    {"hubdengankepalakel", COLUMN_FAMILY_ROLE},
    {"stathubdengankepalakel", COLUMN_FAMILY_ROLE},
    {"stathub", COLUMN_FAMILY_ROLE},
    {"statdlmkel", COLUMN_FAMILY_ROLE},
    {"hub", COLUMN_FAMILY_ROLE},
    {"statkel", COLUMN_FAMILY_ROLE},
    {"kedudukandlmkel", COLUMN_FAMILY_ROLE},
    {"stathbkel", COLUMN_FAMILY_ROLE},
    {"hubdgnkepalakel", COLUMN_FAMILY_ROLE},
    {"hubkk", COLUMN_FAMILY_ROLE},
    {"hubdengankk", COLUMN_FAMILY_ROLE},
    {"stshubkel", COLUMN_FAMILY_ROLE},
    {"shk", COLUMN_FAMILY_ROLE},
    {"hubdgnkk", COLUMN_FAMILY_ROLE},
    {"sttshubkel", COLUMN_FAMILY_ROLE},
    {"stathubdgnkepalakel", COLUMN_FAMILY_ROLE},
    {"stathubdgnkk", COLUMN_FAMILY_ROLE},
    {"shdrt", COLUMN_FAMILY_ROLE},
    {"hubdgnkpkel", COLUMN_FAMILY_ROLE},
    {"hubdgnkepkel", COLUMN_FAMILY_ROLE},
    {"hubkepalakel", COLUMN_FAMILY_ROLE},
    {"wn", COLUMN_CITIZENSHIP},
    {"statwn", COLUMN_CITIZENSHIP},
    {"wniwna", COLUMN_CITIZENSHIP},
    {"nikayah", COLUMN_FATHER_NIK},
    {"nikbapak", COLUMN_FATHER_NIK},
    {"ayah", COLUMN_FATHER_NAME},
    {"namaayahkandung", COLUMN_FATHER_NAME},
    {"namalgkpayah", COLUMN_FATHER_NAME},
    {"namalengkapayah", COLUMN_FATHER_NAME},
    {"namabapak", COLUMN_FATHER_NAME},
    {"bapak", COLUMN_FATHER_NAME},
    {"ayahkandung", COLUMN_FATHER_NAME},
    {"nikibu", COLUMN_MOTHER_NIK},
    {"ibu", COLUMN_MOTHER_NAME},
    {"namaibukandung", COLUMN_MOTHER_NAME},
    {"namalgkpibu", COLUMN_MOTHER_NAME},
    {"namalengkapibu", COLUMN_MOTHER_NAME},
    {"ibukandung", COLUMN_MOTHER_NAME},
    {"goldrh", COLUMN_BLOOD},
    {"gdrh", COLUMN_BLOOD},
    {"gdr", COLUMN_BLOOD},
    {"goldar", COLUMN_BLOOD},
    {"gold", COLUMN_BLOOD},
    {"noaktalhr", COLUMN_BIRTH_CERT},
    {"noaktelhr", COLUMN_BIRTH_CERT},
    {"aktelhr", COLUMN_BIRTH_CERT},
    {"nodokumenpaspor", COLUMN_PASSPORT},
    {"nopaspor", COLUMN_PASSPORT},
    {"paspor", COLUMN_PASSPORT},
    {"tglakhpaspor", COLUMN_PASSPORT_UNTIL},
    {"tglberakhirpaspor", COLUMN_PASSPORT_UNTIL},
    {"masaberlakupaspor", COLUMN_PASSPORT_UNTIL},
    {"berlakupasporsampai", COLUMN_PASSPORT_UNTIL},
    {"nodokumenkitas", COLUMN_KITAS},
    {"nokitas", COLUMN_KITAS},
    {"nokitaskitap", COLUMN_KITAS},
    {"kitas", COLUMN_KITAS},
    {"nokitap", COLUMN_KITAS},
    {"kitaskitap", COLUMN_KITAS},
    {"noaktakawin", COLUMN_MARRIAGE_CERT},
    {"aktakwn", COLUMN_MARRIAGE_CERT},
    {"noaktakwn", COLUMN_MARRIAGE_CERT},
    {"bukukawin", COLUMN_MARRIAGE_CERT},
    {"nobukukawin", COLUMN_MARRIAGE_CERT},
    {"aktakawinbukukawin", COLUMN_MARRIAGE_CERT},
    {"noaktakawinbukukawin", COLUMN_MARRIAGE_CERT},
    {"tglkwn", COLUMN_MARRIAGE_DATE},
    {"noaktacerai", COLUMN_DIVORCE_CERT},
    {"noaktacrai", COLUMN_DIVORCE_CERT},
    {"aktacrai", COLUMN_DIVORCE_CERT},
    {"tglcrai", COLUMN_DIVORCE_DATE},
    {"cacat", COLUMN_DISABILITY},
    {"kecacatan", COLUMN_DISABILITY},
    {"jeniscacat", COLUMN_DISABILITY},
    {"penyandangcacat", COLUMN_DISABILITY},
    {"disabilitas", COLUMN_DISABILITY},
    {"pnydngcct", COLUMN_DISABILITY},
    {"jenisdisabilitas", COLUMN_DISABILITY},
    {"carakb", COLUMN_CONTRACEPTION},
    {"kb", COLUMN_CONTRACEPTION},
    {"alatkb", COLUMN_CONTRACEPTION},
    {"akseptorkb", COLUMN_CONTRACEPTION},
    {"pesertakb", COLUMN_CONTRACEPTION},
    {"stathamil", COLUMN_PREGNANCY},
    {"statkehamilan", COLUMN_PREGNANCY},
    {"kehamilan", COLUMN_PREGNANCY},
    {"ektp", COLUMN_KTP_EL},
    {"statktpel", COLUMN_KTP_EL},
    {"identitasel", COLUMN_KTP_EL},
    {"statktp", COLUMN_KTP_EL},
    {"kepemilikanktp", COLUMN_KTP_EL},
    {"statrkm", COLUMN_RECORD_STATUS},
    {"statperekaman", COLUMN_RECORD_STATUS},
    {"statrekamktp", COLUMN_RECORD_STATUS},
    {"statrekamktpel", COLUMN_RECORD_STATUS},
    {"alamatdomisili", COLUMN_ADDRESS_NOW},
    {"domisili", COLUMN_ADDRESS_NOW},
    {"alamatsaatini", COLUMN_ADDRESS_NOW},
    {"alamattinggal", COLUMN_ADDRESS_NOW},
    {"alamattmpinggalsekarang", COLUMN_ADDRESS_NOW},
    {"stathidup", COLUMN_BASIC_STATUS},
    {"statdasarpenduduk", COLUMN_BASIC_STATUS},
    {"stathidupmati", COLUMN_BASIC_STATUS},
    {"hidupmati", COLUMN_BASIC_STATUS},
    {"sukubangsa", COLUMN_ETHNICITY},
    {"sukuetnis", COLUMN_ETHNICITY},
    {"etnis", COLUMN_ETHNICITY},
    {"tagcard", COLUMN_CARD_TAG},
    {"idcard", COLUMN_CARD_TAG},
    {"tagrfid", COLUMN_CARD_TAG},
    {"asuransi", COLUMN_INSURANCE},
    {"asuransikesehatan", COLUMN_INSURANCE},
    {"jenisasuransi", COLUMN_INSURANCE},
    {"jaminankesehatan", COLUMN_INSURANCE},
    {"bpjs", COLUMN_INSURANCE},
    {"nobpjs", COLUMN_INSURANCE_NO},
    {"nokartubpjs", COLUMN_INSURANCE_NO},
    {"nobpjskesehatan", COLUMN_INSURANCE_NO},
    {"nojkn", COLUMN_INSURANCE_NO},
    {"nokartujkn", COLUMN_INSURANCE_NO},
    {"noasuransikesehatan", COLUMN_INSURANCE_NO},
    {"nokis", COLUMN_INSURANCE_NO},
    {"latitude", COLUMN_LAT},
    {"lintang", COLUMN_LAT},
    {"garislintang", COLUMN_LAT},
    {"longitude", COLUMN_LNG},
    {"bujur", COLUMN_LNG},
    {"garisbujur", COLUMN_LNG},
    {"long", COLUMN_LNG},
    {"lon", COLUMN_LNG},
    {"rtrw", HEAD_RT_RW},
    {"tmpgllhr", HEAD_BIRTH},
    {"ttl", HEAD_BIRTH},
    {"tmpdantgllhr", HEAD_BIRTH},
    {"no", HEAD_NO},
    {"l", HEAD_MALE},
    {"lk", HEAD_MALE},
    {"lakilaki", HEAD_MALE},
    {"p", HEAD_FEMALE},
    {"pr", HEAD_FEMALE},
    {"perempuan", HEAD_FEMALE},
    {"nourut", HEAD_NO},
};

struct str heading_fold(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_put_char(&out, c);
    }
    struct str folded = buf_str(&out);
    for (size_t i = 0; i < COUNT_OF(shorter); i++)
        if (str_find(folded, str_c(shorter[i].word)) >= 0)
            folded = str_replace(arena, folded, str_c(shorter[i].word), str_c(shorter[i].is));
    return folded;
}

static int column_of_folded(struct str folded)
{
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (str_is(folded, own[c]))
            return c;
    for (size_t i = 0; i < COUNT_OF(aliases); i++)
        if (str_is(folded, aliases[i].heading))
            return aliases[i].column;
    return HEAD_NONE;
}

/* "Jenis Kelamin (L/P)": when the whole means nothing, what stands before the bracket does. */
static int meaning_of(struct arena *arena, struct str heading)
{
    int c = column_of_folded(heading_fold(arena, heading));
    ptrdiff_t bracket = str_find_char(heading, '(');

    return c != HEAD_NONE || bracket <= 0 ? c : column_of_folded(heading_fold(arena, str_part(heading, 0, (size_t)bracket)));
}

int column_of_heading(struct arena *arena, struct str heading)
{
    int c = meaning_of(arena, heading);

    return c < COLUMN_COUNT ? c : HEAD_NONE;
}

struct titles titles_of(struct arena *arena, const struct sheet_cell *cells, size_t n)
{
    struct titles t = {ARENA_ARRAY(arena, struct str, n), n};

    for (size_t i = 0; i < n; i++)
        t.p[i] = cells[i].kind == CELL_TEXT ? utf8_part(arena, text_tidy(arena, cells[i].text), 60) : STR("");
    return t;
}

void add_name(struct buf *list, struct str name)
{
    if (list->n > 400)
        return;
    if (list->n > 0)
        buf_put_str(list, STR(", "));
    buf_put_str(list, name);
}

static struct str title_at(const struct titles *t, size_t i)
{
    return t != NULL && i < t->n ? t->p[i] : STR("");
}

/* What groups a column: the title over it, or the one to the left, whose cell reaches over it. */
static struct str group_at(const struct titles *above, size_t i)
{
    for (size_t k = i < above->n ? i + 1 : above->n; k-- > 0;)
        if (!str_empty(above->p[k]))
            return above->p[k];
    return STR("");
}

static int cell_meaning(struct arena *arena, const struct titles *above, struct str title, size_t i, struct str *shown_out)
{
    struct str over = title_at(above, i);
    int c;

    *shown_out = !str_empty(title) ? title : over;
    if (above == NULL || str_empty(title))
        return str_empty(*shown_out) ? HEAD_NONE : meaning_of(arena, *shown_out);
    over = group_at(above, i);
    c = meaning_of(arena, str_fmt(arena, "%.*s %.*s", STR_ARG(over), STR_ARG(title)));
    if (c == HEAD_NONE)
        c = meaning_of(arena, str_fmt(arena, "%.*s %.*s", STR_ARG(title), STR_ARG(over)));
    return c != HEAD_NONE ? c : meaning_of(arena, title);
}

/* Whom a file cannot do without: which of two columns is meant, only a person knows. */
static bool is_needed(int c)
{
    return c == COLUMN_NAME || c == COLUMN_KK || c == COLUMN_NIK;
}

/* In an export of the civil registry "Status" says who lives, in its printed forms who is married. */
static void settle_status(struct arena *arena, struct heading *h, const struct titles *above, const struct titles *row)
{
    enum resident_column meant = h->is_siak ? COLUMN_BASIC_STATUS : COLUMN_MARITAL;

    if (heading_has(h, meant) || (!h->is_siak && heading_has(h, COLUMN_KK)))
        return;
    for (size_t i = 0; i < h->n; i++) {
        struct str title = title_at(row, i);
        if (h->columns[i] != HEAD_NONE || !str_is(heading_fold(arena, str_empty(title) ? title_at(above, i) : title), "stat"))
            continue;
        h->columns[i] = (int16_t)meant;
        h->seen |= UINT64_C(1) << meant;
        return;
    }
}

/* "L" and "P" beside each other are columns to tick; one of them alone means something else. */
static void settle_ticks(struct heading *h, const struct titles *row, struct buf *unknown)
{
    size_t male = 0, female = 0;

    for (size_t i = 0; i < h->n; i++) {
        male += h->columns[i] == HEAD_MALE;
        female += h->columns[i] == HEAD_FEMALE;
    }
    if (male == 1 && female == 1)
        h->seen |= UINT64_C(1) << COLUMN_SEX;
    for (size_t i = 0; i < h->n && (male != 1 || female != 1); i++)
        if (h->columns[i] == HEAD_MALE || h->columns[i] == HEAD_FEMALE) {
            h->columns[i] = HEAD_NONE;
            h->known--;
            add_name(unknown, title_at(row, i));
        }
}

struct heading heading_of(struct arena *arena, const struct titles *above, const struct titles *row)
{
    size_t n = above != NULL && above->n > row->n ? above->n : row->n;
    struct heading h = {.columns = ARENA_ARRAY(arena, int16_t, n), .n = n};
    struct buf unknown = {.arena = arena}, twice = {.arena = arena};
    struct str *first = ARENA_ARRAY(arena, struct str, COLUMN_COUNT);

    for (size_t i = 0; i < n; i++) {
        struct str shown;
        int c = cell_meaning(arena, above, title_at(row, i), i, &shown);
        struct str folded = str_empty(shown) ? STR("") : heading_fold(arena, shown);
        h.columns[i] = (int16_t)c;
        h.is_siak |= str_is(folded, "petugasregistrasi");
        if (c == HEAD_NONE && !str_empty(shown))
            add_name(&unknown, shown);
        h.known += c != HEAD_NONE;
        if (c < 0 || c >= COLUMN_COUNT)
            continue;
        if (!heading_has(&h, (enum resident_column)c)) {
            h.seen |= UINT64_C(1) << c;
            first[c] = folded;
            continue;
        }
        if (is_needed(c) || str_eq(first[c], folded)) {
            add_name(&twice, str_c(column_rules[c].heading));
            continue;
        }
        /* of two names the column's own is meant, else the first */
        bool is_own = str_is(folded, own[c]);
        for (size_t k = 0; k < i && is_own; k++)
            if (h.columns[k] == c)
                h.columns[k] = HEAD_NONE;
        if (!is_own)
            h.columns[i] = HEAD_NONE;
        add_name(&unknown, shown);
    }
    settle_ticks(&h, row, &unknown);
    settle_status(arena, &h, above, row);
    h.unknown = buf_str(&unknown);
    h.twice = buf_str(&twice);
    return h;
}
