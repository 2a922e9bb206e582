// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/json.h"
#include "server/web/feature.h"
#include "tenants/village/notices/notices_rules.h"

/* As request_origin of server/web says it for a page: the village's host, with the platform's port. */
static struct str village_origin(const struct job *job)
{
    const struct config *config = job->house->config;
    ptrdiff_t port = str_find_char(config->base_host, ':');
    bool needs_port = port >= 0 && str_find_char(job->village->host, ':') < 0;

    return str_fmt(job->arena, "%.*s://%.*s%.*s", STR_ARG(config->public_scheme), STR_ARG(job->village->host),
                   STR_ARG(needs_port ? str_from(config->base_host, (size_t)port) : STR("")));
}

/* Subject is the notice, the payload says which round of it. */
static enum rc send_notice(const struct job *job, struct err *err)
{
    const struct notice_errand errand = {
        .db = job->db,
        .village = job->village,
        .origin = village_origin(job),
        .post = job->house->post,
        .now = job->now,
    };
    json_t *payload;

    TRY(json_read(job->arena, job->lease->payload, &payload, err));
    return notice_send(&errand, job->lease->subject, (uint32_t)json_u64(payload, "round"), err);
}

/* A message for which the relay has only a refusal is over: its address is the office's own to mend. */
static enum rc send_office_mail(const struct job *job, struct err *err)
{
    json_t *payload;
    unsigned answer;

    if (!post_is_on(job->house->post))
        return RC_OK;
    TRY(json_read(job->arena, job->lease->payload, &payload, err));
    const struct notice_words words = notice_of_village(
        job->arena, (struct notice_words){json_text(payload, "subject"), json_text(payload, "text")}, job->village);
    const struct mail mail = {
        .to = json_text(payload, "to"),
        .from_name = str_fmt(job->arena, "Desa %.*s", STR_ARG(job->village->name)),
        .subject = words.subject,
        .text = words.text,
        .message_id = str_fmt(job->arena, "office-%" PRIu64 ".%.*s", job->lease->id, STR_ARG(job->village->code)),
        .at = job->now,
    };
    return post_send(job->house->post, job->arena, &mail, &answer, err);
}

static const struct job_row jobs[] = {{JOB_NOTICE, 60, "NOTICE", "Mengirim pemberitahuan lewat surel", send_notice},
                                      {JOB_OFFICE_MAIL, 60, "OFFICE_MAIL", "Mengirim surel untuk kantor desa", send_office_mail},
                                      {0}};

static const struct said_word changes[] = {{"email", "Surel dicatat", NULL}, {"email_out", "Surel dihapus", NULL}, {0}};
static const struct said_word looks[] = {{"email", "Membuka alamat surel", NULL}, {0}};

const struct feature notices_feature = {.name = "notices", .routes = notices_routes, .jobs = jobs, .changes = changes, .looks = looks};
