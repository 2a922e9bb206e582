// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a list of new villages says, held against the tree. Nothing but known_read asks the database. */
#ifndef BALAI_KELOLA_KNOWN_H
#define BALAI_KELOLA_KNOWN_H

#include "tenants/control/kelola_sql.h"
#include "tenants/control/units.h"

struct known {
    struct kelola_known_rows units;
    struct kelola_regency_rows regencies;
    struct kelola_district_rows districts;
};
enum rc known_read(struct control_db *db, struct known *out, struct err *err) MUST_USE;
bool known_is_hosted(const struct known *known, struct str code);
/* The name in the tree; STR_NONE when the code is not there. */
struct str known_name(const struct known *known, struct str code);

/* Another village of the name in the district, or another district of the name in the regency, however it is spelled: its code, else
 * STR_NONE. */
struct str known_namesake(struct arena *arena, const struct known *known, struct str code, struct str name);

/*
 * After units_read: adds, whatever is wrong besides, the faults that only the tree finds: a name that is not its district's, a regency that
 * it does not have, and a district, unless new ones are meant. Else the tree's names are the rows' names; what the list says of them stays
 * in name_written and district_written.
 */
void known_apply(struct arena *arena, const struct known *known, bool may_be_new, struct unit_list *units);

/*
 * Names in nothing but capitals, or in nothing but small letters, get the case of names: MALEWONG is Malewong. Those of the tree stay as
 * they are there. Gives "MALEWONG ditulis Malewong, …", the first few of them; empty: there was none.
 */
struct str known_tidy(struct arena *arena, const struct known *known, struct unit_list *units);

/* What is to be looked at in a row: in words, and whether one must say that it is meant so. */
struct known_notes {
    struct str *p;
    size_t n;
    bool asks;
};
/* After known_apply. */
struct known_notes known_notes_of(struct arena *arena, const struct known *known, const struct unit_list *units, size_t at);

#endif
