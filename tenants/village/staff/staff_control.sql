-- schema: control

-- village_setup: one
--   in   code str
--   out  village_setup: setup_hash bytes?, setup_until utc?, setup_used_at utc?
SELECT setup_hash, setup_until, setup_used_at FROM village WHERE code = :code;
