-- schema: village

-- The number before the next temporary one: the last that was given, or one typed above it that stands in the way. What is typed far
-- above does not count.

-- nik_last_temporary: one
--   in   prefix word
--   out  nik_last: nik str
SELECT MIN(c.nik) FROM (
    SELECT GREATEST(last_temporary, CONCAT(:prefix, '00000')) AS nik FROM registry_lock WHERE id = 1
    UNION ALL SELECT r.nik FROM resident r
    WHERE r.nik LIKE CONCAT(:prefix, '%') AND r.nik > (SELECT last_temporary FROM registry_lock WHERE id = 1)) AS c
WHERE NOT EXISTS (SELECT 1 FROM resident t WHERE t.nik = LPAD(CAST(c.nik AS UNSIGNED) + 1, 16, '0'));

-- The same of family cards.

-- kk_last_temporary: one
--   in   prefix word
--   out  nik_last
SELECT MIN(c.nik) FROM (
    SELECT GREATEST(last_temporary_kk, CONCAT(:prefix, '00000')) AS nik FROM registry_lock WHERE id = 1
    UNION ALL SELECT f.kk_no FROM family f
    WHERE f.kk_no LIKE CONCAT(:prefix, '%') AND f.kk_no > (SELECT last_temporary_kk FROM registry_lock WHERE id = 1)) AS c
WHERE NOT EXISTS (SELECT 1 FROM family t WHERE t.kk_no = LPAD(CAST(c.nik AS UNSIGNED) + 1, 16, '0'));

-- Numbers that were just given, "" for none; registry_lock is held.

-- temporary_given: exec txn
--   in   nik str, kk_no str
UPDATE registry_lock SET last_temporary = GREATEST(last_temporary, :nik), last_temporary_kk = GREATEST(last_temporary_kk, :kk_no)
WHERE id = 1;

-- Whether somebody, or a family, has this number.

-- number_is_held: one
--   in   number str
--   out  number_held: is_nik bool, is_kk bool
SELECT EXISTS (SELECT 1 FROM resident WHERE nik = :number), EXISTS (SELECT 1 FROM family WHERE kk_no = :number);

-- resident_id_of_nik: maybe
--   in   nik str
--   out  resident_id: id u64, name str, basic_status u8
SELECT id, name, basic_status FROM resident WHERE nik = :nik;

-- Who has one of these numbers, shares a word of the name, the family card, or the mother.

-- same_people: many
--   in   niks str, words str, kk_no str, mothers str
--   out  same_candidate: id u64, nik str, name str, sex u8, birth_place str, birth_date date?, mother_nik str, basic_status u8, kk_no str?
SELECT r.id, r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.mother_nik, r.basic_status, f.kk_no
FROM (SELECT n.id FROM JSON_TABLE(:niks, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS i JOIN resident n ON n.nik = i.nik
    UNION SELECT w.resident_id
    FROM JSON_TABLE(:words, '$[*]' COLUMNS (word VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PATH '$')) AS j
    JOIN resident_word w ON w.word = j.word
    UNION SELECT c.id FROM JSON_TABLE(:mothers, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS h JOIN resident c ON c.mother_nik = h.nik
    UNION SELECT m.id FROM family k JOIN resident m ON m.family_id = k.id WHERE k.kk_no = :kk_no) AS some
JOIN resident r ON r.id = some.id LEFT JOIN family f ON f.id = r.family_id ORDER BY r.id;
