-- What was wrong about an event that did happen: its facts as they should have stood, one row a correction, the last one counts.

CREATE TABLE IF NOT EXISTS resident_event_fix (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    event_id    BIGINT UNSIGNED NOT NULL,
    at          DATETIME(6) NOT NULL,
    staff_id    BIGINT UNSIGNED NOT NULL,
    staff_name  VARCHAR(100) NOT NULL,
    reason      VARCHAR(300) NOT NULL,
    event_date  DATE NOT NULL,
    place       VARCHAR(200) NOT NULL,
    destination TINYINT UNSIGNED NULL,
    cause       VARCHAR(100) NOT NULL,
    reporter    VARCHAR(100) NOT NULL,
    number      VARCHAR(60) NOT NULL,
    note        VARCHAR(300) NOT NULL,
    KEY by_event (event_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TRIGGER IF NOT EXISTS resident_event_fix_no_update BEFORE UPDATE ON resident_event_fix FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'corrections of events are never changed';
CREATE TRIGGER IF NOT EXISTS resident_event_fix_no_delete BEFORE DELETE ON resident_event_fix FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'corrections of events are never deleted';
