-- schema: village

-- The draft of what a letter type's next version would say.

-- letter_draft_get: one lock
--   in   id u64
--   out  letter_draft: id u64, slug str, name str, classification str, number_format str, policy str, valid_months u8, content u32, definition str, draft str?, edition u32, base u32?, draft_at utc?, draft_by str
--   locks letter_type
SELECT id, slug, name, classification, number_format, policy, valid_months, version AS content, definition, draft, draft_edition AS edition,
    draft_base AS base, draft_at, draft_by
FROM letter_type WHERE id = :id;

-- letter_draft_set: exec txn
--   in   id u64, draft str, base u32, at utc, by str
--   holds letter_type
UPDATE letter_type SET draft = :draft, draft_edition = draft_edition + 1, draft_base = :base, draft_at = :at, draft_by = :by WHERE id = :id;

-- letter_draft_drop: exec txn
--   in   id u64
--   holds letter_type
UPDATE letter_type SET draft = NULL, draft_edition = draft_edition + 1, draft_base = NULL, draft_at = NULL, draft_by = '' WHERE id = :id;

-- letter_draft_use: exec txn
--   in   id u64, definition str, at utc, by str
--   holds letter_type
UPDATE letter_type SET definition = :definition, draft = NULL, draft_edition = draft_edition + 1, draft_base = NULL, draft_at = NULL,
    draft_by = '', edition = edition + 1, changed_at = :at, changed_by = :by
WHERE id = :id;
