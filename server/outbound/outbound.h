// SPDX-License-Identifier: AGPL-3.0-or-later
/* What every way out has in common: libcurl, made ready once. */
#ifndef BALAI_OUTBOUND_H
#define BALAI_OUTBOUND_H

/*
 * First thing of a process that sends, before any other thread is there. libcurl's memory is wiped when it is given back: passwords and
 * passphrases pass through its buffers. Aborts on failure.
 */
void outbound_init(void);

#endif
