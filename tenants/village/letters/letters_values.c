// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a paper says: the values of its words, of the village, the letter and its people. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/residents/nik.h"

static void set(json_t *values, const char *name, struct str text)
{
    json_object_set_new(values, name, json_stringn(text.p != NULL ? text.p : "", text.n));
}

static struct str label(enum code_list list, struct opt_u64 code)
{
    return code.is_set ? code_official(list, (uint32_t)code.value) : STR("-");
}

static struct str or_dash(struct str s)
{
    return str_empty(s) ? STR("-") : s;
}

/* "RT 002 RW 001, Dusun Batu Lotong": parts that are "-" or empty, and a hamlet the street names already, are left out. */
static struct str place_text(struct arena *arena, const struct letter_subject *s, struct str street)
{
    struct str hamlet = address_hamlet(arena, street, s->hamlet);
    struct buf text = {.arena = arena};

    if (is_said(s->rt))
        buf_fmt(&text, "RT %.*s", STR_ARG(s->rt));
    if (is_said(s->rw))
        buf_fmt(&text, "%sRW %.*s", text.n > 0 ? " " : "", STR_ARG(s->rw));
    if (!str_empty(hamlet))
        buf_fmt(&text, "%s%.*s", text.n > 0 ? ", " : "", STR_ARG(hamlet));
    return buf_str(&text);
}

static bool is_word_of(struct str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(word, words[i]))
            return true;
    return false;
}

/* "Kota Makassar", "Kec. Larompong", "Desa Lebang": says itself where it is. "Jl. Poros Desa" and "Jl. Kota Baru" are streets. */
static bool names_place(struct arena *arena, struct str address)
{
    static const char *const kinds[] = {"kota", "kab", "kabupaten", "kec", "kecamatan", "kel", "kelurahan", "desa", "prov", "provinsi"};
    static const char *const of_streets[] = {"jl", "jln", "jalan", "poros", "lorong", "lrg", "gang", "gg"};
    static const char *const no_names[] = {"no", "nomor", "rt", "rw", "dusun", "blok", "km"};
    struct str rest = str_trim(text_fold(arena, address)), word, before = STR(""), kind = STR("");

    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0)
            continue;
        const bool is_name = word.p[0] >= 'a' && word.p[0] <= 'z' && !is_word_of(word, no_names, COUNT_OF(no_names));

        if (kind.n > 0 && is_name)
            return true;
        kind = is_word_of(word, kinds, COUNT_OF(kinds)) && !is_word_of(before, of_streets, COUNT_OF(of_streets)) ? word : STR("");
        before = word;
    }
    return false;
}

/* "Jl. Poros 4, RT 002 RW 001, Dusun Padang, Desa To'long". */
static struct str address_text(struct arena *arena, const struct letter_identity *village, const struct letter_subject *s,
                               struct str street)
{
    struct str place = text_hamlet(arena, place_text(arena, s, street), village->hamlet_word);

    return str_fmt(arena, "%.*s%s%.*s%sDesa %.*s", STR_ARG(text_name(arena, street)), str_empty(street) ? "" : ", ", STR_ARG(place),
                   str_empty(place) ? "" : ", ", STR_ARG(village->name));
}

/* Of somebody from elsewhere. */
static struct str outside_address(struct arena *arena, const struct letter_subject *s)
{
    const struct str address = or_dash(text_place(arena, s->address));

    return str_empty(s->address_now) ? address
                                     : str_fmt(arena, "%.*s (menurut KTP), tinggal sementara di %.*s", STR_ARG(address),
                                               STR_ARG(text_place(arena, s->address_now)));
}

/* Where he stays, without ", Desa Sampano" and what follows it: the paper says this village and all above it itself. */
static struct str stay_text(struct arena *arena, const struct letter_identity *village, struct str typed)
{
    const struct str self = text_fold(arena, str_fmt(arena, "desa %.*s", STR_ARG(village->name)));
    struct str rest = typed, part;
    size_t n = 0;

    while (rest.p != NULL && str_cut(&rest, ',', &part)) {
        if (n > 0 && str_eq(str_trim(text_fold(arena, part)), self))
            return text_place(arena, str_part(typed, 0, n));
        n = (size_t)(part.p - typed.p) + part.n;
    }
    return text_place(arena, typed);
}

/* "7317…", and for a number of the village's own, which no paper prints: "belum terbit". */
static struct str number_of(struct str number)
{
    return nik_is_temporary(number) ? STR("belum terbit") : or_dash(number);
}

static struct str day_of(struct arena *arena, struct date day)
{
    return date_is_none(day) ? STR("-") : date_long(arena, day);
}

/* Of one person all words of letter_person_words, each with the suffix. */
struct person_words {
    struct arena *arena;
    json_t *values;
    const char *suffix; /* "", "_pelapor" */
};

static void put(const struct person_words *w, const char *name, struct str text)
{
    set(w->values, str_z(w->arena, str_fmt(w->arena, "%s%s", name, w->suffix)), text);
}

static void put_birth(const struct person_words *w, const struct letter_subject *s, struct date today)
{
    struct str place = or_dash(text_place(w->arena, s->birth_place));
    bool is_known = !date_is_none(s->birth_date);

    put(w, "tempat_lahir", place);
    put(w, "tanggal_lahir", day_of(w->arena, s->birth_date));
    put(w, "ttl", is_known ? str_fmt(w->arena, "%.*s, %.*s", STR_ARG(place), STR_ARG(date_long(w->arena, s->birth_date))) : place);
    put(w, "usia", is_known ? date_age_text(w->arena, s->birth_date, today) : STR("-"));
}

static void put_place(const struct person_words *w, const struct letter_subject *s, const struct letter_identity *village, bool is_outside)
{
    struct arena *arena = w->arena;
    const bool is_elsewhere = !is_outside &&
                              names_place(arena, s->address_now); /* the village's RT, hamlet and name do not follow another place */
    struct str street = is_outside || is_elsewhere || str_empty(s->address_now) ? s->address : s->address_now;
    struct str place = text_hamlet(arena, place_text(arena, s, street), village->hamlet_word);
    struct str address = is_outside ? outside_address(arena, s) : address_text(arena, village, s, street);

    put(w, "wilayah", or_dash(place));
    put(w, "dusun", text_name(arena, s->hamlet));
    put(w, "rt", or_dash(s->rt));
    put(w, "rw", or_dash(s->rw));
    put(w, "alamat_jalan", or_dash(is_outside ? text_place(arena, street) : text_name(arena, street)));
    put(w, "tinggal_sementara", is_outside ? stay_text(arena, village, s->address_now) : STR(""));
    put(w, "alamat",
        is_elsewhere ? str_fmt(arena, "%.*s; sekarang tinggal di %.*s", STR_ARG(address), STR_ARG(text_name(arena, s->address_now)))
                     : address);
}

static void put_family(const struct person_words *w, const struct letter_subject *s, bool is_outside)
{
    put(w, "no_kk", str_empty(s->kk_no) && !is_outside ? STR("belum terbit") : number_of(s->kk_no));
    put(w, "hubungan_kk", label(CODE_FAMILY_ROLE, s->family_role));
    put(w, "kepala_kk", or_dash(text_name(w->arena, s->head_name)));
    put(w, "nik_kepala_kk", number_of(s->head_nik));
    put(w, "pekerjaan_kepala_kk", label(CODE_OCCUPATION, s->head_occupation));
    put(w, "nama_ayah", or_dash(text_name(w->arena, s->father_name)));
    put(w, "nik_ayah", number_of(s->father_nik));
    put(w, "nama_ibu", or_dash(text_name(w->arena, s->mother_name)));
    put(w, "nik_ibu", number_of(s->mother_nik));
}

static void put_papers(const struct person_words *w, const struct letter_subject *s)
{
    put(w, "akta_lahir", or_dash(s->birth_cert));
    put(w, "akta_perkawinan", or_dash(s->marriage_cert));
    put(w, "tanggal_perkawinan", day_of(w->arena, s->marriage_date));
    put(w, "akta_perceraian", or_dash(s->divorce_cert));
    put(w, "tanggal_perceraian", day_of(w->arena, s->divorce_date));
    put(w, "dokumen_pasport", or_dash(s->passport));
    put(w, "tanggal_akhir_paspor", day_of(w->arena, s->passport_until));
    put(w, "dokumen_kitas", or_dash(s->kitas));
}

static void put_person(const struct person_words *w, const struct letter_subject *s, const struct letter_parts *p, bool is_outside)
{
    put(w, "nama", text_name(w->arena, s->name));
    put(w, "nik", number_of(s->nik));
    put(w, "jenis_kelamin", s->sex == SEX_FEMALE ? STR("Perempuan") : s->sex == SEX_MALE ? STR("Laki-laki") : STR("-"));
    put_birth(w, s, p->date);
    put(w, "agama", label(CODE_RELIGION, s->religion));
    put(w, "pekerjaan", label(CODE_OCCUPATION, s->occupation));
    put(w, "status_kawin", label(CODE_MARITAL, s->marital));
    put(w, "pendidikan", label(CODE_EDUCATION_KK, s->education));
    put(w, "pendidikan_sedang", label(CODE_EDUCATION_NOW, s->education_now));
    put(w, "warga_negara", label(CODE_CITIZENSHIP, s->citizenship));
    put(w, "gol_darah", label(CODE_BLOOD, s->blood));
    put(w, "cacat", label(CODE_DISABILITY, s->disability));
    put(w, "suku", or_dash(s->ethnicity));
    put_family(w, s, is_outside);
    put_place(w, s, p->identity, is_outside);
    put_papers(w, s);
}

/* A person who was not chosen: every word of it is there, and empty; of the father as the registry knows him already. */
static void put_nobody(const struct person_words *w)
{
    for (const struct letter_word *word = letter_person_words; word->name != NULL; word++)
        if (json_object_get(w->values, str_z(w->arena, str_fmt(w->arena, "%s%s", word->name, w->suffix))) == NULL)
            put(w, word->name, STR(""));
}

/* Somebody besides the subject; of an heir what he is to it, too. person: NULL, or not there: nobody. */
static void put_other(const struct person_words *w, const struct letter_field *f, const struct letter_person *person,
                      const struct letter_parts *p)
{
    const bool is_there = person != NULL && person->is_there;
    const struct str tie = json_text(p->inputs, str_z(w->arena, str_fmt(w->arena, "%.*s" PERSON_TIE, STR_ARG(f->name))));

    if (is_there)
        put_person(w, &person->who, p, person->is_outside);
    else
        put_nobody(w);
    if (f->relation == RELATION_HEIR)
        put(w, letter_heir_words[0].name, is_there ? letter_tie_said(tie, person->who.sex) : STR(""));
}

/* The rows of an `each`: their members have no suffix. */
static void set_rows(struct arena *arena, json_t *values, const char *name, const struct letter_subject_rows *rows,
                     const struct letter_parts *p)
{
    json_t *list = json_array();

    for (size_t i = 0; rows != NULL && i < rows->n; i++) {
        const struct person_words w = {.arena = arena, .values = json_object(), .suffix = ""};

        put_person(&w, &rows->p[i], p, false);
        json_array_append_new(list, w.values);
    }
    json_object_set_new(values, name, list);
}

/* Of several of one kind each who was chosen is a row of their `each`. */
static void add_to_list(struct arena *arena, json_t *values, const struct letter_field *f, const struct letter_person *person,
                        const struct letter_parts *p)
{
    const char *list = str_z(arena, f->list);

    if (json_object_get(values, list) == NULL)
        json_object_set_new(values, list, json_array());
    if (person == NULL || !person->is_there)
        return;
    const struct person_words w = {.arena = arena, .values = json_object(), .suffix = ""};
    put_other(&w, f, person, p);
    json_array_append_new(json_object_get(values, list), w.values);
}

/* Those who go along, and together with the subject, who stands before them: official forms list all who move. */
static void set_followers(struct arena *arena, json_t *values, const struct letter_field *f, const struct letter_parts *p)
{
    const struct letter_subject_rows none = {0}, *along = p->people != NULL ? &p->people->followers : &none;
    struct letter_subject_rows all = {ARENA_ARRAY(arena, struct letter_subject, along->n + 1), 0};

    if (!f->with_subject || along->n == 0) /* else they begin with the subject */
        all.p[all.n++] = *p->subject;
    for (size_t i = 0; i < along->n; i++)
        all.p[all.n++] = along->p[i];
    set_rows(arena, values, "pengikut", along, p);
    set_rows(arena, values, "pemohon_pengikut", &all, p);
}

static void set_people(struct arena *arena, json_t *values, const struct letter_parts *p)
{
    for (size_t i = 0, n = 0; i < p->form->n_fields; i++) {
        const struct letter_field *f = &p->form->fields[i];

        if (f->kind != FIELD_PERSON)
            continue;
        const struct letter_person *person = p->people != NULL && n < p->people->n ? &p->people->p[n] : NULL;
        const struct person_words w = {.arena = arena, .values = values, .suffix = str_z(arena, str_fmt(arena, "_%.*s", STR_ARG(f->name)))};

        n++;
        put_other(&w, f, person, p);
        if (!str_empty(f->list))
            add_to_list(arena, values, f, person, p);
    }
    if (p->form->shows_family)
        set_rows(arena, values, "keluarga", p->people != NULL ? &p->people->family : NULL, p);
    const struct letter_field *followers = letter_followers_field(p->form);
    if (followers != NULL)
        set_followers(arena, values, followers, p);
}

/* Lines of a list: their rows, how many, and whether they are too many for a letter's head. */
static void set_list(struct arena *arena, json_t *values, const struct letter_field *f, struct str text)
{
    struct str rest = text, line, part;
    json_t *rows = f->has_clauses ? letter_articles(arena, text) : json_array();

    while (!f->has_clauses && letter_list_line(&rest, &line)) {
        struct str tail = line;

        (void)str_cut(&tail, ';', &part);
        tail = tail.p != NULL ? str_trim(tail) : STR("");
        part = str_trim(part);
        line = str_empty(tail) ? part : str_fmt(arena, "%.*s, %.*s", STR_ARG(part), STR_ARG(tail));
        json_array_append_new(rows, json_pack("{s:s%, s:s%, s:s%, s:o}", "baris", line.p, line.n, "nama", part.p, part.n, "sebagai", tail.p,
                                              tail.n, "nomor", json_sprintf("%zu", json_array_size(rows) + 1)));
    }
    const size_t n = json_array_size(rows);
    set(values, str_z(arena, str_fmt(arena, LIST_COUNT "%.*s", STR_ARG(f->name))), n > 0 ? str_fmt(arena, "%zu", n) : STR(""));
    set(values, str_z(arena, str_fmt(arena, LIST_LONG "%.*s", STR_ARG(f->name))), n > LIST_SHORT ? STR("ya") : STR(""));
    json_object_set_new(values, str_z(arena, str_fmt(arena, LIST_LINES "%.*s", STR_ARG(f->name))), rows);
}

static void set_village(struct arena *arena, json_t *values, const struct letter_parts *p)
{
    const struct letter_identity *v = p->identity;
    struct buf contact = {.arena = arena};

    set(values, "nama_desa", v->name);
    set(values, "nama_kecamatan", v->district);
    set(values, "nama_kabupaten", v->regency);
    set(values, "nama_provinsi", v->province);
    set(values, "kode_desa", v->code);
    set(values, "alamat_kantor", v->office_address);
    set(values, "kode_pos", v->postal_code);
    buf_put_str(&contact, v->office_address);
    if (!str_empty(v->postal_code))
        buf_fmt(&contact, "%sKode Pos %.*s", contact.n > 0 ? ", " : "", STR_ARG(v->postal_code));
    if (!str_empty(v->phone))
        buf_fmt(&contact, "%sTelp. %.*s", contact.n > 0 ? ", " : "", STR_ARG(v->phone));
    set(values, "alamat_surat", buf_str(&contact));
}

/* A day that lies ahead, or does not precede one. */
static bool is_ahead(const struct letter_form *form, const struct letter_field *f)
{
    for (size_t i = 0; f != NULL && i < form->n_fields; i++) {
        if (f->is_ahead)
            return true;
        f = str_empty(f->not_before) ? NULL : letter_field_called(form, f->not_before);
    }
    return false;
}

struct date letter_valid_until(struct arena *arena, const struct letter_form *form, const json_t *inputs, struct date day, uint8_t months)
{
    struct date until = months > 0 ? date_add_months(day, months) : (struct date){0}, last;

    for (size_t i = 0; months > 0 && i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if (is_ahead(form, f) && letter_field_is_asked(arena, form, f, inputs) &&
            date_parse(json_text(inputs, str_z(arena, f->name)), &last) && date_compare(last, until) > 0 &&
            date_to_days(last) - date_to_days(day) <= LETTER_AHEAD_DAYS)
            until = last;
    }
    return until;
}

json_t *letter_values(struct arena *arena, const struct letter_parts *p)
{
    json_t *values = json_object();

    set_village(arena, values, p);
    if (p->form->subject_of != OF_NONE)
        put_person(&(struct person_words){.arena = arena, .values = values, .suffix = ""}, p->subject, p, p->form->is_outside);
    set_people(arena, values, p);
    set(values, "judul_surat", text_upper(arena, p->type_name));
    set(values, "nomor_surat", p->number_text);
    set(values, "tanggal_surat", date_long(arena, p->date));
    set(values, "tahun_surat", str_fmt(arena, "%d", p->date.year));
    set(values, "berlaku_sampai", date_is_none(p->valid_until) ? STR("") : date_long(arena, p->valid_until));
    set(values, "nama_penandatangan", p->signer->name);
    set(values, "jabatan_penandatangan", p->signer->position);
    set(values, "blok_penandatangan", str_empty(p->signer->block) ? p->signer->position : p->signer->block);
    set(values, "nip_penandatangan", p->signer->nip);
    set(values, "nama_sekretaris", p->signer->secretary);
    set(values, "jabatan_sekretaris", p->signer->secretary_position);
    for (size_t i = 0; i < p->form->n_fields; i++) {
        const struct letter_field *f = &p->form->fields[i];

        if (f->kind == FIELD_PERSON || f->kind == FIELD_FOLLOWERS)
            continue;
        const struct str printed = letter_field_printed(arena, p->form, f, p->inputs);
        set(values, str_z(arena, str_fmt(arena, "isi_%.*s", STR_ARG(f->name))), printed);
        if (f->kind == FIELD_LIST)
            set_list(arena, values, f, printed);
    }
    return values;
}
