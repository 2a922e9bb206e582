-- schema: village

-- What no longer means anything, each hour; some thousands a call, so that it never takes long.

-- tidy_last: maybe
--   out  tidy_last: at u64
SELECT value FROM epoch WHERE name = 'tidy';
