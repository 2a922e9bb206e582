-- schema: village
-- include "tenants/village/letters/letters.h"

-- Each way into the archive goes by an index of its own; what remains of the filters is judged on the rows the way leads to.

-- What was begun at the kiosk and never sent is nobody's work; a draft that was cancelled before it was ever sent is no letter.

-- rest: part
(:type_id IS NULL OR l.type_id = :type_id) AND (:state IS NULL OR l.state IN (:state, :other_state))
    AND (l.state NOT IN (1, 7) OR l.channel <> 'kiosk' OR k.letter_id IS NOT NULL)
    AND (l.state <> 7 OR k.letter_id IS NOT NULL OR (SELECT 1 FROM letter_step s WHERE s.letter_id = l.id LIMIT 1) IS NOT NULL) AND (:channel IS NULL OR l.channel = :channel)
    AND (:piled IS NULL OR l.is_of_pile = :piled) AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until));

-- whose: part
STRAIGHT_JOIN letter_type t ON t.id = l.type_id LEFT JOIN resident r ON r.id = l.resident_id
LEFT JOIN kiosk_letter k ON k.letter_id = l.id;

-- by_id: part
letter l FORCE INDEX (PRIMARY) {whose} WHERE {rest};

-- by_state: part
letter l FORCE INDEX (by_state) {whose} WHERE l.state IN (:state, :other_state) AND {rest};

-- by_type: part
letter l FORCE INDEX (by_type) {whose} WHERE l.type_id = :type_id AND {rest};

-- by_pile: part
letter l FORCE INDEX (by_pile) {whose} WHERE l.is_of_pile = :piled AND {rest};

-- by_date: part
letter l FORCE INDEX (by_date) {whose} WHERE l.letter_date >= :from AND l.letter_date < :until AND {rest};

-- by_number: part
letter l FORCE INDEX (by_number) {whose}
WHERE l.number IN (:number, :other_number) AND (:number_part IS NULL OR l.number_text LIKE CONCAT('%', :number_part, '%')) AND {rest};

-- Digits alone may be a number, or one that the kiosk called in the last days.

-- by_digits: part
(SELECT n.id FROM letter n FORCE INDEX (by_number) WHERE n.number = :number
    UNION SELECT q.letter_id FROM kiosk_letter q FORCE INDEX (by_queue) WHERE q.queue_number = :number AND q.sent_at >= :queue_since) c
STRAIGHT_JOIN letter l ON l.id = c.id {whose} WHERE {rest};

-- The office's own, by words of what they are about, to whom they go and what they are called.

-- says: part
CONCAT_WS(' ', o.about, o.addressed, y.name);

-- of_office: part
SELECT o.id FROM letter o FORCE INDEX (by_office) JOIN letter_type y ON y.id = o.type_id
WHERE o.resident_id IS NULL AND {says} LIKE CONCAT('%', :first, '%') AND (:second IS NULL OR {says} LIKE CONCAT('%', :second, '%'))
    AND (:third IS NULL OR {says} LIKE CONCAT('%', :third, '%')) AND (:fourth IS NULL OR {says} LIKE CONCAT('%', :fourth, '%'));

-- Of those types that are called so: ids as JSON.

-- of_type: part
SELECT g.id FROM JSON_TABLE(:types, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j STRAIGHT_JOIN letter g FORCE INDEX (by_type) ON g.type_id = j.id;

-- has_words: part                        -- somebody whose first word is w
w.word LIKE CONCAT(:first, '%')
    AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = w.resident_id AND x.word LIKE CONCAT(:second, '%')))
    AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = w.resident_id AND x.word LIKE CONCAT(:third, '%')))
    AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = w.resident_id AND x.word LIKE CONCAT(:fourth, '%')));

-- of_name: part                          -- of whom they are for, or whom they name
SELECT n.id FROM resident_word w STRAIGHT_JOIN letter n FORCE INDEX (by_resident) ON n.resident_id = w.resident_id WHERE {has_words}
UNION SELECT m.letter_id FROM resident_word w STRAIGHT_JOIN letter_named m ON m.resident_id = w.resident_id WHERE {has_words}
UNION {of_office} UNION {of_type};

-- A receipt of the kiosk; some names have its signs, too.

-- by_receipt: part
(SELECT q.letter_id AS id FROM kiosk_letter q WHERE q.receipt = :receipt UNION {of_name}) c
STRAIGHT_JOIN letter l ON l.id = c.id {whose} WHERE {rest};

-- by_name: part
({of_name}) c STRAIGHT_JOIN letter l ON l.id = c.id {whose} WHERE {rest};

-- by_nik: part
(SELECT n.id FROM resident p STRAIGHT_JOIN letter n FORCE INDEX (by_resident) ON n.resident_id = p.id WHERE p.nik = :nik
    UNION SELECT m.letter_id FROM resident p STRAIGHT_JOIN letter_named m ON m.resident_id = p.id WHERE p.nik = :nik) c
STRAIGHT_JOIN letter l ON l.id = c.id {whose} WHERE {rest};

-- Who is sought and only named in it: lines of a name, a tab and as what.

-- named_nobody: part
CAST(NULL AS CHAR(2000));

-- named_so: part
(SELECT GROUP_CONCAT(p.name, '\t', d.named_as ORDER BY p.name SEPARATOR '\n') FROM letter_named d JOIN resident p ON p.id = d.resident_id
    WHERE d.letter_id = l.id AND EXISTS (SELECT 1 FROM resident_word w WHERE w.resident_id = d.resident_id AND {has_words}));

-- named_by_nik: part
(SELECT CONCAT(p.name, '\t', d.named_as) FROM resident p JOIN letter_named d ON d.resident_id = p.id WHERE p.nik = :nik AND d.letter_id = l.id);

-- The name of the applicant as the paper has it; of what is not issued yet, today's. A letter of the office is called by its subject.

-- paper_name: part
COALESCE(JSON_VALUE(l.snapshot, '$.values.nama'), r.name, l.about);

-- letter_archive: list
--   in    letter_archive_find: state letter_state?, other_state letter_state?, type_id u64?, channel str?, piled u64?, from date?, until date?
--   in    first word?, second word?, third word?, fourth word?, number u32?, other_number u32?, number_part word?
--   in    queue_since date?, receipt word?, nik word?, types str?
--   order newest: l.id-
--   way   all: by_id
--   way   state: by_state
--   way   type: by_type
--   way   pile: by_pile
--   way   date: by_date
--   way   number: by_number
--   way   digits: by_digits
--   way   receipt: by_receipt, named_nobody named_so
--   way   name: by_name, named_nobody named_so
--   way   nik: by_nik, named_nobody named_by_nik
--   out   letter_archived: id u64, type_name str, resident_name str, state letter_state, channel str, number_text str?
--   out   made_at utc, issued_at utc?, is_rendered bool, void_reason str, prints u64
--   out   receipt str?, queue_number u32?, was_printed bool, paper_name str, addressed str, is_office bool, pile_id u64?, named str?
SELECT l.id, t.name AS type_name, COALESCE(r.name, l.about) AS resident_name, l.state, l.channel, l.number_text, l.made_at, l.issued_at,
    l.rendered_at IS NOT NULL AS is_rendered, l.void_reason,
    (SELECT COUNT(*) FROM letter_step s WHERE s.letter_id = l.id AND s.step = 'printed') AS prints,
    k.receipt, k.queue_number, k.paper_ms IS NOT NULL AS was_printed,
    {paper_name} AS paper_name, l.addressed, l.resident_id IS NULL AS is_office,
    (SELECT m.pile_id FROM letter_pile_line m WHERE m.letter_id = l.id) AS pile_id, {named_nobody} AS named
FROM {way} AND {after};

-- What may be chosen: every type there ever was, and the dates of the first and the last letter.

-- letter_archive_choices: many
--   out  letter_archive_choice: id u64, slug str, name str, also str, heading str?, first date?, last date?
SELECT id, slug, name, IFNULL(also, '[]'), JSON_VALUE(definition, '$.group') AS heading, (SELECT MIN(letter_date) FROM letter) AS first, (SELECT MAX(letter_date) FROM letter) AS last
FROM letter_type ORDER BY heading IS NULL, heading, name;

-- The register of outgoing letters of a month, as they were numbered. Names are those of the paper; the purpose is the field that
-- the type's definition calls "agenda".

-- letter_agenda: many
--   in   from date, until date
--   out  letter_agenda_row: number u32?, number_text str?, letter_date date?, type_name str, name str?, purpose str?
--   out  state letter_state, void_reason str
SELECT l.number, l.number_text, l.letter_date, t.name AS type_name, COALESCE(JSON_VALUE(l.snapshot, '$.values.nama'), NULLIF(l.addressed, '')) AS name,
    JSON_VALUE(l.inputs, CONCAT('$.', JSON_VALUE(t.definition, '$.agenda'))) AS purpose, l.state, l.void_reason
FROM letter l FORCE INDEX (by_date) JOIN letter_type t ON t.id = l.type_id
WHERE l.letter_date >= :from AND l.letter_date < :until ORDER BY l.year, l.number, l.id;

-- What was issued in a year, by type and month, void ones among it; and how often it was printed.

-- letter_months: many
--   in   from date, until date
--   out  letter_month: type_id u64, type_name str, month u8, issued u64, prints u64
SELECT l.type_id, t.name AS type_name, MONTH(l.letter_date) AS month, COUNT(*) AS issued,
    CAST(SUM((SELECT COUNT(*) FROM letter_step s WHERE s.letter_id = l.id AND s.step = 'printed')) AS UNSIGNED) AS prints
FROM letter l FORCE INDEX (by_date) JOIN letter_type t ON t.id = l.type_id
WHERE l.letter_date >= :from AND l.letter_date < :until AND l.issued_at IS NOT NULL
GROUP BY l.type_id, t.name, MONTH(l.letter_date) ORDER BY t.name, l.type_id, month;

-- letter_years: one
--   out  letter_years: first date?, last date?
SELECT (SELECT MIN(letter_date) FROM letter) AS first, (SELECT MAX(letter_date) FROM letter) AS last;
