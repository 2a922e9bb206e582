-- schema: village

-- photo_put: exec txn
--   in   resident_id u64, upload_id u64, now utc
INSERT INTO resident_photo (resident_id, upload_id, put_at) VALUES (:resident_id, :upload_id, :now)
ON DUPLICATE KEY UPDATE upload_id = VALUES(upload_id), refusal = '', put_at = VALUES(put_at);

-- photo_get: maybe
--   in   resident_id u64
--   out  photo: file_id u64?, upload_id u64?, refusal str
SELECT file_id, upload_id, refusal FROM resident_photo WHERE resident_id = :resident_id;

-- papers_person: one
--   in   id u64
--   out  papers_person: id u64, name str, has_photo bool, file_id u64?, upload_id u64?, refusal str
SELECT r.id, r.name, p.resident_id IS NOT NULL AS has_photo, p.file_id, p.upload_id, IFNULL(p.refusal, '') AS refusal
FROM resident r LEFT JOIN resident_photo p ON p.resident_id = r.id WHERE r.id = :id;

-- Only what was worked on: a newer upload waits for its own job.

-- photo_made: exec txn
--   in   resident_id u64, upload_id u64, file_id u64
UPDATE resident_photo SET file_id = :file_id, upload_id = NULL, refusal = ''
WHERE resident_id = :resident_id AND upload_id = :upload_id;

-- photo_refused: exec txn
--   in   resident_id u64, upload_id u64, refusal str
UPDATE resident_photo SET upload_id = NULL, refusal = :refusal
WHERE resident_id = :resident_id AND upload_id = :upload_id;

-- papers_hold: one txn
--   in   id u64
--   out  papers_held: n u64
SELECT (SELECT COUNT(*) FROM resident_document d WHERE d.resident_id = r.id AND d.removed_at IS NULL)
FROM resident r WHERE r.id = :id FOR UPDATE;

-- document_put: insert txn
--   in   resident_id u64, file_id u64, kind str, note str, now utc, put_by str
INSERT INTO resident_document (resident_id, file_id, kind, note, put_at, put_by)
VALUES (:resident_id, :file_id, :kind, :note, :now, :put_by);

-- documents: many
--   in   resident_id u64
--   out  document: id u64, kind str, note str, put_at utc, put_by str, removed_at utc?, removed_by str, removed_reason str, type str, size u32
SELECT d.id, d.kind, d.note, d.put_at, d.put_by, d.removed_at, d.removed_by, d.removed_reason, f.type, f.size
FROM resident_document d JOIN file f ON f.id = d.file_id
WHERE d.resident_id = :resident_id ORDER BY d.removed_at IS NOT NULL, d.id DESC LIMIT 200;

-- document_get: one
--   in   resident_id u64, id u64
--   out  document_full: id u64, file_id u64, kind str, type str
SELECT d.id, d.file_id, d.kind, f.type FROM resident_document d JOIN file f ON f.id = d.file_id
WHERE d.id = :id AND d.resident_id = :resident_id AND d.removed_at IS NULL;

-- document_hold: one txn
--   in   resident_id u64, id u64
--   out  document_held: id u64, kind str, is_removed bool
SELECT id, kind, removed_at IS NOT NULL FROM resident_document WHERE id = :id AND resident_id = :resident_id FOR UPDATE;

-- document_remove: exec txn
--   in   id u64, now utc, removed_by str, reason str
UPDATE resident_document SET removed_at = :now, removed_by = :removed_by, removed_reason = :reason WHERE id = :id;
