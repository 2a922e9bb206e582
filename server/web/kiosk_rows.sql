-- schema: village

-- Devices and visits of the kiosk: web reads them with each request, the kiosk makes and ends them.

-- kiosk_device_put: insert txn
--   in   name str, token_hash bytes, at utc, enrolled_by str
INSERT INTO kiosk_device (name, token_hash, enrolled_at, enrolled_by, last_seen_at)
VALUES (:name, :token_hash, :at, :enrolled_by, :at);

-- kiosk_device_revoke: exec txn
--   in   id u64, at utc
UPDATE kiosk_device SET revoked_at = COALESCE(revoked_at, :at) WHERE id = :id;

-- kiosk_visit_put: exec txn
--   in   device_id u64, serial bytes, who_hash bytes, candidate_id u64?, at utc, ends_at utc
REPLACE INTO kiosk_visit (device_id, serial, who_hash, candidate_id, tapped_at, last_seen_at, ends_at)
VALUES (:device_id, :serial, :who_hash, :candidate_id, :at, :at, :ends_at);

-- kiosk_visit_enter: exec txn
--   in   device_id u64, who_hash bytes, resident_id u64, at utc
UPDATE kiosk_visit SET resident_id = :resident_id, last_seen_at = :at
WHERE device_id = :device_id AND who_hash = :who_hash AND candidate_id = :resident_id;

-- kiosk_visit_letter: exec txn
--   in   device_id u64, letter_id u64, tapped_at utc
UPDATE kiosk_visit SET letter_id = :letter_id, tapped_at = :tapped_at WHERE device_id = :device_id;

-- kiosk_visit_end: exec txn
--   in   device_id u64
DELETE FROM kiosk_visit WHERE device_id = :device_id;

-- kiosk_visits_of_end: exec txn
--   in   resident_id u64
DELETE FROM kiosk_visit WHERE candidate_id = :resident_id;

-- kiosk_tidy_visits: exec                -- who stood there last is nobody's business the next day
DELETE FROM kiosk_visit WHERE ends_at < NOW(6) - INTERVAL 1 DAY;
