-- schema: village

-- epoch_of_pages: one
--   out  epoch_of_pages: value u64
SELECT value FROM epoch WHERE name = 'page';
