-- schema: village
-- include "tenants/village/letters/letters.h"

-- The sequences of numbers, as the office looks at them.

-- number_series: many                    -- of a year, and those that never begin anew
--   in   year u16
--   out  number_series: scope str, year u16, last u32, started u32?, started_after u32, started_by str, started_at utc?
SELECT scope, year, last, started, started_after, started_by, started_at FROM letter_counter WHERE year IN (0, :year) ORDER BY scope, year;

-- number_series_lock: maybe txn
--   in   scope str, year u16
--   out  number_series
--   locks own
SELECT scope, year, last, started, started_after, started_by, started_at FROM letter_counter WHERE scope = :scope AND year = :year FOR UPDATE;

-- number_years: many
--   out  number_year: year u16
SELECT DISTINCT year FROM letter_counter WHERE year <> 0 ORDER BY year DESC LIMIT 30;

-- number_begin: exec txn                 -- the next is last + 1
--   in   scope str, year u16, last u32, started u32, after u32, by str, at utc
INSERT INTO letter_counter (scope, year, last, started, started_after, started_by, started_at)
VALUES (:scope, :year, :last, :started, :after, :by, :at)
ON DUPLICATE KEY UPDATE last = :last, started = :started, started_after = :after, started_by = :by, started_at = :at;

-- number_raise: exec txn                 -- never back to one that was given
--   in   scope str, year u16, last u32
INSERT INTO letter_counter (scope, year, last) VALUES (:scope, :year, :last) ON DUPLICATE KEY UPDATE last = GREATEST(last, VALUES(last));

-- number_scopes: many txn                -- of letters alone: mail and decisions are of a year always
--   in   year u16
--   out  number_scope: scope str, last u32
SELECT scope, last FROM letter_counter WHERE year = :year AND scope NOT LIKE 'mail%' AND scope NOT LIKE 'naskah-%' ORDER BY scope;

-- taken_since: part                      -- by any letter; kin: a sequence of decisions, whose words are its own and its type's
l.letter_date >= :since AND (:kin IS NULL OR l.scope = :kin OR l.type_id = :type_id);

-- number_text_taken: maybe hot
--   in   number_text str, since date, kin str?, type_id u64
--   out  number_text_taken: id u64
SELECT l.id FROM letter l WHERE l.number_text = :number_text AND {taken_since} LIMIT 1;

-- number_texts_taken: maybe              -- any of these
--   in   texts str, since date, kin str?, type_id u64
--   out  number_text_taken
SELECT l.id FROM JSON_TABLE(:texts, '$[*]' COLUMNS (number_text VARCHAR(120) PATH '$')) AS j JOIN letter l ON l.number_text = j.number_text
WHERE {taken_since} LIMIT 1;

-- number_used: each                      -- of a sequence, in order
--   in   scope str, year u16
--   out  number_used: number u32?, state letter_state, void_reason str, id u64
SELECT number, state, void_reason, id FROM letter WHERE scope = :scope AND year = :year ORDER BY number;

-- number_types: many
--   out  number_type: id u64, name str, classification str, number_scope str, series str?, is_active bool
SELECT id, name, classification, number_scope, IF(number_scope = 'own', JSON_VALUE(definition, '$.series'), NULL) AS series, is_active FROM letter_type ORDER BY sort, id;

-- outgoing_letter: maybe                 -- of the office itself, issued, and no decision, which is sent to nobody; agenda: its number is one of the books of mail
--   in   id u64
--   out  outgoing_letter: about str, addressed str, number_text str?, letter_date date?, type_name str, classification str, sender str?, agenda u32?
SELECT l.about, l.addressed, l.number_text, l.letter_date, v.name AS type_name, v.classification,
    JSON_VALUE(l.snapshot, '$.values.jabatan_penandatangan') AS sender, IF(l.scope = 'mail_out', l.number, NULL) AS agenda
FROM letter l JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version
WHERE l.id = :id AND l.resident_id IS NULL AND JSON_VALUE(v.definition, '$.subject.of') = 'none' AND l.state = 4 AND l.scope NOT LIKE 'naskah-%';

-- number_of_mail: each
--   in   direction u8, year u16
--   out  number_of_mail: agenda u32
SELECT agenda FROM mail WHERE direction = :direction AND year = :year;
