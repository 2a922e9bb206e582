// SPDX-License-Identifier: AGPL-3.0-or-later
/* Where the signature of who signs elsewhere is seen: over the QR code in his block. */
#include <math.h>

#include "server/loop/loop.h"
#include "server/outbound/esign.h"
#include "server/paper/paper.h"
#include "tenants/directory/directory.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_proof.h"
#include "tenants/village/letters/letters_sql.h"

struct finding {
    struct arena *arena;
    struct paper_input input;
    struct paper_code code;
    enum rc rc;
    struct err err;
};

static enum rc find(struct finding *f, struct arena *arena, struct err *err)
{
    struct paper *paper;

    TRY(paper_layout(arena, &f->input, &paper, err));
    TRY(paper_code(arena, paper, &f->code, err));
    f->code.png = str_dup(f->arena, f->code.png);
    return RC_OK;
}

/* In an arena of its own: a paper holds its fonts as long as that lives. */
static void find_offloaded(void *arg)
{
    struct finding *f = arg;
    struct arena *own = arena_new();

    f->rc = find(f, own, &f->err);
    arena_free(&own);
}

/* Outwards to whole points: the code below is covered, its quiet zone is wider than that. */
static struct esign_look look_of(const struct paper_code *code)
{
    const double x = floor(code->x), y = floor(code->y);

    return (struct esign_look){.png = code->png,
                               .page = (uint32_t)code->page,
                               .x = (uint32_t)x,
                               .y = (uint32_t)y,
                               .width = (uint32_t)(ceil(code->x + code->side) - x),
                               .height = (uint32_t)(ceil(code->y + code->side) - y)};
}

enum rc letter_esign_look(const struct letter_press *press, uint64_t id, struct str token, struct esign_look *out, struct err *err)
{
    struct finding f = {.arena = village_db_arena(press->db)};
    struct letter_render letter;
    struct letter_sheet sheet;

    TRY(sql_letter_for_render(press->db, id, &letter, err));
    TRY(letter_sheet_from_snapshot(press->db, letter.snapshot, true, &sheet, err));
    letter_sheet_input(&sheet, &f.input);
    f.input.qr_text = letter_proof_link(f.arena, press->origin, token);
    TRY(fiber_offload(find_offloaded, &f, err));
    if (f.rc != RC_OK) {
        *err = f.err;
        return f.rc;
    }
    *out = look_of(&f.code);
    return RC_OK;
}
