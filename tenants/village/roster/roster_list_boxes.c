// SPDX-License-Identifier: AGPL-3.0-or-later
/* The boxes above the list: what may be chosen, and what is. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/roster/roster_list.h"

struct boxes {
    struct request *req;
    struct arena *arena;
    const struct resident_filter *filter;
};

static struct select_view box(const struct boxes *b, const char *name, const char *label, const char *any, size_t room)
{
    return (struct select_view){.name = str_c(name),
                                .label = str_c(label),
                                .empty_label = str_c(any),
                                .fault = request_fault_of(b->req, name),
                                .options = {ARENA_ARRAY(b->arena, struct option, room), 0}};
}

static void add(struct select_view *select, struct str value, struct str label)
{
    select->options.p[select->options.n++] = (struct option){.value = value, .label = label};
}

/* The box with what the filter says chosen. */
static struct select_view chosen(const struct boxes *b, struct select_view select)
{
    struct str value = resident_filter_value(b->arena, b->filter, str_z(b->arena, select.name));

    if (str_empty(value) && str_is(select.name, "status"))
        value = STR("1");
    for (size_t i = 0; i < select.options.n; i++)
        select.options.p[i].is_selected = str_eq(select.options.p[i].value, value);
    return select;
}

static struct select_view codes_box(const struct boxes *b, const char *name, const char *label, enum code_list list, bool may_be_empty)
{
    size_t n;
    const struct code *codes = codes_of(list, &n);
    struct select_view select = box(b, name, label, "Semua", n + 1);

    for (size_t i = 0; i < n; i++)
        add(&select, str_fmt(b->arena, "%u", codes[i].code), codes[i].label);
    if (may_be_empty)
        add(&select, STR("0"), STR("Belum diisi"));
    return chosen(b, select);
}

/* Lines of a text: the places there are. */
static struct select_view places_box(const struct boxes *b, const char *name, const char *label, struct str lines, bool are_names)
{
    struct select_view select = box(b, name, label, "Semua", lines.n / 2 + 2);
    struct str wanted = resident_filter_value(b->arena, b->filter, name), place;
    bool is_there = str_empty(wanted);

    while (str_cut(&lines, '\n', &place)) {
        if (str_empty(place))
            continue;
        bool is_chosen = str_eq_nocase(place, wanted);
        select.options.p[select.options.n++] = (struct option){.value = place,
                                                               .is_selected = is_chosen,
                                                               .label = str_is(place, "-") ? STR("Belum diisi")
                                                                        : are_names        ? text_name(b->arena, place)
                                                                                           : place};
        is_there = is_there || is_chosen;
    }
    if (!is_there) /* nobody lives there: the box still says what is asked for */
        select.options.p[select.options.n++] = (struct option){
            .value = wanted, .is_selected = true, .label = are_names ? text_name(b->arena, wanted) : wanted};
    return select;
}

/* The living are what is shown when nothing is said: no empty choice. */
static struct select_view status_box(const struct boxes *b)
{
    size_t n;
    const struct code *codes = codes_of(CODE_BASIC_STATUS, &n);
    struct select_view select = box(b, "status", "Status", "", n + 1);

    for (size_t i = 0; i < n; i++)
        add(&select, str_fmt(b->arena, "%u", codes[i].code), codes[i].label);
    add(&select, STR("0"), STR("Semua"));
    return chosen(b, select);
}

static struct select_view pair_box(const struct boxes *b, const char *name, const char *label, const char *any,
                                   const char *const pairs[][2], size_t n)
{
    struct select_view select = box(b, name, label, any, n);

    for (size_t i = 0; i < n; i++)
        add(&select, str_c(pairs[i][0]), str_c(pairs[i][1]));
    return chosen(b, select);
}

static struct select_view lack_box(const struct boxes *b)
{
    struct select_view select = box(b, "lengkap", "Kelengkapan", "Semua", LACK_END);

    for (int i = LACK_UNASKED + 1; i < LACK_END; i++)
        add(&select, str_c(resident_lack_words[i].value), str_c(resident_lack_words[i].words));
    return chosen(b, select);
}

void resident_filter_boxes(struct request *req, const struct resident_filter *filter, const struct resident_total *total,
                           struct resident_list_view *v)
{
    static const char *const nik[][2] = {{"ada", "NIK tetap"}, {"sementara", "NIK sementara"}};
    static const char *const card[][2] = {{"ada", "Terpasang"}, {"belum", "Belum terpasang"}};
    static const char *const birth[][2] = {{"kosong", "Kosong"}};
    static const char *const order[][2] = {{"umur", "Umur"}, {"dusun", "Dusun dan RT"}, {"terbaru", "Terbaru dicatat"}};
    static const char *const up[][2] = {{"turun", "Turun"}}, *const down[][2] = {{"naik", "Naik"}};
    const struct boxes b = {req, request_arena(req), filter};
    bool falls = filter->order == ORDER_ENTRY;

    v->age_from = resident_filter_value(b.arena, filter, "umur_dari");
    v->age_until = resident_filter_value(b.arena, filter, "umur_sampai");
    v->is_more = resident_filter_is_more(filter);
    v->hamlet = places_box(&b, "dusun", "Dusun", total->hamlets, true);
    v->sex = codes_box(&b, "jk", "Jenis kelamin", CODE_SEX, false);
    v->status = status_box(&b);
    v->lack = lack_box(&b);
    v->rw = places_box(&b, "rw", "RW", total->rws, false);
    v->rt = places_box(&b, "rt", "RT", total->rts, false);
    v->role = codes_box(&b, "peran", "Hubungan keluarga", CODE_FAMILY_ROLE, true);
    v->occupation = codes_box(&b, "kerja", "Pekerjaan", CODE_OCCUPATION, true);
    v->religion = codes_box(&b, "agama", "Agama", CODE_RELIGION, true);
    v->marital = codes_box(&b, "kawin", "Status perkawinan", CODE_MARITAL, true);
    v->education = codes_box(&b, "sekolah", "Pendidikan dalam KK", CODE_EDUCATION_KK, true);
    v->nik = pair_box(&b, "nik", "NIK", "Semua", nik, COUNT_OF(nik));
    v->card = pair_box(&b, "kartu", "Kartu anjungan", "Semua", card, COUNT_OF(card));
    v->birth = pair_box(&b, "umur", "Tanggal lahir", "Semua", birth, COUNT_OF(birth));
    v->order = pair_box(&b, "urut", "Urut menurut", "Nama", order, COUNT_OF(order));
    v->direction = pair_box(&b, "arah", "Arah urutan", falls ? "Turun" : "Naik", falls ? down : up, 1);
}
