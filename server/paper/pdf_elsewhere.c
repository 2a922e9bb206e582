// SPDX-License-Identifier: AGPL-3.0-or-later
/* Is this our PDF, signed elsewhere? Nothing of the answer is believed: it is searched, never followed. */
#include "server/paper/check.h"
#include "server/paper/sign.h"

enum { STREAMS_MOST = 5000, TAIL_MOST = 2 };

/* Each stream's bytes: between `stream` with its line end and `endstream`. */
static bool next_stream(struct str *rest, struct str *out)
{
    const ptrdiff_t begin = str_find(*rest, STR("stream\n"));

    if (begin < 0)
        return false;
    *rest = str_from(*rest, (size_t)begin + 7);
    const ptrdiff_t end = str_find(*rest, STR("endstream"));

    if (end < 0)
        return false;
    *out = str_part(*rest, 0, (size_t)end);
    *rest = str_from(*rest, (size_t)end + 9);
    while (out->n > 0 && (out->p[out->n - 1] == '\n' || out->p[out->n - 1] == '\r'))
        out->n--;
    return true;
}

static bool has_all_streams(struct str original, struct str answer)
{
    struct str rest = original, stream;
    size_t n = 0;

    for (; n < STREAMS_MOST && next_stream(&rest, &stream); n++)
        if (str_find(answer, stream) < 0)
            return false;
    return n > 0;
}

enum rc pdf_signed_elsewhere(struct arena *arena, struct str original, struct str answer, const struct pdf_trust *trust,
                             struct pdf_elsewhere *out, struct err *err)
{
    struct pdf_check check;

    *out = (struct pdf_elsewhere){.signer = STR("")};
    if (!str_starts(answer, STR("%PDF-")) || answer.n <= original.n)
        return fail(err, RC_INVALID, "the answer is no PDF with a signature more");
    out->is_anew = !str_starts(answer, original);
    if (out->is_anew && !(trust->may_be_anew && has_all_streams(original, answer)))
        return fail(err, RC_INVALID, "the answer is another PDF");
    pdf_check(arena, answer, trust->roots, trust->n_roots, trust->at, &check);
    if (check.n == 0 || !check.seals[check.n - 1].is_intact)
        return fail(err, RC_INVALID, "the PDF has no sound signature");
    const struct pdf_seal *last = &check.seals[check.n - 1];
    const struct str after = str_from(answer, last->covers);

    out->signer = last->called;
    out->is_vouched = last->is_ours;
    return after.n <= TAIL_MOST && str_empty(str_trim(after)) ? RC_OK : fail(err, RC_INVALID, "the signature does not cover the whole PDF");
}
