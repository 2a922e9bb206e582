-- schema: control

-- The tree of units and the steps of making a village. Locks first: provision_lock is what registrations queue at.

-- provision_lock: one txn
--   out  provision_lock: value u64
--   locks directory
SELECT value FROM change_counter WHERE name = 'directory' FOR UPDATE;

-- provision_seats: many
--   out  provision_seat: code str, name str, district str, slug str?
SELECT u.code, u.name, d.name AS district, v.slug
FROM unit u JOIN unit d ON d.code = u.parent_code LEFT JOIN village v ON v.code = u.code
WHERE u.kind = 'desa' ORDER BY u.code;

-- provision_unit_of: maybe
--   in   code str
--   out  provision_unit: code str, kind str, name str
SELECT code, kind, name FROM unit WHERE code = :code;

-- provision_units_put: bulk txn
--   in   code str, kind str, name str, parent_code str?, lat str?, lng str?
INSERT INTO unit (code, kind, name, parent_code, lat, lng)
VALUES (:code, :kind, :name, :parent_code, :lat, :lng)
ON DUPLICATE KEY UPDATE name = VALUES(name), parent_code = VALUES(parent_code),
    lat = COALESCE(VALUES(lat), lat), lng = COALESCE(VALUES(lng), lng);

-- provision_villages_put: bulk txn
--   in   code str, slug str, zone str
INSERT INTO village (code, slug, zone, state, step) VALUES (:code, :slug, :zone, 'preparing', 'requested');

-- provision_village_of: one
--   in   code str
--   out  provision_village: code str, slug str, name str, district str, regency str, province str, state str, step str, secret_sealed bytes?
SELECT v.code, v.slug, u.name, d.name AS district, r.name AS regency, p.name AS province, v.state, v.step, v.secret_sealed
FROM village v
JOIN unit u ON u.code = v.code
JOIN unit d ON d.code = u.parent_code
JOIN unit r ON r.code = d.parent_code
JOIN unit p ON p.code = r.parent_code
WHERE v.code = :code;

-- provision_secret_set: exec txn
--   in   code str, secret_sealed bytes
UPDATE village SET secret_sealed = :secret_sealed WHERE code = :code;

-- provision_step_set: exec
--   in   code str, step str
UPDATE village SET step = :step, step_error = '' WHERE code = :code;

-- provision_ready: exec txn
--   in   code str
UPDATE village SET step = 'ready', step_error = '', state = IF(state = 'preparing', 'active', state),
    state_at = UTC_TIMESTAMP(6), ready_at = UTC_TIMESTAMP(6)
WHERE code = :code AND step <> 'ready';

-- provision_failed: exec
--   in   code str, why str
UPDATE village SET step_error = :why WHERE code = :code;

-- setup_put: exec txn
--   in   code str, hash bytes, until_at utc
UPDATE village SET setup_hash = :hash, setup_until = :until_at, setup_used_at = NULL WHERE code = :code AND step = 'ready';
