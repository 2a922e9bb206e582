-- A specimen.
-- schema: village
-- include "golden/specimen.h"

-- letter_lock: one txn hot             -- RC_NOT_FOUND when there is none
--   in   id u64, name str?
--   out  letter: id u64, state letter_state, scope str, year u16
--   out  at utc?, big bytes?, no u32?, d date?
--   locks letter
SELECT id, state, scope, year, -- hello :x ; here
  at, big, no, d
FROM letter WHERE id = :id AND (:name IS NULL OR scope = :name) /* ; */ AND x <> ':foo; ''b'
FOR UPDATE;

-- letter_all: many
--   out  letter
SELECT 1 FROM letter;

-- letter_walk: each
--   in   state letter_state
--   out  letter
SELECT 1 FROM letter WHERE state = :state;

-- letter_find: maybe
--   in   id u64
--   out  n: n u64
SELECT COUNT(*) FROM letter WHERE id=:id;

-- many_in: exec
--   in a u64, b u64, c u64, d date?,
--   in e str, f bool
UPDATE x SET a=:a, b=:b, c=:c, d=:d, e=:e WHERE f=:f;

-- put: insert txn
--   in   a u64
INSERT INTO x (a) VALUES (:a);

-- puts: bulk
--   in   a u64, b str
INSERT INTO x (a, b, c) VALUES (:a, LOWER(:b), ')')
ON DUPLICATE KEY UPDATE b = VALUES(b);

-- letters_of: part
letter l WHERE l.scope = :scope;

-- words_of: part
word w JOIN letter l ON l.id = w.letter_id WHERE w.word LIKE CONCAT(:word, '%') AND l.scope = :scope;

-- found: list
--   in    found_find: scope str, word word?
--   order newest: l.at-, l.id-
--   order name: l.scope, l.id
--   way   plain: letters_of
--   way   words distinct: words_of
--   out   found_row: id u64, scope str, at utc?
SELECT l.id, l.scope, l.at FROM {way} AND {after};

-- found_kept: maybe hot kept
--   in   id u64
--   out  found_kept: word str
SELECT i.word FROM item i JOIN thing t ON t.id = i.id WHERE i.id = :id;
