-- schema: village

-- resident_of_card: maybe
--   in   card_tag str
--   out  card_owner: id u64
SELECT id FROM resident WHERE card_tag = :card_tag;

-- area_hold: one txn
--   in   hamlet str, rw str, rt str
--   out  area_held: id u64
--   locks area
SELECT id FROM area WHERE hamlet = :hamlet AND rw = :rw AND rt = :rt FOR UPDATE;

-- resident_changes_since: many
--   in   resident_id u64, version u32
--   out  change_since: at utc, staff_name str, kind str, reason str, changes str
SELECT at, staff_name, kind, reason, changes FROM history
WHERE owner = 'resident' AND owner_id = :resident_id AND version > :version ORDER BY id LIMIT 100;
