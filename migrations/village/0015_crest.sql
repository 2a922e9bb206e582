-- The crest a second time, as small as pages show it: a letter's is too heavy for a phone's first visit.
ALTER TABLE identity ADD COLUMN IF NOT EXISTS crest_small_id BIGINT UNSIGNED NULL AFTER crest_file_id;
