// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: from the bytes of a workbook to typed rows and their faults, without I/O. CPU-heavy: inside fiber_offload. */
#ifndef BALAI_IMPORT_READ_H
#define BALAI_IMPORT_READ_H

#include "tenants/village/residents/registry_rows.h"

/*
 * Reads a workbook. What is wrong with the file as a whole is in ->refusal and
 * still RC_OK; RC_TIMEOUT when should_stop (may be NULL) said so.
 */
enum rc import_read(struct arena *arena, struct str bytes, struct date today, bool (*should_stop)(void *ctx), void *ctx,
                    struct registry_file **file_out, struct err *err) MUST_USE;

#endif
