// SPDX-License-Identifier: AGPL-3.0-or-later
/* Names of people, held against each other. */
#ifndef BALAI_TEXT_NAME_H
#define BALAI_TEXT_NAME_H

#include "server/base/base.h"

/*
 * A name without its titles, before and behind it, in small letters with single spaces: "Prof. Dr. H. Hamka Yasin, S.E., M.Si." and "HAMKA
 * YASIN SE" are both "hamka yasin". Two names are one person's spelling when this is the same. Andi, Daeng and other words of birth are
 * of the name. A name that is all titles stays as it is.
 */
struct str text_name_bare(struct arena *arena, struct str name);

#endif
