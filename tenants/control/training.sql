-- schema: village

-- training_state: one txn
--   out  training_state: has_people bool, has_staff bool
SELECT EXISTS (SELECT 1 FROM resident) AS has_people, EXISTS (SELECT 1 FROM staff) AS has_staff;

-- training_lock: one txn
--   out  training_lock: version u64
--   locks registry
SELECT version FROM registry_lock WHERE id = 1 FOR UPDATE;

-- training_officials_put: bulk txn
--   in   name str, position str, office str, sort u16
INSERT INTO official (name, position, office, sort) VALUES (:name, :position, :office, :sort);

-- training_officials_known: one txn
--   out  training_officials: n u64
SELECT COUNT(*) AS n FROM official WHERE office <> 'head';

-- training_staff_of: maybe
--   in   username str
--   out  training_staff: id u64
SELECT id FROM staff WHERE username = :username;

-- training_staff_password: exec txn
--   in   id u64, password_hash str
UPDATE staff SET password_hash = :password_hash, role_version = role_version + 1, is_active = TRUE WHERE id = :id;

-- training_identity: exec txn
--   in   address str, phone str, hours str, letter_code str, now_at utc
UPDATE identity SET office_address = :address, phone = :phone, opening_hours = :hours, letter_code = :letter_code,
    set_up_at = COALESCE(set_up_at, :now_at)
WHERE id = 1 AND set_up_at IS NULL;
