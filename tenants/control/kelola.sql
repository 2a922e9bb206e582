-- schema: control

-- As servers treat it: a failed migration makes a serving village read-only. Empty: by its published figures nobody lives there and no letter was made;
-- what is done to it asks its own tables (kelola_inside).
-- kelola_all: part
(SELECT v.code, u.name, d.code AS district_code, d.name AS district,
        NOT v.is_sample AND COALESCE(r.residents_m + r.residents_f + r.letters_total, 0) = 0 AS is_empty, v.slug, v.state, IF(v.failed_step <> '' AND v.state IN ('active', 'trial'), 'readonly', v.state) AS shown,
        v.state_note, v.state_at, v.step, v.step_error, v.failed_step, v.schema_version, v.is_sample, v.created_at, v.ready_at,
        v.setup_until, v.setup_used_at, v.set_up_at, r.size_bytes, r.queue_ready, r.queue_dead, r.last_activity_at AS activity_at, r.computed_at, r.has_approver
    FROM village v JOIN unit u ON u.code = v.code JOIN unit d ON d.code = u.parent_code LEFT JOIN rollup r ON r.village_code = v.code) k;

-- kelola_columns: part
k.code, k.name, k.district_code, k.district, k.is_empty, k.slug, k.state, k.shown, k.state_note, k.state_at, k.step, k.step_error, k.failed_step, k.schema_version,
k.is_sample, k.created_at, k.ready_at, k.setup_until, k.setup_used_at, k.set_up_at, k.size_bytes, k.queue_ready, k.queue_dead, k.activity_at, k.computed_at,
COALESCE(k.has_approver, FALSE) AS has_approver;

-- Words come folded, without apostrophes and hyphens: To'long is found in its address.
-- kelola_village: list
--   in   kelola_find: state str?, code word?, words str?
--   order name: k.name, k.code
--   order district: k.district, k.name, k.code
--   order host: k.slug, k.code
--   order state: k.shown, k.name, k.code
--   order version: k.schema_version-, k.name, k.code
--   order size: k.size_bytes-, k.name, k.code
--   order activity: k.activity_at-, k.name, k.code
--   order queue: k.queue_dead-, k.queue_ready-, k.name, k.code
--   out  kelola_village: code str, name str, district_code str, district str, is_empty i32, slug str, state str, shown str, state_note str, state_at utc, step str, step_error str
--   out  failed_step str, schema_version u32, is_sample bool, created_at utc, ready_at utc?, setup_until utc?, setup_used_at utc?, set_up_at utc?
--   out  size_bytes u64?, queue_ready u32?, queue_dead u32?, activity_at utc?, computed_at utc?, has_approver bool
SELECT {kelola_columns} FROM {kelola_all}
WHERE (:state IS NULL OR k.shown = :state) AND (:code IS NULL OR k.code LIKE CONCAT(:code, '%'))
    AND {words k.code, k.name, k.district, k.slug} AND {after};

-- kelola_states: many
--   out  kelola_state_count: shown str, n u64
SELECT k.shown, COUNT(*) AS n FROM {kelola_all} GROUP BY k.shown;

-- kelola_village_of: maybe
--   in   code str
--   out  kelola_village
SELECT {kelola_columns} FROM {kelola_all} WHERE k.code = :code;

-- What was done to a village, or DPMD's notes of it: many notes push nothing out of the history.
-- kelola_audit_of: many
--   in   subject str, is_note bool, before u64?
--   out  kelola_audit: id u64, at_us utc, actor_name str, action str, detail str
SELECT id, at AS at_us, actor_name, action, detail FROM audit
WHERE subject = :subject AND (action = 'dpmd.note') = :is_note AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT 13;

-- kelola_slug_of: maybe
--   in   code str
--   out  kelola_slug: slug str, step str
SELECT slug, step FROM village WHERE code = :code;

-- Work: villages that are not ready, and those made ready in the last hours.

-- kelola_making: part
(SELECT v.code, u.name, v.step, v.step_error, v.created_at, v.ready_at, v.step = 'ready' AS is_ready,
        (SELECT MIN(o.state) FROM outbox o WHERE o.kind = :kind AND o.subject = CAST(v.code AS UNSIGNED)) AS job_state
    FROM village v JOIN unit u ON u.code = v.code
    WHERE v.state <> 'closed' AND (v.step <> 'ready' OR v.ready_at > :since)) w;

-- kelola_work: list
--   in   kelola_work_find: since utc, kind u16, words str?
--   order open: w.is_ready, w.ready_at-, w.code
--   order name: w.name, w.code
--   out  kelola_work: code str, name str, step str, step_error str, created_at utc, ready_at utc?, is_ready i32, job_state u8?
SELECT w.code, w.name, w.step, w.step_error, w.created_at, w.ready_at, w.is_ready, w.job_state FROM {kelola_making}
WHERE {words w.code, w.name} AND {after};

-- kelola_work_sums: one
--   in   since utc, kind u16
--   out  kelola_work_sums: n u64, ready u64, stopped u64, waiting u64
SELECT COUNT(*) AS n, COALESCE(SUM(w.is_ready), 0) AS ready,
       COALESCE(SUM(NOT w.is_ready AND w.step_error <> '' AND COALESCE(w.job_state, 4) NOT IN (1, 2)), 0) AS stopped,
       COALESCE(SUM(COALESCE(w.job_state, 4) IN (1, 2)), 0) AS waiting
FROM {kelola_making};

-- Of those being made: the one that stopped, else the oldest.
-- kelola_work_first: maybe
--   out  kelola_work_one: name str, step str, step_error str, created_at utc
SELECT u.name, v.step, v.step_error, v.created_at FROM village v JOIN unit u ON u.code = v.code
WHERE v.state <> 'closed' AND v.step <> 'ready'
ORDER BY v.step_error = '', v.created_at, v.code LIMIT 1;

-- kelola_job_pending: one
--   in   kind u16, subject u64
--   out  kelola_pending: n u64
SELECT COUNT(*) AS n FROM outbox WHERE kind = :kind AND subject = :subject AND state IN (1, 2);

-- kelola_regencies: many
--   out  kelola_regency: code str, name str
SELECT code, name FROM unit WHERE kind = 'regency' ORDER BY code;

-- A district whose villages are all closed is none: who made them made a mistake.
-- kelola_districts: many
--   out  kelola_district: code str, name str
SELECT d.code, d.name FROM unit d WHERE d.kind = 'district'
    AND EXISTS (SELECT 1 FROM unit u LEFT JOIN village v ON v.code = u.code WHERE u.parent_code = d.code AND COALESCE(v.state, '') <> 'closed')
ORDER BY d.name;

-- Villages of a district that are made, the filled ones first.
-- kelola_of_district: many
--   in   district str
--   out  kelola_member: code str, name str, is_empty i32, step str
SELECT k.code, k.name, k.is_empty, k.step FROM {kelola_all} WHERE k.district_code = :district AND k.state <> 'closed' ORDER BY k.is_empty, k.name;

-- unit_rename: exec txn
--   in   code str, name str
UPDATE unit SET name = :name WHERE code = :code;

-- kelola_known: many
--   out  kelola_known: code str, name str, is_hosted bool, is_closed bool
SELECT u.code, u.name, v.code IS NOT NULL AS is_hosted, COALESCE(v.state, '') = 'closed' AS is_closed FROM unit u LEFT JOIN village v ON v.code = u.code WHERE u.kind IN ('desa', 'kelurahan') ORDER BY u.code;
