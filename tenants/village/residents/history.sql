-- schema: village

-- resident_looks: many
--   in   resident_id u64, before u64, limit u32
--   out  resident_look_row: id u64, at utc, staff_name str, what str
SELECT l.id, l.at, IFNULL(s.name, '-'), l.what FROM read_log l LEFT JOIN staff s ON s.id = l.staff_id
WHERE l.resident_id = :resident_id AND l.id < :before ORDER BY l.id DESC LIMIT :limit;

-- resident_name: one
--   in   id u64
--   out  resident_named: id u64, name str, nik str
SELECT id, name, nik FROM resident WHERE id = :id;
