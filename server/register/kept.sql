-- schema: village

-- change_put: bulk txn
--   in   at utc, staff_id u64, staff_name str, owner str, owner_id u64, also str?, also_id u64?, version u32, kind str
--   in   reason str, changes str, origin str
INSERT INTO history (at, staff_id, staff_name, owner, owner_id, also, also_id, version, kind, reason, changes, origin)
VALUES (:at, :staff_id, :staff_name, :owner, :owner_id, :also, :also_id, :version, :kind, :reason, :changes, :origin);

-- What it says of a row: its own, and what belongs to it as well.

-- changes: many
--   in   owner str, owner_id u64, before u64, limit u32
--   out  change_row: id u64, at utc, staff_name str, owner str, owner_id u64, kind str, reason str, changes str, origin str
SELECT h.id, h.at, h.staff_name, h.owner, h.owner_id, h.kind, h.reason, h.changes, h.origin
FROM ((SELECT id FROM history WHERE owner = :owner AND owner_id = :owner_id AND id < :before ORDER BY id DESC LIMIT :limit)
    UNION ALL (SELECT id FROM history WHERE also = :owner AND also_id = :owner_id AND id < :before ORDER BY id DESC LIMIT :limit)) AS some
JOIN history h ON h.id = some.id ORDER BY h.id DESC LIMIT :limit;

-- changes_since: many
--   in   owner str, owner_id u64, version u32, limit u32
--   out  change_row
SELECT id, at, staff_name, owner, owner_id, kind, reason, changes, origin FROM history
WHERE owner = :owner AND owner_id = :owner_id AND version > :version ORDER BY id LIMIT :limit;

-- Files. Of a slot with one place the row that is there has `single`, so that two at once cannot both be it.

-- attachment_count: one txn
--   in   owner str, owner_id u64
--   out  attachment_count: n u64, ever u64
--   locks attachment
SELECT COUNT(IF(removed_at IS NULL AND single IS NULL, 1, NULL)) AS n, COUNT(*) AS ever FROM attachment
WHERE owner = :owner AND owner_id = :owner_id FOR UPDATE;

-- attachment_single: maybe txn
--   in   owner str, owner_id u64, slot str
--   out  attachment_held: id u64, slot str, is_removed bool
--   locks attachment
SELECT id, slot, removed_at IS NOT NULL FROM attachment WHERE owner = :owner AND owner_id = :owner_id AND slot = :slot AND single = TRUE
FOR UPDATE;

-- attachment_put: insert txn
--   in   owner str, owner_id u64, slot str, single bool, title str, filename str, file_id u64?, upload_id u64?, now utc, put_by str
INSERT INTO attachment (owner, owner_id, slot, single, title, filename, file_id, upload_id, put_at, put_by)
VALUES (:owner, :owner_id, :slot, NULLIF(:single, FALSE), :title, :filename, :file_id, :upload_id, :now, :put_by);

-- attachment_upload: exec txn
--   in   id u64, upload_id u64, filename str, now utc, put_by str
--   holds attachment
UPDATE attachment SET upload_id = :upload_id, filename = :filename, refusal = '', put_at = :now, put_by = :put_by WHERE id = :id;

-- attachments: many
--   in   owner str, owner_id u64
--   out  attachment_row: id u64, slot str, title str, put_at utc, put_by str, removed_at utc?, removed_by str, removed_reason str
--   out  file_id u64?, upload_id u64?, refusal str, type str, size u32
SELECT a.id, a.slot, a.title, a.put_at, a.put_by, a.removed_at, a.removed_by, a.removed_reason, a.file_id, a.upload_id, a.refusal,
    IFNULL(f.type, '') AS type, IFNULL(f.size, 0) AS size
FROM attachment a LEFT JOIN file f ON f.id = a.file_id
WHERE a.owner = :owner AND a.owner_id = :owner_id ORDER BY a.removed_at IS NOT NULL, a.id DESC LIMIT 200;

-- attachment_get: maybe
--   in   owner str, owner_id u64, id u64
--   out  attachment_full: id u64, slot str, filename str, file_id u64, type str
SELECT a.id, a.slot, a.filename, f.id AS file_id, f.type FROM attachment a JOIN file f ON f.id = a.file_id
WHERE a.id = :id AND a.owner = :owner AND a.owner_id = :owner_id AND a.removed_at IS NULL;

-- attachment_hold: maybe txn
--   in   owner str, owner_id u64, id u64
--   out  attachment_held
--   locks attachment
SELECT id, slot, removed_at IS NOT NULL FROM attachment WHERE id = :id AND owner = :owner AND owner_id = :owner_id FOR UPDATE;

-- attachment_remove: exec txn
--   in   id u64, now utc, removed_by str, reason str
--   holds attachment
UPDATE attachment SET removed_at = :now, removed_by = :removed_by, removed_reason = :reason, single = NULL WHERE id = :id;

-- picture_get: maybe
--   in   id u64
--   out  picture: owner str, slot str, upload_id u64
SELECT owner, slot, upload_id FROM attachment WHERE id = :id AND upload_id IS NOT NULL;

-- Only what was worked on: a newer upload waits for its own job.

-- picture_made: exec txn
--   in   id u64, upload_id u64, file_id u64?, refusal str
--   locks attachment
UPDATE attachment SET file_id = IFNULL(:file_id, file_id), upload_id = NULL, refusal = :refusal WHERE id = :id AND upload_id = :upload_id;

-- note_count: one txn
--   in   owner str, owner_id u64
--   out  note_count: n u64
SELECT COUNT(*) FROM note WHERE owner = :owner AND owner_id = :owner_id;

-- note_put: insert txn
--   in   owner str, owner_id u64, text str, now utc, staff_id u64, put_by str
INSERT INTO note (owner, owner_id, text, put_at, staff_id, put_by) VALUES (:owner, :owner_id, :text, :now, :staff_id, :put_by);

-- notes: many
--   in   owner str, owner_id u64, limit u32
--   out  note_row: id u64, text str, put_at utc, put_by str
SELECT id, text, put_at, put_by FROM note WHERE owner = :owner AND owner_id = :owner_id ORDER BY id DESC LIMIT :limit;
