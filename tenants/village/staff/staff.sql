-- schema: village

-- staff_list: many
--   out  staff_row: id u64, username str, name str, role str, role_label str, permissions str, position str, is_active bool, last_sign_in_at utc?
SELECT s.id, s.username, s.name, s.role, r.label, r.permissions, s.position, s.is_active, s.last_sign_in_at
FROM staff s JOIN role r ON r.word = s.role ORDER BY s.is_active DESC, s.name, s.id;

-- staff_role_lock: one txn
--   in   role str
--   out  staff_role: permissions str
--   locks staff
SELECT permissions FROM role WHERE word = :role FOR UPDATE;

-- staff_lock: one txn
--   in   id u64
--   out  staff_locked: id u64, role str, permissions str, is_active bool
--   locks staff
SELECT s.id, s.role, r.permissions, s.is_active FROM staff s JOIN role r ON r.word = s.role WHERE s.id = :id FOR UPDATE;

-- staff_names: one
--   in   id u64
--   out  staff_names: username str, name str
SELECT username, name FROM staff WHERE id = :id;

-- staff_named: maybe
--   in   username str
--   out  staff_named: id u64, role str, is_active bool
SELECT id, role, is_active FROM staff WHERE username = :username;

-- staff_active_heads: one
--   out  staff_heads: n u64
SELECT COUNT(*) FROM staff WHERE role = 'head' AND is_active;

-- staff_opened: one                      -- heads' accounts that a volunteer's link opened since then, and when the last of them
--   in   since utc
--   out  staff_opened: n u64, at utc?
SELECT COUNT(*), MAX(opened_by_link_at) FROM staff WHERE role = 'head' AND is_active AND opened_by_link_at > :since;

-- staff_count_admins: one txn           -- of roles that may set the village
--   out  staff_admins: n u64
--   locks staff
SELECT COUNT(*) FROM (SELECT s.id FROM staff s JOIN role r ON r.word = s.role WHERE s.is_active AND FIND_IN_SET('set_village', r.permissions) FOR UPDATE) AS admins;

-- identity_lock: one txn
--   out  identity_locked: set_up_at utc?, version u32
--   locks identity
SELECT set_up_at, version FROM identity WHERE id = 1 FOR UPDATE;

-- identity_get: one
--   out  identity: name str, district str, regency str, office_address str, postal_code str, phone str, email str, opening_hours str, accent str, has_ornament bool, letter_code str, number_scope str, number_restarts bool, hamlet_word str, is_without_hamlets bool, set_up_at utc?, version u32
--   form settings except head_name, head_nip, head_email
SELECT name, district, regency, office_address, postal_code, phone, email, opening_hours, accent, has_ornament,
    letter_code, number_scope, number_restarts, hamlet_word, is_without_hamlets, set_up_at, version
FROM identity WHERE id = 1;

-- identity_set: exec txn
--   in   identity_values: office_address str, postal_code str, phone str, email str, opening_hours str, accent str, has_ornament bool, letter_code str, number_scope str, number_restarts bool, hamlet_word str, is_without_hamlets bool
--   form settings except head_name, head_nip, head_email
UPDATE identity SET office_address = :office_address, postal_code = :postal_code, phone = :phone, email = :email,
    opening_hours = :opening_hours, accent = :accent, has_ornament = :has_ornament, letter_code = :letter_code,
    number_scope = :number_scope, number_restarts = :number_restarts, hamlet_word = :hamlet_word, is_without_hamlets = :is_without_hamlets,
    version = version + 1
WHERE id = 1;

-- identity_set_up: exec txn
--   in   office_address str, phone str, opening_hours str, at utc
UPDATE identity SET office_address = :office_address, phone = :phone, opening_hours = :opening_hours, set_up_at = :at, version = version + 1 WHERE id = 1;

-- hamlets_used: one
--   out  hamlets_used: n u64
SELECT COUNT(DISTINCT hamlet) FROM area WHERE hamlet <> '-' AND NOT is_retired;

-- official_head: maybe
--   out  head: id u64, name str, position str, nip str, email str, esign_nik str
SELECT id, name, position, nip, email, esign_nik FROM official WHERE office = 'head' AND is_active ORDER BY sort, id LIMIT 1;

-- official_heads_leave: exec txn
UPDATE official SET is_active = FALSE WHERE office = 'head' AND is_active;

-- official_head_rename: exec txn         -- the same person, spelt rightly
--   in   id u64, name str, nip str
UPDATE official SET name = :name, nip = :nip, version = version + 1 WHERE id = :id;

-- official_head_email: exec txn
--   in   email str
UPDATE official SET email = :email WHERE office = 'head' AND is_active;

-- official_insert: insert txn
--   in   name str, position str, office str, nip str
INSERT INTO official (name, position, office, nip, sort) VALUES (:name, :position, :office, :nip, 10);

-- first_steps: one                       -- what a new village has done of what comes first
--   out  first_steps: is_new bool, is_away bool, has_residents bool, has_staff bool, has_crest bool, has_hours bool
SELECT i.set_up_at IS NOT NULL, i.steps_away_at IS NOT NULL, EXISTS (SELECT 1 FROM resident),
       (SELECT COUNT(*) FROM staff WHERE is_active AND role <> 'head') > 1,
       EXISTS (SELECT 1 FROM attachment WHERE owner = 'village' AND owner_id = 1 AND slot = 'crest' AND single = TRUE),
       i.opening_hours <> '' AND i.phone <> ''
FROM identity i WHERE i.id = 1;

-- first_steps_away: exec txn              -- at NULL: they are shown again
--   in   at utc?
UPDATE identity SET steps_away_at = :at WHERE id = 1;
