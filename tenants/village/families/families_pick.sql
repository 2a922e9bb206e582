-- schema: village

-- family_named: maybe
--   in   id u64
--   out  family_named: kk_no str, head_name str?
SELECT f.kk_no, h.name AS head_name FROM family f LEFT JOIN resident h ON h.id = f.head_id WHERE f.id = :id;

-- areas_named: many
--   out  area_named: id u64, hamlet str, rw str, rt str
SELECT id, hamlet, rw, rt FROM area WHERE NOT is_retired ORDER BY hamlet, rw, rt LIMIT 500;

-- area_named: maybe
--   in   id u64
--   out  area_named
SELECT id, hamlet, rw, rt FROM area WHERE id = :id;
