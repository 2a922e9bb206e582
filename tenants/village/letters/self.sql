-- schema: village
-- include "tenants/village/letters/letters.h"

-- self_type_list: many
--   out  self_type_row: slug str, name str, policy str, definition str, at_kiosk bool, kiosk_choices str
SELECT slug, name, policy, definition, at_kiosk, kiosk_choices FROM letter_type WHERE is_active ORDER BY sort, name;

-- self_type_offer: exec txn
--   in   slug str, at_kiosk bool
UPDATE letter_type SET at_kiosk = :at_kiosk, edition = edition + 1 WHERE slug = :slug AND is_active;

-- self_type_at_kiosk: maybe
--   in   slug str
--   out  self_type_offered: id u64, definition str
SELECT id, definition FROM letter_type WHERE slug = :slug AND is_active AND at_kiosk;

-- self_last_letter: maybe
--   in   resident_id u64
--   out  self_last_row: slug str, name str, issued_at utc?
SELECT t.slug, t.name, l.issued_at FROM letter l JOIN letter_type t ON t.id = l.type_id
WHERE l.resident_id = :resident_id AND l.state = 4 AND t.is_active AND t.at_kiosk ORDER BY l.id DESC LIMIT 1;

-- self_recent: many
--   in   resident_id u64, today date
--   out  self_recent_row: id u64, name str, state letter_state, at utc, is_printable bool
SELECT l.id, t.name, l.state, COALESCE(l.issued_at, l.made_at),
    l.state = 4 AND l.rendered_at IS NOT NULL AND (l.valid_until IS NULL OR l.valid_until >= :today)
FROM letter l JOIN letter_type t ON t.id = l.type_id
WHERE l.resident_id = :resident_id AND l.state IN (2, 3, 4, 5, 6) ORDER BY l.id DESC LIMIT 5;

-- self_any: maybe
--   in   resident_id u64
--   out  self_any: id u64
SELECT id FROM letter WHERE resident_id = :resident_id AND state IN (2, 3, 4, 5, 6) LIMIT 1;

-- self_printable: maybe
--   in   id u64, resident_id u64, today date
--   out  self_any
SELECT id FROM letter WHERE id = :id AND resident_id = :resident_id AND state = 4 AND rendered_at IS NOT NULL
    AND (valid_until IS NULL OR valid_until >= :today);

-- self_drafts: many txn                  -- begun at the kiosk and never sent; nobody else touches them
--   in   resident_id u64, slug str?, since utc?
--   out  self_any
SELECT l.id FROM letter l FORCE INDEX (by_resident) JOIN letter_type t ON t.id = l.type_id LEFT JOIN kiosk_letter k ON k.letter_id = l.id
WHERE l.resident_id = :resident_id AND l.state = 1 AND l.channel = 'kiosk' AND k.letter_id IS NULL
    AND (:slug IS NULL OR t.slug = :slug) AND (:since IS NULL OR l.made_at >= :since) ORDER BY l.id;

-- self_kept: maybe                       -- the newest of an earlier visit that was to go on
--   in   resident_id u64, since utc, before utc
--   out  self_last_row
SELECT t.slug, t.name, l.made_at FROM letter l FORCE INDEX (by_resident) JOIN letter_type t ON t.id = l.type_id
LEFT JOIN kiosk_letter k ON k.letter_id = l.id
WHERE l.resident_id = :resident_id AND l.state = 1 AND l.channel = 'kiosk' AND k.letter_id IS NULL AND l.made_at >= :since AND l.made_at < :before
    AND t.is_active AND t.at_kiosk ORDER BY l.id DESC LIMIT 1;

-- Begun at the kiosk, never sent, and of no visit that goes on: drafts that were to be finished later, and what was cancelled with its visit.
-- self_stale: many
--   in   before utc
--   out  self_any
SELECT l.id FROM letter l WHERE l.state IN (1, 7) AND l.channel = 'kiosk' AND l.made_at < :before
    AND NOT EXISTS (SELECT 1 FROM kiosk_letter k WHERE k.letter_id = l.id) AND NOT EXISTS (SELECT 1 FROM kiosk_visit v WHERE v.letter_id = l.id)
ORDER BY l.id LIMIT 500;

-- self_stale_lock: maybe txn             -- it may have been taken up since
--   in   id u64, before utc
--   out  self_any
--   locks letter
SELECT l.id FROM letter l WHERE l.id = :id AND l.state IN (1, 7) AND l.channel = 'kiosk' AND l.made_at < :before
    AND NOT EXISTS (SELECT 1 FROM kiosk_letter k WHERE k.letter_id = l.id) AND NOT EXISTS (SELECT 1 FROM kiosk_visit v WHERE v.letter_id = l.id)
FOR UPDATE;

-- self_stale_steps: exec txn
--   in   id u64
DELETE FROM letter_step WHERE letter_id = :id;

-- self_stale_forget: exec txn
--   in   id u64
--   holds letter
DELETE FROM letter WHERE id = :id;

-- self_last_inputs: maybe                -- of a resident; 0: of the office
--   in   resident_id u64, type_id u64
--   out  self_inputs: inputs str, issued_at utc?
SELECT inputs, issued_at FROM letter WHERE resident_id <=> NULLIF(:resident_id, 0) AND type_id = :type_id AND state = 4 ORDER BY id DESC LIMIT 1;

-- self_set_begun: exec txn
--   in   id u64, inputs str
--   locks letter
UPDATE letter SET channel = 'kiosk', inputs = :inputs WHERE id = :id;

-- self_choices_of: one
--   in   slug str
--   out  self_own_choices: kiosk_choices str
SELECT kiosk_choices FROM letter_type WHERE slug = :slug;

-- self_choices_lock: one txn
--   in   slug str
--   out  self_own_choices
--   locks letter_type
SELECT kiosk_choices FROM letter_type WHERE slug = :slug FOR UPDATE;

-- self_choices_set: exec txn
--   in   slug str, choices str
UPDATE letter_type SET kiosk_choices = :choices WHERE slug = :slug;

-- self_hamlets: many
--   out  self_hamlet: hamlet str, word str, people u32
SELECT a.hamlet, (SELECT hamlet_word FROM identity WHERE id = 1), CAST(COUNT(r.id) AS UNSIGNED)
FROM area a LEFT JOIN resident r ON r.area_id = a.id AND r.basic_status = 1
WHERE a.hamlet NOT IN ('', '-') AND NOT a.is_retired GROUP BY a.hamlet ORDER BY a.hamlet LIMIT 24;

-- self_issued_inputs: maybe
--   in   resident_id u64, slug str
--   out  self_inputs
SELECT l.inputs, l.issued_at FROM letter l JOIN letter_type t ON t.id = l.type_id
WHERE l.resident_id = :resident_id AND t.slug = :slug AND l.state = 4 ORDER BY l.id DESC LIMIT 1;
