-- Each row of a search word looked its resident up once more: words are derived, and residents are never deleted.
ALTER TABLE resident_word DROP FOREIGN KEY IF EXISTS resident_word_resident;
-- by_status begins with the status that lists are about; by the name alone nobody asks.
ALTER TABLE resident DROP KEY IF EXISTS by_name;
