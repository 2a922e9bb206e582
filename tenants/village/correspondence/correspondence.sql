-- schema: village

-- A secret letter (nature 4) is there for who holds the permission, for who wrote it down, and for whom it was assigned to.

-- seen: part
(m.nature <> 4 OR :secrets OR m.written_by = :me OR EXISTS (SELECT 1 FROM mail_disposition x WHERE x.mail_id = m.id AND x.staff_id = :me AND NOT x.taken_back));

-- A letter of the office itself that was withdrawn is not to be sent any more, whatever became of it before.

-- standing: part
IF((SELECT l.voided_at FROM letter l WHERE l.id = m.letter_id) IS NULL, m.state, 6);

-- What the lists and the books show of a letter.

-- line: part
m.id, m.direction, m.year, m.agenda, m.sender, m.recipient, m.number_text, m.letter_date, m.subject, m.classification, m.nature, m.day, m.due,
    m.sent_on, m.sent_by, m.taken_by, {standing} AS state,
    (SELECT COUNT(*) FROM attachment a WHERE a.owner = 'mail' AND a.owner_id = m.id AND a.removed_at IS NULL)
        + (SELECT COUNT(l.rendered_at) FROM letter l WHERE l.id = m.letter_id AND l.voided_at IS NULL) AS scans,
    COALESCE((SELECT GROUP_CONCAT(d.staff_name ORDER BY d.id SEPARATOR ', ') FROM mail_disposition d WHERE d.mail_id = m.id AND d.done_at IS NULL), '') AS holders,
    COALESCE((SELECT GROUP_CONCAT(d.staff_name ORDER BY d.id SEPARATOR ', ') FROM mail_disposition d WHERE d.mail_id = m.id AND NOT d.taken_back), '') AS told,
    (SELECT o.number_text FROM letter l JOIN letter o ON o.id = l.replaces_id WHERE l.id = m.letter_id) AS replaced;

-- mail: list
--   in    mail_find: direction u8, state u8?, year u16?, classification str?, mine u64?, from date?, until date?, sent_from date?, sent_until date?, words str?
--   in    secrets bool, me u64
--   order newest: m.year-, m.agenda- by by_agenda
--   order sender: m.sender, m.id by by_sender
--   order recipient: m.recipient, m.id by by_recipient
--   out   mail_line: id u64, direction u8, year u16, agenda u32, sender str, recipient str, number_text str, letter_date date, subject str
--   out   classification str, nature u8, day date, due date?, sent_on date?, sent_by str, taken_by str, state u8, scans u64, holders str, told str
--   out  replaced str?
SELECT {line}
FROM mail m
WHERE m.direction = :direction AND (:state IS NULL OR {standing} = :state) AND (:year IS NULL OR m.year = :year)
    AND (:classification IS NULL OR m.classification = :classification)
    AND (:mine IS NULL OR EXISTS (SELECT 1 FROM mail_disposition o WHERE o.mail_id = m.id AND o.staff_id = :mine AND o.done_at IS NULL))
    AND (:from IS NULL OR m.day >= :from) AND (:until IS NULL OR m.day < :until)
    AND (:sent_from IS NULL OR m.sent_on >= :sent_from) AND (:sent_until IS NULL OR m.sent_on < :sent_until)
    AND {words m.sender, m.recipient, m.subject, m.number_text, m.agenda} AND {seen} AND {after};

-- mail_joint: each                       -- of both agendas, by day
--   in   from date, until date
--   out  mail_line
SELECT {line} FROM mail m WHERE m.day >= :from AND m.day < :until ORDER BY m.day, m.direction, m.agenda;

-- mail_since: one
--   out  day date?
SELECT MIN(day) AS day FROM mail;

-- mail_open: one                         -- figures of the tabs
--   in   direction u8, secrets bool, me u64
--   out  mail_open: fresh u64, working u64
SELECT CAST(COALESCE(SUM({standing} IN (1, 4)), 0) AS UNSIGNED), CAST(COALESCE(SUM(m.state = 2), 0) AS UNSIGNED) FROM mail m
WHERE m.direction = :direction AND m.state IN (1, 2, 4) AND {seen};

-- mail_tasks: one hot                    -- what waits: for who assigns, for who writes, for me
--   in   secrets bool, me u64, today date
--   out  mail_tasks: fresh u64, drafts u64, mine u64, late u64
SELECT (SELECT COUNT(*) FROM mail m WHERE m.direction = 1 AND m.state = 1 AND {seen}),
    (SELECT COUNT(*) FROM mail m WHERE m.direction = 2 AND m.state = 4 AND {standing} = 4 AND {seen}),
    (SELECT COUNT(DISTINCT mail_id) FROM mail_disposition WHERE staff_id = :me AND done_at IS NULL),
    (SELECT COUNT(DISTINCT mail_id) FROM mail_disposition WHERE staff_id = :me AND done_at IS NULL AND due < :today);

-- mail_years: many
--   in   direction u8
--   out  mail_year: year u16
SELECT DISTINCT year FROM mail WHERE direction = :direction ORDER BY year DESC LIMIT 30;

-- mail_codes: many
--   in   direction u8
--   out  mail_word: word str
SELECT DISTINCT classification FROM mail WHERE direction = :direction AND classification <> '' ORDER BY classification LIMIT 200;

-- mail_parties: many                     -- of other offices, as they were written before; of secret letters nobody's
--   in   direction u8
--   out  mail_word
SELECT DISTINCT IF(direction = 1, sender, recipient) AS word FROM mail WHERE direction = :direction AND nature <> 4 ORDER BY word LIMIT 300;

-- mail_get: one lock
--   in   id u64, direction u8, secrets bool, me u64
--   out  mail_one: id u64, version u64, year u16, agenda u32, state u8, sender str, recipient str, number_text str, letter_date date, subject str
--   out  summary str, classification str, nature u64, day date, due date?, sent_on date?, sent_by str, taken_by str, letter_id u64?
--   form mail_edit except scan, is_another
SELECT m.id, m.version, m.year, m.agenda, {standing} AS state, m.sender, m.recipient, m.number_text, m.letter_date, m.subject, m.summary, m.classification,
    m.nature, m.day, m.due, m.sent_on, m.sent_by, m.taken_by, m.letter_id
FROM mail m WHERE m.id = :id AND m.direction = :direction AND {seen};

-- The same letter: this number of this sender, of this day.

-- mail_again: maybe
--   in   id u64, direction u8, party str, number_text str, letter_date date
--   out  mail_again: agenda u32, year u16
SELECT agenda, year FROM mail
WHERE direction = :direction AND IF(:direction = 1, sender, recipient) = :party AND number_text = :number_text AND letter_date = :letter_date AND id <> :id
ORDER BY id LIMIT 1;

-- mail_put: insert txn
--   in   mail_values: id u64, sender str, recipient str, number_text str, letter_date date, subject str, summary str, classification str, nature u64, day date, due date?
--   in   direction u8, year u16, agenda u32, state u8, written_by u64
--   form mail_edit except scan, is_another
INSERT INTO mail (direction, year, agenda, state, sender, recipient, number_text, letter_date, subject, summary, classification, nature, day, due, written_by)
VALUES (:direction, :year, :agenda, :state, :sender, :recipient, :number_text, :letter_date, :subject, :summary, :classification, :nature, :day, :due,
    :written_by);

-- mail_of_letter: maybe txn              -- where an own letter of the office stands already
--   in   letter_id u64
--   out  mail_of_letter: id u64
SELECT id FROM mail WHERE letter_id = :letter_id;

-- mail_letter: one                       -- the office's own letter that stands there: whether it still holds, what it replaces, what replaces it
--   in   letter_id u64
--   out  mail_letter: is_rendered bool, voided_at utc?, void_reason str, replaced str?, replacement_id u64?, replacement str?
SELECT l.rendered_at IS NOT NULL AS is_rendered, l.voided_at, l.void_reason, o.number_text AS replaced, n.id AS replacement_id,
    n.number_text AS replacement
FROM letter l LEFT JOIN letter o ON o.id = l.replaces_id
LEFT JOIN letter n ON n.id = (SELECT MAX(x.id) FROM letter x WHERE x.replaces_id = l.id AND x.state IN (4, 6))
WHERE l.id = :letter_id;

-- mail_set_letter: exec txn
--   in   id u64, letter_id u64
UPDATE mail SET letter_id = :letter_id WHERE id = :id;

-- mail_set: exec txn
--   in   mail_values
UPDATE mail SET sender = :sender, recipient = :recipient, number_text = :number_text, letter_date = :letter_date, subject = :subject,
    summary = :summary, classification = :classification, nature = :nature, day = :day, due = :due, version = version + 1
WHERE id = :id;

-- mail_set_state: exec txn
--   in   id u64, state u8
UPDATE mail SET state = :state WHERE id = :id;

-- mail_set_sent: exec txn
--   in   id u64, sent_on date, sent_by str, taken_by str
UPDATE mail SET state = 5, sent_on = :sent_on, sent_by = :sent_by, taken_by = :taken_by, version = version + 1 WHERE id = :id;

-- Whom a letter may be assigned to: who can sign in and read mail, then the officials in office who cannot.

-- mail_receivers: many
--   in   today date
--   out  mail_receiver: staff_id u64?, official_id u64?, name str, position str, sort u64
SELECT s.id AS staff_id, CAST(NULL AS UNSIGNED) AS official_id, s.name, COALESCE(NULLIF(s.position, ''), r.label) AS position, CAST(0 AS UNSIGNED) AS sort
FROM staff s JOIN role r ON r.word = s.role WHERE s.is_active AND FIND_IN_SET('read_mail', r.permissions)
UNION ALL
SELECT CAST(NULL AS UNSIGNED), o.id, o.name, o.position, CAST(1 + o.sort AS UNSIGNED) FROM official o
WHERE o.is_active AND (o.since IS NULL OR o.since <= :today) AND (o.ends_on IS NULL OR o.ends_on >= :today)
    AND NOT EXISTS (SELECT 1 FROM staff x JOIN role y ON y.word = x.role WHERE x.is_active AND FIND_IN_SET('read_mail', y.permissions)
        AND (x.official_id = o.id OR (x.official_id IS NULL AND (x.name = o.name OR (x.role = 'head' AND o.office = 'head')))))
ORDER BY sort, name, staff_id, official_id;

-- mail_head: one                         -- what the sheet of a disposition is headed and signed by
--   out  mail_head: village str, district str, regency str, name str?, position str?
SELECT i.name AS village, i.district, i.regency, o.name, o.position FROM identity i
LEFT JOIN official o ON o.id = (SELECT h.id FROM official h WHERE h.office = 'head' AND h.is_active ORDER BY h.sort, h.id LIMIT 1)
WHERE i.id = 1;

-- mail_disposition_put: insert txn
--   in   mail_id u64, by_id u64, by_name str, staff_id u64?, official_id u64?, name str, instruction u64, note str, due date?, at utc
INSERT INTO mail_disposition (mail_id, by_id, by_name, staff_id, official_id, staff_name, instruction, note, due, put_at)
VALUES (:mail_id, :by_id, :by_name, :staff_id, :official_id, :name, :instruction, :note, :due, :at);

-- mail_dispositions: many
--   in   mail_id u64
--   out  mail_step: id u64, by_name str, staff_id u64?, official_id u64?, staff_name str, instruction u64, note str, due date?, put_at utc, read_at utc?, done_at utc?, report str, taken_back bool
SELECT id, by_name, staff_id, official_id, staff_name, instruction, note, due, put_at, read_at, done_at, report, taken_back FROM mail_disposition
WHERE mail_id = :mail_id ORDER BY id;

-- mail_disposition_read: exec txn
--   in   mail_id u64, staff_id u64, at utc
UPDATE mail_disposition SET read_at = :at WHERE mail_id = :mail_id AND staff_id = :staff_id AND read_at IS NULL;

-- mail_disposition_done: exec txn        -- without a person: of everybody, as the letter is closed
--   in   mail_id u64, staff_id u64?, at utc, report str
UPDATE mail_disposition SET done_at = :at, read_at = IF(:staff_id IS NULL, read_at, COALESCE(read_at, :at)), report = :report
WHERE mail_id = :mail_id AND (:staff_id IS NULL OR staff_id = :staff_id) AND done_at IS NULL;

-- mail_disposition_end: exec txn
--   in   id u64, taken_back bool, at utc, report str
UPDATE mail_disposition SET taken_back = :taken_back, done_at = :at, report = :report WHERE id = :id;

-- mail_undone: one txn
--   in   mail_id u64
--   out  mail_undone: n u64
SELECT COUNT(*) FROM mail_disposition WHERE mail_id = :mail_id AND done_at IS NULL;

-- mail_training_staff: maybe txn
--   in   role str
--   out  mail_training_staff: id u64, name str
SELECT id, name FROM staff WHERE role = :role ORDER BY id LIMIT 1;
