-- schema: village

-- event_put: bulk txn
--   in   kind str, act str, resident_id u64, family_id u64?, family_before u64?, event_date date, reported_on date, recorded_at utc, staff_id u64, staff_name str
--   in   status_before u8, status_after u8, place str, destination u8?, cause str, reporter str, number str, note str, roles str, cancels u64?
INSERT INTO resident_event (kind, act, resident_id, family_id, family_before, event_date, reported_on, recorded_at, staff_id, staff_name,
    status_before, status_after, place, destination, cause, reporter, number, note, roles, cancels)
VALUES (:kind, :act, :resident_id, :family_id, :family_before, :event_date, :reported_on, :recorded_at, :staff_id, :staff_name,
    :status_before, :status_after, :place, :destination, :cause, :reporter, :number, :note, :roles, :cancels);

-- event_put_first: one
--   in   act str, resident_id u64
--   out  event_put_first: id u64
SELECT id FROM resident_event WHERE act = :act AND resident_id = :resident_id ORDER BY id LIMIT 1;

-- Those of a month, newest first; is_cancelled chooses those taken back instead.

-- event: list
--   in    event_find: since date?, until date?, kind str?, is_cancelled bool
--   order newest: e.id-
--   out   event_line: id u64, kind str, event_date date, reported_on date, place str, resident_id u64, name str, staff_name str
SELECT e.id, e.kind, e.event_date, e.reported_on, e.place, e.resident_id, r.name, e.staff_name
FROM resident_event e JOIN resident r ON r.id = e.resident_id LEFT JOIN resident_event c ON c.cancels = e.id
WHERE e.reported_on >= :since AND e.reported_on < :until AND e.kind <> 'correction'
    AND (:kind IS NULL OR e.kind = :kind) AND (c.id IS NOT NULL) = :is_cancelled AND {after};

-- event_counts: many
--   in   since date, until date
--   out  event_count: kind str, valid u64, cancelled u64
SELECT e.kind, CAST(SUM(c.id IS NULL) AS UNSIGNED) AS valid, CAST(SUM(c.id IS NOT NULL) AS UNSIGNED) AS cancelled
FROM resident_event e LEFT JOIN resident_event c ON c.cancels = e.id
WHERE e.reported_on >= :since AND e.reported_on < :until AND e.kind <> 'correction' GROUP BY e.kind;

-- What happened in that time and was written down in another month, by that month.

-- event_elsewhere: many
--   in   since date, until date
--   out  event_elsewhere: reported_on date, n u64
SELECT MIN(e.reported_on) AS reported_on, COUNT(*) AS n
FROM resident_event e LEFT JOIN resident_event c ON c.cancels = e.id
WHERE e.event_date >= :since AND e.event_date < :until AND (e.reported_on < :since OR e.reported_on >= :until)
    AND e.kind <> 'correction' AND c.id IS NULL
GROUP BY DATE_FORMAT(e.reported_on, '%Y-%m') ORDER BY reported_on LIMIT 24;

-- events: part
SELECT e.id, e.kind, e.act, e.resident_id, e.family_id, e.family_before, e.event_date, e.reported_on, e.recorded_at, e.staff_name, e.status_before,
    e.status_after, e.place, e.destination, e.cause,
    e.reporter, e.number, e.note, e.roles,
    r.name, r.nik, r.sex, r.birth_date,
    r.basic_status AS status_now, IFNULL(r.family_role, 0) AS role_now, e.version, r.family_id AS family_now,
    c.staff_name AS cancelled_by, c.recorded_at AS cancelled_at, c.note AS cancel_reason
FROM resident_event e JOIN resident r ON r.id = e.resident_id LEFT JOIN resident_event c ON c.cancels = e.id;

-- event_get: one
--   in   id u64
--   out  event: id u64, kind str, act str, resident_id u64, family_id u64?, family_before u64?, event_date date, reported_on date, recorded_at utc
--   out  staff_name str, status_before u8, status_after u8, place str, destination u8?, cause str, reporter str, number str, note str
--   out  roles str, name str, nik str, sex u8, birth_date date?
--   out  status_now u8, role_now u8, version u32, family_now u64?, cancelled_by str?, cancelled_at utc?, cancel_reason str?
{events}
WHERE e.id = :id AND e.kind <> 'correction';

-- The others of the same act that still stand.

-- event_of_act: many
--   in   act str
--   out  event
{events}
WHERE e.act = :act AND e.kind <> 'correction' AND c.id IS NULL ORDER BY e.id;

-- Who died before standing on the books stands in the month of that death, which moves with it; of all others the month stays.
-- event_fix_set: exec txn
--   in   ids str, event_date date, place str, destination u8?, cause str, reporter str, number str, note str
UPDATE resident_event e JOIN JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j ON j.id = e.id
SET e.reported_on = IF(e.kind = 'death' AND e.status_before = 0, :event_date, e.reported_on), e.event_date = :event_date, e.place = :place, e.destination = :destination, e.cause = :cause, e.reporter = :reporter,
    e.number = :number, e.note = :note, e.version = e.version + 1;

-- What the act of an event wrote into the data of somebody who was on the books already: of its own person, of a widow or widower.

-- event_wrote: many
--   in   ids str
--   out  event_wrote: event_id u64, resident_id u64, changes str
SELECT e.id, e.resident_id, h.changes FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j
JOIN resident_event e ON e.id = j.id
JOIN history h ON h.owner = 'resident' AND h.owner_id = e.resident_id AND h.kind IN (e.kind, 'nik') AND h.at = e.recorded_at
WHERE e.kind IN ('birth', 'arrival') AND e.status_before <> 0
UNION ALL SELECT e.id, h.owner_id, h.changes FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS w
JOIN resident_event e ON e.id = w.id AND e.kind = 'death'
JOIN history h ON h.kind = 'widowed' AND h.at = e.recorded_at AND h.also = 'family' AND h.also_id = e.family_id;

-- What it wrote into the data of who stands beside: whose marriage ended, who became the head and what the others are to them.

-- event_wrote_beside: many
--   in   id u64
--   out  event_wrote_beside: name str, changes str
SELECT r.name, h.changes FROM resident_event e
JOIN history h ON h.kind IN ('head', 'widowed') AND h.at = e.recorded_at AND h.owner = 'resident' AND h.also = 'family' AND h.also_id = e.family_id
JOIN resident r ON r.id = h.owner_id WHERE e.id = :id ORDER BY h.id;

-- Since when somebody is missing, and what that made of the others.

-- event_missing: maybe
--   in   id u64
--   out  event_missing: id u64, event_date date, roles str
SELECT e.id, e.event_date, e.roles FROM resident_event e LEFT JOIN resident_event c ON c.cancels = e.id
WHERE e.resident_id = :id AND e.kind = 'missing' AND c.id IS NULL ORDER BY e.id DESC LIMIT 1;

-- What somebody was in the family when that event was written down, as the first change since then says; moved: of another family.

-- event_role_then: maybe
--   in   id u64, event u64
--   out  event_role_then: role u64, is_moved bool
SELECT CAST(COALESCE(JSON_VALUE(h.changes, '$.family_role[0]'), 0) AS UNSIGNED) AS role, JSON_EXISTS(h.changes, '$.kk_no') AS is_moved
FROM resident_event e JOIN history h ON h.owner = 'resident' AND h.owner_id = :id AND h.at > e.recorded_at
WHERE e.id = :event AND (JSON_EXISTS(h.changes, '$.family_role') OR JSON_EXISTS(h.changes, '$.kk_no')) ORDER BY h.id LIMIT 1;

-- The days of what stands about these people, each one's in the order it was written down: nothing of it comes before what was
-- written before. event 0: a day of their data.

-- event_days: many
--   in   ids str
--   out  event_day: resident_id u64, event_id u64, kind str, day date
SELECT e.resident_id, e.id, e.kind, e.event_date
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN resident_event e ON e.resident_id = j.id
LEFT JOIN resident_event c ON c.cancels = e.id WHERE e.kind <> 'correction' AND c.id IS NULL
UNION ALL SELECT r.id, 0, 'wedding', r.marriage_date
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS w JOIN resident r ON r.id = w.id WHERE r.marriage_date IS NOT NULL
UNION ALL SELECT r.id, 0, 'divorce', r.divorce_date
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS d JOIN resident r ON r.id = d.id WHERE r.divorce_date IS NOT NULL;

-- Somebody of these events who has another one after it, still standing.

-- event_later: maybe
--   in   ids str
--   out  event_later: name str
SELECT r.name FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j
JOIN resident_event w ON w.id = j.id JOIN resident_event e ON e.resident_id = w.resident_id AND e.id > w.id AND e.kind <> 'correction'
JOIN resident r ON r.id = w.resident_id LEFT JOIN resident_event c ON c.cancels = e.id
WHERE c.id IS NULL LIMIT 1;

-- event_person: one                    -- is_seen: by this one of the staff, since then
--   in   id u64, staff_id u64, since utc
--   out  event_person: id u64, name str, birth_date date?, basic_status u8, out_why u8?, family_id u64?, is_seen bool
SELECT id, name, birth_date, basic_status, out_why, family_id, EXISTS (SELECT 1 FROM read_log l
    WHERE l.resident_id = :id AND l.staff_id = :staff_id AND l.what = 'event' AND l.at > :since) AS is_seen FROM resident WHERE id = :id;

-- event_people_of_niks: many
--   in   niks str
--   out  event_person_known: id u64, nik str, basic_status u8, family_id u64?
SELECT r.id, r.nik, r.basic_status, r.family_id
FROM JSON_TABLE(:niks, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS j JOIN resident r ON r.nik = j.nik;
