-- schema: control

-- ctl_village_find: maybe
--   in   named str
--   out  ctl_village: code str, slug str, name str, state str, step str
SELECT v.code, v.slug, u.name, v.state, v.step FROM village v JOIN unit u ON u.code = v.code
WHERE v.code = :named OR v.slug = :named;

-- ctl_status_rows: many
--   out  ctl_status: code str, name str, slug str, state str, step str, step_error str, failed_step str, schema_version u32
SELECT v.code, u.name, v.slug, v.state, v.step, v.step_error, v.failed_step, v.schema_version
FROM village v JOIN unit u ON u.code = v.code ORDER BY v.code;

-- ctl_account_of: maybe
--   in   site str, username str
--   out  ctl_account: id u64
SELECT id FROM account WHERE site = :site AND username = :username;

-- ctl_unit_of: maybe
--   in   code str
--   out  ctl_unit: name str
SELECT name FROM unit WHERE code = :code;
