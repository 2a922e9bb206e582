-- schema: village
-- include "tenants/village/letters/letters.h"

-- lent: part                             -- what officials who are away lend the account of their substitute
(SELECT GROUP_CONCAT(o.lends) FROM official o WHERE o.substitute_id = s.official_id AND o.is_active AND o.away_from <= :today
    AND (o.away_until IS NULL OR o.away_until >= :today));

-- letter_type_list: many hot
--   out  letter_type: id u64, slug str, name str, classification str, number_format str, policy str, valid_months u8, definition str, version u32, number_scope str, series str?, signer_id u64?
SELECT id, slug, name, classification, number_format, policy, valid_months, definition, version, number_scope,
    IF(number_scope = 'own', JSON_VALUE(definition, '$.series'), NULL) AS series, signer_id
FROM letter_type WHERE is_active ORDER BY sort, name;

-- letter_type_names: many                -- what they are called, and what else: a JSON list
--   out  letter_type_named: name str, also str
SELECT name, IFNULL(also, '[]') FROM letter_type WHERE is_active;

-- letter_types_used: many                -- the most asked for of late, by how often
--   out  letter_type_used: type_id u64
SELECT x.type_id FROM (SELECT l.type_id FROM letter l FORCE INDEX (PRIMARY) ORDER BY l.id DESC LIMIT 300) x
GROUP BY x.type_id ORDER BY COUNT(*) DESC, x.type_id LIMIT 6;

-- letter_type_by_slug: one hot
--   in   slug str
--   out  letter_type
SELECT id, slug, name, classification, number_format, policy, valid_months, definition, version, number_scope,
    IF(number_scope = 'own', JSON_VALUE(definition, '$.series'), NULL) AS series, signer_id
FROM letter_type WHERE slug = :slug AND is_active;

-- What a letter began with; the policy of today.
-- letter_type_of: one hot kept
--   in   id u64, version u32
--   out  letter_type
SELECT t.id, t.slug, v.name, v.classification, v.number_format, t.policy, v.valid_months, v.definition, v.version, t.number_scope,
    IF(t.number_scope = 'own', JSON_VALUE(v.definition, '$.series'), NULL) AS series, t.signer_id
FROM letter_type t JOIN letter_type_version v ON v.type_id = t.id WHERE t.id = :id AND v.version = :version;

-- letter_type_policy: one txn hot
--   in   id u64
--   out  letter_type_policy: policy str, signer_office str?
--   locks letter_type
SELECT t.policy, (SELECT o.office FROM official o WHERE o.id = t.signer_id AND o.is_active) AS signer_office
FROM letter_type t WHERE t.id = :id LOCK IN SHARE MODE;

-- letter_type_seed: exec txn
--   in   slug str, name str, classification str, number_format str, number_scope str, policy str, valid_months u8, definition str, sort u16, at_kiosk bool
INSERT IGNORE INTO letter_type (slug, name, classification, number_format, number_scope, policy, valid_months, definition, sort, at_kiosk)
VALUES (:slug, :name, :classification, :number_format, :number_scope, :policy, :valid_months, :definition, :sort, :at_kiosk);

-- letter_insert: insert txn hot
--   in   type_id u64, type_version u32, resident_id u64, about str, made_by u64, made_at utc
INSERT INTO letter (type_id, type_version, state, resident_id, about, inputs, made_by, made_at)
VALUES (:type_id, :type_version, 1, NULLIF(:resident_id, 0), :about, '{}', :made_by, :made_at);

-- letter_put_of_pile: insert txn hot     -- issued
--   in   letter_of_pile_in: type_id u64, type_version u32, resident_id u64, inputs str, paper str?, made_by u64, at utc, scope str, year u16, number u32, number_text str, letter_date date, valid_until date?, signer_id u64, issued_by u64, snapshot str
INSERT INTO letter (type_id, type_version, state, is_of_pile, resident_id, inputs, paper, made_by, made_at, scope, year, number, number_text, letter_date,
    valid_until, signer_id, issued_by, issued_at, snapshot, version)
VALUES (:type_id, :type_version, 4, TRUE, :resident_id, :inputs, :paper, :made_by, :at, :scope, :year, :number, :number_text, :letter_date,
    :valid_until, :signer_id, :issued_by, :at, :snapshot, 2);

-- letter_lock: one txn hot kept
--   in   id u64
--   out  letter: id u64, type_id u64, type_version u32, state letter_state, resident_id u64, inputs str, paper str?, version u32, made_by u64, number u32?, signer_id u64?, sign_state letter_signing, is_rendered bool
--   locks letter
SELECT id, type_id, type_version, state, COALESCE(resident_id, 0) AS resident_id, inputs, paper, version, made_by, number, signer_id, sign_state, rendered_at IS NOT NULL FROM letter WHERE id = :id FOR UPDATE;

-- letters_unchecked: many txn
--   out  letter_unchecked: id u64, resident_id u64
--   locks letter
SELECT id, COALESCE(resident_id, 0) AS resident_id FROM letter WHERE state = 2 ORDER BY id FOR UPDATE;

-- letter_set_inputs: exec txn hot
--   in   id u64, inputs str, about str, addressed str, state letter_state
--   holds letter
UPDATE letter SET inputs = :inputs, about = :about, addressed = :addressed, state = :state, version = version + 1 WHERE id = :id;

-- letter_set_resident: exec txn          -- not one that its person asked for at the kiosk
--   in   id u64, resident_id u64, inputs str
--   holds letter
UPDATE letter SET resident_id = :resident_id, inputs = :inputs, version = version + 1
WHERE id = :id AND resident_id IS NOT NULL AND channel <> 'kiosk';

-- letter_set_paper: exec txn
--   in   id u64, paper str?
--   holds letter
UPDATE letter SET paper = :paper, version = version + 1 WHERE id = :id;

-- letter_set_state: exec txn hot
--   in   id u64, state letter_state
--   holds letter
UPDATE letter SET state = :state, version = version + 1 WHERE id = :id;

-- letter_issue: exec txn hot
--   in   letter_issue_in: id u64, scope str, year u16, number u32, number_text str, letter_date date, valid_until date?, signer_id u64, issued_by u64, issued_at utc, snapshot str
--   holds letter
UPDATE letter SET state = 4, scope = :scope, year = :year, number = :number, number_text = :number_text,
    letter_date = :letter_date, valid_until = :valid_until, signer_id = :signer_id, issued_by = :issued_by,
    issued_at = :issued_at, snapshot = :snapshot, version = version + 1
WHERE id = :id AND number IS NULL;

-- The number is given and all is frozen, and it waits for a signature elsewhere; what was read stays what was read.
-- letter_freeze: exec txn
--   in   letter_issue_in
--   holds letter
UPDATE letter SET scope = :scope, year = :year, number = :number, number_text = :number_text, letter_date = :letter_date,
    valid_until = :valid_until, signer_id = :signer_id, issued_by = :issued_by, snapshot = :snapshot
WHERE id = :id AND number IS NULL;

-- letter_is_pattern: one                 -- of a pile that has its people and is not sent, or waits
--   in   id u64
--   out  letter_pattern: is_pattern bool
SELECT EXISTS (SELECT 1 FROM letter_pile p WHERE p.pattern_id = :id
    AND (p.state = 2 OR (p.state = 1 AND EXISTS (SELECT 1 FROM letter_pile_line n WHERE n.pile_id = p.id)))) AS is_pattern;

-- letter_issue_frozen: exec txn          -- by the platform's key after all
--   in   id u64, issued_by u64, issued_at utc
--   holds letter
UPDATE letter SET state = 4, issued_by = :issued_by, issued_at = :issued_at, sign_state = 0, sign_key = NULL, version = version + 1
WHERE id = :id;

-- letter_set_void: exec txn
--   in   id u64, by u64, at utc, why u8, reason str
--   holds letter
UPDATE letter SET state = 6, voided_by = :by, voided_at = :at, void_why = :why, void_reason = :reason, version = version + 1 WHERE id = :id;

-- letter_mail: maybe txn                 -- where it stands in the agenda of outgoing mail
--   in   letter_id u64
--   out  letter_mail: id u64
SELECT id FROM mail WHERE letter_id = :letter_id;

-- letter_set_replaces: exec txn
--   in   id u64, replaces_id u64, inputs str, about str, addressed str
--   locks letter
UPDATE letter SET replaces_id = :replaces_id, inputs = :inputs, about = :about, addressed = :addressed WHERE id = :id;

-- letter_named_put: bulk txn
--   in   letter_named: letter_id u64, resident_id u64, named_as str
INSERT INTO letter_named (letter_id, resident_id, named_as) VALUES (:letter_id, :resident_id, :named_as);

-- letter_named_drop: exec txn
--   in   letter_id u64
DELETE FROM letter_named WHERE letter_id = :letter_id;

-- letter_replacement: maybe txn
--   in   id u64
--   out  letter_replacement: id u64
SELECT id FROM letter WHERE replaces_id = :id AND state <> 7 ORDER BY id DESC LIMIT 1;

-- letters_like: many                     -- of one person (0: of the office) and type: issued that day, or on their way
--   in   resident_id u64, type_id u64, letter_date date, id u64
--   out  letter_like: id u64, state letter_state, number_text str?, inputs str
SELECT id, state, IF(state = 4, number_text, NULL) AS number_text, inputs FROM letter
WHERE resident_id <=> NULLIF(:resident_id, 0) AND type_id = :type_id AND id <> :id AND ((state = 4 AND letter_date = :letter_date) OR state IN (2, 3))
ORDER BY id DESC LIMIT 20;

-- letter_type_slug: one txn
--   in   id u64
--   out  letter_type_slug: slug str
SELECT slug FROM letter_type WHERE id = :id;

-- letter_step_put: exec txn hot
--   in   letter_step_put_in: letter_id u64, step str, staff_id u64, staff_name str, at utc, note str
INSERT INTO letter_step (letter_id, step, staff_id, staff_name, at, note)
VALUES (:letter_id, :step, :staff_id, :staff_name, :at, :note);

-- letter_steps_put: bulk txn             -- the same step of several letters
--   in   letter_step_put_in
INSERT INTO letter_step (letter_id, step, staff_id, staff_name, at, note)
VALUES (:letter_id, :step, :staff_id, :staff_name, :at, :note);

-- letter_read_last: maybe txn            -- what of a letter this person has marked as read: "version:digest"
--   in   letter_id u64, staff_id u64
--   out  letter_read: seen str
SELECT note AS seen FROM letter_step WHERE letter_id = :letter_id AND step = 'read' AND staff_id = :staff_id ORDER BY id DESC LIMIT 1;

-- since_back: part                       -- of a letter's history, what came since it was given or taken back
x.id > COALESCE((SELECT MAX(b.id) FROM letter_step b WHERE b.letter_id = x.letter_id AND b.step IN ('returned', 'taken_back')), 0);

-- Since when somebody else who may decide has it before him: the last paper that he opened of late is this one, and he has done nothing with
-- it since, nor passed it on.
-- letter_reader: maybe
--   in   letter_id u64, me u64, since utc, today date
--   out  letter_reader: name str, at utc
SELECT s.name, o.at FROM read_log o FORCE INDEX (by_letter) JOIN staff s ON s.id = o.staff_id JOIN role r ON r.word = s.role
WHERE o.letter_id = :letter_id AND o.what = 'paper' AND o.staff_id <> :me AND o.at > :since AND s.is_active
    AND CONCAT_WS(',', r.permissions, {lent}) REGEXP '(check|approve)_letters'
    AND NOT EXISTS (SELECT 1 FROM read_log n FORCE INDEX (PRIMARY) WHERE n.id > o.id AND n.staff_id = o.staff_id AND n.what = 'paper' AND n.letter_id <> o.letter_id)
    AND NOT EXISTS (SELECT 1 FROM letter_step x WHERE x.letter_id = o.letter_id AND x.staff_id = o.staff_id
        AND (x.at >= o.at OR (x.step IN ('checked', 'approved') AND {since_back})))
ORDER BY o.id LIMIT 1;

-- letters_overdue: many                  -- what waits, and nobody was told yet that it waits too long
--   out  letter_overdue: id u64, state letter_state, made_at utc
SELECT l.id, l.state, l.made_at FROM letter l FORCE INDEX (by_state)
WHERE l.state IN (2, 3) AND NOT EXISTS (SELECT 1 FROM letter_step s WHERE s.letter_id = l.id AND s.step = 'late')
ORDER BY l.id LIMIT 200;

-- letter_told_addresses: one             -- of who sees to it that letters go on
--   out  letter_told: head str?, secretary str?
SELECT (SELECT email FROM official WHERE office = 'head' AND is_active AND email <> '' ORDER BY sort, id LIMIT 1) AS head,
    (SELECT email FROM official WHERE office = 'secretary' AND is_active AND email <> '' ORDER BY sort, id LIMIT 1) AS secretary;

-- letter_times_taken: one txn
--   in   letter_id u64
--   out  letter_times_taken: n u64
SELECT COUNT(*) FROM letter_step WHERE letter_id = :letter_id AND step = 'taken_back';

-- letter_reasoned: maybe                 -- why it was sent in spite of what speaks against it
--   in   letter_id u64
--   out  letter_reason: staff_name str, note str
SELECT x.staff_name, x.note FROM letter_step x WHERE x.letter_id = :letter_id AND x.step = 'reasoned' AND {since_back} ORDER BY x.id DESC LIMIT 1;

-- letter_steps: many                     -- not what only its reader needs to know
--   in   letter_id u64
--   out  letter_step: step str, staff_id u64, staff_name str, at utc, note str
SELECT step, staff_id, staff_name, at, note FROM letter_step WHERE letter_id = :letter_id AND step <> 'read' ORDER BY id;

-- The name of the applicant as the paper has it; of what is not issued yet, today's. A letter of the office is called by its subject.

-- paper_name: part
COALESCE(JSON_VALUE(l.snapshot, '$.values.nama'), r.name, l.about);

-- letter_get: one hot
--   in   id u64
--   out  letter_full: id u64, type_id u64, type_version u32, slug str, type_name str, policy str, type_signer u64?, signer_id u64?, state letter_state, channel str, resident_id u64, resident_name str, paper_name str, addressed str, inputs str, paper str?, snapshot str?, number_text str?, letter_date date?, valid_until date?, made_by u64, made_by_name str, made_at utc, issued_at utc?, rendered_at utc?, file_id u64?, voided_at utc?, void_why u8, void_reason str, version u32, verify_token str?, receipt str?, queue_number u32?, was_printed bool, replaces_id u64?, sign_state letter_signing, sign_outcome u8, sign_by str, sign_marks u8, original_id u64?, replaced_number str?, replacement_id u64?, mail_id u64?, is_decision bool
SELECT l.id, l.type_id, l.type_version, t.slug, t.name, t.policy, t.signer_id AS type_signer, l.signer_id, l.state, l.channel, COALESCE(l.resident_id, 0) AS resident_id, COALESCE(r.name, l.about) AS resident_name,
    {paper_name} AS paper_name, l.addressed, l.inputs, l.paper, l.snapshot,
    l.number_text, l.letter_date, l.valid_until, l.made_by, COALESCE(s.name, 'Sistem'), l.made_at, l.issued_at,
    l.rendered_at, l.file_id, l.voided_at, l.void_why, l.void_reason, l.version, l.verify_token, k.receipt, k.queue_number, k.paper_ms IS NOT NULL AS was_printed,
    l.replaces_id, l.sign_state, l.sign_outcome, l.sign_by, l.sign_marks, l.original_id, o.number_text AS replaced_number,
    (SELECT MAX(n.id) FROM letter n WHERE n.replaces_id = l.id AND n.state <> 7) AS replacement_id,
    (SELECT m.id FROM mail m WHERE m.letter_id = l.id) AS mail_id, COALESCE(l.scope LIKE 'naskah-%', FALSE) AS is_decision
FROM letter l JOIN letter_type t ON t.id = l.type_id LEFT JOIN resident r ON r.id = l.resident_id
LEFT JOIN letter o ON o.id = l.replaces_id
LEFT JOIN staff s ON s.id = l.made_by LEFT JOIN kiosk_letter k ON k.letter_id = l.id
WHERE l.id = :id;

-- Not EXISTS, which the server plans as a collection of all steps there are.
-- letter_latest: many hot                -- those of piles stand there as one: pile_list
--   in   limit u32
--   out  letter_row: id u64, type_name str, resident_name str, paper_name str, state letter_state, made_at utc, issued_at utc?, receipt str?, queue_number u32?, is_office bool
SELECT l.id, v.name, COALESCE(r.name, l.about), {paper_name} AS paper_name, l.state, l.made_at, l.issued_at, k.receipt, k.queue_number,
    l.resident_id IS NULL AS is_office
FROM letter l FORCE INDEX (by_pile) JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version LEFT JOIN resident r ON r.id = l.resident_id
LEFT JOIN kiosk_letter k ON k.letter_id = l.id
WHERE (l.state NOT IN (1, 7) OR l.channel <> 'kiosk' OR k.letter_id IS NOT NULL)
    AND (l.state <> 7 OR k.letter_id IS NOT NULL OR (SELECT 1 FROM letter_step s WHERE s.letter_id = l.id LIMIT 1) IS NOT NULL)
    AND NOT l.is_of_pile
ORDER BY l.id DESC LIMIT :limit;

-- A letter that waits for a signature waits for its type's official (the head, without one), for the head, and for whoever stands in today.
-- `mine`: the official that the reader's account stands for; 0: for none, who sees all. One with a number waits for whom it was numbered by
-- alone; when he is not in office any more, everybody sees it who may approve: it is withdrawn.

-- signs: part                            -- not what is being signed elsewhere at this moment
l.sign_state NOT IN (1, 2) AND (:mine = 0 OR l.signer_id = :mine OR (l.signer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM official o
    WHERE o.id = l.signer_id AND o.is_active AND (o.ends_on IS NULL OR o.ends_on >= :today))) OR (l.signer_id IS NULL AND EXISTS (SELECT 1 FROM official o WHERE o.is_active AND (o.id = t.signer_id OR o.office = 'head')
    AND (o.id = :mine OR (o.substitute_id = :mine AND (o.office <> 'head' OR t.signer_id IS NULL) AND o.away_from <= :today
        AND (o.away_until IS NULL OR o.away_until >= :today))))));

-- for_reader: part                       -- to be checked, or to be signed by him
l.state IN (2, 3) AND ((l.state = 2 AND :checks) OR (l.state = 3 AND :approves AND {signs}));

-- was_read: part                         -- by him, as it stands
l.state = 3 AND EXISTS (SELECT 1 FROM letter_step x
    WHERE x.letter_id = l.id AND x.step = 'read' AND x.staff_id = :me AND x.note LIKE CONCAT(l.version, ':%'));

-- letter_waiting_list: many hot          -- is_numbered: all is decided, and only the signature is not there; is_against: not for papers alone (LETTER_LACK)
--   in   letter_waiting_find: checks bool, approves bool, me u64, mine u64, today date, is_numbered bool, after u64, limit u32
--   out  letter_waiting: id u64, state letter_state, type_name str, resident_name str, made_at utc, receipt str?, queue_number u32?, is_office bool, sign_state letter_signing, is_doubted bool, is_against bool, is_read bool
SELECT l.id, l.state, v.name, COALESCE(r.name, l.about), l.made_at, k.receipt, k.queue_number, l.resident_id IS NULL AS is_office, l.sign_state,
    EXISTS (SELECT 1 FROM letter_step x WHERE x.letter_id = l.id AND x.step = 'reasoned' AND {since_back}) AS is_doubted,
    EXISTS (SELECT 1 FROM letter_step x WHERE x.letter_id = l.id AND x.step = 'doubted' AND x.note NOT LIKE 'Tidak dibawa: %' AND {since_back}) AS is_against, {was_read} AS is_read
FROM letter l FORCE INDEX (by_state) JOIN letter_type t ON t.id = l.type_id
JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version LEFT JOIN resident r ON r.id = l.resident_id
LEFT JOIN kiosk_letter k ON k.letter_id = l.id
WHERE {for_reader} AND (l.number IS NOT NULL) = :is_numbered AND l.id > :after ORDER BY l.id LIMIT :limit;

-- letter_waiting_place: one hot          -- of what is not decided: how many, how many up to this one, and which of the others come next
--   in   letter_waiting_at: checks bool, approves bool, me u64, mine u64, today date, id u64
--   out  letter_waiting_place: n u64, place u64, first u64?, next_unread u64?, first_unread u64?
SELECT COUNT(*), CAST(COALESCE(SUM(w.id <= :id), 0) AS UNSIGNED), MIN(w.id), MIN(IF(w.id > :id AND NOT w.is_read, w.id, NULL)),
    MIN(IF(w.id <> :id AND NOT w.is_read, w.id, NULL))
FROM (SELECT l.id, {was_read} AS is_read FROM letter l FORCE INDEX (by_state) JOIN letter_type t ON t.id = l.type_id
    WHERE {for_reader} AND l.number IS NULL) w;

-- letter_todo_list: many hot             -- what waits for this person: to check, to approve, to mend
--   in   checks bool, approves bool, writes bool, me u64, mine u64, today date, limit u32
--   out  letter_todo_row: id u64, type_name str, resident_name str, state letter_state, channel str, made_at utc, receipt str?, queue_number u32?, is_office bool, back_step str, back_by str, back_by_id u64
SELECT l.id, t.name, COALESCE(r.name, l.about), l.state, l.channel, l.made_at, k.receipt, k.queue_number, l.resident_id IS NULL AS is_office, COALESCE(b.step, ''), COALESCE(b.staff_name, ''),
    COALESCE(b.staff_id, 0)
FROM letter l FORCE INDEX (by_state) JOIN letter_type t ON t.id = l.type_id LEFT JOIN resident r ON r.id = l.resident_id
LEFT JOIN kiosk_letter k ON k.letter_id = l.id
LEFT JOIN letter_step b ON l.state = 5
    AND b.id = (SELECT MAX(s.id) FROM letter_step s WHERE s.letter_id = l.id AND s.step IN ('returned', 'taken_back'))
WHERE l.state IN (2, 3, 5) AND ((l.state = 2 AND :checks) OR (l.state = 3 AND :approves AND {signs}) OR (l.state = 5 AND :writes AND l.made_by IN (0, :me)))
ORDER BY l.id LIMIT :limit;

-- agreed: part                           -- the account from which an official agreed to the service and the NIK of today
IF(o.esign_agreed_url = BINARY i.esign_url AND o.esign_agreed_user = BINARY i.esign_user AND o.esign_agreed_nik = o.esign_nik, o.esign_agreed_by, NULL);

-- letter_count_states: one hot           -- waiting_mine: for this reader's signature; piles: for the head, piles_unchecked: for the secretary, piles_returned: to the reader, who made them; unagreed: his agreement is missing; types_told: with what the head has not read
--   in   mine u64, me u64, today date
--   out  letter_state_counts: drafts u64, waiting_check u64, waiting_approval u64, waiting_mine u64, returned u64, piles u64, piles_unchecked u64, unagreed u64, types_told u64, piles_returned u64
SELECT (SELECT COUNT(*) FROM letter l LEFT JOIN kiosk_letter k ON k.letter_id = l.id
        WHERE l.state = 1 AND (l.channel <> 'kiosk' OR k.letter_id IS NOT NULL)), (SELECT COUNT(*) FROM letter WHERE state = 2),
    (SELECT COUNT(*) FROM letter WHERE state = 3),
    (SELECT COUNT(*) FROM letter l JOIN letter_type t ON t.id = l.type_id WHERE l.state = 3 AND {signs}), (SELECT COUNT(*) FROM letter WHERE state = 5),
    (SELECT COUNT(*) FROM letter_pile WHERE state = 2), (SELECT COUNT(*) FROM letter_pile WHERE state = 7),
    (SELECT COUNT(*) FROM official o JOIN identity i ON i.id = 1
        WHERE o.id = :mine AND o.is_active AND i.is_esign_on AND o.esign_nik <> '' AND NOT ({agreed} <=> :me)),
    (SELECT COUNT(*) FROM letter_type WHERE told_at IS NOT NULL), (SELECT COUNT(*) FROM letter_pile WHERE state IN (1, 4) AND note <> '' AND made_by = :me);

-- letter_identity: one hot kept
--   out  letter_identity: code str, name str, district str, regency str, province str, office_address str, postal_code str, phone str, email str, letter_code str, hamlet_word str, number_scope str, number_restarts bool, crest_file_id u64?
SELECT i.code, i.name, i.district, i.regency, i.province, i.office_address, i.postal_code, i.phone, i.email, i.letter_code, i.hamlet_word,
    i.number_scope, i.number_restarts,
    a.file_id AS crest_file_id
FROM identity i LEFT JOIN attachment a ON a.owner = 'village' AND a.owner_id = 1 AND a.slot = 'crest' AND a.single = TRUE WHERE i.id = 1;

-- letter_officials: many hot kept
--   out  letter_official: id u64, name str, position str, nip str, office str, standing str, since date?, ends_on date?, away_from date?, away_until date?, substitute_id u64?, substitute_as str, esign_nik str, agreed_by u64?
SELECT o.id, o.name, o.position, o.nip, o.office, o.standing, o.since, o.ends_on, o.away_from, o.away_until, o.substitute_id, o.substitute_as,
    IF(i.is_esign_on, o.esign_nik, '') AS esign_nik, {agreed} AS agreed_by
FROM official o JOIN identity i ON i.id = 1 WHERE o.is_active ORDER BY o.sort, o.id LIMIT 200;

-- letter_passphrase_goes: maybe           -- where the passphrase of this official goes; no address: nowhere
--   in   id u64
--   out  letter_passphrase_goes: esign_url str, agreed_by u64?
SELECT i.esign_url, {agreed} AS agreed_by FROM official o JOIN identity i ON i.id = 1
WHERE o.id = :id AND o.is_active AND i.is_esign_on AND o.esign_nik <> '';

-- letter_sign_service: maybe              -- the same for the worker, with the account there
--   in   id u64
--   out  letter_sign_service: name str, esign_nik str, email str, is_esign_on bool, is_esign_seen bool, esign_url str, esign_user str, esign_secret bytes?, agreed_by u64?
SELECT o.name, o.esign_nik, o.email, i.is_esign_on, i.is_esign_seen, i.esign_url, i.esign_user, i.esign_secret, {agreed} AS agreed_by
FROM official o JOIN identity i ON i.id = 1 WHERE o.id = :id AND o.is_active;

-- letter_account: maybe hot kept    -- which official an account stands for: the head's own needs not say so
--   in   id u64
--   out  letter_account: official_id u64?
SELECT COALESCE(s.official_id, (SELECT o.id FROM official o WHERE s.role = 'head' AND o.office = 'head' AND o.is_active ORDER BY o.sort, o.id LIMIT 1))
FROM staff s WHERE s.id = :id;

-- letter_deciders: one hot                -- who can sign in and may (check_letters, approve_letters)
--   in   may str, today date
--   out  letter_deciders: n u64
SELECT COUNT(*) FROM staff s JOIN role r ON r.word = s.role
WHERE s.is_active AND FIND_IN_SET(:may, CONCAT_WS(',', r.permissions, {lent}));

-- letter_account_may: one               -- whether that account can still sign in and may (check_letters, approve_letters, write_piles)
--   in   id u64, may str, today date
--   out  letter_account_may: may bool
SELECT EXISTS (SELECT 1 FROM staff s JOIN role r ON r.word = s.role
    WHERE s.id = :id AND s.is_active AND FIND_IN_SET(:may, CONCAT_WS(',', r.permissions, {lent})));

-- What a paper says of a person; the family's card and its head; of the dead the event that is not cancelled.

-- person: part
r.id, r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.religion, r.occupation, r.marital, r.education_kk, r.education_now,
    r.citizenship, r.family_role, r.blood, r.disability, r.ethnicity, r.basic_status, f.kk_no, h.name AS head_name, h.nik AS head_nik, h.occupation AS head_occupation, f.address,
    r.address_now, r.father_name, r.father_nik, r.mother_name, r.mother_nik, a.hamlet, a.rw, a.rt, r.birth_cert, r.marriage_cert,
    r.marriage_date, r.divorce_cert, r.divorce_date, r.passport, r.passport_until, r.kitas;

-- household: part
LEFT JOIN family f ON f.id = r.family_id
    LEFT JOIN resident h ON h.id = (SELECT MIN(x.id) FROM resident x WHERE x.family_id = r.family_id AND x.family_role = 1 AND x.basic_status = 1);

-- death: part
LEFT JOIN resident_event d ON r.basic_status = 2 AND d.id = (SELECT MAX(e.id) FROM resident_event e LEFT JOIN resident_event x ON x.cancels = e.id
        WHERE e.resident_id = r.id AND e.kind = 'death' AND x.id IS NULL);

-- letter_subject: one hot kept
--   in   id u64
--   out  letter_subject: id u64, nik str, name str, sex u8, birth_place str, birth_date date?, religion u64?, occupation u64?, marital u64?, education u64?, education_now u64?, citizenship u64?, family_role u64?, blood u64?, disability u64?, ethnicity str, basic_status u8
--   out  kk_no str?, head_name str?, head_nik str?, head_occupation u64?, address str?, address_now str, father_name str, father_nik str, mother_name str, mother_nik str, hamlet str, rw str, rt str
--   out  birth_cert str, marriage_cert str, marriage_date date?, divorce_cert str, divorce_date date?, passport str, passport_until date?, kitas str, death_date date?, death_place str?
SELECT {person}, d.event_date AS death_date, d.place AS death_place
FROM resident r JOIN area a ON a.id = r.area_id {household}
    {death}
WHERE r.id = :id;

-- letter_subjects: many                  -- the same of several, as they come
--   in   ids str
--   out  letter_subject
SELECT {person}, d.event_date AS death_date, d.place AS death_place
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN resident r ON r.id = j.id JOIN area a ON a.id = r.area_id
    {household}
    {death};

-- letter_family: many                    -- the living of a person's family, the person too, in the order of the card
--   in   id u64
--   out  letter_subject
SELECT {person}, CAST(NULL AS DATE) AS death_date, CAST(NULL AS CHAR(200)) AS death_place
FROM resident r JOIN area a ON a.id = r.area_id {household}
WHERE r.family_id = (SELECT s.family_id FROM resident s WHERE s.id = :id) AND r.basic_status = 1
ORDER BY r.family_role, r.birth_date, r.id LIMIT 60;

-- letter_relatives: one kept    -- who would be named beside a person: by the parents' NIK, else by the roles in the family
--   in   id u64
--   out  letter_relatives: father u64?, mother u64?, head u64?, spouse u64?
SELECT COALESCE((SELECT p.id FROM resident p WHERE p.nik = r.father_nik AND r.father_nik <> ''),
        IF(r.family_role = 4, (SELECT MIN(p.id) FROM resident p WHERE p.family_id = r.family_id AND p.family_role = 1 AND p.sex = 1 AND p.basic_status = 1), NULL)) AS father,
    COALESCE((SELECT p.id FROM resident p WHERE p.nik = r.mother_nik AND r.mother_nik <> ''),
        IF(r.family_role = 4, (SELECT MIN(p.id) FROM resident p WHERE p.family_id = r.family_id AND p.family_role IN (1, 3) AND p.sex = 2 AND p.basic_status = 1), NULL)) AS mother,
    (SELECT MIN(p.id) FROM resident p WHERE p.family_id = r.family_id AND p.family_role = 1 AND p.id <> r.id AND p.basic_status = 1) AS head,
    (SELECT MIN(p.id) FROM resident p WHERE p.family_id = r.family_id AND p.id <> r.id AND p.basic_status = 1
        AND ((r.family_role = 1 AND p.family_role IN (2, 3)) OR (r.family_role IN (2, 3) AND p.family_role = 1))) AS spouse
FROM resident r WHERE r.id = :id;

-- Who inherits from somebody, of the living: by the parents' NIK, and by the roles on the card (SHDK). The dead keeps his role while
-- the card gets a new head: of a head that is the widow or widower. Who inherits in the end the family says; this is proposed, and told
-- where a letter names others.

-- on_card: part                          -- enum letter_tie, or NULL
CASE WHEN r.family_role = 1 AND p.family_role IN (2, 3) OR r.family_role IN (2, 3) AND p.family_role = 1 AND p.sex <> r.sex
        OR r.family_role = 1 AND p.family_role = 1 AND p.sex <> r.sex AND p.marital = 4 THEN 1
    WHEN r.family_role IN (1, 2, 3) AND p.family_role = 4 OR r.family_role = 7 AND p.family_role = 1 THEN 2
    WHEN r.family_role = 4 AND p.family_role IN (1, 2, 3) OR r.family_role = 1 AND p.family_role = 7 THEN 3
    WHEN r.family_role = 4 AND p.family_role = 4 THEN 4
    WHEN r.family_role IN (1, 2, 3) AND p.family_role = 6 THEN 5 END;

-- letter_heirs: many                     -- nearest first; siblings and grandchildren where there is no child
--   in   id u64
--   out  letter_heir: id u64, name str, tie u8
SELECT x.id, x.name, MIN(x.tie) AS tie FROM (
    SELECT p.id, p.name, p.birth_date, 2 AS tie FROM resident r JOIN resident p ON p.father_nik = r.nik WHERE r.id = :id AND p.basic_status = 1
    UNION ALL SELECT p.id, p.name, p.birth_date, 2 FROM resident r JOIN resident p ON p.mother_nik = r.nik WHERE r.id = :id AND p.basic_status = 1
    UNION ALL SELECT p.id, p.name, p.birth_date, 3 FROM resident r JOIN resident p ON p.nik = r.father_nik WHERE r.id = :id AND p.basic_status = 1
    UNION ALL SELECT p.id, p.name, p.birth_date, 3 FROM resident r JOIN resident p ON p.nik = r.mother_nik WHERE r.id = :id AND p.basic_status = 1
    UNION ALL SELECT p.id, p.name, p.birth_date, {on_card} FROM resident r JOIN resident p ON p.family_id = r.family_id
        WHERE r.id = :id AND p.id <> r.id AND p.basic_status = 1 AND {on_card} IS NOT NULL) x
GROUP BY x.id, x.name, x.birth_date ORDER BY tie, x.birth_date, x.id LIMIT 40;

-- letter_for_render: one hot
--   in   id u64
--   out  letter_render: id u64, state letter_state, snapshot str?, number_text str?, letter_date date?, issued_at utc?, rendered_at utc?
SELECT id, state, snapshot, number_text, letter_date, issued_at, rendered_at FROM letter WHERE id = :id;

-- letters_for_render: many
--   in   ids str
--   out  letter_render
SELECT l.id, l.state, l.snapshot, l.number_text, l.letter_date, l.issued_at, l.rendered_at
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN letter l ON l.id = j.id;

-- letters_to_store: many txn             -- whose paper is not there yet
--   in   ids str
--   out  letter_to_store: id u64
--   locks letter
SELECT l.id FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j STRAIGHT_JOIN letter l ON l.id = j.id
WHERE l.rendered_at IS NULL ORDER BY l.id FOR UPDATE;

-- letter_set_rendered: exec txn hot
--   in   id u64, file_id u64, verify_token str, at utc
--   holds letter
UPDATE letter SET file_id = :file_id, verify_token = :verify_token, rendered_at = :at WHERE id = :id AND rendered_at IS NULL;

-- letters_set_rendered: exec txn         -- rows: [{"id": letter, "file": file, "token": text}, …]
--   in   rows str, at utc
--   holds letter
UPDATE letter l JOIN JSON_TABLE(:rows, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', file_id BIGINT UNSIGNED PATH '$.file',
    token VARCHAR(200) CHARACTER SET ascii PATH '$.token')) AS j ON j.id = l.id
SET l.file_id = j.file_id, l.verify_token = j.token, l.rendered_at = :at WHERE l.rendered_at IS NULL;

-- letter_is_rendered: one hot
--   in   id u64
--   out  letter_rendered: is_rendered bool
SELECT rendered_at IS NOT NULL FROM letter WHERE id = :id;

-- letter_for_verify: maybe
--   in   id u64
--   out  letter_proof: state letter_state, type_name str, number_text str?, letter_date date?, valid_until date?, snapshot str?, voided_at utc?
--   out  void_why u8, sign_outcome u8, sign_by str, sign_marks u8, replaced_by str?
SELECT l.state, t.name, l.number_text, l.letter_date, l.valid_until, l.snapshot, l.voided_at, l.void_why, l.sign_outcome, l.sign_by, l.sign_marks,
    (SELECT n.number_text FROM letter n WHERE n.replaces_id = l.id AND n.state = 4 ORDER BY n.id DESC LIMIT 1) AS replaced_by
FROM letter l JOIN letter_type_version t ON t.type_id = l.type_id AND t.version = l.type_version WHERE l.id = :id;

-- letter_archived_file: maybe            -- the PDF as it was made
--   in   id u64
--   out  letter_archived_file: sha256 bytes, size u32
SELECT f.sha256, f.size FROM letter l JOIN file f ON f.id = l.file_id WHERE l.id = :id AND f.is_complete;

-- letter_has_receipt: maybe
--   in   receipt str
--   out  letter_received: id u64
SELECT letter_id FROM kiosk_letter WHERE receipt = :receipt;

-- seal_key_current: maybe hot kept    -- the village's (official_id NULL) or an official's
--   in   official_id u64?
--   out  seal_key: id u64, secret_sealed bytes, certificate bytes
SELECT id, secret_sealed, certificate FROM seal_key WHERE official_id <=> :official_id AND retired_at IS NULL ORDER BY id DESC LIMIT 1;

-- seal_key_insert: exec txn
--   in   official_id u64?, secret_sealed bytes, certificate bytes
INSERT INTO seal_key (official_id, secret_sealed, certificate) VALUES (:official_id, :secret_sealed, :certificate);
