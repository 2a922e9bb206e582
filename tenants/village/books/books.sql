-- schema: village

-- B.1: who lives here, by name. Read once from front to back.

-- resident_since: one
--   out  resident_since: day date?
SELECT (SELECT DATE(created_at) FROM resident ORDER BY id LIMIT 1) AS day;

-- What happened in a month whose B.3 was closed before it was written down.

-- late: part
e.kind <> 'correction' AND EXISTS (SELECT 1 FROM book_copy b WHERE b.book = 'b3' AND b.period = DATE_FORMAT(e.event_date, '%Y-%m') AND b.made_at < e.recorded_at);

-- late_arrivals: one
--   out  late_arrivals: n u64
SELECT COUNT(*) AS n FROM resident_event e JOIN resident r ON r.id = e.resident_id WHERE r.basic_status = 1 AND e.kind = 'arrival' AND {late};

-- book_person: each
--   out  book_person: name str, sex u8, marital u8?, birth_place str, birth_date date?, religion u8?, education u8?, occupation u8?
--   out  citizenship u8?, came_on date?, is_late bool, hamlet str, rw str, rt str, address str?, address_now str, role u8?, nik str, kk_no str?
SELECT r.name, r.sex, r.marital, r.birth_place, r.birth_date, r.religion, r.education_kk AS education, r.occupation, r.citizenship,
    (SELECT MAX(e.event_date) FROM resident_event e WHERE e.resident_id = r.id AND e.kind = 'arrival') AS came_on,
    EXISTS (SELECT 1 FROM resident_event e WHERE e.resident_id = r.id AND e.kind = 'arrival' AND {late}) AS is_late,
    a.hamlet, a.rw, a.rt, f.address, r.address_now, r.family_role AS role, r.nik, f.kk_no
FROM resident r JOIN area a ON a.id = r.area_id LEFT JOIN family f ON f.id = r.family_id
WHERE r.basic_status = 1 ORDER BY f.kk_no IS NULL, f.kk_no, r.family_role IS NULL, r.family_role, r.birth_date, r.id;

-- B.3 is folded back from what stands now: whoever lives here, less what was reported since, each where and as what they were then: the
-- first change after a moment says what was before it. In these parts `m` is somebody (id, sex, citizenship) at a moment, `a` their area of now.

-- later: part
FROM history h WHERE h.owner = 'resident' AND h.owner_id = m.id AND h.at > m.moment;

-- first: part
ORDER BY h.at, h.id LIMIT 1;

-- sex: part
COALESCE((SELECT JSON_VALUE(h.changes, '$.sex[0]') {later} AND JSON_EXISTS(h.changes, '$.sex') {first}), m.sex);

-- citizenship: part
COALESCE((SELECT JSON_VALUE(h.changes, '$.citizenship[0]') {later} AND JSON_EXISTS(h.changes, '$.citizenship') {first}), m.citizenship);

-- Class: 0 WNA L, 1 WNA P, 2 WNI L, 3 WNI P; two nationalities count as WNI.

-- class: part
IFNULL(CAST(IF({citizenship} = 2, 0, 2) + IF({sex} = 2, 1, 0) AS UNSIGNED), 2);

-- What a whole hamlet was called when it was changed (a history's) or merged: the first change of its name after that says it.

-- called: part
UPPER(COALESCE((SELECT JSON_VALUE(n.changes, '$.nama[0]') FROM history n WHERE n.owner = 'area' AND n.owner_id = a.id AND n.id > h.id AND n.kind = 'edit'
    AND JSON_EXISTS(n.changes, '$.nama') ORDER BY n.id LIMIT 1), a.hamlet)) COLLATE utf8mb4_bin;

-- The names that hamlets had, until when, and what those are called now: renamed and merged moved nobody.

-- names: part
(WITH RECURSIVE one AS (
    SELECT h.id, h.at, UPPER(JSON_VALUE(h.changes, '$.nama[0]')) COLLATE utf8mb4_bin AS was, UPPER(JSON_VALUE(h.changes, '$.nama[1]')) COLLATE utf8mb4_bin AS name
    FROM history h JOIN area a ON a.id = h.owner_id AND a.rw = '-' AND a.rt = '-'
    WHERE h.owner = 'area' AND h.kind = 'edit' AND JSON_EXISTS(h.changes, '$.nama')
    UNION ALL
    SELECT f.id, f.at, f.name, t.name
    FROM (SELECT h.id, h.at, {called} AS name FROM history h JOIN area a ON a.id = h.owner_id AND a.rw = '-' AND a.rt = '-'
        WHERE h.owner = 'area' AND h.kind = 'merge') f
    JOIN (SELECT h.at, {called} AS name FROM history h JOIN area a ON a.id = h.owner_id AND a.rw = '-' AND a.rt = '-'
        WHERE h.owner = 'area' AND h.kind = 'merge_in') t ON t.at = f.at
), step AS (
    SELECT o.id, o.at, o.was, o.name, (SELECT MIN(x.id) FROM one x WHERE x.was = o.name AND x.id > o.id) AS next FROM one o
), led AS (
    SELECT s.id, s.at, s.was, s.name, s.next FROM step s
    UNION ALL
    SELECT l.id, l.at, l.was, s.name, s.next FROM led l JOIN step s ON s.id = l.next
) SELECT l.id, l.at AS until, l.was, l.name FROM led l WHERE l.next IS NULL);

-- One hamlet may be spelled in two ways (Uji RT 001, UJI RT 002): the same spelling in every statement, compared byte by byte.

-- hamlet: part
IFNULL(COALESCE(
    (SELECT COALESCE((SELECT n.name FROM {names} n WHERE n.was = UPPER(JSON_VALUE(h.changes, '$.hamlet[0]')) COLLATE utf8mb4_bin AND n.until >= h.at
            ORDER BY n.id LIMIT 1), UPPER(JSON_VALUE(h.changes, '$.hamlet[0]')) COLLATE utf8mb4_bin)
        {later} AND JSON_EXISTS(h.changes, '$.hamlet') {first}),
    UPPER(a.hamlet) COLLATE utf8mb4_bin), '-');

-- fold_hamlets: many
--   out  fold_hamlet: hamlet str
SELECT DISTINCT UPPER(a.hamlet) COLLATE utf8mb4_bin AS hamlet FROM area a ORDER BY hamlet;

-- fold_living: many
--   in   last utc
--   out  fold_living: hamlet str, class u64, n u64
SELECT p.hamlet, p.class, COUNT(*) AS n FROM (
    SELECT {hamlet} AS hamlet, {class} AS class
    FROM (SELECT r.id, r.sex, r.citizenship, r.area_id, :last AS moment FROM resident r WHERE r.basic_status = 1) m JOIN area a ON a.id = m.area_id
) p GROUP BY p.hamlet, p.class;

-- Those of a month and of all months after it. What was taken back within its own month never was.

-- counts: part
(e.status_before = 1) <> (e.status_after = 1)
    AND NOT EXISTS (SELECT 1 FROM resident_event c WHERE c.cancels = e.id AND EXTRACT(YEAR_MONTH FROM c.reported_on) = EXTRACT(YEAR_MONTH FROM e.reported_on))
    AND NOT EXISTS (SELECT 1 FROM resident_event w WHERE w.id = e.cancels AND EXTRACT(YEAR_MONTH FROM w.reported_on) = EXTRACT(YEAR_MONTH FROM e.reported_on));

-- Taken out of the books and given back (`out`, `out_back`): what it came to in a month of the village's own days, `minutes` east of Greenwich.
-- Who was taken out in the month in which they came, or were written in, was neither there nor gone: is_void.

-- outs: part
(SELECT o.resident_id, o.at, o.month, o.net = 1 AS is_gain, o.net = -1 AND (EXTRACT(YEAR_MONTH FROM o.created_at + INTERVAL :minutes MINUTE) = o.month
    OR EXISTS (SELECT 1 FROM resident_event e WHERE e.resident_id = o.resident_id AND e.status_after = 1 AND e.recorded_at < o.at
        AND EXTRACT(YEAR_MONTH FROM e.reported_on) = o.month AND {counts})) AS is_void
FROM (SELECT h.owner_id AS resident_id, r.created_at, MAX(h.at) AS at, EXTRACT(YEAR_MONTH FROM h.at + INTERVAL :minutes MINUTE) AS month,
        SUM((JSON_VALUE(h.changes, '$.basic_status[1]') = 1) - (JSON_VALUE(h.changes, '$.basic_status[0]') = 1)) AS net
    FROM history h JOIN resident r ON r.id = h.owner_id WHERE h.kind IN ('out', 'out_back') AND h.owner = 'resident' AND h.at > :first
    GROUP BY h.owner_id, r.created_at, month HAVING net <> 0) o);

-- All that brought or took somebody, since a day.

-- changed: part
(SELECT e.resident_id, e.kind, e.status_after = 1 AS is_gain, e.reported_on AS day, e.recorded_at AS at, {late} AS is_late
FROM resident_event e WHERE e.reported_on >= :since AND {counts}
    AND NOT (e.status_after = 1 AND EXISTS (SELECT 1 FROM {outs} v
        WHERE v.is_void AND v.resident_id = e.resident_id AND v.month = EXTRACT(YEAR_MONTH FROM e.reported_on) AND v.at > e.recorded_at))
UNION ALL
SELECT o.resident_id, 'correction', o.is_gain, DATE(o.at + INTERVAL :minutes MINUTE), o.at, FALSE FROM {outs} o WHERE NOT o.is_void);

-- fold_events: many
--   in   fold_span: since date, until date, first utc, last utc, minutes i32
--   out  fold_event: hamlet str, class u64, is_later bool, is_gain bool, kind str, is_late bool, n u64
SELECT p.hamlet, p.class, p.is_later IS TRUE AS is_later, p.is_gain IS TRUE AS is_gain, p.kind, p.is_late IS TRUE AS is_late, COUNT(*) AS n FROM (
    SELECT {hamlet} AS hamlet, {class} AS class, m.is_later, m.is_gain, m.kind, m.is_late
    FROM (
        SELECT r.id, r.sex, r.citizenship, r.area_id, c.day >= :until AS is_later, c.is_gain, c.kind, c.is_late, IF(c.day >= :until, :last, c.at) AS moment
        FROM {changed} c JOIN resident r ON r.id = c.resident_id
    ) m JOIN area a ON a.id = m.area_id
) p GROUP BY p.hamlet, p.class, p.is_later, p.is_gain, p.kind, p.is_late;

-- Who lived here and was written into another hamlet, sex or nationality within the month. Not what came with an event of that moment.

-- fold_moves: many
--   in   first utc, last utc, minutes i32
--   out  fold_move: was_hamlet str, was_class u64, hamlet str, class u64, n u64
SELECT p.was_hamlet, p.was_class, p.hamlet, p.class, COUNT(*) AS n FROM (
    SELECT m.was_hamlet, m.was_class, {hamlet} AS hamlet, {class} AS class
    FROM (
        SELECT m.id, m.sex, m.citizenship, m.area_id, m.at AS moment, {hamlet} AS was_hamlet, {class} AS was_class
        FROM (
            SELECT DISTINCT r.id, r.sex, r.citizenship, r.area_id, c.at, c.at - INTERVAL 1 MICROSECOND AS moment
            FROM history c JOIN resident r ON r.id = c.owner_id
            WHERE c.kind IN ('edit', 'nik', 'family', 'move_family', 'split_family', 'import', 'area') AND c.at > :first AND c.at <= :last AND c.owner = 'resident'
                AND (JSON_EXISTS(c.changes, '$.hamlet') OR JSON_EXISTS(c.changes, '$.sex') OR JSON_EXISTS(c.changes, '$.citizenship'))
                AND COALESCE((SELECT e.status_before FROM resident_event e WHERE e.resident_id = r.id AND e.recorded_at >= c.at
                        ORDER BY e.recorded_at, e.id LIMIT 1),
                    (SELECT JSON_VALUE(o.changes, '$.basic_status[0]') FROM history o WHERE o.owner = 'resident' AND o.owner_id = r.id AND o.at > c.at
                        AND o.kind IN ('out', 'out_back') ORDER BY o.at, o.id LIMIT 1), r.basic_status) = 1
                AND NOT EXISTS (SELECT 1 FROM {outs} v WHERE v.is_void AND v.resident_id = r.id AND v.at > c.at AND v.at <= :last)
        ) m JOIN area a ON a.id = m.area_id
    ) m JOIN area a ON a.id = m.area_id
) p WHERE p.was_hamlet <> p.hamlet OR p.was_class <> p.class GROUP BY p.was_hamlet, p.was_class, p.hamlet, p.class;

-- Of the late ones in a month's book: when they happened.

-- late_months: many
--   in   since date, until date
--   out  late_month: period str, n u64
SELECT DATE_FORMAT(e.event_date, '%Y-%m') AS period, COUNT(*) AS n FROM resident_event e
WHERE e.reported_on >= :since AND e.reported_on < :until AND {counts} AND {late} GROUP BY period ORDER BY period;

-- Of a closed month: what came too late for it.

-- late_of: one
--   in   since date, until date
--   out  late_of: n u64
SELECT COUNT(*) AS n FROM resident_event e WHERE e.event_date >= :since AND e.event_date < :until AND {counts} AND {late};

-- Families with somebody present at the start and at the end of the month, each person in the family of then, the family where its head or
-- another of it was. begun: nobody of it was here at the start, whether it was split off, came or was given back; ended: nobody is any more.

-- family_then: part                      -- a change of the card's number tells which family it was before
COALESCE((SELECT IF(JSON_VALUE(h.changes, '$.kk_no[0]') = '', 0, h.also_id) {later} AND JSON_EXISTS(h.changes, '$.kk_no') {first}), m.family_id, 0);

-- fold_families: many
--   in   fold_span
--   out  fold_family: hamlet str, at_start u64, at_end u64, begun u64, ended u64
SELECT w.hamlet, CAST(SUM(NOT w.is_end) AS UNSIGNED) AS at_start, CAST(SUM(w.is_end) AS UNSIGNED) AS at_end,
    CAST(SUM(w.is_end AND w.n = 1) AS UNSIGNED) AS begun, CAST(SUM(NOT w.is_end AND w.n = 1) AS UNSIGNED) AS ended
FROM (SELECT k.hamlet, k.is_end, COUNT(*) OVER (PARTITION BY k.family_id) AS n
FROM (SELECT p.family_id, p.is_end, SUBSTR(MIN(CONCAT(IF(p.is_head, '0', '1'), p.hamlet)), 2) AS hamlet
FROM (
    SELECT {family_then} AS family_id, {hamlet} AS hamlet, m.family_role <=> 1 AS is_head, m.is_end
    FROM (
        SELECT r.id, r.area_id, r.family_id, r.family_role, q.is_end, IF(q.is_end, :last, :first) AS moment
        FROM (
            SELECT r.id, t.is_end, 1 AS n FROM resident r JOIN (SELECT FALSE AS is_end UNION ALL SELECT TRUE) t WHERE r.basic_status = 1
            UNION ALL SELECT c.resident_id, FALSE, IF(c.is_gain, -1, 1) FROM {changed} c
            UNION ALL SELECT c.resident_id, TRUE, IF(c.is_gain, -1, 1) FROM {changed} c WHERE c.day >= :until
        ) q JOIN resident r ON r.id = q.id GROUP BY r.id, r.area_id, r.family_id, r.family_role, q.is_end HAVING SUM(q.n) > 0
    ) m JOIN area a ON a.id = m.area_id
) p WHERE p.family_id <> 0 GROUP BY p.family_id, p.is_end
) k) w GROUP BY w.hamlet;

-- What has no event: written in by hand or by an import within or after the month. They are counted as if they had always been here.

-- fold_silent: one
--   in   since date
--   out  fold_silent: n u64
SELECT COUNT(*) AS n FROM resident r
WHERE r.basic_status = 1 AND r.created_at >= :since
    AND NOT EXISTS (SELECT 1 FROM resident_event e WHERE e.resident_id = r.id AND e.status_before <> 1 AND e.status_after = 1);

-- The months that DPMD sees: by how many people a month's B.3 changed, how many were born, and the day it was closed.

-- trend_events: many
--   in   since date, first utc, minutes i32
--   out  trend_event: period str, net i64, births u64
SELECT DATE_FORMAT(c.day, '%Y-%m') AS period, CAST(SUM(IF(c.is_gain, 1, -1)) AS SIGNED) AS net, CAST(SUM(c.kind = 'birth') AS UNSIGNED) AS births
FROM {changed} c GROUP BY period;

-- trend_closed: many
--   in   since str
--   out  trend_closed: period str, made_at utc
SELECT period, made_at FROM book_copy WHERE book = 'b3' AND period >= :since;
