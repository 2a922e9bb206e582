-- schema: control
-- include "workers/queue/queue.h"
-- The same statements as queue.sql, over the control schema's outbox.

-- control_outbox_add: insert txn
--   in   kind control_job_kind, subject u64, payload str
INSERT INTO outbox (kind, subject, payload) VALUES (:kind, :subject, :payload);

-- control_outbox_take: many txn
--   in   state u8, most u32
--   out  control_outbox_row: id u64, kind control_job_kind, subject u64, payload str, attempt u32, put_at utc
--   locks outbox
SELECT id, kind, subject, payload, attempt, put_at FROM outbox FORCE INDEX (due)
 WHERE state = :state AND due_at <= NOW(6) ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED;

-- control_outbox_done: exec
--   in   id u64, attempt u32
UPDATE outbox SET state = 3, done_at = NOW(6), leased_until = NULL, why = ''
 WHERE id = :id AND state = 2 AND attempt = :attempt;
