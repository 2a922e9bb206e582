-- schema: control

-- state_lock: one txn
--   in   code str
--   out  state_row: state str, step str
--   locks village
SELECT state, step FROM village WHERE code = :code FOR UPDATE;

-- state_set: exec txn
--   in   code str, state str, note str, now_at utc
UPDATE village SET state = :state, state_note = :note, state_at = :now_at WHERE code = :code;
