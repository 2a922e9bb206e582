-- schema: control

-- The tree of units and the steps of making a village. Locks first: provision_lock is what registrations queue at.

-- provision_lock: one txn
--   out  provision_lock: value u64
--   locks directory
SELECT value FROM change_counter WHERE name = 'directory' FOR UPDATE;

-- A closed village keeps no other from its name; closed while nobody had moved in, it stands at desa-CODE.
-- provision_seats: many
--   out  provision_seat: code str, name str, district str, slug str?
SELECT u.code, IF(v.state = 'closed', '', u.name) AS name, d.name AS district, v.slug
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
