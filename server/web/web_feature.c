// SPDX-License-Identifier: AGPL-3.0-or-later
/* Signing in, on every site; and the rows of sessions, forms and tries that no longer mean anything. */
#include "server/web/feature.h"
#include "server/web/serve.h"
#include "server/web/web_village_sql.h"

static enum rc tidy(const struct job *job, struct err *err)
{
    TRY(sql_web_tidy_sessions(job->db, NULL, err));
    TRY(sql_web_tidy_submissions(job->db, NULL, err));
    return sql_web_tidy_attempts(job->db, NULL, err);
}

static const struct site_routes elsewhere[] = {{SITE_DPMD, sign_in_routes}, {SITE_KELOLA, sign_in_routes}, {0}};

const struct feature web_feature = {.name = "web", .routes = sign_in_routes, .elsewhere = elsewhere, .tidy = tidy};
