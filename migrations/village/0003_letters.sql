-- Letter types, letters, their numbers and steps.

CREATE TABLE IF NOT EXISTS letter_type (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    slug           VARCHAR(60) CHARACTER SET ascii NOT NULL,
    name           VARCHAR(120) NOT NULL,            -- "Surat Keterangan Usaha"
    classification VARCHAR(20) CHARACTER SET ascii NOT NULL, -- Permendagri 83/2022
    number_format  VARCHAR(120) NOT NULL,
    policy         VARCHAR(10) CHARACTER SET ascii NOT NULL, -- seal, approve, sign
    valid_months   TINYINT UNSIGNED NOT NULL DEFAULT 0,      -- 0: no end
    definition     MEDIUMTEXT NOT NULL,              -- JSON: fields and document tree
    is_active      BOOLEAN NOT NULL DEFAULT TRUE,
    sort           SMALLINT UNSIGNED NOT NULL DEFAULT 100,
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY slug (slug)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS letter (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    type_id        BIGINT UNSIGNED NOT NULL,
    state          TINYINT UNSIGNED NOT NULL,   -- enum letter_state
    channel        VARCHAR(10) CHARACTER SET ascii NOT NULL DEFAULT 'counter', -- counter, kiosk, home
    resident_id    BIGINT UNSIGNED NOT NULL,
    inputs         TEXT NOT NULL,               -- JSON: what was typed
    snapshot       MEDIUMTEXT NULL,             -- JSON: everything the paper shows, frozen at issue
    scope          VARCHAR(20) CHARACTER SET ascii NULL, -- number sequence
    year           SMALLINT UNSIGNED NULL,
    number         INT UNSIGNED NULL,
    number_text    VARCHAR(120) NULL,
    letter_date    DATE NULL,
    valid_until    DATE NULL,
    signer_id      BIGINT UNSIGNED NULL,
    made_by        BIGINT UNSIGNED NOT NULL,
    made_at        DATETIME(6) NOT NULL,
    issued_by      BIGINT UNSIGNED NULL,
    issued_at      DATETIME(6) NULL,
    rendered_at    DATETIME(6) NULL,
    file_id        BIGINT UNSIGNED NULL,
    verify_token   VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
    voided_at      DATETIME(6) NULL,
    voided_by      BIGINT UNSIGNED NULL,
    void_reason    VARCHAR(200) NOT NULL DEFAULT '',
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY number (scope, year, number),
    KEY by_state (state, id),
    KEY by_issue (issued_at),
    KEY by_resident (resident_id, id),
    CONSTRAINT letter_of_type FOREIGN KEY (type_id) REFERENCES letter_type (id),
    CONSTRAINT letter_of_resident FOREIGN KEY (resident_id) REFERENCES resident (id),
    CONSTRAINT letter_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS letter_counter (
    scope VARCHAR(20) CHARACTER SET ascii NOT NULL,
    year  SMALLINT UNSIGNED NOT NULL,
    last  INT UNSIGNED NOT NULL,
    PRIMARY KEY (scope, year)
) ENGINE=InnoDB;

-- Each decision on a letter of policy approve: checked, approved, returned.
CREATE TABLE IF NOT EXISTS letter_step (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    letter_id  BIGINT UNSIGNED NOT NULL,
    step       VARCHAR(12) CHARACTER SET ascii NOT NULL,
    staff_id   BIGINT UNSIGNED NOT NULL,
    staff_name VARCHAR(100) NOT NULL,
    at         DATETIME(6) NOT NULL,
    note       VARCHAR(300) NOT NULL DEFAULT '',
    KEY by_letter (letter_id, id),
    CONSTRAINT letter_step_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The village's electronic seal: P-256 key sealed under the village's key, certificate of the platform's authority.
CREATE TABLE IF NOT EXISTS seal_key (
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    secret_sealed VARBINARY(600) NOT NULL,
    certificate   VARBINARY(4000) NOT NULL, -- DER
    made_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    retired_at    DATETIME(6) NULL
) ENGINE=InnoDB;
