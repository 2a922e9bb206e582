-- schema: village

-- Counters of the jobs.

-- rollup_next_version: exec txn          -- by the clock, so it also moves on after a restore; never backwards
INSERT INTO epoch (name, value) VALUES ('rollup', CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED))
ON DUPLICATE KEY UPDATE value = GREATEST(value + 1, VALUES(value));

-- tidy_begun: exec
--   in   at u64
INSERT INTO epoch (name, value) VALUES ('tidy', :at) ON DUPLICATE KEY UPDATE value = VALUES(value);
