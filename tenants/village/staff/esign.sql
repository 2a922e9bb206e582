-- schema: village

-- The e-sign service of the regency, as the village set it up, and what it says of each official.

-- esign_get: one lock
--   locks identity
--   out  esign_row: version u64, is_esign_on bool, is_esign_seen bool, esign_url str, esign_user str, esign_secret bytes?
--   form esign_edit except secret
SELECT version, is_esign_on, is_esign_seen, esign_url, esign_user, esign_secret FROM identity WHERE id = 1;

-- esign_set: exec txn
--   in   esign_values: is_esign_on bool, is_esign_seen bool, esign_url str, esign_user str, esign_secret bytes?
--   form esign_edit except secret
UPDATE identity SET is_esign_on = :is_esign_on, is_esign_seen = :is_esign_seen, esign_url = :esign_url, esign_user = :esign_user, esign_secret = :esign_secret,
    version = version + 1
WHERE id = 1;

-- His own account, the head's by its role, of those that sign in; and what stands at the service now beside what he agreed to.

-- account: part
LEFT JOIN staff s ON s.id = (SELECT MIN(x.id) FROM staff x WHERE x.is_active AND (x.official_id = o.id OR (x.official_id IS NULL AND x.role = 'head' AND o.office = 'head')));

-- esign_officials: many                  -- account none: nobody signs in for him
--   out  esign_official: id u64, name str, position str, office str, esign_nik str, esign_outcome u8, esign_tried_at utc?, account u64?, signed_in_at utc?
--   out  agreed_url str, agreed_user str, agreed_nik str, agreed_by u64?, agreed_at utc?
SELECT o.id, o.name, o.position, o.office, o.esign_nik, o.esign_outcome, o.esign_tried_at, s.id AS account, s.last_sign_in_at AS signed_in_at,
    o.esign_agreed_url, o.esign_agreed_user, o.esign_agreed_nik, o.esign_agreed_by, o.esign_agreed_at
FROM official o {account} WHERE o.is_active ORDER BY o.sort, o.id LIMIT 200;

-- esign_mine_get: maybe lock              -- of an official in office; what the service is to him
--   in   id u64
--   out  esign_mine: id u64, esign_nik str, agreed_url str, agreed_user str, agreed_nik str, agreed_by u64?, agreed_at utc?
SELECT id, esign_nik, esign_agreed_url, esign_agreed_user, esign_agreed_nik, esign_agreed_by, esign_agreed_at FROM official
WHERE id = :id AND is_active;

-- esign_agree: exec txn
--   in   id u64, agreed_url str, agreed_user str, agreed_nik str, agreed_by u64, agreed_at utc
UPDATE official SET esign_agreed_url = :agreed_url, esign_agreed_user = :agreed_user, esign_agreed_nik = :agreed_nik, esign_agreed_by = :agreed_by,
    esign_agreed_at = :agreed_at
WHERE id = :id;

-- esign_try: exec txn                    -- of all who are registered there; 2: under way
UPDATE official SET esign_outcome = 2 WHERE is_active AND esign_nik <> '';

-- esign_tried: exec                      -- unless another NIK stands there by now
--   in   id u64, esign_nik str, esign_outcome u8, at utc
UPDATE official SET esign_outcome = :esign_outcome, esign_tried_at = :at WHERE id = :id AND esign_nik = :esign_nik;

-- esign_asked: one                       -- how many jobs there are that ask about officials
--   out  esign_asked: n u64
SELECT COUNT(*) FROM outbox WHERE kind = 31 AND state IN (1, 2);

-- esign_try_ended: exec                  -- without an answer (8: away)
--   in   at utc
UPDATE official SET esign_outcome = 8, esign_tried_at = :at WHERE esign_outcome = 2;
