-- schema: village

-- Who changes the rows of staff beside signing in: the rooms that make and close accounts.

-- staff_insert: insert txn
--   in   username str, name str, role str, position str, password_hash str
INSERT INTO staff (username, name, role, position, password_hash)
VALUES (:username, :name, :role, :position, :password_hash);

-- staff_set_active: exec txn
--   in   id u64, is_active bool
UPDATE staff SET is_active = :is_active, role_version = role_version + 1 WHERE id = :id;

-- staff_set_password: exec txn
--   in   id u64, password_hash str
UPDATE staff SET password_hash = :password_hash, role_version = role_version + 1 WHERE id = :id;

-- staff_set_name: exec txn
--   in   id u64, name str
UPDATE staff SET name = :name WHERE id = :id;

-- staff_leave_official: exec txn         -- no account stands for this official any more
--   in   official_id u64
UPDATE staff SET official_id = NULL WHERE official_id = :official_id;

-- staff_be_official: exec txn
--   in   id u64, official_id u64
UPDATE staff SET official_id = :official_id WHERE id = :id;

-- staff_opened_by_link: exec txn
--   in   id u64, at utc
UPDATE staff SET opened_by_link_at = :at WHERE id = :id;

-- training_staff_password: exec txn
--   in   id u64, password_hash str
UPDATE staff SET password_hash = :password_hash, role_version = role_version + 1, is_active = TRUE WHERE id = :id;
