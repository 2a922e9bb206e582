-- Somebody at a kiosk asks for a person.

CREATE TABLE IF NOT EXISTS kiosk_call (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    device_id   BIGINT UNSIGNED NOT NULL,
    called_at   DATETIME(6) NOT NULL,
    answered_at DATETIME(6) NULL,
    answered_by VARCHAR(100) NOT NULL DEFAULT '',
    KEY by_device (device_id, called_at),
    KEY by_time (called_at),
    CONSTRAINT kiosk_call_device FOREIGN KEY (device_id) REFERENCES kiosk_device (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
