-- Files people ask for: made in the background, given to who asked, for a day.

CREATE TABLE IF NOT EXISTS export_file (
    id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind       VARCHAR(20) CHARACTER SET ascii NOT NULL, -- residents, import_faults
    format     VARCHAR(4) CHARACTER SET ascii NOT NULL,  -- xlsx, csv
    criteria   TEXT NOT NULL,                            -- JSON: what was shown; emptied when the file goes
    staff_id   BIGINT UNSIGNED NOT NULL,
    asked_at   DATETIME(6) NOT NULL,
    ready_at   DATETIME(6) NULL,
    file_id    BIGINT UNSIGNED NULL,
    rows_total INT UNSIGNED NOT NULL DEFAULT 0,
    size       INT UNSIGNED NOT NULL DEFAULT 0,
    refusal    VARCHAR(300) NOT NULL DEFAULT '',
    KEY by_age (asked_at),
    KEY by_file (file_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
