-- schema: village

-- Perangkat desa: who they are, their periods of office, and who stands in for whom.

-- officials_all: many
--   out  official_line: id u64, name str, position str, standing str, nip str, is_active bool, ends_on date?, away_from date?, away_until date?, away_why str, substitute str?, accounts str?
SELECT o.id, o.name, o.position, o.standing, o.nip, o.is_active, o.ends_on, o.away_from, o.away_until, o.away_why, s.name AS substitute,
    (SELECT GROUP_CONCAT(a.username ORDER BY a.id SEPARATOR ', ') FROM staff a WHERE a.official_id = o.id AND a.is_active) AS accounts
FROM official o LEFT JOIN official s ON s.id = o.substitute_id ORDER BY o.is_active DESC, o.sort, o.id LIMIT 300;

-- official_get: one lock
--   in   id u64
--   out  official_one: id u64, version u64, name str, position str, office str, standing str, nip str, email str, since date?, ends_on date?, sort u64, is_active bool, esign_nik str
--   out  away_from date?, away_until date?, away_why str, substitute_id u64?, substitute_as str, lends str
--   form official_edit except account
SELECT id, version, name, position, office, standing, nip, email, since, ends_on, sort, is_active, esign_nik, away_from, away_until, away_why, substitute_id,
    substitute_as, lends
FROM official WHERE id = :id;

-- official_account: maybe                -- that signs in for an official
--   in   official_id u64
--   out  official_account: id u64, name str, username str, permissions str
SELECT s.id, s.name, s.username, r.permissions FROM staff s JOIN role r ON r.word = s.role
WHERE s.official_id = :official_id AND s.is_active ORDER BY s.id LIMIT 1;

-- official_accounts: many                -- to choose from
--   out  official_account
SELECT s.id, s.name, s.username, r.permissions FROM staff s JOIN role r ON r.word = s.role
WHERE s.is_active AND s.role <> 'head' ORDER BY s.name, s.id LIMIT 300;

-- official_role: one                     -- what a head's role may
--   in   word str
--   out  official_role: permissions str
SELECT permissions FROM role WHERE word = :word;

-- official_put: insert txn
--   in   official_values: id u64, name str, position str, office str, standing str, nip str, email str, since date?, ends_on date?, sort u64, is_active bool, esign_nik str
--   form official_edit except account
INSERT INTO official (name, position, office, standing, nip, email, since, ends_on, sort, is_active, esign_nik)
VALUES (:name, :position, :office, :standing, :nip, :email, :since, :ends_on, :sort, :is_active, :esign_nik);

-- official_set: exec txn
--   in   official_values
UPDATE official SET name = :name, position = :position, office = :office, standing = :standing, nip = :nip, email = :email, since = :since, ends_on = :ends_on,
    sort = :sort, is_active = :is_active, esign_outcome = IF(esign_nik = :esign_nik, esign_outcome, 0), esign_nik = :esign_nik, version = version + 1
WHERE id = :id;

-- official_set_away: exec txn            -- without a day: back again
--   in   id u64, away_from date?, away_until date?, away_why str, substitute_id u64?, substitute_as str, lends str
UPDATE official SET away_from = :away_from, away_until = :away_until, away_why = :away_why, substitute_id = :substitute_id,
    substitute_as = :substitute_as, lends = :lends, version = version + 1
WHERE id = :id;

-- official_clash: maybe                  -- what speaks against a substitute on those days: he is away, or stands in for somebody else
--   in   id u64, substitute_id u64, from date, until date?
--   out  official_clash: name str, is_away bool
SELECT o.name, o.id = :substitute_id AS is_away FROM official o
WHERE o.is_active AND o.id <> :id AND (o.id = :substitute_id OR o.substitute_id = :substitute_id)
    AND o.away_from IS NOT NULL AND (:until IS NULL OR o.away_from <= :until) AND (o.away_until IS NULL OR o.away_until >= :from)
ORDER BY o.id LIMIT 1;

-- official_stands_in: maybe              -- for whom, today or later, with rights of his
--   in   id u64, today date
--   out  official_stood: name str
SELECT o.name FROM official o
WHERE o.substitute_id = :id AND o.is_active AND o.lends <> '' AND (o.away_until IS NULL OR o.away_until >= :today) ORDER BY o.id LIMIT 1;
