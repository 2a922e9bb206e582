-- schema: village
-- include "tenants/village/letters/letters.h"

-- Letters that are signed elsewhere.

-- letter_sign_queue: exec txn
--   in   id u64, sign_key str, issued_by u64
--   holds letter
UPDATE letter SET sign_state = 1, sign_key = :sign_key, issued_by = :issued_by WHERE id = :id;

-- letter_sign_try: one txn               -- how many letters a try has by now
--   in   sign_key str
--   out  letter_sign_try: n u64
SELECT COUNT(*) FROM letter WHERE sign_key = :sign_key;

-- letter_sign_lost: many                 -- under way, and no job is there that would ever end it
--   out  letter_sign_lost: id u64, sign_state letter_signing, sign_outcome u8, sign_key str
SELECT l.id, l.sign_state, l.sign_outcome, l.sign_key FROM letter l FORCE INDEX (by_sign)
WHERE l.sign_key IS NOT NULL AND l.state = 3 AND NOT EXISTS (SELECT 1 FROM outbox o
    WHERE o.kind = 30 AND o.state IN (1, 2) AND JSON_VALUE(o.payload, '$.word') = l.sign_key)
ORDER BY l.id LIMIT 200;

-- letter_sign_rows: many                 -- of one try, those that still wait
--   in   sign_key str
--   out  letter_sign_row: id u64, sign_state letter_signing, sign_outcome u8, signer_id u64?, resident_id u64, number u32?, issued_by u64?, issued_by_name str
SELECT l.id, l.sign_state, l.sign_outcome, l.signer_id, COALESCE(l.resident_id, 0) AS resident_id, l.number, l.issued_by, COALESCE(s.name, 'Sistem') AS issued_by_name
FROM letter l LEFT JOIN staff s ON s.id = l.issued_by WHERE l.sign_key = :sign_key AND l.state = 3 ORDER BY l.id LIMIT 60;

-- letter_sign_begin: exec txn            -- from here on the request may be out
--   in   id u64, sign_key str, original_id u64, verify_token str
--   holds letter
UPDATE letter SET sign_state = 2, original_id = :original_id, verify_token = :verify_token
WHERE id = :id AND sign_key = :sign_key AND state = 3;

-- letter_sign_end: exec txn              -- without a signature
--   in   id u64, sign_key str, sign_state letter_signing, sign_outcome u8
--   locks letter
UPDATE letter SET sign_state = :sign_state, sign_outcome = :sign_outcome, sign_key = NULL WHERE id = :id AND sign_key = :sign_key AND state = 3;

-- letter_sign_done: exec txn
--   in   id u64, sign_key str, file_id u64, at utc, sign_by str, sign_marks u8
--   holds letter
UPDATE letter SET state = 4, issued_at = :at, rendered_at = :at, file_id = :file_id, sign_state = 0, sign_outcome = 1, sign_key = NULL,
    sign_by = :sign_by, sign_marks = :sign_marks, version = version + 1
WHERE id = :id AND sign_key = :sign_key AND state = 3;
