-- schema: both

-- What villages and the consoles have alike: sessions, attempts to sign in, submissions, the audit trail.

-- session_seen: exec
--   in   now_at utc, id u64
UPDATE session SET last_seen_at = :now_at WHERE id = :id;

-- session_end: exec
--   in   token_hash bytes
DELETE FROM session WHERE token_hash = :token_hash;

-- attempt_touch: exec txn
--   in   key_hash bytes, now_at utc
INSERT INTO sign_in_attempt (key_hash, failures, first_at, last_at) VALUES (:key_hash, 0, :now_at, :now_at)
ON DUPLICATE KEY UPDATE key_hash = key_hash;

-- attempt_lock: one txn
--   in   key_hash bytes
--   out  attempt_row: failures u32, last_at utc, locked_until utc?
--   locks attempt
SELECT failures, last_at, locked_until FROM sign_in_attempt WHERE key_hash = :key_hash FOR UPDATE;

-- attempt_set: exec txn
--   in   failures u32, now_at utc, locked_until utc?, key_hash bytes
UPDATE sign_in_attempt SET failures = :failures, last_at = :now_at, locked_until = :locked_until
WHERE key_hash = :key_hash;

-- attempt_forget: exec txn
--   in   key_hash bytes
DELETE FROM sign_in_attempt WHERE key_hash = :key_hash;

-- submission_put: exec txn hot
--   in   key_hash bytes, content_hash bytes, now_at utc
--   locks submission
INSERT INTO submission (key_hash, content_hash, go_to, made_at) VALUES (:key_hash, :content_hash, '', :now_at);

-- submission_answer: exec txn hot
--   in   go_to str, key_hash bytes
UPDATE submission SET go_to = :go_to WHERE key_hash = :key_hash;

-- submission_find: maybe hot
--   in   key_hash bytes
--   out  submission_row: content_hash bytes, go_to str
SELECT content_hash, go_to FROM submission WHERE key_hash = :key_hash;

-- audit_head_lock: one txn hot kept
--   out  audit_head_row: last_id u64, hash bytes
--   locks audit
SELECT last_id, hash FROM audit_head WHERE id = 1 FOR UPDATE;

-- audit_head_move: exec txn hot
--   in   last_id u64, hash bytes
UPDATE audit_head SET last_id = :last_id, hash = :hash WHERE id = 1;

-- audit_add: exec txn hot
--   in   audit_add_in: id u64, at_us utc, actor_id u64, actor_name str, action str, subject str, detail str, previous bytes, hash bytes
INSERT INTO audit (id, at, actor_id, actor_name, action, subject, detail, previous, hash)
VALUES (:id, :at_us, :actor_id, :actor_name, :action, :subject, :detail, :previous, :hash);

-- audit_add_all: bulk txn                -- several of one transaction, in the chain's order
--   in   audit_add_in
INSERT INTO audit (id, at, actor_id, actor_name, action, subject, detail, previous, hash)
VALUES (:id, :at_us, :actor_id, :actor_name, :action, :subject, :detail, :previous, :hash);

-- audit_head_read: one
--   out  audit_head_row
SELECT last_id, hash FROM audit_head WHERE id = 1;
