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

-- Whose father or mother has this NIK.

-- children_of_nik: many
--   in   nik str
--   out  child_of: id u64, is_fathers bool
SELECT id, TRUE AS is_fathers FROM resident WHERE father_nik = :nik UNION ALL SELECT id, FALSE FROM resident WHERE mother_nik = :nik;

-- children_nik_set: exec txn
--   in   was str, nik str, now utc
UPDATE resident SET mother_nik = IF(mother_nik = :was, :nik, mother_nik), father_nik = IF(father_nik = :was, :nik, father_nik),
    updated_at = :now, version = version + 1
WHERE id IN (SELECT c.id FROM (SELECT id FROM resident WHERE father_nik = :was UNION SELECT id FROM resident WHERE mother_nik = :was) AS c);

-- resident_hold: one txn
--   in   id u64
--   out  resident_held: id u64, area_id u64, version u32
--   locks resident
SELECT id, area_id, version FROM resident WHERE id = :id FOR UPDATE;
