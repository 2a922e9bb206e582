-- schema: village

-- The village's own pictures for letters, and a person's photo.

-- letter_pictures: many
--   in   resident_id u64
--   out  letter_picture: slot str, id u64, file_id u64?, upload_id u64?, refusal str
SELECT slot, id, file_id, upload_id, refusal FROM attachment WHERE owner = 'letter_picture' AND owner_id = 1 AND single = TRUE
UNION ALL
SELECT slot, id, file_id, upload_id, refusal FROM attachment WHERE owner = 'resident' AND owner_id = :resident_id AND slot = 'photo' AND single = TRUE
LIMIT 10;
