-- schema: village

-- What no longer means anything, each hour; some thousands a call, so that it never takes long.

-- tidy_last: maybe
--   out  tidy_last: at u64
SELECT value FROM epoch WHERE name = 'tidy';

-- tidy_begun: exec
--   in   at u64
INSERT INTO epoch (name, value) VALUES ('tidy', :at) ON DUPLICATE KEY UPDATE value = VALUES(value);

-- tidy_exports: exec                     -- its file went long before; the audit says who asked
DELETE FROM export_file WHERE asked_at < NOW(6) - INTERVAL 90 DAY AND file_id IS NULL ORDER BY asked_at LIMIT 5000;
