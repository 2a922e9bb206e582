// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/outbound/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "server/base/base.h"

static bool is_public_4(uint32_t address)
{
    static const struct {
        uint32_t first;
        int bits;
    } closed[] = {{0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
                  {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0a80000, 16}, {0xc6120000, 15},
                  {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3}};

    for (size_t i = 0; i < COUNT_OF(closed); i++)
        if ((address ^ closed[i].first) >> (32 - closed[i].bits) == 0)
            return false;
    return true;
}

static uint32_t inner_4(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Global unicast is 2000::/3; of it not what was set aside for documents, 6to4 of a closed IPv4 address, or Teredo. */
static bool is_public_6(const unsigned char p[16])
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff}, translated[12] = {0x00, 0x64, 0xff, 0x9b};

    if (memcmp(p, mapped, 12) == 0 || memcmp(p, translated, 12) == 0)
        return is_public_4(inner_4(p + 12));
    if ((p[0] & 0xe0) != 0x20)
        return false;
    if (p[0] == 0x20 && p[1] == 0x02)
        return is_public_4(inner_4(p + 2));
    return !(p[0] == 0x20 && p[1] == 0x01 && ((p[2] & 0xfe) == 0x00 || (p[2] == 0x0d && p[3] == 0xb8)));
}

bool reach_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_public_4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    return address->sa_family == AF_INET6 && is_public_6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
}
