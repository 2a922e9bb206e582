-- schema: village

-- ---- batches ----

-- import_batch_put: insert txn
--   in   file_id u64, filename str, staff_id u64, staff_name str, now utc, accepts_mismatch bool
INSERT INTO import_batch (state, file_id, filename, staff_id, staff_name, put_at, accepts_mismatch)
VALUES ('checking', :file_id, :filename, :staff_id, :staff_name, :now, :accepts_mismatch);

-- import_batch_get: one lock
--   in   id u64
--   locks import
--   out  import_batch: id u64, state str, file_id u64, filename str, staff_id u64, staff_name str, confirmed_id u64, confirmed_name str, put_at utc
--   out  checked_at utc?, committed_at utc?, rows_total u32, n_new u32, n_changed u32, n_unchanged u32, n_refused u32
--   out  n_warnings u32, n_mismatch u32, accepts_mismatch bool, n_old u32, takes_old bool, dates u32, n_asked u32, n_open u32, n_waiting u32, n_joined u32, answers str
--   out  faults_not_kept u32, result_hash bytes?, notes str, refusal str
SELECT id, state, IFNULL(file_id, 0) AS file_id, filename, staff_id, staff_name, confirmed_id, confirmed_name, put_at, checked_at,
    committed_at, rows_total, n_new, n_changed, n_unchanged, n_refused, n_warnings, n_mismatch, accepts_mismatch, n_old, takes_old, dates,
    n_asked, n_open, n_waiting, n_joined, answers, faults_not_kept, result_hash, notes, refusal
FROM import_batch WHERE id = :id;

-- import_batches: many
--   out  import_line: id u64, state str, filename str, staff_name str, put_at utc, rows_total u32, n_new u32, n_changed u32, n_refused u32, n_waiting u32
SELECT id, state, filename, staff_name, put_at, rows_total, n_new, n_changed, n_refused, n_waiting
FROM import_batch ORDER BY id DESC LIMIT 20;

-- import_batch_result: exec txn
--   in   id u64, state str, now utc, rows_total u32, n_new u32, n_changed u32, n_unchanged u32, n_refused u32
--   in   n_warnings u32, n_mismatch u32, n_old u32, n_asked u32, n_open u32, n_waiting u32, n_joined u32, faults_not_kept u32
--   in   result_hash bytes?, notes str, refusal str
UPDATE import_batch SET state = :state, checked_at = :now, rows_total = :rows_total, n_new = :n_new, n_changed = :n_changed,
    n_unchanged = :n_unchanged, n_refused = :n_refused, n_warnings = :n_warnings, n_mismatch = :n_mismatch,
    n_old = :n_old, n_asked = :n_asked, n_open = :n_open, n_waiting = :n_waiting, n_joined = :n_joined, faults_not_kept = :faults_not_kept,
    result_hash = :result_hash, notes = :notes, refusal = :refusal
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

-- import_batch_old: exec txn
--   in   id u64, takes_old bool
UPDATE import_batch SET state = 'checking', takes_old = :takes_old WHERE id = :id;

-- import_batch_dates: exec txn
--   in   id u64, dates u32
UPDATE import_batch SET state = 'checking', dates = :dates WHERE id = :id;

-- import_batch_answers: exec txn
--   in   id u64, answers str
UPDATE import_batch SET state = 'checking', answers = :answers WHERE id = :id;

-- import_batch_committed: exec txn
--   in   id u64, now utc
UPDATE import_batch SET state = 'committed', committed_at = :now WHERE id = :id;

-- ---- what is over: the file holds whole people, and nobody needs it any more ----

-- import_batches_forsaken: exec
--   in   before utc
UPDATE import_batch SET state = 'cancelled' WHERE state IN ('checked', 'changed') AND put_at < :before;

-- Its work has stopped for good, or is gone: nobody will end it.

-- import_batches_stopped: many
--   in   before utc, limit u32
--   out  import_over: id u64
SELECT id FROM import_batch
WHERE state IN ('checking', 'committing') AND put_at < :before
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind IN (4, 5) AND subject = import_batch.id AND state IN (1, 2)) LIMIT :limit;

-- import_batches_over: many
--   in   before utc, limit u32
--   out  import_over
SELECT id FROM import_batch
WHERE state IN ('refused', 'cancelled', 'committed') AND put_at < :before AND file_id IS NOT NULL LIMIT :limit;

-- import_batch_empty: exec txn
--   in   id u64
UPDATE import_batch SET file_id = NULL WHERE id = :id;

-- import_faults_drop: exec txn
--   in   batch_id u64
DELETE FROM import_fault WHERE batch_id = :batch_id;

-- import_causes_drop: exec txn
--   in   batch_id u64
DELETE FROM import_cause WHERE batch_id = :batch_id;

-- import_fault_put: bulk txn
--   in   batch_id u64, seq u32, cause u32, nth u32, is_warning bool, sheet str, row_no u32, name str, resident_id u64, column_name str
--   in   value str, text str, accepted str, asked u8, question str
INSERT INTO import_fault (batch_id, seq, cause, nth, is_warning, sheet, row_no, name, resident_id, column_name, value, text, accepted, asked, question)
VALUES (:batch_id, :seq, :cause, :nth, :is_warning, :sheet, :row_no, :name, :resident_id, :column_name, :value, :text, :accepted, :asked, :question);

-- import_cause_put: bulk txn
--   in   batch_id u64, cause u32, is_warning bool, column_name str, text str, accepted str, is_same bool, asks u8, n u32
INSERT INTO import_cause (batch_id, cause, is_warning, column_name, text, accepted, is_same, asks, n)
VALUES (:batch_id, :cause, :is_warning, :column_name, :text, :accepted, :is_same, :asks, :n);

-- import_causes: many
--   in   batch_id u64, limit u32
--   out  import_cause: cause u32, is_warning bool, column_name str, text str, accepted str, is_same bool, asks u8, n u32
SELECT cause, is_warning, column_name, text, accepted, is_same, asks, n FROM import_cause WHERE batch_id = :batch_id ORDER BY cause LIMIT :limit;

-- import_cause_get: maybe
--   in   batch_id u64, cause u32
--   out  import_cause
SELECT cause, is_warning, column_name, text, accepted, is_same, asks, n FROM import_cause WHERE batch_id = :batch_id AND cause = :cause;

-- import_faults: many
--   in   batch_id u64, cause u32, from u32, limit u32
--   out  import_fault_line: cause u32, sheet str, row_no u32, name str, resident_id u64, value str, text str
SELECT cause, sheet, row_no, name, resident_id, value, text FROM import_fault
WHERE batch_id = :batch_id AND cause = :cause AND nth >= :from ORDER BY nth LIMIT :limit;

-- The first ones of each cause.

-- import_fault_examples: many
--   in   batch_id u64, causes u32, each u32
--   out  import_fault_line
SELECT cause, sheet, row_no, name, resident_id, value, text FROM import_fault
WHERE batch_id = :batch_id AND cause <= :causes AND nth <= :each ORDER BY cause, nth;

-- What waits for an answer first, what has one last.

-- import_questions: many
--   in   batch_id u64, limit u32
--   out  import_question: row_no u32, asked u8, question str
SELECT row_no, asked, question FROM import_fault WHERE batch_id = :batch_id AND asked > 0 ORDER BY asked, seq LIMIT :limit;

-- ---- words that a person gave a meaning ----

-- import_hamlet: one
--   out  import_hamlet: word str
SELECT hamlet_word FROM identity WHERE id = 1;

-- import_words: many
--   out  import_word: id u64, column_name str, word str, code u8, staff_name str
SELECT id, column_name, word, code, staff_name FROM import_word ORDER BY column_name, word LIMIT 1000;

-- import_word_get: one
--   in   id u64
--   out  import_word
SELECT id, column_name, word, code, staff_name FROM import_word WHERE id = :id;

-- import_word_put: exec txn
--   in   column_name str, word str, code u8, staff_name str
INSERT INTO import_word (column_name, word, code, staff_name) VALUES (:column_name, :word, :code, :staff_name)
ON DUPLICATE KEY UPDATE code = VALUES(code), staff_name = VALUES(staff_name);

-- import_word_drop: exec txn
--   in   id u64
DELETE FROM import_word WHERE id = :id;

-- import_work_of: maybe
--   in   id u64
--   out  import_work: job u64, is_dead bool, is_alive bool
SELECT id, state = 4, state IN (1, 2) FROM outbox WHERE kind IN (4, 5) AND subject = :id ORDER BY outbox.id DESC LIMIT 1;

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
--   out  export_fault: is_warning bool, sheet str, row_no u32, name str, column_name str, value str, text str, accepted str, asks u8
SELECT f.is_warning, f.sheet, f.row_no, f.name, f.column_name, f.value, f.text, f.accepted,
    IFNULL((SELECT c.asks FROM import_cause c WHERE c.batch_id = f.batch_id AND c.cause = f.cause), 0) AS asks
FROM import_fault f WHERE f.batch_id = :batch_id ORDER BY f.seq LIMIT :limit;
