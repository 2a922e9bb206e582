-- schema: village

-- crest_get: maybe
--   out  crest: id u64, file_id u64?, upload_id u64?, refusal str
SELECT id, file_id, upload_id, refusal FROM attachment WHERE owner = 'village' AND owner_id = 1 AND slot = 'crest' AND single = TRUE;

-- What pages show, under the hash that stands in its address (identity_look): one that was taken away has none any more.

-- crest_small: maybe
--   in   hash bytes
--   out  crest_small: file_id u64
SELECT f.id FROM attachment a JOIN file_use u ON u.owner = 'attachment' AND u.owner_id = a.id AND u.slot = 'small' JOIN file f ON f.id = u.file_id
WHERE a.owner = 'village' AND a.owner_id = 1 AND a.slot = 'crest' AND a.single = TRUE AND f.sha256 = :hash;
