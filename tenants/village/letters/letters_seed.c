// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_types.h"

/* What a built-in type is besides its definition. Classification: Permendagri 83/2022. */
static const struct {
    const char *slug, *name, *classification, *policy;
    uint8_t valid_months;
} built_in[] = {
    {"keterangan-usaha", "Surat Keterangan Usaha", "500.3", "seal", 6},
    {"keterangan-domisili", "Surat Keterangan Domisili", "400.8.3", "approve", 6},
    {"keterangan-tidak-mampu", "Surat Keterangan Tidak Mampu", "400.4", "approve", 3},
    {"pengantar-skck", "Surat Pengantar SKCK", "300", "seal", 3},
    {"keterangan-penduduk", "Surat Keterangan Penduduk", "400.8.3", "seal", 6},
};

static struct str definition_of(const char *slug)
{
    for (const struct letter_type_source *s = letter_type_sources; s->slug.p != NULL; s++)
        if (str_is(s->slug, slug))
            return s->definition;
    return STR_NONE;
}

enum rc letters_seed(struct txn *txn, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(built_in); i++) {
        const struct letter_type_seed_in in = {
            .slug = str_c(built_in[i].slug),
            .name = str_c(built_in[i].name),
            .classification = str_c(built_in[i].classification),
            .number_format = STR(LETTER_NUMBER_DEFAULT),
            .policy = str_c(built_in[i].policy),
            .valid_months = built_in[i].valid_months,
            .definition = definition_of(built_in[i].slug),
            .sort = (uint16_t)(10 * (i + 1)),
        };

        if (in.definition.p == NULL)
            return fail(err, RC_FAULT, "letter type %s has no definition", built_in[i].slug);
        TRY(sql_letter_type_seed(txn, &in, NULL, err));
    }
    return RC_OK;
}
