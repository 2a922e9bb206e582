// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_live.h"

struct drawing {
    struct arena *arena;
    struct letter_sheet sheet;
    bool is_sample;
    struct letter_pages pages;
    enum rc rc;
    struct err err;
};

static void draw_offloaded(void *arg)
{
    struct drawing *d = arg;

    d->rc = letter_pages_draw(d->arena, &d->sheet, d->is_sample, &d->pages, &d->err);
}

enum rc letter_live_draw(struct request *req, struct letter_open *open, struct letter_live *out, struct err *err)
{
    struct drawing d = {.arena = request_arena(req), .is_sample = request_village(req)->is_sample};
    json_t *inputs;

    *out = (struct letter_live){.fault = STR_NONE};
    if (request_faults(req)->n > 0) {
        out->fault = request_faults(req)->p[0].text;
        return RC_OK;
    }
    TRY(letter_typed_read(req, open, &inputs, err));
    open->inputs = inputs;
    TRY(letter_people_read(open->db, &open->form, open->letter.resident_id, inputs, &open->people, err));
    TRY(letter_look(req, open, "paper", true, err));
    TRY(letter_sheet_from_form(open->db, open, request_today(req), &d.sheet, err));
    TRY(request_offload(req, draw_offloaded, &d, err));
    if (d.rc == RC_INVALID || d.rc == RC_TOO_LARGE) {
        out->fault = STR("Kertasnya belum bisa digambar dari isian ini. Isiannya sendiri tetap ada.");
        return RC_OK;
    }
    *err = d.err;
    out->pages = d.pages;
    return d.rc;
}
