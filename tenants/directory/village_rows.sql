-- schema: control

-- Rows of village, as those change them who make villages, switch their state or publish for them.

-- provision_villages_put: bulk txn
--   in   code str, slug str, zone str
INSERT INTO village (code, slug, zone, state, step) VALUES (:code, :slug, :zone, 'preparing', 'requested');

-- provision_secret_set: exec txn
--   in   code str, secret_sealed bytes
UPDATE village SET secret_sealed = :secret_sealed WHERE code = :code;

-- provision_step_set: exec
--   in   code str, step str
UPDATE village SET step = :step, step_error = '' WHERE code = :code;

-- provision_ready: exec txn
--   in   code str
UPDATE village SET step = 'ready', step_error = '', state = IF(state = 'preparing', 'active', state),
    state_at = UTC_TIMESTAMP(6), ready_at = UTC_TIMESTAMP(6)
WHERE code = :code AND step <> 'ready';

-- provision_failed: exec
--   in   code str, why str
UPDATE village SET step_error = :why WHERE code = :code;

-- setup_put: exec txn
--   in   code str, hash bytes, until_at utc
UPDATE village SET setup_hash = :hash, setup_until = :until_at, setup_used_at = NULL WHERE code = :code AND step = 'ready' AND state <> 'closed';

-- state_set: exec txn
--   in   code str, state str, note str, now_at utc
UPDATE village SET state = :state, state_note = :note, state_at = :now_at WHERE code = :code;

-- Its note stays: it comes back as it was.
-- village_close: exec txn
--   in   code str, now_at utc
UPDATE village SET state_before = state, state = 'closed', state_at = :now_at WHERE code = :code AND state <> 'closed';

-- village_reopen: exec txn
--   in   code str, now_at utc
UPDATE village SET state = IF(state_before = '', 'active', state_before), state_before = '', state_at = :now_at
WHERE code = :code AND state = 'closed';

-- The address follows a corrected name while nobody came in by the set-up link; a link to the old one opens nothing.
-- village_move: exec txn
--   in   code str, slug str
UPDATE village SET slug = :slug, setup_hash = NULL, setup_until = NULL WHERE code = :code AND set_up_at IS NULL AND slug <> :slug;

-- The last steps of making it are done again: its own tables take the names that the tree has.
-- village_seed_again: exec txn
--   in   code str
UPDATE village SET step = 'migrations', step_error = '' WHERE code = :code AND step = 'ready';

-- training_mark: exec txn
--   in   code str, is_sample bool
UPDATE village SET is_sample = :is_sample WHERE code = :code;

-- village_setup_take: exec txn            -- once: of two presses one
--   in   code str, hash bytes, at utc
UPDATE village SET setup_used_at = :at, set_up_at = COALESCE(set_up_at, :at) WHERE code = :code AND setup_hash = :hash AND setup_used_at IS NULL AND setup_until >= :at;

-- epoch_publish: exec txn                -- moves forward only
--   in   code str, value u64
UPDATE village SET page_epoch = :value WHERE code = :code AND page_epoch < :value;

-- epoch_count_change: exec txn           -- servers look at this number each second
UPDATE change_counter SET value = value + 1 WHERE name = 'page';
