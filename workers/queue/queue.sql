-- schema: village

-- outbox_add: insert txn hot
--   in   kind u16, subject u64, payload str, delay_ms u64
INSERT INTO outbox (kind, subject, payload, due_at) VALUES (:kind, :subject, :payload, NOW(6) + INTERVAL :delay_ms * 1000 MICROSECOND);

-- outbox_newest: maybe txn hot           -- one step down the index, however many are done
--   in   kind u16, subject u64
--   out  outbox_newest: id u64, is_untouched bool
SELECT id, state = 1 AND attempt = 0 FROM outbox WHERE kind = :kind AND subject = :subject ORDER BY id DESC LIMIT 1;

-- outbox_hold: exec txn hot              -- by primary key: no gap of the queue's indexes is locked
--   in   id u64
UPDATE outbox SET put_at = put_at WHERE id = :id AND state = 1 AND attempt = 0;

-- outbox_paced: maybe txn                -- the newest about this subject: since when, and whether nobody has begun it
--   in   kind u16, subject u64
--   out  outbox_paced: id u64, is_untouched bool, age_s i64
SELECT id, state = 1 AND attempt = 0, TIMESTAMPDIFF(SECOND, GREATEST(put_at, due_at), NOW(6)) FROM outbox
 WHERE kind = :kind AND subject = :subject ORDER BY id DESC LIMIT 1;

-- outbox_spent: one txn
--   in   kind u16, first u64, last u64
--   out  outbox_spent: n u64
SELECT COUNT(*) FROM outbox WHERE kind = :kind AND subject BETWEEN :first AND :last AND put_at > NOW(6) - INTERVAL 1 DAY;

-- outbox_say_anew: exec txn              -- what waits says this instead
--   in   id u64, payload str
UPDATE outbox SET payload = :payload WHERE id = :id AND state = 1 AND attempt = 0;

-- outbox_take: many txn hot              -- one state a time: in index order, so the LIMIT ends the locking
--   in   state u8, most u32
--   out  outbox_row: id u64, kind u16, subject u64, payload str, attempt u32, put_at utc
--   locks outbox
SELECT id, kind, subject, payload, attempt, put_at FROM outbox FORCE INDEX (due)
 WHERE state = :state AND due_at <= NOW(6) ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED;

-- outbox_done: exec txn hot
--   in   id u64, attempt u32
UPDATE outbox SET state = 3, done_at = NOW(6), leased_until = NULL, why = ''
 WHERE id = :id AND state = 2 AND attempt = :attempt;

-- outbox_depth: one
--   out  outbox_depth: ready u64, leased u64, dead u64, oldest_at utc?
SELECT (SELECT COUNT(*) FROM outbox WHERE state = 1), (SELECT COUNT(*) FROM outbox WHERE state = 2),
       (SELECT COUNT(*) FROM outbox WHERE state = 4), (SELECT MIN(put_at) FROM outbox WHERE state = 1);

-- outbox_tidy: exec
DELETE FROM outbox WHERE state = 3 AND due_at < NOW(6) - INTERVAL 7 DAY LIMIT 5000;

-- outbox_dead_tidy: exec                 -- nobody has replayed it in half a year
DELETE FROM outbox WHERE state = 4 AND due_at < NOW(6) - INTERVAL 180 DAY LIMIT 5000;

-- effect_tidy: exec
DELETE FROM effect WHERE at < NOW(6) - INTERVAL 400 DAY LIMIT 5000;

-- effect_add: insert txn hot
--   in   kind u16, effect_key str
INSERT INTO effect (kind, effect_key) VALUES (:kind, :effect_key);
