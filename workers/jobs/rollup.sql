-- schema: village

-- rollup_version: one txn
--   out  rollup_version: value u64
SELECT value FROM epoch WHERE name = 'rollup';

-- rollup_people: one
--   out  rollup_people: men u32, women u32, families u32, complete u32
SELECT COUNT(IF(sex = 1, 1, NULL)), COUNT(IF(sex = 2, 1, NULL)), COUNT(DISTINCT family_id),
       COUNT(IF(nik NOT LIKE '0%' AND family_id IS NOT NULL AND birth_date IS NOT NULL, 1, NULL))
  FROM resident WHERE basic_status = 1;

-- rollup_registry: one
--   out  rollup_registry: version u64
SELECT version FROM registry_lock WHERE id = 1;

-- rollup_registry_hold: maybe txn        -- whoever changes the registry now has it, and will ask for the next count
--   out  rollup_registry
--   locks registry
SELECT version FROM registry_lock WHERE id = 1 FOR UPDATE SKIP LOCKED;

-- rollup_letters: one
--   in   month_start utc, month_end utc
--   out  rollup_letters: month u32, total u32
SELECT (SELECT COUNT(*) FROM letter WHERE issued_at >= :month_start AND issued_at < :month_end AND voided_at IS NULL),
       (SELECT COUNT(*) FROM letter WHERE issued_at IS NOT NULL AND voided_at IS NULL);

-- rollup_letter_months: many            -- of the village's own months
--   in   since utc, shift i32
--   out  rollup_letter_month: period str, n u64
SELECT DATE_FORMAT(issued_at + INTERVAL :shift MINUTE, '%Y-%m') AS period, COUNT(*) AS n FROM letter
 WHERE issued_at >= :since AND voided_at IS NULL GROUP BY period;

-- rollup_waiting: one                    -- letters that a person of the village has in hand; abandoned drafts are none
--   out  rollup_waiting: n u32, since utc?, last_letter_at utc?, import_refused u32?, phone str
SELECT (SELECT COUNT(*) FROM letter WHERE state IN (2, 3)), (SELECT MIN(made_at) FROM letter WHERE state IN (2, 3)),
       (SELECT MAX(issued_at) FROM letter),
       (SELECT n_refused FROM import_batch WHERE state = 'committed' ORDER BY id DESC LIMIT 1), phone
  FROM identity WHERE id = 1;

-- rollup_size: one
--   out  rollup_size: bytes u64
SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.tables WHERE table_schema = DATABASE();

-- rollup_activity: maybe                  -- by somebody: what balaictl does to a village is not its work
--   out  rollup_activity: at utc
SELECT at FROM audit WHERE actor_name <> 'balaictl' ORDER BY id DESC LIMIT 1;
