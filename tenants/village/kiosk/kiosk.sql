-- schema: village

-- ---- codes and devices ----

-- kiosk_code_put: exec txn
--   in   code_hash bytes, name str, made_by_name str, made_at utc, expires_at utc, is_standing bool
INSERT INTO kiosk_code (code_hash, name, made_by_name, made_at, expires_at, is_standing)
VALUES (:code_hash, :name, :made_by_name, :made_at, :expires_at, :is_standing);

-- kiosk_code_standing_drop: exec txn
DELETE FROM kiosk_code WHERE is_standing;

-- kiosk_code_lock: maybe txn
--   in   code_hash bytes
--   out  kiosk_code_row: id u64, name str, made_by_name str, expires_at utc, used_at utc?, is_standing bool
--   locks kiosk_code
SELECT id, name, made_by_name, expires_at, used_at, is_standing FROM kiosk_code WHERE code_hash = :code_hash FOR UPDATE;

-- kiosk_code_used: exec txn
--   in   id u64, at utc
UPDATE kiosk_code SET used_at = :at WHERE id = :id;

-- kiosk_device_list: many
--   out  kiosk_device_row: id u64, name str, enrolled_at utc, enrolled_by str, last_seen_at utc, revoked_at utc?
SELECT id, name, enrolled_at, enrolled_by, last_seen_at, revoked_at FROM kiosk_device
ORDER BY revoked_at IS NOT NULL, id DESC LIMIT 50;

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

-- kiosk_card_owner: maybe
--   in   card_hash bytes
--   out  kiosk_candidate
SELECT resident_id FROM kiosk_card WHERE card_hash = :card_hash;

-- kiosk_counter: one
--   in   id u64
--   out  kiosk_counter: nik str, name str, paired_at utc?, pin_set_at utc?
SELECT r.nik, r.name, c.paired_at, p.set_at AS pin_set_at
FROM resident r LEFT JOIN kiosk_card c ON c.resident_id = r.id LEFT JOIN kiosk_pin p ON p.resident_id = r.id WHERE r.id = :id;

-- kiosk_card_drop: exec txn
--   in   resident_id u64
DELETE FROM kiosk_card WHERE resident_id = :resident_id;

-- kiosk_card_put: exec txn
--   in   card_hash bytes, resident_id u64, at utc
INSERT INTO kiosk_card (card_hash, resident_id, paired_at) VALUES (:card_hash, :resident_id, :at);

-- kiosk_pin_of: maybe
--   in   resident_id u64
--   out  kiosk_pin_row: pin_hash str, set_at utc
SELECT pin_hash, set_at FROM kiosk_pin WHERE resident_id = :resident_id;

-- kiosk_pin_put: exec txn
--   in   resident_id u64, pin_hash str, at utc
INSERT INTO kiosk_pin (resident_id, pin_hash, set_at) VALUES (:resident_id, :pin_hash, :at)
ON DUPLICATE KEY UPDATE pin_hash = :pin_hash, set_at = :at;

-- kiosk_pin_drop: exec txn
--   in   resident_id u64
DELETE FROM kiosk_pin WHERE resident_id = :resident_id;

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

-- kiosk_pace_touch: exec txn
--   in   device_id u64, at utc
INSERT INTO kiosk_pace (device_id, began_at, failures) VALUES (:device_id, :at, 0) ON DUPLICATE KEY UPDATE device_id = :device_id;

-- kiosk_pace_lock: one txn
--   in   device_id u64
--   out  kiosk_pace_row: began_at utc, failures u32, paused_until utc?
--   locks kiosk_pace
SELECT began_at, failures, paused_until FROM kiosk_pace WHERE device_id = :device_id FOR UPDATE;

-- kiosk_pace_set: exec txn
--   in   device_id u64, began_at utc, failures u32, paused_until utc?
UPDATE kiosk_pace SET began_at = :began_at, failures = :failures, paused_until = :paused_until WHERE device_id = :device_id;

-- kiosk_pace_back: exec txn              -- it was right after all
--   in   device_id u64
UPDATE kiosk_pace SET failures = failures - 1 WHERE device_id IN (0, :device_id) AND failures > 0;

-- kiosk_pace_forget: exec txn
DELETE FROM kiosk_pace WHERE device_id >= 0;

-- kiosk_pauses: many
--   in   now_at utc
--   out  kiosk_pause: device_id u64, name str?, paused_until utc?, failures u32
SELECT p.device_id, d.name, p.paused_until, p.failures FROM kiosk_pace p LEFT JOIN kiosk_device d ON d.id = p.device_id
WHERE p.device_id >= 0 AND p.paused_until > :now_at ORDER BY p.device_id LIMIT 20;

-- kiosk_paused: many                     -- of a device, or of all
--   in   device_id u64, now_at utc
--   out  kiosk_pause_end: paused_until utc?
SELECT paused_until FROM kiosk_pace WHERE device_id IN (0, :device_id) AND paused_until > :now_at;

-- ---- a number for the counter ----

-- kiosk_ticket_last: maybe txn
--   in   device_id u64
--   out  kiosk_ticket_row: id u64, number u32, taken_at utc
SELECT id, number, taken_at FROM kiosk_ticket WHERE device_id = :device_id ORDER BY taken_at DESC LIMIT 1;

-- kiosk_ticket_now: maybe
--   in   device_id u64, since utc
--   out  kiosk_ticket_row
SELECT id, number, taken_at FROM kiosk_ticket WHERE device_id = :device_id AND taken_at > :since ORDER BY taken_at DESC LIMIT 1;

-- kiosk_ticket_put: insert txn
--   in   device_id u64, day date, number u32, at utc
INSERT INTO kiosk_ticket (device_id, day, number, taken_at) VALUES (:device_id, :day, :number, :at);

-- kiosk_tickets_waiting: many
--   in   day date
--   out  kiosk_waiting: number u32, taken_at utc
SELECT number, taken_at FROM kiosk_ticket WHERE day = :day AND called_at IS NULL ORDER BY number LIMIT 50;

-- kiosk_ticket_serving: maybe
--   in   day date
--   out  kiosk_serving: number u32, called_at utc
SELECT number, called_at FROM kiosk_ticket WHERE day = :day AND called_at IS NOT NULL ORDER BY called_at DESC LIMIT 1;

-- kiosk_ticket_next: maybe txn
--   in   day date
--   out  kiosk_ticket_next: id u64, number u32
--   locks own
SELECT id, number FROM kiosk_ticket WHERE day = :day AND called_at IS NULL ORDER BY number LIMIT 1 FOR UPDATE;

-- kiosk_ticket_call: exec txn
--   in   id u64, at utc, by_name str
UPDATE kiosk_ticket SET called_at = :at, called_by = :by_name WHERE id = :id;

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
--   out  kiosk_call_last: called_at utc, answered_at utc?
SELECT called_at, answered_at FROM kiosk_call WHERE device_id = :device_id ORDER BY called_at DESC LIMIT 1;

-- kiosk_call_put: insert txn
--   in   device_id u64, at utc
INSERT INTO kiosk_call (device_id, called_at) VALUES (:device_id, :at);

-- kiosk_calls_open: many
--   in   since utc
--   out  kiosk_call_row: id u64, name str, called_at utc
SELECT c.id, d.name, c.called_at FROM kiosk_call c JOIN kiosk_device d ON d.id = c.device_id
WHERE c.called_at > :since AND c.answered_at IS NULL AND d.revoked_at IS NULL ORDER BY c.called_at LIMIT 10;

-- kiosk_call_answer: exec txn            -- UPDATE counts what it found: the first one's name stays
--   in   id u64, at utc, by_name str
UPDATE kiosk_call SET answered_by = IF(answered_at IS NULL, :by_name, answered_by), answered_at = COALESCE(answered_at, :at) WHERE id = :id;

-- ---- letters made here ----

-- kiosk_queue_take: insert txn
--   in   day date
INSERT INTO kiosk_queue (day, last) VALUES (:day, LAST_INSERT_ID(1)) ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1);

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
DELETE FROM kiosk_call WHERE called_at < NOW(6) - INTERVAL 90 DAY ORDER BY called_at LIMIT 5000;

-- kiosk_tidy_codes: exec                 -- the standing one of a training village stays
DELETE FROM kiosk_code WHERE expires_at < NOW(6) - INTERVAL 30 DAY AND NOT is_standing LIMIT 5000;

-- kiosk_tidy_limits: exec                -- of cards and NIKs that are nobody's
DELETE FROM kiosk_pin_limit WHERE is_nobody AND tried_at < NOW(6) - INTERVAL 3 DAY LIMIT 5000;

-- kiosk_tidy_tickets: exec
DELETE FROM kiosk_ticket WHERE day < CURRENT_DATE - INTERVAL 30 DAY LIMIT 5000;

-- kiosk_tidy_queue: exec                 -- the last number of a day that is long over
DELETE FROM kiosk_queue WHERE day < CURRENT_DATE - INTERVAL 30 DAY LIMIT 5000;
