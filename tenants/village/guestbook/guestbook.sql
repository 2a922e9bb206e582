-- schema: village

-- guest: list hot
--   in    guest_find: from date?, until date?, satisfaction u8?, words str?
--   order newest: g.came_on-, g.came_at-, g.id- by by_day
--   order name: g.name, g.id by by_name
--   out   guest_line: id u64, came_on date, came_at u16?, name str, origin str, meets str, purpose str, satisfaction u8?
SELECT g.id, g.came_on, g.came_at, g.name, g.origin, g.meets, g.purpose, g.satisfaction FROM guest g
WHERE (:from IS NULL OR g.came_on >= :from) AND (:until IS NULL OR g.came_on < :until)
    AND (:satisfaction IS NULL OR g.satisfaction = :satisfaction)
    AND {words g.name, g.origin, g.meets, g.purpose, REGEXP_REPLACE(g.phone, '[^0-9]', '')} AND {after};

-- guest_since: one
--   out  day date?
SELECT MIN(came_on) AS day FROM guest;

-- guest_get: one lock
--   in   id u64
--   out  guest_one: id u64, version u64, name str, origin str, phone str, meets str, purpose str, came_on date, came_at u16?, satisfaction u8?
--   form guest_edit except photo, is_another
SELECT id, version, name, origin, phone, meets, purpose, came_on, came_at, satisfaction FROM guest WHERE id = :id;

-- The same visit, written down by another form just now.

-- guest_again: one
--   in   name str, origin str, purpose str, came_on date, now utc
--   out  n u64
SELECT COUNT(*) AS n FROM guest g JOIN history h ON h.owner = 'guest' AND h.owner_id = g.id AND h.kind = 'add' AND h.at > :now - INTERVAL 10 MINUTE
WHERE g.name = :name AND g.origin = :origin AND g.purpose = :purpose AND g.came_on = :came_on;

-- guest_put: insert txn
--   in   guest_values: id u64, name str, origin str, phone str, meets str, purpose str, came_on date, came_at u16?, satisfaction u8?
--   in   written_by u64
--   form guest_edit except photo, is_another
INSERT INTO guest (name, origin, phone, meets, purpose, came_on, came_at, satisfaction, written_by)
VALUES (:name, :origin, :phone, :meets, :purpose, :came_on, :came_at, :satisfaction, :written_by);

-- guest_set: exec txn
--   in   guest_values
UPDATE guest SET name = :name, origin = :origin, phone = :phone, meets = :meets, purpose = :purpose, came_on = :came_on,
    came_at = :came_at, satisfaction = :satisfaction, version = version + 1
WHERE id = :id;
