-- schema: village

-- The e-sign service of the regency, as the village set it up, and what it says of each official.

-- esign_get: one lock
--   locks identity
--   out  esign_row: version u64, is_esign_on bool, esign_url str, esign_user str, esign_secret bytes?
--   form esign_edit except secret
SELECT version, is_esign_on, esign_url, esign_user, esign_secret FROM identity WHERE id = 1;

-- esign_set: exec txn
--   in   esign_values: is_esign_on bool, esign_url str, esign_user str, esign_secret bytes?
--   form esign_edit except secret
UPDATE identity SET is_esign_on = :is_esign_on, esign_url = :esign_url, esign_user = :esign_user, esign_secret = :esign_secret,
    version = version + 1
WHERE id = 1;

-- esign_officials: many
--   out  esign_official: id u64, name str, position str, esign_nik str, esign_outcome u8, esign_tried_at utc?
SELECT id, name, position, esign_nik, esign_outcome, esign_tried_at FROM official WHERE is_active ORDER BY sort, id LIMIT 200;

-- esign_try: exec txn                    -- of all who are registered there; 2: under way
UPDATE official SET esign_outcome = 2 WHERE is_active AND esign_nik <> '';

-- esign_tried: exec                      -- unless another NIK stands there by now
--   in   id u64, esign_nik str, esign_outcome u8, at utc
UPDATE official SET esign_outcome = :esign_outcome, esign_tried_at = :at WHERE id = :id AND esign_nik = :esign_nik;
