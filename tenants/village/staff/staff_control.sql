-- schema: control

-- village_setup: one
--   in   code str
--   out  village_setup: setup_hash bytes?, setup_until utc?, setup_used_at utc?
SELECT setup_hash, setup_until, setup_used_at FROM village WHERE code = :code;

-- village_setup_take: exec txn            -- once: of two presses one
--   in   code str, hash bytes, at utc
UPDATE village SET setup_used_at = :at WHERE code = :code AND setup_hash = :hash AND setup_used_at IS NULL AND setup_until >= :at;
