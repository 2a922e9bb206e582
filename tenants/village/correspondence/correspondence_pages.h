// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the room's own files share: the two sides of the agenda, and who may see a letter. */
#ifndef BALAI_CORRESPONDENCE_PAGES_H
#define BALAI_CORRESPONDENCE_PAGES_H

#include "server/web/act.h"
#include "server/web/village.h"
#include "tenants/village/correspondence/correspondence.h"
#include "tenants/village/correspondence/correspondence_sql.h"
#include "tenants/village/correspondence/correspondence_view.h"

#define MAIL_NATURE (&mail_edit_input[MAIL_EDIT_AT_NATURE])
#define MAIL_INSTRUCTION (&mail_dispose_input[MAIL_DISPOSE_AT_INSTRUCTION])

/* One of the two agendas. */
struct mail_side {
    uint8_t direction;                      /* enum mail_direction */
    const char *home, *title, *noun, *back; /* noun: "surat masuk" */
    const struct list *list;
    const struct keeper *keeper;
    const struct book *book; /* a closed month of it takes no changes */
};
extern const struct mail_side mail_sides[2];
extern const struct book mail_joint_book, mail_in_book, mail_out_book, mail_sent_book, mail_in_rows_book, mail_out_rows_book;
extern const struct list mail_in_list, mail_out_list;

/* Whose page this is, by its address. */
const struct mail_side *mail_side_of(const struct request *req);
/* RC_NOT_FOUND: there is none of this side, or it is secret and not for this person. */
enum rc mail_seen(struct request *req, struct village_db *db, uint64_t id, struct mail_one *out, struct err *err) MUST_USE;
enum rc mail_locked(struct txn *txn, struct request *req, uint64_t id, struct mail_one *out, struct err *err) MUST_USE;
/* Whom it may be assigned to today: the name of each one's box behind "kepada_"; ticked: whether that was sent. */
struct str mail_receiver_key(struct arena *arena, const struct mail_receiver *who);
bool mail_is_ticked(struct input_pairs sent, struct str key);
/* The next number of the incoming or the outgoing agenda in that year. */
enum rc mail_number_take(struct txn *txn, bool is_in, uint16_t year, uint64_t *number_out, struct err *err) MUST_USE;
/* "12/2026": as people call its number; "Belum didisposisi" with the tone of its tag. */
struct str mail_agenda(struct arena *arena, uint32_t agenda, uint16_t year);
struct str mail_state_words(struct arena *arena, uint8_t state, int64_t late_days, struct str *tone_out);
/* A page of this room, its menu's entry marked. */
enum rc mail_respond(struct request *req, struct response *resp, const char *title, struct buf *body, struct err *err) MUST_USE;

handler_fn mail_page, mail_number_page, mail_sheet_file;
act_fn mail_dispose_act, mail_undispose_act, mail_end_act, mail_read_act, mail_done_act, mail_close_act, mail_send_act, mail_number_act,
    mail_of_letter_act;
enum rc mail_training(struct txn *txn, struct date today, struct err *err) MUST_USE;

#endif
