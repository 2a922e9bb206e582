// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Perangkat desa: position, NIP, standing (Pj., Plt., Plh.) and period of office; which account an official signs in with; who stands in
 * for him on the days on which he is away. What he lends his substitute for those days are the rights on letters of his own account: the
 * substitute's sessions have them from the first day to the last (server/web/web_village.sql), so nothing waits where nobody sees it.
 *
 * Nobody hands out what he does not hold: an absence that lends rights is written down by the official himself, by the head, or by who
 * holds them all. The head's name and NIP change in Pengaturan alone, where both addresses are told. Private to this room.
 */
#ifndef BALAI_OFFICIALS_H
#define BALAI_OFFICIALS_H

#include "server/register/change.h"
#include "server/web/act.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/staff/officials_pick.h"

#define OFFICIALS_HOME "/kantor/pengaturan/perangkat"

struct official_item {
    struct str href, name, position, nip, accounts, state, tone;
};
struct officials_view {
    struct {
        struct official_item *p;
        size_t n;
    } lines;
};
struct official_view { /* one official: page, form, absence */
    struct str title, sub, action, edit_href, away, away_action, back_action;
    struct check_rows facts;
    struct history_view history;
    struct form form;
    struct form_guard guard;
    bool is_head, is_away; /* is_away: an absence is written down, of these days or to come */
};

extern const struct pick_source official_accounts_pick;
extern const struct keeper official_keeper;
handler_fn officials_page, official_page, official_edit_page;
act_fn official_edit_act, official_away_act, official_back_act;

#endif
