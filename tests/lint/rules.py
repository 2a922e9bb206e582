# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules a machine can judge without annoyance. Each yields (path, line, rule, words)."""

import re

# Library headers and the only rooms that may name them (main: the three main.c).
LIBRARIES = [
    (r'(mysql|mariadb)(/.*)?\.h|mysql/.*|mariadb/.*|errmsg\.h|mysqld_error\.h', {'server/store'}),
    (r'hiredis(/.*)?(\.h)?|hiredis/.*', {'server/store'}),
    (r'h2o(/.*)?\.h|h2o/.*', {'server/edge'}),
    (r'uv(/.*)?\.h|uv/.*', {'server/loop', 'server/edge', 'main'}),
    (r'(pango|cairo|fontconfig|ft2build)[^/]*(/.*)?|qrencode\.h', {'server/paper'}),
    (r'(zip|expat|xlsxwriter)\.h|libxml/.*', {'server/sheet'}),
    (r'gd\.h', {'server/image'}),
    (r'openssl/.*', {'server/base', 'server/paper'}),
    (r'zlib\.h', {'server/web'}),
    (r'jansson\.h', {'server/base', 'server/paper', 'tenants/village/letters'}),
    (r'sodium\.h', {'server/base', 'server/web', 'tenants/village/letters'}),
    (r'curl/.*', {'server/outbound'}),
]

BANNED = {
    'strcpy': 'str_* functions', 'strcat': 'str_* functions', 'stpcpy': 'str_* functions',
    'strncpy': 'str_* functions', 'strncat': 'str_* functions', 'sprintf': 'arena or bounded formats',
    'vsprintf': 'arena or bounded formats', 'gets': 'nothing', 'strtok': 'str_* functions',
    'system': 'a library', 'popen': 'a library', 'atoi': 'a checked parser', 'atol': 'a checked parser',
    'atoll': 'a checked parser', 'atof': 'a checked parser', 'alloca': 'the arena', 'sscanf': 'a checked parser',
    'scanf': 'a checked parser', 'fscanf': 'a checked parser', 'rand': 'server/base/random.h',
    'srand': 'server/base/random.h', 'tmpnam': 'mkstemp', 'mktemp': 'mkstemp', 'localtime': 'server/base/clock.h',
    'gmtime': 'gmtime_r', 'ctime': 'server/base/clock.h', 'asctime': 'server/base/clock.h',
    'gethostbyname': 'getaddrinfo',
}
HEAP = ['malloc', 'calloc', 'realloc', 'reallocarray', 'free', 'strdup', 'strndup', 'asprintf', 'vasprintf']
EXITS = ['exit', '_exit', 'quick_exit']

SQL = re.compile(
    r'\bselect\b.+\bfrom\b\s*[\w`?]|\binsert\s+(ignore\s+)?into\b|\bupdate\s+[\w`.?]+\s+set\b|\bdelete\s+from\b'
    r'|\breplace\s+into\b|\b(create|drop|alter)\s+(table|database|schema|user|trigger|index|view)\b'
    r'|\bgrant\s+\w+.*\bon\b|\brevoke\s+\w+.*\bon\b|\btruncate\s+table\b|\bon\s+duplicate\s+key\b',
    re.I | re.S,
)


class House:
    """floors.txt: which room a file is in and how high it stands."""

    def __init__(self, text):
        self.floors = {}
        self.doors = set()  # beside ROOM/room.h
        self.uses = {}  # room: the rooms of its own floor whose doors it may include
        self.owner = {}  # schema.table: the one room that writes it
        self.twice = []
        self.reads = {}  # room: the tables of others that it reads
        self.writes = {}  # room: the tables of others that it still writes
        for line in text.splitlines():
            match = re.match(r'(\d) (\S+)', line)
            if match:
                self.floors[match.group(2)] = int(match.group(1))
            elif line.startswith('door '):
                self.doors.add(line.split()[1])
            elif line.startswith('uses '):
                room, others = line[5:].split(':')
                self.uses[room.strip()] = set(others.split())
            elif line.startswith(('owns ', 'reads ', 'writes ')):
                verb, room, names = re.match(r'(\w+) (\S+):([^#]*)', line).groups()
                tables = {t if '.' in t else f'village.{t}' for t in names.split()}
                if verb == 'owns':
                    self.twice += sorted(tables & set(self.owner))
                    self.owner.update((table, room) for table in tables)
                else:
                    getattr(self, verb).setdefault(room, set()).update(tables)

    def room(self, path):
        folder = path.rsplit('/', 1)[0]
        return folder if folder in self.floors else None

    def is_main(self, path):
        return path in ('server/main.c', 'workers/main.c', 'tenants/control/main.c')

    def floor(self, path):
        return 8 if self.is_main(path) else self.floors[self.room(path)]


def is_private(header):
    """Generated and inner headers never leave their room."""
    name = header.rsplit('/', 1)[-1]
    return bool(re.search(r'_(sql|view|parts|handles|rules|pages|routes)\.h$', name))


def check_rooms(house, source):
    if not house.is_main(source.path) and house.room(source.path) is None:
        yield source.path, 1, 'floors', 'this folder is no room of tests/lint/floors.txt'


def check_floors(house, source):
    room, floor = house.room(source.path), house.floor(source.path)
    for line, header, is_own in source.includes():
        if not is_own:
            continue
        other = house.room(header)
        if other is None:
            if not header.startswith('tests/'):
                yield source.path, line, 'floors', f'"{header}" is not in a room: include by the path from the top'
            continue
        if other == room and not (house.is_main(source.path) and is_private(header)):
            continue
        other_floor = house.floors[other]
        if header.endswith('/store_handles.h') and room == 'tenants/directory':
            continue
        if is_private(header) and header not in house.doors:
            yield source.path, line, 'floors', f'"{header}" is private to {other}'
        elif room == 'tenants/regency' and (other.startswith('tenants/village/') or header == 'server/web/village.h'):
            yield source.path, line, 'floors', 'the regency console reads published rollups, never a village'
        elif other_floor > floor:
            yield source.path, line, 'floors', f'"{header}" is on floor {other_floor}, this file on floor {floor}'
        elif other_floor == floor:
            door = f'{other}/{other.rsplit("/", 1)[-1]}.h'
            if floor != 6 or (header != door and header not in house.doors):
                yield source.path, line, 'floors', f'"{header}" lies sideways (floor {floor}); only doors on floor 6 may be used so'


def room_graph(house, sources):
    """{room: {other room: (path, line)}}: who includes a door of whom on the same floor; one place each."""
    graph = {}
    for source in sources:
        room = house.room(source.path)
        if house.is_main(source.path) or room is None:
            continue
        for line, header, is_own in source.includes():
            other = house.room(header) if is_own else None
            if other and other != room and house.floors[other] == house.floors[room]:
                graph.setdefault(room, {}).setdefault(other, (source.path, line))
    return graph


def check_uses(house, sources):
    """floors.txt says which rooms of its floor a room uses: no other, and none that it does not."""
    graph = room_graph(house, sources)
    for room, others in sorted(graph.items()):
        for other, (path, line) in sorted(others.items()):
            if other not in house.uses.get(room, set()):
                yield path, line, 'uses', f'{room} uses {other}: say so in tests/lint/floors.txt, or ask a room below'
    for room, others in sorted(house.uses.items()):
        for other in sorted(others - set(graph.get(room, {}))):
            yield 'tests/lint/floors.txt', 1, 'uses', f'{room} does not use {other}'


def check_circles(house, sources):
    """A room that reaches itself over the doors of others: the fact they share stands on the wrong side."""
    graph = room_graph(house, sources)

    def way_back(room, goal, seen):
        for other in sorted(graph.get(room, {})):
            if other == goal:
                return [other]
            if other not in seen:
                seen.add(other)
                rest = way_back(other, goal, seen)
                if rest:
                    return [other] + rest
        return []

    for room in sorted(graph):
        for other, (path, line) in sorted(graph[room].items()):
            way = way_back(other, room, {other})
            if way:
                yield path, line, 'circle', ' → '.join([room, other] + way)


# ---- tables ----

TOKEN = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|[A-Za-z_][\w.]*|[(),;=]")
CLAUSE_ENDS = {'WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'SET', 'UNION', 'FOR', 'VALUES', 'SELECT', 'RETURNING', 'WINDOW', 'DUPLICATE'}
BEFORE_TABLE = {'FROM', 'JOIN', 'STRAIGHT_JOIN', 'INTO', 'UPDATE'}
PASSED = {'IGNORE', 'LOW_PRIORITY', 'QUICK', 'LATERAL', 'ONLY'}


def tables_of(sql):
    """(written, read): the tables a statement names. What stands behind FROM, JOIN, INTO, UPDATE, and commas between them."""
    tokens = TOKEN.findall(sql)
    verb = tokens[0].upper()
    is_with = any(t.upper() == 'WITH' for t in tokens)
    made = {t for t, a, p in zip(tokens, tokens[1:], tokens[2:]) if is_with and a.upper() == 'AS' and p == '('}
    written, read, alias, targets = set(), set(), {}, []
    in_from, is_query, expects, is_set = [False], [True], False, False  # the first two: one a depth of parentheses
    for i, token in enumerate(tokens):
        word = token.upper()
        following = tokens[i + 1].upper() if i + 1 < len(tokens) else ''
        if token == '(':
            is_query.append(expects or following in ('SELECT', 'WITH'))
            expects = expects and following not in ('SELECT', 'WITH')
            in_from.append(expects)
        elif token == ')':
            in_from.pop()
            is_query.pop()
        elif word in BEFORE_TABLE and is_query[-1] and not (word == 'UPDATE' and i > 0):  # a FROM within a function names no table
            expects, in_from[-1] = True, word != 'INTO'
        elif word == 'DELETE' or word in PASSED and expects:
            pass
        elif token == ',' and in_from[-1]:
            expects = True
        elif expects and re.match(r'[A-Za-z_`]', token):
            expects = False
            if following == '(' and tokens[i - 1].upper() != 'INTO':
                continue  # JSON_TABLE(…), seq(…)
            name = token.replace('`', '')
            is_first = not alias
            other = tokens[i + 2] if following == 'AS' and i + 2 < len(tokens) else tokens[i + 1] if i + 1 < len(tokens) else ''
            alias[name] = name
            if re.match(r'[A-Za-z_]\w*\Z', other) and other.upper() not in CLAUSE_ENDS | BEFORE_TABLE:
                alias[other] = name
            if is_first and verb in ('INSERT', 'REPLACE', 'UPDATE'):
                written.add(name)
            else:
                read.add(name)
        elif word in CLAUSE_ENDS:
            in_from[-1] = False
            is_set = is_set or word == 'SET'
        elif is_set and len(in_from) == 1 and following == '=' and tokens[i - 1].upper() in ('SET', ','):
            targets.append(token)
    if verb == 'UPDATE':  # a joined table whose column is set is written, too
        written |= {alias[t.split('.')[0]] for t in targets if t.split('.')[0] in alias and '.' in t}
    if verb == 'DELETE':  # DELETE FROM a …, DELETE x, y FROM a x JOIN …
        stop = next(i for i, t in enumerate(tokens) if t.upper() == 'FROM')
        named = [t for t in tokens[1:stop] if t != ',' and t.upper() not in PASSED]
        written |= {alias[t] for t in named if t in alias} if named else {next(iter(alias))}
    return written, read - written - made


def tables_made(texts):
    """{schema.table} of the migrations."""
    found = set()
    for path, text in texts.items():
        match = re.match(r'migrations/(\w+)/\d+_\w+\.sql\Z', path)
        if match:
            found |= {f'{match.group(1)}.{t}' for t in re.findall(r'^\s*CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)', text, re.M)}
    return found


OTHER_ON_PURPOSE = {'session'}  # of staff here, of a console's account there


def check_alike(texts, statements):
    """What is written twice is written alike: tables that statements of both schemas share, and parts of one name in two rooms' SQL."""
    schemas, tables, parts, made = {}, {}, {}, {}
    for path, line, name, schema, sql in statements:
        schemas.setdefault((path, name), set()).add(schema)
        for table in set.union(*tables_of(sql)):
            tables.setdefault(table, set()).add((path, name))
    for path, text in texts.items():
        match = re.match(r'migrations/(\w+)/0001_baseline\.sql\Z', path)
        for name, body in re.findall(r'^CREATE TABLE IF NOT EXISTS (\w+) (\(.*?);', re.sub(r'\s*--.*', '', text), re.M | re.S) if match else []:
            made.setdefault(name, {})[match.group(1)] = ' '.join(body.split())
        for name, body in re.findall(r'^-- (\w+): part\b.*\n([^;]*);', text, re.M) if re.match(r'(server|tenants|workers)/.*\.sql$', path) else []:
            first = parts.setdefault(name, (path, body))
            if first[1] != body:
                yield path, 1, 'alike', f'the part {name} of {first[0]} reads otherwise: one of them gets another name'
    for name, used in sorted(tables.items()):
        is_shared = name not in OTHER_ON_PURPOSE and any(len(schemas[by]) > 1 for by in used)
        if is_shared and len({made.get(name, {}).get(schema) for schema in ('village', 'control')}) > 1:
            yield 'migrations/control/0001_baseline.sql', 1, 'alike', f'the table {name} is another one in migrations/village, and statements of both schemas use it'


def shown(table):
    """As floors.txt writes it: a village's tables without their schema."""
    return table.removeprefix('village.')


def check_tables(house, statements, known):
    """Who writes a table owns it; who reads another's says so. `statements`: (path, line, name, schema, sql); `known`: tables_made()."""
    reads, writes = {}, {}
    for path, line, name, schema, sql in statements:
        room = path.rsplit('/', 1)[0]
        written, read = ({t if '.' in t else f'{schema}.{t}' for t in some} for some in tables_of(sql))
        for table in sorted(t for t in written | read if t not in known and not t.startswith('information_schema.')):
            yield path, line, 'tables', f'{name}: no migration makes {shown(table)}'
        for verb, tables, said, used, remedy in (
            ('writes', written, house.writes, writes, 'ask a door of its owner (tests/lint/floors.txt)'),
            ('reads', read, house.reads, reads, f'say so in the "reads" line of {room} in tests/lint/floors.txt'),
        ):
            for table in sorted(tables & known):
                if house.owner.get(table) == room:
                    continue
                used.setdefault(room, set()).add(table)
                if table not in said.get(room, set()):
                    owner = house.owner.get(table, 'nobody')
                    yield path, line, 'tables', f'{name} {verb} {shown(table)} of {owner}: {remedy}'
    for verb, said, used in (('read', house.reads, reads), ('write', house.writes, writes)):
        for room, tables in sorted(said.items()):
            for table in sorted(tables - used.get(room, set())):
                yield 'tests/lint/floors.txt', 1, 'tables', f'{room} does not {verb} {shown(table)}'
    for table in sorted(known - set(house.owner)):
        yield 'tests/lint/floors.txt', 1, 'tables', f'the table {shown(table)} has no owner'
    for table in sorted(set(house.owner) - known):
        yield 'tests/lint/floors.txt', 1, 'tables', f'{house.owner[table]} owns {shown(table)}, which no migration makes'
    for table in house.twice:
        yield 'tests/lint/floors.txt', 1, 'tables', f'the table {shown(table)} has two owners'


def check_libraries(house, source):
    room = 'main' if house.is_main(source.path) else house.room(source.path)
    for line, header, is_own in source.includes():
        if is_own and house.room(header):
            continue
        for pattern, rooms in LIBRARIES:
            if re.fullmatch(pattern, header) and room not in rooms:
                yield source.path, line, 'library', f'<{header}> only in {", ".join(sorted(rooms))}'


def calls(source, name):
    for match in re.finditer(rf'(?<![\w.>]){name}\s*\(', source.code):
        yield source.line_of(match.start())


def check_banned(house, source):
    for name, instead in BANNED.items():
        for line in calls(source, name):
            yield source.path, line, 'banned', f'{name}(): use {instead}'
    if not house.is_main(source.path):
        for name in EXITS:
            for line in calls(source, name):
                yield source.path, line, 'exit', f'{name}(): nothing below main exits'


def check_heap(house, source):
    if house.floor(source.path) < 3 or house.is_main(source.path):
        return
    for name in HEAP:
        for line in calls(source, name):
            yield source.path, line, 'heap', f'{name}() above floor 2: the arena owns memory'


def check_sql(house, source):
    room = house.room(source.path)
    if room == 'server/store':
        return
    is_admin = room == 'tenants/control' and any(h == 'server/store/admin.h' for _, h, _ in includes_of(source))
    for line, text in source.strings:
        if not SQL.search(text):
            continue
        if not is_admin:
            yield source.path, line, 'sql', f'SQL belongs in a .sql file: "{text[:50]}"'
        elif re.search(r'%[-+ #0]*\*?\d*(\.\*?\d*)?(hh|h|ll|l|z|j|t)?[diouxXeEfgGcsp]', text):
            yield source.path, line, 'sql', f'SQL is never formatted: "{text[:50]}"'


def includes_of(source):
    yield from source.includes()
    # A door that brings admin.h along counts (tenants/control/migrate.h does).
    for _, header, is_own in source.includes():
        if is_own and header.startswith('tenants/control/'):
            yield 0, 'server/store/admin.h', True


VARIADIC = re.compile(r'\b(\w+)\s*\(([^;{}()]|\([^;{}()]*\))*,\s*\.\.\.\s*\)([^;{}]*)[;{]')


def check_variadic(sources):
    """Every variadic function carries PRINTF on a declaration."""
    checked, found = set(), []
    for source in sources:
        code = re.sub(r'^[ \t]*#.*(?:\\\n.*)*$', lambda m: blank_lines(m.group(0)), source.code, flags=re.M)
        for match in VARIADIC.finditer(code):
            name = match.group(1)
            before = code[:match.start()].rstrip().rsplit(';', 1)[-1].rsplit('}', 1)[-1]
            if 'PRINTF' in match.group(3) or 'PRINTF' in before or 'format(' in match.group(3):
                checked.add(name)
            else:
                found.append((source.path, source.line_of(match.start()), name))
    for path, line, name in found:
        if name not in checked:
            yield path, line, 'printf', f'{name}() is variadic without PRINTF(n, m)'


DEFINED = re.compile(r'^(?!static\b|typedef\b|extern\b)[A-Za-z_][\w \*]*?\b(\w+)\([^;{}]*\)\s*\n\{', re.M)


def check_names(sources):
    """A public function has one definition: between shared rooms a second one silently takes the place of the first, and a release does not link."""
    first = {}
    for source in sources:
        for match in DEFINED.finditer(source.code):
            name, line = match.group(1), source.line_of(match.start(1))
            if name == 'main' or first.get(name) == source.path:  # one file may have one per processor
                continue
            if name in first:
                yield source.path, line, 'names', f'{name} is also defined in {first[name]}'
            first.setdefault(name, source.path)


def blank_lines(text):
    return re.sub(r'[^\n]', ' ', text)


def check_must_use(source):
    if not source.path.endswith('.h'):
        return
    for match in re.finditer(r'^(?:extern\s+)?enum\s+rc\s+(\w+)\s*\([^;{}]*\)([^;{}()]*(?:\([^()]*\))?[^;{}]*);', source.code, re.M):
        if 'MUST_USE' not in match.group(0):
            yield source.path, source.line_of(match.start()), 'must-use', f'{match.group(1)}() returns an rc without MUST_USE'


def check_text(path, text):
    """Rules of any C file's text."""
    first = text.split('\n', 1)[0]
    if first != '// SPDX-License-Identifier: AGPL-3.0-or-later':
        yield path, 1, 'spdx', 'the first line is the SPDX line'
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r'\b(TODO|FIXME|XXX)\b', line):
            yield path, number, 'todo', 'unfinished work has no place here'


# Settled words: one thing has one name for people.
WORDS = [
    (r'\bNama pengguna\b', 'Nama akun'), (r'\b[Ss]egarkan\b', 'Muat ulang'), (r'\b[Pp]ekerjaan mesin\b', 'antrean kerja'),
    (r'\bkembali tercatat hidup\b', 'kembali tercatat sebagai warga desa'), (r'\b[Kk]ategori umur\b|\b[Rr]entang umur\b', 'kelompok umur'),
    (r'\bJalur\b', 'Datang dari'), (r'\bRW -', 'nothing: left out of the address'), (r'\bTautan kepala desa Desa\b', 'Tautan untuk Kepala Desa'),
    (r'\b[Gg]agal\b', 'what to do'), (r'\b[Ii]nvalid\b(?=[^_]*\bisian\b)', 'what is wrong'), (r'\b[Mm]asukkan\b', 'Isi'),
    (r'\b[Ii]nput (nama|data|NIK)\b', 'isi'), (r'\bkode dari balaictl\b', 'kode pemasangan'),
]


def check_words(path, line, text):
    """Of texts that people read: strings of C, and views."""
    for pattern, better in WORDS:
        if re.search(pattern, text):
            yield path, line, 'words', f'"{re.search(pattern, text).group(0)}": people read {better}'


def check_routes(source):
    """NIK and names never stand in a URL."""
    for line, text in source.strings:
        if re.match(r'/[\w/{}-]*\{(nik|nama|name|kk|no_kk)\}', text):
            yield source.path, line, 'url', f'a person in a URL: {text}'


def check_file(house, source):
    found = list(check_rooms(house, source))
    if not found:
        for check in (check_floors, check_libraries, check_banned, check_heap, check_sql):
            found += check(house, source)
        found += check_must_use(source)
        found += check_text(source.path, source.text)
        found += check_routes(source)
        if source.path.startswith(('server/', 'tenants/', 'workers/')):
            found += [f for line, text in source.strings for f in check_words(source.path, line, text)]
    return [f for f in found if not source.excused(f[1], f[2])]
