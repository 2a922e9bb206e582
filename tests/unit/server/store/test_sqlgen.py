#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""sqlgen: what it makes of good files, and what it says of bad ones."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SQLGEN = os.path.join(HERE, "../../../../server/store/sqlgen.py")
HEAD = "-- schema: village\n"


def run(text, name="room/x.sql", view=None):
    with tempfile.TemporaryDirectory() as root:
        path = os.path.join(root, name)
        os.makedirs(os.path.dirname(path))
        if view:
            with open(os.path.join(os.path.dirname(path), "y.html"), "w", encoding="utf-8") as out:
                out.write(view)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        done = subprocess.run([sys.executable, SQLGEN, "--root", root, "--out", os.path.join(root, "gen"), name],
                              capture_output=True, text=True, check=False)
        made = {}
        for suffix in ("_sql.h", "_sql.c"):
            made_path = os.path.join(root, "gen", name[:-4] + suffix)
            if os.path.exists(made_path):
                with open(made_path, encoding="utf-8") as handle:
                    made[suffix] = handle.read()
        return done.returncode, done.stderr, made


class Golden(unittest.TestCase):
    maxDiff = None

    def test_the_specimen_gives_the_golden_files(self):
        with open(os.path.join(HERE, "golden/specimen.sql"), encoding="utf-8") as handle:
            code, errors, made = run(handle.read(), "golden/specimen.sql")
        self.assertEqual((code, errors), (0, ""))
        for suffix in ("_sql.h", "_sql.c"):
            with open(os.path.join(HERE, "golden/specimen" + suffix + ".golden"), encoding="utf-8") as handle:
                self.assertEqual(re.sub("lock_ranks = 0x[0-9a-f]+", "lock_ranks = 0x1", made[suffix]), handle.read())  # its place in locks.txt moves


class Forms(unittest.TestCase):
    VIEW = """{{!form guest_edit : struct guest_view, "room/x.h"}}
<form method="post">{{> guard form.guard}}{{version}}{{path_id id "id"?}}{{yes is_saved "tersimpan" query}}
{{text name "nama" 2..100 "Nama"}}
{{option contact "lewat"? "1=Telepon|2=Surat" "Hubungi lewat"}}</form>
"""
    ROW = "-- guest_get: one\n--   out  guest_one: %s\n--   form guest_edit%s\nSELECT 1;\n"
    PUT = "-- guest_put: insert txn\n--   in   guest_values: %s\n--   form guest_edit%s\nINSERT INTO g VALUES (%s);\n"

    def faults(self, *statements):
        code, errors, made = run(HEAD + "".join(statements), view=self.VIEW)
        self.assertEqual((code, made), (1, {}))
        return errors

    def test_both_copies_are_by_name_and_other_inputs_are_parameters(self):
        code, errors, made = run(HEAD + self.ROW % ("id u64, version u64, name str, contact u8?", "") +
                                 self.PUT % ("name str, contact u8?, written_by u64", "", ":name, :contact, :written_by"), view=self.VIEW)
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("struct guest_edit_form guest_edit_of(const struct guest_one *row);", made["_sql.h"])
        self.assertIn("struct guest_values guest_values_of(const struct guest_edit_form *form, uint64_t written_by);", made["_sql.h"])
        self.assertIn('#include "room/y_view.h"', made["_sql.c"])
        for line in (".id = row->id", ".version = row->version", ".contact = row->contact", ".contact = form->contact", ".written_by = written_by"):
            self.assertIn(line, made["_sql.c"])

    def test_a_field_that_the_row_has_not_is_refused(self):
        self.assertIn("room/x.sql:4: the field 'contact' of the form guest_edit (room/y.html:4) is not in guest_one",
                      self.faults(self.ROW % ("version u64, name str", "")))
        self.assertIn("the field 'version'", self.faults(self.ROW % ("name str, contact u8?", "")))

    def test_a_field_that_the_inputs_have_not_is_refused(self):
        self.assertIn("room/x.sql:4: the field 'contact' of the form guest_edit (room/y.html:4) is not in guest_values",
                      self.faults(self.PUT % ("name str", "", ":name")))

    def test_a_field_that_one_statement_leaves_out_is_refused(self):
        self.assertIn("room/x.sql:6: guest_set takes guest_values and does not store its 'contact'",
                      self.faults(self.PUT % ("name str, contact u8?", "", ":name, :contact"),
                                  "-- guest_set: exec txn\n--   in   guest_values\nUPDATE g SET name = :name;\n"))

    def test_what_is_excepted_needs_no_column_and_must_be_a_field(self):
        code, errors, _ = run(HEAD + self.ROW % ("name str", " except version, contact"), view=self.VIEW)
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("has no field 'phone' to except", self.faults(self.ROW % ("version u64, name str, contact u8?", " except phone")))
        self.assertIn("'contact' is excepted, and guest_one has it", self.faults(self.ROW % ("version u64, name str, contact u8?", " except contact")))

    def test_a_form_is_one_of_the_room_and_its_struct_has_a_name(self):
        self.assertIn("no view of room has the form 'other'", self.faults((self.ROW % ("name str", "")).replace("form guest_edit", "form other")))
        self.assertIn("'form' needs the name of a struct", self.faults("-- guest_put: insert txn\n--   in   name str\n--   form guest_edit\nINSERT INTO g VALUES (:name);\n"))
        self.assertIn("expected 'form NAME'", self.faults(self.ROW % ("name str", " without contact")))


class Placeholders(unittest.TestCase):
    def text_of(self, sql, ins="a u64"):
        code, errors, made = run(HEAD + "-- s: exec\n--   in   %s\n%s\n" % (ins, sql))
        self.assertEqual((code, errors), (0, ""))
        return made["_sql.c"].split(".text = ")[1].split(",\n        .text_n")[0]

    def test_quotes_and_comments_hide_a_placeholder(self):
        self.assertEqual(self.text_of("UPDATE x SET b = ':a;''', c = \"\\\":a\", `:a` = :a -- :zz ; \n, d = 1 /* :zz ; */;"),
                         '"%s"' % r"""UPDATE x SET b = ':a;''', c = \"\\\":a\", `:a` = ? , d = 1""")

    def test_one_input_may_stand_twice(self):
        self.assertEqual(self.text_of("UPDATE x SET b = :a WHERE c = :a;"), '"UPDATE x SET b = ? WHERE c = ?"')

    def test_a_shorter_name_does_not_match_a_longer_one(self):
        self.assertEqual(self.text_of("UPDATE x SET b = :ab, c = :a;", "a u64, ab u64"), '"UPDATE x SET b = ?, c = ?"')


class Parts(unittest.TestCase):
    SHARED = HEAD + """-- alive: part
a = 1 AND -- a word
  (:sex IS NULL OR b = :sex);

-- x: many
--   in   find: sex u8?,
--   in   limit u32
--   out  hit: id u64
SELECT id FROM r WHERE {alive} ORDER BY id LIMIT :limit;

-- y: many
--   in   find
--   out  hit
SELECT id FROM r WHERE {alive} AND c = '{alive}';
"""

    def test_a_part_stands_in_several_statements_and_inputs_have_one_struct(self):
        code, errors, made = run(self.SHARED)
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(made["_sql.h"].count("struct find {"), 1)
        self.assertIn("sql_x(struct village_db *db, const struct find *in, struct hit_rows *out", made["_sql.h"])
        self.assertIn("sql_y(struct village_db *db, const struct find *in, struct hit_rows *out", made["_sql.h"])
        self.assertIn("a = 1 AND (? IS NULL OR b = ?) ORDER BY id LIMIT ?", made["_sql.c"].replace('"\n                "', ""))
        self.assertIn("c = '{alive}'", made["_sql.c"])

    def test_faults(self):
        def says(text, wanted):
            code, errors, _ = run(text)
            self.assertEqual(code, 1)
            self.assertIn("room/x.sql:" + wanted, errors)
        says(HEAD + "-- s: exec\nUPDATE x SET\n{a};", "4: part 'a' is not declared above")
        says(HEAD + "-- a: part\nb = 1", "2: part 'a' is SQL that ends with one ';'")
        says(self.SHARED.replace("limit u32", "limit u32, more u8"), "8: input 'more' of find is used by no statement")
        says(self.SHARED.replace("in   find\n", "in   found\n"), "13: inputs 'found' are not declared above")
        says(self.SHARED.replace("in   find\n", "in   find\n--   in   more u8\n"), "14: inputs 'find' are declared on line 7")


class Lists(unittest.TestCase):
    LIST = HEAD + """-- all: part
guest g WHERE (:purpose IS NULL OR g.purpose = :purpose);

-- guest: list
--   in    guest_find: purpose u8?
--   order newest: g.came_on-, g.id-
--   way   plain: all
--   out   guest_line: id u64, came_on date?
SELECT g.id, g.came_on -- FROM a comment
FROM {way} AND {after};
"""

    def text_of(self, made, name):
        entry = made["_sql.c"].split('.name = "%s"' % name)[1].split(".text_n")[0]
        return " ".join("".join(part for i, part in enumerate(entry.split(".text = ")[1].split('"')) if i % 2).split())

    def test_an_order_walks_the_index_it_names(self):
        code, errors, made = run(self.LIST.replace("g.id-\n", "g.id- by by_day\n"))
        self.assertEqual((code, errors), (0, ""))
        for name in ("guest_plain_newest", "guest_plain_newest_back"):
            self.assertIn("FROM guest g FORCE INDEX FOR ORDER BY (by_day) WHERE", self.text_of(made, name))
        self.assertNotIn("FORCE", self.text_of(made, "guest_plain_count"))
        code, errors, _ = run(self.LIST.replace("g.id-\n", "x.id- id by by_day\n").replace("g.came_on-,", "x.came_on-,"))
        self.assertEqual(code, 1)
        self.assertIn("order newest: 'FROM TABLE x' stands 0 times", errors)

    def test_each_order_has_a_text_for_each_direction_and_one_counts(self):
        code, errors, made = run(self.LIST)
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(self.text_of(made, "guest_plain_newest"), "SELECT g.id, g.came_on FROM guest g WHERE (? IS NULL OR g.purpose = ?) AND "
                         "(? = 0 OR ((g.came_on <= ? OR g.came_on IS NULL) AND ((g.came_on < ? OR (g.came_on IS NULL AND ? IS NOT NULL)) "
                         "OR (g.id < ?)))) ORDER BY g.came_on DESC, g.id DESC LIMIT ?")
        self.assertTrue(self.text_of(made, "guest_plain_newest_back").endswith("ORDER BY g.came_on, g.id LIMIT ?"))
        self.assertEqual(self.text_of(made, "guest_plain_count"),
                         "SELECT COUNT(*) AS n FROM (SELECT 1 FROM guest g WHERE (? IS NULL OR g.purpose = ?) AND TRUE LIMIT ?) AS some")
        self.assertIn("enum guest_order { GUEST_BY_NEWEST = 1 };", made["_sql.h"])

    def test_in_a_way_one_part_may_stand_for_another(self):
        text = self.LIST.replace("-- guest: list", "-- day: part\ng.came_on;\n\n-- never: part\nNULL;\n\n-- guest: list").replace("g.id, g.came_on ", "g.id, {day} ")
        code, errors, made = run(text.replace("--   way   plain: all", "--   way   plain: all\n--   way   undated hot: all, day never"))
        self.assertEqual((code, errors), (0, ""))
        self.assertTrue(self.text_of(made, "guest_plain_newest").startswith("SELECT g.id, g.came_on FROM"))
        self.assertTrue(self.text_of(made, "guest_undated_newest").startswith("SELECT g.id, NULL FROM"))
        code, errors, _ = run(text.replace("plain: all", "plain: all, day nowhere"))
        self.assertEqual(code, 1)
        self.assertIn("part 'nowhere' is not declared above", errors)

    def test_a_list_like_another_is_only_walked(self):
        code, errors, made = run(self.LIST + "\n-- whole: list\n--   like guest\n--   out  w: id u64, came_on date?, note str\n"
                                 "SELECT g.id, g.came_on, g.note FROM {way} AND {after};\n")
        self.assertEqual((code, errors), (0, ""))
        self.assertTrue(self.text_of(made, "whole_plain_newest").endswith("AND TRUE ORDER BY g.came_on DESC, g.id DESC"))
        self.assertNotIn("sql_whole_page", made["_sql.h"])
        self.assertNotIn("whole_plain_count", made["_sql.c"])

    def test_faults(self):
        def says(text, wanted):
            code, errors, _ = run(text)
            self.assertEqual(code, 1)
            self.assertIn("room/x.sql:" + wanted, errors)
        says(self.LIST.replace("g.id-", "g.number-"), "7: order newest: 'number' is no column of guest_line")
        says(self.LIST.replace("g.id-", "g.came_on"), "7: order newest: its last column tells two rows apart and cannot be NULL")
        says(self.LIST.replace("newest: g", "g"), "7: expected 'order NAME: column, column-, …'")
        says(self.LIST.replace("plain: all", "plain: none"), "8: part 'none' is not declared above")
        says(self.LIST.replace("--   order newest: g.came_on-, g.id-\n", ""), "5: guest is 'list' and needs an 'order' line")
        says(self.LIST.replace(" AND {after}", ""), "10: guest has no {after} in its WHERE clause: each of its pages would be the first\n")
        says(self.LIST.replace("purpose u8?", "purpose u8?, limit u32"), "6: 'limit' is an input of every list")
        says(self.LIST.replace("guest: list", "guest: list txn"), "5: a list is read outside of transactions")
        says(self.LIST.replace("guest: list", "guest: many"), "7: 'order' belongs to a list")
        says(self.LIST + "-- w: list\n--   like host\n--   out  guest_line\nSELECT 1 FROM {way} AND {after};", "13: list 'host' is not declared above")
        says(self.LIST.replace("schema: village", "schema: both"), "5: a list has one schema")


class Both(unittest.TestCase):
    def test_one_text_for_villages_and_control(self):
        code, errors, made = run("-- schema: both\n-- s: exec txn\n--   in   a u64\nUPDATE x SET a = :a;\n")
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("sql_s(struct txn *txn, uint64_t a, ", made["_sql.h"])
        self.assertIn("sql_control_s(struct control_txn *txn, uint64_t a, ", made["_sql.h"])
        self.assertIn('.name = "control_s",\n        .schema = "control",', made["_sql.c"])
        self.assertEqual(made["_sql.c"].count("s_marks[] ="), 1)


class Short(unittest.TestCase):
    def test_a_row_of_one_column_may_be_its_value(self):
        code, errors, made = run(HEAD + "-- s: one\n--   out  day date?\nSELECT MIN(d) AS day FROM x;\n")
        self.assertEqual((code, errors), (0, ""))
        self.assertIn("enum rc sql_s(struct village_db *db, struct date *out, struct err *err)", made["_sql.h"])
        self.assertIn('{"day", SQL_DATE, true, offsetof(struct s_out, day)}', made["_sql.c"])

    def test_a_lock_is_the_same_row_for_update(self):
        code, errors, made = run(HEAD + "-- x_get: one lock\n--   in   id u64\n--   out  x_row: n u64\nSELECT n FROM x WHERE id = :id;\n")
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(made["_sql.c"].count(".locks = \"own\""), 1)
        self.assertIn("enum rc sql_x_get(struct village_db *db, uint64_t id, struct x_row *out", made["_sql.h"])
        self.assertIn("enum rc sql_x_lock(struct txn *txn, uint64_t id, struct x_row *out", made["_sql.h"])
        self.assertIn('"SELECT n FROM x WHERE id = ? FOR UPDATE"', made["_sql.c"])


class Words(unittest.TestCase):
    def made(self, ins, where):
        return run(HEAD + "-- s: many\n--   in   %s\n--   out  r: n u64\nSELECT n FROM x WHERE %s;\n" % (ins, where))

    def test_each_typed_word_is_looked_for_without_patterns(self):
        code, errors, made = self.made("words str?", "{words a, b} AND n > 0")
        self.assertEqual((code, errors), (0, ""))
        text = "".join(part.strip().strip('"') for part in made["_sql.c"].split(".text = ")[1].split(".text_n")[0].rstrip(" ,\n").split("\n"))
        self.assertEqual(text.count("ESCAPE '!'"), 6)
        self.assertEqual(text.count("CONCAT_WS(' ', a, b)"), 6)
        self.assertTrue(text.startswith("SELECT n FROM x WHERE (? IS NULL OR ("))

    def test_typed_words_are_no_pattern(self):
        for where in ("a LIKE CONCAT('%', :words, '%')", "a LIKE :words AND b = 1", "a NOT LIKE CONCAT(:words, '%')", "a LIKE :words"):
            code, errors, _ = self.made("words str", where)
            self.assertEqual(code, 1, where)
            self.assertIn("room/x.sql:2: s takes :words as a pattern of LIKE", errors)
        self.assertEqual(self.made("first word", "a LIKE CONCAT(:first, '%') AND b = 1")[0], 0)
        self.assertEqual(self.made("b str", "a LIKE 'x%' AND b = :b")[0], 0)


class Faults(unittest.TestCase):
    def says(self, text, *wanted):
        code, errors, made = run(text)
        self.assertEqual(code, 1)
        self.assertEqual(made, {})
        for line in wanted:
            self.assertIn("room/x.sql:" + line, errors)

    def test_each_names_file_and_line(self):
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = :a;", "3: :a is not declared")
        self.says(HEAD + "-- s: exec\n--   in   a u64, b u64\nUPDATE x SET a = :a;", "3: input 'b' of s is not used")
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = 1", "3: s does not end with ';'")
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = 'b;", "3: ' is not closed")
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = 1; DELETE FROM y;", "3: text after the ';'")
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = ?;", "3: '?' outside quotes")
        self.says(HEAD + "-- s: one\nSELECT 1;", "2: s is 'one' and needs an 'out' line")
        self.says(HEAD + "-- s: one\n--   out  r: n u64\nUPDATE x SET a = 1;", "2: s is 'one' but its UPDATE gives no rows")
        self.says(HEAD + "-- s: exec\nSELECT 1;", "2: s is 'exec' but gives rows")
        self.says(HEAD + "-- s: exec\nDROP TABLE x;", "2: s begins with 'DROP'")
        self.says(HEAD + "-- s: one\n--   out  r: n u64\nSELECT n FROM x FOR UPDATE;", "2: s locks rows: it needs the flag 'txn'")
        self.says(HEAD + "-- s: one txn\n--   out  r: n u64\nSELECT n FROM x FOR UPDATE;", "2: s locks rows: say which")
        self.says(HEAD + "-- s: one txn\n--   out  r: n u64\nSELECT n FROM x LOCK IN SHARE MODE;", "2: s locks rows: say which")
        self.says(HEAD + "-- s: one txn\n--   out  r: n u64\n--   locks lettre\nSELECT n FROM x FOR UPDATE;", "4: 'lettre' is no lock of locks.txt")
        self.says(HEAD + "-- s: one txn\n--   out  r: n u64\n--   locks letter\nSELECT n FROM x;", "2: s takes no lock that outlives it")
        for verb in ("UPDATE kiosk_device SET name = ''", "DELETE FROM kiosk_device", "delete  from kiosk_device", "REPLACE INTO kiosk_device (id) VALUES (1)"):
            self.says(HEAD + "-- s: exec txn\n%s;" % verb, "2: s writes kiosk_device: say 'locks kiosk_device', or 'holds kiosk_device'")
            for word in ("locks", "holds"):
                self.assertEqual(run(HEAD + "-- s: exec txn\n--   %s kiosk_device\n%s;" % (word, verb))[:2], (0, ""), verb)
            self.assertEqual(run(HEAD + "-- s: exec\n%s;" % verb)[:2], (0, ""), "alone it waits for nothing while it holds something")
        self.says(HEAD + "-- s: exec txn\n--   locks kiosk_visit\nUPDATE kiosk_device SET name = '';", "2: s writes kiosk_device")
        self.says(HEAD + "-- s: exec txn\n--   holds kiosk\nUPDATE x SET a = 1;", "3: 'kiosk' is no lock of locks.txt")
        self.says(HEAD + "-- s: exec\n--   holds letter\nUPDATE x SET a = 1;", "2: s takes no lock that outlives it")
        self.says(HEAD + "-- s: one quick\n--   out  r: n u64\nSELECT 1;", "2: 'quick' is not a flag")
        self.says(HEAD + "-- s: exec kept\nUPDATE x SET a = 1;", "2: 'kept' is of a 'one', 'maybe' or 'many'")
        self.says(HEAD + "-- s: one kept\n--   out  a u64\nSELECT x.a FROM x, y;", "2: s is kept: join its tables by JOIN")
        self.says(HEAD + "-- s: exec\n--   in   a U64\nUPDATE x SET a = :a;", "3: 'U64' is not a type")
        self.says(HEAD + "-- s: exec\n--   in   a bool?\nUPDATE x SET a = :a;", "3: bool cannot be nullable")
        self.says(HEAD + "-- s: exec\n--   in   err u64\nUPDATE x SET a = :err;", "3: 'err' is a parameter of")
        self.says(HEAD + "-- s: exec\n--   in   int u64\nUPDATE x SET a = :int;", "3: 'int' is a word of C")
        self.says(HEAD + "-- s: one\n--   out  a u64, b u64\nSELECT 1, 2;", "3: s gives one value, or names its struct")
        self.says(HEAD + "-- s: one\n--   out  a u64\n--   out  b u64\nSELECT 1, 2;", "4: s gives one value; of more")
        self.says(HEAD + "-- s: one lock\n--   out  r: n u64\nSELECT 1;", "2: 'lock' is of a 'one' or 'maybe' called NAME_get")
        self.says(HEAD + "-- s: one\n--   out  r\nSELECT 1;", "3: struct 'r' is not declared above")
        self.says(HEAD + "-- s: bulk\n--   in   a u64\nINSERT INTO x (a) VALUES (1) ON DUPLICATE KEY UPDATE a = :a;",
                  "2: s: a bulk INSERT takes inputs only inside")
        self.says(HEAD + "UPDATE x SET a = 1;", "2: SQL without a '-- name: kind' line")
        self.says("-- s: exec\nUPDATE x SET a = 1;", "1: '-- schema: village' or")
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = 1;\n-- s: exec\nUPDATE x SET a = 2;", "4: statement 's' stands twice")

    def test_all_faults_of_a_file_at_once(self):
        self.says(HEAD + "-- s: exec\nUPDATE x SET a = :a;\n\n-- t: exec\nUPDATE x SET a = :b;", "3: :a", "6: :b")


if __name__ == "__main__":
    unittest.main()
