// SPDX-License-Identifier: AGPL-3.0-or-later
/* cmocka and what it needs before it; its fail() gives way to the house's. */
#ifndef TEST_CMOCKA_H
#define TEST_CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>
#undef fail

#include "server/base/base.h"
#include "server/base/random.h"

#endif
