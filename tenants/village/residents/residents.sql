-- schema: village

-- resident_by_number: many hot
--   in   number str, limit u32
--   out  resident_hit: id u64, nik str, name str, sex u8, birth_date date?, basic_status u8, hamlet str, rw str, rt str
SELECT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident r JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id
WHERE r.nik = :number OR r.family_id = (SELECT k.id FROM family k WHERE k.kk_no = :number)
ORDER BY r.family_role, r.name LIMIT :limit;

-- resident_by_nik_start: many hot
--   in   start str, limit u32
--   out  resident_hit
SELECT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident r JOIN area a ON a.id = r.area_id
WHERE r.nik LIKE CONCAT(:start, '%') ORDER BY r.name, r.id LIMIT :limit;

-- resident_by_words: many hot
--   in   first str, second str?, third str?, fourth str?, limit u32
--   out  resident_hit
SELECT DISTINCT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident_word w JOIN resident r ON r.id = w.resident_id JOIN area a ON a.id = r.area_id
WHERE w.word LIKE CONCAT(:first, '%')
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:second, '%')))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:third, '%')))
    AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:fourth, '%')))
ORDER BY r.name, r.id LIMIT :limit;
