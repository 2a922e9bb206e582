// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the store's tests stand on: schemas and accounts of their own on the test server, a loop, a store. */
#ifndef BALAI_TEST_STORE_RIG_H
#define BALAI_TEST_STORE_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "server/base/random.h"
#include "server/loop/loop.h"
#include "server/store/admin.h"
#include "server/store/store_handles.h"

enum colour { RED = 1, GREEN, BLUE };

enum { RIG_VILLAGES = 4 };

struct rig {
    struct arena *arena;
    struct admin_db *admin;
    struct loop *loop;
    struct store *store;
    struct str socket;
    struct store_account village[RIG_VILLAGES];
};

/* Schemas rig_TAG_0 … with the tables item and thing and an account each. The tag keeps test programs apart. */
struct rig *rig_new(const char *tag);
/* A store with these limits; the one before is freed. */
void rig_store(struct rig *rig, uint32_t connections, uint32_t village_connections, uint32_t prepared, uint32_t idle_close_ms);
void rig_free(struct rig *rig);

/* Runs fn inside a fiber, to its end. */
void rig_run(struct rig *rig, void (*fn)(struct rig *rig));

/* The test test_FN: fn in a fiber, with the rig that set_up left in *state. */
#define RIG_TEST(fn)                    \
    static void test_##fn(void **state) \
    {                                   \
        rig_run(*state, fn);            \
    }
/* The set_up of a group: a rig of this tag. Its end is rig_tear_down. */
#define RIG_SET_UP(tag)             \
    static int set_up(void **state) \
    {                               \
        *state = rig_new(tag);      \
        return 0;                   \
    }
int rig_tear_down(void **state);

/* Fails the test with the err's text unless rc is the wanted one. */
void expect_rc(enum rc got, enum rc wanted, const struct err *err, const char *file, int line);
#define EXPECT(wanted, call) expect_rc((call), (wanted), &err, __FILE__, __LINE__)
#define OK(call) EXPECT(RC_OK, call)

#endif
