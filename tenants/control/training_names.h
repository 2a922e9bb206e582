// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: names of people and places to draw from, in the manner of Luwu, Bugis and Toraja; nobody is meant. */
#ifndef BALAI_TRAINING_NAMES_H
#define BALAI_TRAINING_NAMES_H

#include <stddef.h>

struct names {
    const char *const *p;
    size_t n;
};

extern const struct names names_men, names_men_second; /* Muslim families */
extern const struct names names_women, names_women_second;
extern const struct names names_church_men, names_church_women; /* Christian families */
extern const struct names names_family;                         /* their family names */
extern const struct names names_hamlet;
extern const struct names names_town; /* birth places outside the village */

#endif
