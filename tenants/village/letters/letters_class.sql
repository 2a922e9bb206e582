-- schema: village

-- What a village added to the official list.

-- own_class_list: many
--   out  own_class: id u64, code str, name str, is_active bool
SELECT id, code, name, is_active FROM classification ORDER BY code LIMIT 500;

-- own_class_by_code: maybe
--   in   code str
--   out  own_class
SELECT id, code, name, is_active FROM classification WHERE code = :code;

-- own_class_get: one lock
--   in   id u64
--   out  own_class
--   locks own
SELECT id, code, name, is_active FROM classification WHERE id = :id;

-- own_class_put: insert txn
--   in   code str, name str
INSERT INTO classification (code, name) VALUES (:code, :name);

-- own_class_use: exec txn
--   in   id u64, is_active bool
UPDATE classification SET is_active = :is_active WHERE id = :id;

-- class_types: many
--   out  class_type: code str, issued u64
SELECT t.classification AS code, (SELECT COUNT(*) FROM letter l FORCE INDEX (by_use) WHERE l.type_id = t.id AND l.issued_at IS NOT NULL) AS issued
FROM letter_type t;

-- class_mail: many
--   in   direction u8
--   out  class_mail: code str, n u64
SELECT classification AS code, COUNT(*) AS n FROM mail WHERE direction = :direction AND classification <> '' GROUP BY classification;
