// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_named.h"

#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"

enum { NAMED_AS_MOST = 120 }; /* letter_named.named_as */

/* "Calon suami" within a sentence; "NIK penerima kuasa" as it is; of a long question its beginning. */
static struct str named_as(struct arena *arena, struct str label)
{
    label = utf8_part(arena, label, NAMED_AS_MOST);
    if (label.n < 2 || label.p[0] < 'A' || label.p[0] > 'Z' || label.p[1] < 'a' || label.p[1] > 'z')
        return label;
    return str_fmt(arena, "%c%.*s", label.p[0] - 'A' + 'a', STR_ARG(str_from(label, 1)));
}

struct named {
    struct arena *arena;
    struct letter_named *p;
    size_t n;
    uint64_t letter_id, subject_id;
};

/* Once, as what he is named first. */
static void add_named(struct named *named, uint64_t id, struct str label)
{
    bool is_there = id == 0 || id == named->subject_id;

    for (size_t i = 0; i < named->n && !is_there; i++)
        is_there = named->p[i].resident_id == id;
    if (!is_there)
        named->p[named->n++] = (struct letter_named){
            .letter_id = named->letter_id, .resident_id = id, .named_as = named_as(named->arena, label)};
}

enum rc letter_named_keep(struct txn *txn, uint64_t id, uint64_t subject_id, const struct letter_people *people, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct named named = {.arena = arena, .letter_id = id, .subject_id = subject_id};

    if (!people->names_others)
        return RC_OK;
    named.p = ARENA_ARRAY(arena, struct letter_named, people->n + people->owners.n + people->followers.n);
    for (size_t i = 0; i < people->n; i++)
        if (people->p[i].is_there)
            add_named(&named, people->p[i].who.id, people->p[i].field->label);
    for (size_t i = 0; i < people->owners.n; i++)
        add_named(&named, people->owners.p[i].who.id, people->owners.p[i].field->label);
    for (size_t i = 0; i < people->followers.n; i++)
        add_named(&named, people->followers.p[i].id, people->follows->label);
    TRY(sql_letter_named_drop(txn, id, NULL, err));
    return named.n > 0 ? sql_letter_named_put(txn, named.p, named.n, err) : RC_OK;
}
