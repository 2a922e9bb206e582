-- schema: village

-- file_find: maybe hot
--   in   kind str, sha256 bytes
--   out  file_row: id u64, is_complete bool
SELECT id, is_complete FROM file WHERE kind = :kind AND sha256 = :sha256;

-- file_put: exec txn hot
--   in   sha256 bytes, kind str, type str, size u32
INSERT INTO file (sha256, kind, type, size) VALUES (:sha256, :kind, :type, :size)
ON DUPLICATE KEY UPDATE id = id;

-- file_lock: one txn hot
--   in   kind str, sha256 bytes
--   out  file_row
SELECT id, is_complete FROM file WHERE kind = :kind AND sha256 = :sha256 FOR UPDATE;

-- file_part_put: exec txn hot
--   in   file_id u64, part u16, bytes bytes
INSERT INTO file_part (file_id, part, bytes) VALUES (:file_id, :part, :bytes)
ON DUPLICATE KEY UPDATE bytes = VALUES(bytes);

-- file_complete: exec txn hot
--   in   id u64
UPDATE file SET is_complete = TRUE WHERE id = :id;

-- file_get: one hot
--   in   id u64
--   out  file_full: sha256 bytes, size u32, is_complete bool
SELECT sha256, size, is_complete FROM file WHERE id = :id;

-- file_parts: many hot
--   in   file_id u64
--   out  file_part: bytes bytes
SELECT bytes FROM file_part WHERE file_id = :file_id ORDER BY part;
