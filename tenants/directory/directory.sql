-- schema: control

-- directory_counters: one
--   out  directory_counters: directory u64, page u64
SELECT (SELECT value FROM change_counter WHERE name = 'directory') AS directory,
       (SELECT value FROM change_counter WHERE name = 'page') AS page;

-- directory_villages: many
--   out  directory_entry: code str, name str, slug str, state str, state_note str, failed_step str, secret_sealed bytes?, district_code str, district str, regency str, province str, lat f64, lng f64, zone str, is_sample bool, schema_version u32, epoch u64, page_epoch u64
SELECT v.code, u.name, v.slug, v.state, v.state_note, v.failed_step, v.secret_sealed,
       d.code AS district_code, d.name AS district, r.name AS regency, p.name AS province,
       CAST(COALESCE(u.lat, 0) AS DOUBLE) AS lat,
       CAST(COALESCE(u.lng, 0) AS DOUBLE) AS lng,
       v.zone, v.is_sample, v.schema_version, v.epoch, v.page_epoch
FROM village v
JOIN unit u ON u.code = v.code
JOIN unit d ON d.code = u.parent_code
JOIN unit r ON r.code = d.parent_code
JOIN unit p ON p.code = r.parent_code
ORDER BY v.code;

-- directory_hosts: many
--   out  directory_host: host str, village_code str, is_canonical bool
SELECT host, village_code, is_canonical FROM host WHERE verified_at IS NOT NULL ORDER BY host;

-- directory_page_epochs: many
--   out  directory_page_epoch: code str, page_epoch u64
SELECT code, page_epoch FROM village ORDER BY code;

-- directory_move: exec txn
UPDATE change_counter SET value = value + 1 WHERE name = 'directory';
