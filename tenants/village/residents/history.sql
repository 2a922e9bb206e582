-- schema: village

-- What was written down together with an event leads to it.

-- resident_changes: many
--   in   resident_id u64, before u64, limit u32
--   out  resident_change_row: id u64, at utc, staff_name str, kind str, reason str, changes str, origin str, event_id u64?
SELECT c.id, c.at, c.staff_name, c.kind, c.reason, c.changes, c.origin, e.id AS event_id
FROM history c LEFT JOIN resident_event e ON e.resident_id = c.owner_id AND e.recorded_at = c.at AND e.kind <> 'correction'
WHERE c.owner = 'resident' AND c.owner_id = :resident_id AND c.id < :before ORDER BY c.id DESC LIMIT :limit;

-- resident_looks: many
--   in   resident_id u64, before u64, limit u32
--   out  resident_look_row: id u64, at utc, staff_name str, what str
SELECT l.id, l.at, IFNULL(s.name, '-'), l.what FROM read_log l LEFT JOIN staff s ON s.id = l.staff_id
WHERE l.resident_id = :resident_id AND l.id < :before ORDER BY l.id DESC LIMIT :limit;

-- resident_name: one
--   in   id u64
--   out  resident_named: id u64, name str, nik str
SELECT id, name, nik FROM resident WHERE id = :id;
