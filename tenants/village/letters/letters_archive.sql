-- schema: village
-- include "tenants/village/letters/letters_archive.h"

-- One part for each way into the archive, each on its own index and in the order of ids; the server drops all but the one
-- that :way names before it plans. What remains of the filters is judged on the rows the way leads to.

-- letter_archive: many
--   in   before u64, limit u32
--   in   way letter_way, state letter_state?, other_state letter_state?, type_id u64?, channel str?, from date?, until date?
--   in   first str?, second str?, third str?, fourth str?, number u32?, other_number u32?, number_part str?
--   out  letter_archived: id u64, type_name str, resident_name str, state letter_state, channel str, number_text str?
--   out  made_at utc, issued_at utc?, is_rendered bool, void_reason str, prints u64
SELECT l.id, t.name AS type_name, r.name AS resident_name, l.state, l.channel, l.number_text, l.made_at, l.issued_at,
    l.rendered_at IS NOT NULL AS is_rendered, l.void_reason,
    (SELECT COUNT(*) FROM letter_step s WHERE s.letter_id = l.id AND s.step = 'printed') AS prints
FROM (
    (SELECT l.id FROM letter l FORCE INDEX (PRIMARY)
        WHERE :way = 1 AND l.id < :before AND (:channel IS NULL OR l.channel = :channel) ORDER BY l.id DESC LIMIT :limit)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_state)
        WHERE :way = 2 AND l.id < :before AND l.state = :state
            AND (:type_id IS NULL OR l.type_id = :type_id) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) ORDER BY l.id DESC LIMIT :limit)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_state)
        WHERE :way = 2 AND l.id < :before AND l.state = :other_state AND :other_state <> :state
            AND (:type_id IS NULL OR l.type_id = :type_id) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) ORDER BY l.id DESC LIMIT :limit)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_type)
        WHERE :way = 3 AND l.id < :before AND l.type_id = :type_id
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) ORDER BY l.id DESC LIMIT :limit)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_date)
        WHERE :way = 4 AND l.id < :before AND l.letter_date >= :from AND l.letter_date < :until
            AND (:type_id IS NULL OR l.type_id = :type_id)
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel) ORDER BY l.id DESC LIMIT :limit)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_number)
        WHERE :way = 5 AND l.id < :before AND l.number IN (:number, :other_number)
            AND (:number_part IS NULL OR l.number_text LIKE CONCAT('%', :number_part, '%'))
            AND (:type_id IS NULL OR l.type_id = :type_id)
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) ORDER BY l.id DESC LIMIT :limit)
    UNION ALL
    (SELECT DISTINCT l.id FROM resident_word w STRAIGHT_JOIN letter l FORCE INDEX (by_resident) ON l.resident_id = w.resident_id
        WHERE :way = 6 AND l.id < :before AND w.word LIKE CONCAT(:first, '%')
            AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = l.resident_id AND x.word LIKE CONCAT(:second, '%')))
            AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = l.resident_id AND x.word LIKE CONCAT(:third, '%')))
            AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = l.resident_id AND x.word LIKE CONCAT(:fourth, '%')))
            AND (:type_id IS NULL OR l.type_id = :type_id)
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) ORDER BY l.id DESC LIMIT :limit)
    ORDER BY 1 DESC LIMIT :limit) AS found
JOIN letter l ON l.id = found.id JOIN letter_type t ON t.id = l.type_id JOIN resident r ON r.id = l.resident_id
ORDER BY l.id DESC;

-- Counted to 1,001.

-- letter_archive_count: one
--   in   way letter_way, state letter_state?, other_state letter_state?, type_id u64?, channel str?, from date?, until date?
--   in   first str?, second str?, third str?, fourth str?, number u32?, other_number u32?, number_part str?
--   out  letter_archive_total: n u64
SELECT COUNT(*) AS n FROM (SELECT 1 FROM (
    (SELECT l.id FROM letter l FORCE INDEX (PRIMARY)
        WHERE :way = 1 AND (:channel IS NULL OR l.channel = :channel) LIMIT 1001)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_state)
        WHERE :way = 2 AND l.state = :state
            AND (:type_id IS NULL OR l.type_id = :type_id) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) LIMIT 1001)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_state)
        WHERE :way = 2 AND l.state = :other_state AND :other_state <> :state
            AND (:type_id IS NULL OR l.type_id = :type_id) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) LIMIT 1001)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_type)
        WHERE :way = 3 AND l.type_id = :type_id
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) LIMIT 1001)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_date)
        WHERE :way = 4 AND l.letter_date >= :from AND l.letter_date < :until
            AND (:type_id IS NULL OR l.type_id = :type_id)
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel) LIMIT 1001)
    UNION ALL
    (SELECT l.id FROM letter l FORCE INDEX (by_number)
        WHERE :way = 5 AND l.number IN (:number, :other_number)
            AND (:number_part IS NULL OR l.number_text LIKE CONCAT('%', :number_part, '%'))
            AND (:type_id IS NULL OR l.type_id = :type_id)
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) LIMIT 1001)
    UNION ALL
    (SELECT DISTINCT l.id FROM resident_word w STRAIGHT_JOIN letter l FORCE INDEX (by_resident) ON l.resident_id = w.resident_id
        WHERE :way = 6 AND w.word LIKE CONCAT(:first, '%')
            AND (:second IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = l.resident_id AND x.word LIKE CONCAT(:second, '%')))
            AND (:third IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = l.resident_id AND x.word LIKE CONCAT(:third, '%')))
            AND (:fourth IS NULL OR EXISTS (SELECT 1 FROM resident_word x WHERE x.resident_id = l.resident_id AND x.word LIKE CONCAT(:fourth, '%')))
            AND (:type_id IS NULL OR l.type_id = :type_id)
            AND (:state IS NULL OR l.state IN (:state, :other_state)) AND (:channel IS NULL OR l.channel = :channel)
            AND (:from IS NULL OR (l.letter_date >= :from AND l.letter_date < :until)) LIMIT 1001)
    ) AS found LIMIT 1001) AS some;

-- What may be chosen: every type there ever was, and the dates of the first and the last letter.

-- letter_archive_choices: many
--   out  letter_archive_choice: id u64, slug str, name str, first date?, last date?
SELECT id, slug, name, (SELECT MIN(letter_date) FROM letter) AS first, (SELECT MAX(letter_date) FROM letter) AS last
FROM letter_type ORDER BY sort, name;

-- The register of outgoing letters of a month, as they were numbered. Names and purposes are those of the paper.

-- letter_agenda: many
--   in   from date, until date
--   out  letter_agenda_row: number u32?, number_text str?, letter_date date?, type_name str, name str?, purpose str?
--   out  state letter_state, void_reason str
SELECT l.number, l.number_text, l.letter_date, t.name AS type_name, JSON_VALUE(l.snapshot, '$.values.nama') AS name,
    JSON_VALUE(l.inputs, '$.keperluan') AS purpose, l.state, l.void_reason
FROM letter l FORCE INDEX (by_date) JOIN letter_type t ON t.id = l.type_id
WHERE l.letter_date >= :from AND l.letter_date < :until ORDER BY l.year, l.number, l.id;
