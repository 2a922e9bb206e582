-- schema: village

-- resident_of_card: maybe
--   in   card_tag str
--   out  card_owner: id u64
SELECT id FROM resident WHERE card_tag = :card_tag;

-- area_of_place: one
--   in   hamlet str, rw str, rt str
--   out  area_id: id u64
SELECT id FROM area WHERE hamlet = :hamlet AND rw = :rw AND rt = :rt;
