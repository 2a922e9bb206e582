-- schema: control

-- The same for the consoles: sessions and sign-in of their accounts, submissions, the audit trail.

-- console_session_find: maybe hot
--   in   token_hash bytes, site str, now_at utc, idle_since utc, not_yet utc
--   out  console_session_row: id u64, account_id u64, last_seen_at utc, name str, username str, role str, unit_code str?
SELECT s.id, s.account_id, s.last_seen_at, p.name, p.username, p.role, p.unit_code
FROM session s JOIN account p ON p.id = s.account_id
WHERE s.token_hash = :token_hash AND s.site = :site AND s.expires_at > :now_at
  AND s.last_seen_at > :idle_since AND s.last_seen_at < :not_yet AND p.is_active AND p.role_version = s.role_version;

-- console_session_put: insert txn
--   in   token_hash bytes, site str, account_id u64, role_version u32, now_at utc, expires_at utc, user_agent str
INSERT INTO session (token_hash, site, account_id, role_version, created_at, last_seen_at, expires_at, user_agent)
VALUES (:token_hash, :site, :account_id, :role_version, :now_at, :now_at, :expires_at, :user_agent);

-- console_sign_in_account: maybe
--   in   site str, username str
--   out  console_account_row: id u64, username str, name str, role str, role_version u32, password_hash str
SELECT id, username, name, role, role_version, password_hash FROM account WHERE site = :site AND username = :username AND is_active;

-- console_sign_in_done: exec txn
--   in   now_at utc, id u64
UPDATE account SET last_sign_in_at = :now_at WHERE id = :id;

-- What no longer means anything; a few rows at each sign-in, so that it never takes long.

-- console_old_sessions_drop: exec
--   in   now_at utc
DELETE FROM session WHERE expires_at < :now_at ORDER BY expires_at LIMIT 100;

-- console_old_submissions_drop: exec
--   in   before_at utc
DELETE FROM submission WHERE made_at < :before_at ORDER BY made_at LIMIT 200;

-- console_old_attempts_drop: exec
--   in   before_at utc
DELETE FROM sign_in_attempt WHERE last_at < :before_at AND (locked_until IS NULL OR locked_until < :before_at) LIMIT 100;
