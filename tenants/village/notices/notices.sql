-- schema: village
-- include "tenants/village/codes/letter_state.h"
-- include "tenants/village/notices/notices.h"

-- notice_addresses: one hot
--   in   resident_id u64
--   out  notice_addresses: head str?, resident str?
SELECT (SELECT email FROM official WHERE office = 'head' AND is_active AND email <> '' ORDER BY sort, id LIMIT 1) AS head,
    (SELECT email FROM resident_email WHERE resident_id = :resident_id) AS resident;

-- notice_emails: many                    -- of these residents, who has one
--   in   ids str
--   out  notice_email: resident_id u64, email str
SELECT e.resident_id, e.email FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN resident_email e ON e.resident_id = j.id;

-- notice_put: insert txn                 -- again: the next round, and the links of the last one are no longer good
--   in   letter_id u64, recipient notice_recipient, address str, at utc, state notice_state, why notice_why, since utc, is_of_pile bool
INSERT INTO notice (letter_id, recipient, address, put_at, state, why, day_rounds, is_of_pile)
VALUES (:letter_id, :recipient, :address, :at, :state, :why, :state = 1 AND NOT :is_of_pile, :is_of_pile)
ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), address = :address, state = :state, round = round + 1, attempts = 0, why = :why, answer = 0,
    is_of_pile = :is_of_pile, day_rounds = IF(put_at >= :since, day_rounds, 0) + VALUES(day_rounds), put_at = :at, sent_at = NULL, taken_at = NULL;

-- notice_last: maybe txn
--   in   letter_id u64, recipient notice_recipient
--   out  notice_last: id u64, address str, state notice_state, put_at utc, sent_at utc?
SELECT id, address, state, put_at, sent_at FROM notice WHERE letter_id = :letter_id AND recipient = :recipient;

-- notice_readdress: exec txn             -- the round that waits goes where one is written to today
--   in   id u64, address str
UPDATE notice SET address = :address WHERE id = :id;

-- notice_spent: one txn                  -- of the village's budget
--   in   since utc
--   out  notice_spent: rounds u64
SELECT CAST(COALESCE(SUM(day_rounds), 0) AS UNSIGNED) FROM notice FORCE INDEX (by_put) WHERE put_at >= :since;

-- notice_in_turn: one txn                -- of the piles' budget: of the last day, and what leaves later
--   in   since utc
--   out  notice_in_turn: n u64
SELECT COUNT(*) FROM notice FORCE INDEX (by_put) WHERE put_at >= :since AND is_of_pile;

-- notice_of_pile: one
--   in   pile_id u64
--   out  notice_of_pile: sent u64, waiting u64, unsent u64
SELECT CAST(COALESCE(SUM(n.state = 2), 0) AS UNSIGNED), CAST(COALESCE(SUM(n.state = 1), 0) AS UNSIGNED), CAST(COALESCE(SUM(n.state > 2), 0) AS UNSIGNED)
FROM letter_pile_line l JOIN notice n ON n.letter_id = l.letter_id AND n.recipient = 2 WHERE l.pile_id = :pile_id;

-- notice_day: one hot                    -- of the village's budget, for the office's first page
--   in   since utc
--   out  notice_day: rounds u64, unsent u64
SELECT CAST(COALESCE(SUM(day_rounds), 0) AS UNSIGNED), CAST(COALESCE(SUM(state = 4 AND why = 7), 0) AS UNSIGNED)
FROM notice FORCE INDEX (by_put) WHERE put_at >= :since;

-- notice_links_forget: exec txn
--   in   notice_id u64
DELETE FROM notice_link WHERE notice_id = :notice_id;

-- notice_round: one txn
--   in   id u64
--   out  notice_round: round u32
SELECT round FROM notice WHERE id = :id;

-- waits_for_paper: part                  -- put when the letter was issued, and not yet on their way
JOIN letter l ON l.id = n.letter_id WHERE n.state = 1 AND n.attempts = 0 AND n.put_at >= l.issued_at AND l.rendered_at IS NOT NULL;

-- notice_of_paper: many txn hot
--   in   letter_id u64
--   out  notice_of_paper: id u64, round u32, wait_s u64
SELECT n.id, n.round, TIMESTAMPDIFF(SECOND, l.issued_at, n.put_at) FROM notice n {waits_for_paper} AND n.letter_id = :letter_id;

-- notice_of_papers: many txn
--   in   ids str
--   out  notice_of_paper
SELECT n.id, n.round, TIMESTAMPDIFF(SECOND, l.issued_at, n.put_at)
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN notice n ON n.letter_id = j.id {waits_for_paper};

-- notice_errand: one
--   in   id u64
--   out  notice_row: id u64, letter_id u64, recipient notice_recipient, address str, state notice_state, round u32, letter_state letter_state, is_rendered bool, type_name str, policy str, number_text str?, issued_at utc?, resident_name str, phone str
SELECT n.id, n.letter_id, n.recipient, n.address, n.state, n.round, l.state AS letter_state, l.rendered_at IS NOT NULL AS is_rendered,
    t.name AS type_name, IF(l.paper IS NULL, t.policy, 'approve') AS policy, l.number_text, l.issued_at, COALESCE(JSON_VALUE(l.snapshot, '$.values.nama'), r.name, l.about) AS resident_name, i.phone
FROM notice n JOIN letter l ON l.id = n.letter_id JOIN letter_type t ON t.id = l.type_id LEFT JOIN resident r ON r.id = l.resident_id
JOIN identity i ON i.id = 1
WHERE n.id = :id;

-- notice_link_put: exec txn              -- only for the round that still waits: another one may have another address
--   in   token_hash bytes, notice_id u64, round u32, expires_at utc
INSERT INTO notice_link (token_hash, notice_id, expires_at)
SELECT :token_hash, n.id, :expires_at FROM notice n WHERE n.id = :notice_id AND n.round = :round AND n.state = 1;

-- notice_links_tidy: exec txn            -- long after the page stops saying that they are over
--   in   before utc
DELETE FROM notice_link WHERE expires_at < :before LIMIT 200;

-- notice_tried: exec                     -- only of the round that was tried
--   in   id u64, round u32, state notice_state, why notice_why, answer u16, sent_at utc?
UPDATE notice SET state = :state, why = :why, answer = :answer, sent_at = :sent_at, attempts = attempts + 1
WHERE id = :id AND round = :round AND state = 1;

-- notice_lines: many
--   in   letter_id u64
--   out  notice_lines_row: recipient notice_recipient, address str, state notice_state, attempts u32, why notice_why, answer u16, put_at utc, sent_at utc?, taken_at utc?
SELECT recipient, address, state, attempts, why, answer, put_at, sent_at, taken_at FROM notice WHERE letter_id = :letter_id ORDER BY recipient;

-- notice_letter: one
--   in   id u64
--   out  notice_letter: state letter_state, policy str, resident_id u64
SELECT l.state, IF(l.paper IS NULL, t.policy, 'approve') AS policy, COALESCE(l.resident_id, 0) AS resident_id FROM letter l JOIN letter_type t ON t.id = l.type_id WHERE l.id = :id;

-- notice_letter_lock: one txn
--   in   id u64
--   out  notice_letter_locked: state letter_state, resident_id u64
--   locks letter
SELECT state, COALESCE(resident_id, 0) AS resident_id FROM letter WHERE id = :id FOR UPDATE;

-- notice_link_find: maybe
--   in   token_hash bytes
--   out  notice_link: notice_id u64, letter_id u64, expires_at utc, taken_at utc?, state letter_state, type_name str, number_text str?, phone str
SELECT k.notice_id, n.letter_id, k.expires_at, n.taken_at, l.state, t.name AS type_name, l.number_text, i.phone
FROM notice_link k JOIN notice n ON n.id = k.notice_id JOIN letter l ON l.id = n.letter_id JOIN letter_type t ON t.id = l.type_id
JOIN identity i ON i.id = 1
WHERE k.token_hash = :token_hash;

-- notice_link_lock: maybe txn            -- of two who press at once, one; and neither the letter nor the address goes meanwhile
--   in   token_hash bytes
--   out  notice_link_locked: notice_id u64, letter_id u64, expires_at utc, taken_at utc?, state letter_state
--   locks letter notice_link
SELECT k.notice_id, n.letter_id, k.expires_at, n.taken_at, l.state
FROM notice_link k JOIN notice n ON n.id = k.notice_id JOIN letter l ON l.id = n.letter_id
WHERE k.token_hash = :token_hash FOR UPDATE;

-- notice_take: exec txn
--   in   id u64, at utc
UPDATE notice SET taken_at = :at WHERE id = :id;

-- notice_paper: maybe
--   in   letter_id u64
--   out  notice_paper: slug str, state letter_state, file_id u64?
SELECT t.slug, l.state, l.file_id FROM letter l JOIN letter_type t ON t.id = l.type_id WHERE l.id = :letter_id;

-- resident_email_of: one
--   in   id u64
--   out  resident_email_of: name str, nik str, email str?, agreed_at utc?, agreed_with str?
SELECT r.name, r.nik, e.email, e.agreed_at, e.agreed_with FROM resident r LEFT JOIN resident_email e ON e.resident_id = r.id WHERE r.id = :id;

-- resident_email_lock: one txn
--   in   id u64
--   out  resident_email_locked: id u64
--   locks resident
SELECT id FROM resident WHERE id = :id FOR UPDATE;

-- resident_email_put: exec txn
--   in   id u64, email str, at utc, with_name str
INSERT INTO resident_email (resident_id, email, agreed_at, agreed_with) VALUES (:id, :email, :at, :with_name)
ON DUPLICATE KEY UPDATE email = :email, agreed_at = :at, agreed_with = :with_name;

-- resident_email_drop: exec txn
--   in   id u64
DELETE FROM resident_email WHERE resident_id = :id;

-- An address that is theirs no more: nothing leaves to it, and what was sent there opens nothing.

-- notice_address_stop: exec txn
--   in   resident_id u64, address str?
UPDATE notice n JOIN letter l ON l.id = n.letter_id SET n.state = 4, n.why = 5
WHERE l.resident_id = :resident_id AND n.recipient = 2 AND n.state = 1 AND NOT n.address <=> :address;

-- notice_address_close: exec txn
--   in   resident_id u64, address str?
DELETE k FROM notice_link k JOIN notice n ON n.id = k.notice_id JOIN letter l ON l.id = n.letter_id
WHERE l.resident_id = :resident_id AND n.recipient = 2 AND n.taken_at IS NULL AND NOT n.address <=> :address;
