// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_types.h"

enum rc letters_seed(struct txn *txn, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));

    for (const struct letter_type_source *type = letter_type_sources; type->slug.p != NULL; type++) {
        struct letter_type_head head;

        TRY(letter_type_head_read(arena, type->definition, &head, err));
        const struct letter_type_seed_in in = {
            .slug = type->slug,
            .name = head.name,
            .classification = head.classification,
            .number_format = head.number_format,
            .number_scope = head.number_scope,
            .policy = head.policy,
            .valid_months = head.valid_months,
            .definition = type->definition,
            .sort = head.sort,
            .at_kiosk = head.at_kiosk,
        };
        TRY(sql_letter_type_seed(txn, &in, NULL, err));
    }
    return RC_OK;
}
