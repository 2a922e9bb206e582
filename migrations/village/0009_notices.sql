-- Notices by mail: to the head for each letter, to the resident when an address is registered.

ALTER TABLE official ADD COLUMN IF NOT EXISTS email VARCHAR(254) CHARACTER SET ascii NOT NULL DEFAULT '';

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
    UNIQUE KEY letter (letter_id, recipient),
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
