// SPDX-License-Identifier: AGPL-3.0-or-later
/* The table at a template's end in which people sign, as a signature block: no signature stands alone on a page then. */
#include "tenants/village/letters/opensid.h"

enum { SIGNERS_MOST = 4 };

static bool names_signer(struct str text)
{
    return opensid_has(text, "[nama_pamong]") || opensid_has(text, "[nama_kepala_desa]");
}

/* The row in which the names stand; false when this is no table for signing. */
static bool find_names(const struct opensid_grid *grid, size_t *row_out, size_t *column_out)
{
    size_t signers = 0;

    if (grid->is_bordered)
        return false;
    for (size_t r = 0; r < grid->rows; r++)
        for (size_t c = 0; c < grid->columns; c++) {
            const struct opensid_cell *cell = opensid_cell_at(grid, r, c);

            if (cell->node == NULL)
                continue;
            if (cell->has_table || (!str_empty(cell->text) && (cell->span > 1 || cell->rows > 1)))
                return false;
            if (names_signer(cell->text)) {
                signers++;
                *row_out = r;
                *column_out = c;
            }
        }
    return signers == 1 && *row_out > 0;
}

static bool has_text(const struct opensid_grid *grid, size_t column)
{
    for (size_t r = 0; r < grid->rows; r++)
        if (opensid_cell_at(grid, r, column)->node != NULL && !str_empty(opensid_cell_at(grid, r, column)->text))
            return true;
    return false;
}

/* A line below the name; the official's number only when there is one. */
static json_t *below(struct opensid *in, const struct opensid_cell *cell)
{
    json_t *content = opensid_content(in, &cell->line);

    if (!opensid_has(cell->text, "[nip_pamong]") && !opensid_has(cell->text, "[nip_kepala_desa]"))
        return content;
    return json_pack("[{s:s, s:s, s:o}]", "type", "if", "field", "nip_penandatangan", "then", content);
}

static json_t *signer_of(struct opensid *in, const struct opensid_grid *grid, size_t column, size_t names)
{
    json_t *signer = json_object(), *lines = json_array(), *ends = json_array();
    struct str align = STR("");
    bool has_begun = false;

    json_object_set_new(signer, "name", json_string("")); /* who is named nowhere signs all the same */

    for (size_t r = 0; r < grid->rows; r++) {
        const struct opensid_cell *cell = opensid_cell_at(grid, r, column);

        if (cell->node == NULL || str_empty(cell->text))
            continue;
        in->place = str_fmt(in->arena, "Tabel ke-%u, baris %zu", in->tables, r + 1);
        align = str_empty(align) ? opensid_align(cell->node) : align;
        if (r > names)
            json_array_append_new(ends, below(in, cell));
        else if (r == names)
            json_object_set_new(signer, "name", opensid_content(in, &cell->line));
        else if (!has_begun && opensid_has(cell->text, "[tgl_surat]"))
            json_object_set_new(signer, "place_date", opensid_content(in, &cell->line));
        else
            json_array_append_new(lines, opensid_content(in, &cell->line));
        has_begun = true;
    }
    if (json_array_size(lines) > 0)
        json_object_set(signer, "lines", lines);
    if (json_array_size(ends) > 0)
        json_object_set(signer, "below", ends);
    if (!str_empty(align) && !str_is(align, "center"))
        json_object_set_new(signer, "align", json_string("left"));
    json_decref(lines);
    json_decref(ends);
    return signer;
}

bool opensid_signature(struct opensid *in, const struct opensid_grid *grid, json_t *blocks)
{
    size_t names = 0, office = 0, n = 0;
    json_t *block, *signers;

    if (!find_names(grid, &names, &office))
        return false;
    for (size_t c = 0; c < grid->columns; c++)
        n += has_text(grid, c);
    if (n > SIGNERS_MOST)
        return false;
    signers = json_array();
    for (size_t c = 0; c < grid->columns; c++) {
        if (!has_text(grid, c))
            continue;
        json_t *signer = signer_of(in, grid, c, names);

        if (c == office)
            json_object_update_new(signer,
                                   json_pack("{s:s, s:b}", "seal", "Disahkan secara elektronik", "qr_here", n > 1 && !in->has_signature));
        json_array_append_new(signers, signer);
    }
    block = n == 1 ? json_incref(json_array_get(signers, 0)) : json_pack("{s:O, s:i}", "signers", signers, "a_row", (int)n);
    json_object_set_new(block, "type", json_string("signature"));
    json_object_set_new(block, "before", json_integer(6));
    if (!in->has_signature && n == 1)
        json_object_set_new(block, "qr", json_true());
    in->has_signature = true;
    json_array_append_new(blocks, block);
    json_decref(signers);
    return true;
}
