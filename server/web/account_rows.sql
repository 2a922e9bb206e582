-- schema: control

-- Accounts of the consoles, as balaictl makes them.

-- ctl_account_put: exec txn
--   in   site str, username str, name str, role str, unit_code str?, password_hash str
INSERT INTO account (site, username, name, role, unit_code, password_hash)
VALUES (:site, :username, :name, :role, :unit_code, :password_hash);

-- ctl_account_password: exec txn
--   in   id u64, password_hash str
UPDATE account SET password_hash = :password_hash, role_version = role_version + 1, is_active = TRUE WHERE id = :id;
