-- schema: village

-- export_put: insert txn
--   in   kind str, format str, criteria str, period str, copy_id u64?, staff_id u64, staff_name str, now utc
INSERT INTO export_file (kind, format, criteria, period, copy_id, staff_id, staff_name, asked_at)
VALUES (:kind, :format, :criteria, :period, :copy_id, :staff_id, :staff_name, :now);

-- export_waiting: one txn               -- what this person asked for and has not got: still in the queue, not given up
--   in   staff_id u64, since utc
--   out  export_waiting: n u64
SELECT COUNT(*) FROM export_file e
WHERE e.asked_at > :since AND e.staff_id = :staff_id AND e.ready_at IS NULL
    AND EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 6 AND o.subject = e.id AND o.state IN (1, 2));

-- export_get: one
--   in   id u64
--   out  export_file: id u64, kind str, format str, criteria str, period str, copy_id u64?, staff_id u64, staff_name str
--   out  asked_at utc, ready_at utc?, file_id u64?, rows_total u32, size u32, refusal str
SELECT id, kind, format, criteria, period, copy_id, staff_id, staff_name, asked_at, ready_at, file_id, rows_total, size, refusal FROM export_file WHERE id = :id;

-- export_mine: many
--   in   staff_id u64, since utc
--   out  export_file
SELECT id, kind, format, criteria, period, copy_id, staff_id, staff_name, asked_at, ready_at, file_id, rows_total, size, refusal FROM export_file
WHERE asked_at > :since AND staff_id = :staff_id ORDER BY asked_at DESC LIMIT 200;

-- export_ready: exec txn
--   in   id u64, now utc, file_id u64?, rows_total u32, size u32, refusal str
UPDATE export_file SET ready_at = :now, file_id = :file_id, rows_total = :rows_total, size = :size, refusal = :refusal
WHERE id = :id AND ready_at IS NULL;

-- export_work_is_dead: maybe
--   in   id u64
--   out  export_work: is_dead bool
SELECT state = 4 FROM outbox WHERE kind = 6 AND subject = :id ORDER BY outbox.id DESC LIMIT 1;

-- export_old: many txn
--   in   before utc, limit u32
--   out  export_old: id u64, copy_id u64?
--   locks export
SELECT id, copy_id FROM export_file WHERE asked_at < :before AND criteria <> '' ORDER BY asked_at LIMIT :limit FOR UPDATE;

-- export_forget: exec txn
--   in   id u64
UPDATE export_file SET file_id = NULL, criteria = '' WHERE id = :id;

-- export_rows_tidy: exec                 -- its file went long before; the audit says who asked
DELETE FROM export_file WHERE asked_at < NOW(6) - INTERVAL 90 DAY AND file_id IS NULL ORDER BY asked_at LIMIT 5000;
