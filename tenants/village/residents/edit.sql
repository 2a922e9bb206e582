-- schema: village

-- resident_of_card: maybe
--   in   card_tag str
--   out  card_owner: id u64
SELECT id FROM resident WHERE card_tag = :card_tag;

-- Who stands under a parent's number.

-- resident_parent: maybe
--   in   nik str
--   out  resident_parent: name str, sex u8, birth date?
SELECT name, sex, birth_date FROM resident WHERE nik = :nik AND basic_status <> 9;

-- edit_days: one
--   in   resident_id u64
--   out  edit_days: first date?, born date?, died date?
SELECT MIN(CASE WHEN e.kind <> 'birth' THEN e.event_date END), MAX(CASE WHEN e.kind = 'birth' THEN e.event_date END),
    MAX(CASE WHEN e.kind = 'death' THEN e.event_date END)
FROM resident_event e LEFT JOIN resident_event c ON c.cancels = e.id
WHERE e.resident_id = :resident_id AND e.kind <> 'correction' AND c.id IS NULL;
