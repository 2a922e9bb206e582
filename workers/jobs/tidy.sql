-- schema: village

-- What no longer means anything, each hour; some thousands a call, so that it never takes long.

-- tidy_last: maybe
--   out  tidy_last: at u64
SELECT value FROM epoch WHERE name = 'tidy';

-- tidy_begun: exec
--   in   at u64
INSERT INTO epoch (name, value) VALUES ('tidy', :at) ON DUPLICATE KEY UPDATE value = VALUES(value);

-- tidy_sessions: exec
DELETE FROM session WHERE expires_at < NOW(6) ORDER BY expires_at LIMIT 5000;

-- tidy_submissions: exec                 -- nobody sends a form of last week again
DELETE FROM submission WHERE made_at < NOW(6) - INTERVAL 7 DAY ORDER BY made_at LIMIT 5000;

-- tidy_attempts: exec                    -- forgiven after a day anyway
DELETE FROM sign_in_attempt WHERE last_at < NOW(6) - INTERVAL 2 DAY AND (locked_until IS NULL OR locked_until < NOW(6)) ORDER BY last_at LIMIT 5000;

-- tidy_kiosk_calls: exec                 -- shown for minutes; a season of them, for who asks how often people call
DELETE FROM kiosk_call WHERE called_at < NOW(6) - INTERVAL 90 DAY ORDER BY called_at LIMIT 5000;

-- tidy_kiosk_codes: exec                 -- the standing one of a training village stays
DELETE FROM kiosk_code WHERE expires_at < NOW(6) - INTERVAL 30 DAY AND NOT is_standing LIMIT 5000;

-- tidy_kiosk_queue: exec                 -- the last number of a day that is long over
DELETE FROM kiosk_queue WHERE day < CURRENT_DATE - INTERVAL 30 DAY LIMIT 5000;

-- tidy_kiosk_visits: exec                -- who stood there last is nobody's business the next day
DELETE FROM kiosk_visit WHERE ends_at < NOW(6) - INTERVAL 1 DAY;

-- tidy_exports: exec                     -- its file went long before; the audit says who asked
DELETE FROM export_file WHERE asked_at < NOW(6) - INTERVAL 90 DAY AND file_id IS NULL ORDER BY asked_at LIMIT 5000;
