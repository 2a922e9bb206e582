-- What every list of residents shows besides its rows, kept with the registry's version by each change of it:
-- collecting the places takes longer than the page. How many live here is counted after a change, by the job that
-- publishes the figures; it holds while living_of is the version.
ALTER TABLE registry_lock
    ADD COLUMN IF NOT EXISTS living    INT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS living_of BIGINT UNSIGNED NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS hamlets   TEXT COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '', -- one a line, in order
    ADD COLUMN IF NOT EXISTS rws       TEXT COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS rts       TEXT COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '';
UPDATE registry_lock SET
    hamlets = (SELECT IFNULL(GROUP_CONCAT(DISTINCT hamlet ORDER BY hamlet SEPARATOR '\n'), '') FROM area),
    rws = (SELECT IFNULL(GROUP_CONCAT(DISTINCT rw ORDER BY rw SEPARATOR '\n'), '') FROM area),
    rts = (SELECT IFNULL(GROUP_CONCAT(DISTINCT rt ORDER BY rt SEPARATOR '\n'), '') FROM area)
WHERE id = 1;
