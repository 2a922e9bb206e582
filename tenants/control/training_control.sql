-- schema: control

-- training_is_sample: one txn
--   in   code str
--   out  training_mark: is_sample bool, step str
--   locks village
SELECT is_sample, step FROM village WHERE code = :code FOR UPDATE;

-- training_mark: exec txn
--   in   code str, is_sample bool
UPDATE village SET is_sample = :is_sample WHERE code = :code;
