-- schema: village

-- What a village's own tables hold now; its published figures may be older. Numbers only: a console never sees people.
-- kelola_inside: one
--   out  kelola_inside: residents u64, letters u64, mail u64, guests u64, signed_in u64
SELECT (SELECT COUNT(*) FROM resident), (SELECT COUNT(*) FROM letter), (SELECT COUNT(*) FROM mail), (SELECT COUNT(*) FROM guest),
       (SELECT COUNT(*) FROM staff WHERE last_sign_in_at IS NOT NULL OR id IN (SELECT staff_id FROM session));
