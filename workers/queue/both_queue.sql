-- schema: both

-- What the outboxes of villages and of control have alike.

-- outbox_is_due: maybe hot
--   out  outbox_due: id u64
SELECT id FROM outbox WHERE state IN (1, 2) AND due_at <= NOW(6) LIMIT 1;

-- outbox_lease: exec txn hot             -- due_at of a leased job is the end of its lease: one index finds both
--   in   id u64, owner str, lease_s u32
UPDATE outbox SET state = 2, owner = :owner, attempt = attempt + 1,
       leased_until = NOW(6) + INTERVAL :lease_s SECOND, due_at = NOW(6) + INTERVAL :lease_s SECOND
 WHERE id = :id;

-- outbox_again: exec
--   in   id u64, attempt u32, delay_ms u64, why str
UPDATE outbox SET state = 1, due_at = NOW(6) + INTERVAL :delay_ms * 1000 MICROSECOND, leased_until = NULL, why = :why
 WHERE id = :id AND state = 2 AND attempt = :attempt;

-- outbox_bury: exec
--   in   id u64, attempt u32, why str
UPDATE outbox SET state = 4, done_at = NOW(6), leased_until = NULL, why = :why
 WHERE id = :id AND state = 2 AND attempt = :attempt;

-- outbox_reclaim: exec
--   in   owner str
UPDATE outbox SET due_at = NOW(6) WHERE state = 2 AND owner = :owner;

