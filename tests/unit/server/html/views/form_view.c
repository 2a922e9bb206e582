// SPDX-License-Identifier: AGPL-3.0-or-later
/* Generated from tests/unit/server/html/views/form.html. */
#include "tests/unit/server/html/views/form_view.h"

#include "server/html/asset.h"
#include "server/html/html_put.h"
#include "server/base/text.h"
#include "server/html/widgets_view.h"
#include "server/register/codes_source.h"

const struct input guest_list_input[] = {
#line 3 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_TEXT, .name = "cari", .label = "Nama", .max = 100},
#line 4 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_CHOICE, .name = "urut", .label = "Urutan", .choices = "baru|nama", .labels = "baru|nama"},
#line 5 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_TOKEN, .name = "lanjut", .purpose = "list"},
#line 6 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_FLAG, .name = "tersimpan"},
    {.kind = INPUT_END_KIND},
};

void guest_list_read(const struct request *req, struct guest_list_form *out)
{
    *out = (struct guest_list_form){0};
    out->words = value_str(form_value(req, &guest_list_input[0]));
    out->order = value_str(form_value(req, &guest_list_input[1]));
    out->after = value_token(req, form_value(req, &guest_list_input[2]));
    out->is_saved = value_flag(form_value(req, &guest_list_input[3]));
}

static const struct input guest_friends_input[] = {
#line 31 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_TEXT, .name = "nama", .label = "Nama", .is_required = true, .min = 2, .max = 40, .is_shown = true},
#line 31 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_DATE, .name = "lahir", .label = "Lahir", .is_shown = true},
    {.kind = INPUT_END_KIND},
};

const struct input guest_input[] = {
#line 12 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_U64, .name = "versi", .label = "Versi", .is_required = true, .min = 1, .is_hidden = true, .take = TAKE_POST},
#line 12 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_PATH_U64, .name = "id", .is_required = true},
#line 12 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_FLAG, .name = "tersimpan", .take = TAKE_GET},
#line 13 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_TEXT, .name = "nama", .label = "Nama tamu", .is_required = true, .min = 1, .max = 100, .take = TAKE_POST, .is_shown = true},
#line 14 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_LINES, .name = "catatan", .label = "Catatan", .max = 500, .take = TAKE_POST, .is_shown = true},
#line 16 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_CODE, .name = "agama", .label = "Agama", .source = &codes_source, .list = CODE_RELIGION, .take = TAKE_POST, .is_shown = true},
#line 17 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_CHOICE, .name = "tujuan", .label = "Tujuan", .is_required = true, .choices = "1|2", .labels = "Dalam desa|Keluar desa", .take = TAKE_POST, .is_shown = true, .may = guest_may},
#line 18 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_DATE, .name = "tanggal", .label = "Tanggal", .is_required = true, .take = TAKE_POST, .is_shown = true},
#line 20 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_U64, .name = "orang", .label = "Banyak orang", .is_required = true, .min = 1, .max = 100, .take = TAKE_POST, .is_shown = true},
#line 21 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_MONEY, .name = "sumbangan", .label = "Sumbangan", .take = TAKE_POST, .is_shown = true},
#line 22 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_DIGITS, .name = "nik", .label = "NIK", .min = 16, .max = 16, .take = TAKE_POST, .is_shown = true},
#line 22 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_PHONE, .name = "telepon", .label = "Telepon", .take = TAKE_POST, .is_shown = true},
#line 22 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_EMAIL, .name = "surel", .label = "Surel", .take = TAKE_POST, .is_shown = true},
#line 22 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_WEB, .name = "situs", .label = "Situs", .take = TAKE_POST, .is_shown = true},
#line 23 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_YEAR, .name = "sejak", .label = "Sejak", .min = 1900, .max = 2100, .take = TAKE_POST, .is_shown = true},
#line 24 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_FLAG, .name = "setuju", .label = "Setuju dicatat", .take = TAKE_POST, .is_shown = true},
#line 24 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_CHOICE, .name = "cara", .label = "Cara datang", .is_required = true, .choices = "darat|laut", .labels = "Lewat darat|Lewat laut", .take = TAKE_POST, .is_shown = true},
#line 24 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_CODE, .name = "kawin", .label = "Status", .source = &codes_source, .list = CODE_MARITAL, .take = TAKE_POST, .is_shown = true},
#line 25 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_FILE, .name = "foto", .label = "Foto", .max = IMAGE_MAX_BYTES, .take = TAKE_POST},
#line 26 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_SECRET, .name = "pin", .label = "PIN", .min = 4, .max = 20, .take = TAKE_POST},
#line 27 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_PREFIX, .name = "isi_", .take = TAKE_POST},
#line 28 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_DECIMAL, .name = "luas", .label = "Luas", .is_required = true, .list = 2, .take = TAKE_POST, .is_shown = true},
#line 28 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_DATE, .name = "menginap_dari", .label = "Menginap dari", .take = TAKE_POST, .is_shown = true},
#line 28 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_DATE, .name = "menginap_sampai", .label = "Menginap sampai", .take = TAKE_POST, .is_shown = true, .is_until = true},
#line 28 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_FLAG, .name = "balas", .label = "Perlu dibalas", .is_required = true, .take = TAKE_POST, .is_shown = true},
#line 29 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_PICK, .name = "tuan", .label = "Yang dituju", .is_required = true, .pick = &people_pick, .take = TAKE_POST, .is_shown = true},
#line 29 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_GEO, .name = "letak", .label = "Letak", .take = TAKE_POST, .is_shown = true},
#line 29 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_FILES, .name = "pindaian", .label = "Pindaian", .list = 3, .take = TAKE_POST},
#line 30 "tests/unit/server/html/views/form.html"
    {.kind = INPUT_GROUP, .name = "teman", .label = "Teman", .is_required = true, .min = 1, .max = 8, .group = guest_friends_input, .take = TAKE_POST, .is_shown = true},
    {.kind = INPUT_END_KIND},
};

void guest_read(const struct request *req, struct guest_form *out)
{
    *out = (struct guest_form){0};
    out->version = value_u64(form_value(req, &guest_input[0]));
    out->id = value_u64(form_value(req, &guest_input[1]));
    out->is_saved = value_flag(form_value(req, &guest_input[2]));
    out->name = value_str(form_value(req, &guest_input[3]));
    out->note = value_str(form_value(req, &guest_input[4]));
    out->religion = value_opt_u64(form_value(req, &guest_input[5]));
    out->scope = value_str(form_value(req, &guest_input[6]));
    out->came_on = value_date(form_value(req, &guest_input[7]));
    out->people = value_u64(form_value(req, &guest_input[8]));
    out->gift = value_opt_u64(form_value(req, &guest_input[9]));
    out->nik = value_str(form_value(req, &guest_input[10]));
    out->phone = value_str(form_value(req, &guest_input[11]));
    out->email = value_str(form_value(req, &guest_input[12]));
    out->site = value_str(form_value(req, &guest_input[13]));
    out->since = value_opt_u64(form_value(req, &guest_input[14]));
    out->agrees = value_flag(form_value(req, &guest_input[15]));
    out->way = value_str(form_value(req, &guest_input[16]));
    out->marital = value_opt_u64(form_value(req, &guest_input[17]));
    out->photo = value_upload(form_value(req, &guest_input[18]));
    out->pin = value_str(form_value(req, &guest_input[19]));
    out->more = value_pairs(form_value(req, &guest_input[20]));
    out->area = value_u64(form_value(req, &guest_input[21]));
    out->stay_from = value_date(form_value(req, &guest_input[22]));
    out->stay_until = value_date(form_value(req, &guest_input[23]));
    out->reply = value_flag(form_value(req, &guest_input[24]));
    out->host = value_pick(form_value(req, &guest_input[25]));
    out->at = value_geo(form_value(req, &guest_input[26]));
    out->scans = value_uploads(form_value(req, &guest_input[27]));
    const struct value *friends = form_value(req, &guest_input[28]);
    out->friends.p = ARENA_ARRAY(request_arena(req), struct guest_friends_row, value_rows(friends));
    for (size_t row = 0; row < value_rows(friends); row++) {
        if (value_row_is_blank(friends, row))
            continue;
        struct guest_friends_row *to = &out->friends.p[out->friends.n++];
        to->row = row + 1;
        to->name = value_str(value_cell(friends, row, 0));
        to->born = value_date(value_cell(friends, row, 1));
    }
}

enum rc guest_fill(struct request *req, const struct guest_form *stored, struct form *out, struct err *err)
{
    struct arena *arena = request_arena(req);

    (void)arena;
    form_begin(req, guest_input, 29, true, out);
    if (!out->is_sent && stored != NULL) {
        form_put_u64(arena, (&out->p[0]), stored->version);
        (&out->p[3])->value = stored->name;
        (&out->p[4])->value = stored->note;
        form_put_opt_u64(arena, (&out->p[5]), stored->religion);
        (&out->p[6])->value = stored->scope;
        form_put_date(arena, (&out->p[7]), stored->came_on);
        form_put_u64(arena, (&out->p[8]), stored->people);
        form_put_money(arena, (&out->p[9]), stored->gift);
        (&out->p[10])->value = nik_spaced(arena, stored->nik);
        (&out->p[11])->value = stored->phone;
        (&out->p[12])->value = stored->email;
        (&out->p[13])->value = stored->site;
        form_put_opt_u64(arena, (&out->p[14]), stored->since);
        (&out->p[15])->is_on = stored->agrees;
        (&out->p[16])->value = stored->way;
        form_put_opt_u64(arena, (&out->p[17]), stored->marital);
        form_put_decimal(arena, (&out->p[21]), some_u64(stored->area), 2);
        form_put_date(arena, (&out->p[22]), stored->stay_from);
        form_put_date(arena, (&out->p[23]), stored->stay_until);
        (&out->p[24])->is_on = stored->reply;
        form_put_pick(arena, (&out->p[25]), stored->host);
        form_put_geo(arena, (&out->p[26]), stored->at);
        form_put_rows(req, &guest_input[28], &out->p[28], stored->friends.n);
        for (size_t row = 0; row < stored->friends.n && row < out->p[28].row_count; row++) {
            (&out->p[28].rows[row].p[0])->value = stored->friends.p[row].name;
            form_put_date(arena, (&out->p[28].rows[row].p[1]), stored->friends.p[row].born);
        }
    }
    if (out->is_changed && stored != NULL) {
        struct guest_form mine;

        guest_read(req, &mine);
        guest_both(arena, &mine, stored, &out->both);
        form_put_u64(arena, (&out->p[0]), stored->version);
    }
    return form_end(req, guest_input, out, err);
}

static void show_guest(struct arena *arena, const struct guest_form *f, struct str *out)
{
    (void)arena;
    (void)f;
    memset(out, 0, 29 * sizeof(*out));
    out[3] = f->name;
    out[4] = f->note;
    out[5] = form_show_code(&guest_input[5], f->religion.value);
    out[6] = form_show_choice(&guest_input[6], f->scope);
    out[7] = date_long(arena, f->came_on);
    out[8] = form_show_opt(arena, some_u64(f->people));
    out[9] = form_show_money(arena, f->gift);
    out[10] = nik_spaced(arena, f->nik);
    out[11] = f->phone;
    out[12] = f->email;
    out[13] = f->site;
    out[14] = f->since.is_set ? str_fmt(arena, "%" PRIu64, f->since.value) : STR("");
    out[15] = form_show_flag(f->agrees);
    out[16] = form_show_choice(&guest_input[16], f->way);
    out[17] = form_show_code(&guest_input[17], f->marital.value);
    out[21] = form_show_decimal(arena, &guest_input[21], some_u64(f->area), STR("m\302\262"));
    out[22] = date_long(arena, f->stay_from);
    out[23] = date_long(arena, f->stay_until);
    out[24] = form_show_flag(f->reply);
    out[25] = f->host.label;
    out[26] = form_show_geo(arena, f->at);
    struct buf friends = {.arena = arena};
    for (size_t row = 0; row < f->friends.n; row++) {
        struct str cells[2] = {0};
        cells[0] = f->friends.p[row].name;
        cells[1] = date_long(arena, f->friends.p[row].born);
        form_show_row(&friends, cells, 2);
    }
    out[28] = buf_str(&friends);
}

void guest_both(struct arena *arena, const struct guest_form *mine, const struct guest_form *theirs, struct both_view *out)
{
    struct str a[29], b[29];

    show_guest(arena, mine, a);
    show_guest(arena, theirs, b);
    form_both(arena, guest_input, 29, a, b, out);
}

struct str guest_diff(struct arena *arena, const struct guest_form *before, const struct guest_form *after)
{
    struct str a[29], b[29];

    show_guest(arena, before, a);
    show_guest(arena, after, b);
    return form_diff(arena, guest_input, 29, a, b);
}

void view_guest(struct buf *out, const struct guest_view *v)
{
    (void)v;
    (void)out;
#line 10 "tests/unit/server/html/views/form.html"
    view_error_summary(out, HTML_REF(HTML_REF(v->form)->faults));
#line 10 "tests/unit/server/html/views/form.html"
    buf_put(out, "<form class=\"form\" method=\"post\" action=\"", 41);
#line 11 "tests/unit/server/html/views/form.html"
    HTML_URL(out, v->action);
#line 11 "tests/unit/server/html/views/form.html"
    buf_put(out, "\">", 2);
#line 12 "tests/unit/server/html/views/form.html"
    view_guard(out, HTML_REF(HTML_REF(v->form)->guard));
#line 12 "tests/unit/server/html/views/form.html"
    buf_put(out, "<input type=\"hidden\" name=\"versi\" value=\"", 41);
#line 12 "tests/unit/server/html/views/form.html"
    HTML_ATTR(out, v->form.p[0].value);
#line 12 "tests/unit/server/html/views/form.html"
    buf_put(out, "\">", 2);
#line 13 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("nama"), .label = STR("Nama tamu"), .fault = v->form.p[3].fault, .hint = STR("Seperti di KTP"), .value = v->form.p[3].value, .is_first = !v->form.is_sent});
#line 14 "tests/unit/server/html/views/form.html"
    view_textarea(out, &(const struct textarea_view){.name = STR("catatan"), .label = STR("Catatan"), .fault = v->form.p[4].fault, .value = v->form.p[4].value, .rows = 2, .is_optional = true});
#line 14 "tests/unit/server/html/views/form.html"
    buf_put(out, "<fieldset class=\"group\"><legend>Keperluan</legend>", 50);
#line 16 "tests/unit/server/html/views/form.html"
    view_select(out, &(const struct select_view){.name = STR("agama"), .label = STR("Agama"), .fault = v->form.p[5].fault, .options = v->form.p[5].options, .empty_label = STR("Pilih"), .is_optional = true});
#line 17 "tests/unit/server/html/views/form.html"
    view_radios(out, &(const struct radios_view){.name = STR("tujuan"), .label = STR("Tujuan"), .fault = v->form.p[6].fault, .options = v->form.p[6].options, .is_inline = true});
#line 18 "tests/unit/server/html/views/form.html"
    view_date3(out, &(const struct date3_view){.name = STR("tanggal"), .label = STR("Tanggal"), .fault = v->form.p[7].fault, .day = v->form.p[7].parts[0], .month = v->form.p[7].parts[1], .year = v->form.p[7].parts[2]});
#line 18 "tests/unit/server/html/views/form.html"
    buf_put(out, "</fieldset>", 11);
#line 20 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("orang"), .label = STR("Banyak orang"), .fault = v->form.p[8].fault, .value = v->form.p[8].value, .inputmode = STR("numeric"), .suffix = STR("orang"), .width = STR("4")});
#line 21 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("sumbangan"), .label = STR("Sumbangan"), .fault = v->form.p[9].fault, .value = v->form.p[9].value, .inputmode = STR("numeric"), .is_optional = true});
#line 22 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("nik"), .label = STR("NIK"), .fault = v->form.p[10].fault, .value = v->form.p[10].value, .inputmode = STR("numeric"), .width = STR("nik"), .is_optional = true});
#line 22 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("telepon"), .label = STR("Telepon"), .fault = v->form.p[11].fault, .value = v->form.p[11].value, .inputmode = STR("tel"), .type = STR("tel"), .width = STR("16"), .is_optional = true});
#line 22 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("surel"), .label = STR("Surel"), .fault = v->form.p[12].fault, .value = v->form.p[12].value, .inputmode = STR("email"), .type = STR("email"), .is_optional = true});
#line 22 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("situs"), .label = STR("Situs"), .fault = v->form.p[13].fault, .value = v->form.p[13].value, .inputmode = STR("url"), .is_optional = true});
#line 23 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("sejak"), .label = STR("Sejak"), .fault = v->form.p[14].fault, .value = v->form.p[14].value, .inputmode = STR("numeric"), .width = STR("4"), .is_optional = true});
#line 24 "tests/unit/server/html/views/form.html"
    view_check(out, &(const struct check_view){.name = STR("setuju"), .label = STR("Setuju dicatat"), .fault = v->form.p[15].fault, .is_checked = v->form.p[15].is_on});
#line 24 "tests/unit/server/html/views/form.html"
    view_select(out, &(const struct select_view){.name = STR("cara"), .label = STR("Cara datang"), .fault = v->form.p[16].fault, .options = v->form.p[16].options, .empty_label = STR("Pilih")});
#line 24 "tests/unit/server/html/views/form.html"
    view_radios(out, &(const struct radios_view){.name = STR("kawin"), .label = STR("Status"), .fault = v->form.p[17].fault, .options = v->form.p[17].options, .is_inline = true, .is_optional = true});
#line 25 "tests/unit/server/html/views/form.html"
    view_file(out, &(const struct file_view){.name = STR("foto"), .label = STR("Foto"), .fault = v->form.p[18].fault, .accept = STR("image/jpeg"), .is_optional = true});
#line 26 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("pin"), .label = STR("PIN"), .fault = v->form.p[19].fault, .value = v->form.p[19].value, .autocomplete = STR("new-password"), .type = STR("password"), .is_optional = true});
#line 28 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("luas"), .label = STR("Luas"), .fault = v->form.p[21].fault, .value = v->form.p[21].value, .inputmode = STR("decimal"), .suffix = STR("m\302\262")});
#line 28 "tests/unit/server/html/views/form.html"
    buf_put(out, "<div class=\"from-to\">", 21);
#line 28 "tests/unit/server/html/views/form.html"
    view_date3(out, &(const struct date3_view){.name = STR("menginap_dari"), .label = STR("Menginap dari"), .fault = v->form.p[22].fault, .day = v->form.p[22].parts[0], .month = v->form.p[22].parts[1], .year = v->form.p[22].parts[2], .is_optional = true});
#line 28 "tests/unit/server/html/views/form.html"
    view_date3(out, &(const struct date3_view){.name = STR("menginap_sampai"), .label = STR("Menginap sampai"), .fault = v->form.p[23].fault, .day = v->form.p[23].parts[0], .month = v->form.p[23].parts[1], .year = v->form.p[23].parts[2], .is_optional = true});
#line 28 "tests/unit/server/html/views/form.html"
    buf_put(out, "</div>", 6);
#line 28 "tests/unit/server/html/views/form.html"
    view_radios(out, &(const struct radios_view){.name = STR("balas"), .label = STR("Perlu dibalas"), .fault = v->form.p[24].fault, .options = v->form.p[24].options});
#line 29 "tests/unit/server/html/views/form.html"
    view_pick(out, &(const struct pick_view){.name = STR("tuan"), .label = STR("Yang dituju"), .fault = v->form.p[25].fault, .words = v->form.p[25].words, .options = v->form.p[25].options});
#line 29 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = STR("letak"), .label = STR("Letak"), .fault = v->form.p[26].fault, .value = v->form.p[26].value, .is_optional = true});
#line 29 "tests/unit/server/html/views/form.html"
    view_file(out, &(const struct file_view){.name = STR("pindaian"), .label = STR("Pindaian"), .fault = v->form.p[27].fault, .is_multiple = true, .is_optional = true});
#line 30 "tests/unit/server/html/views/form.html"
    for (size_t row = 0; row < v->form.p[28].row_count; row++) {
#line 30 "tests/unit/server/html/views/form.html"
    if (v->form.p[28].rows[row].is_spare) buf_fmt(out, "<details class=\"fold form-more\"><summary class=\"button is-second\">Tambah %s</summary>", "teman");
#line 30 "tests/unit/server/html/views/form.html"
    buf_fmt(out, "<fieldset class=\"form-row\"><legend>%s %zu</legend>", "Teman", row + 1);
#line 30 "tests/unit/server/html/views/form.html"
    buf_put(out, "<div class=\"side-by-side\">", 26);
#line 31 "tests/unit/server/html/views/form.html"
    view_field(out, &(const struct field_view){.name = v->form.p[28].rows[row].p[0].name, .label = STR("Nama"), .fault = v->form.p[28].rows[row].p[0].fault, .value = v->form.p[28].rows[row].p[0].value});
#line 31 "tests/unit/server/html/views/form.html"
    view_date3(out, &(const struct date3_view){.name = v->form.p[28].rows[row].p[1].name, .label = STR("Lahir"), .fault = v->form.p[28].rows[row].p[1].fault, .day = v->form.p[28].rows[row].p[1].parts[0], .month = v->form.p[28].rows[row].p[1].parts[1], .year = v->form.p[28].rows[row].p[1].parts[2], .is_optional = true});
#line 31 "tests/unit/server/html/views/form.html"
    buf_put(out, "</div>", 6);
#line 30 "tests/unit/server/html/views/form.html"
    buf_put(out, "</fieldset>", 11);
#line 30 "tests/unit/server/html/views/form.html"
    }
#line 30 "tests/unit/server/html/views/form.html"
    for (size_t row = 0; row < v->form.p[28].row_count; row++) if (v->form.p[28].rows[row].is_spare) buf_put(out, "</details>", 10);
#line 33 "tests/unit/server/html/views/form.html"
    buf_put(out, "</form>", 7);
}
