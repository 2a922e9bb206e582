-- The house of one village: identity, staff, sessions, audit, jobs, files.

CREATE TABLE IF NOT EXISTS schema_step (
    name       VARCHAR(80) NOT NULL PRIMARY KEY,
    sha256     CHAR(64) NOT NULL,
    applied_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    took_ms    INT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- One row. What letterheads and the site say of the village.
CREATE TABLE IF NOT EXISTS identity (
    id              TINYINT UNSIGNED NOT NULL PRIMARY KEY CHECK (id = 1),
    code            CHAR(10) CHARACTER SET ascii NOT NULL,
    name            VARCHAR(100) NOT NULL,
    district        VARCHAR(100) NOT NULL,
    regency         VARCHAR(100) NOT NULL,
    province        VARCHAR(100) NOT NULL,
    office_address  VARCHAR(200) NOT NULL DEFAULT '',
    postal_code     VARCHAR(5) NOT NULL DEFAULT '',
    phone           VARCHAR(30) NOT NULL DEFAULT '',
    email           VARCHAR(120) NOT NULL DEFAULT '',
    website         VARCHAR(120) NOT NULL DEFAULT '',
    opening_hours   VARCHAR(200) NOT NULL DEFAULT '',
    accent          VARCHAR(12) NOT NULL DEFAULT 'teluk',
    has_ornament    BOOLEAN NOT NULL DEFAULT TRUE,
    letter_code     VARCHAR(20) NOT NULL DEFAULT '', -- [kode_desa] in letter numbers; empty: the village code
    crest_file_id   BIGINT UNSIGNED NULL,
    set_up_at       DATETIME(6) NULL,
    version         INT UNSIGNED NOT NULL DEFAULT 1
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Perangkat desa: who signs, and in whose name.
CREATE TABLE IF NOT EXISTS official (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name        VARCHAR(100) NOT NULL,
    position    VARCHAR(100) NOT NULL,            -- as printed: "Kepala Desa Sampano"
    office      VARCHAR(20) NOT NULL,             -- head, secretary, section, hamlet
    nip         VARCHAR(30) NOT NULL DEFAULT '',
    is_active   BOOLEAN NOT NULL DEFAULT TRUE,
    sort        SMALLINT UNSIGNED NOT NULL DEFAULT 100,
    KEY by_office (office, is_active)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS staff (
    id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    username        VARCHAR(60) NOT NULL,
    name            VARCHAR(100) NOT NULL,
    role            VARCHAR(20) NOT NULL,
    position        VARCHAR(100) NOT NULL DEFAULT '',
    official_id     BIGINT UNSIGNED NULL,
    password_hash   VARCHAR(200) CHARACTER SET ascii NOT NULL,
    role_version    INT UNSIGNED NOT NULL DEFAULT 1, -- a change ends every session
    is_active       BOOLEAN NOT NULL DEFAULT TRUE,
    totp_sealed     VARBINARY(200) NULL,
    totp_last_step  BIGINT UNSIGNED NULL,
    recovery_sealed VARBINARY(1000) NULL,
    created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    last_sign_in_at DATETIME(6) NULL,
    UNIQUE KEY username (username),
    CONSTRAINT staff_official FOREIGN KEY (official_id) REFERENCES official (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS session (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    token_hash   BINARY(32) NOT NULL,
    village_code CHAR(10) CHARACTER SET ascii NOT NULL,
    staff_id     BIGINT UNSIGNED NOT NULL,
    role_version INT UNSIGNED NOT NULL,
    created_at   DATETIME(6) NOT NULL,
    last_seen_at DATETIME(6) NOT NULL,
    expires_at   DATETIME(6) NOT NULL,
    user_agent   VARCHAR(200) NOT NULL DEFAULT '',
    UNIQUE KEY token (token_hash),
    KEY by_staff (staff_id),
    KEY by_expiry (expires_at),
    CONSTRAINT session_staff FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Wrong passwords, by account name whether it exists or not.
CREATE TABLE IF NOT EXISTS sign_in_attempt (
    key_hash     BINARY(32) NOT NULL PRIMARY KEY,
    failures     INT UNSIGNED NOT NULL,
    first_at     DATETIME(6) NOT NULL,
    last_at      DATETIME(6) NOT NULL,
    locked_until DATETIME(6) NULL,
    KEY by_age (last_at)
) ENGINE=InnoDB;

-- One submission, however often it is sent.
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

-- The chain's head: locked by each writer, so the order is one.
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

CREATE TABLE IF NOT EXISTS outbox (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind         SMALLINT UNSIGNED NOT NULL,
    subject      BIGINT UNSIGNED NOT NULL,
    payload      TEXT NOT NULL,
    state        TINYINT UNSIGNED NOT NULL DEFAULT 1, -- 1 ready, 2 leased, 3 done, 4 dead
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

CREATE TABLE IF NOT EXISTS effect (
    kind       SMALLINT UNSIGNED NOT NULL,
    effect_key VARCHAR(120) CHARACTER SET ascii NOT NULL,
    at         DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (kind, effect_key)
) ENGINE=InnoDB;

-- page: what anonymous pages are cached under.
CREATE TABLE IF NOT EXISTS epoch (
    name  VARCHAR(20) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    value BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB;
INSERT IGNORE INTO epoch (name, value) VALUES ('page', 1);

CREATE TABLE IF NOT EXISTS file (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sha256     BINARY(32) NOT NULL,
    kind       VARCHAR(20) CHARACTER SET ascii NOT NULL, -- letter, import, crest …
    type       VARCHAR(100) CHARACTER SET ascii NOT NULL,
    size       INT UNSIGNED NOT NULL,
    is_complete BOOLEAN NOT NULL DEFAULT FALSE,
    made_at    DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY content (kind, sha256)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS file_part (
    file_id BIGINT UNSIGNED NOT NULL,
    part    SMALLINT UNSIGNED NOT NULL,
    bytes   MEDIUMBLOB NOT NULL, -- ≤ 1 MiB
    PRIMARY KEY (file_id, part),
    CONSTRAINT file_part_file FOREIGN KEY (file_id) REFERENCES file (id) ON DELETE CASCADE
) ENGINE=InnoDB;
