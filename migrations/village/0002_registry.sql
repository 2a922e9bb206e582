-- Areas, families, residents (the 43 columns of the exchange format), import.
-- Codes are those of the shared lists (reference.code); NULL: not filled in.

CREATE TABLE IF NOT EXISTS area (
    id     BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    hamlet VARCHAR(60) NOT NULL,
    rw     VARCHAR(10) NOT NULL DEFAULT '-',
    rt     VARCHAR(10) NOT NULL DEFAULT '-',
    UNIQUE KEY place (hamlet, rw, rt)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS family (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kk_no      CHAR(16) CHARACTER SET ascii NOT NULL,
    head_id    BIGINT UNSIGNED NULL, -- resident; no foreign key: family and head are made together
    address    VARCHAR(200) NOT NULL DEFAULT '',
    area_id    BIGINT UNSIGNED NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    version    INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY kk (kk_no),
    KEY by_head (head_id),
    KEY by_area (area_id),
    CONSTRAINT family_area FOREIGN KEY (area_id) REFERENCES area (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS resident (
    id               BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    nik              CHAR(16) CHARACTER SET ascii NOT NULL, -- begins with 0: temporary
    name             VARCHAR(100) NOT NULL,
    sex              TINYINT UNSIGNED NOT NULL,        -- 1 L, 2 P
    birth_place      VARCHAR(100) NOT NULL DEFAULT '',
    birth_date       DATE NULL,
    religion         TINYINT UNSIGNED NULL,
    education_kk     TINYINT UNSIGNED NULL,
    education_now    TINYINT UNSIGNED NULL,
    occupation       TINYINT UNSIGNED NULL,
    marital          TINYINT UNSIGNED NULL,
    family_id        BIGINT UNSIGNED NULL,
    family_role      TINYINT UNSIGNED NULL,            -- SHDK 1–11
    area_id          BIGINT UNSIGNED NOT NULL,
    citizenship      TINYINT UNSIGNED NULL,
    father_nik       VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',
    father_name      VARCHAR(100) NOT NULL DEFAULT '',
    mother_nik       VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',
    mother_name      VARCHAR(100) NOT NULL DEFAULT '',
    blood            TINYINT UNSIGNED NULL,
    birth_cert       VARCHAR(50) NOT NULL DEFAULT '',
    passport         VARCHAR(50) NOT NULL DEFAULT '',
    passport_until   DATE NULL,
    kitas            VARCHAR(50) NOT NULL DEFAULT '',
    marriage_cert    VARCHAR(50) NOT NULL DEFAULT '',
    marriage_date    DATE NULL,
    divorce_cert     VARCHAR(50) NOT NULL DEFAULT '',
    divorce_date     DATE NULL,
    disability       TINYINT UNSIGNED NULL,
    contraception    TINYINT UNSIGNED NULL,
    pregnancy        TINYINT UNSIGNED NULL,
    ktp_el           TINYINT UNSIGNED NULL,
    record_status    TINYINT UNSIGNED NULL,
    address_now      VARCHAR(200) NOT NULL DEFAULT '',
    basic_status     TINYINT UNSIGNED NOT NULL DEFAULT 1, -- status_dasar: 1 hidup 2 mati 3 pindah 4 hilang 6 pergi 9 tidak valid
    ethnicity        VARCHAR(60) NOT NULL DEFAULT '',
    card_tag         VARCHAR(20) CHARACTER SET ascii NULL,
    insurance        TINYINT UNSIGNED NULL,
    insurance_no     VARCHAR(50) NOT NULL DEFAULT '',
    lat              VARCHAR(24) CHARACTER SET ascii NOT NULL DEFAULT '',
    lng              VARCHAR(24) CHARACTER SET ascii NOT NULL DEFAULT '',
    created_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    version          INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY nik (nik),
    UNIQUE KEY card (card_tag),
    KEY by_name (name, id),
    KEY by_family (family_id, family_role),
    KEY by_area (area_id),
    KEY by_birth (birth_date),
    KEY by_status (basic_status, name, id),
    CONSTRAINT resident_family FOREIGN KEY (family_id) REFERENCES family (id),
    CONSTRAINT resident_area FOREIGN KEY (area_id) REFERENCES area (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Search by name: folded words (server/base/text.h text_fold).
CREATE TABLE IF NOT EXISTS resident_word (
    word        VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    resident_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (word, resident_id),
    KEY by_resident (resident_id),
    CONSTRAINT resident_word_resident FOREIGN KEY (resident_id) REFERENCES resident (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Every look at a person's detail.
CREATE TABLE IF NOT EXISTS read_log (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at          DATETIME(6) NOT NULL,
    staff_id    BIGINT UNSIGNED NOT NULL,
    resident_id BIGINT UNSIGNED NOT NULL,
    what        VARCHAR(20) CHARACTER SET ascii NOT NULL,
    KEY by_resident (resident_id, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS import_batch (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state        VARCHAR(20) CHARACTER SET ascii NOT NULL, -- checking, checked, changed, committing, committed, refused, cancelled
    file_id      BIGINT UNSIGNED NOT NULL,
    filename     VARCHAR(200) NOT NULL,
    staff_id     BIGINT UNSIGNED NOT NULL,
    staff_name   VARCHAR(100) NOT NULL,
    put_at       DATETIME(6) NOT NULL,
    checked_at   DATETIME(6) NULL,
    committed_at DATETIME(6) NULL,
    rows_total   INT UNSIGNED NOT NULL DEFAULT 0,
    n_new        INT UNSIGNED NOT NULL DEFAULT 0,
    n_changed    INT UNSIGNED NOT NULL DEFAULT 0,
    n_unchanged  INT UNSIGNED NOT NULL DEFAULT 0,
    n_refused    INT UNSIGNED NOT NULL DEFAULT 0,
    n_warnings   INT UNSIGNED NOT NULL DEFAULT 0,
    n_mismatch   INT UNSIGNED NOT NULL DEFAULT 0, -- of the refused: only because the NIK does not fit birth date or sex
    accepts_mismatch BOOLEAN NOT NULL DEFAULT FALSE, -- a person has compared those with the family cards
    faults_not_kept INT UNSIGNED NOT NULL DEFAULT 0,
    result_hash  BINARY(32) NULL,       -- of the whole dry run: confirming compares it
    notes        TEXT NOT NULL DEFAULT '', -- JSON: sheets read and skipped, columns missing and unknown
    refusal      VARCHAR(400) NOT NULL DEFAULT '',
    KEY recent (put_at),
    CONSTRAINT import_batch_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS import_fault (
    batch_id   BIGINT UNSIGNED NOT NULL,
    seq        INT UNSIGNED NOT NULL,
    is_warning BOOLEAN NOT NULL,
    sheet      VARCHAR(100) NOT NULL,
    row_no     INT UNSIGNED NOT NULL,
    column_name VARCHAR(40) NOT NULL,
    value      VARCHAR(200) NOT NULL,
    text       VARCHAR(300) NOT NULL,
    accepted   VARCHAR(300) NOT NULL,
    PRIMARY KEY (batch_id, seq),
    CONSTRAINT import_fault_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- How far the work on a batch is. Apart from it, because it is written while a transaction holds the batch.
CREATE TABLE IF NOT EXISTS import_progress (
    batch_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    stage    VARCHAR(20) CHARACTER SET ascii NOT NULL,
    done     INT UNSIGNED NOT NULL,
    total    INT UNSIGNED NOT NULL
) ENGINE=InnoDB;

-- The import and the registry's writers lock this row first.
CREATE TABLE IF NOT EXISTS registry_lock (
    id      TINYINT UNSIGNED NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT UNSIGNED NOT NULL -- bumped by every change of the registry
) ENGINE=InnoDB;
INSERT IGNORE INTO registry_lock (id, version) VALUES (1, 1);
