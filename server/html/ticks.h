// SPDX-License-Identifier: AGPL-3.0-or-later
/* {{> ticks …}}: several of what a village has (people, officials), each with a box of its own; the boxes are called NAME_VALUE. */
#ifndef BALAI_TICKS_H
#define BALAI_TICKS_H

#include "server/html/widgets.h"

struct tick_boxes {
    struct str name, label, hint, fault, none; /* none: said where there is nobody to tick */
    bool is_optional;
    struct options boxes;
};

#endif
