// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roles/roles_rules.h"

bool role_may_open(struct str word, uint64_t may, struct str mine, uint64_t held)
{
    if (str_eq(mine, ROLE_HEAD))
        return true;
    return !str_eq(word, ROLE_HEAD) && (may & ~held) == 0; /* nobody else gives, or takes over, what he does not hold */
}

const char *role_change_fault(struct str word, uint64_t after, uint64_t setters)
{
    if (str_eq(word, ROLE_HEAD) && !set_may(after, MAY_SET_VILLAGE))
        return "Kepala desa selalu boleh mengatur desa.";
    return setters == 0 ? "Paling sedikit satu akun aktif harus boleh mengatur desa." : NULL;
}
