-- schema: village

-- Hamlets, RW and RT: a row of `area` each. People without any place hang on a row of their own, which is no area.

-- area_is_shown: part
NOT (a.hamlet = '-' AND a.rw = '-' AND a.rt = '-')
    AND (NOT a.is_retired OR EXISTS (SELECT 1 FROM resident p WHERE p.area_id = a.id AND p.basic_status = 1));

-- area_level: part
IF(a.rt <> '-', 3, IF(a.rw <> '-', 2, 1));

-- area: list
--   in    area_find: level u8?, words str?
--   order place: a.hamlet, a.rw, a.rt, a.id by place
--   out   area_line: id u64, hamlet str, rw str, rt str, head str, is_head_gone bool
SELECT a.id, a.hamlet, a.rw, a.rt, IFNULL(h.name, a.head_name) AS head, h.basic_status <=> NULL = FALSE AND h.basic_status <> 1 AS is_head_gone
FROM area a LEFT JOIN resident h ON h.id = a.head_id
WHERE {area_is_shown} AND (:level IS NULL OR {area_level} = :level) AND {words a.hamlet, a.rw, a.rt, h.name, a.head_name} AND {after};

-- Who lives in each, and how many families with a head who does.

-- area_counts: many
--   out  area_count: hamlet str, rw str, rt str, men u64, women u64, families u64
SELECT a.hamlet, a.rw, a.rt, CAST(SUM(c.men) AS UNSIGNED) AS men, CAST(SUM(c.women) AS UNSIGNED) AS women, CAST(SUM(c.families) AS UNSIGNED) AS families
FROM (
    SELECT r.area_id, SUM(r.sex = 1) AS men, SUM(r.sex = 2) AS women, 0 AS families FROM resident r FORCE INDEX (by_kind) WHERE r.basic_status = 1 GROUP BY r.area_id
    UNION ALL
    SELECT f.area_id, 0, 0, COUNT(*) FROM family f JOIN resident h ON h.id = f.head_id WHERE h.basic_status = 1 GROUP BY f.area_id
) AS c JOIN area a ON a.id = c.area_id GROUP BY a.id;

-- area_since: one
--   out  day date?
SELECT (SELECT DATE(created_at) FROM family ORDER BY id LIMIT 1) AS day;

-- area_get: one lock
--   in    id u64
--   out   area_one: id u64, version u32, hamlet str, rw str, rt str, head_id u64?, head_name str, phone str, is_retired bool
--   locks area
SELECT id, version, hamlet, rw, rt, head_id, head_name, phone, is_retired FROM area WHERE id = :id;

-- area_head: maybe
--   in   id u64
--   out  area_head: name str, basic_status u8
SELECT name, basic_status FROM resident WHERE id = :id;

-- area_known: maybe
--   in   hamlet str, rw str, rt str
--   out  area_known: id u64, is_retired bool
SELECT id, is_retired FROM area WHERE hamlet = :hamlet AND rw = :rw AND rt = :rt;

-- Others of its level, to take what hangs on it.

-- area_peers: many
--   in   id u64, level u8
--   out  area_peer: id u64, hamlet str, rw str, rt str
SELECT a.id, a.hamlet, a.rw, a.rt FROM area a
WHERE a.id <> :id AND {area_level} = :level AND {area_is_shown} ORDER BY a.hamlet, a.rw, a.rt LIMIT 500;

-- It and what lies in it.

-- area_parts: many
--   in   hamlet str, rw str, rt str
--   out  area_peer
SELECT a.id, a.hamlet, a.rw, a.rt FROM area a
WHERE a.hamlet = :hamlet AND (a.rw = :rw OR (:rw = '-' AND :rt = '-')) AND (a.rt = :rt OR :rt = '-') ORDER BY a.rw, a.rt;

-- Everyone who hangs on one of them, the dead and those who left too.

-- area_dwellers: many
--   in   ids str
--   out  area_dweller: id u64, area_id u64
SELECT r.id, r.area_id FROM resident r
JOIN JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]')) AS j ON j.id = r.area_id ORDER BY r.id;

-- Whose address says the hamlet's name, and how it would read: a family's, of each member, and people's own.

-- area_addresses: many
--   in   pairs str, pattern str, words str
--   out  area_address: id u64, was str, address str, is_own bool
SELECT m.id, f.address AS was, LEFT(REGEXP_REPLACE(f.address, :pattern, :words), 200) AS address, FALSE AS is_own
FROM family f JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]')) AS j ON j.id = f.area_id
JOIN resident m ON m.family_id = f.id WHERE f.address REGEXP :pattern
UNION ALL
SELECT r.id, r.address_now, LEFT(REGEXP_REPLACE(r.address_now, :pattern, :words), 200), TRUE
FROM resident r JOIN JSON_TABLE(:pairs, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$[0]')) AS j ON j.id = r.area_id WHERE r.address_now REGEXP :pattern;

-- Whole areas that others moved into another lately, for who answers for the village.

-- area_merged: one
--   in   since utc, me u64
--   out  area_merged: n u64, into_id u64
SELECT COUNT(*), CAST(COALESCE(SUBSTRING_INDEX(GROUP_CONCAT(h.owner_id ORDER BY h.id DESC), ',', 1), '0') AS UNSIGNED) FROM history h
WHERE h.owner = 'area' AND h.kind = 'merge_in' AND h.at >= :since AND h.staff_id <> :me;

-- Heads for a training village: of a hamlet its official, of the others a head of a family of at least thirty.

-- area_places: many
--   out  area_place: id u64, hamlet str, rw str, rt str, official str?, resident_id u64?
SELECT a.id, a.hamlet, a.rw, a.rt,
    (SELECT MIN(o.name) FROM official o WHERE a.rw = '-' AND a.rt = '-' AND o.office = 'hamlet' AND o.position = CONCAT('Kepala Dusun ', a.hamlet)) AS official,
    (SELECT IF(a.rt = '-', MIN(f.head_id), MAX(f.head_id)) FROM family f JOIN resident h ON h.id = f.head_id JOIN area b ON b.id = f.area_id
        WHERE h.basic_status = 1 AND h.birth_date < NOW() - INTERVAL 30 YEAR AND b.hamlet = a.hamlet AND (b.rw = a.rw OR a.rw = '-')
            AND (b.rt = a.rt OR a.rt = '-')) AS resident_id
FROM area a WHERE a.rw <> '-' OR a.rt <> '-' OR a.hamlet <> '-' ORDER BY a.id;
