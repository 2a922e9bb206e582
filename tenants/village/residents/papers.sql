-- schema: village

-- photo_get: one
--   in   id u64
--   out  photo: name str, has_photo bool, file_id u64?, upload_id u64?, refusal str
SELECT r.name, p.id IS NOT NULL AS has_photo, p.file_id, p.upload_id, IFNULL(p.refusal, '') AS refusal
FROM resident r LEFT JOIN attachment p ON p.owner = 'resident' AND p.owner_id = r.id AND p.slot = 'photo' AND p.single = TRUE
WHERE r.id = :id;
