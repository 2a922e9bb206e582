-- schema: control

-- Figures are NULL for a village that has published none yet; state is NULL for one that is not hosted.

-- regency_villages: many
--   in   district str?
--   out  regency_village: code str, name str, district_code str, district str, slug str?, state str?, state_note str, is_sample bool
--   out  men u32?, women u32?, families u32?, letters_month u32?, letters_of str?, complete_pct u8?, computed_at utc?
--   out  has_approver bool, waiting u32, waiting_since utc?, last_letter_at utc?, active_at utc?, stuck u32, refused u32, phone str, trend str
SELECT u.code, u.name, d.code AS district_code, d.name AS district, v.slug, v.state, COALESCE(v.state_note, '') AS state_note,
       COALESCE(v.is_sample, FALSE) AS is_sample,
       r.residents_m AS men, r.residents_f AS women, r.families, r.letters_month, r.letters_of, r.complete_pct, r.computed_at,
       COALESCE(r.has_approver, FALSE) AS has_approver, COALESCE(r.waiting, 0) AS waiting, r.waiting_since, r.last_letter_at,
       r.last_activity_at AS active_at, COALESCE(r.queue_dead, 0) AS stuck, COALESCE(r.import_refused, 0) AS refused,
       COALESCE(r.phone, '') AS phone, COALESCE(r.trend, '') AS trend
FROM unit u
JOIN unit d ON d.code = u.parent_code
LEFT JOIN village v ON v.code = u.code
LEFT JOIN rollup r ON r.village_code = u.code
WHERE u.kind = 'desa' AND (:district IS NULL OR d.code = :district) AND COALESCE(v.state, '') <> 'closed'
ORDER BY u.code;

-- Who vouches for the villages' seals today.
-- regency_authority: maybe
--   out  regency_authority: certificate bytes
SELECT certificate FROM platform_key WHERE name = 'letters-ca';

-- One of them, whoever may see it.
-- regency_seen: maybe
--   in   code str, district str?
--   out  regency_seen: code str
SELECT u.code FROM unit u LEFT JOIN village v ON v.code = u.code
WHERE u.code = :code AND u.kind = 'desa' AND (:district IS NULL OR u.parent_code = :district) AND COALESCE(v.state, '') <> 'closed';

-- Those that have a village.
-- regency_districts: many
--   out  regency_district: code str, name str
SELECT d.code, d.name FROM unit d WHERE d.kind = 'district'
    AND EXISTS (SELECT 1 FROM unit u LEFT JOIN village v ON v.code = u.code
                WHERE u.parent_code = d.code AND u.kind = 'desa' AND COALESCE(v.state, '') <> 'closed')
ORDER BY d.name;

-- What the office wrote about a village: rows of the trail, so that none is changed or lost.
-- Of one person since then, among the newest rows of the trail.
-- regency_notes_lately: one
--   in   actor_id u64, since utc
--   out  regency_notes_lately: n u64
SELECT COUNT(*) FROM audit
WHERE id > (SELECT GREATEST(MAX(n.id), 500) - 500 FROM audit n) AND action = 'dpmd.note' AND actor_id = :actor_id AND at >= :since;

-- regency_notes: many
--   in   subject str, before u64?
--   out  regency_note: id u64, at_us utc, actor_name str, detail str
SELECT id, at AS at_us, actor_name, detail FROM audit
WHERE subject = :subject AND action = 'dpmd.note' AND (:before IS NULL OR id < :before) ORDER BY id DESC LIMIT 9;
