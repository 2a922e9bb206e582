-- schema: village

-- resident_of_card: maybe
--   in   card_tag str
--   out  card_owner: id u64
SELECT id FROM resident WHERE card_tag = :card_tag;

-- area_of_place: one
--   in   hamlet str, rw str, rt str
--   out  area_id: id u64
SELECT id FROM area WHERE hamlet = :hamlet AND rw = :rw AND rt = :rt;

-- resident_changes_since: many
--   in   resident_id u64, version u32
--   out  change_since: at utc, staff_name str, kind str, reason str, changes str
SELECT at, staff_name, kind, reason, changes FROM history
WHERE owner = 'resident' AND owner_id = :resident_id AND version > :version ORDER BY id LIMIT 100;
