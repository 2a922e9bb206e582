// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_type_file.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_type.h"
#include "tenants/village/letters/opensid.h"

enum { NAME_LEAST = 3, NAME_MOST = 120, SLUG_MOST = 60, CODE_MOST = 20, FORMAT_MOST = 80, MONTHS_MOST = 120 };

/* ---- one type ---- */

static const char *const type_keys[] =
    {"balai_letter_type", "slug",  "name", "classification", "number_format", "number_scope", "policy", "valid_months", "signer",
     "definition",        "notes", NULL},
                         *const definition_keys[] = {
                             "name",      "classification", "policy",        "valid_months", "sort",         "group",
                             "kiosk",     "agenda",         "purpose",       "persons",      "requirements", "fields",
                             "paper",     "family",         "followers",     "subject",      "is_internal",  "about",
                             "addressed", "also",           "number_format", "number_scope", "series",       NULL};

/* The first key that is none of these; NULL. */
static const char *foreign_key(const json_t *object, const char *const *keys)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)object, key, value)
    {
        size_t i = 0;

        while (keys[i] != NULL && strcmp(keys[i], key) != 0)
            i++;
        if (keys[i] == NULL)
            return key;
    }
    return NULL;
}

static bool slug_is_good(struct str slug)
{
    for (size_t i = 0; i < slug.n; i++)
        if (!((slug.p[i] >= 'a' && slug.p[i] <= 'z') || (slug.p[i] >= '0' && slug.p[i] <= '9') || (i > 0 && slug.p[i] == '-')))
            return false;
    return slug.n <= SLUG_MOST;
}

static struct str head_fault(struct arena *arena, const json_t *type)
{
    const struct str name = json_text(type, "name"), code = json_text(type, "classification"), policy = json_text(type, "policy"),
                     format = json_text(type, "number_format"), scope = json_text(type, "number_scope");
    const struct letter_number like = {.classification = code, .village_code = STR("DESA"), .number = 1, .date = {2026, 1, 1}};
    const char *key = foreign_key(type, type_keys);

    if (key != NULL)
        return str_fmt(arena, "Bagian “%s” tidak dikenal.", key);
    if (json_u64(type, "balai_letter_type") != 1)
        return STR("Berkas ini dari versi Balai yang lain.");
    if (!str_eq(name, text_tidy(arena, name)) || utf8_length(name) < NAME_LEAST || utf8_length(name) > NAME_MOST)
        return str_fmt(arena, "Nama jenis surat harus %d sampai %d huruf.", NAME_LEAST, NAME_MOST);
    if (!slug_is_good(json_text(type, "slug")))
        return STR("Nama pendek (slug) hanya boleh huruf kecil, angka, dan tanda hubung.");
    if (code.n > CODE_MOST || !letter_classification_ok(code))
        return STR("Kode klasifikasi terdiri dari angka atau huruf dengan titik di antaranya, misalnya 400.8.2.6.");
    if (letter_policy_label(policy).p == NULL)
        return STR("Cara penerbitannya tidak dikenal.");
    if (!json_is_integer(json_object_get(type, "valid_months")) || json_integer_value(json_object_get(type, "valid_months")) < 0 ||
        json_u64(type, "valid_months") > MONTHS_MOST)
        return str_fmt(arena, "Masa berlaku harus 0 sampai %d bulan.", MONTHS_MOST);
    if (format.n > FORMAT_MOST)
        return STR("Format nomornya terlalu panjang.");
    if (!str_empty(scope) && letter_scope_label(scope).p == NULL)
        return str_fmt(arena, "Urutan nomor “%.*s” tidak dikenal.", STR_ARG(scope));
    return letter_number_fault(arena, format, scope, &like);
}

/* Names of questions stand in values, addresses of faults and the paper. */
static struct str names_fault(struct arena *arena, const struct letter_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct str name = form->fields[i].name;

        for (size_t k = 0; k < name.n; k++)
            if (!((name.p[k] >= 'a' && name.p[k] <= 'z') || (name.p[k] >= '0' && name.p[k] <= '9') || name.p[k] == '_') ||
                name.n > SLUG_MOST)
                return str_fmt(arena, "Nama isian “%.*s” hanya boleh huruf kecil, angka, dan garis bawah.", STR_ARG(name));
        if (utf8_length(form->fields[i].label) > NAME_MOST + SLUG_MOST)
            return str_fmt(arena, "Pertanyaan untuk isian “%.*s” terlalu panjang.", STR_ARG(name));
    }
    return STR_NONE;
}

struct str letter_file_fault(struct arena *arena, const json_t *type)
{
    const json_t *definition = json_object_get(type, "definition");
    const struct str fault = head_fault(arena, type);
    struct letter_form form;
    struct err err = {0};

    if (fault.p != NULL)
        return fault;
    if (!json_is_object(definition))
        return STR("Isi jenis suratnya (definition) tidak ada.");
    if (foreign_key(definition, definition_keys) != NULL)
        return str_fmt(arena, "Bagian “%s” di dalam isinya tidak dikenal.", foreign_key(definition, definition_keys));
    const struct str text = json_write(arena, definition);

    if (text.n > LETTER_TEXT_MOST)
        return str_fmt(arena, "Isi jenis suratnya lebih besar dari %d kB.", LETTER_TEXT_MOST / 1024);
    if (letter_form_read(arena, text, &form, &err) != RC_OK)
        return str_fmt(arena, "Pertanyaannya tidak dapat dibaca: %s.", err.text);
    if (paper_check(arena, form.tree, NULL, &err) != RC_OK)
        return str_fmt(arena, "Suratnya tidak dapat dibaca: %s.", err.text);
    return names_fault(arena, &form);
}

/* ---- a file ---- */

static bool is_opensid(const json_t *one)
{
    return json_object_get(one, "url_surat") != NULL || json_object_get(one, "template") != NULL ||
           json_object_get(one, "kode_isian") != NULL;
}

/* Whom nothing can be made of stands in the report with its name and the reason. */
static json_t *faulty(struct str name, struct str fault)
{
    return json_pack("{s:s%, s:s%}", "name", str_empty(name) ? "Tanpa nama" : name.p, str_empty(name) ? (size_t)10 : name.n, "fault",
                     fault.p, fault.n);
}

static void put_note(json_t *type, struct str words)
{
    json_array_insert_new(json_object_get(type, "notes"), 0,
                          json_pack("{s:s, s:s, s:s%}", "kind", NOTE_UNKNOWN, "where", "Pengaturan", "words", words.p, words.n));
}

static void put_head(json_t *type, const char *key, const char *text)
{
    json_object_set_new(type, key, json_string(text));
    if (json_object_get(json_object_get(type, "definition"), key) != NULL)
        json_object_set_new(json_object_get(type, "definition"), key, json_string(text));
}

/* OpenSID's own codes and number formats, where letters cannot be numbered by them. */
static void mend_head(struct arena *arena, json_t *type)
{
    const struct letter_number like = {.classification = STR("500"), .village_code = STR("DESA"), .number = 1, .date = {2026, 1, 1}};
    const struct str code = json_text(type, "classification"), format = json_text(type, "number_format");

    if (!letter_classification_ok(code) || code.n > CODE_MOST) {
        put_note(type,
                 str_fmt(arena, "Kode surat “%.*s” bukan kode klasifikasi. Isi yang benar di pengaturan jenis surat.", STR_ARG(code)));
        put_head(type, "classification", "000");
    } else if (str_starts(code, STR("S-")))
        put_note(type, str_fmt(arena, "Kode surat %.*s adalah kode lama OpenSID. Ganti dengan kode klasifikasi Permendagri 83 Tahun 2022.",
                               STR_ARG(code)));
    if (!str_empty(format) && (format.n > FORMAT_MOST || letter_number_fault(arena, format, STR(""), &like).p != NULL))
        put_note(type, str_fmt(arena, "Format nomor “%.*s” tidak dapat dipakai. Dipakai format yang biasa.", STR_ARG(format)));
    else if (!str_empty(format))
        return;
    put_head(type, "number_format", LETTER_NUMBER_DEFAULT);
}

static json_t *read_one(const json_t *one)
{
    struct arena *arena = arena_new();
    const json_t *type = one;
    struct str fault = STR_NONE;
    struct err err = {0};
    json_t *out;

    if (is_opensid(one) && json_object_get(one, "balai_letter_type") == NULL && opensid_type(arena, one, &type, &fault, &err) != RC_OK)
        type = NULL;
    else if (type != one)
        mend_head(arena, (json_t *)type);
    else if (!json_is_object(one) || json_object_get(one, "balai_letter_type") == NULL)
        fault = STR("Ini bukan jenis surat dari Balai atau OpenSID.");
    if (fault.p == NULL && type != NULL)
        fault = letter_file_fault(arena, type);
    out = fault.p != NULL ? faulty(json_text(one, type == one && !is_opensid(one) ? "name" : "nama"), fault) : json_deep_copy(type);
    arena_free(&arena);
    return out;
}

enum rc letter_file_read(struct arena *arena, struct str bytes, struct str *types_out, struct str *fault_out, struct err *err)
{
    json_t *root, *types;
    const bool has_mark = str_starts(bytes, STR("\xEF\xBB\xBF"));

    if (bytes.n > LETTER_FILE_BYTES)
        *fault_out = STR("Berkas ini lebih besar dari 5 MB. Ekspor beberapa jenis surat saja, lalu impor bergantian.");
    else if (json_read(arena, str_from(bytes, has_mark ? 3 : 0), &root, err) != RC_OK)
        *fault_out = STR("Berkas ini bukan JSON yang utuh. Unggah berkas hasil ekspor jenis surat, tanpa diubah.");
    else if (json_is_array(root) && json_array_size(root) > LETTER_FILE_TYPES)
        *fault_out = str_fmt(arena, "Berkas ini berisi lebih dari %d jenis surat. Ekspor beberapa saja, lalu impor bergantian.",
                             LETTER_FILE_TYPES);
    else if (!json_is_object(root) && json_array_size(root) == 0)
        *fault_out = STR("Tidak ada jenis surat di dalam berkas ini.");
    if (fault_out->p != NULL)
        return fail(err, RC_INVALID, "a file of letter types cannot be read");
    types = json_array();
    json_keep(arena, types);
    if (json_is_object(root))
        json_array_append_new(types, read_one(root));
    for (size_t i = 0; json_is_array(root) && i < json_array_size(root); i++)
        json_array_append_new(types, read_one(json_array_get(root, i)));
    *types_out = json_write(arena, types);
    return RC_OK;
}
