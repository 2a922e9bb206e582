// SPDX-License-Identifier: AGPL-3.0-or-later
/* What every file of the house may lean on: text, memory, errors, the log. */
#ifndef BALAI_BASE_H
#define BALAI_BASE_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(fmt_at, args_at) __attribute__((format(printf, fmt_at, args_at)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#include "server/base/arena.h"
#include "server/base/err.h"
#include "server/base/log.h"
#include "server/base/str.h"

#endif
