// SPDX-License-Identifier: AGPL-3.0-or-later
/* The history of a letter, in words. */
#include "server/base/json.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_signer.h"

static struct str step_text(struct arena *arena, const struct letter_step *step)
{
    static const struct {
        const char *step, *words;
    } table[] = {{"sent", "Dikirim"},
                 {"checked", "Diperiksa"},
                 {"approved", "Disetujui"},
                 {"returned", "Dikembalikan"},
                 {"voided", "Dicabut"},
                 {"printed", "Dicetak ulang"},
                 {"corrected", "Isi surat ini diubah"},
                 {"uncorrected", "Isi dikembalikan ke jenisnya"},
                 {"reasoned", "Tetap dibuat oleh"},
                 {"taken_back", "Ditarik kembali"}};

    if (str_is(step->step, "late"))
        return STR("Lewat waktu pelayanan, kepala desa dikabari");
    if (str_is(step->step, "unsigned"))
        return STR("Belum ditandatangani lewat BSrE");
    if (str_is(step->step, "doubted"))
        return letter_is_lack(step->note) ? STR("Syarat kurang ketika dikirim") : STR("Tidak cocok ketika dikirim");
    if (str_is(step->step, "passed_on"))
        return STR("Diteruskan ke kepala desa tanpa diperiksa");
    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (str_is(step->step, table[i].step))
            return str_fmt(arena, "%s %.*s", table[i].words, STR_ARG(step->staff_name));
    return step->staff_name;
}

/* With who signed, and in what capacity: as the paper says it. */
static struct letter_step_line issue_line(const struct request *req, const struct letter_open *open, utc_us at)
{
    struct arena *arena = request_arena(req);
    struct err err = {0};
    struct str text = STR("Terbit");
    json_t *root;

    if (open->letter.snapshot.p != NULL && json_read(arena, open->letter.snapshot, &root, &err) == RC_OK) {
        const json_t *values = json_object_get(root, "values");

        text = str_fmt(arena, "Terbit, ditandatangani %.*s, %.*s", STR_ARG(json_text(values, "nama_penandatangan")),
                       STR_ARG(letter_capacity(arena, letter_signed_as(values))));
    }
    return (struct letter_step_line){.text = text, .when = letter_when(req, at), .icon = STR("stamp")};
}

/* In the order of time: the issue stands before what can only follow it. */
enum rc letter_step_lines(struct request *req, const struct letter_open *open, struct letter_step_lines *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_step_rows steps;
    utc_us issued_at = open->letter.issued_at;

    TRY(sql_letter_steps(open->db, open->letter.id, &steps, err));
    *out = (struct letter_step_lines){.p = ARENA_ARRAY(arena, struct letter_step_line, steps.n + 1)};
    for (size_t i = 0; i < steps.n; i++) {
        const struct letter_step *step = &steps.p[i];
        bool is_print = str_is(step->step, "printed"), is_first = is_print && out->prints == 0 && !open->letter.was_printed;

        if (issued_at != 0 && (is_print || str_is(step->step, "voided"))) {
            out->p[out->n++] = issue_line(req, open, issued_at);
            issued_at = 0;
        }
        out->prints += is_print;
        out->take_backs += str_is(step->step, "taken_back");
        out->p[out->n++] = (struct letter_step_line){
            .text = is_first ? str_fmt(arena, "Dicetak %.*s", STR_ARG(step->staff_name)) : step_text(arena, step),
            .when = letter_when(req, step->at),
            .note = step->note,
            .icon = is_print ? STR("printer") : STR(""),
            .is_doubt = str_is(step->step, "doubted") || str_is(step->step, "reasoned") || str_is(step->step, "late") ||
                        str_is(step->step, "unsigned"),
            .is_sent = str_is(step->step, "sent"),
            .is_return = str_is(step->step, "returned") || str_is(step->step, "taken_back") || str_is(step->step, "voided")};
    }
    if (issued_at != 0)
        out->p[out->n++] = issue_line(req, open, issued_at);
    return RC_OK;
}
