#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""clang-tidy over every C file that is compiled, on all cores; the checks stand in .clang-tidy.

    tidy.py BUILDDIR    a configured build whose generated headers are there (ninja generated)
"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

FILES_A_CALL = 8


def sources(build, root):
    """What a person wrote: not what stands in the build directory."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as commands:
        files = {os.path.realpath(os.path.join(c["directory"], c["file"])) for c in json.load(commands)}
    return sorted(f for f in files if f.endswith(".c") and f.startswith(root + os.sep) and not f.startswith(build + os.sep))


def tidy(build, files):
    return subprocess.run(["clang-tidy", "-p", build, "--quiet", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)


def main():
    build = os.path.realpath(sys.argv[1])
    files = sources(build, os.path.realpath(os.path.join(os.path.dirname(__file__), "../..")))
    if not files:
        sys.exit("%s names no file of this tree" % build)
    parts = [files[i:i + FILES_A_CALL] for i in range(0, len(files), FILES_A_CALL)]
    failed = False
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in pool.map(lambda part: tidy(build, part), parts):
            if done.returncode != 0 or done.stdout.strip():
                failed = True
                print(done.stdout.strip() or done.stderr)
    if failed:
        sys.exit(1)
    print("clang-tidy: %d files, 0 findings" % len(files))


if __name__ == "__main__":
    main()
