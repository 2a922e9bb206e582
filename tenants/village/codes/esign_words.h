// SPDX-License-Identifier: AGPL-3.0-or-later
/* What people read of a call to a signer elsewhere (server/outbound/esign.h): what happened, and what to do. */
#ifndef BALAI_ESIGN_WORDS_H
#define BALAI_ESIGN_WORDS_H

#include "server/outbound/esign.h"

/* Of an outcome as a table keeps it; empty for none, for what is under way and for a number nobody knows. At most 300 bytes. */
struct str esign_words(uint8_t outcome);

#endif
