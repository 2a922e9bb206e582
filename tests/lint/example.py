#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the room of "How to add a room" out of the text itself, so that the text cannot be older than the house.

    example.py BUILDDIR    a configured build whose generated headers are there (ninja generated)

The blocks under "`incoming.h`", "`incoming.sql`", "`incoming.html`", "`incoming.c`" are read from CONTRIBUTING.md in their order,
put into a copy of the tree (links, but for the room), made to C by the house's generators and given to the compiler with the flags
of the guest book. The words after `may` in the block of floors.txt become permissions.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOM = 'tenants/village/incoming'
MODEL = 'tenants/village/guestbook/guestbook.c'  # the room whose flags are taken


def blocks(text):
    """The files of the example, by name, and the permissions of its line in floors.txt."""
    part = text[text.index('## How to add a room'):text.index('## How to add to a room')]
    files = {}
    for section in re.split(r'^### ', part, flags=re.M)[1:]:
        title, _, rest = section.partition('\n')
        name = re.search(r'`(incoming\.\w+)`', title)
        if name:
            files[name.group(1)] = ''.join(re.findall(r'^```\w*\n(.*?)^```$', rest, flags=re.M | re.S))
    may = re.search(r'^\d %s feature may ([A-Z_ ]+)$' % ROOM, part, flags=re.M)
    return files, may.group(1).split()


def copy_of(root, tree):
    """Links to all that stands in the tree but for the folders on the way to the room, which are made."""
    at = ''
    for folder in ('', *ROOM.split('/')[:-1]):
        at = os.path.join(at, folder)
        os.makedirs(os.path.join(tree, at), exist_ok=True)
        for name in os.listdir(os.path.join(root, at)):
            if not ROOM.startswith(os.path.join(at, name)) and name not in ('.git', 'var'):
                os.symlink(os.path.join(root, at, name), os.path.join(tree, at, name))
    os.makedirs(os.path.join(tree, ROOM))


def permissions(build, tree, words):
    path = 'gen/server/web/room_permissions.h'
    with open(os.path.join(build, path), encoding='utf-8') as f:
        text = f.read().rstrip('\n')
    os.makedirs(os.path.dirname(os.path.join(tree, path)))
    with open(os.path.join(tree, path), 'w', encoding='utf-8') as f:
        f.write(text + ''.join(' \\\n    X(%s)' % word for word in words) + '\n')


def flags(build):
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as f:
        command = next(c['command'] for c in json.load(f) if c['file'].endswith('/' + MODEL))
    words = shlex.split(command)
    return words[:1] + [w for w in words[1:words.index('-o')] if not w.startswith('-I')]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit('the example of CONTRIBUTING.md does not build:\n' + done.stdout)


def main():
    build = os.path.realpath(sys.argv[1])
    root = os.path.realpath(os.path.join(os.path.dirname(__file__), '../..'))
    with open(os.path.join(root, 'CONTRIBUTING.md'), encoding='utf-8') as f:
        files, words = blocks(f.read())
    missing = [n for n in ('incoming.h', 'incoming.sql', 'incoming.html', 'incoming.c') if not files.get(n)]
    if missing:
        sys.exit('CONTRIBUTING.md has no block under ' + ', '.join(missing))
    with tempfile.TemporaryDirectory() as tree:
        copy_of(root, tree)
        for name, text in files.items():
            with open(os.path.join(tree, ROOM, name), 'w', encoding='utf-8') as f:
                f.write(text)
        permissions(build, tree, words)
        gen = os.path.join(tree, 'gen')
        run(sys.executable, os.path.join(root, 'server/store/sqlgen.py'), '--root', tree, '--out', gen, ROOM + '/incoming.sql')
        run(sys.executable, os.path.join(root, 'server/html/htmlc.py'), '--root', tree, '--out', gen, ROOM + '/incoming.html')
        units = [ROOM + '/incoming.c', 'gen/' + ROOM + '/incoming_sql.c', 'gen/' + ROOM + '/incoming_view.c']
        for unit in units:
            run(*flags(build), '-I' + tree, '-I' + gen, '-I' + os.path.join(build, 'gen'), '-fsyntax-only', os.path.join(tree, unit))
        table = re.search(r'CREATE TABLE IF NOT EXISTS (\w+)', open(os.path.join(root, 'CONTRIBUTING.md'), encoding='utf-8').read())
        lines = sum(text.count('\n') for text in files.values())
    print('the example room of CONTRIBUTING.md (%s): %d files, %d lines, builds' % (table.group(1), len(files), lines))


if __name__ == '__main__':
    main()
