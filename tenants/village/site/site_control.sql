-- schema: control

-- site_figures: maybe hot
--   in   code str
--   out  site_figures: residents_m u32, residents_f u32, families u32, letters_total u32, computed_at utc
SELECT residents_m, residents_f, families, letters_total, computed_at FROM rollup WHERE village_code = :code;
