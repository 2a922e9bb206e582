-- schema: village

-- resident_by_number: many hot
--   in   number str, limit u32
--   out  resident_hit: id u64, nik str, name str, sex u8, birth_date date?, basic_status u8, hamlet str, rw str, rt str
SELECT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident r JOIN area a ON a.id = r.area_id
WHERE r.nik = :number OR r.family_id = (SELECT k.id FROM family k WHERE k.kk_no = :number)
ORDER BY r.family_role, r.name LIMIT :limit;

-- resident_by_nik_start: many hot
--   in   start str, after_name str, after_id u64, limit u32
--   out  resident_hit
SELECT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident r JOIN area a ON a.id = r.area_id
WHERE r.nik LIKE CONCAT(:start, '%') AND (r.name > :after_name OR (r.name = :after_name AND r.id > :after_id))
ORDER BY r.name, r.id LIMIT :limit;

-- resident_by_words: many hot
--   in   first str, second str?, third str?, fourth str?, after_name str, after_id u64, limit u32
--   out  resident_hit
SELECT DISTINCT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident_word w JOIN resident r ON r.id = w.resident_id JOIN area a ON a.id = r.area_id
WHERE w.word LIKE CONCAT(:first, '%')
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:second, '%')))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:third, '%')))
    AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = r.id AND x.word LIKE CONCAT(:fourth, '%')))
    AND (r.name > :after_name OR (r.name = :after_name AND r.id > :after_id))
ORDER BY r.name, r.id LIMIT :limit;

-- resident_living: many hot
--   in   after_name str, after_id u64, limit u32
--   out  resident_hit
SELECT r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, a.hamlet, a.rw, a.rt
FROM resident r FORCE INDEX (by_status) JOIN area a ON a.id = r.area_id
WHERE r.basic_status = 1 AND r.name >= :after_name AND (r.name > :after_name OR r.id > :after_id)
ORDER BY r.name, r.id LIMIT :limit;

-- resident_count: one hot
--   out  resident_total: n u64
SELECT COUNT(*) FROM (SELECT 1 FROM resident WHERE basic_status = 1 LIMIT 1001) AS some;

-- resident_get: one hot
--   in   id u64
--   out  resident_full: id u64, nik str, name str, sex u8, birth_place str, birth_date date?, religion u64?, education_kk u64?, education_now u64?, occupation u64?, marital u64?, family_id u64?, family_role u64?, citizenship u64?, father_nik str, father_name str, mother_nik str, mother_name str, blood u64?, birth_cert str, passport str, passport_until date?, kitas str, marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, disability u64?, contraception u64?, pregnancy u64?, ktp_el u64?, record_status u64?, address_now str, basic_status u8, ethnicity str, card_tag str?, insurance u64?, insurance_no str, lat str, lng str, hamlet str, rw str, rt str, kk_no str?, address str?, updated_at utc, version u32
SELECT r.id, r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.religion, r.education_kk, r.education_now,
    r.occupation, r.marital, r.family_id, r.family_role, r.citizenship, r.father_nik, r.father_name, r.mother_nik,
    r.mother_name, r.blood, r.birth_cert, r.passport, r.passport_until, r.kitas, r.marriage_cert, r.marriage_date,
    r.divorce_cert, r.divorce_date, r.disability, r.contraception, r.pregnancy, r.ktp_el, r.record_status,
    r.address_now, r.basic_status, r.ethnicity, r.card_tag, r.insurance, r.insurance_no, r.lat, r.lng, a.hamlet, a.rw,
    a.rt, f.kk_no, f.address, r.updated_at, r.version
FROM resident r JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id
WHERE r.id = :id;

-- resident_family_members: many hot
--   in   family_id u64
--   out  resident_member: id u64, name str, nik str, sex u8, birth_date date?, family_role u64?, basic_status u8
SELECT id, name, nik, sex, birth_date, family_role, basic_status FROM resident
WHERE family_id = :family_id ORDER BY basic_status, family_role, birth_date, id;

-- read_log_put: exec txn
--   in   at utc, staff_id u64, resident_id u64, what str
INSERT INTO read_log (at, staff_id, resident_id, what) VALUES (:at, :staff_id, :resident_id, :what);

-- resident_id_of_nik: maybe
--   in   nik str
--   out  resident_id: id u64, name str
SELECT id, name FROM resident WHERE nik = :nik;

-- resident_head_of: maybe
--   in   kk_no str
--   out  resident_head: id u64, name str
SELECT r.id, r.name FROM family f JOIN resident r ON r.id = f.head_id WHERE f.kk_no = :kk_no AND r.basic_status = 1;
