-- schema: village
-- include "tenants/village/letters/letters_pile.h"

-- ---- piles ----

-- pile_put: insert txn                   -- one pattern is of one pile; which people it is for is said anew
--   in   pattern_id u64, pattern_version u32, chosen str, filter str, field str, made_by u64, made_at utc
INSERT INTO letter_pile (pattern_id, pattern_version, state, chosen, filter, field, made_by, made_at)
VALUES (:pattern_id, :pattern_version, 1, :chosen, :filter, :field, :made_by, :made_at);

-- pile_of_pattern: maybe
--   in   pattern_id u64
--   out  pile_found: id u64, filter str
SELECT id, filter FROM letter_pile WHERE pattern_id = :pattern_id;

-- pile_choose: exec txn
--   in   id u64, pattern_version u32, chosen str, filter str, field str
UPDATE letter_pile SET chosen = :chosen, filter = :filter, field = :field, pattern_version = :pattern_version, version = version + 1
WHERE id = :id;

-- pile_set_judged: exec txn              -- by this version of its pattern
--   in   id u64, pattern_version u32
UPDATE letter_pile SET pattern_version = :pattern_version WHERE id = :id;

-- pile_lock: one txn
--   in   id u64
--   out  pile: id u64, pattern_id u64, state letter_pile_state, field str, made_by u64, is_decided bool, issued_by u64?, issuer str, office str, note str, sent_at utc?, version u32, pattern_version u32
--   locks letter_pile
SELECT id, pattern_id, state, field, made_by, is_decided, issued_by, issuer, office, note, sent_at, version, pattern_version FROM letter_pile WHERE id = :id FOR UPDATE;

-- pile_set_state: exec txn
--   in   id u64, state letter_pile_state, note str
UPDATE letter_pile SET state = :state, note = :note, version = version + 1 WHERE id = :id;

-- pile_set_issuer: exec txn
--   in   id u64, is_decided bool, by u64, name str, office str
UPDATE letter_pile SET is_decided = :is_decided, issued_by = :by, issuer = :name, office = :office WHERE id = :id;

-- pile_touch: exec txn                   -- its people are others by now
--   in   id u64
UPDATE letter_pile SET version = version + 1 WHERE id = :id;

-- pile_set_sent: exec txn                -- it comes to who decides, or is issued: the time promised begins; approved: what is changed later was not read
--   in   id u64, at utc
UPDATE letter_pile SET sent_at = :at, is_late = FALSE WHERE id = :id;

-- piles_pass_on: exec txn                -- nobody checks letters any more
--   in   at utc
UPDATE letter_pile SET state = 2, sent_at = :at, is_late = FALSE, version = version + 1 WHERE state = 7;

-- piles_overdue: many                    -- that wait, and nobody was told yet that they wait too long
--   out  pile_overdue: id u64, sent_at utc, n u64
SELECT p.id, p.sent_at, (SELECT COUNT(*) FROM letter_pile_line n WHERE n.pile_id = p.id AND n.state = 1)
FROM letter_pile p FORCE INDEX (by_state) WHERE p.state IN (2, 7) AND NOT p.is_late AND p.sent_at IS NOT NULL ORDER BY p.id LIMIT 50;

-- pile_set_late: exec txn
--   in   id u64
UPDATE letter_pile SET is_late = TRUE WHERE id = :id;

-- piles_issued_since: many               -- at once, without anybody's decision
--   in   since utc, limit u32
--   out  pile_issued_at_once: type_name str, chosen str, issuer str, n u64
SELECT v.name, p.chosen, p.issuer, (SELECT COUNT(*) FROM letter_pile_line n WHERE n.pile_id = p.id AND n.state <> 4)
FROM letter_pile p FORCE INDEX (by_sent) JOIN letter l ON l.id = p.pattern_id
JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version
WHERE p.sent_at >= :since AND p.state IN (3, 4, 5, 6) AND NOT p.is_decided ORDER BY p.sent_at DESC LIMIT :limit;

-- pile_of_letter: maybe                  -- of which it is the pattern, or one of the letters
--   in   id u64
--   out  pile_of_letter: id u64, chosen str, made_by_name str, made_at utc, is_pattern bool
SELECT p.id, p.chosen, COALESCE(s.name, 'Sistem'), p.made_at, p.pattern_id = :id
FROM (SELECT id FROM letter_pile WHERE pattern_id = :id UNION SELECT pile_id FROM letter_pile_line WHERE letter_id = :id) c
STRAIGHT_JOIN letter_pile p ON p.id = c.id LEFT JOIN staff s ON s.id = p.made_by LIMIT 1;

-- pile_give_back: exec txn              -- nobody stands for it any more: it is asked for again, whatever its type says by then
--   in   id u64, state letter_pile_state, note str
UPDATE letter_pile SET state = :state, note = :note, office = '', version = version + 1 WHERE id = :id;

-- pile_set_files: exec txn
--   in   id u64, files str, at utc?
UPDATE letter_pile SET files = :files, ended_at = :at, state = 6, version = version + 1 WHERE id = :id;

-- pile_get: one                          -- withdrawn: how many since its files were made
--   in   id u64
--   out  pile_full: id u64, pattern_id u64, state letter_pile_state, chosen str, field str, made_by_name str, made_at utc, sent_at utc?, note str, is_given_back bool, files str, ended_at utc?, version u32, type_name str, policy str, is_corrected bool, is_filtered bool, is_judged bool, withdrawn u64
SELECT p.id, p.pattern_id, p.state, p.chosen, p.field, COALESCE(s.name, 'Sistem'), p.made_at, p.sent_at, p.note, p.office = '', p.files,
    p.ended_at, p.version, v.name, t.policy, l.paper IS NOT NULL, p.filter <> '', p.state <> 1 OR p.pattern_version = l.version,
    (SELECT COUNT(*) FROM letter_pile_line n JOIN letter x ON x.id = n.letter_id WHERE n.pile_id = p.id AND x.voided_at >= p.ended_at) AS withdrawn
FROM letter_pile p JOIN letter l ON l.id = p.pattern_id JOIN letter_type t ON t.id = l.type_id
JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version LEFT JOIN staff s ON s.id = p.made_by
WHERE p.id = :id;

-- pile_twins: many                      -- others of its type that are under way, or whose files are still given, with people who get one of this, too
--   in   id u64, limit u32
--   out  pile_twin: id u64, state letter_pile_state, chosen str, made_by_name str, made_at utc, is_returned bool, n u64
SELECT p.id, p.state, p.chosen, COALESCE(s.name, 'Sistem'), p.made_at, p.state = 1 AND p.note <> '' AS is_returned, COUNT(*) AS n
FROM letter_pile own STRAIGHT_JOIN letter t ON t.id = own.pattern_id
STRAIGHT_JOIN letter_pile p FORCE INDEX (by_state) ON p.state IN (1, 2, 3, 4, 5, 6, 7) AND p.id <> own.id
STRAIGHT_JOIN letter l ON l.id = p.pattern_id AND l.type_id = t.type_id
STRAIGHT_JOIN letter_pile_line o FORCE INDEX (by_state) ON o.pile_id = p.id AND o.state IN (1, 2, 3)
STRAIGHT_JOIN letter_pile_line n FORCE INDEX (resident) ON n.resident_id = o.resident_id AND n.pile_id = own.id AND n.state = 1
LEFT JOIN staff s ON s.id = p.made_by
WHERE own.id = :id AND (p.state <> 6 OR p.ended_at IS NOT NULL) GROUP BY p.id ORDER BY n DESC, p.id LIMIT :limit;

-- pile_list: many hot
--   in   limit u32
--   out  pile_row: id u64, type_name str, state letter_pile_state, chosen str, made_by_name str, made_at utc, is_returned bool, n u64, issued u64
SELECT p.id, v.name, p.state, p.chosen, COALESCE(s.name, 'Sistem'), p.made_at, p.state = 1 AND p.note <> '' AS is_returned, (SELECT COUNT(*) FROM letter_pile_line n WHERE n.pile_id = p.id AND n.state IN (1, 2, 3)),
    (SELECT COUNT(*) FROM letter_pile_line n WHERE n.pile_id = p.id AND n.state IN (2, 3))
FROM letter_pile p FORCE INDEX (PRIMARY) JOIN letter l ON l.id = p.pattern_id
JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version LEFT JOIN staff s ON s.id = p.made_by
ORDER BY p.id DESC LIMIT :limit;

-- piles_returned: many hot               -- to who made them, or stopped by themselves; with why
--   in   me u64, limit u32
--   out  pile_returned: id u64, type_name str, state letter_pile_state, chosen str, made_at utc, n u64
SELECT p.id, v.name, p.state, p.chosen, p.made_at, (SELECT COUNT(*) FROM letter_pile_line n WHERE n.pile_id = p.id AND n.state = 1)
FROM letter_pile p FORCE INDEX (by_state) JOIN letter l ON l.id = p.pattern_id
JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version
WHERE p.state IN (1, 4) AND p.note <> '' AND p.made_by = :me ORDER BY p.id LIMIT :limit;

-- piles_waiting: many                    -- to be checked, or for a signature
--   in   state letter_pile_state, limit u32
--   out  pile_waiting: id u64, type_name str, chosen str, sent_at utc, n u64
SELECT p.id, v.name, p.chosen, COALESCE(p.sent_at, p.made_at) AS sent_at, (SELECT COUNT(*) FROM letter_pile_line n WHERE n.pile_id = p.id AND n.state = 1)
FROM letter_pile p FORCE INDEX (by_state) JOIN letter l ON l.id = p.pattern_id
JOIN letter_type_version v ON v.type_id = l.type_id AND v.version = l.type_version
WHERE p.state = :state ORDER BY p.id LIMIT :limit;

-- pile_count: one                        -- refused: who is left out by hand among them
--   in   id u64, left_out str
--   out  pile_count: waiting u64, numbered u64, done u64, refused u64, left_out u64, unclaimed u64
SELECT COALESCE(SUM(state = 1), 0), COALESCE(SUM(state = 2), 0), COALESCE(SUM(state = 3), 0), COALESCE(SUM(state = 4), 0),
    COALESCE(SUM(state = 4 AND why = :left_out), 0), COALESCE(SUM(state = 2 AND job = 0), 0)
FROM letter_pile_line WHERE pile_id = :id;

-- pile_has_work: one                     -- somebody is at it, or will be
--   in   kind u16, id u64
--   out  pile_work: is_there bool
SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = :kind AND subject = :id AND state IN (1, 2));

-- piles_old: many txn                    -- whose files nobody is given any more
--   in   before utc, limit u32
--   out  pile_old: id u64
--   locks letter_pile
SELECT id FROM letter_pile WHERE ended_at < :before ORDER BY ended_at LIMIT :limit FOR UPDATE;

-- pile_forget_files: exec txn
--   in   id u64
UPDATE letter_pile SET files = '', ended_at = NULL WHERE id = :id;

-- pile_forget_typed: exec txn            -- nor what was pasted
--   in   id u64
UPDATE letter_pile_line SET typed = '' WHERE pile_id = :id AND typed <> '';

-- ---- its lines; who writes one has locked the pile ----

-- pile_lines_put: bulk txn
--   in   pile_line_put: pile_id u64, line u32, state letter_pile_line_state, resident_id u64?, answer str, why str, typed str
INSERT INTO letter_pile_line (pile_id, line, state, resident_id, answer, why, typed)
VALUES (:pile_id, :line, :state, :resident_id, :answer, :why, :typed);

-- pile_line_mend: exec txn               -- only what was pasted and gets none
--   in   id u64, line u32, state letter_pile_line_state, resident_id u64?, answer str, why str, typed str
UPDATE letter_pile_line SET state = :state, resident_id = :resident_id, answer = :answer, why = :why, typed = :typed
WHERE pile_id = :id AND line = :line AND state = 4 AND typed <> '';

-- pile_line_drop: exec txn               -- the same
--   in   id u64, line u32
DELETE FROM letter_pile_line WHERE pile_id = :id AND line = :line AND state = 4 AND typed <> '';

-- pile_lines_drop: exec txn
--   in   id u64
DELETE FROM letter_pile_line WHERE pile_id = :id;

-- pile_lines_next: many txn
--   in   id u64, limit u32
--   out  pile_line: line u32, resident_id u64?, answer str, letter_id u64?
SELECT line, resident_id, answer, letter_id FROM letter_pile_line FORCE INDEX (by_state) WHERE pile_id = :id AND state = 1 ORDER BY line LIMIT :limit;

-- pile_line_at: maybe                    -- of those that get one, line `line`; 0: the first
--   in   id u64, line u32
--   out  pile_line_at: line u32, resident_id u64, answer str, name str
SELECT n.line, r.id AS resident_id, n.answer, r.name FROM letter_pile_line n FORCE INDEX (by_state) JOIN resident r ON r.id = n.resident_id
WHERE n.pile_id = :id AND n.state = 1 AND (:line = 0 OR n.line = :line) ORDER BY n.line LIMIT 1;

-- pile_people: many                      -- who gets one, and in his place who is left out by hand; `sought`: a part of the name, empty: all
--   in   id u64, after u32, sought str, left_out str, limit u32
--   out  pile_person: line u32, state letter_pile_line_state, name str, nik str, birth_date date?, hamlet str?, rw str?, rt str?, answer str
SELECT n.line, n.state, r.name, r.nik, r.birth_date, a.hamlet, a.rw, a.rt, n.answer FROM letter_pile_line n FORCE INDEX (PRIMARY)
JOIN resident r ON r.id = n.resident_id LEFT JOIN area a ON a.id = r.area_id
WHERE n.pile_id = :id AND (n.state = 1 OR (n.state = 4 AND n.why = :left_out)) AND n.line > :after AND INSTR(r.name, :sought) > 0
ORDER BY n.line LIMIT :limit;

-- pile_left_out: many                    -- by hand
--   in   id u64, left_out str
--   out  pile_left_out: resident_id u64
SELECT COALESCE(resident_id, 0) AS resident_id FROM letter_pile_line FORCE INDEX (by_state) WHERE pile_id = :id AND state = 4 AND why = :left_out ORDER BY resident_id;

-- pile_lines_all: many                   -- to be judged anew
--   in   id u64, limit u32
--   out  pile_line_judged: line u32, state letter_pile_line_state, resident_id u64?, answer str, why str, typed str
SELECT line, state, resident_id, answer, why, typed FROM letter_pile_line WHERE pile_id = :id ORDER BY line LIMIT :limit;

-- pile_line_turn: exec txn               -- who gets one is left out, who was left out gets one again
--   in   id u64, line u32, why str
UPDATE letter_pile_line SET why = IF(state = 1, :why, ''), state = IF(state = 1, 4, 1)
WHERE pile_id = :id AND line = :line AND (state = 1 OR (state = 4 AND why = :why));

-- pile_lines_mine: many txn              -- numbered, and this job's to make their papers
--   in   id u64, job u64, limit u32
--   out  pile_line
SELECT line, resident_id, answer, letter_id FROM letter_pile_line FORCE INDEX (by_state) WHERE pile_id = :id AND state = 2 AND job = :job
ORDER BY line LIMIT :limit;

-- pile_lines_claim: exec txn             -- of those numbered by a job that did not come to their paper
--   in   id u64, job u64, limit u32
UPDATE letter_pile_line SET job = :job WHERE pile_id = :id AND state = 2 AND job = 0 ORDER BY line LIMIT :limit;

-- pile_lines_numbered: bulk txn          -- lines that are there
--   in   pile_line_numbered: id u64, line u32, letter_id u64, job u64
INSERT INTO letter_pile_line (pile_id, line, state, answer, why, letter_id, job) VALUES (:id, :line, 2, '', '', :letter_id, :job)
ON DUPLICATE KEY UPDATE state = VALUES(state), letter_id = VALUES(letter_id), job = VALUES(job);

-- pile_lines_done: exec txn              -- numbered, of these letters
--   in   id u64, ids str
UPDATE letter_pile_line SET state = 3, why = '' WHERE pile_id = :id AND state = 2
    AND letter_id IN (SELECT j.id FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j);

-- pile_line_refuse: exec txn
--   in   id u64, line u32, why str
UPDATE letter_pile_line SET state = 4, why = :why WHERE pile_id = :id AND line = :line;

-- pile_line_say: exec txn                -- what of its paper is to be known
--   in   id u64, line u32, why str
UPDATE letter_pile_line SET why = :why WHERE pile_id = :id AND line = :line;

-- pile_lines_free: exec txn
--   in   id u64
UPDATE letter_pile_line SET job = 0 WHERE pile_id = :id AND state = 2;

-- pile_lines_stop: exec txn
--   in   id u64, why str
UPDATE letter_pile_line SET state = 4, why = :why WHERE pile_id = :id AND state = 1;

-- pile_lines_refused: many               -- and those whose paper is late; not why they were `left_out`, empty: these, too
--   in   id u64, left_out str, limit u32
--   out  pile_refused: line u32, resident_id u64?, name str?, letter_id u64?, why str, answer str, typed str
SELECT n.line, n.resident_id, r.name, n.letter_id, n.why, n.answer, n.typed FROM letter_pile_line n LEFT JOIN resident r ON r.id = n.resident_id
WHERE n.pile_id = :id AND n.why NOT IN ('', :left_out) ORDER BY n.line LIMIT :limit;

-- pile_lines_issued: many
--   in   id u64, limit u32
--   out  pile_issued: line u32, letter_id u64, name str, number_text str
SELECT n.line, l.id, COALESCE(JSON_VALUE(l.snapshot, '$.values.nama'), ''), COALESCE(l.number_text, '')
FROM (SELECT line, letter_id FROM letter_pile_line WHERE pile_id = :id AND letter_id IS NOT NULL ORDER BY line DESC LIMIT :limit) n JOIN letter l ON l.id = n.letter_id
ORDER BY n.line DESC;

-- pile_papers: many                      -- in the order of the lines, what goes into the files
--   in   id u64, after u32, limit u32
--   out  pile_paper: line u32, snapshot str, verify_token str, file_id u64, number_text str, name str
SELECT n.line, l.snapshot, l.verify_token, l.file_id, l.number_text, COALESCE(JSON_VALUE(l.snapshot, '$.values.nama'), '') AS name FROM letter_pile_line n JOIN letter l ON l.id = n.letter_id
WHERE n.pile_id = :id AND n.line > :after AND l.state = 4 AND l.rendered_at IS NOT NULL ORDER BY n.line LIMIT :limit;

-- ---- its people ----

-- pile_niks: many                        -- of those pasted, who is known here
--   in   niks str
--   out  pile_nik: id u64, nik str
SELECT r.id, r.nik FROM JSON_TABLE(:niks, '$[*]' COLUMNS (nik CHAR(16) CHARACTER SET ascii PATH '$')) AS j JOIN resident r ON r.nik = j.nik WHERE r.out_why IS NULL;

-- pile_people_changed: many              -- of these residents, whose data or card was changed since
--   in   ids str, since utc
--   out  pile_changed: id u64, name str
SELECT r.id, r.name FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) AS j JOIN resident r ON r.id = j.id
WHERE EXISTS (SELECT 1 FROM history h WHERE h.owner = 'resident' AND h.owner_id = r.id AND h.at > :since)
    OR EXISTS (SELECT 1 FROM history h WHERE h.owner = 'family' AND h.owner_id = r.family_id AND h.at > :since);
