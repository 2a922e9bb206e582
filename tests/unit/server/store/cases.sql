-- schema: village
-- include "tests/unit/server/store/rig.h"

-- thing_put: insert
--   in   u64 u64, u32 u32, u16 u16, u8 u8, i64 i64, i32 i32, flag bool, f64 f64
--   in   text str, bin bytes, day date, at utc, colour colour
--   in   n_u64 u64?, n_i32 i32?, n_text str?, n_bin bytes?, n_day date?, n_at utc?, n_colour colour?
INSERT INTO thing (u64, u32, u16, u8, i64, i32, flag, f64, text, bin, day, at, colour,
                   n_u64, n_i32, n_text, n_bin, n_day, n_at, n_colour)
VALUES (:u64, :u32, :u16, :u8, :i64, :i32, :flag, :f64, :text, :bin, :day, :at, :colour,
        :n_u64, :n_i32, :n_text, :n_bin, :n_day, :n_at, :n_colour);

-- thing_put_hot: insert hot
--   in   u64 u64, u32 u32, u16 u16, u8 u8, i64 i64, i32 i32, flag bool, f64 f64
--   in   text str, bin bytes, day date, at utc, colour colour
--   in   n_u64 u64?, n_i32 i32?, n_text str?, n_bin bytes?, n_day date?, n_at utc?, n_colour colour?
INSERT INTO thing (u64, u32, u16, u8, i64, i32, flag, f64, text, bin, day, at, colour,
                   n_u64, n_i32, n_text, n_bin, n_day, n_at, n_colour)
VALUES (:u64, :u32, :u16, :u8, :i64, :i32, :flag, :f64, :text, :bin, :day, :at, :colour,
        :n_u64, :n_i32, :n_text, :n_bin, :n_day, :n_at, :n_colour);

-- thing_get: one
--   in   id u64
--   out  thing: u64 u64, u32 u32, u16 u16, u8 u8, i64 i64, i32 i32, flag bool, f64 f64
--   out  text str, bin bytes, day date, at utc, colour colour
--   out  n_u64 u64?, n_i32 i32?, n_text str?, n_bin bytes?, n_day date?, n_at utc?, n_colour colour?
SELECT u64, u32, u16, u8, i64, i32, flag, f64, text, bin, day, at, colour,
       n_u64, n_i32, n_text, n_bin, n_day, n_at, n_colour FROM thing WHERE id = :id;

-- thing_get_hot: one hot
--   in   id u64
--   out  thing
SELECT u64, u32, u16, u8, i64, i32, flag, f64, text, bin, day, at, colour,
       n_u64, n_i32, n_text, n_bin, n_day, n_at, n_colour FROM thing WHERE id = :id;

-- things_found: one                      -- comparing every type with itself: a literal means what was stored
--   in   text str, bin bytes, day date, at utc, i64 i64, n_text str?
--   out  found: n u64
SELECT COUNT(*) FROM thing WHERE text = :text AND bin = :bin AND day = :day AND at = :at AND i64 - :i64 = 0
   AND (:n_text IS NULL OR n_text = :n_text);

-- own_text: one                          -- what the server was sent of it
--   in   word str?, tail u32?
--   out  sent: text str
SELECT info FROM information_schema.processlist WHERE id = CONNECTION_ID()
   AND (:word IS NULL OR 'it''s \') ,' <> :word OR (1, 2) = (:tail, 2)) AND IF(:tail IS NULL OR FALSE, 1, 0) = 1;

-- thing_wrong_null: one
--   in   id u64
--   out  wrong: n_u64 u64
SELECT n_u64 FROM thing WHERE id = :id;

-- thing_too_wide: one
--   in   id u64
--   out  narrow: u64 u8
SELECT u64 FROM thing WHERE id = :id;

-- thing_too_wide_hot: one hot
--   in   id u64
--   out  narrow
SELECT u64 FROM thing WHERE id = :id;

-- things_all: one                        -- more than one row is a fault
--   out  number: n u64
SELECT id FROM thing;

-- item_set: exec
--   in   id u64, n u64
INSERT INTO item (id, n, word) VALUES (:id, :n, 'w') ON DUPLICATE KEY UPDATE n = VALUES(n);

-- item_change: exec
--   in   id u64, n u64
UPDATE item SET n = :n WHERE id = :id;

-- item_add: insert                       -- fails when there is one
--   in   id u64, word str
INSERT INTO item (id, n, word) VALUES (:id, 0, :word);

-- item_lock: one txn
--   in   id u64
--   out  item: id u64, n u64, word str
--   locks letter
SELECT id, n, word FROM item WHERE id = :id FOR UPDATE;

-- The order of locks (locks.txt): the registry once, then people, then letters.

-- item_registry: one txn
--   in   id u64
--   out  item
--   locks registry
SELECT id, n, word FROM item WHERE id = :id FOR UPDATE;

-- item_person: exec txn
--   in   id u64
--   locks resident
UPDATE item SET n = n + 1 WHERE id = :id;

-- item_held: exec txn
--   in   id u64
--   holds resident
UPDATE item SET n = n + 1 WHERE id = :id;

-- item_find: maybe
--   in   id u64
--   out  item
SELECT id, n, word FROM item WHERE id = :id;

-- item_find_hot: maybe hot
--   in   id u64
--   out  item
SELECT id, n, word FROM item WHERE id = :id;

-- item_find_warm: maybe hot
--   in   id u64
--   out  item
SELECT id, n + 0, word FROM item WHERE id = :id;

-- item_kept: maybe kept
--   in   id u64, word str?
--   out  item
SELECT id, n, word FROM item WHERE id = :id AND (:word IS NULL OR word = :word);

-- items_kept: many kept
--   in   least u64
--   out  item
SELECT id, n, word FROM item WHERE id >= :least ORDER BY id;

-- items_up: many
--   in   least u64
--   out  item
SELECT id, n, word FROM item WHERE id >= :least ORDER BY id;

-- items_up_hot: many hot
--   in   least u64
--   out  item
SELECT id, n, word FROM item WHERE id >= :least ORDER BY id;

-- items_walk: each
--   out  item
SELECT id, n, word FROM item ORDER BY id;

-- items_put: bulk
--   in   id u64, n u64, word str
INSERT INTO item (id, n, word) VALUES (:id, :n, CONCAT(:word, ')'))
ON DUPLICATE KEY UPDATE n = n + VALUES(n);

-- things_clear: exec
DELETE FROM thing;

-- items_clear: exec
DELETE FROM item;

-- nap: one                               -- a statement that takes its time
--   in   s f64
--   out  slept: n u64
SELECT SLEEP(:s);

-- me: one
--   out  who: id u64, account str, db str
SELECT CONNECTION_ID(), CURRENT_USER(), DATABASE();

-- session_settings: one
--   out  settings: zone str, mode str, collation str, variable str?
SELECT @@time_zone, @@sql_mode, @@collation_connection, @left_behind;

-- list_all: part
thing t WHERE (:colour IS NULL OR t.colour = :colour);

-- list_pairs: part
thing t JOIN item i WHERE (:colour IS NULL OR t.colour = :colour);

-- list_one: part
thing t WHERE t.id IN (SELECT i.id FROM item i) AND (:colour IS NULL OR t.colour = :colour);

-- spot: list                             -- values that may be NULL, in both directions
--   in    spot_find: colour colour?
--   order mixed: t.n_day-, t.n_text, t.n_u64-, t.id
--   order time: t.n_at, t.i64-, t.id-
--   order word: t.text word, t.id
--   way   all: list_all
--   way   pairs distinct: list_pairs
--   way   few: list_one
--   out   spot_row: id u64, word str, i64 i64, n_day date?, n_text str?, n_u64 u64?, n_at utc?
SELECT t.id, t.text AS word, t.i64, t.n_day, t.n_text, t.n_u64, t.n_at -- not FROM here
FROM {way} AND {after};

-- spot_whole: list
--   like  spot
--   out   spot_full: id u64, word str, i64 i64, n_day date?, n_text str?, n_u64 u64?, n_at utc?, flag bool
SELECT t.id, t.text AS word, t.i64, t.n_day, t.n_text, t.n_u64, t.n_at, t.flag FROM {way} AND {after};

-- line: list hot                         -- one way, no filter
--   order first: id
--   out   item
SELECT id, n, word FROM item WHERE {after};
