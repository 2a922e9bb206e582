-- schema: village

-- The types of letters as an office looks after them.

-- letter_type_shown: list
--   in    letter_type_find: state u8?, words str?
--   order usual: t.sort, t.id by by_sort
--   order name: t.name, t.id by by_name
--   out   letter_type_line: id u64, sort u16, name str, classification str, policy str, valid_months u8, is_active bool, at_kiosk bool, issued u64
SELECT t.id, t.sort, t.name, t.classification, t.policy, t.valid_months, t.is_active, t.at_kiosk,
    (SELECT COUNT(*) FROM letter l FORCE INDEX (by_use) WHERE l.type_id = t.id AND l.issued_at IS NOT NULL) AS issued
FROM letter_type t
WHERE (:state IS NULL OR t.is_active = :state) AND {words t.name, t.classification, IFNULL(t.also, '')} AND {after};

-- letter_type_one_get: one lock
--   in   id u64
--   out  letter_type_one: id u64, version u32, slug str, name str, classification str, number_format str, valid_months u8, policy str, signer_id u64?, number_scope str, series str?, at_kiosk bool, sort u16, is_active bool, definition str, content u32, changed_at utc, changed_by str, told str, seal_asked bool
--   form letter_type_edit except signer
--   locks letter_type
SELECT id, edition AS version, slug, name, classification, number_format, valid_months, policy, signer_id, number_scope,
    IF(number_scope = 'own', JSON_VALUE(definition, '$.series'), NULL) AS series, at_kiosk, sort, is_active, definition, version AS content,
    changed_at, changed_by, told, seal_asked
FROM letter_type WHERE id = :id;

-- letter_type_uses: one
--   in   id u64
--   out  letter_type_uses: issued u64, open u64
SELECT (SELECT COUNT(*) FROM letter i FORCE INDEX (by_use) WHERE type_id = :id AND issued_at IS NOT NULL) AS issued,
    (SELECT COUNT(*) FROM letter WHERE type_id = :id AND state IN (1, 2, 3, 5)) AS open;

-- letter_type_namesake: maybe
--   in   id u64, name str
--   out  letter_type_namesake: other u64
SELECT id AS other FROM letter_type WHERE name = :name AND id <> :id LIMIT 1;

-- letter_type_set: exec txn
--   in   letter_type_values: id u64, name str, classification str, number_format str, valid_months u8, policy str, number_scope str, at_kiosk bool, sort u16, is_active bool
--   in   signer_id u64?, at utc, by str
--   form letter_type_edit except signer
UPDATE letter_type SET name = :name, classification = :classification, number_format = :number_format, valid_months = :valid_months,
    policy = :policy, signer_id = :signer_id, number_scope = :number_scope, at_kiosk = :at_kiosk, sort = :sort, is_active = :is_active, edition = edition + 1, changed_at = :at, changed_by = :by
WHERE id = :id;

-- letter_type_told: exec txn              -- what the head is to read; no day: he has
--   in   id u64, at utc?, told str, asks bool
UPDATE letter_type SET told_at = :at, told = :told, seal_asked = :asks, edition = edition + 1 WHERE id = :id;

-- letter_type_decide: exec txn            -- he said yes or no
--   in   id u64, policy str
UPDATE letter_type SET policy = :policy, told_at = NULL, told = '', seal_asked = FALSE, edition = edition + 1 WHERE id = :id;

-- letter_types_told: many                 -- the longest unread first
--   out  letter_type_told_row: id u64, version u32, name str, told str, seal_asked bool
SELECT id, edition AS version, name, told, seal_asked FROM letter_type WHERE told_at IS NOT NULL ORDER BY told_at, id LIMIT 100;

-- letter_signers: many                   -- who may sign in the head's name
--   out  letter_signer_named: id u64, name str, position str
SELECT id, name, position FROM official WHERE is_active AND office IN ('secretary', 'section', 'hamlet') ORDER BY sort, id LIMIT 200;

-- letter_signer_accounts: one            -- that an official signs with
--   in   id u64
--   out  letter_signer_accounts: n u64
SELECT COUNT(*) FROM staff s JOIN role r ON r.word = s.role
WHERE s.official_id = :id AND s.is_active AND FIND_IN_SET('approve_letters', r.permissions);

-- letter_type_versions: many
--   in   id u64
--   out  letter_type_version: version u32, name str, made_at utc, made_by str, letters u64
SELECT v.version, v.name, v.made_at, v.made_by,
    (SELECT COUNT(*) FROM letter l WHERE l.type_id = v.type_id AND l.type_version = v.version) AS letters
FROM letter_type_version v WHERE v.type_id = :id ORDER BY v.version DESC;

-- letter_type_version_one: one
--   in   id u64, version u32
--   out  letter_type_content: name str, classification str, number_format str, valid_months u8, definition str
SELECT name, classification, number_format, valid_months, definition FROM letter_type_version WHERE type_id = :id AND version = :version;

-- letter_type_set_content: exec txn
--   in   id u64, name str, classification str, number_format str, number_scope str, valid_months u8, definition str, at utc, by str
UPDATE letter_type SET name = :name, classification = :classification, number_format = :number_format, number_scope = :number_scope,
    valid_months = :valid_months, definition = :definition, edition = edition + 1, changed_at = :at, changed_by = :by
WHERE id = :id;

-- letter_type_copy: insert txn            -- what it may seal is the head's to say
--   in   id u64, name str, at utc, by str
INSERT INTO letter_type (slug, name, classification, number_format, number_scope, policy, signer_id, valid_months, definition, is_active, sort, at_kiosk,
    kiosk_choices, changed_at, changed_by)
SELECT CONCAT('desa-', UUID_SHORT()), :name, classification, number_format, number_scope, IF(policy = 'seal', 'approve', policy), signer_id, valid_months, definition, FALSE, sort, FALSE,
    kiosk_choices, :at, :by
FROM letter_type WHERE id = :id;
