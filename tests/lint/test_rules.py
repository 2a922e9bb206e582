# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each rule is shown a line it must refuse and one it must accept, so that a rule that never fires is noticed."""

import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import dead  # noqa: E402
import lint  # noqa: E402
import rules  # noqa: E402
from csource import Source  # noqa: E402

SPDX = '// SPDX-License-Identifier: AGPL-3.0-or-later\n'
HOUSE = rules.House('''# comment
0 server/base
1 server/loop
2 server/store
2 server/html
3 tenants/directory
4 server/web
5 server/register
6 tenants/village/letters
6 tenants/village/residents
door tenants/village/residents/import.h
6 tenants/regency
6 tenants/control
7 server/edge
7 workers/jobs
''')

# Tables that a room writes past their owner (`writes` of floors.txt). This number is lowered, never raised.
WRITES_LEFT = 1


def rules_of(path, body):
    return sorted({f[2] for f in rules.check_file(HOUSE, Source(path, SPDX + body))})


class Dead(unittest.TestCase):
    def test_public_names_are_given_once(self):
        def of(*bodies):
            return [f[3] for f in rules.check_names([Source(f'server/r{i}/a.c', SPDX + b) for i, b in enumerate(bodies)])]
        self.assertEqual(of('int look(void)\n{\n}\n', 'const struct x *look(int a,\n    int b)\n{\n}\n'), ['look is also defined in server/r0/a.c'])
        self.assertEqual(of('int look(void)\n{\n}\n', 'static int look(void)\n{\n}\nint other(void)\n{\n    return look();\n}\n'), [])

    def test_a_class_of_the_sheet_stands_in_a_view_or_a_script(self):
        sheet = '// .not-a-class\n.used,\n.gone > a {\n  color: red;\n\n  &.is-soft {\n    margin: .5em;\n  }\n}\n'
        texts = {'server/html/assets/sass/_a.scss': sheet, 'server/html/a.html': '<p class="used is-{{tone}}">', 'server/web/a.c': 'STR("soft")'}
        self.assertEqual([f[1] for f in dead.check_classes(texts)], [3])
        texts['server/web/a.c'] = '"gone"'
        self.assertEqual([f[1] for f in dead.check_classes(texts)], [6])

    def test_a_view_is_shown_by_a_view_or_a_handler(self):
        texts = {'server/html/a.html': '{{!view one : struct a, "a.h"}}{{> two}}{{!view two : struct a, "a.h"}}{{!form three : struct a, "a.h"}}'}
        self.assertEqual([f[3] for f in dead.check_views(texts)], ['nobody shows the view one', 'nobody shows the view three'])
        texts['server/web/a.c'] = 'view_one(&body, &v); view_three(&body, &v);'
        self.assertEqual(list(dead.check_views(texts)), [])

    def test_a_function_of_a_door_is_called_outside_of_tests(self):
        door = 'enum rc used(struct arena *arena) MUST_USE;\nvoid in_macro(void);\nstruct str gone(struct str s,\n    size_t n); /* gone() */\nhandler_fn page;\n'
        texts = {'server/web/a.h': door + '#define GO in_macro()\n', 'server/web/a.c': 'enum rc used(struct arena *arena)\n{\n}\nstruct str gone(struct str s,\n    size_t n)\n{\n}\n',
                 'server/web/b.c': 'void b(void)\n{\n    used(arena); // gone()\n}\n', 'tests/unit/server/web/test_a.c': 'gone(s, 1);'}
        self.assertEqual([(f[1], f[3]) for f in dead.check_functions(texts)], [(3, 'nobody calls gone but perhaps a test')])
        texts['server/html/htmlc.py'] = '"gone(%s)"'
        self.assertEqual(list(dead.check_functions(texts)), [])

    def test_people_read_one_word_for_one_thing(self):
        said = lambda text: [f[3] for f in rules.check_words('a.html', 1, text)]
        self.assertEqual(said('<label>Nama pengguna</label>'), ['"Nama pengguna": people read Nama akun'])
        self.assertEqual(said('Gagal menyimpan'), ['"Gagal": people read what to do'])
        self.assertEqual(said('Dusun Cemara, RW -'), ['"RW -": people read nothing: left out of the address'])
        self.assertEqual(said('Nama akun, kelompok umur, data dimuat ulang'), [])

    def test_an_excused_function_stands_in_a_door(self):
        whole = '\n'.join(t for p, t in lint.texts_of(lint.tracked()) if dead.DOOR.match(p))
        self.assertEqual([n for n in [*dead.PROBES, *dead.GENERATED] if not re.search(rf'\b{n}\(', whole)], [])

    def test_what_a_history_or_a_look_says_has_words_for_people(self):
        rows = 'static const struct said_word changes[] = {{"card", "Kartu diganti", NULL}, {0}};\nstatic const struct said_word looks[] = {{"paper", "Membuka", NULL}, {0}};\n'
        good = rows + 'TRY(resident_told(txn, req, STR("card"), STR(""), id, err));\nTRY(resident_look(req, db, id, "paper", err));\n'
        self.assertEqual(list(dead.check_said({'server/web/a.c': good})), [])
        bad = good.replace('STR("card")', 'STR("crad")').replace('"paper", err', '"papre", err') + 'const struct change c = {.owner = "x", .kind = is ? STR("card") : STR("pin")};\n'
        self.assertEqual([re.search('"(.*)"', f[3]).group(1) for f in dead.check_said({'server/web/a.c': bad})], ['crad', 'pin', 'papre'])

    def test_each_kind_of_route_stands_in_the_readme(self):
        texts = {'server/web/web.h': '#define ROUTE(a) {a}\n#define ROUTE_CHECK_(a) a\n#define LIST_TO(a) a\n#define HISTORY_ROUTE(a) ROUTE(a)\n', 'server/web/README.md': '| `ROUTE(a)` | a page |\n'}
        self.assertEqual([f[3] for f in dead.check_rows(texts)], ['the table of rows does not name HISTORY_ROUTE of server/web/web.h'])
        texts['server/web/README.md'] += '| `HISTORY_ROUTE` | its history |\n'
        self.assertEqual(list(dead.check_rows(texts)), [])

    def test_a_room_has_a_folder_and_a_row_in_the_readme(self):
        floors = {'server/base': 0, 'tenants/village/letters': 6, 'tenants/village/gone': 6}
        names = ['server/base/a.c', 'tenants/village/letters/a.c', 'tenants/village/gone/a.c']
        readme = '| `server/base` | arena |\n| `tenants/village/*` | one room a thing |\n'
        self.assertEqual(list(dead.check_folders(floors, names, readme)), [])
        self.assertEqual([f[3] for f in dead.check_folders(floors, names[:2], readme)], ['tenants/village/gone has no folder'])
        self.assertEqual([f[0] for f in dead.check_folders(floors, names, readme.replace('base', 'other'))], ['README.md'])


class Floors(unittest.TestCase):
    def test_down_is_fine_and_up_is_not(self):
        self.assertEqual(rules_of('server/web/a.c', '#include "server/store/store.h"\n'), [])
        self.assertEqual(rules_of('server/store/a.c', '#include "server/web/web.h"\n'), ['floors'])
        self.assertEqual(rules_of('tenants/village/letters/a.c', '#include "server/register/register.h"\n'), [])
        self.assertEqual(rules_of('server/register/a.c', '#include "tenants/village/letters/letters.h"\n'), ['floors'])

    def test_sideways_only_to_a_door_of_a_feature(self):
        self.assertEqual(rules_of('tenants/village/letters/a.c', '#include "tenants/village/residents/residents.h"\n'), [])
        self.assertEqual(rules_of('tenants/village/letters/a.c', '#include "tenants/village/residents/residents_sql.h"\n'), ['floors'])
        self.assertEqual(rules_of('tenants/village/letters/a.c', '#include "tenants/village/residents/other.h"\n'), ['floors'])
        self.assertEqual(rules_of('tenants/village/letters/a.c', '#include "tenants/village/residents/import.h"\n'), [])
        self.assertEqual(rules_of('server/store/a.c', '#include "server/html/html.h"\n'), ['floors'])
        self.assertEqual(rules_of('workers/jobs/a.c', '#include "server/edge/edge.h"\n'), ['floors'])

    def test_statements_leave_their_room_through_a_door_only(self):
        include = '#include "tenants/village/residents/rows_sql.h"\n'
        self.assertEqual(rules_of('tenants/village/letters/a.c', include), ['floors'])
        house = rules.House('''6 tenants/village/letters
6 tenants/village/residents
door tenants/village/residents/rows_sql.h
''')
        self.assertEqual(rules.check_file(house, Source('tenants/village/letters/a.c', SPDX + include)), [])

    def test_handles_are_made_by_the_directory_alone(self):
        include = '#include "server/store/store_handles.h"\n'
        self.assertEqual(rules_of('tenants/directory/a.c', include), [])
        self.assertEqual(rules_of('tenants/village/letters/a.c', include), ['floors'])
        self.assertEqual(rules_of('server/web/a.c', include), ['floors'])
        self.assertEqual(rules_of('server/main.c', include), ['floors'])

    def test_the_regency_never_reads_a_village(self):
        self.assertEqual(rules_of('tenants/regency/a.c', '#include "server/web/village.h"\n'), ['floors'])
        self.assertEqual(rules_of('tenants/regency/a.c', '#include "tenants/village/residents/residents.h"\n'), ['floors'])
        self.assertEqual(rules_of('tenants/regency/a.c', '#include "server/web/web.h"\n'), [])

    def test_a_folder_that_is_no_room(self):
        self.assertEqual(rules_of('tenants/village/unknown/a.c', 'int x;\n'), ['floors'])


class Libraries(unittest.TestCase):
    def test_each_library_behind_its_door(self):
        for header in ('mysql.h', 'mysql/mysql.h', 'hiredis/hiredis.h', 'h2o.h', 'uv.h', 'pango/pangocairo.h', 'cairo.h',
                       'qrencode.h', 'zip.h', 'expat.h', 'libxml/HTMLparser.h', 'xlsxwriter.h', 'gd.h', 'openssl/evp.h', 'zlib.h', 'jansson.h',
                       'sodium.h', 'curl/curl.h'):
            self.assertEqual(rules_of('tenants/village/residents/a.c', f'#include <{header}>\n'), ['library'], header)
        self.assertEqual(rules_of('server/store/a.c', '#include <mysql.h>\n#include <hiredis/hiredis.h>\n'), [])
        self.assertEqual(rules_of('server/edge/a.c', '#include <h2o.h>\n#include <uv.h>\n'), [])
        self.assertEqual(rules_of('server/main.c', '#include <uv.h>\n'), [])

    def test_an_include_in_a_comment_is_none(self):
        self.assertEqual(rules_of('server/web/a.c', '/*\n#include <mysql.h>\n*/\n'), [])


class Sql(unittest.TestCase):
    def test_sql_in_c(self):
        for text in ('SELECT id FROM letter', 'select 1 from x', 'INSERT INTO t VALUES (1)', 'UPDATE t SET a = 1',
                     'DELETE FROM t', 'CREATE TABLE t', 'SELECT id,"\n    " name FROM letter', 'GRANT SELECT ON x.* TO y'):
            self.assertEqual(rules_of('tenants/village/letters/a.c', f'const char *s = "{text}";\n'), ['sql'], text)

    def test_words_are_not_sql(self):
        for text in ('select a resident', 'update the page', 'letter %u deleted', 'Data dari desa', '<select name=\\"x\\">'):
            self.assertEqual(rules_of('tenants/village/letters/a.c', f'const char *s = "{text}";\n'), [], text)
        self.assertEqual(rules_of('server/web/a.c', '// SELECT a FROM b\n'), [])

    def test_administration_is_fixed_text(self):
        admin = '#include "server/store/admin.h"\n'
        self.assertEqual(rules_of('tenants/control/a.c', admin + 'const char *s = "DROP USER ?";\n'), [])
        self.assertEqual(rules_of('tenants/control/a.c', admin + 'const char *s = "DROP USER %s";\n'), ['sql'])
        self.assertEqual(rules_of('tenants/control/a.c', 'const char *s = "DROP USER ?";\n'), ['sql'])


class Functions(unittest.TestCase):
    def test_banned(self):
        for name in rules.BANNED:
            self.assertEqual(rules_of('server/base/a.c', f'void f(void) {{ {name}(x); }}\n'), ['banned'], name)
        self.assertEqual(rules_of('server/base/a.c', 'void f(void) { my_system(x); a->gets(y); snprintf(z); }\n// strcpy(\n'), [])

    def test_heap_above_floor_2(self):
        for name in rules.HEAP:
            self.assertEqual(rules_of('tenants/village/letters/a.c', f'void f(void) {{ {name}(x); }}\n'), ['heap'], name)
            self.assertEqual(rules_of('server/base/a.c', f'void f(void) {{ {name}(x); }}\n'), [], name)

    def test_only_main_exits(self):
        self.assertEqual(rules_of('server/store/a.c', 'void f(void) { exit(1); }\n'), ['exit'])
        self.assertEqual(rules_of('server/main.c', 'void f(void) { exit(1); }\n'), [])

    def test_an_excuse_names_the_rule_and_why(self):
        self.assertEqual(rules_of('server/edge/a.c', '// lint: heap: h2o frees it\nvoid f(void) { free(x); }\n'), [])
        self.assertEqual(rules_of('server/edge/a.c', '// lint: sql: wrong rule\nvoid f(void) { free(x); }\n'), ['heap'])
        self.assertEqual(rules_of('server/edge/a.c', '// lint: heap:\nvoid f(void) { free(x); }\n'), ['heap'])


class Attributes(unittest.TestCase):
    def variadic(self, *bodies):
        return [f[3] for f in rules.check_variadic([Source(f'server/base/{i}.c', b) for i, b in enumerate(bodies)])]

    def test_variadic_functions_are_checked(self):
        self.assertEqual(len(self.variadic('void say(const char *f, ...);\n')), 1)
        self.assertEqual(self.variadic('void say(const char *f, ...) PRINTF(1, 2);\n', 'void say(const char *f, ...)\n{\n}\n'), [])
        self.assertEqual(self.variadic('static PRINTF(1, 2) void say(const char *f, ...)\n{\n}\n'), [])
        self.assertEqual(self.variadic('#define say(f, ...) \\\n    printf(f, __VA_ARGS__);\n'), [])

    def test_an_rc_cannot_be_ignored(self):
        self.assertEqual(rules_of('server/base/a.h', 'enum rc f(int x, struct err *err);\n'), ['must-use'])
        self.assertEqual(rules_of('server/base/a.h', 'enum rc f(int x,\n          struct err *err) MUST_USE;\n'), [])
        self.assertEqual(rules_of('server/base/a.h', 'typedef enum rc f(int x);\n'), [])


class Rooms(unittest.TestCase):
    HOUSE = rules.House('6 tenants/village/a\n6 tenants/village/b\n6 tenants/village/c\n'
                        'uses tenants/village/a: tenants/village/b\nuses tenants/village/b: tenants/village/c\n')

    def sources(self, *pairs):
        return [Source(f'tenants/village/{a}/{a}.c', f'#include "tenants/village/{b}/{b}.h"\n') for a, b in pairs]

    def test_a_circle_over_three_rooms_is_told(self):
        found = list(rules.check_circles(self.HOUSE, self.sources('ab', 'bc', 'ca')))
        self.assertEqual(len(found), 3)
        self.assertIn('tenants/village/a → tenants/village/b → tenants/village/c → tenants/village/a', [f[3] for f in found])
        self.assertEqual(list(rules.check_circles(self.HOUSE, self.sources('ab', 'bc', 'ac'))), [])

    def test_a_room_uses_what_it_says_and_no_more(self):
        self.assertEqual(list(rules.check_uses(self.HOUSE, self.sources('ab', 'bc'))), [])
        self.assertEqual([f[3] for f in rules.check_uses(self.HOUSE, self.sources('ab'))],
                         ['tenants/village/b does not use tenants/village/c'])
        self.assertEqual(len(list(rules.check_uses(self.HOUSE, self.sources('ab', 'bc', 'ca')))), 1)


class Tables(unittest.TestCase):
    FLOORS = """owns tenants/village/letters: letter
owns tenants/village/residents: resident outbox
owns workers/queue: control.outbox
"""
    KNOWN = {'village.letter', 'village.resident', 'village.outbox', 'control.outbox'}

    def words(self, lines, *statements):
        """What the rule says of (room, schema, sql)."""
        rows = [(f'{room}/a.sql', n, f's{n}', schema, sql) for n, (room, schema, sql) in enumerate(statements)]
        return [f[3] for f in rules.check_tables(rules.House(self.FLOORS + lines), rows, self.KNOWN)]

    def test_only_the_owner_writes(self):
        for verb in ('INSERT INTO letter (id) VALUES (?)', 'UPDATE letter SET id = ?', 'DELETE FROM letter WHERE id = ?',
                     'REPLACE INTO letter (id) VALUES (?)', 'INSERT IGNORE INTO letter (id) SELECT id FROM letter'):
            self.assertEqual(self.words('', ('tenants/village/letters', 'village', verb)), [], verb)
            said = self.words('', ('tenants/village/residents', 'village', verb))
            self.assertEqual(said, ['s0 writes letter of tenants/village/letters: ask a door of its owner (tests/lint/floors.txt)'], verb)

    def test_a_read_of_another_is_declared_and_a_declared_one_is_used(self):
        sql = 'SELECT r.id FROM resident r JOIN letter l ON l.id = r.id'
        self.assertEqual(len(self.words('', ('tenants/village/residents', 'village', sql))), 1)
        self.assertEqual(self.words('reads tenants/village/residents: letter\n', ('tenants/village/residents', 'village', sql)), [])
        self.assertEqual(self.words('reads tenants/village/residents: letter\n'), ['tenants/village/residents does not read letter'])

    def test_a_declared_read_is_no_write(self):
        said = self.words('reads tenants/village/residents: letter\n', ('tenants/village/residents', 'village', 'UPDATE letter SET id = 1'))
        self.assertEqual([w.split(' of ')[0] for w in said], ['s0 writes letter', 'tenants/village/residents does not read letter'])

    def test_an_exception_is_declared_and_goes_when_it_is_no_longer_needed(self):
        line = 'writes tenants/village/residents: letter  # why\n'
        self.assertEqual(self.words(line, ('tenants/village/residents', 'village', 'DELETE FROM letter')), [])
        self.assertEqual(self.words(line), ['tenants/village/residents does not write letter'])

    def test_each_table_has_one_owner_and_each_owner_a_table(self):
        self.assertEqual(self.words('', ('workers/queue', 'village', 'SELECT 1 FROM lettre')), ['s0: no migration makes lettre'])
        self.assertEqual(self.words('owns workers/queue: gone\n'), ['workers/queue owns gone, which no migration makes'])
        self.assertEqual(self.words('owns workers/queue: letter\n'), ['the table letter has two owners'])
        self.KNOWN = self.KNOWN | {'village.stray'}
        self.assertEqual(self.words(''), ['the table stray has no owner'])

    def test_the_schemas_are_apart(self):
        self.assertEqual(self.words('', ('workers/queue', 'control', 'DELETE FROM outbox')), [])
        self.assertEqual(len(self.words('', ('workers/queue', 'village', 'DELETE FROM outbox'))), 1)
        self.assertEqual(self.words('', ('workers/queue', 'control', 'SELECT 1 FROM letter')), ['s0: no migration makes control.letter'])
        self.assertEqual(self.words('reads workers/queue: outbox\n', ('workers/queue', 'village', 'SELECT id FROM outbox')), [])

    def test_tables_are_found_where_sql_hides_them(self):
        self.assertEqual(rules.tables_of('SELECT EXTRACT(YEAR FROM a.x) FROM a, (SELECT id FROM b) t LEFT JOIN (c JOIN d ON 1 = 1) ON EXISTS (SELECT 1 FROM e)'),
                         (set(), {'a', 'b', 'c', 'd', 'e'}))
        self.assertEqual(rules.tables_of('UPDATE a JOIN b x ON x.id = a.id SET a.n = (SELECT n FROM c), x.n = 1'), ({'a', 'b'}, {'c'}))
        self.assertEqual(rules.tables_of('DELETE x FROM a JOIN b x ON x.id = a.id WHERE a.w = "FROM z"'), ({'b'}, {'a'}))
        self.assertEqual(rules.tables_of('WITH t AS (SELECT id FROM a) SELECT id FROM t FOR UPDATE'), (set(), {'a'}))
        self.assertEqual(rules.tables_of('SELECT 1 FROM b JOIN (WITH RECURSIVE t AS (SELECT id FROM a UNION ALL SELECT id FROM t) SELECT id FROM t) x ON 1 = 1'), (set(), {'a', 'b'}))
        self.assertEqual(rules.tables_of('INSERT INTO a (x) SELECT x FROM b ON DUPLICATE KEY UPDATE x = VALUES(x)'), ({'a'}, {'b'}))

    def test_what_is_written_twice_is_alike(self):
        table = lambda n, tail='': 'CREATE TABLE IF NOT EXISTS %s (\n    id INT%s -- why\n) ENGINE=InnoDB;\n' % (n, tail)
        both = [('server/web/a.sql', 1, 'put', schema, 'INSERT INTO audit (id) VALUES (:id)') for schema in ('village', 'control')]
        texts = {'migrations/village/0001_baseline.sql': table('audit') + table('staff'), 'migrations/control/0001_baseline.sql': table('audit').replace(' -- why', '') + table('staff', ' NULL'),
                 'server/web/a.sql': '-- ended: part\nIF(a, b);\n', 'server/web/b.sql': '-- ended: part -- why\nIF(a, b);\n'}
        self.assertEqual(list(rules.check_alike(texts, both)), [])
        texts['migrations/control/0001_baseline.sql'] = table('audit', ' NULL')
        texts['server/web/b.sql'] = '-- ended: part\nIF(a, c);\n'
        self.assertEqual([(f[0], f[2]) for f in rules.check_alike(texts, both)], [('server/web/b.sql', 'alike'), ('migrations/control/0001_baseline.sql', 'alike')])

    def test_migrations_make_tables(self):
        texts = {'migrations/village/0001_a.sql': 'CREATE TABLE IF NOT EXISTS letter (\n', 'migrations/control/0002_b.sql': 'CREATE TABLE unit (\n',
                 'tests/a.sql': 'CREATE TABLE gone (\n'}
        self.assertEqual(rules.tables_made(texts), {'village.letter', 'control.unit'})

    def test_what_is_written_past_an_owner_only_falls(self):
        house = rules.House((pathlib.Path(__file__).parent / 'floors.txt').read_text())
        self.assertEqual(sum(map(len, house.writes.values())), WRITES_LEFT, 'a new one asks the owner; when one is gone, lower WRITES_LEFT')


class Text(unittest.TestCase):
    def test_spdx_and_unfinished_work(self):
        self.assertEqual({f[2] for f in rules.check_file(HOUSE, Source('server/base/a.c', 'int x;\n'))}, {'spdx'})
        self.assertEqual(rules_of('server/base/a.c', '// TO' + 'DO later\n'), ['todo'])

    def test_no_person_in_a_url(self):
        self.assertEqual(rules_of('server/web/a.c', 'const char *p = "/kantor/penduduk/{nik}";\n'), ['url'])
        self.assertEqual(rules_of('server/web/a.c', 'const char *p = "/kantor/penduduk/{id}";\n'), [])


if __name__ == '__main__':
    unittest.main()
