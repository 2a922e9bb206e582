// SPDX-License-Identifier: AGPL-3.0-or-later
/* A draft as it would print: for an invented person or a resident, with examples of answers. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/paper/markup.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_judge.h"
#include "tenants/village/letters/letters_words.h"

/* Halimah, as the words of letter_person_words show her: born that day, Islam, a farmer, married, WNI. */
static struct letter_subject invented(void)
{
    return (struct letter_subject){.nik = STR("7317105111570002"),
                                   .name = STR("Halimah Dg. Sangnging"),
                                   .sex = SEX_FEMALE,
                                   .birth_place = STR("Sampano"),
                                   .birth_date = {1957, 11, 11},
                                   .religion = some_u64(1),
                                   .occupation = some_u64(9),
                                   .marital = some_u64(2),
                                   .education = some_u64(3),
                                   .citizenship = some_u64(1),
                                   .family_role = some_u64(1),
                                   .ethnicity = STR("Luwu"),
                                   .basic_status = STATUS_ALIVE,
                                   .kk_no = STR("7317100101100001"),
                                   .head_name = STR("Ambo Tuwo"),
                                   .head_nik = STR("7317101203550001"),
                                   .head_occupation = some_u64(9),
                                   .address = STR("Jl. Poros 4"),
                                   .address_now = STR(""),
                                   .father_name = STR("Daeng Patompo"),
                                   .father_nik = STR("7317100107300001"),
                                   .mother_name = STR("Indo Tang"),
                                   .mother_nik = STR("7317105205330002"),
                                   .hamlet = STR("Batu Lotong"),
                                   .rw = STR("001"),
                                   .rt = STR("002"),
                                   .birth_cert = STR("7317-LT-11112010-0001"),
                                   .marriage_cert = STR("123/45/VI/1980"),
                                   .marriage_date = {1980, 6, 7},
                                   .divorce_cert = STR(""),
                                   .passport = STR(""),
                                   .kitas = STR("")};
}

enum { INVENTED_FAMILY = 3 };

/* Somebody for every person that is asked for, and a family. */
static struct letter_people invented_people(struct arena *arena, const struct letter_form *form)
{
    struct letter_people people = {.p = ARENA_ARRAY(arena, struct letter_person, form->n_fields),
                                   .family = {ARENA_ARRAY(arena, struct letter_subject, INVENTED_FAMILY), INVENTED_FAMILY}};

    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == FIELD_PERSON)
            people.p[people.n++] = (struct letter_person){.field = &form->fields[i], .is_there = true, .who = invented()};
    for (size_t i = 0; i < INVENTED_FAMILY; i++)
        people.family.p[i] = invented();
    people.followers = people.family;
    return people;
}

/* A resident's own family; whom the letter asks for besides is invented. */
static enum rc read_people(struct request *req, const struct letter_try *what, struct letter_people *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_open open = {.db = what->db, .form = what->form, .letter = {.resident_id = what->resident_id}};

    *out = invented_people(arena, &what->form);
    if (what->resident_id == 0)
        return RC_OK;
    if (what->form.shows_family || letter_followers_field(&what->form) != NULL)
        TRY(sql_letter_family(what->db, what->resident_id, &out->family, err));
    out->followers = out->family;
    open.people.family = out->family;
    open.people.followers = out->followers;
    return letter_look(req, &open, "paper", true, err);
}

/* One sheet beside the loop. */
struct trial {
    struct arena *arena;
    const struct letter_form *form;
    struct str policy;
    struct letter_sheet sheet;
    const json_t *longest; /* the same values with the longest answers */
    bool is_sample;
    struct letter_pages pages;
    struct letter_problems problems;
};

enum rc letter_pages_draw(struct arena *arena, const struct letter_sheet *sheet, bool is_sample, struct letter_pages *out, struct err *err)
{
    struct paper_input input = {.is_sample = is_sample, .pages_most = EDITOR_PAGES_LAID};
    struct paper *paper;

    letter_sheet_input(sheet, &input);
    TRY(paper_layout(arena, &input, &paper, err));
    *out = (struct letter_pages){.count = paper_page_count(paper), .svg.p = ARENA_ARRAY(arena, struct str, EDITOR_PAGES_MOST)};
    for (size_t i = 0; i < out->count && i < EDITOR_PAGES_MOST; i++)
        TRY(paper_svg(arena, paper, i, &out->svg.p[out->svg.n++], err));
    return RC_OK;
}

/* How many pages the longest answers make; 0: none can be laid out. */
static size_t longest_pages(struct trial *t)
{
    struct paper_input input = {.pages_most = EDITOR_PAGES_LAID};
    struct paper *paper;
    struct err why = {0};

    letter_sheet_input(&t->sheet, &input);
    input.values = t->longest;
    return paper_layout(t->arena, &input, &paper, &why) == RC_OK ? paper_page_count(paper) : 0;
}

static void try_offloaded(void *arg)
{
    struct trial *t = arg;
    struct paper_use use;
    struct err why = {0};
    const bool is_sound = letter_judge(t->arena, t->form, t->policy, &use, &t->problems);

    if (is_sound)
        letter_judge_pictures(t->arena, &use, t->sheet.images, t->sheet.image_count, &t->problems);
    if (is_sound && letter_pages_draw(t->arena, &t->sheet, t->is_sample, &t->pages, &why) == RC_OK)
        letter_judge_pages(t->arena, t->pages.count, longest_pages(t), &t->problems);
    else if (is_sound)
        letter_problem_put(
            t->arena, &t->problems,
            (struct letter_problem){.is_must = true,
                                    .words = str_fmt(t->arena,
                                                     "Surat ini tidak muat: lebih dari %d halaman, atau gambarnya tidak terbaca. "
                                                     "Ringkas isinya.",
                                                     EDITOR_PAGES_LAID)});
}

struct wording {
    struct arena *arena;
    const json_t *tree;
    struct str text;
};

static void write_offloaded(void *arg)
{
    struct wording *w = arg;

    w->text = paper_markup_write(w->arena, w->tree);
}

enum rc letter_markup_of(struct request *req, const json_t *tree, struct str *out, struct err *err)
{
    struct wording w = {.arena = request_arena(req), .tree = tree};

    TRY(request_offload(req, write_offloaded, &w, err));
    *out = w.text;
    return RC_OK;
}

enum rc letter_sheet_try(struct request *req, const struct letter_form *form, struct str policy, const struct letter_sheet *sheet,
                         struct letter_pages *pages_out, struct letter_problems *problems_out, struct err *err)
{
    struct trial t = {.arena = request_arena(req),
                      .form = form,
                      .policy = policy,
                      .sheet = *sheet,
                      .longest = letter_values_longest(request_arena(req), form, sheet->values),
                      .is_sample = request_village(req)->is_sample};

    TRY(request_offload(req, try_offloaded, &t, err));
    *pages_out = t.pages;
    *problems_out = t.problems;
    return RC_OK;
}

enum rc letter_try_out(struct request *req, const struct letter_try *what, struct letter_pages *pages_out,
                       struct letter_problems *problems_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject subject = invented();
    struct letter_people people;
    struct letter_sheet sheet;
    struct letter_parts parts = {
        .subject = &subject,
        .form = &what->form,
        .people = &people,
        .inputs = letter_inputs_sample(arena, &what->form, request_today(req)),
        .type_name = what->name,
        .number_text = STR(""),
        .date = request_today(req),
        .valid_until = letter_valid_until(request_arena(req), &what->form, NULL, request_today(req), what->valid_months)};

    if (what->resident_id != 0)
        TRY(sql_letter_subject(what->db, what->resident_id, &subject, err));
    TRY(read_people(req, what, &people, err));
    TRY(letter_sheet_of(what->db, &parts, what->form.tree, &sheet, err));
    return letter_sheet_try(req, &what->form, what->policy, &sheet, pages_out, problems_out, err);
}
