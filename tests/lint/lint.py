#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lint of the house: floors, tables and their owners, SQL in C, heap in features, banned functions, format attributes, paths of one machine, what nobody uses.

`lint.py` judges the tracked tree and prints path:line: rule: words; exit 1 when there is any.
"""

import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import dead  # noqa: E402
import rules  # noqa: E402
from csource import Source  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'server/store'))
import sqlgen  # noqa: E402
# Folders that many machines have say nothing about one of them.
COMMON = {'/', '/tmp', '/home', '/root', '/srv', '/opt', '/usr', '/var', '/var/tmp', '/mnt', '/build'}


def tracked():
    out = subprocess.run(['git', '-C', str(ROOT), 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                         capture_output=True, check=False)
    if out.returncode == 0:
        names = [n for n in out.stdout.decode().split('\0') if n]
    else:  # an unpacked archive
        names = [str(p.relative_to(ROOT)) for p in ROOT.rglob('*')
                 if p.is_file() and not re.search(r'(^|/)(build[^/]*|var|node_modules|\.git)/', str(p.relative_to(ROOT)))]
    return sorted(n for n in names if (ROOT / n).is_file())


def check_machine(names):
    """Nothing tracked names the place this copy happens to lie in, nor a registry host in a lock file."""
    place = str(ROOT.parent)
    for name in names:
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue
        if place not in COMMON and f'{place}/' in text:
            line = text[:text.index(f'{place}/')].count('\n') + 1
            yield name, line, 'machine', 'a path of this machine'
        if name.endswith('package-lock.json'):
            for key, package in json.loads(text).get('packages', {}).items():
                if str(package.get('resolved', '')).startswith(('http:', 'https:')):
                    yield name, 1, 'machine', f'{key}: a registry host in "resolved"'


def texts_of(names):
    """{path: text} of what is text."""
    for name in names:
        try:
            yield name, (ROOT / name).read_text()
        except UnicodeDecodeError:
            pass


def statements_of(texts):
    """(path, line, name, schema, sql) of every statement that sqlgen makes a function of."""
    for path, text in texts.items():
        if re.match(r'(server|tenants|workers)/.*\.sql$', path):
            file = sqlgen.File(path, text)
            for schema in sqlgen.SCHEMAS[file.schema]:
                for statement in file.statements:
                    yield path, statement.line, statement.name, schema, statement.text


def main():
    house = rules.House((ROOT / 'tests/lint/floors.txt').read_text())
    names = tracked()
    sources = [Source(n, (ROOT / n).read_text()) for n in names
               if re.match(r'(server|tenants|workers)/.*\.[ch]$', n)]
    found = []
    for source in sources:
        found += rules.check_file(house, source)
    found += rules.check_uses(house, sources)
    found += rules.check_circles(house, sources)
    found += rules.check_names(sources)
    by_path = {s.path: s for s in sources}
    found += [f for f in rules.check_variadic(sources) if not by_path[f[0]].excused(f[1], f[2])]
    found += check_machine(names)
    texts = dict(texts_of(names))
    statements = list(statements_of(texts))
    found += rules.check_tables(house, statements, rules.tables_made(texts))
    found += rules.check_alike(texts, statements)
    for name, text in texts.items():
        if re.match(r'(server|tenants)/.*\.(html|ts|json)$', name):
            for number, line in enumerate(text.splitlines(), 1):
                found += rules.check_words(name, number, line)
    found += dead.check_classes(texts)
    found += dead.check_views(texts)
    found += dead.check_functions(texts)
    found += dead.check_said(texts)
    found += dead.check_folders(house.floors, names, texts['README.md'])
    found += dead.check_rows(texts)
    for path, line, rule, words in sorted(set(found)):
        print(f'{path}:{line}: {rule}: {words}')
    print(f'lint: {len(sources)} C files, {len(found)} finding{"s" if len(found) != 1 else ""}')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
