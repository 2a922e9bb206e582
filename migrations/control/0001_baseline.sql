-- The platform: the organisation tree, the directory of villages, the consoles.

CREATE TABLE IF NOT EXISTS schema_step (
    name       VARCHAR(80) NOT NULL PRIMARY KEY,
    sha256     CHAR(64) NOT NULL,
    applied_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    took_ms    INT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- regency → districts → desa and kelurahan, by official region code without dots.
CREATE TABLE IF NOT EXISTS unit (
    code        VARCHAR(10) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    kind        VARCHAR(12) CHARACTER SET ascii NOT NULL, -- province, regency, district, desa, kelurahan
    name        VARCHAR(100) NOT NULL,
    parent_code VARCHAR(10) CHARACTER SET ascii NULL,
    lat         DECIMAL(9,6) NULL,
    lng         DECIMAL(9,6) NULL,
    KEY by_parent (parent_code, kind)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS village (
    code            CHAR(10) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    slug            VARCHAR(60) CHARACTER SET ascii NOT NULL,
    state           VARCHAR(12) CHARACTER SET ascii NOT NULL,
    state_note      VARCHAR(300) NOT NULL DEFAULT '',
    state_at        DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    state_before    VARCHAR(12) CHARACTER SET ascii NOT NULL DEFAULT '', -- while it is closed: what it comes back to
    step            VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT '', -- of provisioning; 'ready' at its end
    step_error      VARCHAR(400) NOT NULL DEFAULT '',
    secret_sealed   VARBINARY(200) NULL,          -- of its database account
    cluster         VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT 'main',
    epoch           BIGINT UNSIGNED NOT NULL DEFAULT 1,
    page_epoch      BIGINT UNSIGNED NOT NULL DEFAULT 1,
    schema_version  INT UNSIGNED NOT NULL DEFAULT 0,
    failed_step     VARCHAR(80) NOT NULL DEFAULT '', -- of migration: the village is read-only meanwhile
    zone            VARCHAR(4) CHARACTER SET ascii NOT NULL DEFAULT '', -- WIB, WITA, WIT; empty: its province's
    is_sample       BOOLEAN NOT NULL DEFAULT FALSE,
    setup_hash      BINARY(32) NULL,              -- of the one-time set-up link
    setup_until     DATETIME(6) NULL,
    setup_used_at   DATETIME(6) NULL,
    set_up_at       DATETIME(6) NULL,             -- the first link that was used, whatever links came later: its address stays
    created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    ready_at        DATETIME(6) NULL,
    UNIQUE KEY slug (slug),
    KEY by_state (state),
    CONSTRAINT village_unit FOREIGN KEY (code) REFERENCES unit (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Own domains; slug.BASE needs no row.
CREATE TABLE IF NOT EXISTS host (
    host         VARCHAR(253) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    village_code CHAR(10) CHARACTER SET ascii NOT NULL,
    is_canonical BOOLEAN NOT NULL DEFAULT FALSE,
    verified_at  DATETIME(6) NULL,
    KEY by_village (village_code),
    CONSTRAINT host_village FOREIGN KEY (village_code) REFERENCES village (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Moves with every change servers must see: directory (villages, hosts, states) and page (page epochs).
CREATE TABLE IF NOT EXISTS change_counter (
    name  VARCHAR(20) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    value BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB;
INSERT IGNORE INTO change_counter (name, value) VALUES ('directory', 1), ('page', 1);

-- Published by each village's own worker; all that the regency console reads.
CREATE TABLE IF NOT EXISTS rollup (
    village_code   CHAR(10) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    residents_m    INT UNSIGNED NOT NULL,
    residents_f    INT UNSIGNED NOT NULL,
    families       INT UNSIGNED NOT NULL,
    letters_month  INT UNSIGNED NOT NULL,
    letters_of     CHAR(7) CHARACTER SET ascii NOT NULL, -- "2026-11": the month counted
    letters_total  INT UNSIGNED NOT NULL,
    complete_pct   TINYINT UNSIGNED NOT NULL DEFAULT 0, -- residents with NIK, KK and birth date
    size_bytes     BIGINT UNSIGNED NOT NULL DEFAULT 0,
    queue_ready    INT UNSIGNED NOT NULL DEFAULT 0,
    queue_dead     INT UNSIGNED NOT NULL DEFAULT 0,
    has_approver   BOOLEAN NOT NULL DEFAULT FALSE,      -- somebody can sign in who approves letters
    waiting        INT UNSIGNED NOT NULL DEFAULT 0,     -- letters between the clerk and their number
    waiting_since  DATETIME(6) NULL,
    last_letter_at DATETIME(6) NULL,
    import_refused INT UNSIGNED NOT NULL DEFAULT 0,     -- rows of the last import that were not stored
    phone          VARCHAR(30) NOT NULL DEFAULT '',     -- of the office, as its own site shows it
    trend          VARCHAR(600) CHARACTER SET ascii NOT NULL DEFAULT '', -- the twelve months up to letters_of: workers/jobs/rollup.c
    last_activity_at DATETIME(6) NULL,
    computed_at    DATETIME(6) NOT NULL,
    version        BIGINT UNSIGNED NOT NULL,            -- later publications win, earlier ones are dropped
    CONSTRAINT rollup_village FOREIGN KEY (village_code) REFERENCES village (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Accounts of the consoles: DPMD, districts, volunteers.
CREATE TABLE IF NOT EXISTS account (
    id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    site            VARCHAR(10) CHARACTER SET ascii NOT NULL, -- dpmd, kelola
    username        VARCHAR(60) NOT NULL,
    name            VARCHAR(100) NOT NULL,
    role            VARCHAR(20) NOT NULL,
    unit_code       VARCHAR(10) CHARACTER SET ascii NULL,     -- district staff see their district
    password_hash   VARCHAR(200) CHARACTER SET ascii NOT NULL,
    role_version    INT UNSIGNED NOT NULL DEFAULT 1,
    is_active       BOOLEAN NOT NULL DEFAULT TRUE,
    totp_sealed     VARBINARY(200) NULL,
    totp_last_step  BIGINT UNSIGNED NULL,
    recovery_sealed VARBINARY(1000) NULL,
    created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    last_sign_in_at DATETIME(6) NULL,
    UNIQUE KEY username (site, username)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS session (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    token_hash   BINARY(32) NOT NULL,
    site         VARCHAR(10) CHARACTER SET ascii NOT NULL,
    account_id   BIGINT UNSIGNED NOT NULL,
    role_version INT UNSIGNED NOT NULL,
    created_at   DATETIME(6) NOT NULL,
    last_seen_at DATETIME(6) NOT NULL,
    expires_at   DATETIME(6) NOT NULL,
    user_agent   VARCHAR(200) NOT NULL DEFAULT '',
    UNIQUE KEY token (token_hash),
    KEY by_account (account_id),
    KEY by_expiry (expires_at),
    CONSTRAINT session_account FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS sign_in_attempt (
    key_hash     BINARY(32) NOT NULL PRIMARY KEY,
    failures     INT UNSIGNED NOT NULL,
    first_at     DATETIME(6) NOT NULL,
    last_at      DATETIME(6) NOT NULL,
    locked_until DATETIME(6) NULL,
    KEY by_age (last_at)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS submission (
    key_hash     BINARY(32) NOT NULL PRIMARY KEY,
    content_hash BINARY(32) NOT NULL,
    go_to        VARCHAR(300) NOT NULL,
    made_at      DATETIME(6) NOT NULL,
    KEY by_age (made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS audit (
    id          BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    at          DATETIME(6) NOT NULL,
    actor_id    BIGINT UNSIGNED NOT NULL,
    actor_name  VARCHAR(100) NOT NULL,
    action      VARCHAR(60) NOT NULL,
    subject     VARCHAR(60) NOT NULL,
    detail      TEXT NOT NULL,
    previous    BINARY(32) NOT NULL,
    hash        BINARY(32) NOT NULL,
    KEY by_subject (subject, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE IF NOT EXISTS audit_head (
    id      TINYINT UNSIGNED NOT NULL PRIMARY KEY CHECK (id = 1),
    last_id BIGINT UNSIGNED NOT NULL,
    hash    BINARY(32) NOT NULL
) ENGINE=InnoDB;
INSERT IGNORE INTO audit_head (id, last_id, hash) VALUES (1, 0, REPEAT(CHAR(0), 32));
CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are never changed';
CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit rows are never deleted';

-- The platform's own work: provisioning asked for in kelola.
CREATE TABLE IF NOT EXISTS outbox (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind         SMALLINT UNSIGNED NOT NULL,
    subject      BIGINT UNSIGNED NOT NULL,
    payload      TEXT NOT NULL,
    state        TINYINT UNSIGNED NOT NULL DEFAULT 1,
    due_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    put_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    attempt      INT UNSIGNED NOT NULL DEFAULT 0,
    owner        VARCHAR(60) NOT NULL DEFAULT '',
    leased_until DATETIME(6) NULL,
    done_at      DATETIME(6) NULL,
    why          VARCHAR(400) NOT NULL DEFAULT '',
    KEY due (state, due_at),
    KEY by_subject (kind, subject)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Public halves of the keys letters are signed with; a QR link names its key for ever.
CREATE TABLE IF NOT EXISTS verify_key (
    id            SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    public_key    BINARY(32) NOT NULL,
    secret_sealed VARBINARY(200) NULL, -- the newest signs
    made_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    retired_at    DATETIME(6) NULL
) ENGINE=InnoDB;

-- The authority that certifies the villages' seals.
CREATE TABLE IF NOT EXISTS platform_key (
    name          VARCHAR(40) CHARACTER SET ascii NOT NULL PRIMARY KEY, -- letters-ca; letters-ca-…: retired, its seals stay good
    certificate   VARBINARY(4000) NOT NULL, -- DER
    secret_sealed VARBINARY(600) NOT NULL,  -- '' of a retired one
    made_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
) ENGINE=InnoDB;
