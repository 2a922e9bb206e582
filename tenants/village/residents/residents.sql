-- schema: village

-- resident_get: one hot
--   in   id u64
--   out  resident_full: id u64, nik str, name str, sex u8, birth_place str, birth_date date?, religion u64?, education_kk u64?, education_now u64?, occupation u64?, marital u64?, family_id u64?, family_role u64?, citizenship u64?, father_nik str, father_name str, mother_nik str, mother_name str, blood u64?, birth_cert str, passport str, passport_until date?, kitas str, marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, disability u64?, contraception u64?, pregnancy u64?, ktp_el u64?, record_status u64?, address_now str, basic_status u8, ethnicity str, card_tag str?, insurance u64?, insurance_no str, lat str, lng str, hamlet str, rw str, rt str, kk_no str?, address str?, updated_at utc, version u32, photo_id u64?, documents u64
SELECT r.id, r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.religion, r.education_kk, r.education_now,
    r.occupation, r.marital, r.family_id, r.family_role, r.citizenship, r.father_nik, r.father_name, r.mother_nik,
    r.mother_name, r.blood, r.birth_cert, r.passport, r.passport_until, r.kitas, r.marriage_cert, r.marriage_date,
    r.divorce_cert, r.divorce_date, r.disability, r.contraception, r.pregnancy, r.ktp_el, r.record_status,
    r.address_now, r.basic_status, r.ethnicity, r.card_tag, r.insurance, r.insurance_no, r.lat, r.lng, a.hamlet, a.rw,
    a.rt, f.kk_no, f.address, r.updated_at, r.version, p.file_id,
    (SELECT COUNT(*) FROM attachment d WHERE d.owner = 'resident' AND d.owner_id = r.id AND d.removed_at IS NULL AND d.single IS NULL)
FROM resident r JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id
    LEFT JOIN attachment p ON p.owner = 'resident' AND p.owner_id = r.id AND p.slot = 'photo' AND p.single = TRUE
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
