-- schema: village

-- The list of residents, and its export: the same people in the same orders. Codes: 0 asks for those where it is not filled in.

-- When who died or moved away did: their age stays as it was.

-- ended: part
IF(r.basic_status IN (2, 3), (SELECT e.event_date FROM resident_event e LEFT JOIN resident_event x ON x.cancels = e.id
    WHERE e.resident_id = r.id AND e.kind = IF(r.basic_status = 2, 'death', 'move_out') AND x.id IS NULL ORDER BY e.id DESC LIMIT 1), NULL);

-- age_day: part
IFNULL({ended}, IF(r.basic_status = 2, NULL, :today));

-- hit_columns: part
r.id, r.nik, r.name, r.sex, r.birth_date, r.basic_status, r.family_role, r.occupation, r.birth_cert, a.hamlet, a.rw, a.rt, f.kk_no;

-- hit_tables: part
resident r JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id;

-- What is missing of somebody: resident_fault_of (roster_rules.c) says the same of a row, and a test compares the two.

-- wrong_nik: part
r.nik >= '1' AND r.birth_date IS NOT NULL
    AND SUBSTR(r.nik, 7, 6) <> CONCAT(LPAD(DAY(r.birth_date) + IF(r.sex = 2, 40, 0), 2, '0'), DATE_FORMAT(r.birth_date, '%m%y'));

-- no_cert: part
r.birth_date IS NOT NULL AND r.birth_date > :minor_since AND r.birth_cert = '';

-- lacking: part
CASE :lack WHEN 3 THEN {wrong_nik} WHEN 4 THEN r.nik < '1' WHEN 5 THEN r.birth_date IS NULL WHEN 6 THEN {no_cert}
    ELSE (r.nik < '1' OR r.birth_date IS NULL OR ({wrong_nik}) OR ({no_cert})) = (:lack = 2) END;

-- hit_filter: part
((:status IS NULL AND r.out_why IS NULL) OR r.basic_status = :status)
    AND (:hamlet IS NULL OR a.hamlet = :hamlet) AND (:rw IS NULL OR a.rw = :rw) AND (:rt IS NULL OR a.rt = :rt)
    AND (:sex IS NULL OR r.sex = :sex)
    AND (:born_after IS NULL OR IF(r.basic_status IN (2, 3),
        TIMESTAMPDIFF(YEAR, r.birth_date, {age_day}) < TIMESTAMPDIFF(YEAR, :born_after, :today), r.birth_date > :born_after))
    AND (:born_until IS NULL OR IF(r.basic_status IN (2, 3),
        TIMESTAMPDIFF(YEAR, r.birth_date, {age_day}) >= TIMESTAMPDIFF(YEAR, :born_until, :today), r.birth_date <= :born_until))
    AND (:no_birth IS NULL OR r.birth_date IS NULL)
    AND (:role IS NULL OR r.family_role <=> NULLIF(:role, 0))
    AND (:occupation IS NULL OR r.occupation <=> NULLIF(:occupation, 0))
    AND (:religion IS NULL OR r.religion <=> NULLIF(:religion, 0))
    AND (:marital IS NULL OR r.marital <=> NULLIF(:marital, 0))
    AND (:education IS NULL OR r.education_kk <=> NULLIF(:education, 0))
    AND (:is_temporary IS NULL OR :is_temporary = 0 OR r.nik < '1') AND (:is_temporary IS NULL OR :is_temporary = 1 OR r.nik >= '1')
    AND (:without_kk IS NULL OR (f.kk_no IS NULL OR f.kk_no < '1') = :without_kk)
    AND (:has_card IS NULL OR (r.id IN (SELECT c.resident_id FROM kiosk_card c WHERE c.card_hash IS NOT NULL)) = :has_card)
    AND (:lack IS NULL OR (r.basic_status = 1 AND {lacking}))
    AND (:number_start IS NULL OR r.nik LIKE CONCAT(:number_start, '%') OR f.kk_no LIKE CONCAT(:number_start, '%'))
    AND (:number IS NULL OR r.nik = :number OR r.family_id = (SELECT k.id FROM family k WHERE k.kk_no = :number));

-- Words beside each other may be one word of a name: "nur aini" is Nur'aini, whose word is nuraini.

-- with_words: part
resident_word w JOIN resident r ON r.id = w.resident_id JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id
WHERE w.word LIKE CONCAT(:first, '%')
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = w.resident_id
        AND (x.word LIKE CONCAT(:second, '%') OR x.word LIKE CONCAT(:first, :second, '%'))))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = w.resident_id
        AND (x.word LIKE CONCAT(:third, '%') OR x.word LIKE CONCAT(:second, :third, '%'))))
    AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = w.resident_id
        AND (x.word LIKE CONCAT(:fourth, '%') OR x.word LIKE CONCAT(:third, :fourth, '%'))))
    AND {hit_filter};

-- filtered: part
{hit_tables} WHERE {hit_filter};

-- The list as it opens: the living by name. No day of theirs has ended, and the server need not plan for one.

-- never: part
CAST(NULL AS DATE);

-- living: part
resident r FORCE INDEX (by_status) JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id WHERE r.basic_status = 1;

-- resident: list
--   in    resident_find: status u8?, hamlet str?, rw str?, rt str?, sex u8?, born_after date?, born_until date?, no_birth u8?
--   in    role u8?, occupation u8?, religion u8?, marital u8?, education u8?, is_temporary u8?, without_kk u8?, has_card u8?
--   in    lack u8?, minor_since date?, today date?
--   in    number_start word?, number str?, first word?, second word?, third word?, fourth word?
--   order name: r.name, r.id
--   order age: r.birth_date-, r.id-
--   order place: a.hamlet, a.rw, a.rt, r.name, r.id
--   order entry: r.id-
--   order living: r.basic_status, r.name, r.id
--   way   all: filtered
--   way   living hot: living, ended never
--   way   words distinct: with_words
--   out   resident_hit: id u64, nik str, name str, sex u8, birth_date date?, basic_status u8, family_role u8?, occupation u8?
--   out   birth_cert str, hamlet str, rw str, rt str, kk_no str?, ended date?
SELECT {hit_columns}, {ended} FROM {way} AND {after};

-- What these people were called before, the latest first.

-- resident_former: many
--   in   ids str
--   out  resident_former: id u64, name str
SELECT h.owner_id AS id, JSON_VALUE(h.changes, '$.name[0]') AS name
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN history h ON h.owner = 'resident' AND h.owner_id = j.id
WHERE JSON_EXISTS(h.changes, '$.name') AND JSON_VALUE(h.changes, '$.name[0]') <> '' ORDER BY h.id DESC;

-- How many live here, once that was counted after the last change (is_exact), and the places there are to choose from.

-- resident_total: one hot
--   out  resident_total: n u64, is_exact bool, hamlets str, rws str, rts str
SELECT living, living_of = version, hamlets, rws, rts FROM registry_lock WHERE id = 1;

-- ---- the export: in the columns of the exchange format ----

-- export_columns: part
f.address, a.hamlet, a.rw, a.rt, r.name, f.kk_no, r.nik, r.sex, r.birth_place, r.birth_date,
    IFNULL(r.religion, 0) AS religion, IFNULL(r.education_kk, 0) AS education_kk,
    IFNULL(r.education_now, 0) AS education_now, IFNULL(r.occupation, 0) AS occupation, IFNULL(r.marital, 0) AS marital,
    IFNULL(r.family_role, 0) AS family_role, IFNULL(r.citizenship, 0) AS citizenship, r.father_nik, r.father_name,
    r.mother_nik, r.mother_name, IFNULL(r.blood, 0) AS blood, r.birth_cert, r.passport, r.passport_until, r.kitas,
    r.marriage_cert, r.marriage_date, r.divorce_cert, r.divorce_date, IFNULL(r.disability, 0) AS disability,
    IFNULL(r.contraception, 0) AS contraception, IFNULL(r.pregnancy, 0) AS pregnancy, IFNULL(r.ktp_el, 0) AS ktp_el,
    IFNULL(r.record_status, 0) AS record_status, r.address_now, r.basic_status, r.ethnicity, r.card_tag,
    IFNULL(r.insurance, 0) AS insurance, r.insurance_no, r.lat, r.lng;

-- export: list
--   like  resident
--   out  export_row: id u64, address str?, hamlet str, rw str, rt str, name str, kk_no str?, nik str, sex u8, birth_place str
--   out  birth_date date?, religion u8, education_kk u8, education_now u8, occupation u8, marital u8, family_role u8
--   out  citizenship u8, father_nik str, father_name str, mother_nik str, mother_name str, blood u8, birth_cert str
--   out  passport str, passport_until date?, kitas str, marriage_cert str, marriage_date date?, divorce_cert str
--   out  divorce_date date?, disability u8, contraception u8, pregnancy u8, ktp_el u8, record_status u8, address_now str
--   out  basic_status u8, ethnicity str, card_tag str?, insurance u8, insurance_no str, lat str, lng str
SELECT r.id, {export_columns} FROM {way} AND {after};
