#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The room that CONTRIBUTING.md shows ("How to add a room") compiles as it stands there, and is as small as promised."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../..")
BUILD = os.path.abspath(sys.argv.pop(1))
ROOM = "tenants/village/incoming"
SECTIONS = (("### 3.", "c", "incoming.h"), ("### 4.", "sql", "incoming.sql"), ("### 5.", "html", "incoming.html"), ("### 6.", "c", "incoming.c"))


def blocks():
    """File → what the text shows of it."""
    with open(os.path.join(SOURCE, "CONTRIBUTING.md"), encoding="utf-8") as file:
        text = file.read().split("## How to add a room\n")[1].split("## How to add a letter type\n")[0]
    return {name: re.search(r"```%s\n(.*?)```" % language, text.split(section)[1], re.S).group(1) for section, language, name in SECTIONS}


class Example(unittest.TestCase):
    maxDiff = None

    def test_it_compiles(self):
        with tempfile.TemporaryDirectory() as root:
            def run(*command):
                done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
            os.makedirs(os.path.join(root, ROOM))
            for name, text in blocks().items():
                with open(os.path.join(root, ROOM, name), "w", encoding="utf-8") as out:
                    out.write(text)
            os.makedirs(os.path.join(root, "server"))
            os.symlink(os.path.join(SOURCE, "server/html"), os.path.join(root, "server/html"))
            for generator, name in (("store/sqlgen.py", "incoming.sql"), ("html/htmlc.py", "incoming.html")):
                run(sys.executable, os.path.join(SOURCE, "server", generator), "--root", root, "--out", root + "/gen", ROOM + "/" + name)
            # The line of floors.txt makes the two permissions.
            for name in (ROOM + "/incoming.c", "gen/%s/incoming_sql.c" % ROOM, "gen/%s/incoming_view.c" % ROOM):
                run("cc", "-std=gnu11", "-D_GNU_SOURCE", "-DMAY_READ_INCOMING=MAY_BE_STAFF", "-DMAY_EDIT_INCOMING=MAY_BE_STAFF", "-Wall", "-Wextra",
                    "-Werror", "-fsyntax-only", "-I.", "-Igen", "-I" + SOURCE, "-I" + os.path.join(BUILD, "gen"), name)

    def test_it_is_small(self):
        self.assertLessEqual(sum(text.count("\n") for text in blocks().values()), 300)


if __name__ == "__main__":
    unittest.main()
