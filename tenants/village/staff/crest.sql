-- schema: village

-- crest_get: one
--   out  crest: file_id u64?, upload_id u64?, refusal str
SELECT crest_file_id, crest_upload_id, crest_refusal FROM identity WHERE id = 1;

-- What pages show, under the hash that stands in its address (identity_look): one that was taken away has none any more.

-- crest_small: maybe
--   in   hash bytes
--   out  crest_small: file_id u64
SELECT f.id FROM identity i JOIN file f ON f.id = i.crest_small_id WHERE i.id = 1 AND f.sha256 = :hash;

-- crest_put: exec txn
--   in   upload_id u64
UPDATE identity SET crest_upload_id = :upload_id, crest_refusal = '' WHERE id = 1;

-- Its file stays: letters that carry it are printed again with it.

-- crest_remove: exec txn
UPDATE identity SET crest_file_id = NULL, crest_small_id = NULL, crest_upload_id = NULL, crest_refusal = '' WHERE id = 1;

-- Only what was worked on: a newer upload waits for its own job.

-- crest_made: exec txn
--   in   upload_id u64, file_id u64, small_id u64
UPDATE identity SET crest_file_id = :file_id, crest_small_id = :small_id, crest_upload_id = NULL, crest_refusal = ''
WHERE id = 1 AND crest_upload_id = :upload_id;

-- crest_refused: exec txn
--   in   upload_id u64, refusal str
UPDATE identity SET crest_upload_id = NULL, crest_refusal = :refusal WHERE id = 1 AND crest_upload_id = :upload_id;
