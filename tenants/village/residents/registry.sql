-- schema: village

-- ---- the registry, in bulk ----

-- registry_lock_take: one txn
--   out  registry_lock: version u64
--   locks registry
SELECT version FROM registry_lock WHERE id = 1 FOR UPDATE;

-- What is in the boxes to choose from, as much as its columns hold (a list that is not one was imported as hamlets): 250 names of
-- 60 signs, 1,000 numbers of 10, of four bytes each.

-- lived_in: part
EXISTS (SELECT 1 FROM resident p WHERE p.area_id = a.id AND p.basic_status = 1);

-- registry_places: one
--   out  registry_places: hamlets str, rws str, rts str
SELECT (SELECT IFNULL(GROUP_CONCAT(DISTINCT a.hamlet ORDER BY a.hamlet SEPARATOR '\n' LIMIT 250), '') FROM area a
        WHERE (NOT a.is_retired AND a.hamlet <> '-') OR {lived_in}),
    (SELECT IFNULL(GROUP_CONCAT(DISTINCT a.rw ORDER BY a.rw SEPARATOR '\n' LIMIT 1000), '') FROM area a
        WHERE (NOT a.is_retired AND a.rw <> '-') OR {lived_in}),
    (SELECT IFNULL(GROUP_CONCAT(DISTINCT a.rt ORDER BY a.rt SEPARATOR '\n' LIMIT 1000), '') FROM area a
        WHERE (NOT a.is_retired AND a.rt <> '-') OR {lived_in});

-- registry_lock_bump: exec txn
--   in   hamlets str, rws str, rts str
UPDATE registry_lock SET version = version + 1, hamlets = :hamlets, rws = :rws, rts = :rts WHERE id = 1;

-- registry_areas: many
--   out  registry_area: id u64, hamlet str, rw str, rt str
SELECT id, hamlet, rw, rt FROM area ORDER BY id;

-- registry_families: many
--   out  registry_family: id u64, kk_no str, address str, area_id u64
SELECT id, kk_no, address, area_id FROM family ORDER BY id;

-- registry_columns: part
r.id, r.nik, r.family_id, r.area_id,
    r.name, r.sex, r.birth_place, r.birth_date, IFNULL(r.religion, 0), IFNULL(r.education_kk, 0),
    IFNULL(r.education_now, 0), IFNULL(r.occupation, 0), IFNULL(r.marital, 0), IFNULL(r.family_role, 0),
    IFNULL(r.citizenship, 0), r.father_nik, r.father_name, r.mother_nik, r.mother_name, IFNULL(r.blood, 0),
    r.birth_cert, r.passport, r.passport_until, r.kitas, r.marriage_cert, r.marriage_date, r.divorce_cert,
    r.divorce_date, IFNULL(r.disability, 0), IFNULL(r.contraception, 0), IFNULL(r.pregnancy, 0),
    IFNULL(r.ktp_el, 0), IFNULL(r.record_status, 0), r.address_now, r.basic_status, r.ethnicity, r.card_tag,
    IFNULL(r.insurance, 0), r.insurance_no, r.lat, r.lng;

-- registry_residents: many
--   out  registry_resident: id u64, nik str, family_id u64?, area_id u64, name str, sex u8, birth_place str
--   out  birth_date date?, religion u8, education_kk u8, education_now u8, occupation u8, marital u8
--   out  family_role u8, citizenship u8, father_nik str, father_name str, mother_nik str
--   out  mother_name str, blood u8, birth_cert str, passport str, passport_until date?, kitas str
--   out  marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, disability u8
--   out  contraception u8, pregnancy u8, ktp_el u8, record_status u8, address_now str, basic_status u8
--   out  ethnicity str, card_tag str?, insurance u8, insurance_no str, lat str, lng str
SELECT {registry_columns}
FROM resident r ORDER BY r.id;

-- What a file needs of it: the lists are JSON arrays of texts.

-- registry_families_some: many
--   in   kks str
--   out  registry_family
SELECT f.id, f.kk_no, f.address, f.area_id FROM family f
WHERE f.kk_no IN (SELECT j.kk FROM JSON_TABLE(:kks, '$[*]' COLUMNS (kk CHAR(16) CHARACTER SET ascii PATH '$')) AS j)
ORDER BY f.id;

-- registry_residents_some: many
--   in   niks str, cards str, kks str, with_temporary bool
--   out  registry_resident
SELECT {registry_columns}
FROM resident r JOIN (
    SELECT n.id FROM resident n
    WHERE n.nik IN (SELECT j.nik FROM JSON_TABLE(:niks, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS j)
    UNION
    SELECT c.id FROM resident c
    WHERE c.card_tag IN (SELECT j.card FROM JSON_TABLE(:cards, '$[*]' COLUMNS (card VARCHAR(20) CHARACTER SET ascii PATH '$')) AS j)
    UNION
    SELECT m.id FROM resident m JOIN family f ON f.id = m.family_id
    WHERE f.kk_no IN (SELECT j.kk FROM JSON_TABLE(:kks, '$[*]' COLUMNS (kk CHAR(16) CHARACTER SET ascii PATH '$')) AS j)
    UNION
    SELECT s.id FROM resident s JOIN resident l ON l.family_id = s.family_id
    WHERE l.nik IN (SELECT j.nik FROM JSON_TABLE(:niks, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS j)
    UNION
    SELECT t.id FROM resident t WHERE :with_temporary AND t.nik < '1'
) AS named ON named.id = r.id;

-- registry_family_by_ids: many
--   in   ids str
--   out  registry_family
SELECT f.id, f.kk_no, f.address, f.area_id FROM family f
WHERE f.id IN (SELECT j.id FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j)
ORDER BY f.id;

-- What acts changed of people; what an import brought is left out.

-- registry_changes: many
--   in   ids str
--   out  registry_change: resident_id u64, at utc, changes str
SELECT h.owner_id, h.at, h.changes
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j
JOIN history h ON h.owner = 'resident' AND h.owner_id = j.id AND h.kind <> 'import' AND h.changes <> '{}' AND h.changes <> ''
ORDER BY h.owner_id, h.id;

-- ---- writing ----

-- registry_family_put: bulk txn
--   in   kk_no str, address str, area_id u64, now utc
INSERT INTO family (kk_no, address, area_id, created_at, updated_at) VALUES (:kk_no, :address, :area_id, :now, :now)
ON DUPLICATE KEY UPDATE address = VALUES(address), area_id = VALUES(area_id), updated_at = VALUES(updated_at), version = version + 1;

-- registry_families_of: many
--   in   kks str
--   out  registry_family_id: id u64, kk_no str
SELECT f.id, f.kk_no FROM family f
WHERE f.kk_no IN (SELECT j.kk FROM JSON_TABLE(:kks, '$[*]' COLUMNS (kk CHAR(16) CHARACTER SET ascii PATH '$')) AS j);

-- An id that is known: that resident gets these values; without one: a new resident.

-- registry_resident_put: bulk txn
--   in   id u64?, nik str, family_id u64?, area_id u64, name str, sex u8, birth_place str
--   in   birth_date date?, religion u8?, education_kk u8?, education_now u8?, occupation u8?, marital u8?
--   in   family_role u8?, citizenship u8?, father_nik str, father_name str, mother_nik str
--   in   mother_name str, blood u8?, birth_cert str, passport str, passport_until date?, kitas str
--   in   marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, disability u8?
--   in   contraception u8?, pregnancy u8?, ktp_el u8?, record_status u8?, address_now str, basic_status u8
--   in   ethnicity str, card_tag str?, insurance u8?, insurance_no str, lat str, lng str, now utc
INSERT INTO resident (
    id, nik, family_id, area_id, name, sex, birth_place, birth_date, religion, education_kk, education_now,
    occupation, marital, family_role, citizenship, father_nik, father_name, mother_nik, mother_name, blood,
    birth_cert, passport, passport_until, kitas, marriage_cert, marriage_date, divorce_cert, divorce_date,
    disability, contraception, pregnancy, ktp_el, record_status, address_now, basic_status, ethnicity,
    card_tag, insurance, insurance_no, lat, lng, created_at, updated_at)
VALUES (
    :id, :nik, :family_id, :area_id, :name, :sex, :birth_place, :birth_date, :religion,
    :education_kk, :education_now, :occupation, :marital,
    :family_role, :citizenship, :father_nik, :father_name, :mother_nik, :mother_name,
    :blood, :birth_cert, :passport, :passport_until, :kitas, :marriage_cert, :marriage_date,
    :divorce_cert, :divorce_date, :disability, :contraception, :pregnancy,
    :ktp_el, :record_status, :address_now, :basic_status, :ethnicity, :card_tag,
    :insurance, :insurance_no, :lat, :lng, :now, :now)
ON DUPLICATE KEY UPDATE
    nik = VALUES(nik), family_id = VALUES(family_id), area_id = VALUES(area_id), name = VALUES(name), sex = VALUES(sex),
    birth_place = VALUES(birth_place), birth_date = VALUES(birth_date), religion = VALUES(religion),
    education_kk = VALUES(education_kk), education_now = VALUES(education_now),
    occupation = VALUES(occupation), marital = VALUES(marital), family_role = VALUES(family_role),
    citizenship = VALUES(citizenship), father_nik = VALUES(father_nik), father_name = VALUES(father_name),
    mother_nik = VALUES(mother_nik), mother_name = VALUES(mother_name), blood = VALUES(blood),
    birth_cert = VALUES(birth_cert), passport = VALUES(passport), passport_until = VALUES(passport_until),
    kitas = VALUES(kitas), marriage_cert = VALUES(marriage_cert), marriage_date = VALUES(marriage_date),
    divorce_cert = VALUES(divorce_cert), divorce_date = VALUES(divorce_date),
    disability = VALUES(disability), contraception = VALUES(contraception), pregnancy = VALUES(pregnancy),
    ktp_el = VALUES(ktp_el), record_status = VALUES(record_status), address_now = VALUES(address_now),
    basic_status = VALUES(basic_status), ethnicity = VALUES(ethnicity), card_tag = VALUES(card_tag),
    out_why = IF(VALUES(basic_status) = 9, out_why, NULL), out_of = IF(VALUES(basic_status) = 9, out_of, NULL),
    insurance = VALUES(insurance), insurance_no = VALUES(insurance_no), lat = VALUES(lat), lng = VALUES(lng),
    updated_at = VALUES(updated_at), version = version + 1;

-- registry_last_resident: one
--   out  registry_last: id u64
SELECT IFNULL(MAX(id), 0) FROM resident;

-- registry_new_residents: many
--   in   after u64
--   out  registry_new: id u64, name str
SELECT id, name FROM resident WHERE id > :after ORDER BY id;

-- Of people who get another name; the words of the new one are put afterwards.

-- registry_words_retire: exec txn
--   in   ids str
UPDATE resident_word w JOIN JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j ON j.id = w.resident_id
SET w.is_former = TRUE;

-- registry_word_put: bulk txn
--   in   word str, resident_id u64, is_former bool
INSERT INTO resident_word (word, resident_id, is_former) VALUES (:word, :resident_id, :is_former)
ON DUPLICATE KEY UPDATE is_former = VALUES(is_former);

-- The living member who is the head, or none.

-- registry_heads_set: exec txn
--   in   ids str
UPDATE family f
JOIN JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j ON j.id = f.id
LEFT JOIN resident r ON r.family_id = f.id AND r.family_role = 1 AND r.basic_status = 1
SET f.head_id = r.id
WHERE NOT f.head_id <=> r.id;
