-- schema: village

-- The last temporary number of the village, or "": also one whose owner has a real NIK by now.

-- nik_last_temporary: one
--   in   prefix word
--   out  nik_last: nik str
SELECT GREATEST(IFNULL(MAX(nik), ''), (SELECT last_temporary FROM registry_lock WHERE id = 1))
FROM resident WHERE nik LIKE CONCAT(:prefix, '%');

-- The same of family cards.

-- kk_last_temporary: one
--   in   prefix word
--   out  nik_last
SELECT GREATEST(IFNULL(MAX(kk_no), ''), (SELECT last_temporary_kk FROM registry_lock WHERE id = 1))
FROM family WHERE kk_no LIKE CONCAT(:prefix, '%');

-- resident_id_of_nik: maybe
--   in   nik str
--   out  resident_id: id u64, name str, basic_status u8
SELECT id, name, basic_status FROM resident WHERE nik = :nik;

-- Who has one of these numbers, shares a first name, or the family card.

-- same_people: many
--   in   niks str, words str, kk_no str
--   out  same_candidate: id u64, nik str, name str, sex u8, birth_place str, birth_date date?, basic_status u8, kk_no str?
SELECT r.id, r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.basic_status, f.kk_no
FROM (SELECT n.id FROM JSON_TABLE(:niks, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS i JOIN resident n ON n.nik = i.nik
    UNION SELECT w.resident_id
    FROM JSON_TABLE(:words, '$[*]' COLUMNS (word VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j
    JOIN resident_word w ON w.word = j.word
    UNION SELECT m.id FROM family k JOIN resident m ON m.family_id = k.id WHERE k.kk_no = :kk_no) AS some
JOIN resident r ON r.id = some.id LEFT JOIN family f ON f.id = r.family_id ORDER BY r.id;
