// SPDX-License-Identifier: AGPL-3.0-or-later
/* What forms about residents and families share: adding a person, families, events. */
#ifndef BALAI_REGISTRY_FORM_H
#define BALAI_REGISTRY_FORM_H

#include "server/html/widgets.h"
#include "server/web/web.h"
#include "tenants/village/codes/codes.h"

/* What a code list offers, all but `without` (0: all). */
struct options form_code_options(struct arena *arena, enum code_list list, uint64_t chosen, uint32_t without);
/* A person's name as the registry keeps it; what is none is a fault of the field. "" when not sent. */
struct str name_kept(struct request *req, const char *field, struct str typed);

/* Where somebody lives; as the registry keeps it: "PADANG", "001", "-" when not filled in. */
struct place {
    struct str address, hamlet, rw, rt;
};
/* A place as it was typed, as the registry keeps it. */
struct place place_kept(struct arena *arena, struct place typed);

/* A hamlet as it was typed (place_kept), beside those the village has: as they spell it, or else the one whose name is nearly the same. */
struct hamlet_like {
    bool is_known;   /* or no hamlet at all */
    struct str name; /* "" when nothing is like it */
};
enum rc hamlet_find(struct village_db *db, struct str hamlet, struct hamlet_like *out, struct err *err) MUST_USE;

#endif
