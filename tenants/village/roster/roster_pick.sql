-- schema: village

-- resident_named: maybe
--   in   id u64
--   out  resident_named: name str
SELECT name FROM resident WHERE id = :id;
