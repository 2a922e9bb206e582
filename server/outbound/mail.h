// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Mail, out only: one plain-text message to one address through the relay of
 * the configuration. Never inside a page's request: the worker and balaictl
 * call it. libcurl blocks, so it runs beside the loop (fiber_offload), at most
 * two messages at a time, so that a slow relay never takes all the threads
 * that letters are laid out on; a relay that did not answer is left alone
 * for twice the time it was given.
 *
 * A message that was sent twice because the first answer was lost carries the
 * same Message-ID, by which mailboxes know it. What the relay says is never
 * kept or logged, for it repeats addresses: only its three digits are.
 */
#ifndef BALAI_MAIL_H
#define BALAI_MAIL_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/config.h"

/* local@domain as RFC 5321 has it, without quotes, comments and signs beyond ASCII; ≤ 64, ≤ 253 and ≤ 254 bytes; a domain with a dot. */
bool mail_address_is_valid(struct str address);
/* "ibu.aminah@contoh.id" → "i••••@contoh.id". */
struct str mail_address_masked(struct arena *arena, struct str address);

struct mail {
    struct str to;         /* an address */
    struct str from_name;  /* the village: "Desa Sampano"; the address is the configuration's */
    struct str subject;    /* one line */
    struct str text;       /* UTF-8, lines ended by \n */
    struct str message_id; /* before the @: letters, digits, dots and dashes */
    utc_us at;
};

/* One process's way out. */
struct post;

/* Everything given must outlive it. RC_INVALID: the password cannot be read, or would go in the clear over a network. */
enum rc post_new(struct arena *arena, const struct config *config, struct post **out, struct err *err) MUST_USE;
/* False when the configuration names no relay (or post is NULL): nothing can be sent. */
bool post_is_on(const struct post *post);

/*
 * RC_OK: the relay took it. RC_INVALID: it never will (an address or text of
 * ours that is none, or its 5xx). RC_BUSY, RC_TIMEOUT: perhaps later (4xx, no
 * connection, no answer, our own account or certificate refused); it may have
 * been taken all the same. *answer_out: its last three digits, 0 without.
 */
enum rc post_send(struct post *post, struct arena *arena, const struct mail *mail, unsigned *answer_out, struct err *err) MUST_USE;

#endif
