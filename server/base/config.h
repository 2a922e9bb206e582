// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Configuration: `key = value` lines of one file (BALAI_CONFIG or --config),
 * '#' comments. Unknown keys are an error that names the line, so that a
 * typing mistake never becomes a default. Secrets are not in it: it names
 * key files (mode 0400/0600, refused when others may read them).
 */
#ifndef BALAI_CONFIG_H
#define BALAI_CONFIG_H

#include "server/base/base.h"
#include "server/base/random.h"

struct config {
    struct str base_host;     /* "localhost:8080": what follows a village's slug; also in QR links */
    struct str public_scheme; /* "http" or "https": of absolute links */
    struct str run_dir;       /* unix sockets: balai-0.sock … */
    struct str log_level;     /* error … debug */
    uint32_t loops;           /* event loops (threads); 0: one per core */
    struct str mysql_socket;
    struct str mysql_control_user;               /* reads and writes control; no rights on villages */
    struct str mysql_control_secret;             /* path of the file holding its password */
    struct str mysql_admin_user;                 /* provisioning and migration: worker and balaictl only */
    struct str mysql_admin_secret;               /* path; absent in the server's configuration */
    struct str control_schema, reference_schema; /* balai_control, balai_ref */
    struct str village_prefix;                   /* "desa_": schema = prefix + 10-digit code; accounts alike */
    struct str redis_socket;                     /* empty: run without Redis */
    uint32_t connections;                        /* budget per process, default 256 */
    uint32_t village_connections;                /* per village and process, default 3 */
    struct str master_key_file;                  /* 32 bytes hex: seals village secrets, derives session, CSRF and token keys */
    struct str pepper_file;                      /* 32 bytes hex: PINs and passwords */
    struct str font_dir;                         /* private fontconfig */
    struct str assets_version;                   /* informational */
    uint32_t worker_lanes;                       /* parallel jobs, default 4 */
    struct str smtp_url;               /* smtp://HOST:PORT or smtps://HOST:PORT; empty: nothing is sent. Worker and balaictl only */
    struct str smtp_tls;               /* of smtp://: starttls (default: nothing goes without), or none, for a relay on this machine */
    struct str smtp_ca;                /* path of the authority's certificates; empty: the system's */
    struct str smtp_user, smtp_secret; /* sign-in at the relay; path of the file holding the password */
    struct str smtp_from;              /* sender's address; empty: surat@BASE */
    uint32_t smtp_timeout_ms;          /* for one message, default 10,000 */
    struct str esign_reach;            /* e-sign services that villages name lie: public (default: https, public addresses), or private */
    struct str esign_ca;               /* path of the authority's certificates; empty: the system's */
    uint32_t esign_timeout_ms;         /* for one signature, default 30,000 */
    struct str esign_roots;            /* folder of authorities (.pem) that signers' certificates must stand on; empty: not asked */
    struct str esign_answer;           /* what a service gives back: same (default: our bytes, and a signature behind them), or anew */
};

/* Reads path; every text is in the arena. RC_INVALID names the line and what is accepted. */
enum rc config_read(struct arena *arena, const char *path, struct config *out, struct err *err) MUST_USE;

/* Reads a file of 64 hex digits that only its owner may read. */
enum rc config_key(const char *path, unsigned char key_out[KEY_BYTES], struct err *err) MUST_USE;
/* Reads a one-line secret that only its owner may read. */
enum rc config_secret(struct arena *arena, struct str path, struct str *secret_out, struct err *err) MUST_USE;

#endif
