-- schema: village

-- When who died or moved away did: their age stays as it was.

-- ended: part
IF(r.basic_status IN (2, 3), (SELECT e.event_date FROM resident_event e LEFT JOIN resident_event x ON x.cancels = e.id
    WHERE e.resident_id = r.id AND e.kind = IF(r.basic_status = 2, 'death', 'move_out') AND x.id IS NULL ORDER BY e.id DESC LIMIT 1), NULL);

-- In event_times: by when events were recorded, for the history, whose rows of the same moment lead there.

-- resident_get: one hot
--   in   id u64
--   out  resident_full: id u64, nik str, name str, sex u8, birth_place str, birth_date date?, religion u64?, education_kk u64?, education_now u64?, occupation u64?, marital u64?, family_id u64?, family_role u64?, citizenship u64?, father_nik str, father_name str, mother_nik str, mother_name str, blood u64?, birth_cert str, passport str, passport_until date?, kitas str, marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, disability u64?, contraception u64?, pregnancy u64?, ktp_el u64?, record_status u64?, address_now str, basic_status u8, ethnicity str, card_tag str?, insurance u64?, insurance_no str, lat str, lng str, hamlet str, rw str, rt str, kk_no str?, address str?, updated_at utc, version u32, photo_id u64?, documents u64
--   out  members u64, letters u64, events u64, event_times str?, changes u64, looks u64, upload_id u64?, refusal str, ended date?, out_why u8?
SELECT r.id, r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.religion, r.education_kk, r.education_now,
    r.occupation, r.marital, r.family_id, r.family_role, r.citizenship, r.father_nik, r.father_name, r.mother_nik,
    r.mother_name, r.blood, r.birth_cert, r.passport, r.passport_until, r.kitas, r.marriage_cert, r.marriage_date,
    r.divorce_cert, r.divorce_date, r.disability, r.contraception, r.pregnancy, r.ktp_el, r.record_status,
    r.address_now, r.basic_status, r.ethnicity, r.card_tag, r.insurance, r.insurance_no, r.lat, r.lng, a.hamlet, a.rw,
    a.rt, f.kk_no, f.address, r.updated_at, r.version, p.file_id,
    (SELECT COUNT(*) FROM attachment d WHERE d.owner = 'resident' AND d.owner_id = r.id AND d.removed_at IS NULL AND d.single IS NULL),
    (SELECT COUNT(*) FROM resident m WHERE m.family_id = r.family_id AND m.basic_status = 1) AS members,
    (SELECT COUNT(*) FROM letter l WHERE l.resident_id = r.id) + (SELECT COUNT(*) FROM letter_named l WHERE l.resident_id = r.id) AS letters,
    (SELECT COUNT(*) FROM resident_event e WHERE e.resident_id = r.id AND e.kind <> 'correction') AS events,
    (SELECT JSON_OBJECTAGG(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', e.recorded_at), e.id) FROM resident_event e
        WHERE e.resident_id = r.id AND e.kind <> 'correction') AS event_times,
    (SELECT COUNT(*) FROM history h WHERE h.owner = 'resident' AND h.owner_id = r.id) AS changes,
    (SELECT COUNT(*) FROM read_log o WHERE o.resident_id = r.id) AS looks, p.upload_id, IFNULL(p.refusal, ''), {ended}, r.out_why
FROM resident r JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id
    LEFT JOIN attachment p ON p.owner = 'resident' AND p.owner_id = r.id AND p.slot = 'photo' AND p.single = TRUE
WHERE r.id = :id;

-- Who and what stands beside one person: family, letters (for him, or named_as in them), events; 60 of each. title: a name, a letter's type,
-- an event's kind.

-- resident_beside: many hot
--   in   id u64, family_id u64?
--   out  resident_beside: part u8, rank u64, id u64, title str, sex u8, day date?, at utc?, role u64?, state u8, words str, named_as str
SELECT part, place AS rank, id, title, sex, day, at, role, state, words, named_as FROM (
    SELECT 1 AS part, ROW_NUMBER() OVER (ORDER BY m.basic_status, m.family_role, m.birth_date, m.id) AS place, m.id, m.name AS title, m.sex,
        m.birth_date AS day, NULL AS at, m.family_role AS role, m.basic_status AS state, '' AS words, '' AS named_as
    FROM resident m WHERE m.family_id = :family_id AND (m.out_why IS NULL OR m.id = :id)
    UNION ALL
    SELECT 2, ROW_NUMBER() OVER (ORDER BY l.id DESC), l.id, t.name, 0, l.letter_date, l.made_at, NULL, l.state, IFNULL(l.number_text, ''), c.named_as
    FROM (SELECT n.id, '' AS named_as FROM letter n WHERE n.resident_id = :id UNION ALL SELECT n.letter_id, n.named_as FROM letter_named n WHERE n.resident_id = :id) c
    JOIN letter l ON l.id = c.id JOIN letter_type t ON t.id = l.type_id
    UNION ALL
    SELECT 3, ROW_NUMBER() OVER (ORDER BY e.id DESC), e.id, e.kind, 0, e.event_date, NULL, NULL, c.id IS NOT NULL, e.place, ''
    FROM resident_event e LEFT JOIN resident_event c ON c.cancels = e.id WHERE e.resident_id = :id AND e.kind <> 'correction') AS beside
WHERE place <= 60 ORDER BY part, place;

-- read_log_put: exec txn
--   in   at utc, staff_id u64, resident_id u64?, letter_id u64?, what str
INSERT INTO read_log (at, staff_id, resident_id, letter_id, what) VALUES (:at, :staff_id, :resident_id, :letter_id, :what);

-- read_log_recent: maybe
--   in   staff_id u64, resident_id u64?, letter_id u64?, what str, since utc
--   out  read_log_row: id u64
SELECT id FROM read_log WHERE resident_id <=> :resident_id AND (:letter_id IS NULL OR letter_id = :letter_id) AND staff_id = :staff_id AND what = :what
    AND at > :since LIMIT 1;

-- add_family: maybe
--   in   kk_no str
--   out  add_family: id u64, address str, hamlet str, rw str, rt str, living u64, heads u64
SELECT f.id, f.address, a.hamlet, a.rw, a.rt, (SELECT COUNT(*) FROM resident m WHERE m.family_id = f.id AND m.basic_status = 1),
    (SELECT COUNT(*) FROM resident m WHERE m.family_id = f.id AND m.basic_status = 1 AND m.family_role = 1)
FROM family f JOIN area a ON a.id = f.area_id WHERE f.kk_no = :kk_no;
