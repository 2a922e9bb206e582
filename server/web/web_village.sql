-- schema: village

-- Sessions, staff sign-in, submissions and the page epoch of one village.

-- What the role may; besides, what an official who is away lends his substitute for those days.

-- session_find: maybe hot
--   in   token_hash bytes, village_code str, now_at utc, idle_since utc, not_yet utc, today date
--   out  session_row: id u64, staff_id u64, last_seen_at utc, name str, username str, role str, role_label str, permissions str
SELECT s.id, s.staff_id, s.last_seen_at, p.name, p.username, r.word, r.label,
    CONCAT_WS(',', r.permissions, (SELECT GROUP_CONCAT(o.lends) FROM official o WHERE o.substitute_id = p.official_id AND o.is_active
        AND o.away_from <= :today AND (o.away_until IS NULL OR o.away_until >= :today))) AS permissions
FROM session s JOIN staff p ON p.id = s.staff_id JOIN role r ON r.word = p.role
WHERE s.token_hash = :token_hash AND s.village_code = :village_code AND s.expires_at > :now_at
  AND s.last_seen_at > :idle_since AND s.last_seen_at < :not_yet AND p.is_active AND p.role_version = s.role_version;

-- session_put: insert txn
--   in   token_hash bytes, village_code str, staff_id u64, role_version u32, now_at utc, expires_at utc, user_agent str
INSERT INTO session (token_hash, village_code, staff_id, role_version, created_at, last_seen_at, expires_at, user_agent)
VALUES (:token_hash, :village_code, :staff_id, :role_version, :now_at, :now_at, :expires_at, :user_agent);

-- sign_in_staff: maybe
--   in   username str
--   out  sign_in_staff_row: id u64, username str, name str, role str, role_version u32, password_hash str
SELECT id, username, name, role, role_version, password_hash FROM staff WHERE username = :username AND is_active;

-- sign_in_entered: one
--   in   id u64
--   out  sign_in_entered: role_version u32
SELECT role_version FROM staff WHERE id = :id AND is_active;

-- sign_in_done: exec txn
--   in   now_at utc, id u64
UPDATE staff SET last_sign_in_at = :now_at WHERE id = :id;

-- page_epoch_read: one hot
--   out  page_epoch_row: value u64
SELECT value FROM epoch WHERE name = 'page';

-- page_epoch_add: exec txn
UPDATE epoch SET value = value + 1 WHERE name = 'page';

-- audit_walk: each
--   out  audit_row: id u64, at_us utc, actor_id u64, actor_name str, action str, subject str, detail str, previous bytes, hash bytes
SELECT id, at, actor_id, actor_name, action, subject, detail, previous, hash FROM audit ORDER BY id;

-- identity_look: maybe hot
--   out  identity_look_row: accent str, has_ornament bool, office_address str, phone str, hidden str, hamlet_word str, is_without_hamlets bool, crest_hash bytes?
SELECT i.accent, i.has_ornament, i.office_address, i.phone, i.hidden, i.hamlet_word, i.is_without_hamlets, f.sha256
FROM identity i
LEFT JOIN attachment a ON a.owner = 'village' AND a.owner_id = 1 AND a.slot = 'crest' AND a.single = TRUE
LEFT JOIN file_use u ON u.owner = 'attachment' AND u.owner_id = a.id AND u.slot = 'small'
LEFT JOIN file f ON f.id = u.file_id
WHERE i.id = 1;

-- The kiosk that asks, and who stands before it: nobody any more when they died, left or were taken out meanwhile.

-- kiosk_find: maybe hot
--   in   token_hash bytes, called_since utc, late_since utc
--   out  kiosk_row: device_id u64, device_seen_at utc, serial bytes?, who_hash bytes?, candidate_id u64?, resident_id u64?, letter_id u64?, tapped_at utc?, visit_seen_at utc?, ends_at utc?, is_called bool, is_late bool
SELECT d.id, d.last_seen_at, v.serial, v.who_hash, v.candidate_id, v.resident_id, v.letter_id, v.tapped_at, v.last_seen_at, v.ends_at,
    EXISTS (SELECT 1 FROM kiosk_call c WHERE c.device_id = d.id AND c.number IS NULL AND c.at > :called_since AND c.done_at IS NULL),
    EXISTS (SELECT 1 FROM kiosk_call c WHERE c.device_id = d.id AND c.number IS NULL AND c.at > :late_since AND c.at <= :called_since
        AND c.done_at IS NULL)
FROM kiosk_device d LEFT JOIN kiosk_visit v ON v.device_id = d.id
    AND (v.candidate_id IS NULL OR EXISTS (SELECT 1 FROM resident r WHERE r.id = v.candidate_id AND r.basic_status = 1))
WHERE d.token_hash = :token_hash AND d.revoked_at IS NULL;

-- kiosk_device_seen: exec
--   in   now_at utc, id u64
UPDATE kiosk_device SET last_seen_at = :now_at WHERE id = :id;

-- kiosk_visit_seen: exec
--   in   now_at utc, device_id u64
UPDATE kiosk_visit SET last_seen_at = :now_at WHERE device_id = :device_id;

-- Each hour: what no longer means anything, some thousands a call, so that it never takes long.

-- web_tidy_sessions: exec
DELETE FROM session WHERE expires_at < NOW(6) ORDER BY expires_at LIMIT 5000;

-- web_tidy_submissions: exec                 -- nobody sends a form of last week again
DELETE FROM submission WHERE made_at < NOW(6) - INTERVAL 7 DAY ORDER BY made_at LIMIT 5000;

-- web_tidy_attempts: exec                    -- forgiven after a day anyway
DELETE FROM sign_in_attempt WHERE last_at < NOW(6) - INTERVAL 2 DAY AND (locked_until IS NULL OR locked_until < NOW(6)) ORDER BY last_at LIMIT 5000;
