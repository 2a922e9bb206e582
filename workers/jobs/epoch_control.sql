-- schema: control

-- epoch_publish: exec txn                -- moves forward only
--   in   code str, value u64
UPDATE village SET page_epoch = :value WHERE code = :code AND page_epoch < :value;

-- epoch_count_change: exec txn           -- servers look at this number each second
UPDATE change_counter SET value = value + 1 WHERE name = 'page';
