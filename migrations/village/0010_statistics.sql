-- Counting residents by age, and by everything else, from an index alone: the rows themselves are never read.
ALTER TABLE resident ADD KEY IF NOT EXISTS by_age (basic_status, sex, birth_date);
ALTER TABLE resident ADD KEY IF NOT EXISTS by_kind (basic_status, occupation, sex, religion, education_kk, marital, area_id);
