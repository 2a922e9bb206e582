// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The boxes that forms about residents and families share: adding a person, families, events. Each gives a box by its
 * field's name; once the form was sent (is_sent), with what was typed and what is wrong with it. Texts are the request's.
 */
#ifndef BALAI_REGISTRY_FORM_H
#define BALAI_REGISTRY_FORM_H

#include "server/html/widgets.h"
#include "server/web/web.h"
#include "tenants/village/codes/codes.h"

/* What a code list offers, all but `without` (0: all). */
struct options form_code_options(struct arena *arena, enum code_list list, uint64_t chosen, uint32_t without);
/* A code of an official list, none chosen at first. The field is an INPUT_U64. */
struct select_view form_code_select(struct request *req, bool is_sent, const char *name, const char *label, enum code_list list,
                                    bool is_optional);
struct radios_view form_sex(struct request *req, bool is_sent, const char *name);
struct date3_view form_date(struct request *req, bool is_sent, const char *name, const char *label, const char *hint);

/* A person's name as the registry keeps it; what is none is a fault of the field. "" when not sent. */
struct str name_kept(struct request *req, const char *field, struct str typed);
struct str form_name(struct request *req, const char *field);

/* What the boxes alamat, dusun, rw, rt hold, as the registry keeps it: "PADANG", "001", "-" when not filled in. */
struct place {
    struct str address, hamlet, rw, rt;
};
struct place form_place(const struct request *req);
/* A place as it was typed, as the registry keeps it. */
struct place place_kept(struct arena *arena, struct place typed);

#endif
