-- schema: village

-- Devices and visits of the kiosk: web reads them with each request, the kiosk makes and ends them.

-- kiosk_code_put: exec txn
--   in   code_hash bytes, name str, made_by_name str, made_at utc, ends_at utc, is_standing bool
INSERT INTO kiosk_device (code_hash, name, made_by, made_at, last_seen_at, code_ends_at, is_standing)
VALUES (:code_hash, :name, :made_by_name, :made_at, :made_at, :ends_at, :is_standing);

-- kiosk_codes_open: one txn              -- that could still be typed in
--   in   now_at utc
--   out  kiosk_codes_open: n u64
SELECT COUNT(*) FROM kiosk_device WHERE enrolled_at IS NULL AND NOT is_standing AND revoked_at IS NULL AND code_ends_at > :now_at;

-- kiosk_code_standing_drop: exec txn
--   locks kiosk_device
DELETE FROM kiosk_device WHERE is_standing;

-- kiosk_code_lock: maybe txn
--   in   code_hash bytes
--   out  kiosk_code_row: id u64, name str, made_by_name str, ends_at utc, is_standing bool
--   locks kiosk_device
SELECT id, name, made_by, IFNULL(code_ends_at, made_at), is_standing FROM kiosk_device WHERE code_hash = :code_hash AND revoked_at IS NULL FOR UPDATE;

-- kiosk_code_used: exec txn              -- the code becomes the screen that it was typed in on
--   in   id u64, name str, token_hash bytes, at utc
--   holds kiosk_device
UPDATE kiosk_device SET name = :name, token_hash = :token_hash, code_hash = NULL, enrolled_at = :at, last_seen_at = :at WHERE id = :id;

-- kiosk_device_put: insert txn           -- of a standing code
--   in   name str, token_hash bytes, at utc, made_by str
INSERT INTO kiosk_device (name, token_hash, made_at, made_by, enrolled_at, last_seen_at)
VALUES (:name, :token_hash, :at, :made_by, :at, :at);

-- kiosk_rename: exec txn
--   in   id u64, name str
--   locks kiosk_device
UPDATE kiosk_device SET name = :name WHERE id = :id;

-- kiosk_device_revoke: exec txn
--   in   id u64, at utc
--   locks kiosk_device
UPDATE kiosk_device SET revoked_at = COALESCE(revoked_at, :at) WHERE id = :id;

-- kiosk_old_lock: many txn               -- screens that nobody has seen since
--   in   seen_before utc
--   out  kiosk_old: id u64, name str
--   locks kiosk_device
SELECT id, name FROM kiosk_device WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL AND last_seen_at < :seen_before ORDER BY id FOR UPDATE;

-- kiosk_old_revoke: exec txn             -- the same, locked before
--   in   seen_before utc, at utc
--   holds kiosk_device
UPDATE kiosk_device SET revoked_at = :at WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL AND last_seen_at < :seen_before;

-- kiosk_visit_put: exec txn
--   in   device_id u64, serial bytes, who_hash bytes, candidate_id u64?, at utc, ends_at utc
--   holds kiosk_visit
REPLACE INTO kiosk_visit (device_id, serial, who_hash, candidate_id, tapped_at, last_seen_at, ends_at)
VALUES (:device_id, :serial, :who_hash, :candidate_id, :at, :at, :ends_at);

-- kiosk_visit_enter: exec txn
--   in   device_id u64, who_hash bytes, resident_id u64, at utc
--   locks kiosk_visit
UPDATE kiosk_visit SET resident_id = :resident_id, last_seen_at = :at
WHERE device_id = :device_id AND who_hash = :who_hash AND candidate_id = :resident_id;

-- kiosk_visit_letter: exec txn           -- 0: none any more
--   in   device_id u64, letter_id u64, tapped_at utc
--   holds kiosk_visit
UPDATE kiosk_visit SET letter_id = NULLIF(:letter_id, 0), tapped_at = :tapped_at WHERE device_id = :device_id;

-- kiosk_device_used: exec txn            -- by somebody, with their number; NULL: they have none, or have gone
--   in   device_id u64, ticket_id u64?, at utc
--   holds kiosk_device
UPDATE kiosk_device SET ticket_id = :ticket_id, used_at = :at WHERE id = :device_id;

-- kiosk_visit_end: exec txn
--   in   device_id u64
--   holds kiosk_visit
DELETE FROM kiosk_visit WHERE device_id = :device_id;

-- kiosk_visits_of_end: exec txn
--   in   resident_id u64
--   locks kiosk_visit
DELETE FROM kiosk_visit WHERE candidate_id = :resident_id;

-- kiosk_tidy_visits: exec                -- who stood there last is nobody's business the next day
DELETE FROM kiosk_visit WHERE ends_at < NOW(6) - INTERVAL 1 DAY;

-- kiosk_tidy_codes: exec                 -- that nobody typed in; the standing one of a training village stays
DELETE FROM kiosk_device WHERE enrolled_at IS NULL AND NOT is_standing AND code_ends_at < NOW(6) - INTERVAL 30 DAY LIMIT 5000;
