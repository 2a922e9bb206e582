-- schema: village

-- A person on the way out of the books, or back: an event that stands, the act that took them out, and who has their NIK and card since.

-- taken_out: one
--   in   id u64
--   out  taken_out: name str, family_id u64?, basic_status u8, version u32, why u8?, twin_id u64?, twin str?, event_id u64?
--   out  at utc?, staff_name str?, reason str?, changes str?, status_was u8?, nik_owner u64?, card_owner u64?
--   out  nik str, sex u8, birth_date date?, has_doubles bool
SELECT r.name, r.family_id, r.basic_status, r.version, r.out_why, r.out_of, o.name AS twin,
    (SELECT MAX(e.id) FROM resident_event e LEFT JOIN resident_event x ON x.cancels = e.id
        WHERE e.resident_id = r.id AND e.kind <> 'correction' AND x.id IS NULL),
    h.at, h.staff_name, h.reason, h.changes, CAST(JSON_VALUE(h.changes, '$.basic_status[0]') AS UNSIGNED),
    (SELECT n.id FROM resident n WHERE n.nik = CONVERT(JSON_VALUE(h.changes, '$.nik[0]') USING ascii) AND n.id <> r.id AND n.basic_status <> 9),
    (SELECT c.id FROM resident c WHERE c.card_tag = CONVERT(JSON_VALUE(h.changes, '$.card_tag[0]') USING ascii) AND c.id <> r.id),
    r.nik, r.sex, r.birth_date, EXISTS (SELECT 1 FROM resident d WHERE d.out_of = r.id AND d.basic_status = 9)
FROM resident r LEFT JOIN resident o ON o.id = r.out_of
    LEFT JOIN history h ON r.out_why IS NOT NULL
        AND h.id = (SELECT MAX(l.id) FROM history l WHERE l.owner = 'resident' AND l.owner_id = r.id AND l.kind = 'out')
WHERE r.id = :id;

-- The number that stood in for this person's own when they were taken out before: it is theirs still, when nobody has it.

-- out_number: maybe
--   in   id u64
--   out  out_number: nik str?
SELECT k.nik FROM (
    SELECT h.id, CONVERT(JSON_VALUE(h.changes, '$.nik[1]') USING ascii) AS nik FROM history h
    WHERE h.owner = 'resident' AND h.owner_id = :id AND h.kind = 'out') AS k
WHERE k.nik LIKE '0%' AND NOT EXISTS (SELECT 1 FROM resident n WHERE n.nik = k.nik) ORDER BY k.id DESC LIMIT 1;

-- How many somebody took out lately, given back since or not.

-- taken_out_by: one
--   in   staff_id u64, since utc
--   out  taken_out_by: n u64
SELECT COUNT(*) FROM history h WHERE h.kind = 'out' AND h.at >= :since AND h.staff_id = :staff_id AND h.owner = 'resident';

-- Whom others took out lately and who still is, for who answers for the village.

-- taken_out_lately: one
--   in   since utc, me u64
--   out  taken_out_lately: n u64
SELECT COUNT(DISTINCT h.owner_id) FROM history h JOIN resident r ON r.id = h.owner_id AND r.out_why IS NOT NULL
WHERE h.kind = 'out' AND h.at >= :since AND h.staff_id <> :me AND h.owner = 'resident';
