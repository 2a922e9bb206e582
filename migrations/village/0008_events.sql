-- What happened to people: born, came, died, left, missing. One row a person and event, never changed; a correction is a row of its own
-- that names the one it takes back.

CREATE TABLE IF NOT EXISTS resident_event (
    id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind          VARCHAR(12) CHARACTER SET ascii NOT NULL, -- events/events_rules.h
    act           CHAR(16) CHARACTER SET ascii NOT NULL,    -- the same for all who were written down together
    resident_id   BIGINT UNSIGNED NOT NULL,
    family_id     BIGINT UNSIGNED NULL,
    event_date    DATE NOT NULL,
    reported_on   DATE NOT NULL,                            -- the month it counts in
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
    KEY by_month (reported_on, id),
    KEY by_resident (resident_id, id),
    KEY by_act (act),
    UNIQUE KEY once_cancelled (cancels)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TRIGGER IF NOT EXISTS resident_event_no_update BEFORE UPDATE ON resident_event FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'events are never changed';
CREATE TRIGGER IF NOT EXISTS resident_event_no_delete BEFORE DELETE ON resident_event FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'events are never deleted';
