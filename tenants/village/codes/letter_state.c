// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/letter_state.h"

struct str letter_state_label(enum letter_state state)
{
    switch (state) {
#define X(name, number, label, tone) \
    case LETTER_##name:              \
        return STR(label);
        LETTER_STATES(X)
#undef X
    case LETTER_NO_STATE:
        break;
    }
    return STR("");
}

struct str letter_state_tone(enum letter_state state)
{
    switch (state) {
#define X(name, number, label, tone) \
    case LETTER_##name:              \
        return STR(tone);
        LETTER_STATES(X)
#undef X
    case LETTER_NO_STATE:
        break;
    }
    return STR("abu");
}
