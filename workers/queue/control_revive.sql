-- schema: control

-- kelola_revive: exec txn                -- a job that gave up, set going again with all its tries
--   in   kind u16, subject u64
UPDATE outbox SET state = 1, attempt = 0, due_at = NOW(6), owner = '', leased_until = NULL, done_at = NULL
WHERE kind = :kind AND subject = :subject AND state = 4;
