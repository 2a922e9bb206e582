// SPDX-License-Identifier: AGPL-3.0-or-later
/* For whom a type is, in its draft: the living, the dead, anybody, or nobody (a letter of the office itself), and what of theirs it prints.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_editor_sql.h"
#include "tenants/village/letters/letters_questions_view.h"

struct str letter_for_words(const json_t *root)
{
    static const struct {
        const char *of;
        struct str words;
    } table[] = {{"dead", STR_INIT("Untuk warga yang sudah meninggal.")},
                 {"all", STR_INIT("Untuk warga siapa saja, juga yang sudah pindah atau meninggal.")},
                 {"none", STR_INIT("Surat kantor desa sendiri, tanpa pemohon.")}};
    const struct str of = json_text(json_object_get(root, "subject"), "of");

    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (str_is(of, table[i].of))
            return table[i].words;
    return str_empty(json_text(json_object_get(root, "subject"), "outside"))
               ? STR("Untuk warga yang tinggal di desa.")
               : STR("Untuk warga yang tinggal di desa, dan orang luar desa.");
}

static struct letter_for_form stored_of(struct arena *arena, const struct letter_draft *row, const json_t *root)
{
    const json_t *subject = json_object_get(root, "subject");
    const struct str of = json_text(subject, "of"), sex = json_text(subject, "sex"), status = json_text(subject, "status"),
                     outside = json_text(subject, "outside"), role = json_text(subject, "role"), religion = json_text(subject, "religion");

    return (struct letter_for_form){.id = row->id,
                                    .version = row->edition,
                                    .of = str_empty(of) ? STR("living") : of,
                                    .outside = str_empty(outside) ? STR("none") : outside,
                                    .sex = str_empty(sex) ? STR("any") : sex,
                                    .age = letter_number_of(subject, "age"),
                                    .age_most = letter_number_of(subject, "age_most"),
                                    .or_married = json_bool(subject, "or_married"),
                                    .is_strict = json_bool(subject, "strict"),
                                    .age_on = json_text(subject, "age_on"),
                                    .unless = json_text(subject, "unless"),
                                    .status = str_empty(status) ? STR("any") : status,
                                    .role = str_empty(role) ? STR("any") : role,
                                    .religion = str_empty(religion) ? STR("any") : religion,
                                    .shows_family = json_bool(root, "family"),
                                    .followers = json_text(json_object_get(root, "followers"), "label"),
                                    .also = letter_joined_lines(arena, json_object_get(root, "also")),
                                    .about = json_text(root, "about"),
                                    .addressed = json_text(root, "addressed")};
}

enum rc letter_for_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_draft row;
    json_t *root;

    TRY(letter_questions_read(req, letter_for_got(req).id, &row, &root, err));
    const struct letter_for_form stored = stored_of(arena, &row, root);
    struct letter_for_view v = {.title = row.name,
                                .back_href = letter_type_url(arena, row.id, "/isi/pertanyaan"),
                                .action = request_path(req),
                                .fields = letter_question_lines(arena, row.id, root)};
    TRY(letter_for_fill(req, &stored, &v.form, err));
    view_letter_for(&body, &v);
    const struct page page = {.title = STR("Untuk siapa"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static bool is_asked(const json_t *root, struct str name)
{
    const json_t *fields = json_object_get(root, "fields");

    for (size_t i = 0; i < json_array_size(fields); i++)
        if (str_eq(json_text(json_array_get(fields, i), "name"), name))
            return true;
    return str_empty(name);
}

struct str letter_unless(struct str value, const char *usual)
{
    return str_is(value, usual) ? STR("") : value;
}

static void put_for(json_t *root, const struct letter_for_form *in)
{
    json_t *subject = json_incref(json_object_get(root, "subject")), *followers = json_object_get(root, "followers");

    if (subject == NULL)
        subject = json_object();
    letter_put_text(subject, "of", letter_unless(in->of, "living"));
    letter_put_text(subject, "outside", letter_unless(in->outside, "none"));
    letter_put_text(subject, "sex", letter_unless(in->sex, "any"));
    letter_traits_put(subject, &(struct letter_traits){.status = letter_unless(in->status, "any"),
                                                       .role = letter_unless(in->role, "any"),
                                                       .religion = letter_unless(in->religion, "any"),
                                                       .age = in->age,
                                                       .age_most = in->age_most,
                                                       .or_married = in->or_married,
                                                       .is_strict = in->is_strict,
                                                       .age_on = in->age_on,
                                                       .unless = in->unless});
    if (json_object_size(subject) > 0)
        json_object_set(root, "subject", subject);
    else
        json_object_del(root, "subject");
    json_decref(subject);
    letter_put_flag(root, "family", in->shows_family);
    if (str_empty(in->followers))
        json_object_del(root, "followers");
    else {
        followers = followers != NULL ? json_incref(followers) : json_object();
        letter_put_text(followers, "label", in->followers);
        json_object_set_new(root, "followers", followers);
    }
    if (str_empty(in->also))
        json_object_del(root, "also");
    else
        json_object_set_new(root, "also", letter_lines_of(in->also));
    letter_put_text(root, "about", in->about);
    letter_put_text(root, "addressed", in->addressed);
}

enum rc letter_for_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_for_form in = letter_for_got(req);
    struct letter_words also;
    struct letter_draft row;
    json_t *root;

    TRY(letter_questions_lock(txn, req, in.id, &row, &root, err));
    if (!is_asked(root, in.about))
        return act_refuse(req, err, LETTER_FOR_ABOUT, "Isian ini tidak ada di antara pertanyaan. Pilih yang muncul saat diketik.");
    if (!is_asked(root, in.addressed))
        return act_refuse(req, err, LETTER_FOR_ADDRESSED, "Isian ini tidak ada di antara pertanyaan. Pilih yang muncul saat diketik.");
    if ((in.or_married || in.is_strict || !str_empty(in.age_on) || !str_empty(in.unless)) && !in.age.is_set && !in.age_most.is_set)
        return act_refuse(req, err, LETTER_FOR_AGE, "Tulis umur paling muda atau paling tua yang dimaksud.");
    if (!str_empty(letter_unless(in.outside, "none")) && (str_is(in.of, "dead") || str_is(in.of, "none")))
        return act_refuse(req, err, LETTER_FOR_OUTSIDE, "Orang luar desa hanya untuk surat bagi yang hidup. Pilih Tidak.");
    if (in.age.is_set && in.age_most.is_set && in.age.value > in.age_most.value)
        return act_refuse(req, err, LETTER_FOR_AGE_MOST, "Umur paling tua tidak boleh kurang dari umur paling muda.");
    put_for(root, &in);
    if (letter_form_also(request_arena(req), json_object_get(root, "also"), &also, err) != RC_OK)
        return act_refuse(req, err, LETTER_FOR_ALSO, "Paling banyak 12 sebutan, masing-masing paling panjang 60 huruf.");
    *go_to_out = letter_type_url(request_arena(req), row.id, "/isi/pertanyaan");
    act_say(req, "Tersimpan di konsep");
    return letter_questions_keep(
        txn, req, &row, root, LETTER_FOR_OF,
        "Surat tanpa pemohon tidak punya umur, jenis kelamin, status kawin, keluarga, pengikut, atau orang yang diusulkan dari "
        "keluarga. Kosongkan dulu, di sini dan di pertanyaannya. Isian yang disebut untuk umur harus ada di antara pertanyaan.",
        err);
}
