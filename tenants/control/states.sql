-- schema: control

-- state_lock: one txn
--   in   code str
--   out  state_row: state str, step str
--   locks village
SELECT state, step FROM village WHERE code = :code FOR UPDATE;
