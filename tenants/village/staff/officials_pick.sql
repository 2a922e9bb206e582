-- schema: village

-- officials_named: many
--   out  official_named: id u64, name str, position str
SELECT id, name, position FROM official WHERE is_active ORDER BY sort, id LIMIT 200;

-- official_named: maybe
--   in   id u64
--   out  official_named
SELECT id, name, position FROM official WHERE id = :id AND is_active;
