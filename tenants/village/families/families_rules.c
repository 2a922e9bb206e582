// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/families/families_rules.h"

#include "tenants/village/codes/codes.h"

static uint8_t spouse_of(uint8_t sex)
{
    return sex == SEX_FEMALE ? SHDK_WIFE : SHDK_HUSBAND;
}

static bool is_child_of(const struct kin *who, const struct kin *parent)
{
    return !str_empty(parent->nik) && (str_eq(who->father_nik, parent->nik) || str_eq(who->mother_nik, parent->nik));
}

/* The old head is to the new one what turns the new one's role round. */
static uint8_t turned(const struct kin *old_head, uint8_t new_head_was)
{
    switch (new_head_was) {
    case SHDK_HUSBAND:
    case SHDK_WIFE:
        return spouse_of(old_head->sex);
    case SHDK_CHILD:
        return SHDK_PARENT;
    case SHDK_CHILD_IN_LAW:
        return SHDK_PARENT_IN_LAW;
    case SHDK_PARENT:
        return SHDK_CHILD;
    case SHDK_PARENT_IN_LAW:
        return SHDK_CHILD_IN_LAW;
    default:
        return SHDK_KIN;
    }
}

static bool is_spouse(uint8_t role)
{
    return role == SHDK_HUSBAND || role == SHDK_WIFE;
}

/* Of the old head's husband or wife: only the parents change places. */
static uint8_t under_spouse(const struct kin *who)
{
    if (who->role == SHDK_PARENT)
        return SHDK_PARENT_IN_LAW;
    if (who->role == SHDK_PARENT_IN_LAW)
        return SHDK_PARENT;
    return is_spouse(who->role) ? SHDK_KIN : who->role;
}

static uint8_t under_child(const struct kin *who, const struct kin *new_head)
{
    if (is_child_of(who, new_head))
        return SHDK_CHILD;
    return is_spouse(who->role) ? SHDK_PARENT : SHDK_KIN;
}

static uint8_t under_parent(const struct kin *who)
{
    switch (who->role) {
    case SHDK_HUSBAND:
    case SHDK_WIFE:
        return SHDK_CHILD_IN_LAW;
    case SHDK_CHILD:
        return SHDK_GRANDCHILD;
    case SHDK_PARENT:
        return spouse_of(who->sex);
    default:
        return SHDK_KIN;
    }
}

static uint8_t under_parent_in_law(const struct kin *who)
{
    switch (who->role) {
    case SHDK_HUSBAND:
    case SHDK_WIFE:
        return SHDK_CHILD;
    case SHDK_CHILD:
        return SHDK_GRANDCHILD;
    case SHDK_PARENT_IN_LAW:
        return spouse_of(who->sex);
    default:
        return SHDK_KIN;
    }
}

uint8_t role_under(const struct kin *who, const struct kin *new_head)
{
    if (who->role == SHDK_HEAD)
        return turned(who, new_head->role);
    if (who->role == SHDK_HELP || who->role == SHDK_OTHER)
        return who->role;
    switch (new_head->role) {
    case SHDK_HUSBAND:
    case SHDK_WIFE:
        return under_spouse(who);
    case SHDK_CHILD:
        return under_child(who, new_head);
    case SHDK_PARENT:
        return under_parent(who);
    case SHDK_PARENT_IN_LAW:
        return under_parent_in_law(who);
    default:
        return is_child_of(who, new_head) ? SHDK_CHILD : SHDK_KIN;
    }
}

struct str family_fault(uint64_t living, uint64_t heads)
{
    if (living == 0)
        return STR("Tidak ada anggota");
    if (heads == 0)
        return STR("Belum ada kepala keluarga");
    if (heads > 1)
        return heads == 2 ? STR("Dua kepala keluarga") : STR("Lebih dari satu kepala keluarga");
    return STR("");
}
