-- schema: village

-- The family and everyone in it, in one: an empty one is a row without a member.

-- family_whole: many hot
--   in   id u64
--   out  family_row: id u64, kk_no str, head_id u64?, address str, area_id u64, hamlet str, rw str, rt str, version u32, member_id u64?
--   out  nik str?, name str?, sex u8?, birth_date date?, role u8?, basic_status u8?, marital u8?, father_nik str?, mother_nik str?, member_version u32?
SELECT f.id, f.kk_no, f.head_id, f.address, f.area_id, a.hamlet, a.rw, a.rt, f.version, r.id AS member_id, r.nik, r.name, r.sex, r.birth_date,
    r.family_role AS role, r.basic_status, r.marital, r.father_nik, r.mother_nik, r.version AS member_version
FROM family f JOIN area a ON a.id = f.area_id LEFT JOIN resident r ON r.family_id = f.id AND r.out_why IS NULL
WHERE f.id = :id ORDER BY r.basic_status <> 1, IFNULL(r.family_role, 99), r.birth_date, r.id;

-- family_hold: one txn
--   in   id u64
--   out  family_full: id u64, kk_no str, head_id u64?, address str, area_id u64, hamlet str, rw str, rt str, version u32
--   locks family
SELECT f.id, f.kk_no, f.head_id, f.address, f.area_id, a.hamlet, a.rw, a.rt, f.version
FROM family f JOIN area a ON a.id = f.area_id WHERE f.id = :id FOR UPDATE;

-- family_of_kk: maybe hot
--   in   kk_no str
--   out  family_id_of: id u64
SELECT id FROM family WHERE kk_no = :kk_no;

-- family_members_hold: many txn
--   in   family_id u64
--   out  family_member: id u64, nik str, name str, sex u8, birth_date date?, role u8, basic_status u8, marital u8, father_nik str, mother_nik str, version u32
--   locks family
SELECT id, nik, name, sex, birth_date, IFNULL(family_role, 0), basic_status, IFNULL(marital, 0), father_nik, mother_nik, version FROM resident
WHERE family_id = :family_id ORDER BY basic_status <> 1, IFNULL(family_role, 99), birth_date, id FOR UPDATE;

-- ---- the list: by the head's name; those without a head stand apart ----

-- with_head: part
resident h FORCE INDEX (by_status) STRAIGHT_JOIN family f ON f.head_id = h.id STRAIGHT_JOIN area a ON a.id = f.area_id
WHERE h.basic_status = 1;

-- of_hamlet: part
area a JOIN family f ON f.area_id = a.id JOIN resident h ON h.id = f.head_id WHERE a.hamlet = :hamlet;

-- of_words: part
resident_word w JOIN resident h ON h.id = w.resident_id JOIN family f ON f.head_id = h.id JOIN area a ON a.id = f.area_id
WHERE w.word LIKE CONCAT(:first, '%')
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = h.id AND x.word LIKE CONCAT(:second, '%')))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = h.id AND x.word LIKE CONCAT(:third, '%')))
    AND (:hamlet IS NULL OR a.hamlet = :hamlet);

-- of_number: part
family f JOIN area a ON a.id = f.area_id LEFT JOIN resident h ON h.id = f.head_id
WHERE f.kk_no = :kk_no AND (:hamlet IS NULL OR a.hamlet = :hamlet);

-- asked_for: part
(:hamlet IS NULL OR a.hamlet = :hamlet) AND (:kk_no IS NULL OR f.kk_no = :kk_no)
    AND (:first IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = h.id AND x.word LIKE CONCAT(:first, '%')))
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = h.id AND x.word LIKE CONCAT(:second, '%')))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = h.id AND x.word LIKE CONCAT(:third, '%')));

-- to_mend: part                          -- somebody lives in it, without a head or with two
(SELECT r.family_id, SUM(r.family_role <=> 1) AS heads FROM resident r
    WHERE r.basic_status = 1 AND r.family_id IS NOT NULL GROUP BY r.family_id HAVING heads <> 1) AS m
JOIN family f ON f.id = m.family_id JOIN area a ON a.id = f.area_id LEFT JOIN resident h ON h.id = f.head_id
WHERE {asked_for};

-- closed: part                           -- all of it died, left or joined another: nothing to mend
family f JOIN area a ON a.id = f.area_id LEFT JOIN resident h ON h.id = f.head_id
WHERE NOT EXISTS (SELECT 1 FROM resident r WHERE r.family_id = f.id AND r.basic_status = 1) AND {asked_for};

-- family: list hot
--   in    family_find: hamlet str?, kk_no str?, first word?, second word?, third word?
--   order name: h.name head_name, h.id head_id
--   order entry: f.id
--   way   all: with_head
--   way   hamlet: of_hamlet
--   way   words distinct: of_words
--   way   number: of_number
--   way   faulty: to_mend
--   way   closed: closed
--   out   family_line: id u64, kk_no str, head_id u64, head_name str?, hamlet str, rw str, rt str, living u64, heads u64
SELECT f.id, f.kk_no, IFNULL(h.id, 0) AS head_id, h.name AS head_name, a.hamlet, a.rw, a.rt,
    (SELECT COUNT(*) FROM resident m WHERE m.family_id = f.id AND m.basic_status = 1),
    (SELECT COUNT(*) FROM resident m WHERE m.family_id = f.id AND m.basic_status = 1 AND m.family_role = 1)
FROM {way} AND {after};

-- family_led: one
--   in   id u64
--   out  family_led: id u64?
SELECT head_id AS id FROM family WHERE id = :id;

-- family_people_of: many
--   in   ids str
--   out  family_person: id u64, name str
SELECT r.id, r.name FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN resident r ON r.id = j.id;

-- ---- families for choosing, found by whoever lives in them ----

-- met_columns: part
f.id, f.kk_no, h.name AS head_name, a.hamlet, a.rw, a.rt,
    (SELECT COUNT(*) FROM resident m WHERE m.family_id = f.id AND m.basic_status = 1) AS living, r.name AS member_name, r.family_role AS role;

-- family_met_of_words: many
--   in   first word, second word?, third word?, limit u32
--   out  family_met: id u64, kk_no str, head_name str?, hamlet str, rw str, rt str, living u64, member_name str?, role u8?
SELECT DISTINCT {met_columns}
FROM resident_word w JOIN resident r ON r.id = w.resident_id AND r.basic_status = 1 JOIN family f ON f.id = r.family_id
JOIN area a ON a.id = f.area_id LEFT JOIN resident h ON h.id = f.head_id
WHERE w.word LIKE CONCAT(:first, '%')
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:second, '%')))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:third, '%')))
ORDER BY r.name, f.id LIMIT :limit;

-- family_met_of_number: many            -- a family card's, or a NIK
--   in   number str
--   out  family_met
SELECT {met_columns}
FROM (SELECT c.id FROM family c WHERE c.kk_no = :number
    UNION SELECT p.family_id FROM resident p WHERE p.nik = :number AND p.basic_status = 1) AS k
JOIN family f ON f.id = k.id JOIN area a ON a.id = f.area_id LEFT JOIN resident h ON h.id = f.head_id
LEFT JOIN resident r ON r.nik = :number AND r.family_id = f.id AND r.basic_status = 1;
