// SPDX-License-Identifier: AGPL-3.0-or-later
/* What stands above each tab of one person: who it is, what is done next, and the tabs with their counts. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/residents_pages.h"

enum { TABS = 7 };

/* "Perempuan, 69 tahun. Kepala keluarga di RT 002, Dusun Batu Lotong." */
static struct str about_of(struct request *req, const struct resident_full *r)
{
    struct arena *arena = request_arena(req);
    int years = age_of(r->basic_status, r->birth_date, r->ended, request_today(req));
    struct str age = years < 0 ? STR("") : str_fmt(arena, ", %d tahun", years);
    struct str role = r->basic_status == STATUS_MISSING ? STR("Terakhir tinggal")
                      : r->family_role.is_set           ? code_label(CODE_FAMILY_ROLE, (uint32_t)r->family_role.value)
                                                        : STR("Tinggal");
    struct str rt = is_said(r->rt) ? str_fmt(arena, "RT %.*s", STR_ARG(r->rt)) : STR("");
    struct str hamlet = address_hamlet(arena, STR(""), r->hamlet);

    return str_fmt(arena, "%.*s%.*s. %.*s%s%.*s%s%.*s.", STR_ARG(code_label(CODE_SEX, r->sex)), STR_ARG(age), STR_ARG(role),
                   str_empty(rt) && str_empty(hamlet) ? "" : " di ", STR_ARG(rt), str_empty(rt) || str_empty(hamlet) ? "" : ", ",
                   STR_ARG(hamlet));
}

static void put_tab(struct request *req, struct person_head *head, struct str tab, const char *word, const char *tail, const char *label,
                    uint64_t count)
{
    struct arena *arena = request_arena(req);

    head->tabs.p[head->tabs.n++] = (struct tab){.href = str_fmt(arena, "%.*s%s", STR_ARG(head->href), tail),
                                                .label = str_c(label),
                                                .count = count > 0 ? str_fmt(arena, "%" PRIu64, count) : STR(""),
                                                .is_active = str_is(tab, word)};
}

static void put_tabs(struct request *req, const struct resident_full *r, struct str tab, struct person_head *head)
{
    head->tabs = (struct tabs_view){.label = STR("Bagian data warga"), .p = ARENA_ARRAY(request_arena(req), struct tab, TABS)};
    put_tab(req, head, tab, "", "", "Data diri", 0);
    put_tab(req, head, tab, "keluarga", "?lihat=keluarga", "Keluarga", r->members);
    if (request_may(req, MAY_READ_LETTERS))
        put_tab(req, head, tab, "surat", "?lihat=surat", "Surat", r->letters);
    put_tab(req, head, tab, "peristiwa", "?lihat=peristiwa", "Peristiwa", r->events);
    put_tab(req, head, tab, "berkas", "/berkas", "Berkas", r->documents);
    put_tab(req, head, tab, "riwayat", "/riwayat", "Perubahan", r->changes);
    if (request_may(req, MAY_SET_VILLAGE))
        put_tab(req, head, tab, "dibuka", "/riwayat/dibuka", "Siapa melihat", r->looks);
}

struct person_head person_head_of(struct request *req, const struct resident_full *r, struct str tab)
{
    struct arena *arena = request_arena(req);
    struct person_head head = {.href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, r->id),
                               .name = text_name(arena, r->name),
                               .about = about_of(req, r),
                               .may_edit = request_may(req, MAY_EDIT_RESIDENTS) && !r->out_why.is_set,
                               .is_here = r->basic_status == STATUS_ALIVE,
                               .is_missing = r->basic_status == STATUS_MISSING};

    head.initials = text_initials(arena, head.name);
    if (!head.is_here)
        head.status = !r->out_why.is_set              ? code_label(CODE_BASIC_STATUS, r->basic_status)
                      : r->out_why.value == OUT_TWICE ? STR("Dikeluarkan: catatan ganda")
                                                      : STR("Dikeluarkan: salah isi");
    if (r->photo_id.is_set)
        head.photo_href = str_fmt(arena, "%.*s/foto?v=%" PRIu64, STR_ARG(head.href), r->photo_id.value);
    if (head.is_here && request_may(req, MAY_WRITE_LETTERS))
        head.letter_href = str_fmt(arena, "%.*s/surat", STR_ARG(head.href));
    if (head.is_here && r->family_id.is_set)
        head.move_href = str_fmt(arena, "/kantor/keluarga/%" PRIu64 "/pindah?orang=%" PRIu64, r->family_id.value, r->id);
    if (request_may(req, MAY_TAKE_OUT_RESIDENTS) && (r->out_why.is_set || r->basic_status != STATUS_NOT_VALID))
        *(r->out_why.is_set ? &head.back_href : &head.out_href) = str_fmt(arena, "%.*s/keluarkan", STR_ARG(head.href));
    put_tabs(req, r, tab, &head);
    return head;
}
