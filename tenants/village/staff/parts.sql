-- schema: village

-- parts_get: one
--   out  parts: hidden str
SELECT hidden FROM identity WHERE id = 1;

-- parts_set: exec txn
--   in   hidden str
UPDATE identity SET hidden = :hidden WHERE id = 1;
