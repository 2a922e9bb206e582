// SPDX-License-Identifier: AGPL-3.0-or-later
/* The plan's families: where they stand, and what their address becomes. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_plan.h"

/* Who speaks for a family: its head; of a new one else its first row, for the address the first that has one. */
struct speakers {
    uint32_t place, address; /* row + 1 */
    bool is_place_head, is_address_head;
};

static void hear(const struct planning *p, uint32_t i, struct speakers *s)
{
    const struct work *work = &p->work[i];
    bool is_the_head = row_is_head(&work->r);

    if (s->place == 0 || (is_the_head && !s->is_place_head)) {
        s->place = i + 1;
        s->is_place_head = is_the_head;
    }
    if (!str_empty(work->r.address) && (s->address == 0 || (is_the_head && s->place == i + 1))) {
        s->address = i + 1;
        s->is_address_head = is_the_head;
    }
}

static void settle_known(struct planning *p, struct planned_family *family, const struct speakers *s)
{
    const struct known_family *known = &p->registry->families[family->known];

    family->address = known->address;
    family->area = known->area;
    if (s->is_address_head && !str_eq(p->work[s->address - 1].r.address, known->address)) {
        family->address = p->work[s->address - 1].r.address;
        family->is_changed = p->work[s->address - 1].decides_family = true;
    }
    if (s->is_place_head && p->work[s->place - 1].area != known->area) {
        family->area = p->work[s->place - 1].area;
        family->is_changed = p->work[s->place - 1].decides_family = true;
    }
}

static void collect_families(struct planning *p, struct text_index *families, struct speakers *speakers)
{
    struct registry_plan *plan = p->plan;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct work *work = &p->work[i];
        bool found;
        if (p->file->rows[i].has_error || work->is_gone)
            continue;
        ptrdiff_t *slot = text_index_slot(families, work->r.kk_no, &found);
        if (!found) {
            *slot = (ptrdiff_t)plan->n_families;
            plan->families[plan->n_families++] = (struct planned_family){.kk_no = work->r.kk_no, .known = NOT_KNOWN};
        }
        work->family = (size_t)*slot;
        hear(p, i, &speakers[work->family]);
    }
}

static void settle_families(struct planning *p)
{
    struct registry_plan *plan = p->plan;
    struct text_index *families = text_index_new(p->file->arena, p->file->n_rows);
    struct text_index *known = text_index_new(p->file->arena, p->registry->n_families);
    struct speakers *speakers = ARENA_ARRAY(p->file->arena, struct speakers, p->file->n_rows + 1);
    bool found;

    plan->families = ARENA_ARRAY(p->file->arena, struct planned_family, p->file->n_rows + 1);
    for (size_t i = 0; i < p->registry->n_families; i++)
        *text_index_slot(known, p->registry->families[i].kk_no, &found) = (ptrdiff_t)i;
    collect_families(p, families, speakers);
    for (size_t k = 0; k < plan->n_families; k++) {
        struct planned_family *family = &plan->families[k];
        family->known = text_index_get(known, family->kk_no);
        if (family->known != NOT_KNOWN) {
            settle_known(p, family, &speakers[k]);
            continue;
        }
        family->is_changed = true;
        family->area = p->work[speakers[k].place - 1].area;
        family->address = speakers[k].address != 0 ? p->work[speakers[k].address - 1].r.address : STR("");
    }
}

/* A member who lives elsewhere does not move the family there. */
static void warn_addresses(struct planning *p)
{
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        if (p->file->rows[i].has_error || work->is_gone || str_empty(work->r.address))
            continue;
        struct str address = p->plan->families[work->family].address;
        if (!str_eq_nocase(work->r.address, address))
            plan_fault(p, i, COLUMN_ADDRESS, true, "Alamat keluarga tetap “%.*s”: yang mengubahnya hanya baris kepala keluarga.",
                       STR_ARG(utf8_part(p->file->scratch, address, 150)));
    }
}

void plan_families(struct planning *p)
{
    settle_families(p);
    if (!p->choice->is_trusted)
        warn_addresses(p);
}
