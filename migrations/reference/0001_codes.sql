-- Official code lists, once for all villages, read-only for them.
CREATE TABLE IF NOT EXISTS schema_step (
    name       VARCHAR(80) NOT NULL PRIMARY KEY,
    sha256     CHAR(64) NOT NULL,
    applied_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    took_ms    INT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS code (
    list  VARCHAR(40) CHARACTER SET ascii NOT NULL,
    code  VARCHAR(12) CHARACTER SET ascii NOT NULL,
    label VARCHAR(200) NOT NULL,
    sort  SMALLINT UNSIGNED NOT NULL,
    PRIMARY KEY (list, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
