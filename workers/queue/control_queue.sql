-- schema: control
-- include "workers/queue/queue.h"
-- The same statements as queue.sql, over the control schema's outbox.

-- control_outbox_add: insert txn
--   in   kind control_job_kind, subject u64, payload str
INSERT INTO outbox (kind, subject, payload) VALUES (:kind, :subject, :payload);

-- control_outbox_is_due: maybe hot
--   out  control_outbox_due: id u64
SELECT id FROM outbox WHERE state IN (1, 2) AND due_at <= NOW(6) LIMIT 1;

-- control_outbox_take: many txn
--   in   state u8, most u32
--   out  control_outbox_row: id u64, kind control_job_kind, subject u64, payload str, attempt u32, put_at utc
SELECT id, kind, subject, payload, attempt, put_at FROM outbox FORCE INDEX (due)
 WHERE state = :state AND due_at <= NOW(6) ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED;

-- control_outbox_lease: exec txn
--   in   id u64, owner str, lease_s u32
UPDATE outbox SET state = 2, owner = :owner, attempt = attempt + 1,
       leased_until = NOW(6) + INTERVAL :lease_s SECOND, due_at = NOW(6) + INTERVAL :lease_s SECOND
 WHERE id = :id;

-- control_outbox_done: exec
--   in   id u64, attempt u32
UPDATE outbox SET state = 3, done_at = NOW(6), leased_until = NULL, why = ''
 WHERE id = :id AND state = 2 AND attempt = :attempt;

-- control_outbox_again: exec
--   in   id u64, attempt u32, delay_ms u64, why str
UPDATE outbox SET state = 1, due_at = NOW(6) + INTERVAL :delay_ms * 1000 MICROSECOND, leased_until = NULL, why = :why
 WHERE id = :id AND state = 2 AND attempt = :attempt;

-- control_outbox_bury: exec
--   in   id u64, attempt u32, why str
UPDATE outbox SET state = 4, done_at = NOW(6), leased_until = NULL, why = :why
 WHERE id = :id AND state = 2 AND attempt = :attempt;

-- control_outbox_reclaim: exec
--   in   owner str
UPDATE outbox SET due_at = NOW(6) WHERE state = 2 AND owner = :owner;

-- control_outbox_next: one hot
--   out  control_outbox_next: at utc?
SELECT LEAST(COALESCE(r.at, l.at), COALESCE(l.at, r.at))
  FROM (SELECT MIN(due_at) AS at FROM outbox WHERE state = 1) r, (SELECT MIN(due_at) AS at FROM outbox WHERE state = 2) l;
