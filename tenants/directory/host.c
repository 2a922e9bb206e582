// SPDX-License-Identifier: AGPL-3.0-or-later
/* Host names as a browser, or somebody who is not one, sends them. */
#include "tenants/directory/directory.h"

enum { HOST_MAX = 253, PORT_MAX = 65535, PORT_DIGITS = 5 };

/* Without ":port"; *is_port_ok_out is false when what follows the colon is no port. */
static struct str without_port(struct str host, bool *is_port_ok_out)
{
    ptrdiff_t colon = str_find_char(host, ':');
    uint64_t port;

    *is_port_ok_out = true;
    if (colon < 0)
        return host;
    struct str digits = str_from(host, (size_t)colon + 1);

    *is_port_ok_out = digits.n >= 1 && digits.n <= PORT_DIGITS && str_to_u64(digits, &port) && port <= PORT_MAX;
    return str_part(host, 0, (size_t)colon);
}

static bool is_host_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

enum rc host_canonical(struct arena *arena, struct str host, struct str *out, struct err *err)
{
    bool is_port_ok;
    struct str name = without_port(host, &is_port_ok);

    if (!is_port_ok)
        return fail(err, RC_BAD_REQUEST, "host with something that is no port after its colon");
    if (name.n > 0 && name.p[name.n - 1] == '.')
        name.n--;
    if (name.n == 0)
        return fail(err, RC_BAD_REQUEST, "empty host");
    if (name.n > HOST_MAX)
        return fail(err, RC_BAD_REQUEST, "host of %zu bytes", name.n);
    for (size_t i = 0; i < name.n; i++)
        if (!is_host_byte(name.p[i]))
            return fail(err, RC_BAD_REQUEST, "host with byte 0x%02x", (unsigned char)name.p[i]);
    *out = str_lower(arena, name);
    return RC_OK;
}
