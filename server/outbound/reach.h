// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never leaves server/outbound: which addresses a call may go to whose host a village typed. */
#ifndef BALAI_REACH_H
#define BALAI_REACH_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * Whether an address belongs to the internet at large: not to this machine, its network or a carrier's, to nobody, to a multicast group,
 * or to an IPv4 address of these kinds inside an IPv6 one (the registries of special-purpose addresses, RFC 6890).
 */
bool reach_is_public(const struct sockaddr *address);

#endif
