// SPDX-License-Identifier: AGPL-3.0-or-later
/* How an address is written: letters and books say it in the same way. */
#ifndef BALAI_ADDRESS_H
#define BALAI_ADDRESS_H

#include "server/base/text.h"

/*
 * Whether the street names the hamlet itself, so that it is not said twice: "Dusun Wara No. 3" and "Wara" name the hamlet Wara; "Jl.
 * Wara-Wara Raya" and "Jl. Pendidikan" name neither Wara nor I. RT numbers begin anew in each hamlet: without it an address is not certain.
 */
bool address_names_hamlet(struct arena *arena, struct str street, struct str hamlet);

#endif
