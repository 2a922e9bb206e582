// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/json.h"
#include "server/web/feature.h"
#include "server/web/village.h"
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

/* Letters wait for a head who is not told of them: who sets the village up sees that the day's messages are spent. */
static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct notice_day day;

    if (!request_may(req, MAY_SET_VILLAGE))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_notice_day(db, request_now(req) - (utc_us)86400 * US_PER_S, &day, err));
    if (day.unsent == 0 && day.rounds < NOTICE_MOST_A_DAY)
        return RC_OK;
    task_put(out, (struct task){
                      .count = day.unsent > 0 ? day.unsent : day.rounds,
                      .title = str_z(arena, str_fmt(arena, "Jatah %d surel desa sehari habis", NOTICE_MOST_A_DAY)),
                      .note = str_z(arena, str_fmt(arena,
                                                   "%" PRIu64 " pemberitahuan surat tidak dikirim, kepada kepala desa atau warga. Suratnya "
                                                   "tetap jalan: buka Persetujuan tanpa menunggu surel, dan lihat siapa mengirim ulang.",
                                                   day.unsent)),
                      .tone = "kuning",
                      .tag = "Periksa",
                      .href = "/kantor/surat",
                      .menu = "/kantor/surat",
                      .button = "Lihat surat"});
    return RC_OK;
}

static const struct job_row jobs[] = {{JOB_NOTICE, 60, "NOTICE", "Mengirim pemberitahuan lewat surel", send_notice, 0},
                                      {JOB_OFFICE_MAIL, 60, "OFFICE_MAIL", "Mengirim surel untuk kantor desa", send_office_mail, 0},
                                      {0}};

static const struct said_word changes[] = {{"email", "Surel dicatat", NULL}, {"email_out", "Surel dihapus", NULL}, {0}};
static const struct said_word looks[] = {{"email", "Membuka alamat surel", NULL}, {0}};

const struct feature notices_feature = {
    .name = "notices", .routes = notices_routes, .jobs = jobs, .tasks = tasks, .changes = changes, .looks = looks};
