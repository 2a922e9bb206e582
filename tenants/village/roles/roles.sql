-- schema: village

-- role_list: many
--   out  role_row: id u64, word str, label str, permissions str, is_builtin bool, staff u32
SELECT r.id, r.word, r.label, r.permissions, r.is_builtin, (SELECT COUNT(*) FROM staff s WHERE s.role = r.word AND s.is_active)
FROM role r ORDER BY r.sort, r.label, r.id;

-- role_get: one
--   in   id u64
--   out  role_shown: word str, label str, permissions str, version u32, accounts u64
SELECT r.word, r.label, r.permissions, r.version, (SELECT COUNT(*) FROM staff s WHERE s.role = r.word) FROM role r WHERE r.id = :id;

-- role_lock: one txn
--   in   id u64
--   out  role_one: id u64, word str, label str, permissions str, version u32
--   locks staff
SELECT id, word, label, permissions, version FROM role WHERE id = :id FOR UPDATE;

-- role_named: maybe txn                 -- two names that differ in case only are one
--   in   label str
--   out  role_named: id u64
--   locks staff
SELECT id FROM role WHERE label = :label FOR UPDATE;

-- role_add: insert txn
--   in   word str, label str, permissions str
INSERT INTO role (word, label, permissions, is_builtin, sort) VALUES (:word, :label, :permissions, FALSE, 500);

-- role_set: exec txn
--   in   id u64, label str, permissions str
UPDATE role SET label = :label, permissions = :permissions, version = version + 1 WHERE id = :id;

-- role_setters: one txn                  -- active accounts that may set the village
--   out  role_setters: n u64
SELECT COUNT(*) FROM staff s JOIN role r ON r.word = s.role WHERE s.is_active AND FIND_IN_SET('set_village', r.permissions);

-- role_accounts: one txn                 -- active or not
--   in   word str
--   out  role_accounts: n u64
--   locks staff
SELECT COUNT(*) FROM staff WHERE role = :word FOR UPDATE;

-- role_remove: exec txn
--   in   id u64
DELETE FROM role WHERE id = :id;
