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
    {"lhrtmp", COLUMN_BIRTH_PLACE},
    {"lhrdi", COLUMN_BIRTH_PLACE},
    {"lhrtgl", COLUMN_BIRTH_DATE},
    {"lhrpdtgl", COLUMN_BIRTH_DATE},
    {"lhrpadatgl", COLUMN_BIRTH_DATE},
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
    {"lhr", HEAD_BIRTH},
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
    bool is_ascii = true;

    for (size_t i = 0; i < s.n && is_ascii; i++)
        is_ascii = (unsigned char)s.p[i] < 0x80;
    if (!is_ascii)
        s = text_fold(arena, s);
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

static bool cut_word(struct str *s, struct str word)
{
    if (str_empty(word) || !str_starts(*s, word))
        return false;
    *s = str_from(*s, word.n);
    return true;
}

/* "Nama Jorong", "Dusun/Lingkungan": nothing but what people call a hamlet. `word`: the village's own, folded, or empty. */
static bool names_hamlets(struct str folded, struct str word)
{
    static const char *const words[] = {"dusun",   "dsn",     "lingkungan", "lingk",  "padukuhan", "pedukuhan", "dukuhan", "dukuh",
                                        "kampung", "kampong", "banjar",     "jorong", "jurong",    "korong",    "atau"};
    bool is_more = true;

    cut_word(&folded, STR("nama"));
    if (str_empty(folded))
        return false;
    while (folded.n > 0 && is_more) {
        is_more = cut_word(&folded, word);
        for (size_t i = 0; i < COUNT_OF(words) && !is_more; i++)
            is_more = cut_word(&folded, str_c(words[i]));
    }
    return str_empty(folded);
}

static int column_of_folded(struct str folded)
{
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (str_is(folded, own[c]))
            return c;
    for (size_t i = 0; i < COUNT_OF(aliases); i++)
        if (str_is(folded, aliases[i].heading))
            return aliases[i].column;
    return names_hamlets(folded, STR("")) ? COLUMN_HAMLET : HEAD_NONE;
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

/* The headings while they are read. */
struct reading_head {
    struct heading *h;
    struct str *shown, *folded; /* of each column: what stands over it, and folded */
    bool *is_unknown;           /* told as not read */
};

static void settle(struct reading_head *r, size_t i, int column)
{
    r->h->known += r->h->columns[i] == HEAD_NONE;
    r->h->columns[i] = (int16_t)column;
    r->is_unknown[i] = false;
    if (column < COLUMN_COUNT)
        r->h->seen |= UINT64_C(1) << column;
}

/* In an export of the civil registry "Status" says who lives, in its printed forms who is married. */
static void settle_status(struct reading_head *r)
{
    enum resident_column meant = r->h->is_siak ? COLUMN_BASIC_STATUS : COLUMN_MARITAL;

    if (heading_has(r->h, meant) || (!r->h->is_siak && heading_has(r->h, COLUMN_KK)))
        return;
    for (size_t i = 0; i < r->h->n; i++)
        if (r->h->columns[i] == HEAD_NONE && str_is(r->folded[i], "stat")) {
            settle(r, i, meant);
            return;
        }
}

/* "L" and "P" beside each other are columns to tick; one of them alone means something else. */
static void settle_ticks(struct reading_head *r)
{
    struct heading *h = r->h;
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
            r->is_unknown[i] = true;
        }
}

static bool says(const struct reading_head *r, size_t i, const char *word)
{
    return i < r->h->n && str_is(r->folded[i], word);
}

/* "Tgl", "Bln" and "Thn" beside each other. */
static void settle_three(struct reading_head *r)
{
    struct heading *h = r->h;

    for (size_t i = 0; i + 2 < h->n; i++) {
        bool is_free = h->columns[i] == COLUMN_BIRTH_DATE || (h->columns[i] == HEAD_NONE && !heading_has(h, COLUMN_BIRTH_DATE));
        if (!is_free || !(says(r, i, "tgl") || says(r, i, "hari")) || !(says(r, i + 1, "bln") || says(r, i + 1, "bulan")) ||
            !(says(r, i + 2, "thn") || says(r, i + 2, "tahun") || says(r, i + 2, "th")))
            continue;
        settle(r, i, HEAD_THREE);
        h->known += 2;
        h->seen |= UINT64_C(1) << COLUMN_BIRTH_DATE;
        r->is_unknown[i + 1] = r->is_unknown[i + 2] = false;
        return;
    }
}

/*
 * "Tempat" and "Tanggal" beside each other, or one beside a column of the birth, speak of it, wherever "Lahir" stands. Over two columns
 * of which only the first has a heading, the second holds the date.
 */
static void settle_birth(struct reading_head *r)
{
    struct heading *h = r->h;

    for (size_t i = 0; i + 1 < h->n; i++) {
        bool is_place = h->columns[i] == COLUMN_BIRTH_PLACE, is_date = h->columns[i + 1] == COLUMN_BIRTH_DATE,
             is_three = h->columns[i + 1] == HEAD_THREE;
        bool may_be_place = is_place || (says(r, i, "tmp") && !heading_has(h, COLUMN_BIRTH_PLACE)) ||
                            (h->columns[i] == HEAD_BIRTH && h->columns[i + 1] == HEAD_BIRTH);
        bool may_be_date = is_date || is_three ||
                           (!heading_has(h, COLUMN_BIRTH_DATE) && (says(r, i + 1, "tgl") || says(r, i + 1, "tglblnthn") ||
                                                                   says(r, i + 1, "tglbulantahun") || h->columns[i + 1] == HEAD_BIRTH));
        if (may_be_place && may_be_date && !(is_place && (is_date || is_three))) {
            settle(r, i, COLUMN_BIRTH_PLACE);
            if (!is_three)
                settle(r, i + 1, COLUMN_BIRTH_DATE);
            return;
        }
    }
    for (size_t i = 0; i + 1 < h->n; i++) {
        if (h->columns[i] == COLUMN_BIRTH_DATE && says(r, i + 1, "tmp") && !heading_has(h, COLUMN_BIRTH_PLACE))
            settle(r, i + 1, COLUMN_BIRTH_PLACE);
        if (h->columns[i] != HEAD_BIRTH || !str_empty(r->shown[i + 1]) || heading_has(h, COLUMN_BIRTH_DATE))
            continue;
        settle(r, i + 1, COLUMN_BIRTH_DATE);
        h->known--; /* no heading says it */
    }
}

/* The village's own word, where no other column is the hamlet. */
static void settle_hamlet(struct reading_head *r, struct str word)
{
    for (size_t i = 0; i < r->h->n && !str_empty(word) && !heading_has(r->h, COLUMN_HAMLET); i++)
        if ((r->h->columns[i] == HEAD_NONE || r->h->columns[i] == COLUMN_RW) && names_hamlets(r->folded[i], word)) {
            if (r->h->columns[i] == COLUMN_RW)
                r->h->seen &= ~(UINT64_C(1) << COLUMN_RW); /* where hamlets are called RW */
            settle(r, i, COLUMN_HAMLET);
        }
}

/* Of two columns that one heading means, the column's own name is meant, else the first. */
static void settle_twice(struct reading_head *r, size_t i, int c)
{
    struct heading *h = r->h;
    bool is_own = str_is(r->folded[i], own[c]);

    for (size_t k = 0; k < i && is_own; k++)
        if (h->columns[k] == c) {
            h->columns[k] = HEAD_NONE;
            r->is_unknown[k] = true;
        }
    if (is_own)
        return;
    h->columns[i] = HEAD_NONE;
    r->is_unknown[i] = true;
}

/* What each column means by itself; *twice: those that may not stand twice. */
static void read_each(struct arena *arena, struct reading_head *r, const struct titles *above, const struct titles *row, struct buf *twice)
{
    struct str *first = ARENA_ARRAY(arena, struct str, COLUMN_COUNT);
    struct heading *h = r->h;

    for (size_t i = 0; i < h->n; i++) {
        int c = cell_meaning(arena, above, title_at(row, i), i, &r->shown[i]);
        r->folded[i] = str_empty(r->shown[i]) ? STR("") : heading_fold(arena, r->shown[i]);
        h->columns[i] = (int16_t)c;
        h->is_siak |= str_is(r->folded[i], "petugasregistrasi");
        r->is_unknown[i] = c == HEAD_NONE && !str_empty(r->shown[i]);
        h->known += c != HEAD_NONE;
        if (c < 0 || c >= COLUMN_COUNT)
            continue;
        if (!heading_has(h, (enum resident_column)c)) {
            h->seen |= UINT64_C(1) << c;
            first[c] = r->folded[i];
        } else if (is_needed(c) || str_eq(first[c], r->folded[i])) {
            add_name(twice, str_c(column_rules[c].heading));
        } else {
            settle_twice(r, i, c);
        }
    }
}

struct heading heading_of(struct arena *arena, struct str hamlet_word, const struct titles *above, const struct titles *row)
{
    size_t n = (above != NULL && above->n > row->n ? above->n : row->n) + 1; /* "Tempat/Tgl Lahir" may be over the last two */
    struct heading h = {.columns = ARENA_ARRAY(arena, int16_t, n), .n = n};
    struct reading_head r = {&h, ARENA_ARRAY(arena, struct str, n), ARENA_ARRAY(arena, struct str, n), ARENA_ARRAY(arena, bool, n)};
    struct buf unknown = {.arena = arena}, twice = {.arena = arena};

    read_each(arena, &r, above, row, &twice);
    settle_ticks(&r);
    settle_status(&r);
    settle_three(&r);
    settle_birth(&r);
    settle_hamlet(&r, heading_fold(arena, hamlet_word));
    h.n -= h.columns[n - 1] == HEAD_NONE;
    for (size_t i = 0; i < h.n; i++)
        if (r.is_unknown[i])
            add_name(&unknown, r.shown[i]);
    h.unknown = buf_str(&unknown);
    h.twice = buf_str(&twice);
    return h;
}
