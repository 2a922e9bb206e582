-- The kiosk: its devices, residents' cards and PINs, who stands before it, what it issued.

ALTER TABLE letter_type ADD COLUMN IF NOT EXISTS at_kiosk BOOLEAN NOT NULL DEFAULT TRUE;

-- What staff read out to the person who sets a kiosk up. Standing: of a training village, works again and again.
CREATE TABLE IF NOT EXISTS kiosk_code (
    id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code_hash    BINARY(32) NOT NULL,
    name         VARCHAR(60) NOT NULL,
    made_by_name VARCHAR(100) NOT NULL,
    made_at      DATETIME(6) NOT NULL,
    expires_at   DATETIME(6) NOT NULL,
    used_at      DATETIME(6) NULL,
    is_standing  BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE KEY code (code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS kiosk_device (
    id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name            VARCHAR(60) NOT NULL,
    token_hash      BINARY(32) NOT NULL,
    enrolled_at     DATETIME(6) NOT NULL,
    enrolled_by     VARCHAR(100) NOT NULL, -- who made the code
    last_seen_at    DATETIME(6) NOT NULL,
    revoked_at      DATETIME(6) NULL,
    UNIQUE KEY token (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A card is known only by a keyed hash of its UID.
CREATE TABLE IF NOT EXISTS kiosk_card (
    card_hash   BINARY(32) NOT NULL PRIMARY KEY,
    resident_id BIGINT UNSIGNED NOT NULL,
    paired_at   DATETIME(6) NOT NULL,
    UNIQUE KEY resident (resident_id),
    CONSTRAINT kiosk_card_resident FOREIGN KEY (resident_id) REFERENCES resident (id) ON DELETE CASCADE
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS kiosk_pin (
    resident_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    pin_hash    VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    set_at      DATETIME(6) NOT NULL,
    CONSTRAINT kiosk_pin_resident FOREIGN KEY (resident_id) REFERENCES resident (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- Wrong PINs in a row, by account; those that belong to nobody share a few rows.
CREATE TABLE IF NOT EXISTS kiosk_pin_limit (
    key_hash     BINARY(32) NOT NULL PRIMARY KEY,
    failures     INT UNSIGNED NOT NULL,
    locked_until DATETIME(6) NULL
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

CREATE TABLE IF NOT EXISTS kiosk_queue (
    day  DATE NOT NULL PRIMARY KEY,
    last INT UNSIGNED NOT NULL
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
    CONSTRAINT kiosk_letter_letter FOREIGN KEY (letter_id) REFERENCES letter (id)
) ENGINE=InnoDB;
