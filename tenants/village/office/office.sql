-- schema: village

-- office_figures: one hot
--   in   day_start utc
--   out  office_figures: has_residents bool, issued_today u64, kiosk_today u64
SELECT EXISTS (SELECT 1 FROM resident WHERE basic_status = 1) AS has_residents,
    (SELECT COUNT(*) FROM letter WHERE issued_at >= :day_start AND voided_at IS NULL) AS issued_today,
    (SELECT COUNT(*) FROM letter l JOIN kiosk_letter k ON k.letter_id = l.id WHERE l.issued_at >= :day_start AND l.voided_at IS NULL) AS kiosk_today;
