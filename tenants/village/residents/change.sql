-- schema: village

-- As ids are given.

-- resident_standings: many
--   in   ids str
--   out  resident_standing: id u64, version u32, family_id u64?
SELECT r.id, r.version, r.family_id
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (at FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) AS j JOIN resident r ON r.id = j.id ORDER BY j.at;

-- Everyone an import or another bulk writer made: nothing stood before.

-- resident_changes_add_new: exec txn
--   in   at utc, staff_id u64, staff_name str, kind str, reason str, origin str, after u64
INSERT INTO history (at, staff_id, staff_name, owner, owner_id, also, also_id, version, kind, reason, changes, origin)
SELECT :at, :staff_id, :staff_name, 'resident', r.id, IF(r.family_id IS NULL, NULL, 'family'), r.family_id, r.version, :kind, :reason, '{}', :origin
FROM resident r WHERE r.id > :after;

-- Whose father or mother has this NIK; of old data somebody is both.

-- children_of_nik: many
--   in   nik str
--   out  child_of: id u64, is_fathers bool, is_mothers bool, father_name str, mother_name str
SELECT r.id, r.father_nik = :nik AS is_fathers, r.mother_nik = :nik AS is_mothers, r.father_name, r.mother_name
FROM (SELECT id FROM resident WHERE father_nik = :nik UNION SELECT id FROM resident WHERE mother_nik = :nik) AS c JOIN resident r ON r.id = c.id
ORDER BY r.id;

-- Children as children_follow writes them, each once: child, whether it is their father, their mother, the parents' names there.

-- children_set: exec txn
--   in   children str, nik str, now utc
UPDATE resident r
JOIN JSON_TABLE(:children, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]', is_fathers TINYINT PATH '$[1]', is_mothers TINYINT PATH '$[2]',
    father_name VARCHAR(100) PATH '$[3]', mother_name VARCHAR(100) PATH '$[4]')) AS j ON j.id = r.id
SET r.father_nik = IF(j.is_fathers, :nik, r.father_nik), r.father_name = j.father_name,
    r.mother_nik = IF(j.is_mothers, :nik, r.mother_nik), r.mother_name = j.mother_name,
    r.updated_at = :now, r.version = r.version + 1;

-- resident_hold: one txn
--   in   id u64
--   out  resident_held: id u64, area_id u64, version u32
--   locks resident
SELECT id, area_id, version FROM resident WHERE id = :id FOR UPDATE;
