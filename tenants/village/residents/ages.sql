-- schema: village

-- Who stands beside somebody, for their ages: the living of the family, the parents and the children by number.

-- age_kin: many
--   in   id u64, kk_no str, nik str, father_nik str, mother_nik str
--   out  age_kin: nik str, name str, sex u8, birth_date date?, role u8, father_nik str, father_name str, mother_nik str, mother_name str, is_family bool
SELECT r.nik, r.name, r.sex, r.birth_date, IFNULL(r.family_role, 0) AS role, r.father_nik, r.father_name, r.mother_nik, r.mother_name,
    IFNULL(f.kk_no = :kk_no AND r.basic_status = 1, FALSE) AS is_family
FROM (SELECT m.id FROM family k JOIN resident m ON m.family_id = k.id WHERE k.kk_no = :kk_no AND m.basic_status = 1
    UNION SELECT p.id FROM resident p WHERE p.nik IN (:father_nik, :mother_nik)
    UNION SELECT c.id FROM resident c WHERE c.father_nik = :nik AND :nik <> ''
    UNION SELECT d.id FROM resident d WHERE d.mother_nik = :nik AND :nik <> ''
    UNION SELECT s.id FROM resident s WHERE s.mother_nik = :mother_nik AND :mother_nik <> '') AS some
JOIN resident r ON r.id = some.id LEFT JOIN family f ON f.id = r.family_id
WHERE r.id <> :id AND r.basic_status <> 9 ORDER BY r.id LIMIT 100;
