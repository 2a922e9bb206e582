-- schema: village

-- Rows of area as the registry and the room of areas write them, each in a transaction that has touched the registry.

-- area_put: bulk txn
--   in   hamlet str, rw str, rt str
INSERT INTO area (hamlet, rw, rt) VALUES (:hamlet, :rw, :rt) ON DUPLICATE KEY UPDATE is_retired = FALSE;

-- area_of_place: one
--   in   hamlet str, rw str, rt str
--   out  area_id: id u64
SELECT id FROM area WHERE hamlet = :hamlet AND rw = :rw AND rt = :rt;

-- Hamlets to choose from: known ones, and retired ones while somebody lives there.

-- hamlets: many hot
--   out  hamlet: hamlet str
SELECT DISTINCT a.hamlet FROM area a
WHERE (NOT a.is_retired AND a.hamlet <> '-') OR EXISTS (SELECT 1 FROM resident p WHERE p.area_id = a.id AND p.basic_status = 1)
ORDER BY a.hamlet LIMIT 250;

-- The same with the numbers that they have: level 1, 2 and 3 for a hamlet, an RW, an RT.

-- area_choices: many
--   out  area_choice: level u8, name str
SELECT c.level, c.name FROM ((SELECT DISTINCT 1 AS level, a.hamlet AS name FROM area a
    WHERE (NOT a.is_retired AND a.hamlet <> '-') OR EXISTS (SELECT 1 FROM resident p WHERE p.area_id = a.id AND p.basic_status = 1)
    ORDER BY name LIMIT 250)
UNION ALL (SELECT DISTINCT 2 AS level, a.rw AS name FROM area a WHERE NOT a.is_retired AND a.rw <> '-' ORDER BY name LIMIT 100)
UNION ALL (SELECT DISTINCT 3 AS level, a.rt AS name FROM area a WHERE NOT a.is_retired AND a.rt <> '-' ORDER BY name LIMIT 100)) AS c;

-- unit_known: maybe                        -- the RW, or with rt the RT
--   in   hamlet str, rw str, rt str
--   out  unit_known: id u64
SELECT id FROM area WHERE hamlet = :hamlet AND rw = :rw AND (:rt = '-' OR rt = :rt) LIMIT 1;

-- hamlet_known: maybe
--   in   hamlet str
--   out  hamlet
SELECT a.hamlet FROM area a
WHERE a.hamlet = :hamlet AND (NOT a.is_retired OR EXISTS (SELECT 1 FROM resident p WHERE p.area_id = a.id AND p.basic_status = 1)) LIMIT 1;

-- family_place: one
--   in   id u64
--   out  family_place: hamlet str, rw str, rt str
SELECT a.hamlet, a.rw, a.rt FROM family f JOIN area a ON a.id = f.area_id WHERE f.id = :id;

-- A name stands in every row of what lies in it.

-- area_rename_hamlet: exec txn
--   in   was str, name str
UPDATE area SET hamlet = :name, version = version + 1 WHERE hamlet = :was;

-- area_rename_rw: exec txn
--   in   hamlet str, was str, name str
UPDATE area SET rw = :name, version = version + 1 WHERE hamlet = :hamlet AND rw = :was;

-- area_set: exec txn
--   in   id u64, rt str, head_id u64?, head_name str, phone str
UPDATE area SET rt = :rt, head_id = :head_id, head_name = :head_name, phone = :phone, version = version + 1 WHERE id = :id;

-- area_retire: exec txn
--   in   hamlet str, rw str, rt str
UPDATE area SET is_retired = TRUE, version = version + 1
WHERE hamlet = :hamlet AND (rw = :rw OR (:rw = '-' AND :rt = '-')) AND (rt = :rt OR :rt = '-');

-- Pairs of an area and the one that takes what hangs on it.

-- area_families_move: exec txn
--   in   pairs str, now utc
UPDATE family f
JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (was BIGINT UNSIGNED PATH '$[0]', id BIGINT UNSIGNED PATH '$[1]')) AS j ON j.was = f.area_id
SET f.area_id = j.id, f.updated_at = :now, f.version = f.version + 1;

-- area_residents_move: exec txn
--   in   pairs str, now utc
UPDATE resident r
JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (was BIGINT UNSIGNED PATH '$[0]', id BIGINT UNSIGNED PATH '$[1]')) AS j ON j.was = r.area_id
SET r.area_id = j.id, r.updated_at = :now, r.version = r.version + 1;

-- Addresses that name their hamlet, "Dusun Padang No. 3": of the families and people who hang on these areas, the first of a pair.

-- area_addresses_set: exec txn
--   in   pairs str, pattern str, words str, now utc
UPDATE family f
JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]')) AS j ON j.id = f.area_id
SET f.address = LEFT(REGEXP_REPLACE(f.address, :pattern, :words), 200), f.updated_at = :now, f.version = f.version + 1
WHERE f.address REGEXP :pattern;

-- area_addresses_now_set: exec txn
--   in   pairs str, pattern str, words str, now utc
UPDATE resident r
JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]')) AS j ON j.id = r.area_id
SET r.address_now = LEFT(REGEXP_REPLACE(r.address_now, :pattern, :words), 200), r.updated_at = :now, r.version = r.version + 1
WHERE r.address_now REGEXP :pattern;
