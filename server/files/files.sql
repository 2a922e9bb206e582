-- schema: village

-- The same bytes again: their hour begins anew, so the sweep that is at work now passes them by, or has deleted them before.

-- file_put: exec txn hot
--   in   sha256 bytes, type str, size u32
INSERT INTO file (sha256, type, size) VALUES (:sha256, :type, :size)
ON DUPLICATE KEY UPDATE touched_at = NOW(6);

-- file_put_whole: insert txn hot         -- all its parts are written in the same transaction
--   in   sha256 bytes, type str, size u32
--   locks file
INSERT INTO file (sha256, type, size, is_complete) VALUES (:sha256, :type, :size, TRUE)
ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), touched_at = NOW(6), is_complete = TRUE;

-- file_lock: one txn hot
--   in   sha256 bytes, type str
--   out  file_row: id u64, is_complete bool
--   locks file
SELECT id, is_complete FROM file WHERE sha256 = :sha256 AND type = :type FOR UPDATE;

-- file_part_put: exec txn hot
--   in   file_id u64, part u16, bytes bytes
INSERT INTO file_part (file_id, part, bytes) VALUES (:file_id, :part, :bytes)
ON DUPLICATE KEY UPDATE bytes = VALUES(bytes);

-- file_complete: exec txn hot
--   in   id u64
UPDATE file SET is_complete = TRUE WHERE id = :id;

-- file_get: one hot kept
--   in   id u64
--   out  file_full: sha256 bytes, size u32, is_complete bool
SELECT sha256, size, is_complete FROM file WHERE id = :id;

-- file_parts: many hot kept
--   in   file_id u64
--   out  file_part: bytes bytes
SELECT bytes FROM file_part WHERE file_id = :file_id ORDER BY part;

-- file_hold: exec txn hot                -- held by none: there is no such file
--   in   file_id u64, owner str, owner_id u64, slot str
INSERT INTO file_use (file_id, owner, owner_id, slot)
SELECT f.id, :owner, :owner_id, :slot FROM file f WHERE f.id = :file_id
ON DUPLICATE KEY UPDATE held_at = NOW(6);

-- file_uses_put: bulk txn                -- of files that the transaction knows to be there
--   in   file_use_put_in: file_id u64, owner str, owner_id u64, slot str
INSERT INTO file_use (file_id, owner, owner_id, slot) VALUES (:file_id, :owner, :owner_id, :slot)
ON DUPLICATE KEY UPDATE held_at = NOW(6);

-- file_uses: many txn
--   in   owner str, owner_id u64, slot str
--   out  file_use: file_id u64, held_at utc
--   locks file_use
SELECT file_id, held_at FROM file_use WHERE owner = :owner AND owner_id = :owner_id AND slot = :slot FOR UPDATE;

-- file_release: exec txn
--   in   owner str, owner_id u64, slot str
DELETE FROM file_use WHERE owner = :owner AND owner_id = :owner_id AND slot = :slot;

-- Not what was stored anew since it was held: somebody's act is on its way to it.

-- file_forget: exec txn
--   in   id u64, held_at utc
UPDATE file SET touched_at = '1970-01-02' WHERE id = :id AND touched_at <= :held_at;

-- Which may go, without a lock; what has changed meanwhile is seen by the deletion itself.

-- files_unused: many
--   in   before utc, limit u32
--   out  file_unused: id u64
SELECT f.id FROM file f WHERE f.touched_at < :before AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = f.id)
ORDER BY f.touched_at LIMIT :limit;

-- file_drop: exec
--   in   id u64, before utc
DELETE FROM file WHERE id = :id AND touched_at < :before AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = file.id);

-- What came from outside, hour by hour. The hour's row is locked by being counted up: two at once are counted one after the other.

-- file_hour_add: exec txn hot
--   in   hour u32, bytes u64
INSERT INTO file_hour (hour, uploads, bytes) VALUES (:hour, 1, :bytes)
ON DUPLICATE KEY UPDATE uploads = uploads + 1, bytes = bytes + VALUES(bytes);

-- file_hours: many txn hot
--   in   before u32
--   out  file_hour: hour u32, uploads u32, bytes u64
SELECT hour, uploads, bytes FROM file_hour WHERE hour > :before ORDER BY hour;

-- file_hours_drop: exec
--   in   before u32
DELETE FROM file_hour WHERE hour <= :before;
