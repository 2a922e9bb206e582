// SPDX-License-Identifier: AGPL-3.0-or-later
/* balaictl mail: does the relay of the configuration take a message of ours? */
#include <stdio.h>

#include "server/outbound/mail.h"
#include "server/outbound/outbound.h"
#include "tenants/control/ctl.h"

int ctl_mail(struct ctl *ctl, const struct ctl_args *args)
{
    utc_us now = clock_utc();
    const struct mail mail = {
        .to = ctl_option(args, "to"),
        .from_name = STR("Balai"),
        .subject = STR("Percobaan surel dari Balai"),
        .text = STR("Pesan ini dikirim untuk mencoba surel. Tidak ada yang perlu Anda kerjakan.\n"),
        .message_id = ctl_has(args, "id") ? ctl_option(args, "id") : str_fmt(ctl->arena, "percobaan-%" PRId64, (int64_t)now),
        .at = now,
    };
    struct post *post;
    struct err err;
    unsigned answer;

    outbound_init();
    if (post_new(ctl->arena, &ctl->config, &post, &err) != RC_OK)
        return ctl_failed(&err);
    if (!post_is_on(post)) {
        fprintf(stderr, "balaictl: the configuration names no relay (smtp_url): nothing is sent by this copy\n");
        return EXIT_FAILED;
    }
    enum rc rc = post_send(post, ctl->arena, &mail, &answer, &err);

    if (rc != RC_OK) {
        fprintf(stderr, rc_may_retry(rc) ? "A notice would be tried again.\n" : "A notice would be marked as refused.\n");
        return ctl_failed(&err);
    }
    printf("The relay took it.\n");
    return EXIT_DONE;
}
