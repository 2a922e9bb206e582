// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who leads a family next: read from a form, shown in one. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "server/web/forms.h"
#include "tenants/village/families/families.h"
#include "tenants/village/families/families_rules.h"
#include "tenants/village/residents/ages.h"

static bool is_among(const uint64_t *ids, size_t n, uint64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static struct kin kin_of(const struct family_member *m)
{
    return (struct kin){.sex = m->sex, .role = m->role, .nik = m->nik, .father_nik = m->father_nik, .mother_nik = m->mother_nik};
}

static char *role_name(struct arena *arena, uint64_t id)
{
    return str_z(arena, str_fmt(arena, "peran_%" PRIu64, id));
}

uint8_t family_role_turned(const struct family_member *who, const struct family_member *head, uint8_t head_was)
{
    const struct kin a = kin_of(who);
    struct kin b = kin_of(head);

    b.role = head_was;
    return role_under(&a, &b);
}

uint8_t family_role_typed(struct request *req, struct input_pairs roles, const struct family_member *m, uint8_t otherwise, bool has_faults)
{
    struct arena *arena = request_arena(req);
    struct str typed = pair_of_id(roles, m->id);
    uint64_t role;

    if (str_empty(typed))
        return otherwise;
    if (!str_to_u64(typed, &role) || role <= SHDK_HEAD || role >= SHDK_END) {
        if (has_faults)
            request_fault(req, role_name(arena, m->id), "Pilih hubungan %.*s dengan kepala keluarga yang baru.",
                          STR_ARG(text_name(arena, m->name)));
        return otherwise;
    }
    struct str fault = role_fault((uint8_t)role, m->sex);
    if (!str_empty(fault) && has_faults)
        request_fault(req, role_name(arena, m->id), "%.*s", STR_ARG(fault));
    return (uint8_t)role;
}

/* What was chosen on the check page; what the rules say when nothing was. */
static uint8_t role_chosen(struct request *req, const struct succession *s, const struct family_member *m, bool has_faults)
{
    return m == s->new_head ? SHDK_HEAD
                            : family_role_typed(req, s->roles, m, family_role_turned(m, s->new_head, s->new_head->role), has_faults);
}

static void put_changes(struct arena *arena, struct succession *s)
{
    s->changes = ARENA_ARRAY(arena, struct role_change, s->stay.n + 1);
    if (s->new_head->role != SHDK_HEAD) /* one of two heads may stay the only one */
        s->changes[s->n++] = (struct role_change){s->new_head->id, s->new_head->role, SHDK_HEAD};
    for (size_t i = 0; i < s->stay.n; i++)
        if (s->stay.p[i] != s->new_head && s->stay.p[i]->role != s->stay.role[i])
            s->changes[s->n++] = (struct role_change){s->stay.p[i]->id, s->stay.p[i]->role, s->stay.role[i]};
}

void succession_read(struct request *req, const struct family_state *family, const uint64_t *going, size_t n_going, bool is_wanted,
                     bool has_faults, struct succession *out)
{
    struct arena *arena = request_arena(req);
    const struct family_member *head = family_head(family);
    uint64_t chosen = out->head;

    *out = (struct succession){.head = out->head, .roles = out->roles};
    out->stay.p = ARENA_ARRAY(arena, const struct family_member *, family->living);
    out->stay.role = ARENA_ARRAY(arena, uint8_t, family->living);
    for (size_t i = 0; i < family->living; i++)
        if (!is_among(going, n_going, family->p[i].id))
            out->stay.p[out->stay.n++] = &family->p[i];
    out->is_asked = out->stay.n > 0 && (is_wanted || (head != NULL && is_among(going, n_going, head->id)));
    if (!out->is_asked)
        return;
    for (size_t i = 0; i < out->stay.n; i++)
        if (out->stay.p[i]->id == chosen && (out->stay.p[i] != head))
            out->new_head = out->stay.p[i];
    if (out->new_head == NULL) {
        if (has_faults)
            request_fault(req, SUCCESSION_HEAD, "%s",
                          chosen != 0 ? "Pilih kepala keluarga dari anggota yang tinggal di keluarga ini."
                                      : "Kepala keluarga berikutnya belum dipilih.");
        return;
    }
    for (size_t i = 0; i < out->stay.n; i++)
        out->stay.role[i] = role_chosen(req, out, out->stay.p[i], has_faults);
    put_changes(arena, out);
}

struct radios_view succession_radios(struct request *req, uint64_t chosen, const struct family_state *family, const uint64_t *going,
                                     size_t n_going)
{
    struct arena *arena = request_arena(req);
    struct radios_view radios = {
        .name = STR(SUCCESSION_HEAD), .label = STR("Siapa kepala keluarga berikutnya?"), .fault = request_fault_of(req, SUCCESSION_HEAD)};
    const struct family_member *head = family_head(family);
    struct date today = request_today(req);

    radios.options.p = ARENA_ARRAY(arena, struct option, family->living);
    for (size_t i = 0; i < family->living; i++) {
        const struct family_member *m = &family->p[i];

        if (m == head || is_among(going, n_going, m->id))
            continue;
        radios.options.p[radios.options.n++] = (struct option){
            .value = str_fmt(arena, "%" PRIu64, m->id),
            .label = text_name(arena, m->name),
            .hint = str_fmt(arena, "%.*s%s", STR_ARG(family_member_about(arena, m, today)),
                            is_minor(m->birth_date, today) ? ", belum 17 tahun" : ""),
            .is_selected = m->id == chosen,
        };
    }
    return radios;
}

struct select_view family_role_select(struct request *req, const struct family_member *m, uint8_t chosen)
{
    struct arena *arena = request_arena(req);
    struct select_view select = {.name = str_c(role_name(arena, m->id)), .label = text_name(arena, m->name), .width = STR("half")};

    select.hint = str_fmt(arena, "Sampai sekarang: %.*s",
                          STR_ARG(m->role != 0 ? code_label(CODE_FAMILY_ROLE, m->role) : STR("belum diisi")));
    select.fault = request_fault_of(req, role_name(arena, m->id));
    select.options = form_code_options(arena, CODE_FAMILY_ROLE, chosen, SHDK_HEAD);
    return select;
}

struct role_selects succession_roles(struct request *req, const struct succession *s)
{
    struct role_selects list = {ARENA_ARRAY(request_arena(req), struct select_view, s->stay.n), 0};

    for (size_t i = 0; i < s->stay.n && s->new_head != NULL; i++)
        if (s->stay.p[i] != s->new_head)
            list.p[list.n++] = family_role_select(req, s->stay.p[i], s->stay.role[i]);
    return list;
}

struct str succession_care(const struct request *req, const struct succession *s)
{
    return s->new_head == NULL ? STR("")
                               : minor_head_care(request_arena(req), s->new_head->name, s->new_head->birth_date, request_today(req));
}

bool succession_fits(const struct succession *s, const struct family_state *held)
{
    for (size_t i = 0; i < s->stay.n; i++) {
        const struct family_member *m = family_member_of(held, s->stay.p[i]->id);

        if (m == NULL || m->role != s->stay.p[i]->role)
            return false;
    }
    return true;
}
