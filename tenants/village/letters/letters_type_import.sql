-- schema: village

-- Types of letters that come out of a file.

-- letter_type_slugged: maybe
--   in   slug str
--   out  letter_type_known: id u64, name str
SELECT id, name FROM letter_type WHERE slug = :slug;

-- letter_type_named: maybe
--   in   name str
--   out  letter_type_known
SELECT id, name FROM letter_type WHERE name = :name ORDER BY id LIMIT 1;

-- letter_type_signer: maybe              -- as a file says it to another village
--   in   id u64
--   out  letter_type_signing: position str
SELECT position FROM official WHERE id = :id;

-- letter_type_put: insert txn
--   in   name str, classification str, number_format str, number_scope str, policy str, valid_months u8, definition str, sort u16, at utc, by str
INSERT INTO letter_type (slug, name, classification, number_format, number_scope, policy, valid_months, definition, is_active, sort, at_kiosk,
    changed_at, changed_by)
VALUES (CONCAT('desa-', UUID_SHORT()), :name, :classification, :number_format, :number_scope, :policy, :valid_months, :definition, FALSE, :sort, FALSE,
    :at, :by);
