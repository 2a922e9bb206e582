// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Files that people ask for: a book (book.h) as a workbook, a CSV or a PDF. Asking writes a row, its audit row and a job; the worker makes
 * the file; only who asked may fetch it, each fetching is an audit row, and after a day it is refused and, a day later,
 * deleted. A person has at most EXPORT_WAITING_MAX being made. Closing a period keeps the file for good.
 */
#ifndef BALAI_REGISTER_EXPORT_H
#define BALAI_REGISTER_EXPORT_H

#include "server/register/book.h"
#include "server/register/book_sql.h" /* closed periods: sql_book_copies */
#include "server/web/village.h"

enum { EXPORT_VALID_S = 24 * 3600, EXPORT_WAITING_MAX = 3 };

enum { JOB_EXPORT = 6 }; /* in the outbox */

/*
 * Inside an act: the row, its job and its audit row; go_to_out is the page that waits for it. `detail` is audited: neither names
 * nor NIKs. RC_FORBIDDEN: not this person's book. Refuses at the field `periode` when the person has enough being made: an act that
 * is only a button has export_refused_page for its page, which answers 429 and says so.
 */
struct export_order {
    const struct book *book;
    const char *format;
    struct str criteria, detail; /* JSON */
    struct date month;           /* the first of it; none: a book without a period */
    struct opt_u64 copy_id;      /* closing: where it is kept */
};
enum rc export_order(struct txn *txn, struct request *req, const struct export_order *order, struct str *go_to_out,
                     struct err *err) MUST_USE;
handler_fn export_refused_page;

/* The body of an ACT: one period of a book. What does not go is a refusal at the field `periode`. */
enum rc book_ask(struct txn *txn, struct request *req, const struct book *book, struct date month, const char *format,
                 struct str *go_to_out, struct err *err) MUST_USE;
/* Why this month of the book cannot be closed, and what to do instead; empty: it can, if it was not already. */
enum rc book_closing_fault(struct request *req, struct village_db *db, const struct book *book, struct date month, struct str *why_out,
                           struct err *err) MUST_USE;
/*
 * Inside an act that writes a row of a book of months: neither the month of the day that the row had (none: it is new) nor that of
 * the day it gets is closed, else a refusal at `field`. (Permendagri 47/2016: what is closed is corrected beside it, never rewritten.)
 */
enum rc book_open_on(struct txn *txn, struct request *req, const struct book *book, struct date had, struct date gets, const char *field,
                     struct err *err) MUST_USE;
/* The same as book_ask, and PDF, workbook and CSV are kept: the period is closed. Refused a second time, and when book_closing_fault has a
 * reason. */
enum rc book_close(struct txn *txn, struct request *req, const struct book *book, struct date month, struct err *err) MUST_USE;

#endif
