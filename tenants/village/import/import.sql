-- schema: village

-- ---- batches ----

-- import_batch_put: insert txn
--   in   file_id u64, filename str, staff_id u64, staff_name str, now utc, accepts_mismatch bool
INSERT INTO import_batch (state, file_id, filename, staff_id, staff_name, put_at, accepts_mismatch)
VALUES ('checking', :file_id, :filename, :staff_id, :staff_name, :now, :accepts_mismatch);

-- import_batch_get: one
--   in   id u64
--   out  import_batch: id u64, state str, file_id u64, filename str, staff_id u64, staff_name str, confirmed_id u64, confirmed_name str, put_at utc
--   out  checked_at utc?, committed_at utc?, rows_total u32, n_new u32, n_changed u32, n_unchanged u32, n_refused u32
--   out  n_warnings u32, n_mismatch u32, accepts_mismatch bool, faults_not_kept u32, result_hash bytes?, notes str, refusal str
SELECT id, state, IFNULL(file_id, 0) AS file_id, filename, staff_id, staff_name, confirmed_id, confirmed_name, put_at, checked_at,
    committed_at, rows_total, n_new, n_changed, n_unchanged, n_refused, n_warnings, n_mismatch, accepts_mismatch, faults_not_kept,
    result_hash, notes, refusal
FROM import_batch WHERE id = :id;

-- import_batch_lock: one txn
--   in   id u64
--   out  import_batch
--   locks import
SELECT id, state, IFNULL(file_id, 0) AS file_id, filename, staff_id, staff_name, confirmed_id, confirmed_name, put_at, checked_at,
    committed_at, rows_total, n_new, n_changed, n_unchanged, n_refused, n_warnings, n_mismatch, accepts_mismatch, faults_not_kept,
    result_hash, notes, refusal
FROM import_batch WHERE id = :id FOR UPDATE;

-- import_batches: many
--   out  import_line: id u64, state str, filename str, staff_name str, put_at utc, rows_total u32, n_new u32, n_changed u32, n_refused u32
SELECT id, state, filename, staff_name, put_at, rows_total, n_new, n_changed, n_refused
FROM import_batch ORDER BY id DESC LIMIT 20;

-- import_batch_result: exec txn
--   in   id u64, state str, now utc, rows_total u32, n_new u32, n_changed u32, n_unchanged u32, n_refused u32
--   in   n_warnings u32, n_mismatch u32, faults_not_kept u32, result_hash bytes?, notes str, refusal str
UPDATE import_batch SET state = :state, checked_at = :now, rows_total = :rows_total, n_new = :n_new, n_changed = :n_changed,
    n_unchanged = :n_unchanged, n_refused = :n_refused, n_warnings = :n_warnings, n_mismatch = :n_mismatch,
    faults_not_kept = :faults_not_kept, result_hash = :result_hash, notes = :notes, refusal = :refusal
WHERE id = :id;

-- import_batch_state: exec txn
--   in   id u64, state str
UPDATE import_batch SET state = :state WHERE id = :id;

-- import_batch_confirm: exec txn
--   in   id u64, staff_id u64, staff_name str
UPDATE import_batch SET state = 'committing', confirmed_id = :staff_id, confirmed_name = :staff_name WHERE id = :id;

-- import_batch_accept: exec txn
--   in   id u64
UPDATE import_batch SET state = 'checking', accepts_mismatch = TRUE WHERE id = :id;

-- import_batch_committed: exec txn
--   in   id u64, now utc
UPDATE import_batch SET state = 'committed', committed_at = :now WHERE id = :id;

-- ---- what is over: the file holds whole people, and nobody needs it any more ----

-- import_batches_forsaken: exec
--   in   before utc
UPDATE import_batch SET state = 'cancelled' WHERE state IN ('checked', 'changed') AND put_at < :before;

-- import_batches_over: many
--   in   before utc, limit u32
--   out  import_over: id u64
SELECT id FROM import_batch
WHERE state IN ('refused', 'cancelled', 'committed') AND put_at < :before AND file_id IS NOT NULL LIMIT :limit;

-- import_batch_empty: exec txn
--   in   id u64
UPDATE import_batch SET file_id = NULL WHERE id = :id;

-- import_faults_drop: exec txn
--   in   batch_id u64
DELETE FROM import_fault WHERE batch_id = :batch_id;

-- import_fault_put: bulk txn
--   in   batch_id u64, seq u32, is_warning bool, sheet str, row_no u32, column_name str, value str, text str, accepted str
INSERT INTO import_fault (batch_id, seq, is_warning, sheet, row_no, column_name, value, text, accepted)
VALUES (:batch_id, :seq, :is_warning, :sheet, :row_no, :column_name, :value, :text, :accepted);

-- import_faults: many
--   in   batch_id u64, from u32, limit u32
--   out  import_fault_line: seq u32, is_warning bool, sheet str, row_no u32, column_name str, value str, text str, accepted str
SELECT seq, is_warning, sheet, row_no, column_name, value, text, accepted FROM import_fault
WHERE batch_id = :batch_id AND seq >= :from ORDER BY seq LIMIT :limit;

-- import_fault_count: one
--   in   batch_id u64
--   out  import_fault_total: n u64, errors u64
SELECT COUNT(*), IFNULL(SUM(NOT is_warning), 0) FROM import_fault WHERE batch_id = :batch_id;

-- import_work_is_dead: maybe
--   in   id u64
--   out  import_work: is_dead bool
SELECT state = 4 FROM outbox WHERE kind IN (4, 5) AND subject = :id ORDER BY outbox.id DESC LIMIT 1;

-- import_progress_put: exec
--   in   batch_id u64, stage str, done u32, total u32
INSERT INTO import_progress (batch_id, stage, done, total) VALUES (:batch_id, :stage, :done, :total)
ON DUPLICATE KEY UPDATE stage = VALUES(stage), done = VALUES(done), total = VALUES(total);

-- import_progress_get: maybe
--   in   batch_id u64
--   out  import_progress: stage str, done u32, total u32
SELECT stage, done, total FROM import_progress WHERE batch_id = :batch_id;

-- export_faults: each
--   in   batch_id u64, limit u32
--   out  export_fault: is_warning bool, sheet str, row_no u32, column_name str, value str, text str, accepted str
SELECT is_warning, sheet, row_no, column_name, value, text, accepted FROM import_fault WHERE batch_id = :batch_id ORDER BY seq LIMIT :limit;
