-- schema: village

-- resident_changes_add: exec txn
--   in   at utc, staff_id u64, staff_name str, kind str, reason str, origin str, rows str
INSERT INTO history (at, staff_id, staff_name, owner, owner_id, also, also_id, version, kind, reason, changes, origin)
SELECT :at, :staff_id, :staff_name, 'resident', r.id, 'family', IFNULL(NULLIF(j.family, 0), r.family_id), r.version, :kind, :reason, j.diff, :origin
FROM JSON_TABLE(:rows, '$[*]' COLUMNS (
    id BIGINT UNSIGNED PATH '$.i', family BIGINT UNSIGNED PATH '$.f', diff TEXT CHARACTER SET utf8mb4 PATH '$.d')) AS j
JOIN resident r ON r.id = j.id;

-- Everyone an import or another bulk writer made: nothing stood before.

-- resident_changes_add_new: exec txn
--   in   at utc, staff_id u64, staff_name str, kind str, reason str, origin str, after u64
INSERT INTO history (at, staff_id, staff_name, owner, owner_id, also, also_id, version, kind, reason, changes, origin)
SELECT :at, :staff_id, :staff_name, 'resident', r.id, 'family', r.family_id, r.version, :kind, :reason, '{}', :origin
FROM resident r WHERE r.id > :after;

-- resident_hold: one txn
--   in   id u64
--   out  resident_held: id u64, area_id u64, version u32
--   locks resident
SELECT id, area_id, version FROM resident WHERE id = :id FOR UPDATE;
