-- schema: village

-- A new village's identity and officials.

-- seed_identity: exec txn
--   in   code str, name str, district str, regency str, province str
INSERT INTO identity (id, code, name, district, regency, province)
VALUES (1, :code, :name, :district, :regency, :province)
ON DUPLICATE KEY UPDATE name = VALUES(name), district = VALUES(district), regency = VALUES(regency), province = VALUES(province);

-- training_identity: exec txn
--   in   address str, phone str, hours str, letter_code str, now_at utc
UPDATE identity SET office_address = :address, phone = :phone, opening_hours = :hours, letter_code = :letter_code,
    set_up_at = COALESCE(set_up_at, :now_at), steps_away_at = :now_at
WHERE id = 1 AND set_up_at IS NULL;

-- training_officials_put: bulk txn
--   in   name str, position str, office str, sort u16
INSERT INTO official (name, position, office, sort) VALUES (:name, :position, :office, :sort);
