-- The archive of letters: a way in by type, by the date on the letter and by number, besides by_state; each leads on in the order of ids.
ALTER TABLE letter ADD KEY IF NOT EXISTS by_type (type_id, id);
ALTER TABLE letter ADD KEY IF NOT EXISTS by_date (letter_date, id);
ALTER TABLE letter ADD KEY IF NOT EXISTS by_number (number, id);
