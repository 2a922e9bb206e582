-- schema: village

-- Rows of the registry as families, events and the jobs change them, each in a transaction that has touched the registry.

-- family_look: exec txn
--   in   at utc, staff_id u64, family_id u64
INSERT INTO read_log (at, staff_id, resident_id, what) SELECT :at, :staff_id, id, 'family' FROM resident WHERE family_id = :family_id;

-- family_unseen: maybe
--   in   staff_id u64, family_id u64, since utc
--   out  family_unseen: id u64
SELECT r.id FROM resident r WHERE r.family_id = :family_id AND NOT EXISTS (SELECT 1 FROM read_log l
    WHERE l.resident_id = r.id AND l.staff_id = :staff_id AND l.what = 'family' AND l.at > :since) LIMIT 1;

-- family_put: insert txn
--   in   kk_no str, address str, area_id u64, now utc
INSERT INTO family (kk_no, address, area_id, created_at, updated_at) VALUES (:kk_no, :address, :area_id, :now, :now);

-- family_set: exec txn
--   in   id u64, kk_no str, address str, area_id u64, now utc
UPDATE family SET kk_no = :kk_no, address = :address, area_id = :area_id, updated_at = :now, version = version + 1 WHERE id = :id;

-- The head is the living member with that role; whatever else changed, the family's version says so.

-- family_refresh: exec txn
--   in   id u64, now utc
UPDATE family f SET f.head_id = (SELECT MIN(r.id) FROM resident r WHERE r.family_id = f.id AND r.family_role = 1 AND r.basic_status = 1),
    f.updated_at = :now, f.version = f.version + 1
WHERE f.id = :id;

-- family_members_place: exec txn
--   in   family_id u64, area_id u64, now utc
UPDATE resident SET area_id = :area_id, updated_at = :now, version = version + 1 WHERE family_id = :family_id;

-- Roles as family_roles_json writes them: person, role before, role after.

-- family_members_move: exec txn
--   in   roles str, family_id u64, area_id u64, now utc
UPDATE resident r
JOIN JSON_TABLE(:roles, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]', role TINYINT UNSIGNED PATH '$[2]')) AS j ON j.id = r.id
SET r.family_id = :family_id, r.family_role = j.role, r.area_id = :area_id, r.updated_at = :now, r.version = r.version + 1;

-- family_roles_put: exec txn
--   in   roles str, now utc
UPDATE resident r
JOIN JSON_TABLE(:roles, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]', role TINYINT UNSIGNED PATH '$[2]')) AS j ON j.id = r.id
SET r.family_role = j.role, r.updated_at = :now, r.version = r.version + 1;

-- What a birth says of the child, too.

-- event_birth_set: exec txn
--   in   id u64, birth_date date, birth_place str, birth_cert str, now utc
UPDATE resident SET birth_date = :birth_date, birth_place = :birth_place, birth_cert = :birth_cert, updated_at = :now, version = version + 1 WHERE id = :id;

-- Pairs of a person and the status they get.

-- event_statuses_set: exec txn
--   in   pairs str, now utc
UPDATE resident r
JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]', status TINYINT UNSIGNED PATH '$[1]')) AS j ON j.id = r.id
SET r.basic_status = j.status, r.updated_at = :now, r.version = r.version + 1;

-- family_marital_set: exec txn
--   in   ids str, marital u8, now utc
UPDATE resident r JOIN JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j ON j.id = r.id
SET r.marital = :marital, r.updated_at = :now, r.version = r.version + 1;

-- Why somebody was taken out of the books, and whose double it was; it goes with the status (registry_resident_put).

-- resident_out_set: exec txn
--   in   id u64, why u8?, twin u64?
UPDATE resident SET out_why = :why, out_of = :twin WHERE id = :id;

-- rollup_living: exec txn
--   in   living u32, version u64
UPDATE registry_lock SET living = :living, living_of = :version WHERE id = 1;
