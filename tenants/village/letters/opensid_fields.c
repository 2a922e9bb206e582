// SPDX-License-Identifier: AGPL-3.0-or-later
/* The form of an OpenSID type: its input fields and subject categories become questions and people. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/letters/opensid.h"

enum { NAME_MOST = 50, LABEL_MOST = 100, OPTIONS_MOST = 30 };

/* ---- names ---- */

/* Letters, digits and "_" of a code, small: what a field may be called. */
static struct str name_of(struct arena *arena, struct str code)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < code.n && out.n < NAME_MOST; i++) {
        const char c = code.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '_' && out.n > 0))
            buf_put_char(&out, c);
        else if (c >= 'A' && c <= 'Z')
            buf_put_char(&out, (char)(c - 'A' + 'a'));
    }
    return out.n > 0 ? buf_str(&out) : STR("isian");
}

struct str opensid_label(struct arena *arena, struct str code)
{
    return text_capital(arena, str_replace(arena, code, STR("_"), STR(" ")));
}

json_t *opensid_field(const struct opensid *in, struct str name)
{
    json_t *field;
    size_t i;

    json_array_foreach(in->fields, i, field) if (str_eq_nocase(json_text(field, "name"), name)) return field;
    return NULL;
}

static json_t *text_json(struct str s)
{
    return json_stringn(s.p, s.n);
}

struct str opensid_ask(struct opensid *in, struct str code, const char *kind, struct str label)
{
    const struct str name = name_of(in->arena, code);

    if (opensid_field(in, name) == NULL)
        json_array_append_new(
            in->fields, json_pack("{s:o, s:o, s:s, s:b}", "name", text_json(name), "label", text_json(label), "kind", kind, "required", 0));
    return name;
}

void opensid_ask_person(struct opensid *in, struct str name)
{
    json_array_append_new(in->fields, json_pack("{s:o, s:o, s:s, s:o, s:s, s:b}", "name", text_json(name), "label",
                                                text_json(opensid_label(in->arena, name)), "kind", "person", "relation", text_json(name),
                                                "outside", "long", "alive", 0));
    opensid_note(in, NOTE_TIDIED, "%.*s pemohon ditanyakan sebagai orang sendiri; diusulkan dari kartu keluarga.",
                 STR_ARG(opensid_label(in->arena, name)));
}

/* What one export has as JSON and another as the text of it. */
static const json_t *inner(struct opensid *in, const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    struct err err = {0};
    json_t *read;

    if (!json_is_string(value) || json_string_length(value) == 0)
        return json_is_string(value) ? NULL : value;
    return json_read(in->arena, str_c(json_string_value(value)), &read, &err) == RC_OK ? read : NULL;
}

/* ---- input fields ---- */

static void put_options(struct opensid *in, const json_t *json, json_t *field)
{
    static const char *const tables[][2] = {{"tweb_penduduk_sex", "jenis_kelamin"},
                                            {"tweb_penduduk_agama", "agama"},
                                            {"tweb_penduduk_pekerjaan", "pekerjaan"},
                                            {"tweb_penduduk_pendidikan_kk", "pendidikan"},
                                            {"tweb_penduduk_pendidikan", "pendidikan_sedang"},
                                            {"tweb_penduduk_kawin", "status_kawin"},
                                            {"tweb_penduduk_hubungan", "hubungan"},
                                            {"tweb_penduduk_warganegara", "warga_negara"},
                                            {"tweb_golongan_darah", "golongan_darah"},
                                            {"tweb_cacat", "disabilitas"},
                                            {"tweb_penduduk_asuransi", "asuransi"}};
    const json_t *choices = inner(in, json, "pilihan");
    const struct str table = json_text(json, "refrensi");
    json_t *options = json_array();

    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (str_is(table, tables[i][0]))
            json_object_set_new(field, "codes", json_string(tables[i][1]));
    for (size_t i = 0; i < json_array_size(choices); i++) {
        const json_t *one = json_array_get(choices, i);
        const struct str option = str_trim(str_c(json_is_string(one) ? json_string_value(one) : ""));

        if (!str_empty(option) && json_array_size(options) < OPTIONS_MOST)
            json_array_append_new(options, text_json(option));
        else if (!str_empty(option))
            opensid_note(in, NOTE_UNKNOWN, "Pilihan “%.*s” tidak ikut: paling banyak %d pilihan.", STR_ARG(option), OPTIONS_MOST);
    }
    if (json_object_get(field, "codes") == NULL && json_array_size(options) > 0)
        json_object_set(field, "options", options);
    else if (json_object_get(field, "codes") == NULL) {
        json_object_set_new(field, "kind", json_string("line"));
        opensid_note(in, NOTE_UNKNOWN, "Daftar pilihan “%.*s” tidak dikenal. Jawabannya diketik.", STR_ARG(table));
    }
    json_decref(options);
}

static const char *kind_of(struct opensid *in, struct str type)
{
    static const char *const kinds[][2] = {{"text", "line"},
                                           {"textarea", "area"},
                                           {"number", "number"},
                                           {"email", "line"},
                                           {"url", "line"},
                                           {"date", "date"},
                                           {"time", "time"},
                                           {"hari-tanggal", "day_date"},
                                           {"hari", "line"},
                                           {"select-manual", "select"},
                                           {"select-otomatis", "select"}};

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_is(type, kinds[i][0]))
            return kinds[i][1];
    opensid_note(in, NOTE_UNKNOWN, "Tipe isian “%.*s” tidak dikenal. Jawabannya diketik sebagai satu baris.", STR_ARG(type));
    return "line";
}

/* Many hints are a verb and the label once more: then what follows the verb, if that says more than the label. */
static struct str hint_of(struct opensid *in, const json_t *json, struct str label)
{
    struct str hint = text_tidy(in->arena, json_text(json, "deskripsi")), first, rest = hint;

    if (str_cut(&rest, ' ', &first) && str_eq_nocase(str_part(first, 0, 5), STR("masuk")) && rest.p != NULL)
        hint = text_capital(in->arena, rest);
    return str_eq_nocase(hint, label) ? STR("") : hint;
}

static void put_field(struct opensid *in, const json_t *json, struct str group)
{
    struct str code = json_text(json, "kode"), label = text_tidy(in->arena, json_text(json, "nama"));
    json_t *field;

    if (str_starts(code, STR("[")) && str_ends(code, STR("]")))
        code = str_part(code, 1, code.n - 2);
    if (str_eq_nocase(str_part(code, 0, 5), STR("form_")))
        code = str_from(code, 5);
    const struct str name = name_of(in->arena, str_empty(code) ? str_replace(in->arena, label, STR(" "), STR("_")) : code);
    const bool is_required = str_is(json_text(json, "required"), "1") || json_is_true(json_object_get(json, "required")) ||
                             json_u64(json, "required") == 1;

    in->place = str_fmt(in->arena, "Isian “%.*s”", STR_ARG(str_empty(label) ? name : label));
    if (opensid_field(in, name) != NULL) {
        opensid_note(in, NOTE_UNKNOWN, "Kode [form_%.*s] dipakai dua isian. Yang kedua tidak ikut.", STR_ARG(name));
        return;
    }
    label = str_empty(label) ? opensid_label(in->arena, name) : utf8_part(in->arena, label, LABEL_MOST);
    field = json_pack("{s:o, s:o, s:s, s:b}", "name", text_json(name), "label", text_json(label), "kind",
                      kind_of(in, json_text(json, "tipe")), "required", is_required);
    const struct str hint = hint_of(in, json, label);

    if (!str_empty(hint))
        json_object_set_new(field, "hint", text_json(utf8_part(in->arena, hint, 200)));
    if (!str_empty(group))
        json_object_set_new(field, "group", text_json(group));
    if (str_is(json_text(field, "kind"), "select"))
        put_options(in, json, field);
    if (!str_empty(str_trim(json_text(json, "atribut"))))
        opensid_note(in, NOTE_DROPPED, "Atribut HTML “%.*s” tidak dipakai.", STR_ARG(json_text(json, "atribut")));
    json_array_append_new(in->fields, field);
}

/* ---- conditions: a choice shows other fields, which are named by their label ---- */

static json_t *field_labelled(const struct opensid *in, struct str label)
{
    json_t *field;
    size_t i;

    json_array_foreach(in->fields, i, field) if (str_eq_nocase(json_text(field, "label"), str_trim(label))) return field;
    return NULL;
}

static void put_condition(struct opensid *in, const json_t *rule, const json_t *chooser)
{
    const json_t *values = json_object_get(rule, "nilai_isian"), *others = json_object_get(rule, "kode_isian_terkait");

    for (size_t i = 0; i < json_array_size(others); i++) {
        const struct str label = str_c(json_string_value(json_array_get(others, i)));
        json_t *other = field_labelled(in, label);
        size_t at = 0, before = 0;

        while (at < json_array_size(in->fields) && json_array_get(in->fields, at) != other)
            at++;
        while (before < json_array_size(in->fields) && json_array_get(in->fields, before) != chooser)
            before++;
        if (other == NULL || at <= before || json_array_size(values) == 0)
            opensid_note(in, NOTE_UNKNOWN, "Syarat tampil isian “%.*s” tidak dapat dipakai. Isian itu selalu ditanyakan.", STR_ARG(label));
        else
            json_object_set_new(other, "only_if", json_pack("{s:O, s:O}", "field", json_object_get(chooser, "name"), "in", values));
    }
}

static void put_conditions(struct opensid *in, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *json = json_array_get(list, i), *rules = inner(in, json, "kaitkan_kode"),
                     *chooser = field_labelled(in, json_text(json, "nama"));

        in->place = str_fmt(in->arena, "Isian “%.*s”", STR_ARG(json_text(json, "nama")));
        for (size_t k = 0; chooser != NULL && k < json_array_size(rules); k++)
            put_condition(in, json_array_get(rules, k), chooser);
    }
}

/* ---- people ---- */

static bool lists(const json_t *list, unsigned value)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        uint64_t n = json_is_integer(one) ? (uint64_t)json_integer_value(one) : 0;

        if ((json_is_string(one) ? str_to_u64(str_c(json_string_value(one)), &n) : true) && n == value)
            return true;
    }
    return false;
}

static const char *sex_of(const json_t *category)
{
    const struct str sex = json_text(category, "sex");

    return str_is(sex, "1") ? "L" : str_is(sex, "2") ? "P" : NULL;
}

static void put_person(struct opensid *in, struct str name, const json_t *category)
{
    const json_t *data = json_object_get(category, "data"), *states = json_object_get(category, "status_dasar");
    const struct str label = json_text(category, "label"), title = str_empty(label) ? json_text(category, "judul") : label;
    json_t *person = json_pack("{s:o, s:o, s:s, s:b, s:s, s:b}", "name", text_json(name), "label",
                               text_json(str_empty(title) ? opensid_label(in->arena, name) : text_tidy(in->arena, title)), "kind", "person",
                               "required", 1, "outside",
                               lists(data, 3)   ? "long"
                               : lists(data, 2) ? "short"
                                                : "none",
                               "alive", lists(states, 1) && json_array_size(states) == 1);

    if (sex_of(category) != NULL)
        json_object_set_new(person, "sex", json_string(sex_of(category)));
    if (str_is(json_text(category, "hubungan"), "individu") && (str_is(name, "ayah") || str_is(name, "ibu") || str_is(name, "pasangan")))
        json_object_set_new(person, "relation", text_json(name));
    json_array_append_new(in->fields, person);
}

static void put_subject(struct opensid *in, const json_t *category)
{
    const json_t *states = json_object_get(category, "status_dasar");
    const bool is_living = states == NULL || json_is_null(states) || lists(states, 1), is_dead = lists(states, 2);
    json_t *subject = json_pack("{s:s}", "of", is_living && json_array_size(states) > 1 ? "all" : is_dead ? "dead" : "living");
    const json_t *roles = json_object_get(category, "kk_level");
    const size_t couple = lists(roles, SHDK_HEAD) + lists(roles, SHDK_HUSBAND) + lists(roles, SHDK_WIFE);
    enum { ALL_ROLES = 11 };

    in->place = STR("Kategori pemohon");
    if (sex_of(category) != NULL)
        json_object_set_new(subject, "sex", json_string(sex_of(category)));
    if (json_array_size(roles) == 1 && lists(roles, SHDK_HEAD))
        json_object_set_new(subject, "role", json_string("kepala keluarga"));
    else if (couple > 0 && couple == json_array_size(roles))
        json_object_set_new(subject, "role", json_string("kepala atau pasangan"));
    else if (json_array_size(roles) > 0 && json_array_size(roles) < ALL_ROLES)
        opensid_note(in, NOTE_UNKNOWN, "Batas hubungan dalam keluarga tidak berlaku di sini: siapa pun dapat dipilih.");
    if ((lists(json_object_get(category, "data"), 2) || lists(json_object_get(category, "data"), 3)) &&
        !str_is(json_text(subject, "of"), "dead"))
        json_object_set_new(subject, "outside", json_string("any"));
    json_object_set_new(in->definition, "subject", subject);
}

static bool has_category(const json_t *categories, struct str name)
{
    const char *key;
    json_t *category;

    json_object_foreach((json_t *)categories, key, category) if (str_eq_nocase(str_c(key), name)) return true;
    return false;
}

void opensid_fields(struct opensid *in)
{
    const json_t *categories = inner(in, in->json, "form_isian"), *list = inner(in, in->json, "kode_isian");
    const char *key;
    json_t *category;

    if (json_array_size(list) > OPENSID_CODES_MOST) {
        in->fault = str_fmt(in->arena, "Jenis surat ini punya lebih dari %d pertanyaan.", OPENSID_CODES_MOST);
        return;
    }
    put_subject(in, json_object_get(categories, "individu"));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const struct str of = json_text(json_array_get(list, i), "kategori");

        if (str_eq_nocase(of, STR("individu")) || !has_category(categories, of))
            put_field(in, json_array_get(list, i), STR(""));
    }
    json_object_foreach((json_t *)categories, key, category)
    {
        const struct str name = name_of(in->arena, str_c(key)), source = json_text(category, "sumber");
        const bool is_person = !str_is(source, "0") &&
                               !(json_is_integer(json_object_get(category, "sumber")) && json_u64(category, "sumber") == 0);
        struct str group = text_tidy(in->arena, json_text(category, "label"));

        if (strcmp(key, "individu") == 0)
            continue;
        in->place = str_fmt(in->arena, "Kategori “%s”", key);
        if (is_person && opensid_field(in, name) == NULL)
            put_person(in, name, category);
        for (size_t i = 0; i < json_array_size(list); i++)
            if (str_eq_nocase(json_text(json_array_get(list, i), "kategori"), str_c(key))) {
                put_field(in, json_array_get(list, i), is_person ? STR("") : group);
                group = STR("");
            }
    }
    put_conditions(in, list);
}
