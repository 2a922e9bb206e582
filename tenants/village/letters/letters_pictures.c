// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_pictures.h"

#include "server/register/attachment.h"
#include "server/web/act.h"
#include "tenants/village/letters/letters_pictures_view.h"
#include "tenants/village/letters/letters_type.h"

#define HOME LETTER_TYPES_HOME "/gambar"
#define PHOTO "photo"
enum { VILLAGE = 1 };

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    (void)db;
    *name_out = request_village(req)->name;
    return id == VILLAGE ? RC_OK : fail(err, RC_NOT_FOUND, "there is one village");
}

/* An emblem is printed at most 25 mm wide, the others at most the width of a line: some 150 dots an inch. */
#define SLOT(name, called, of_width, of_height)                                                                           \
    {                                                                                                                     \
        .word = name, .label = called, .most_bytes = IMAGE_MAX_BYTES, .takes = FILE_IMAGES, .is_single = true, .sizes = { \
            {name, {.width = of_width, .height = of_height, .min_side = 80, .quality = 85}}                               \
        }                                                                                                                 \
    }
static const struct file_slot slots[] = {SLOT("garuda", "Lambang Garuda", 360, 400),
                                         SLOT("picture_1", "Gambar 1", 1000, 1000),
                                         SLOT("picture_2", "Gambar 2", 1000, 1000),
                                         SLOT("picture_3", "Gambar 3", 1000, 1000),
                                         {0}};
const struct keeper letter_picture_keeper = {.owner = "letter_picture", .home = HOME, .name = name_of, .slots = slots};

struct str letter_picture_label(struct str name)
{
    const struct file_slot *slot = attachment_slot(&letter_picture_keeper, name);

    return str_is(name, "crest") ? STR("Lambang desa")
           : str_is(name, PHOTO) ? STR("Foto pemohon")
           : slot != NULL        ? str_c(slot->label)
                                 : STR_NONE;
}

/* Whether the tree has this name where a picture is called. */
static bool shows(const json_t *json, struct str name)
{
    static const char *const keys[] = {"name", "crest"};
    const char *key;
    json_t *value;

    for (size_t i = 0; i < json_array_size(json); i++)
        if (shows(json_array_get(json, i), name))
            return true;
    if (!json_is_object(json))
        return false;
    const bool is_one = json_object_get(json, "crest") != NULL || str_is(json_text(json, "type"), "image");

    for (size_t i = 0; is_one && i < COUNT_OF(keys); i++)
        if (str_eq(json_text(json, keys[i]), name))
            return true;
    json_object_foreach((json_t *)json, key, value) if ((json_is_object(value) || json_is_array(value)) && shows(value, name)) return true;
    return false;
}

/* Of most letters nothing is asked: they show the crest alone. */
static bool shows_any(const json_t *tree)
{
    for (const struct file_slot *slot = slots; slot->word != NULL; slot++)
        if (shows(tree, str_c(slot->word)))
            return true;
    return shows(tree, STR(PHOTO));
}

enum rc letter_pictures_read(struct village_db *db, const json_t *tree, uint64_t resident_id, struct letter_picture_rows *out,
                             struct err *err)
{
    size_t n = 0;

    *out = (struct letter_picture_rows){0};
    if (!shows_any(tree))
        return RC_OK;
    TRY(sql_letter_pictures(db, resident_id, out, err));
    for (size_t i = 0; i < out->n; i++)
        if (out->p[i].file_id.is_set && n < LETTER_PICTURES_MOST && shows(tree, out->p[i].slot))
            out->p[n++] = out->p[i];
    out->n = n;
    return RC_OK;
}

/* ---- the page ---- */

static const struct letter_picture *row_of(const struct letter_picture_rows *rows, const struct file_slot *slot)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_is(rows->p[i].slot, slot->word))
            return &rows->p[i];
    return NULL;
}

static enum rc list_of(struct request *req, struct letter_pictures_list *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_picture_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_pictures(db, 0, &rows, err));
    out->guard = request_form_guard(req);
    out->lines.p = ARENA_ARRAY(arena, struct letter_picture_line, COUNT_OF(slots));
    for (const struct file_slot *slot = slots; slot->word != NULL; slot++) {
        const struct letter_picture *row = row_of(&rows, slot);
        struct letter_picture_line *line = &out->lines.p[out->lines.n++];

        *line = (struct letter_picture_line){.label = str_c(slot->label)};
        if (row == NULL)
            continue;
        if (row->file_id.is_set) { /* another picture has another address */
            line->href = str_fmt(arena, HOME "/%s?v=%" PRIu64, slot->word, row->file_id.value);
            line->remove_action = str_fmt(arena, HOME "/%s/lepas", slot->word);
        }
        line->is_waiting = row->upload_id.is_set;
        line->refusal = image_cause_text(row->refusal);
        out->is_waiting |= line->is_waiting;
    }
    return RC_OK;
}

enum rc letter_pictures_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct letter_pictures_view v = {0};

    TRY(list_of(req, &v.list, err));
    TRY(letter_picture_add_fill(req, NULL, &v.add.form, err));
    view_letter_pictures_page(&body, &v);
    const struct page page = {.title = STR("Gambar surat"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Asked again while the worker is at it. */
enum rc letter_pictures_part(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct letter_pictures_list list = {0};

    TRY(list_of(req, &list, err));
    view_letter_pictures(&body, &list);
    return respond_part(resp, html_view(&body));
}

/* The village's own of that name, with its row. RC_NOT_FOUND. */
static enum rc picture_of(struct village_db *db, struct str name, struct letter_picture *out, struct err *err)
{
    const struct file_slot *slot = attachment_slot(&letter_picture_keeper, name);
    const struct letter_picture *row = NULL;
    struct letter_picture_rows rows;

    TRY(sql_letter_pictures(db, 0, &rows, err));
    if (slot != NULL)
        row = row_of(&rows, slot);
    if (row == NULL)
        return fail(err, RC_NOT_FOUND, "no such picture");
    *out = *row;
    return RC_OK;
}

enum rc letter_picture_image(struct request *req, struct response *resp, struct err *err)
{
    struct letter_picture picture;
    struct village_db *db;
    struct str bytes;

    TRY(request_village_db(req, &db, err));
    TRY(picture_of(db, letter_picture_see_got(req).name, &picture, err));
    if (!picture.file_id.is_set)
        return fail(err, RC_NOT_FOUND, "not made yet");
    TRY(file_load(db, picture.file_id.value, &bytes, err));
    response_no_cache(resp);
    return respond_bytes(resp, image_type(IMAGE_JPEG), bytes, STR_NONE);
}

enum rc letter_picture_check(struct request *req, struct err *err)
{
    const struct letter_picture_add_form form = letter_picture_add_got(req);
    const struct file_slot *slot = attachment_slot(&letter_picture_keeper, form.kind);
    const struct attachment_new new = {.keeper = &letter_picture_keeper, .owner_id = VILLAGE, .slot = slot};

    return slot == NULL
               ? RC_OK
               : attachment_take(req, &new, form.picture, LETTER_PICTURE_ADD_PICTURE, err); /* the form says that it is not chosen */
}

static enum rc tell(struct txn *txn, struct request *req, const char *action, const char *word, struct str *go_to_out, struct err *err)
{
    act_say(req, "Tersimpan");
    *go_to_out = STR(HOME);
    return act_audit(txn, req, err, action, "letter_picture:%s", word);
}

enum rc letter_picture_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct attachment_new *picture = act_kept(req);

    TRY(attachment_refused(req, attachment_put(txn, req, picture, err), LETTER_PICTURE_ADD_PICTURE, err));
    return tell(txn, req, "letter_picture.put", picture->slot->word, go_to_out, err);
}

enum rc letter_picture_out_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct file_slot *slot;
    struct letter_picture picture;

    TRY(picture_of(in_txn(txn), letter_picture_see_got(req).name, &picture, err));
    TRY(attachment_remove(txn, req, &letter_picture_keeper, VILLAGE, picture.id, STR("Dilepas"), &slot, err));
    return tell(txn, req, "letter_picture.out", slot->word, go_to_out, err);
}
