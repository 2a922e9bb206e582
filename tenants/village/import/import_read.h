// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: from the bytes of a workbook to typed rows and their faults, without I/O. CPU-heavy: inside fiber_offload. */
#ifndef BALAI_IMPORT_READ_H
#define BALAI_IMPORT_READ_H

#include "tenants/village/residents/registry_rows.h"

struct import_source {
    struct str bytes, hamlet_word; /* hamlet_word: what the village calls its hamlets; empty: Dusun */
    struct date today;
    bool (*should_stop)(void *ctx); /* may be NULL */
    void *ctx;
};

/*
 * Reads a workbook. What is wrong with the file as a whole is in ->refusal and
 * still RC_OK; RC_TIMEOUT when should_stop said so.
 */
enum rc import_read(struct arena *arena, const struct import_source *from, struct registry_file **file_out, struct err *err) MUST_USE;

#endif
