-- schema: village

-- The numbers of a year, one row a scope: whoever gives one takes it here, so that none is given twice.

-- number_take: insert txn hot            -- so many in a row; gives the last of them
--   in   scope str, year u16, n u32
INSERT INTO letter_counter (scope, year, last) VALUES (:scope, :year, LAST_INSERT_ID(:n))
ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + :n);

-- number_last: one                       -- the last that was given; 0: none yet
--   in   scope str, year u16
--   out  number_last: n u64
SELECT CAST(COALESCE(MAX(last), 0) AS UNSIGNED) AS n FROM letter_counter WHERE scope = :scope AND year = :year;
