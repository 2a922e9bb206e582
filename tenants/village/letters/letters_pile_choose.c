// SPDX-License-Identifier: AGPL-3.0-or-later
/* For whom the letters of a pile are: by the filters of the list of residents, or by pasted NIKs; each line judged before anything is made.
 */
#include "tenants/village/letters/letters_pile.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/feature.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_pile_sql.h"
#include "tenants/village/letters/letters_pile_view.h"
#include "tenants/village/roster/roster.h"

enum { FILTERS_MOST = 12 };

/* What the registry has of a kind of place, one a line. */
static struct options places_of(struct arena *arena, struct str lines, struct str chosen)
{
    struct options out = {.p = ARENA_ARRAY(arena, struct option, lines.n + 1)};
    struct str line;

    while (lines.p != NULL && str_cut(&lines, '\n', &line))
        if (!str_empty(line) && !str_is(line, "-"))
            out.p[out.n++] = (struct option){.value = line, .label = text_name(arena, line), .is_selected = str_eq(line, chosen)};
    return out;
}

/* The questions that a pasted list may answer for each. */
static struct options fields_of(struct arena *arena, const struct letter_form *form, struct str chosen)
{
    struct options out = {.p = ARENA_ARRAY(arena, struct option, form->n_fields)};

    for (size_t i = 0; i < form->n_fields; i++)
        if (pile_field_of(form, form->fields[i].name) != NULL)
            out.p[out.n++] = (struct option){
                .value = form->fields[i].name, .label = form->fields[i].label, .is_selected = str_eq(form->fields[i].name, chosen)};
    return out;
}

/* What the kiosk began is its resident's own, and goes with the day. */
struct str pile_pattern_fault(const struct letter_open *open)
{
    return str_is(open->letter.channel, "kiosk")
               ? STR("Surat ini diminta di anjungan untuk pemohonnya saja. Buat surat baru untuk banyak warga.")
           : open->form.is_outside ? STR("Surat ini untuk orang luar desa. Buat surat baru dengan seorang warga sebagai contohnya.")
                                   : pile_type_fault(&open->form);
}

/* ---- who ---- */

/* What the check finds, for the act. */
struct chosen {
    struct pile_pasted_lines lines;
    struct str words, filter, field;
    uint32_t version; /* of the pattern that it was judged by */
};

static void put_filter(struct list_pairs *pairs, const char *name, struct str value)
{
    if (!str_empty(value))
        pairs->p[pairs->n++] = (struct list_pair){str_c(name), value};
}

static struct str number_of(struct arena *arena, struct opt_u64 n)
{
    return n.is_set ? str_fmt(arena, "%" PRIu64, n.value) : STR("");
}

static void say(struct buf *out, const char *before, struct str words)
{
    if (!str_empty(words))
        buf_fmt(out, "%s%s%.*s", buf_str(out).n > 0 ? ", " : "", before, STR_ARG(words));
}

/* The filter as the pile keeps it, to be shown again. */
static struct str filter_json(struct arena *arena, const struct list_pairs *pairs)
{
    json_t *all = json_object();

    json_keep(arena, all);
    for (size_t i = 0; i < pairs->n; i++)
        json_object_set_new(all, str_z(arena, pairs->p[i].name), json_stringn(pairs->p[i].value.p, pairs->p[i].value.n));
    return json_write(arena, all);
}

static struct opt_u64 kept_number(const json_t *filter, const char *name)
{
    uint64_t n;

    return str_to_u64(json_text(filter, name), &n) ? some_u64(n) : (struct opt_u64){0};
}

/* The form as it was sent when the pile's people were chosen; of a pasted list nothing is kept. */
static enum rc filter_read(struct arena *arena, uint64_t id, struct str kept, struct pile_choose_form *out, struct err *err)
{
    json_t *filter;

    *out = (struct pile_choose_form){.id = id};
    if (str_empty(kept))
        return RC_OK;
    TRY(json_read(arena, kept, &filter, err));
    out->way = STR("saringan");
    out->hamlet = json_text(filter, "dusun");
    out->rw = json_text(filter, "rw");
    out->rt = json_text(filter, "rt");
    out->sex = kept_number(filter, "jk");
    out->age_from = kept_number(filter, "umur_dari");
    out->age_until = kept_number(filter, "umur_sampai");
    out->role = kept_number(filter, "peran");
    out->occupation = kept_number(filter, "kerja");
    out->religion = kept_number(filter, "agama");
    return RC_OK;
}

/* "Dusun Batu Lotong, RT 001, Perempuan, 17 tahun ke atas" */
static struct str filter_words(struct request *req, const struct pile_choose_form *f)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};

    if (is_said(f->hamlet) || is_said(f->rw) || is_said(f->rt))
        say(&out, "", request_hamlet_text(req, address_place(arena, f->hamlet, f->rw, f->rt)));
    if (f->sex.is_set)
        say(&out, "", code_label(CODE_SEX, (uint32_t)f->sex.value));
    if (f->age_from.is_set || f->age_until.is_set)
        say(&out, "umur ",
            f->age_until.is_set ? str_fmt(arena, "%" PRIu64 "–%" PRIu64 " tahun", f->age_from.value, f->age_until.value)
                                : str_fmt(arena, "%" PRIu64 " tahun ke atas", f->age_from.value));
    if (f->role.is_set)
        say(&out, "", code_label(CODE_FAMILY_ROLE, (uint32_t)f->role.value));
    if (f->occupation.is_set)
        say(&out, "", code_label(CODE_OCCUPATION, (uint32_t)f->occupation.value));
    if (f->religion.is_set)
        say(&out, "", code_label(CODE_RELIGION, (uint32_t)f->religion.value));
    return buf_str(&out).n > 0 ? buf_str(&out) : STR("Semua warga");
}

static enum rc by_filter(struct request *req, struct village_db *db, const struct letter_form *form, const struct pile_choose_form *f,
                         struct chosen *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct list_pairs pairs = {.p = ARENA_ARRAY(arena, struct list_pair, FILTERS_MOST)};
    struct resident_ids ids;
    struct str why;

    put_filter(&pairs, "dusun", f->hamlet);
    put_filter(&pairs, "rw", f->rw);
    put_filter(&pairs, "rt", f->rt);
    put_filter(&pairs, "jk", number_of(arena, f->sex));
    put_filter(&pairs, "umur_dari", number_of(arena, f->age_from));
    put_filter(&pairs, "umur_sampai", number_of(arena, f->age_until));
    put_filter(&pairs, "peran", number_of(arena, f->role));
    put_filter(&pairs, "kerja", number_of(arena, f->occupation));
    put_filter(&pairs, "agama", number_of(arena, f->religion));
    out->filter = filter_json(arena, &pairs);
    put_filter(&pairs, "urut", STR("dusun"));
    if (form->subject_of == OF_DEAD)
        put_filter(&pairs, "status", STR("2"));
    enum rc rc = residents_chosen(db, &pairs, request_today(req), PILE_MOST, &ids, &why, err);
    if (rc == RC_TOO_LARGE)
        why = str_fmt(arena, "Saringan ini menemukan lebih dari %d warga. Persempit, misalnya satu RT, atau buat beberapa kali.",
                      PILE_MOST);
    else
        TRY(rc);
    if (str_empty(why) && ids.n == 0)
        why = STR("Tidak ada warga yang cocok dengan saringan ini. Longgarkan saringannya.");
    if (!str_empty(why))
        request_fault(req, PILE_CHOOSE_WAY, "%.*s", STR_ARG(why));
    out->words = filter_words(req, f);
    out->lines.p = ARENA_ARRAY(arena, struct pile_pasted, ids.n);
    for (size_t i = 0; i < ids.n; i++)
        out->lines.p[out->lines.n++] = (struct pile_pasted){
            .line = (uint32_t)i + 1, .resident_id = ids.p[i], .typed = STR(""), .why = STR(""), .answer = STR("")};
    return RC_OK;
}

static bool has_nik(const struct pile_pasted_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        if (lines->p[i].nik.n > 0)
            return true;
    return false;
}

/* Who is pasted twice gets one letter: by the first line. */
static enum rc by_list(struct request *req, struct village_db *db, const struct pile_choose_form *f, struct chosen *out, struct err *err)
{
    struct arena *arena = request_arena(req);

    out->lines = pile_paste_read(arena, f->pasted);
    if (out->lines.n == 0)
        request_fault(req, PILE_CHOOSE_PASTED, "Tempel NIK warga, satu per baris.");
    else if (!has_nik(&out->lines))
        request_fault(req, PILE_CHOOSE_PASTED, "Tidak ada NIK di daftar ini. Satu baris satu warga, mulai dengan NIK-nya: 16 angka.");
    if (out->lines.n > PILE_MOST)
        request_fault(req, PILE_CHOOSE_PASTED, "Lebih dari %d baris. Bagi menjadi beberapa kali.", PILE_MOST);
    if (request_faults(req)->n > 0)
        return RC_OK;
    TRY(pile_lines_match(db, &out->lines, err));
    out->filter = STR("");
    out->field = f->field;
    out->words = out->lines.has_heading ? STR("Daftar NIK yang ditempel, tanpa baris judulnya") : STR("Daftar NIK yang ditempel");
    return RC_OK;
}

/* ---- the page ---- */

enum rc letter_pile_choose_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile_choose_form at = pile_choose_got(req), kept;
    struct letter_open open;
    struct resident_total places;
    struct pile_found pile;
    struct buf body = {.arena = arena};
    struct village_db *db;
    bool has_pile;

    TRY(request_village_db(req, &db, err));
    TRY(letter_open_at(db, at.id, &open, err));
    if (open.letter.state != LETTER_DRAFT && open.letter.state != LETTER_RETURNED)
        return respond_redirect(resp, letter_url(arena, open.letter.id, ""));
    TRY(letter_look(req, &open, "paper", true, err));
    TRY(sql_resident_total(db, &places, err));
    TRY(sql_pile_of_pattern(db, at.id, &pile, &has_pile, err));
    TRY(filter_read(arena, at.id, has_pile ? pile.filter : STR(""), &kept, err));
    if (request_faults(req)->n == 0)
        at = kept;
    struct pile_choose_view v = {
        .title = open.letter.type_name,
        .action = letter_url(arena, open.letter.id, "/massal"),
        .back_href = letter_url(arena, open.letter.id, "/periksa"),
        .pile_href = has_pile ? pile_url(arena, pile.id, "") : STR(""),
        .pattern_name = open.letter.resident_id != 0 ? text_name(arena, open.letter.resident_name) : STR(""),
        .type_fault = pile_pattern_fault(&open),
        .hamlets = places_of(arena, places.hamlets, at.hamlet),
        .rws = places_of(arena, places.rws, at.rw),
        .rts = places_of(arena, places.rts, at.rt),
        .fields = fields_of(arena, &open.form, at.field),
    };
    TRY(pile_choose_fill(req, &kept, &v.form, err));
    view_pile_choose(&body, &v);
    const struct page page = {.title = STR("Surat untuk banyak warga"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- sent ---- */

enum rc letter_pile_choose_check(struct request *req, struct err *err)
{
    const struct pile_choose_form f = pile_choose_got(req);
    struct chosen *chosen = ARENA_NEW(request_arena(req), struct chosen);
    struct letter_open open;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(letter_open_at(db, f.id, &open, err));
    chosen->field = STR("");
    chosen->version = open.letter.version;
    struct str fault = pile_pattern_fault(&open);
    if (fault.p != NULL)
        request_fault(req, PILE_CHOOSE_WAY, "%.*s", STR_ARG(fault));
    else if (!letter_is_filled(req, &open))
        request_fault(req, PILE_CHOOSE_WAY, "Isian suratnya belum lengkap. Kembali dan lengkapi dulu.");
    if (!str_empty(f.field) && pile_field_of(&open.form, f.field) == NULL)
        request_fault(req, PILE_CHOOSE_FIELD, "Pilih salah satu dari daftar.");
    if (request_faults(req)->n > 0)
        return RC_OK;
    if (str_is(f.way, "nik"))
        TRY(by_list(req, db, &f, chosen, err));
    else
        TRY(by_filter(req, db, &open.form, &f, chosen, err));
    if (request_faults(req)->n > 0)
        return RC_OK;
    act_keep(req, chosen);
    return pile_lines_judge(req, &open, chosen->field, &chosen->lines, err);
}

/* ---- kept ---- */

static int by_resident(const void *a, const void *b)
{
    const uint64_t x = ((const struct pile_left_out *)a)->resident_id, y = ((const struct pile_left_out *)b)->resident_id;

    return x < y ? -1 : x > y;
}

/* Who was left out by hand stays so among those chosen anew. */
static enum rc keep_left_out(struct txn *txn, uint64_t pile_id, const struct pile_pasted_lines *lines, struct err *err)
{
    struct pile_left_out_rows out;

    TRY(sql_pile_left_out(in_txn(txn), pile_id, STR(PILE_LEFT_OUT), &out, err));
    for (size_t i = 0; i < lines->n && out.n > 0; i++) {
        const struct pile_left_out one = {lines->p[i].resident_id};

        if (one.resident_id != 0 && str_empty(lines->p[i].why) && bsearch(&one, out.p, out.n, sizeof(one), by_resident) != NULL)
            lines->p[i].why = STR(PILE_LEFT_OUT);
    }
    return RC_OK;
}

enum rc letter_pile_choose_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct chosen *chosen = act_kept(req);
    uint64_t pattern = pile_choose_got(req).id, id;
    struct pile_found found;
    struct letter letter;
    struct pile pile;
    bool has_pile;

    TRY(sql_pile_of_pattern(in_txn(txn), pattern, &found, &has_pile, err));
    if (has_pile)
        TRY(sql_pile_lock(txn, found.id, &pile, err));
    TRY(sql_letter_lock(txn, pattern, &letter, err));
    if ((letter.state != LETTER_DRAFT && letter.state != LETTER_RETURNED) || (has_pile && pile.state != PILE_DRAFT))
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is no draft any more", pattern);
    struct str words = utf8_part(arena, chosen->words, 300);
    if (has_pile) {
        id = found.id;
        TRY(keep_left_out(txn, id, &chosen->lines, err));
        TRY(sql_pile_lines_drop(txn, id, NULL, err));
        TRY(sql_pile_choose(txn, id, chosen->version, words, chosen->filter, chosen->field, NULL, err));
    } else {
        const struct pile_put_in in = {.pattern_id = pattern,
                                       .pattern_version = chosen->version,
                                       .chosen = words,
                                       .filter = chosen->filter,
                                       .field = chosen->field,
                                       .made_by = request_actor(req)->id,
                                       .made_at = request_now(req)};

        TRY(sql_pile_put(txn, &in, &id, err));
    }
    TRY(pile_lines_keep(txn, id, &chosen->lines, err));
    *go_to_out = pile_url(arena, id, "");
    return act_audit(txn, req, err, "letter_pile.choose", "letter_pile:%" PRIu64, id);
}
