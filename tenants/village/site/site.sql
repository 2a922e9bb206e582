-- schema: village

-- site_identity: one hot
--   out  site_identity: office_address str, postal_code str, phone str, email str, opening_hours str
SELECT office_address, postal_code, phone, email, opening_hours FROM identity WHERE id = 1;

-- site_officials: many hot
--   out  site_official: name str, position str
SELECT name, position FROM official WHERE is_active ORDER BY sort, id LIMIT 12;

-- site_letter_types: many hot
--   out  site_letter_type: name str, definition str, policy str
SELECT name, definition, policy FROM letter_type WHERE is_active ORDER BY sort, name;

-- Hamlets that somebody lives in.

-- site_hamlets: one hot
--   out  site_hamlets: n u64
SELECT COUNT(DISTINCT a.hamlet) AS n FROM area a
WHERE a.hamlet <> '-' AND EXISTS (SELECT 1 FROM resident r WHERE r.area_id = a.id AND r.basic_status = 1);
