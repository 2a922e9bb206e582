-- schema: village

-- The living, counted from covering indexes each time: no figure here is ever older than the registry. FORCE INDEX, because
-- the plan for 50,000 must not depend on what the server thinks of a small table.

-- statistics_sex: many
--   out  statistics_cell: code u64?, sex u8, n u64
SELECT sex AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age) WHERE basic_status = 1 GROUP BY sex;

-- By the years completed on a day, from `code` on to the next one; NULL: no birth date. The steps are those of age_steps
-- (statistics_rules.c). Each is a range of the index: half of what grouping by a calculated age takes. A day less whole
-- years ends on 28 February where there is no 29th, which is date_age's rule.

-- statistics_age: many
--   in   today date
--   out  statistics_cell
SELECT 0 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today AND birth_date > :today - INTERVAL 2 YEAR GROUP BY sex
UNION ALL
SELECT 2 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 2 YEAR AND birth_date > :today - INTERVAL 5 YEAR GROUP BY sex
UNION ALL
SELECT 5 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 5 YEAR AND birth_date > :today - INTERVAL 6 YEAR GROUP BY sex
UNION ALL
SELECT 6 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 6 YEAR AND birth_date > :today - INTERVAL 10 YEAR GROUP BY sex
UNION ALL
SELECT 10 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 10 YEAR AND birth_date > :today - INTERVAL 15 YEAR GROUP BY sex
UNION ALL
SELECT 15 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 15 YEAR AND birth_date > :today - INTERVAL 18 YEAR GROUP BY sex
UNION ALL
SELECT 18 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 18 YEAR AND birth_date > :today - INTERVAL 20 YEAR GROUP BY sex
UNION ALL
SELECT 20 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 20 YEAR AND birth_date > :today - INTERVAL 25 YEAR GROUP BY sex
UNION ALL
SELECT 25 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 25 YEAR AND birth_date > :today - INTERVAL 30 YEAR GROUP BY sex
UNION ALL
SELECT 30 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 30 YEAR AND birth_date > :today - INTERVAL 31 YEAR GROUP BY sex
UNION ALL
SELECT 31 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 31 YEAR AND birth_date > :today - INTERVAL 35 YEAR GROUP BY sex
UNION ALL
SELECT 35 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 35 YEAR AND birth_date > :today - INTERVAL 40 YEAR GROUP BY sex
UNION ALL
SELECT 40 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 40 YEAR AND birth_date > :today - INTERVAL 45 YEAR GROUP BY sex
UNION ALL
SELECT 45 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 45 YEAR AND birth_date > :today - INTERVAL 50 YEAR GROUP BY sex
UNION ALL
SELECT 50 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 50 YEAR AND birth_date > :today - INTERVAL 55 YEAR GROUP BY sex
UNION ALL
SELECT 55 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 55 YEAR AND birth_date > :today - INTERVAL 60 YEAR GROUP BY sex
UNION ALL
SELECT 60 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 60 YEAR AND birth_date > :today - INTERVAL 65 YEAR GROUP BY sex
UNION ALL
SELECT 65 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 65 YEAR AND birth_date > :today - INTERVAL 70 YEAR GROUP BY sex
UNION ALL
SELECT 70 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 70 YEAR AND birth_date > :today - INTERVAL 75 YEAR GROUP BY sex
UNION ALL
SELECT 75 AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date <= :today - INTERVAL 75 YEAR GROUP BY sex
UNION ALL
SELECT NULL AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_age)
    WHERE basic_status = 1 AND sex IN (1, 2) AND birth_date IS NULL GROUP BY sex;

-- statistics_occupation: many
--   out  statistics_cell
SELECT occupation AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_kind) WHERE basic_status = 1 GROUP BY occupation, sex;

-- statistics_education: many
--   out  statistics_cell
SELECT education_kk AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_kind) WHERE basic_status = 1 GROUP BY education_kk, sex;

-- statistics_religion: many
--   out  statistics_cell
SELECT religion AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_kind) WHERE basic_status = 1 GROUP BY religion, sex;

-- statistics_marital: many
--   out  statistics_cell
SELECT marital AS code, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_kind) WHERE basic_status = 1 GROUP BY marital, sex;

-- statistics_hamlet: many
--   out  statistics_place: hamlet str, men u64, women u64
SELECT a.hamlet, CAST(SUM(IF(r.sex = 1, r.n, 0)) AS UNSIGNED) AS men, CAST(SUM(IF(r.sex = 2, r.n, 0)) AS UNSIGNED) AS women
FROM (SELECT area_id, sex, COUNT(*) AS n FROM resident FORCE INDEX (by_kind) WHERE basic_status = 1 GROUP BY area_id, sex) AS r
JOIN area a ON a.id = r.area_id GROUP BY a.hamlet ORDER BY a.hamlet;
