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

-- The others of somebody's family: who may be husband or wife, who may be a child.

-- edit_kin: many
--   in   id u64, kk_no str
--   out  edit_kin: id u64, name str, sex u8, marital u8, role u8, status u8, father_nik str, father_name str, mother_nik str, mother_name str
SELECT r.id, r.name, IFNULL(r.sex, 0) AS sex, IFNULL(r.marital, 0) AS marital, IFNULL(r.family_role, 0) AS role, r.basic_status AS status,
    r.father_nik, r.father_name, r.mother_nik, r.mother_name
FROM family f JOIN resident r ON r.family_id = f.id WHERE f.kk_no = :kk_no AND r.id <> :id AND r.basic_status <> 9 ORDER BY r.id;

-- edit_days: one
--   in   resident_id u64
--   out  edit_days: first date?, born date?, died date?
SELECT MIN(CASE WHEN e.kind <> 'birth' THEN e.event_date END), MAX(CASE WHEN e.kind = 'birth' THEN e.event_date END),
    MAX(CASE WHEN e.kind = 'death' THEN e.event_date END)
FROM resident_event e LEFT JOIN resident_event c ON c.cancels = e.id
WHERE e.resident_id = :resident_id AND e.kind <> 'correction' AND c.id IS NULL;
