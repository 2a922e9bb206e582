-- schema: control

-- training_is_sample: one txn
--   in   code str
--   out  training_mark: is_sample bool, step str
--   locks village
SELECT is_sample, step FROM village WHERE code = :code FOR UPDATE;
