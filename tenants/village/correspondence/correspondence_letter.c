// SPDX-License-Identifier: AGPL-3.0-or-later
/* A letter of the office itself goes into the agenda of outgoing mail as it is, without being typed again. */
#include "server/base/text.h"
#include "tenants/village/correspondence/correspondence_pages.h"
#include "tenants/village/letters/letters.h"

enum { PARTY_MOST = 120, NUMBER_MOST = 60, OTHERS_MOST = sizeof(" dan 9999 lainnya") }; /* as the form has them */

/* "Baso, Dusun A; Sitti, Dusun B dan 3 lainnya": as many of those it goes to as have room, each whole. What a letter says of them ends at
 * LETTER_SAID_MOST signs: beyond, nobody is counted. */
static struct str recipient_of(struct arena *arena, struct str addressed)
{
    struct str rest = addressed, name, shown = STR("");
    size_t left = 0;

    if (utf8_length(addressed) <= PARTY_MOST)
        return addressed;
    while (rest.p != NULL && str_cut(&rest, ';', &name)) {
        const struct str more = str_fmt(arena, "%.*s%s%.*s", STR_ARG(shown), str_empty(shown) ? "" : "; ", STR_ARG(str_trim(name)));

        if (left > 0 || utf8_length(more) > PARTY_MOST - OTHERS_MOST)
            left++;
        else
            shown = more;
    }
    if (str_empty(shown))
        return utf8_part(arena, addressed, PARTY_MOST);
    return utf8_length(addressed) >= LETTER_SAID_MOST ? str_fmt(arena, "%.*s dan lainnya", STR_ARG(shown))
                                                      : str_fmt(arena, "%.*s dan %zu lainnya", STR_ARG(shown), left);
}

/* What the letter says, with the number that it has there already, or the next. */
static enum rc letter_put(struct txn *txn, struct request *req, const struct letter_outgoing *letter, uint64_t *id_out,
                          uint64_t *agenda_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const uint16_t year = (uint16_t)letter->letter_date.year;
    const struct mail_edit_form form = {.sender = utf8_part(arena, letter->sender, PARTY_MOST),
                                        .recipient = str_empty(letter->addressed) ? STR("Yang berkepentingan")
                                                                                  : recipient_of(arena, letter->addressed),
                                        .number_text = utf8_part(arena, letter->number_text, NUMBER_MOST),
                                        .letter_date = letter->letter_date,
                                        .subject = letter->about,
                                        .summary = letter->type_name,
                                        .classification = letter->classification,
                                        .nature = 1,
                                        .day = letter->letter_date};

    *agenda_out = letter->agenda.value;
    if (!letter->agenda.is_set)
        TRY(mail_number_take(txn, false, year, agenda_out, err));
    const struct mail_values values = mail_values_of(&form, MAIL_OUT, year, (uint32_t)*agenda_out, MAIL_DRAFT, request_actor(req)->id);
    return sql_mail_put(txn, &values, id_out, err);
}

enum rc mail_of_letter_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct mail_side *side = mail_side_of(req);
    const uint64_t letter_id = mail_of_letter_got(req).letter;
    struct letter_outgoing letter;
    struct mail_of_letter there;
    uint64_t id, agenda;
    bool is_there;

    if (!request_may(req, MAY_READ_LETTERS)) /* its number, whom and what it is about would stand in the agenda */
        return fail(err, RC_FORBIDDEN, "mail of a letter that this person may not read");
    TRY(letter_outgoing(txn, letter_id, &letter, err));
    TRY(sql_mail_of_letter(txn, letter_id, &there, &is_there, err));
    *go_to_out = str_fmt(request_arena(req), "%s/%" PRIu64, side->home, there.id);
    if (is_there)
        return RC_OK;
    TRY(book_open_on(txn, req, side->book, (struct date){0}, letter.letter_date, "surat", err));
    TRY(book_open_on(txn, req, &mail_joint_book, (struct date){0}, letter.letter_date, "surat", err));
    TRY(letter_put(txn, req, &letter, &id, &agenda, err));
    TRY(sql_mail_set_letter(txn, id, letter_id, NULL, err));
    act_say(req, str_z(request_arena(req), str_fmt(request_arena(req), "Tercatat dengan nomor agenda %" PRIu64, agenda)));
    *go_to_out = str_fmt(request_arena(req), "%s/%" PRIu64, side->home, id);
    const struct change change = {.owner = "mail", .owner_id = id, .kind = STR("add"), .version = 1};
    TRY(change_put(txn, req, &change, err));
    return act_audit(txn, req, err, "mail.add", "mail:%" PRIu64, id);
}
