-- What happened to each resident, and what is kept beside them: photo, papers. No foreign key from the history to
-- resident: nobody is ever deleted, and an import writes twenty thousand rows at once.

CREATE TABLE IF NOT EXISTS resident_change (
    id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at          DATETIME(6) NOT NULL,
    staff_id    BIGINT UNSIGNED NOT NULL,          -- 0: the system
    staff_name  VARCHAR(100) NOT NULL,
    resident_id BIGINT UNSIGNED NOT NULL,
    family_id   BIGINT UNSIGNED NULL,              -- whose history it belongs to as well
    version     INT UNSIGNED NOT NULL,             -- the resident's, after it
    kind        VARCHAR(20) CHARACTER SET ascii NOT NULL, -- add, edit, import … (residents/change.h)
    reason      VARCHAR(300) NOT NULL,
    changes     TEXT NOT NULL,                     -- JSON {"column": [old, new]}: only what changed
    origin      VARCHAR(60) NOT NULL,              -- the request, or "import:7"
    KEY by_resident (resident_id, id),
    KEY by_family (family_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TRIGGER IF NOT EXISTS resident_change_no_update BEFORE UPDATE ON resident_change FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is never changed';
CREATE TRIGGER IF NOT EXISTS resident_change_no_delete BEFORE DELETE ON resident_change FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is never deleted';

-- A picture is uploaded, then made small by the worker; until then the one before it shows.
CREATE TABLE IF NOT EXISTS resident_photo (
    resident_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    file_id     BIGINT UNSIGNED NULL,              -- what shows
    upload_id   BIGINT UNSIGNED NULL,              -- what waits for the worker
    refusal     VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT '', -- why the last upload gave no photo
    put_at      DATETIME(6) NOT NULL,
    CONSTRAINT resident_photo_resident FOREIGN KEY (resident_id) REFERENCES resident (id),
    CONSTRAINT resident_photo_file FOREIGN KEY (file_id) REFERENCES file (id),
    CONSTRAINT resident_photo_upload FOREIGN KEY (upload_id) REFERENCES file (id)
) ENGINE=InnoDB;

-- Papers of a person. One taken away stays on the books with who, when and why.
CREATE TABLE IF NOT EXISTS resident_document (
    id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    resident_id    BIGINT UNSIGNED NOT NULL,
    file_id        BIGINT UNSIGNED NOT NULL,
    kind           VARCHAR(20) CHARACTER SET ascii NOT NULL, -- kk, ktp, birth, marriage, other
    note           VARCHAR(200) NOT NULL DEFAULT '',
    put_at         DATETIME(6) NOT NULL,
    put_by         VARCHAR(100) NOT NULL,
    removed_at     DATETIME(6) NULL,
    removed_by     VARCHAR(100) NOT NULL DEFAULT '',
    removed_reason VARCHAR(300) NOT NULL DEFAULT '',
    KEY by_resident (resident_id, removed_at),
    CONSTRAINT resident_document_resident FOREIGN KEY (resident_id) REFERENCES resident (id),
    CONSTRAINT resident_document_file FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The crest goes the same way as a photo.
ALTER TABLE identity ADD COLUMN IF NOT EXISTS crest_upload_id BIGINT UNSIGNED NULL AFTER crest_file_id;
ALTER TABLE identity ADD COLUMN IF NOT EXISTS crest_refusal VARCHAR(20) CHARACTER SET ascii NOT NULL DEFAULT '' AFTER crest_upload_id;
