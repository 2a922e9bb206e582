-- schema: control

-- Figures are NULL for a village that has published none yet; state is NULL for one that is not hosted.

-- regency_villages: many
--   in   district str?
--   out  regency_village: code str, name str, district_code str, district str, state str?, is_sample bool
--   out  men u32?, women u32?, families u32?, letters_month u32?, letters_of str?, complete_pct u8?, computed_at utc?
SELECT u.code, u.name, d.code AS district_code, d.name AS district, v.state, COALESCE(v.is_sample, FALSE) AS is_sample,
       r.residents_m AS men, r.residents_f AS women, r.families, r.letters_month, r.letters_of, r.complete_pct, r.computed_at
FROM unit u
JOIN unit d ON d.code = u.parent_code
LEFT JOIN village v ON v.code = u.code
LEFT JOIN rollup r ON r.village_code = u.code
WHERE u.kind = 'desa' AND (:district IS NULL OR d.code = :district)
ORDER BY u.code;

-- regency_districts: many
--   out  regency_district: code str, name str
SELECT code, name FROM unit WHERE kind = 'district' ORDER BY name;
