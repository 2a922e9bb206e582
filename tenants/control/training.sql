-- schema: village

-- training_state: one txn
--   out  training_state: has_people bool, has_staff bool
SELECT EXISTS (SELECT 1 FROM resident) AS has_people, EXISTS (SELECT 1 FROM staff) AS has_staff;

-- training_lock: one txn
--   out  training_lock: version u64
--   locks registry
SELECT version FROM registry_lock WHERE id = 1 FOR UPDATE;

-- training_officials_known: one txn
--   out  training_officials: n u64
SELECT COUNT(*) AS n FROM official WHERE office <> 'head';

-- training_staff_of: maybe
--   in   username str
--   out  training_staff: id u64
SELECT id FROM staff WHERE username = :username;
