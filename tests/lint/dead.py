# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands in the tree and nobody uses: classes of the style sheets, views, rooms of floors.txt without a folder."""

import re

SHEET = re.compile(r'server/html/assets/sass/.*\.scss$')
# Where a class may be written: views and their generator, handlers, scripts.
WRITERS = re.compile(r'(server|tenants|workers)/.*\.(html|c|h|ts|py|mjs)$')
CLASS = re.compile(r'\.(-?[a-zA-Z_][\w-]*)')
FOREIGN = re.compile(r'ProseMirror-|selectedCell$')  # a library writes them
VIEW = re.compile(r'\{\{!(?:view|form) (\w+)')


def bare(scss):
    """Without comments; line numbers stay."""
    scss = re.sub(r'/\*.*?\*/', lambda m: '\n' * m.group().count('\n'), scss, flags=re.S)
    return re.sub(r'(?m)//.*$', '', scss)


def classes_of(scss):
    """[(line, class)] of the selectors: what stands before a {."""
    text = bare(scss)
    for match in re.finditer(r'[^{};]+(?=\{)', text):
        head = match.group()
        if head.strip().startswith('@'):
            continue
        for found in CLASS.finditer(head):
            yield text[:match.start() + found.start()].count('\n') + 1, found.group(1)


def check_classes(texts):
    """texts: {path: text} of the tree. "w-{{width}}" in a view uses every w-TAIL whose tail stands somewhere as a text of its own."""
    written = '\n'.join(t for p, t in texts.items() if WRITERS.match(p))
    words = set(re.findall(r'-?[a-zA-Z_][\w-]*', written))
    quoted = set(re.findall(r'["\']([\w-]+)["\']', written))
    begun = set(re.findall(r'([\w-]+-)\{\{', written))

    def is_used(name):
        return FOREIGN.match(name) or name in words or any(name.startswith(b) and name[len(b):] in quoted for b in begun)

    for path, text in texts.items():
        if SHEET.match(path):
            for line, name in classes_of(text):
                if not is_used(name):
                    yield path, line, 'dead', f'no view, script or handler has the class {name}'


def check_views(texts):
    """A view that no other view includes and no handler writes."""
    whole = '\n'.join(t for p, t in texts.items() if WRITERS.match(p) or p.startswith('tests/unit/'))
    used = set(re.findall(r'\bview_(\w+)\b', whole)) | set(re.findall(r'\{\{> ?(\w+)', whole))
    for path, text in texts.items():
        if WRITERS.match(path) and path.endswith('.html'):
            for found in VIEW.finditer(text):
                if found.group(1) not in used:
                    yield path, text[:found.start()].count('\n') + 1, 'dead', f'nobody shows the view {found.group(1)}'


def check_folders(floors, names, readme):
    """Each room of floors.txt has a folder, and a row in README's table of the house, its own or its parent's (`tenants/village/*`)."""
    folders = {n.rsplit('/', 1)[0] for n in names if '/' in n}
    for room in floors:
        if not any(f == room or f.startswith(f'{room}/') for f in folders):
            yield 'tests/lint/floors.txt', 1, 'rooms', f'{room} has no folder'
        parent = room.rpartition('/')[0]
        if f'`{room}`' not in readme and f'`{parent}/*`' not in readme:
            yield 'README.md', 1, 'rooms', f'the table of rooms has no row for {room}'


DOOR = re.compile(r'(server|tenants|workers)/.*\.h$')
PROTOTYPE = re.compile(r'^(?!typedef|#|static|\s|extern "C")[a-z][\w \t*]*?\b([a-z]\w*)\((?=[^;{]*;)', re.M)
# Called by tests alone, which see through them what nobody else needs to see, or make what a room would.
PROBES = {
    'asset_at': 'every asset of the build',
    'code_list_word': 'the lists as the migration seeds them',
    'html_rich': 'what a {{rich}} field shows; no room has one yet',
    'loop_fibers': 'that none is left',
    'migration_version': 'the number that a village must have',
    'page_memory_bytes': 'that it stays within its bounds',
    'paper_check': 'each letter type, and the fuzzer',
    'web_add_routes': 'routes of their own',
}
# Called by what htmlc makes, under a name put together there.
GENERATED = {'form_both', 'form_diff'}


def without_comments(c):
    """Of C; line numbers stay."""
    return re.sub(r'/\*.*?\*/', lambda m: '\n' * m.group().count('\n'), re.sub(r'(?m)(?<!:)//.*$', '', c), flags=re.S)


def check_rows(texts):
    """Each kind of row of a table of routes stands in the table of server/web/README.md."""
    for path, text in texts.items():
        for found in re.finditer(r'^#define (ROUTE\w*|(?:CONSOLE_)?ACT\w*|\w+_ROUTES?)\(', text, re.M) if DOOR.match(path) else []:
            if not found.group(1).endswith('_') and f'`{found.group(1)}' not in texts['server/web/README.md']:
                yield 'server/web/README.md', 1, 'folders', f'the table of rows does not name {found.group(1)} of {path}'


def check_functions(texts):
    """A function of a header that nothing calls outside of tests: not the handlers, not a generator's output, not another door's macro."""
    code = {p: without_comments(t) if p.endswith(('.c', '.h')) else t for p, t in texts.items() if WRITERS.match(p) or p == 'CMakeLists.txt'}
    uses = {}
    for path, text in code.items():
        if path.endswith('.c'):  # a definition begins its line and is no use
            text = re.sub(r'(?m)^[a-z][\w \t*]*?\b[a-z]\w*\((?=[^;{]*\{)', '', text)
        elif path.endswith('.h'):
            text = PROTOTYPE.sub('', text)
        for word in set(re.findall(r'\b[a-z]\w*', text)):
            uses[word] = True
    for path, text in code.items():
        if DOOR.match(path):
            for found in PROTOTYPE.finditer(text):
                if found.group(1) not in uses and found.group(1) not in PROBES and found.group(1) not in GENERATED:
                    yield path, text[:found.start()].count('\n') + 1, 'dead', f'nobody calls {found.group(1)} but perhaps a test'


SAID = re.compile(r'said_word (changes|looks)\[\] = \{(.*?)\{0\}\}', re.S)
# Words as they are written: kinds of changes, and looks at people.
CHANGED = re.compile(r'\b(?:resident_act_of|resident_told)\([^;]*;|\bstruct change \w+ = \{.*?\};', re.S)
LOOKED = re.compile(r'\bresident_look(?:_on)?\([^;"]*"([a-z_]+)"')
KIND = re.compile(r'\.kind = ([^,}]*)')
WORD = re.compile(r'STR\("([a-z_]+)"\)')


def check_said(texts):
    """A word that goes into a history or the log of looks stands in some room's `.changes` or `.looks`: people do not read "card_out"."""
    code = {p: t for p, t in texts.items() if WRITERS.match(p) and p.endswith('.c')}
    said = {'changes': set(), 'looks': set()}
    for text in code.values():
        for found in SAID.finditer(text):
            said[found.group(1)] |= set(re.findall(r'\{"(\w+)",', found.group(2)))
    for path, text in code.items():
        for found in CHANGED.finditer(text):
            part = found.group()
            for word in WORD.findall(' '.join(KIND.findall(part)) if part.startswith('struct') else part):
                if word not in said['changes']:
                    yield path, text[:found.start()].count('\n') + 1, 'dead', f'no room says what the change "{word}" is called'
        for found in LOOKED.finditer(text):
            if found.group(1) not in said['looks']:
                yield path, text[:found.start()].count('\n') + 1, 'dead', f'no room says what the look "{found.group(1)}" is called'
