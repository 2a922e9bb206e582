// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: "Orang yang sama?", from the plan's questions to a person's answers, which stay with the file. */
#ifndef BALAI_IMPORT_SAME_H
#define BALAI_IMPORT_SAME_H

#include "server/web/web.h"
#include "tenants/village/residents/registry_rows.h"

struct import_batch;
struct import_batch_view;

/* A question as it is stored beside its fault: JSON, in the arena. `row`: the one it asks about. */
struct str import_question_json(struct arena *arena, const struct registry_row *row, const struct join_question *question);

/* The answers of a batch, as registry_plan takes them. */
struct import_answers {
    struct said_join *p;
    size_t n;
};
enum rc import_answers_of(struct arena *arena, struct str json, struct import_answers *out, struct err *err) MUST_USE;

/* The first questions of a batch that has some, as radios: with what was sent, else with what was answered or is proposed. */
enum rc import_questions_show(struct request *req, struct village_db *db, const struct import_batch *batch, struct import_batch_view *v,
                              struct err *err) MUST_USE;

/*
 * What was sent, "sama_ROW", beside the answers the batch has: its new `answers`. RC_INVALID with a fault of the form when an answer is
 * none of its question, or one person would be two rows.
 */
enum rc import_answers_take(struct request *req, struct village_db *db, const struct import_batch *batch, const struct input_pairs *sent,
                            struct str *out, struct err *err) MUST_USE;

#endif
