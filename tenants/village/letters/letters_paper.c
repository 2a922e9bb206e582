// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_paper.h"

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/files/files.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_types.h"

/* file_id 0: the neutral shield. */
static enum rc load_crest(struct village_db *db, uint64_t file_id, struct letter_sheet *sheet, struct err *err)
{
    sheet->images[0] = (struct paper_image){STR("crest"), letter_shield_jpeg};
    sheet->image_count = 1;
    return file_id != 0 ? file_load(db, file_id, &sheet->images[0].bytes, err) : RC_OK;
}

static enum rc load_picture(struct village_db *db, struct str name, uint64_t file_id, struct letter_sheet *sheet, struct err *err)
{
    struct paper_image *image = &sheet->images[sheet->image_count];

    if (sheet->image_count == COUNT_OF(sheet->images))
        return RC_OK;
    *image = (struct paper_image){.name = name};
    sheet->image_count++;
    return file_load(db, file_id, &image->bytes, err);
}

/* The crest, and what else the tree shows as it is now. */
static enum rc load_pictures(struct village_db *db, uint64_t crest, uint64_t resident_id, struct letter_sheet *sheet, struct err *err)
{
    struct letter_picture_rows pictures;

    TRY(load_crest(db, crest, sheet, err));
    TRY(letter_pictures_read(db, sheet->tree, resident_id, &pictures, err));
    for (size_t i = 0; i < pictures.n; i++)
        TRY(load_picture(db, pictures.p[i].slot, pictures.p[i].file_id.value, sheet, err));
    return RC_OK;
}

/* What the parts' caller does not say: the village; and who signs, the head. */
struct office {
    struct letter_identity identity;
    struct letter_signer signer;
};

static enum rc office_read(struct village_db *db, struct office *out, struct letter_parts *parts, struct err *err)
{
    struct str why;

    TRY(sql_letter_identity(db, &out->identity, err));
    parts->identity = &out->identity;
    if (parts->signer != NULL)
        return RC_OK;
    parts->signer = &out->signer;
    return letter_signer_find(db, out->identity.name, 0, 0, STR(""), parts->date, &out->signer, &why, err);
}

/* They live as long as the arena. */
static enum rc values_of(struct village_db *db, struct letter_parts *parts, json_t **values_out, uint64_t *crest_out, struct err *err)
{
    struct arena *arena = village_db_arena(db);

    TRY(office_read(db, ARENA_NEW(arena, struct office), parts, err));
    *values_out = letter_values(arena, parts);
    json_keep(arena, *values_out);
    *crest_out = parts->identity->crest_file_id.is_set ? parts->identity->crest_file_id.value : 0;
    return RC_OK;
}

/* The values of a draft as they would stand on the paper today. */
static enum rc draft_values(struct village_db *db, const struct letter_open *open, struct date today, struct letter_signer *signer_out,
                            json_t **values_out, uint64_t *crest_out, struct err *err)
{
    struct letter_subject subject;
    struct str why;
    struct letter_parts parts = {
        .signer = signer_out,
        .subject = &subject,
        .form = &open->form,
        .people = &open->people,
        .inputs = open->inputs,
        .type_name = open->letter.type_name,
        .number_text = STR(""),
        .date = today,
        .valid_until = letter_valid_until(village_db_arena(db), &open->form, open->inputs, today, open->valid_months),
    };

    TRY(letter_subject_of(db, &open->form, open->inputs, open->letter.resident_id, &subject, err));
    TRY(letter_open_signer(open, today, signer_out, &why, err));
    return values_of(db, &parts, values_out, crest_out, err);
}

enum rc letter_sheet_of(struct village_db *db, struct letter_parts *parts, const json_t *tree, struct letter_sheet *out, struct err *err)
{
    uint64_t crest;
    json_t *values;

    TRY(values_of(db, parts, &values, &crest, err));
    *out = (struct letter_sheet){.tree = tree, .values = values};
    return load_pictures(db, crest, parts->subject->id, out, err);
}

static enum rc sheet_of_draft(struct village_db *db, const struct letter_open *open, struct date today, bool is_being_filled,
                              struct letter_sheet *out, struct err *err)
{
    struct letter_signer signer;
    uint64_t crest;
    json_t *values;

    TRY(draft_values(db, open, today, &signer, &values, &crest, err));
    if (is_being_filled)
        letter_values_lack(village_db_arena(db), &open->form, open->inputs, values);
    *out = (struct letter_sheet){.tree = signer.by_esign ? letter_esign_tree(village_db_arena(db), open->form.tree) : open->form.tree,
                                 .values = values};
    return load_pictures(db, crest, open->letter.resident_id, out, err);
}

enum rc letter_sheet_from_draft(struct village_db *db, const struct letter_open *open, struct date today, struct letter_sheet *out,
                                struct err *err)
{
    return sheet_of_draft(db, open, today, false, out, err);
}

enum rc letter_sheet_from_form(struct village_db *db, const struct letter_open *open, struct date today, struct letter_sheet *out,
                               struct err *err)
{
    return sheet_of_draft(db, open, today, true, out, err);
}

/* Ages follow from the day of birth, and move by themselves. */
static void drop_ages(json_t *values)
{
    const char *name;
    json_t *value;
    void *next;

    json_object_foreach_safe(values, next, name, value)
    {
        for (size_t i = 0; i < json_array_size(value); i++)
            json_object_del(json_array_get(value, i), "usia");
        if (str_is(str_part(str_c(name), 0, 4), "usia"))
            json_object_del(values, name);
    }
}

enum rc letter_shown_of(struct village_db *db, const struct letter_open *open, struct date today, struct letter_shown *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    unsigned char *digest = arena_alloc(arena, HASH_BYTES);
    struct buf message = {.arena = arena};
    struct letter_picture_rows pictures;
    struct letter_signer signer;
    uint64_t crest;
    json_t *values;

    TRY(draft_values(db, open, today, &signer, &values, &crest, err));
    json_object_del(values, "tanggal_surat");
    drop_ages(values);
    json_object_del(values, "berlaku_sampai");
    out->values = json_write(arena, values);
    struct str tree = json_write(arena, open->form.tree);
    buf_fmt(&message, "%zu:%.*s%zu:%.*s%" PRIu64, tree.n, STR_ARG(tree), out->values.n, STR_ARG(out->values), crest);
    TRY(letter_pictures_read(db, open->form.tree, open->letter.resident_id, &pictures, err));
    for (size_t i = 0; i < pictures.n; i++)
        buf_fmt(&message, " %.*s %" PRIu64, STR_ARG(pictures.p[i].slot), pictures.p[i].file_id.value);
    hash_sha256(message.p, message.n, digest);
    out->digest = (struct str){(const char *)digest, HASH_BYTES};
    return RC_OK;
}

enum rc letter_sheet_from_snapshot(struct village_db *db, struct str snapshot, bool by_esign, struct letter_sheet *out, struct err *err)
{
    json_t *root, *file;
    const char *name;

    TRY(json_read(village_db_arena(db), snapshot, &root, err));
    *out = (struct letter_sheet){.tree = json_object_get(root, "paper"),
                                 .values = json_object_get(root, "values"),
                                 .signer = (uint64_t)json_integer_value(json_object_get(root, "signer"))};
    if (out->tree == NULL || out->values == NULL)
        return fail(err, RC_FAULT, "a letter's snapshot is incomplete");
    if (by_esign)
        out->tree = letter_esign_tree(village_db_arena(db), out->tree);
    TRY(load_crest(db, (uint64_t)json_integer_value(json_object_get(root, "crest")), out, err));
    json_object_foreach(json_object_get(root, "pictures"), name, file)
        TRY(load_picture(db, str_c(name), (uint64_t)json_integer_value(file), out, err));
    return RC_OK;
}

void letter_sheet_input(const struct letter_sheet *sheet, struct paper_input *out)
{
    out->tree = sheet->tree;
    out->values = sheet->values;
    out->images = sheet->images;
    out->image_count = sheet->image_count;
}
