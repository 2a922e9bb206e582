-- schema: village

-- queue_dead: many
--   in   most u32
--   out  dead_job: id u64, kind u16, why str, put_at utc, attempt u32
SELECT id, kind, why, put_at, attempt FROM outbox WHERE state = 4 ORDER BY id LIMIT :most;

-- queue_replay: exec txn
--   in   id u64
UPDATE outbox SET state = 1, attempt = 0, due_at = NOW(6), owner = '', leased_until = NULL, done_at = NULL
WHERE id = :id AND state = 4;

-- queue_let_go: exec txn                -- what it was to do is over
--   in   id u64
UPDATE outbox SET state = 3, done_at = NOW(6) WHERE id = :id AND state = 4;
