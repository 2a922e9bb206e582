-- schema: village

-- office_figures: one hot
--   out  office_figures: residents u64, families u64
SELECT (SELECT COUNT(*) FROM resident WHERE basic_status = 1), (SELECT COUNT(*) FROM family);
