-- schema: village

-- book_officials: many
--   out  book_official: office str, name str, position str, nip str
SELECT office, name, position, nip FROM official WHERE is_active ORDER BY sort, id LIMIT 200;

-- book_hamlet_word: one
--   out  book_hamlet_word: word str
SELECT hamlet_word FROM identity WHERE id = 1;

-- Closed periods: each book's once.

-- book_copy_put: insert txn
--   in   book str, period str, staff_id u64, staff_name str, now utc
INSERT INTO book_copy (book, period, made_by, made_name, made_at) VALUES (:book, :period, :staff_id, :staff_name, :now);

-- Once: work that runs again finds it done.

-- book_copy_done: exec txn
--   in   id u64, file_id u64, xlsx_id u64, csv_id u64, digest bytes, rows_total u32, signers str
UPDATE book_copy SET file_id = :file_id, xlsx_id = :xlsx_id, csv_id = :csv_id, digest = :digest, rows_total = :rows_total, signers = :signers WHERE id = :id AND file_id IS NULL;

-- What a closing that could not be made leaves: nothing, so that the period can be closed again.

-- book_copy_undo: exec txn
--   in   id u64
DELETE FROM book_copy WHERE id = :id AND file_id IS NULL;

-- book_copies: many
--   in   book str
--   out  book_copy: id u64, book str, period str, file_id u64?, xlsx_id u64?, csv_id u64?, digest bytes?, rows_total u32, signers str, made_name str, made_at utc
SELECT id, book, period, file_id, xlsx_id, csv_id, digest, rows_total, signers, made_name, made_at FROM book_copy WHERE book = :book ORDER BY period DESC LIMIT 500;

-- book_copy_get: one
--   in   id u64
--   out  book_copy
SELECT id, book, period, file_id, xlsx_id, csv_id, digest, rows_total, signers, made_name, made_at FROM book_copy WHERE id = :id;

-- book_copy_find: maybe
--   in   book str, period str
--   out  book_copy
SELECT id, book, period, file_id, xlsx_id, csv_id, digest, rows_total, signers, made_name, made_at FROM book_copy WHERE book = :book AND period = :period;
