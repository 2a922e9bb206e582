// SPDX-License-Identifier: AGPL-3.0-or-later
/* What forms about residents and families share: adding a person, families, events. */
#ifndef BALAI_REGISTRY_FORM_H
#define BALAI_REGISTRY_FORM_H

#include "server/html/widgets.h"
#include "server/web/village.h"
#include "tenants/village/codes/codes.h"

/* What a code list offers, all but `without` (0: all). */
struct options form_code_options(struct arena *arena, enum code_list list, uint64_t chosen, uint32_t without);
/* A person's name as the registry keeps it; what is none is a fault of the field. "" when not sent. */
struct str name_kept(struct request *req, const char *field, struct str typed);

/* A fault of the field where a place of birth holds no letter at all ("123"). */
void birth_place_judge(struct request *req, const char *field, struct str typed);

/*
 * WNI or WNA, and the papers of who is a foreigner. A form has the lines
 *   {{choice nation "warga"? "2=WNA (orang asing)" "Kewarganegaraan" empty "WNI" either}}
 *   <div class="of-foreigner">{{text passport "paspor" ..50? "Nomor paspor"}}{{text kitas "kitas" ..50? "Nomor KITAS"}}</div>
 * of which the second is shown of foreigners only (_forms.scss). A KITAS of somebody who is none is asked about: the words, or "".
 */
enum { NATION_INDONESIAN = 1, NATION_FOREIGN = 2 };
uint8_t nation_of(struct str typed);
struct str nation_doubt(uint8_t citizenship, struct str kitas);

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

/*
 * A hamlet is chosen from those the village has. A new one is said to be new a second time, by who may make areas. A form has the lines
 *   {{text hamlet "dusun" ..60? "Dusun" own}}{{text new_hamlet "dusun_baru" ..60? "Nama dusun baru" own aside}}
 *   {{yes is_new_hamlet "dusun_baru_yakin" "Dusun baru" own aside}}{{> hamlet_boxes hamlet}}
 *   {{text rw "rw" ..10? "RW" width "4" offers "daftar-rw"}}{{text rt "rt" ..10? "RT" width "4" offers "daftar-rt"}}
 */
struct hamlet_typed {
    struct str hamlet, fresh; /* HAMLET_NEW: the fresh one */
    bool is_sure;
    struct str rw, rt;
};
#define HAMLET_NEW "+"
#define HAMLET_TYPED(form) ((struct hamlet_typed){(form)->hamlet, (form)->new_hamlet, (form)->is_new_hamlet, (form)->rw, (form)->rt})
struct hamlet_boxes {
    struct select_view select;
    struct options rws, rts; /* numbers that the village has: a text box "RW" offers "daftar-rw" */
    struct field_view name;
    struct check_view sure;
    bool is_none; /* the village has none */
    bool may_add; /* the last two are shown when "Dusun baru…" is chosen (_forms.scss) */
};
/* The name that is meant: for place_kept. */
struct str hamlet_meant(struct hamlet_typed typed);
/*
 * Faults: a village with hamlets needs one, unless `may_be_none`; one that it has not got is not made by mistake, nor an RW or RT that is
 * called by a word: often the hamlet's name in the wrong box.
 */
enum rc hamlet_judge(struct request *req, struct village_db *db, struct hamlet_typed typed, bool may_be_none, struct err *err) MUST_USE;
/* The boxes: what is stored, or was typed. */
enum rc hamlet_boxes(struct request *req, struct hamlet_typed typed, struct hamlet_boxes *out, struct err *err) MUST_USE;
/* The choices alone: `lists` are hamlets, RW, RT. */
enum rc hamlet_options(struct request *req, struct str chosen, struct options lists[3], struct err *err) MUST_USE;

#endif
