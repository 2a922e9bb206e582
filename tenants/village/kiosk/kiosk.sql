-- schema: village

-- ---- devices ----

-- kiosk_device_list: many                -- those in use, then those taken back
--   out  kiosk_device_row: id u64, name str, enrolled_at utc, made_by str, last_seen_at utc, used_at utc?, revoked_at utc?
SELECT id, name, enrolled_at, made_by, last_seen_at, used_at, revoked_at FROM kiosk_device
WHERE enrolled_at IS NOT NULL ORDER BY revoked_at IS NOT NULL, id DESC LIMIT 50;

-- kiosk_device_one: one
--   in   id u64
--   out  kiosk_device_row
SELECT id, name, enrolled_at, made_by, last_seen_at, used_at, revoked_at FROM kiosk_device WHERE id = :id AND enrolled_at IS NOT NULL;

-- kiosk_named: one                       -- screens in use of that name, but for one, and codes that are open then; whatever the case and the spaces
--   in   name str, id u64, now_at utc?
--   out  kiosk_named: n u64
SELECT COUNT(*) FROM kiosk_device WHERE REPLACE(name, ' ', '') = REPLACE(:name, ' ', '') AND id <> :id AND revoked_at IS NULL
    AND (enrolled_at IS NOT NULL OR (NOT is_standing AND code_ends_at > :now_at));

-- kiosk_number_free: one                 -- the smallest from 2 that no screen in use bears behind that name
--   in   name str
--   out  kiosk_number_free: number u32
SELECT CAST(MIN(c.number) AS UNSIGNED) FROM (SELECT 2 AS number UNION SELECT SUBSTRING(name, CHAR_LENGTH(:name) + 2) + 1 FROM kiosk_device
    WHERE LEFT(name, CHAR_LENGTH(:name) + 1) = CONCAT(:name, ' ') AND SUBSTRING(name, CHAR_LENGTH(:name) + 2) REGEXP '^[0-9]{1,4}$' AND enrolled_at IS NOT NULL AND revoked_at IS NULL) c
WHERE c.number > 1 AND NOT EXISTS (SELECT 1 FROM kiosk_device d WHERE d.name = CONCAT(:name, ' ', c.number) AND d.enrolled_at IS NOT NULL AND d.revoked_at IS NULL);

-- kiosk_screens: many                    -- as the office's first page has them: the ones in use, with what pauses PINs there
--   in   now_at utc, since utc, seen_since utc
--   out  kiosk_screen_row: id u64, name str, last_seen_at utc, used_at utc?, last_letter_at utc?, paused_until utc?
SELECT d.id, d.name, d.last_seen_at, d.used_at, (SELECT MAX(k.sent_at) FROM kiosk_letter k WHERE k.device_id = d.id AND k.sent_at >= :since),
    (SELECT MAX(p.locked_until) FROM kiosk_pin_limit p WHERE p.device_id IN (0, d.id) AND p.locked_until > :now_at)
FROM kiosk_device d WHERE d.enrolled_at IS NOT NULL AND d.revoked_at IS NULL AND d.last_seen_at >= :seen_since ORDER BY d.last_seen_at DESC LIMIT 4;

-- ---- cards and PINs ----

-- kiosk_person: one
--   in   id u64
--   out  kiosk_person: id u64, nik str, name str, sex u8, birth_date date?, basic_status u8
SELECT id, nik, name, sex, birth_date, basic_status FROM resident WHERE id = :id;

-- kiosk_person_by_nik: maybe
--   in   nik str
--   out  kiosk_candidate: resident_id u64
SELECT id FROM resident WHERE nik = :nik AND basic_status = 1;

-- kiosk_person_by_card: maybe
--   in   card_hash bytes
--   out  kiosk_candidate
SELECT r.id FROM kiosk_card c JOIN resident r ON r.id = c.resident_id WHERE c.card_hash = :card_hash AND r.basic_status = 1;

-- kiosk_card_owner: maybe                 -- also who died, left or was taken out: they have it until somebody else brings it
--   in   card_hash bytes
--   out  kiosk_card_owner: resident_id u64, basic_status u8
SELECT c.resident_id, r.basic_status FROM kiosk_card c JOIN resident r ON r.id = c.resident_id WHERE c.card_hash = :card_hash;

-- kiosk_counter: one
--   in   id u64
--   out  kiosk_counter: nik str, name str, paired_at utc?, pin_set_at utc?
SELECT r.nik, r.name, c.paired_at, c.pin_set_at FROM resident r LEFT JOIN kiosk_card c ON c.resident_id = r.id WHERE r.id = :id;

-- kiosk_card_begin: exec txn             -- the row that card and PIN are written into
--   in   resident_id u64
INSERT INTO kiosk_card (resident_id) VALUES (:resident_id) ON DUPLICATE KEY UPDATE resident_id = :resident_id;

-- kiosk_card_set: exec txn               -- a card of somebody else's is refused by its key
--   in   resident_id u64, card_hash bytes, at utc
UPDATE kiosk_card SET card_hash = :card_hash, paired_at = :at WHERE resident_id = :resident_id;

-- kiosk_pin_set: exec txn
--   in   resident_id u64, pin_hash str, at utc
UPDATE kiosk_card SET pin_hash = :pin_hash, pin_set_at = :at WHERE resident_id = :resident_id;

-- kiosk_card_drop: exec txn              -- and its PIN
--   in   resident_id u64
DELETE FROM kiosk_card WHERE resident_id = :resident_id;

-- kiosk_pin_of: maybe
--   in   resident_id u64
--   out  kiosk_pin_row: pin_hash str
SELECT pin_hash FROM kiosk_card WHERE resident_id = :resident_id AND pin_hash IS NOT NULL;

-- kiosk_limit_touch: exec txn
--   in   key_hash bytes, is_nobody bool
INSERT INTO kiosk_pin_limit (key_hash, failures, is_nobody) VALUES (:key_hash, 0, :is_nobody) ON DUPLICATE KEY UPDATE key_hash = key_hash;

-- kiosk_limit_lock: one txn
--   in   key_hash bytes
--   out  kiosk_limit_row: failures u32, locked_until utc?
--   locks kiosk_limit
SELECT failures, locked_until FROM kiosk_pin_limit WHERE key_hash = :key_hash FOR UPDATE;

-- kiosk_limit_set: exec txn
--   in   key_hash bytes, failures u32, locked_until utc?
UPDATE kiosk_pin_limit SET failures = :failures, locked_until = :locked_until WHERE key_hash = :key_hash;

-- kiosk_limit_forget: exec txn
--   in   key_hash bytes
DELETE FROM kiosk_pin_limit WHERE key_hash = :key_hash;

-- kiosk_limit_of: maybe
--   in   key_hash bytes
--   out  kiosk_limit_row
SELECT failures, locked_until FROM kiosk_pin_limit WHERE key_hash = :key_hash;

-- kiosk_pace_touch: exec txn             -- of a device, 0: of the village
--   in   device_id u64, at utc
INSERT INTO kiosk_pin_limit (key_hash, device_id, began_at, failures)
VALUES (UNHEX(SHA2(CONCAT('device ', :device_id), 256)), :device_id, :at, 0)
ON DUPLICATE KEY UPDATE key_hash = key_hash;

-- kiosk_pace_lock: one txn
--   in   device_id u64
--   out  kiosk_pace_row: began_at utc, failures u32, paused_until utc?
--   locks kiosk_pace
SELECT IFNULL(began_at, tried_at), failures, locked_until FROM kiosk_pin_limit WHERE device_id = :device_id FOR UPDATE;

-- kiosk_pace_set: exec txn
--   in   device_id u64, began_at utc, failures u32, paused_until utc?
UPDATE kiosk_pin_limit SET began_at = :began_at, failures = :failures, locked_until = :paused_until WHERE device_id = :device_id;

-- kiosk_pace_back: exec txn              -- it was right after all
--   in   device_id u64
UPDATE kiosk_pin_limit SET failures = failures - 1 WHERE device_id IN (0, :device_id) AND failures > 0;

-- kiosk_pace_forget: exec txn
DELETE FROM kiosk_pin_limit WHERE device_id IS NOT NULL;

-- kiosk_pauses: many
--   in   now_at utc
--   out  kiosk_pause: device_id u64, name str?, paused_until utc?, failures u32
SELECT p.device_id, d.name, p.locked_until, p.failures FROM kiosk_pin_limit p LEFT JOIN kiosk_device d ON d.id = p.device_id
WHERE p.device_id IS NOT NULL AND p.locked_until > :now_at ORDER BY p.device_id LIMIT 20;

-- kiosk_paused: many                     -- of a device, or of all
--   in   device_id u64, now_at utc
--   out  kiosk_pause_end: paused_until utc?
SELECT locked_until FROM kiosk_pin_limit WHERE device_id IN (0, :device_id) AND locked_until > :now_at;

-- ---- a number for the counter: a call with a number ----

-- kiosk_ticket_of: maybe                 -- of who stands there
--   in   device_id u64
--   out  kiosk_ticket_row: number u32, taken_at utc, is_emptied bool
SELECT IFNULL(c.number, 0), c.at, c.was_emptied FROM kiosk_device d JOIN kiosk_call c ON c.id = d.ticket_id WHERE d.id = :device_id;

-- kiosk_tickets_open: one                -- of one device, lately
--   in   device_id u64, since utc
--   out  kiosk_tickets_open: n u64
SELECT COUNT(*) AS n FROM kiosk_call WHERE device_id = :device_id AND at > :since AND number IS NOT NULL AND done_at IS NULL;

-- kiosk_ticket_put: insert txn
--   in   device_id u64, day date, number u32, at utc
INSERT INTO kiosk_call (device_id, day, number, at) VALUES (:device_id, :day, :number, :at);

-- kiosk_tickets_waiting: many            -- the first of them, with what the letter that was left to the counter is
--   in   day date
--   out  kiosk_waiting: number u32, taken_at utc, service str?
SELECT IFNULL(c.number, 0), c.at, (SELECT t.name FROM kiosk_letter k JOIN letter l ON l.id = k.letter_id JOIN letter_type t ON t.id = l.type_id
    WHERE k.queue_number = c.number AND k.sent_at >= c.at AND k.device_id = c.device_id ORDER BY k.sent_at DESC LIMIT 1)
FROM kiosk_call c WHERE c.day = :day AND c.done_at IS NULL ORDER BY c.number LIMIT 4;

-- kiosk_tickets_count: one               -- all of them
--   in   day date
--   out  kiosk_tickets_all: n u64, last u32
SELECT COUNT(*), IFNULL(MAX(kiosk_call.number), 0) FROM kiosk_call WHERE day = :day AND done_at IS NULL;

-- kiosk_ticket_serving: maybe
--   in   day date
--   out  kiosk_serving: number u32, called_at utc
SELECT IFNULL(number, 0), done_at FROM kiosk_call WHERE day = :day AND done_at IS NOT NULL AND NOT was_emptied ORDER BY done_at DESC LIMIT 1;

-- kiosk_ticket_next: maybe txn
--   in   day date
--   out  kiosk_ticket_next: id u64, number u32
--   locks own
SELECT id, IFNULL(number, 0) FROM kiosk_call WHERE day = :day AND done_at IS NULL ORDER BY kiosk_call.number LIMIT 1 FOR UPDATE;

-- kiosk_tickets_empty: exec txn          -- of who empties them, the ones that the page showed
--   in   day date, at utc, by_name str, last u32
UPDATE kiosk_call SET done_at = :at, done_by = :by_name, was_emptied = TRUE WHERE day = :day AND number <= :last AND done_at IS NULL;

-- ---- the visit ----

-- kiosk_visit_lock: maybe txn
--   in   device_id u64
--   out  kiosk_visit_row: who_hash bytes, resident_id u64?, letter_id u64?
--   locks kiosk_visit
SELECT who_hash, resident_id, letter_id FROM kiosk_visit WHERE device_id = :device_id FOR UPDATE;

-- ---- asking for a person ----

-- kiosk_device_lock: one txn
--   in   id u64
--   out  kiosk_device_locked: id u64
--   locks kiosk_device
SELECT id FROM kiosk_device WHERE id = :id FOR UPDATE;

-- kiosk_call_last: maybe txn
--   in   device_id u64
--   out  kiosk_call_last: at utc, done_at utc?
SELECT at, done_at FROM kiosk_call WHERE device_id = :device_id AND number IS NULL ORDER BY at DESC LIMIT 1;

-- kiosk_call_put: insert txn
--   in   device_id u64, at utc
INSERT INTO kiosk_call (device_id, at) VALUES (:device_id, :at);

-- kiosk_calls_open: many
--   in   since utc
--   out  kiosk_call_row: id u64, name str, at utc
SELECT c.id, d.name, c.at FROM kiosk_call c JOIN kiosk_device d ON d.id = c.device_id
WHERE c.at > :since AND c.number IS NULL AND c.done_at IS NULL AND d.revoked_at IS NULL ORDER BY c.at LIMIT 10;

-- kiosk_call_answer: exec txn            -- UPDATE counts what it found: the first one's name stays
--   in   id u64, is_number bool, at utc, by_name str
UPDATE kiosk_call SET done_by = IF(done_at IS NULL, :by_name, done_by), done_at = COALESCE(done_at, :at)
WHERE id = :id AND (number IS NOT NULL) = :is_number;

-- ---- letters made here ----

-- kiosk_letter_put: exec txn
--   in   letter_id u64, device_id u64, receipt str, tapped_at utc, sent_at utc, queue_number u32?
INSERT INTO kiosk_letter (letter_id, device_id, receipt, tapped_at, sent_at, queue_number)
VALUES (:letter_id, :device_id, :receipt, :tapped_at, :sent_at, :queue_number);

-- kiosk_letter_of: maybe
--   in   letter_id u64
--   out  kiosk_letter_row: receipt str, sent_at utc, queue_number u32?, paper_ms u32?
SELECT receipt, sent_at, queue_number, paper_ms FROM kiosk_letter WHERE letter_id = :letter_id;

-- kiosk_letter_printed: exec             -- once, and in the visit it was asked for: paper of another day is no waiting time
--   in   letter_id u64, now_at utc, since utc
UPDATE kiosk_letter SET paper_ms = GREATEST(0, TIMESTAMPDIFF(MICROSECOND, tapped_at, :now_at) DIV 1000)
WHERE letter_id = :letter_id AND paper_ms IS NULL AND tapped_at > :since;

-- kiosk_paper_times: many                -- a queue slip is no letter
--   in   since utc
--   out  kiosk_paper_time: paper_ms u32
SELECT paper_ms FROM kiosk_letter WHERE sent_at >= :since AND paper_ms IS NOT NULL AND queue_number IS NULL ORDER BY paper_ms LIMIT 20000;

-- Each hour: what no longer means anything.

-- kiosk_tidy_calls: exec                 -- shown for minutes; a season of them, for who asks how often people call
DELETE FROM kiosk_call WHERE at < NOW(6) - INTERVAL 90 DAY ORDER BY at LIMIT 5000;

-- kiosk_tidy_limits: exec                -- of cards and NIKs that are nobody's
DELETE FROM kiosk_pin_limit WHERE is_nobody AND tried_at < NOW(6) - INTERVAL 3 DAY LIMIT 5000;
