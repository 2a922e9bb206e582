-- schema: control

-- rollup_publish: exec                   -- an earlier version changes nothing; version is assigned last
--   in   code str, men u32, women u32, families u32, letters_month u32, letters_of str, letters_total u32
--   in   complete_pct u8, size_bytes u64, queue_ready u32, queue_dead u32
--   in   has_approver bool, waiting u32, waiting_since utc?, last_letter_at utc?, import_refused u32, phone str, trend str
--   in   activity_at utc?, computed_at utc, version u64
INSERT INTO rollup (village_code, residents_m, residents_f, families, letters_month, letters_of, letters_total, complete_pct,
                    size_bytes, queue_ready, queue_dead, has_approver, waiting, waiting_since, last_letter_at, import_refused, phone, trend,
                    last_activity_at, computed_at, version)
VALUES (:code, :men, :women, :families, :letters_month, :letters_of, :letters_total, :complete_pct,
        :size_bytes, :queue_ready, :queue_dead, :has_approver, :waiting, :waiting_since, :last_letter_at, :import_refused, :phone, :trend,
        :activity_at, :computed_at, :version)
ON DUPLICATE KEY UPDATE
    residents_m      = IF(VALUES(version) > version, VALUES(residents_m), residents_m),
    residents_f      = IF(VALUES(version) > version, VALUES(residents_f), residents_f),
    families         = IF(VALUES(version) > version, VALUES(families), families),
    letters_month    = IF(VALUES(version) > version, VALUES(letters_month), letters_month),
    letters_of       = IF(VALUES(version) > version, VALUES(letters_of), letters_of),
    letters_total    = IF(VALUES(version) > version, VALUES(letters_total), letters_total),
    complete_pct     = IF(VALUES(version) > version, VALUES(complete_pct), complete_pct),
    size_bytes       = IF(VALUES(version) > version, VALUES(size_bytes), size_bytes),
    queue_ready      = IF(VALUES(version) > version, VALUES(queue_ready), queue_ready),
    queue_dead       = IF(VALUES(version) > version, VALUES(queue_dead), queue_dead),
    has_approver     = IF(VALUES(version) > version, VALUES(has_approver), has_approver),
    waiting          = IF(VALUES(version) > version, VALUES(waiting), waiting),
    waiting_since    = IF(VALUES(version) > version, VALUES(waiting_since), waiting_since),
    last_letter_at   = IF(VALUES(version) > version, VALUES(last_letter_at), last_letter_at),
    import_refused   = IF(VALUES(version) > version, VALUES(import_refused), import_refused),
    phone            = IF(VALUES(version) > version, VALUES(phone), phone),
    trend            = IF(VALUES(version) > version, VALUES(trend), trend),
    last_activity_at = IF(VALUES(version) > version, VALUES(last_activity_at), last_activity_at),
    computed_at      = IF(VALUES(version) > version, VALUES(computed_at), computed_at),
    version          = GREATEST(version, VALUES(version));

-- rollup_stale: many                     -- serving villages whose figures are missing or an hour old
--   in   before utc
--   out  rollup_stale: code str
SELECT v.code FROM village v LEFT JOIN rollup r ON r.village_code = v.code
 WHERE v.state IN ('trial', 'active') AND (r.computed_at IS NULL OR r.computed_at < :before) ORDER BY v.code;
