-- schema: village

-- Counters: of the jobs, and numbers that begin anew each day.

-- rollup_next_version: exec txn          -- by the clock, so it also moves on after a restore; never backwards
INSERT INTO epoch (name, value) VALUES ('rollup', CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED))
ON DUPLICATE KEY UPDATE value = GREATEST(value + 1, VALUES(value));

-- tidy_begun: exec
--   in   at u64
INSERT INTO epoch (name, value) VALUES ('tidy', :at) ON DUPLICATE KEY UPDATE value = VALUES(value);

-- epoch_day_number: insert txn           -- the day's next, from 1: the id it gives, without the day before its last four digits
--   in   name str, day u64
INSERT INTO epoch (name, value) VALUES (:name, LAST_INSERT_ID(:day * 10000 + 1))
ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(GREATEST(value + 1, :day * 10000 + 1));
