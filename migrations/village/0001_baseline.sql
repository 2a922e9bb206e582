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
    hidden          VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '', -- features the village has put away: "kiosk,statistics"
    letter_code     VARCHAR(20) NOT NULL DEFAULT '', -- [kode_desa] in letter numbers; empty: the village code
    number_scope    VARCHAR(6) CHARACTER SET ascii NOT NULL DEFAULT 'all', -- which letters share a sequence: all, type, class, out, mail
    number_restarts BOOLEAN NOT NULL DEFAULT TRUE,   -- each sequence begins anew with the year
    hamlet_word     VARCHAR(20) NOT NULL DEFAULT 'Dusun', -- what the village calls its hamlets: Lingkungan, Banjar, Jorong
    is_without_hamlets BOOLEAN NOT NULL DEFAULT FALSE,    -- no such level: each hamlet is "-"
    set_up_at       DATETIME(6) NULL,
    steps_away_at   DATETIME(6) NULL,                    -- when what a new village does next was put away
    -- The e-sign service of the regency (BSrE), and the village's account there; the secret sealed under the village's key.
    is_esign_on     BOOLEAN NOT NULL DEFAULT FALSE,
    is_esign_seen   BOOLEAN NOT NULL DEFAULT FALSE,      -- its signature shows in readers of PDFs, over the letter's QR code
    esign_url       VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '',
    esign_user      VARCHAR(100) NOT NULL DEFAULT '',
    esign_secret    VARBINARY(500) NULL,
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
    email       VARCHAR(254) CHARACTER SET ascii NOT NULL DEFAULT '',
    version     INT UNSIGNED NOT NULL DEFAULT 1,
    standing    VARCHAR(3) CHARACTER SET ascii NOT NULL DEFAULT '', -- pj, plt, plh; '': in office
    since       DATE NULL,                        -- the period of office
    ends_on     DATE NULL,
    -- Away: cuti, sakit …; who signs and checks on those days in his place, how that is printed ('': a.n.), and what that account may then.
    away_from     DATE NULL,
    away_until    DATE NULL,                      -- NULL: until further notice
    away_why      VARCHAR(6) CHARACTER SET ascii NOT NULL DEFAULT '',
    substitute_id BIGINT UNSIGNED NULL,
    substitute_as VARCHAR(3) CHARACTER SET ascii NOT NULL DEFAULT '',
    lends         VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '', -- words of permissions
    -- Who signs by the e-sign service: under which NIK he is registered there ('': the platform's key), and what it last said of him.
    esign_nik      VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',
    esign_outcome  TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum esign_outcome
    esign_tried_at DATETIME(6) NULL,
    -- What he agreed to, and from which account: where his passphrase goes, and under which NIK. Used as long as all of it still stands.
    esign_agreed_url  VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '',
    esign_agreed_user VARCHAR(100) NOT NULL DEFAULT '',
    esign_agreed_nik  VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',
    esign_agreed_by   BIGINT UNSIGNED NULL,       -- the account
    esign_agreed_at   DATETIME(6) NULL,
    KEY by_office (office, is_active),
    CONSTRAINT official_substitute FOREIGN KEY (substitute_id) REFERENCES official (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What staff may do: a role's permissions are words of server/web/permission.h, separated by commas.
CREATE TABLE IF NOT EXISTS role (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    word        VARCHAR(20) NOT NULL,              -- what staff rows say
    label       VARCHAR(60) NOT NULL,              -- for people
    permissions VARCHAR(2000) CHARACTER SET ascii NOT NULL DEFAULT '',
    is_builtin  BOOLEAN NOT NULL DEFAULT FALSE,
    sort        SMALLINT UNSIGNED NOT NULL DEFAULT 500,
    version     INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY word (word),
    UNIQUE KEY label (label)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT IGNORE INTO role (word, label, permissions, is_builtin, sort) VALUES
    ('clerk', 'Operator', 'read_residents,edit_residents,take_out_residents,edit_areas,import_residents,read_letters,write_letters,write_piles,see_jobs,read_guests,write_guests,read_mail,write_mail', TRUE, 10),
    ('secretary', 'Sekretaris desa', 'read_residents,edit_residents,take_out_residents,edit_areas,import_residents,read_letters,write_letters,write_piles,check_letters,return_letters,make_letter_types,see_jobs,set_village,read_guests,write_guests,read_mail,write_mail,dispose_mail,read_secret_mail,close_books', TRUE, 20),
    ('head', 'Kepala desa', 'read_residents,read_letters,approve_letters,return_letters,set_village,read_guests,read_mail,dispose_mail,read_secret_mail,close_books', TRUE, 30),
    ('editor', 'Redaksi', '', TRUE, 40),
    ('contributor', 'Kontributor', '', TRUE, 50),
    ('treasurer', 'Kaur keuangan', 'read_mail', TRUE, 60),
    ('assets', 'Pengurus barang', 'read_mail', TRUE, 70),
    ('ppid', 'PPID', '', TRUE, 80),
    ('cadre', 'Kader', '', TRUE, 90),
    ('bpd', 'BPD', '', TRUE, 100),
    ('reader', 'Pembaca', 'read_residents,read_letters,read_guests,read_mail', TRUE, 110);

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
    opened_by_link_at DATETIME(6) NULL,              -- when a volunteer's link made this head's account, or gave it a new password
    UNIQUE KEY username (username),
    CONSTRAINT staff_official FOREIGN KEY (official_id) REFERENCES official (id),
    CONSTRAINT staff_role FOREIGN KEY (role) REFERENCES role (word)
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
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    sha256      BINARY(32) NOT NULL,
    type        VARCHAR(100) CHARACTER SET ascii NOT NULL,
    size        INT UNSIGNED NOT NULL,
    is_complete BOOLEAN NOT NULL DEFAULT FALSE,
    made_at     DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    touched_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), -- stored last; without a use it is kept an hour from here
    UNIQUE KEY content (sha256, type),
    KEY by_touch (touched_at)
) ENGINE=InnoDB;

-- Who refers to a file: the sweep deletes those nobody refers to, and this foreign key refuses the others.
CREATE TABLE IF NOT EXISTS file_use (
    file_id  BIGINT UNSIGNED NOT NULL,
    owner    VARCHAR(20) CHARACTER SET ascii NOT NULL, -- letter, attachment, book …
    owner_id BIGINT UNSIGNED NOT NULL,
    slot     VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT '',
    held_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (file_id, owner, owner_id, slot),
    KEY by_owner (owner, owner_id, slot),
    CONSTRAINT file_use_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS file_part (
    file_id BIGINT UNSIGNED NOT NULL,
    part    SMALLINT UNSIGNED NOT NULL,
    bytes   MEDIUMBLOB NOT NULL, -- ≤ 1 MiB
    PRIMARY KEY (file_id, part),
    CONSTRAINT file_part_file FOREIGN KEY (file_id) REFERENCES file (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- How much was uploaded in each hour: the village's quota.
CREATE TABLE IF NOT EXISTS file_hour (
    hour    INT UNSIGNED NOT NULL PRIMARY KEY, -- since 1970, UTC
    uploads INT UNSIGNED NOT NULL,
    bytes   BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB;

-- Areas, families, residents (the 43 columns of the exchange format), import.
-- Codes are those of the shared lists (reference.code); NULL: not filled in.

-- Three levels in one table: a hamlet ("-": none) with rw and rt "-", an RW with rt "-", an RT. Each stands there with those it lies in.
CREATE TABLE IF NOT EXISTS area (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    hamlet     VARCHAR(60) NOT NULL,
    rw         VARCHAR(10) NOT NULL DEFAULT '-',
    rt         VARCHAR(10) NOT NULL DEFAULT '-',
    -- Who looks after it: a resident, or a name. A retired one is offered nowhere; a family that goes there brings it back.
    head_id    BIGINT UNSIGNED NULL,
    head_name  VARCHAR(100) NOT NULL DEFAULT '',
    phone      VARCHAR(30) NOT NULL DEFAULT '',
    is_retired BOOLEAN NOT NULL DEFAULT FALSE,
    version    INT UNSIGNED NOT NULL DEFAULT 1,
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
    out_why          TINYINT UNSIGNED NULL,            -- taken out of the books (basic_status 9): 1 entered by mistake, 2 the same person twice
    out_of           BIGINT UNSIGNED NULL,             -- 2: the one that stays
    created_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    version          INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY nik (nik),
    UNIQUE KEY card (card_tag),
    KEY by_family (family_id, family_role),
    KEY by_area (area_id),
    KEY by_birth (birth_date),
    KEY by_father (father_nik),                        -- their children's rows follow a corrected NIK
    KEY by_mother (mother_nik),
    KEY by_status (basic_status, name, id),
    -- Counting residents by age, and by everything else, from an index alone: the rows themselves are never read.
    KEY by_age (basic_status, sex, birth_date),
    KEY by_kind (basic_status, occupation, sex, religion, education_kk, marital, area_id),
    CONSTRAINT resident_family FOREIGN KEY (family_id) REFERENCES family (id),
    CONSTRAINT resident_area FOREIGN KEY (area_id) REFERENCES area (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Search by name: folded words (server/base/text.h text_fold). Derived, and residents are never deleted: no foreign key,
-- which would look the resident up for each row.
CREATE TABLE IF NOT EXISTS resident_word (
    word        VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
    resident_id BIGINT UNSIGNED NOT NULL,
    is_former   BOOL NOT NULL DEFAULT FALSE,           -- of a name that was theirs: papers carry it
    PRIMARY KEY (word, resident_id),
    KEY by_resident (resident_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Every look at a person's detail, and at a letter's paper: at each whom it names, or of one of the office itself at nobody.
CREATE TABLE IF NOT EXISTS read_log (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at          DATETIME(6) NOT NULL,
    staff_id    BIGINT UNSIGNED NOT NULL,
    resident_id BIGINT UNSIGNED NULL,
    letter_id   BIGINT UNSIGNED NULL,                  -- of a pile the pattern
    what        VARCHAR(20) CHARACTER SET ascii NOT NULL,
    KEY by_resident (resident_id, id),
    KEY by_letter (letter_id, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS import_batch (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    state        VARCHAR(20) CHARACTER SET ascii NOT NULL, -- checking, checked, changed, committing, committed, refused, cancelled
    file_id      BIGINT UNSIGNED NULL,             -- NULL: it is over and its file has gone
    filename     VARCHAR(200) NOT NULL,
    staff_id     BIGINT UNSIGNED NOT NULL,         -- who uploaded it
    staff_name   VARCHAR(100) NOT NULL,
    confirmed_id   BIGINT UNSIGNED NOT NULL DEFAULT 0, -- who said last that it is to be stored
    confirmed_name VARCHAR(100) NOT NULL DEFAULT '',
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
    n_old        INT UNSIGNED NOT NULL DEFAULT 0, -- people of whom the file holds a state before what was written down since
    takes_old    BOOLEAN NOT NULL DEFAULT FALSE, -- a person says that the file is right in that
    dates        INT UNSIGNED NOT NULL DEFAULT 0, -- how a person says its dates are to be read: bit per answer (registry_date_question)
    n_asked      INT UNSIGNED NOT NULL DEFAULT 0, -- rows that may mean somebody who stands here by another name or number
    n_open       INT UNSIGNED NOT NULL DEFAULT 0, -- of these: without an answer, so refused
    n_waiting    INT UNSIGNED NOT NULL DEFAULT 0, -- of the refused: nothing but an answer is missing, about a date, a word or who it is
    n_joined     INT UNSIGNED NOT NULL DEFAULT 0, -- people here without a NIK who get theirs by the file
    answers      MEDIUMTEXT NOT NULL DEFAULT '', -- JSON: {"ROW": resident's id, 0: somebody else}; a row as its question numbers it
    faults_not_kept INT UNSIGNED NOT NULL DEFAULT 0,
    result_hash  BINARY(32) NULL,       -- of the whole dry run: confirming compares it
    notes        TEXT NOT NULL DEFAULT '', -- JSON: sheets read and skipped, columns missing and unknown
    refusal      VARCHAR(400) NOT NULL DEFAULT '',
    KEY by_state (state, put_at),
    CONSTRAINT import_batch_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is wrong in a file in the same way, once: errors first, the most frequent first.
CREATE TABLE IF NOT EXISTS import_cause (
    batch_id   BIGINT UNSIGNED NOT NULL,
    cause      INT UNSIGNED NOT NULL,
    is_warning BOOLEAN NOT NULL,
    column_name VARCHAR(40) NOT NULL,
    text       VARCHAR(300) NOT NULL,
    accepted   VARCHAR(300) NOT NULL,
    is_same    BOOLEAN NOT NULL,                   -- every fault says just this
    asks       TINYINT UNSIGNED NOT NULL DEFAULT 0, -- what a person may answer (enum registry_asks of registry_rows.h); 0: nothing
    n          INT UNSIGNED NOT NULL,
    PRIMARY KEY (batch_id, cause),
    CONSTRAINT import_cause_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS import_fault (
    batch_id   BIGINT UNSIGNED NOT NULL,
    seq        INT UNSIGNED NOT NULL,
    cause      INT UNSIGNED NOT NULL,              -- its import_cause, and which of it this is, from 1
    nth        INT UNSIGNED NOT NULL,
    is_warning BOOLEAN NOT NULL,
    sheet      VARCHAR(100) NOT NULL,
    row_no     INT UNSIGNED NOT NULL,
    name       VARCHAR(100) NOT NULL,              -- of the person, as the row says
    resident_id BIGINT UNSIGNED NOT NULL,          -- whom it is compared with, for a way there; 0: nobody
    column_name VARCHAR(40) NOT NULL,
    value      VARCHAR(200) NOT NULL,
    text       VARCHAR(300) NOT NULL,
    accepted   VARCHAR(300) NOT NULL,
    asked      TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum join_state of registry_rows.h; 0: the row is asked nothing
    question   TEXT NOT NULL DEFAULT '',           -- JSON: whom the row may mean (import_same.c)
    PRIMARY KEY (batch_id, seq),
    KEY of_cause (batch_id, cause, nth),
    CONSTRAINT import_fault_batch FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a word of a file means in this village, once a person has said so: "CERAI BAIK" in status_kawin is 3.
CREATE TABLE IF NOT EXISTS import_word (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    column_name VARCHAR(40) NOT NULL,
    word       VARCHAR(100) NOT NULL,
    code       TINYINT UNSIGNED NOT NULL,
    staff_name VARCHAR(100) NOT NULL,
    UNIQUE KEY word (column_name, word)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- How far the work on a batch is. Apart from it, because it is written while a transaction holds the batch.
CREATE TABLE IF NOT EXISTS import_progress (
    batch_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    stage    VARCHAR(20) CHARACTER SET ascii NOT NULL,
    done     INT UNSIGNED NOT NULL,
    total    INT UNSIGNED NOT NULL
) ENGINE=InnoDB;

-- The import and the registry's writers lock this row first. It keeps what every list of residents shows besides its rows:
-- collecting the places takes longer than the page. How many live here is counted after a change, by the job that
-- publishes the figures; it holds while living_of is the version.
CREATE TABLE IF NOT EXISTS registry_lock (
    id        TINYINT UNSIGNED NOT NULL PRIMARY KEY CHECK (id = 1),
    version   BIGINT UNSIGNED NOT NULL, -- bumped by every change of the registry
    living    INT UNSIGNED NOT NULL DEFAULT 0,
    living_of BIGINT UNSIGNED NOT NULL DEFAULT 0,
    last_temporary_kk CHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '', -- the same of family cards
    last_temporary CHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '', -- NIK; never given twice, also when its owner has a real one by now
    hamlets   TEXT COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '', -- one a line, in order
    rws       TEXT COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '',
    rts       TEXT COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT ''
) ENGINE=InnoDB;
INSERT IGNORE INTO registry_lock (id, version) VALUES (1, 1);

-- Letter types, letters, their numbers and steps.

-- Codes of classification that the village added to the official list, which the program has.
CREATE TABLE IF NOT EXISTS classification (
    id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code      VARCHAR(20) CHARACTER SET ascii NOT NULL,
    name      VARCHAR(200) NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    UNIQUE KEY code (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS letter_type (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    slug           VARCHAR(60) CHARACTER SET ascii NOT NULL,
    name           VARCHAR(120) NOT NULL,            -- "Surat Keterangan Usaha"
    classification VARCHAR(20) CHARACTER SET ascii NOT NULL, -- Permendagri 83/2022
    number_format  VARCHAR(120) NOT NULL,
    number_scope   VARCHAR(6) CHARACTER SET ascii NOT NULL DEFAULT '', -- its sequence, or own: of decisions; '': as the village's
    policy         VARCHAR(10) CHARACTER SET ascii NOT NULL, -- seal, approve, sign
    signer_id      BIGINT UNSIGNED NULL,             -- the official who signs in the head's name; NULL: the head
    valid_months   TINYINT UNSIGNED NOT NULL DEFAULT 0,      -- 0: no end
    definition     MEDIUMTEXT NOT NULL,              -- JSON: fields and document tree
    also           TEXT AS (JSON_EXTRACT(definition, '$.also')) STORED, -- of it: what else people call it, a JSON list; each search reads it
    is_active      BOOLEAN NOT NULL DEFAULT TRUE,
    sort           SMALLINT UNSIGNED NOT NULL DEFAULT 100,
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    at_kiosk       BOOLEAN NOT NULL DEFAULT TRUE,
    kiosk_choices  TEXT NOT NULL DEFAULT '{}',       -- JSON: question to the village's own answers; without, those of the definition
    edition        INT UNSIGNED NOT NULL DEFAULT 1,  -- of the whole row, what no version keeps included: counted up with each change
    changed_at     DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    changed_by     VARCHAR(100) NOT NULL DEFAULT '', -- of the staff; '': it came with the program
    -- What its next version would say (a version in use is never edited): a definition, which may still have faults.
    draft          MEDIUMTEXT NULL,
    draft_edition  INT UNSIGNED NOT NULL DEFAULT 1,  -- counted up with each change of the draft, its end included
    draft_base     INT UNSIGNED NULL,                -- the version that it was begun from
    draft_at       DATETIME(6) NULL,
    draft_by       VARCHAR(100) NOT NULL DEFAULT '',
    -- Of who decides, who signs and how it is numbered: what the head has not read yet, or is asked for.
    told_at        DATETIME(6) NULL,                 -- the last of it; NULL: there is none
    told           VARCHAR(1000) NOT NULL DEFAULT '', -- lines, newest first: when, who, old and new
    seal_asked     BOOLEAN NOT NULL DEFAULT FALSE,   -- policy seal is wanted, and holds when he says yes
    UNIQUE KEY slug (slug),
    KEY by_told (told_at, id),
    KEY by_sort (sort, id),
    KEY by_name (name, id),
    CONSTRAINT letter_type_signer FOREIGN KEY (signer_id) REFERENCES official (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a type said in each of its versions, kept as it was: a letter is made, read and signed by the version that it began with. The
-- policy is not of it: who decides is the village's word of today.
CREATE TABLE IF NOT EXISTS letter_type_version (
    type_id        BIGINT UNSIGNED NOT NULL,
    version        INT UNSIGNED NOT NULL,
    name           VARCHAR(120) NOT NULL,
    classification VARCHAR(20) CHARACTER SET ascii NOT NULL,
    number_format  VARCHAR(120) NOT NULL,
    valid_months   TINYINT UNSIGNED NOT NULL,
    definition     MEDIUMTEXT NOT NULL,
    made_at        DATETIME(6) NOT NULL,
    made_by        VARCHAR(100) NOT NULL,
    PRIMARY KEY (type_id, version),
    CONSTRAINT letter_version_of_type FOREIGN KEY (type_id) REFERENCES letter_type (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TRIGGER IF NOT EXISTS letter_type_version_no_update BEFORE UPDATE ON letter_type_version FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'versions of letter types are never changed';
CREATE TRIGGER IF NOT EXISTS letter_type_version_no_delete BEFORE DELETE ON letter_type_version FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'versions of letter types are never deleted';
CREATE TRIGGER IF NOT EXISTS letter_type_first AFTER INSERT ON letter_type FOR EACH ROW
    INSERT INTO letter_type_version (type_id, version, name, classification, number_format, valid_months, definition, made_at, made_by)
    VALUES (NEW.id, NEW.version, NEW.name, NEW.classification, NEW.number_format, NEW.valid_months, NEW.definition, NEW.changed_at,
        NEW.changed_by);
CREATE TRIGGER IF NOT EXISTS letter_type_moves BEFORE UPDATE ON letter_type FOR EACH ROW
    SET NEW.version = OLD.version + IF(BINARY NEW.name = BINARY OLD.name AND NEW.classification = OLD.classification
        AND BINARY NEW.number_format = BINARY OLD.number_format AND NEW.valid_months = OLD.valid_months
        AND BINARY NEW.definition = BINARY OLD.definition, 0, 1);
CREATE TRIGGER IF NOT EXISTS letter_type_moved AFTER UPDATE ON letter_type FOR EACH ROW
    INSERT IGNORE INTO letter_type_version (type_id, version, name, classification, number_format, valid_months, definition, made_at, made_by)
    VALUES (NEW.id, NEW.version, NEW.name, NEW.classification, NEW.number_format, NEW.valid_months, NEW.definition, NEW.changed_at,
        NEW.changed_by);

CREATE TABLE IF NOT EXISTS letter (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    type_id        BIGINT UNSIGNED NOT NULL,
    type_version   INT UNSIGNED NOT NULL DEFAULT 1,
    state          TINYINT UNSIGNED NOT NULL,   -- enum letter_state
    channel        VARCHAR(10) CHARACTER SET ascii NOT NULL DEFAULT 'counter', -- counter, kiosk, home
    is_of_pile     BOOLEAN NOT NULL DEFAULT FALSE, -- one of a pile's letters
    resident_id    BIGINT UNSIGNED NULL,        -- whom it is for; NULL: a letter of the office itself
    about          VARCHAR(300) NOT NULL DEFAULT '', -- of one of the office itself: its subject, and to whom it goes
    addressed      VARCHAR(300) NOT NULL DEFAULT '',
    inputs         TEXT NOT NULL,               -- JSON: what was typed
    paper          MEDIUMTEXT NULL,             -- JSON: the tree of this letter alone, once its text was corrected; NULL: its type's
    snapshot       MEDIUMTEXT NULL,             -- JSON: everything the paper shows, frozen at issue
    scope          VARCHAR(30) CHARACTER SET ascii NULL, -- number sequence
    year           SMALLINT UNSIGNED NULL,      -- of the sequence; 0: of one that never begins anew
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
    void_why       TINYINT UNSIGNED NOT NULL DEFAULT 0, -- what everybody may read of it: the options of letters_review.html
    void_reason    VARCHAR(200) NOT NULL DEFAULT '',    -- what the office wrote down for itself
    replaces_id    BIGINT UNSIGNED NULL,        -- the void letter whose place this one takes
    -- Signed elsewhere: a letter that has its number and waits (state 3) for the signature of the regency's service.
    sign_state     TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum letter_signing
    sign_outcome   TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum esign_outcome, of the last try
    sign_key       VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL, -- of the try under way; the word of its passphrase
    original_id    BIGINT UNSIGNED NULL,        -- the paper as it went out, unsigned
    sign_by        VARCHAR(200) NOT NULL DEFAULT '', -- what the certificate of the signature calls its holder
    sign_marks     TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum letter_sign_mark, of that signature
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY number (scope, year, number),
    KEY by_state (state, id),
    KEY by_issue (issued_at, voided_at),        -- counts for the figures that are published after each issue
    KEY by_resident (resident_id, id),
    KEY by_replaced (replaces_id, id),
    KEY by_sign (sign_key),
    -- The archive: a way in by type, by the date on the letter and by number, besides by_state; each leads on in the order of ids.
    KEY by_type (type_id, id),
    KEY by_date (letter_date, id),
    KEY by_number (number, id),
    KEY by_text (number_text, letter_date),
    -- What is counted or searched in the index alone: rows are long, with the whole paper in them.
    KEY by_use (type_id, issued_at),
    KEY by_pile (is_of_pile, id),
    KEY by_office (resident_id, about, addressed, type_id),
    CONSTRAINT letter_of_type FOREIGN KEY (type_id) REFERENCES letter_type (id),
    CONSTRAINT letter_of_version FOREIGN KEY (type_id, type_version) REFERENCES letter_type_version (type_id, version),
    CONSTRAINT letter_of_resident FOREIGN KEY (resident_id) REFERENCES resident (id),
    CONSTRAINT letter_original FOREIGN KEY (original_id) REFERENCES file (id),
    CONSTRAINT letter_file FOREIGN KEY (file_id) REFERENCES file (id),
    CONSTRAINT letter_replaced FOREIGN KEY (replaces_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Who else of the village a letter names, and as what ("calon suami"): written with its answers. No foreign key to the resident, whose row
-- it would lock after the letter's.
CREATE TABLE IF NOT EXISTS letter_named (
    resident_id BIGINT UNSIGNED NOT NULL,
    letter_id   BIGINT UNSIGNED NOT NULL,
    named_as    VARCHAR(120) NOT NULL,
    PRIMARY KEY (resident_id, letter_id),
    KEY by_letter (letter_id),
    CONSTRAINT named_in_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Letters of one type for many residents: written once, as the pattern, decided once, issued line by line by the worker.
CREATE TABLE IF NOT EXISTS letter_pile (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    pattern_id     BIGINT UNSIGNED NOT NULL,    -- the letter whose type, answers and text all have; it is never issued itself
    state          TINYINT UNSIGNED NOT NULL,   -- enum letter_pile_state
    chosen         VARCHAR(300) NOT NULL,       -- how its people were chosen, in words
    filter         VARCHAR(500) NOT NULL DEFAULT '', -- the same as JSON, of a filter; '': a list was pasted
    pattern_version INT UNSIGNED NOT NULL DEFAULT 1, -- of the pattern when its people were judged
    field          VARCHAR(60) CHARACTER SET ascii NOT NULL DEFAULT '', -- the question that each line answers for itself
    made_by        BIGINT UNSIGNED NOT NULL,
    made_at        DATETIME(6) NOT NULL,
    is_decided     BOOLEAN NOT NULL DEFAULT FALSE, -- somebody approved it; else its type is sealed at once
    issued_by      BIGINT UNSIGNED NULL,        -- who sent or approved it
    issuer         VARCHAR(100) NOT NULL DEFAULT '',
    office         CHAR(64) CHARACTER SET ascii NOT NULL DEFAULT '', -- digest of what all papers show when it was sent or approved: signer, letterhead, text; empty: not sent, or given back since
    note           VARCHAR(300) NOT NULL DEFAULT '', -- why it was given back, waits anew, or stopped by itself
    sent_at        DATETIME(6) NULL,            -- to who decides, or to be issued
    is_late        BOOLEAN NOT NULL DEFAULT FALSE, -- it was told that it waits too long
    files          VARCHAR(8000) CHARACTER SET ascii NOT NULL DEFAULT '', -- ids, as "12,13;14,15": the PDFs to print from, then the zips
    ended_at       DATETIME(6) NULL,
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    UNIQUE KEY pattern (pattern_id),
    KEY by_state (state, id),
    KEY by_sent (sent_at),
    KEY by_end (ended_at),
    CONSTRAINT pile_of_pattern FOREIGN KEY (pattern_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS letter_pile_line (
    pile_id        BIGINT UNSIGNED NOT NULL,
    line           INT UNSIGNED NOT NULL,
    state          TINYINT UNSIGNED NOT NULL,   -- enum letter_pile_line_state
    resident_id    BIGINT UNSIGNED NULL,        -- none: what was pasted is nobody of this village
    answer         VARCHAR(500) NOT NULL DEFAULT '',
    letter_id      BIGINT UNSIGNED NULL,        -- from the transaction that numbered it
    job            BIGINT UNSIGNED NOT NULL DEFAULT 0, -- of the outbox, whose paper it is to make; 0: whoever comes
    why            VARCHAR(300) NOT NULL DEFAULT '', -- no letter, or no paper yet
    typed          VARCHAR(600) NOT NULL DEFAULT '', -- of a pasted list what stood in the line, to be mended in its place
    PRIMARY KEY (pile_id, line),
    KEY by_state (pile_id, state, line),
    UNIQUE KEY letter (letter_id),
    KEY resident (resident_id),
    CONSTRAINT line_of_pile FOREIGN KEY (pile_id) REFERENCES letter_pile (id),
    CONSTRAINT line_of_resident FOREIGN KEY (resident_id) REFERENCES resident (id),
    CONSTRAINT line_of_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The sequences of numbers. One may go on, once, where a paper book ended: `started` is the first number after that, `started_after` the
-- last one before it.
CREATE TABLE IF NOT EXISTS letter_counter (
    scope         VARCHAR(30) CHARACTER SET ascii NOT NULL,
    year          SMALLINT UNSIGNED NOT NULL,
    last          INT UNSIGNED NOT NULL,
    started       INT UNSIGNED NULL,
    started_after INT UNSIGNED NOT NULL DEFAULT 0,
    started_by    VARCHAR(100) NOT NULL DEFAULT '',
    started_at    DATETIME(6) NULL,
    PRIMARY KEY (scope, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

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

-- The village's electronic seal, and each official's own: P-256 key sealed under the village's key, certificate of the platform's authority.
CREATE TABLE IF NOT EXISTS seal_key (
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    official_id   BIGINT UNSIGNED NULL,     -- NULL: the village's
    secret_sealed VARBINARY(600) NOT NULL,
    certificate   VARBINARY(4000) NOT NULL, -- DER
    made_at       DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    retired_at    DATETIME(6) NULL,
    KEY by_official (official_id, id)
) ENGINE=InnoDB;

-- The kiosk: its devices, residents' cards and PINs, who stands before it, what it issued.

-- A screen. It begins as a code that staff read out and that is typed in on it; a standing code (of a training village) makes a new row
-- each time.
CREATE TABLE IF NOT EXISTS kiosk_device (
    id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name            VARCHAR(60) NOT NULL,
    code_hash       BINARY(32) NULL,       -- NULL once it was typed in
    code_ends_at    DATETIME(6) NULL,
    is_standing     BOOLEAN NOT NULL DEFAULT FALSE,
    token_hash      BINARY(32) NULL,
    made_at         DATETIME(6) NOT NULL,  -- the code, and who made it
    made_by         VARCHAR(100) NOT NULL,
    enrolled_at     DATETIME(6) NULL,      -- NULL: still a code
    last_seen_at    DATETIME(6) NOT NULL,
    used_at         DATETIME(6) NULL,      -- by somebody who stood there
    revoked_at      DATETIME(6) NULL,
    ticket_id       BIGINT UNSIGNED NULL,  -- the number (kiosk_call) of who stands there
    UNIQUE KEY code (code_hash),
    UNIQUE KEY token (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a resident opens the kiosk with: a card, known only by a keyed hash of its UID, and a PIN.
CREATE TABLE IF NOT EXISTS kiosk_card (
    resident_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    card_hash   BINARY(32) NULL,
    paired_at   DATETIME(6) NULL,
    pin_hash    VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
    pin_set_at  DATETIME(6) NULL,
    UNIQUE KEY card (card_hash),
    CONSTRAINT kiosk_card_resident FOREIGN KEY (resident_id) REFERENCES resident (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- Wrong PINs. Of an account: in a row; a card or NIK of nobody closes as an account does, so that nobody learns which ones there are, and
-- its row goes after some days. Of a device, and (0) of the village: those of the last minutes, whoever's they are.
CREATE TABLE IF NOT EXISTS kiosk_pin_limit (
    key_hash     BINARY(32) NOT NULL PRIMARY KEY,
    failures     INT UNSIGNED NOT NULL,
    locked_until DATETIME(6) NULL,
    is_nobody    BOOLEAN NOT NULL DEFAULT FALSE,
    device_id    BIGINT UNSIGNED NULL,
    began_at     DATETIME(6) NULL, -- of a device's
    tried_at     DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY device (device_id),
    KEY by_nobody (is_nobody, tried_at)
) ENGINE=InnoDB;

-- Who stands before a kiosk: one at a time. The row outlives its time until the next one comes.
CREATE TABLE IF NOT EXISTS kiosk_visit (
    device_id    BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    serial       BINARY(16) NOT NULL,      -- forms of this visit carry it
    who_hash     BINARY(32) NOT NULL,      -- card or NIK, as a keyed hash
    candidate_id BIGINT UNSIGNED NULL,     -- whose it is; NULL: nobody's
    resident_id  BIGINT UNSIGNED NULL,     -- once the PIN was right
    letter_id    BIGINT UNSIGNED NULL,     -- what is being made
    tapped_at    DATETIME(6) NOT NULL,
    last_seen_at DATETIME(6) NOT NULL,
    ends_at      DATETIME(6) NOT NULL,
    CONSTRAINT kiosk_visit_device FOREIGN KEY (device_id) REFERENCES kiosk_device (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS kiosk_letter (
    letter_id    BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    device_id    BIGINT UNSIGNED NOT NULL,
    receipt      CHAR(8) CHARACTER SET ascii NOT NULL,
    tapped_at    DATETIME(6) NOT NULL,
    sent_at      DATETIME(6) NOT NULL,
    queue_number INT UNSIGNED NULL,        -- of its day, when somebody must approve
    paper_ms     INT UNSIGNED NULL,        -- from the tap to the printer
    UNIQUE KEY receipt (receipt),
    KEY by_time (sent_at),
    KEY by_queue (queue_number, sent_at),
    CONSTRAINT kiosk_letter_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB;

-- Files people ask for: made in the background, given to who asked, for a day.

CREATE TABLE IF NOT EXISTS export_file (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind       VARCHAR(20) CHARACTER SET ascii NOT NULL, -- the book: residents, import_faults, b1 …
    format     VARCHAR(4) CHARACTER SET ascii NOT NULL,  -- xlsx, csv, pdf
    criteria   TEXT NOT NULL,                            -- JSON: what was shown; emptied when the file goes
    period     VARCHAR(7) CHARACTER SET ascii NOT NULL DEFAULT '', -- 2026-11
    copy_id    BIGINT UNSIGNED NULL,                     -- book_copy: the period is closed with this file
    staff_id   BIGINT UNSIGNED NOT NULL,
    staff_name VARCHAR(100) NOT NULL DEFAULT '',
    asked_at   DATETIME(6) NOT NULL,
    ready_at   DATETIME(6) NULL,
    file_id    BIGINT UNSIGNED NULL,
    rows_total INT UNSIGNED NOT NULL DEFAULT 0,
    size       INT UNSIGNED NOT NULL DEFAULT 0,
    refusal    VARCHAR(300) NOT NULL DEFAULT '',
    KEY by_age (asked_at),
    KEY by_file (file_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A period of a book that is closed: its PDF, workbook and CSV, given byte for byte. They are null while they are made.
CREATE TABLE IF NOT EXISTS book_copy (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    book       VARCHAR(20) CHARACTER SET ascii NOT NULL,
    period     VARCHAR(7) CHARACTER SET ascii NOT NULL, -- 2026-11
    file_id    BIGINT UNSIGNED NULL,                    -- the PDF
    xlsx_id    BIGINT UNSIGNED NULL,
    csv_id     BIGINT UNSIGNED NULL,
    digest     BINARY(32) NULL,                         -- of what its rows say
    rows_total INT UNSIGNED NOT NULL DEFAULT 0,
    signers    VARCHAR(500) NOT NULL DEFAULT '',
    made_by    BIGINT UNSIGNED NOT NULL,
    made_name  VARCHAR(100) NOT NULL,
    made_at    DATETIME(6) NOT NULL,
    UNIQUE KEY once (book, period),
    CONSTRAINT book_copy_file FOREIGN KEY (file_id) REFERENCES file (id),
    CONSTRAINT book_copy_xlsx FOREIGN KEY (xlsx_id) REFERENCES file (id),
    CONSTRAINT book_copy_csv FOREIGN KEY (csv_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What happened to people: born, came, died, left, missing. One row a person and event, never changed; a correction is a row of its own
-- that names the one it takes back.

CREATE TABLE IF NOT EXISTS resident_event (
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind          VARCHAR(12) CHARACTER SET ascii NOT NULL, -- events/events_rules.h
    act           CHAR(16) CHARACTER SET ascii NOT NULL,    -- the same for all who were written down together
    resident_id   BIGINT UNSIGNED NOT NULL,
    family_id     BIGINT UNSIGNED NULL,
    family_before BIGINT UNSIGNED NULL,                     -- where who came back had stood
    event_date    DATE NOT NULL,
    reported_on   DATE NOT NULL,                            -- the month it counts in; of who died before standing on the books the day of death
    recorded_at   DATETIME(6) NOT NULL,
    staff_id      BIGINT UNSIGNED NOT NULL,
    staff_name    VARCHAR(100) NOT NULL,
    status_before TINYINT UNSIGNED NOT NULL,                -- basic_status; 0: was not on the books
    status_after  TINYINT UNSIGNED NOT NULL,
    place         VARCHAR(200) NOT NULL,                    -- of birth or death; from where; to where
    destination   TINYINT UNSIGNED NULL,                    -- how far who left goes, 1–4
    cause         VARCHAR(100) NOT NULL,
    reporter      VARCHAR(100) NOT NULL,
    number        VARCHAR(60) NOT NULL,                     -- of the letter or certificate
    note          VARCHAR(300) NOT NULL,
    roles         TEXT NOT NULL,                            -- JSON [[resident, role before, role after]]: the family's, changed by it
    cancels       BIGINT UNSIGNED NULL,                     -- a correction: the event it takes back
    version       INT UNSIGNED NOT NULL DEFAULT 1,          -- counted up when its facts are put right
    KEY by_month (reported_on, id),
    KEY by_day (event_date, reported_on),
    KEY by_resident (resident_id, id),
    KEY by_act (act),
    UNIQUE KEY once_cancelled (cancels)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- That it happened, to whom and what it did stays as it was written down; its facts may be put right, with what stood before in `history`.
CREATE TRIGGER IF NOT EXISTS resident_event_no_update BEFORE UPDATE ON resident_event FOR EACH ROW
BEGIN
    IF NOT (NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.act = OLD.act AND NEW.resident_id = OLD.resident_id
        AND NEW.family_id <=> OLD.family_id AND NEW.family_before <=> OLD.family_before AND NEW.recorded_at = OLD.recorded_at
        AND NEW.staff_id = OLD.staff_id AND NEW.staff_name = OLD.staff_name AND NEW.status_before = OLD.status_before
        AND NEW.status_after = OLD.status_after AND NEW.roles = OLD.roles AND NEW.cancels <=> OLD.cancels
        AND (NEW.reported_on = OLD.reported_on OR (OLD.kind = 'death' AND OLD.status_before = 0 AND NEW.reported_on = NEW.event_date))
        AND NEW.version = OLD.version + 1) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'of an event only the facts are put right';
    END IF;
END;
CREATE TRIGGER IF NOT EXISTS resident_event_no_delete BEFORE DELETE ON resident_event FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'events are never deleted';

-- Notices by mail: to the head for each letter, to the resident when an address is registered.

-- Where a resident wants copies, and to whom he said so.
CREATE TABLE IF NOT EXISTS resident_email (
    resident_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    email       VARCHAR(254) CHARACTER SET ascii NOT NULL,
    agreed_at   DATETIME(6) NOT NULL,
    agreed_with VARCHAR(100) NOT NULL, -- the member of staff
    CONSTRAINT resident_email_resident FOREIGN KEY (resident_id) REFERENCES resident (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- One of a letter and recipient. A round is one message: sent again on demand, or asked anew, it is the next round.
CREATE TABLE IF NOT EXISTS notice (
    id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    letter_id BIGINT UNSIGNED NOT NULL,
    recipient TINYINT UNSIGNED NOT NULL,           -- 1 the head, 2 the resident
    address   VARCHAR(254) CHARACTER SET ascii NOT NULL,
    state     TINYINT UNSIGNED NOT NULL DEFAULT 1, -- 1 waiting, 2 sent, 3 refused, 4 off
    round     INT UNSIGNED NOT NULL DEFAULT 1,
    attempts  INT UNSIGNED NOT NULL DEFAULT 0,     -- of this round
    why       TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum notice_why: why it did not leave
    answer    SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- the relay's last, when it was no
    put_at    DATETIME(6) NOT NULL,
    sent_at   DATETIME(6) NULL,
    taken_at  DATETIME(6) NULL,                    -- the resident's link was used
    day_rounds INT UNSIGNED NOT NULL DEFAULT 0,   -- rounds of one day up to put_at: what the village's budget counts
    is_of_pile BOOLEAN NOT NULL DEFAULT FALSE,    -- of a pile's letter: these have a budget of their own
    UNIQUE KEY letter (letter_id, recipient),
    KEY by_put (put_at, is_of_pile),
    CONSTRAINT notice_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The links of a notice: one a message that left, each as good as the other until one is used.
CREATE TABLE IF NOT EXISTS notice_link (
    token_hash BINARY(32) NOT NULL PRIMARY KEY,
    notice_id  BIGINT UNSIGNED NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    KEY by_notice (notice_id),
    KEY by_age (expires_at),
    CONSTRAINT notice_link_notice FOREIGN KEY (notice_id) REFERENCES notice (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- Who waits for a member of staff: a call from a screen; with a number, somebody who goes to the counter (without a letter: who has no
-- PIN, or asks for what the kiosk does not give). Numbers are the day's.
CREATE TABLE IF NOT EXISTS kiosk_call (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    device_id   BIGINT UNSIGNED NOT NULL,
    at          DATETIME(6) NOT NULL,             -- called, or the number taken
    done_at     DATETIME(6) NULL,                 -- somebody comes, or the number is called
    done_by     VARCHAR(100) NOT NULL DEFAULT '',
    was_emptied BOOLEAN NOT NULL DEFAULT FALSE,   -- done with the whole queue: its number was never called
    day         DATE NULL,
    number      INT UNSIGNED NULL,                -- NULL: a call
    UNIQUE KEY by_number (day, number),
    KEY by_device (device_id, at),
    KEY by_time (at),
    CONSTRAINT kiosk_call_device FOREIGN KEY (device_id) REFERENCES kiosk_device (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---- guest book ----

CREATE TABLE IF NOT EXISTS guest (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    version      INT UNSIGNED NOT NULL DEFAULT 1,
    name         VARCHAR(100) NOT NULL,
    origin       VARCHAR(120) NOT NULL DEFAULT '',      -- office or address
    phone        VARCHAR(30) NOT NULL DEFAULT '',
    meets        VARCHAR(100) NOT NULL,                 -- whom the guest came to see
    purpose      VARCHAR(200) NOT NULL,
    came_on      DATE NOT NULL,
    came_at      SMALLINT UNSIGNED NULL,                -- minutes of the day
    satisfaction TINYINT UNSIGNED NULL,                 -- 1 very satisfied … 4 not satisfied
    written_by   BIGINT UNSIGNED NOT NULL,
    KEY by_day (came_on, came_at, id),
    KEY by_name (name, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- ---- incoming and outgoing mail ----

CREATE TABLE IF NOT EXISTS mail (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    version        INT UNSIGNED NOT NULL DEFAULT 1,
    direction      TINYINT UNSIGNED NOT NULL,             -- 1 incoming, 2 outgoing
    year           SMALLINT UNSIGNED NOT NULL,            -- of `day`: whose agenda it stands in
    agenda         INT UNSIGNED NOT NULL,                 -- its number there
    state          TINYINT UNSIGNED NOT NULL,             -- 1 not assigned, 2 being worked on, 3 done; 4 draft, 5 sent
    sender         VARCHAR(120) NOT NULL,
    recipient      VARCHAR(120) NOT NULL,
    number_text    VARCHAR(60) NOT NULL DEFAULT '',       -- as it stands on the paper
    letter_date    DATE NOT NULL,
    subject        VARCHAR(300) NOT NULL,
    summary        VARCHAR(1000) NOT NULL DEFAULT '',
    classification VARCHAR(20) NOT NULL DEFAULT '',
    nature         TINYINT UNSIGNED NOT NULL DEFAULT 1,   -- 1 usual, 2 important, 3 urgent, 4 secret
    day            DATE NOT NULL,                         -- received on; of an outgoing one its own date
    due            DATE NULL,
    sent_on        DATE NULL,
    sent_by        VARCHAR(60) NOT NULL DEFAULT '',       -- which way it went
    taken_by       VARCHAR(100) NOT NULL DEFAULT '',      -- who took it there
    written_by     BIGINT UNSIGNED NOT NULL,
    letter_id      BIGINT UNSIGNED NULL,                  -- the office's own letter that it is; once each
    UNIQUE KEY by_agenda (direction, year, agenda),
    UNIQUE KEY by_letter (letter_id),
    KEY by_sender (direction, sender, id),
    KEY by_recipient (direction, recipient, id),
    KEY by_state (direction, state),
    KEY by_day (day),
    CONSTRAINT mail_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Disposition: who is to do what about an incoming letter.
CREATE TABLE IF NOT EXISTS mail_disposition (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    mail_id     BIGINT UNSIGNED NOT NULL,
    by_id       BIGINT UNSIGNED NOT NULL,
    by_name     VARCHAR(100) NOT NULL,
    staff_id    BIGINT UNSIGNED NULL,                     -- the account whose task it is
    official_id BIGINT UNSIGNED NULL,                     -- instead: an official without one; who writes mail notes that it is done
    staff_name  VARCHAR(100) NOT NULL,
    instruction TINYINT UNSIGNED NOT NULL,                -- words: correspondence.html
    note        VARCHAR(500) NOT NULL DEFAULT '',
    due         DATE NULL,
    put_at      DATETIME(6) NOT NULL,
    read_at     DATETIME(6) NULL,
    done_at     DATETIME(6) NULL,
    report      VARCHAR(1000) NOT NULL DEFAULT '',
    taken_back  BOOL NOT NULL DEFAULT FALSE,              -- then done_at says when, report why
    KEY by_mail (mail_id, id),
    KEY by_staff (staff_id, done_at),
    CONSTRAINT mail_disposition_mail FOREIGN KEY (mail_id) REFERENCES mail (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is kept beside a row of any register: one table each for all (server/register/kept.h). owner: the register's word.

-- What happened to it: who, when, why, what changed. No foreign key: rows of registers are never deleted, and an import writes
-- twenty thousand at once.
CREATE TABLE IF NOT EXISTS history (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at         DATETIME(6) NOT NULL,
    staff_id   BIGINT UNSIGNED NOT NULL,          -- 0: the system
    staff_name VARCHAR(100) NOT NULL,
    owner      VARCHAR(20) CHARACTER SET ascii NOT NULL,
    owner_id   BIGINT UNSIGNED NOT NULL,
    also       VARCHAR(20) CHARACTER SET ascii NULL, -- whose history it belongs to as well: a person's family
    also_id    BIGINT UNSIGNED NULL,
    version    INT UNSIGNED NOT NULL,             -- the row's, after it; 0: it has none
    kind       VARCHAR(20) CHARACTER SET ascii NOT NULL,
    reason     VARCHAR(300) NOT NULL,
    changes    TEXT NOT NULL,                     -- JSON {"field": [old, new]}: only what changed
    origin     VARCHAR(60) NOT NULL,              -- the request, or "import:7"
    KEY by_owner (owner, owner_id, id),
    KEY by_also (also, also_id, id),
    KEY by_kind (kind, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TRIGGER IF NOT EXISTS history_no_update BEFORE UPDATE ON history FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is never changed';
CREATE TRIGGER IF NOT EXISTS history_no_delete BEFORE DELETE ON history FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is never deleted';

-- Its files. One taken away stays on the books with who, when and why. A picture is uploaded, then made by the worker; until
-- then the one before it shows.
CREATE TABLE IF NOT EXISTS attachment (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner          VARCHAR(20) CHARACTER SET ascii NOT NULL,
    owner_id       BIGINT UNSIGNED NOT NULL,
    slot           VARCHAR(20) CHARACTER SET ascii NOT NULL, -- struct file_slot
    single         BOOLEAN NULL,                  -- TRUE: the one of its slot
    title          VARCHAR(200) NOT NULL DEFAULT '',
    filename       VARCHAR(120) NOT NULL DEFAULT '', -- as it was called where it came from
    file_id        BIGINT UNSIGNED NULL,          -- what shows
    upload_id      BIGINT UNSIGNED NULL,          -- what waits for the worker
    refusal        VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT '', -- why the last upload gave no picture
    put_at         DATETIME(6) NOT NULL,
    put_by         VARCHAR(100) NOT NULL,
    removed_at     DATETIME(6) NULL,
    removed_by     VARCHAR(100) NOT NULL DEFAULT '',
    removed_reason VARCHAR(300) NOT NULL DEFAULT '',
    KEY by_owner (owner, owner_id, removed_at),
    UNIQUE KEY once (owner, owner_id, slot, single),
    CONSTRAINT attachment_file FOREIGN KEY (file_id) REFERENCES file (id),
    CONSTRAINT attachment_upload FOREIGN KEY (upload_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What people write beside it.
CREATE TABLE IF NOT EXISTS note (
    id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner    VARCHAR(20) CHARACTER SET ascii NOT NULL,
    owner_id BIGINT UNSIGNED NOT NULL,
    text     VARCHAR(1000) NOT NULL,
    put_at   DATETIME(6) NOT NULL,
    staff_id BIGINT UNSIGNED NOT NULL,
    put_by   VARCHAR(100) NOT NULL,
    KEY by_owner (owner, owner_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
