#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Copies TrueType fonts without their hints: dehint.py OUT_FOLDER FONT...

Hints serve low-resolution screens; a PDF reader scales outlines itself. Half of what cairo would embed and compress for
every letter is hints. Outlines, metrics, kerning, cmap and names are copied as they are, so layout and shapes are the same.
A build's own working files: not shipped, and fonts whose licence reserves their name are not handed on under it.
"""
import os
import sys

from fontTools.ttLib import TTFont

HINTS = ("fpgm", "prep", "cvt ", "hdmx", "VDMX", "LTSH", "FFTM")


def dehint(source, target):
    with TTFont(source, recalcBBoxes=False, recalcTimestamp=False) as font:
        for tag in HINTS:
            if tag in font:
                del font[tag]
        font["glyf"].removeHinting()
        font.save(target + ".part")
    os.replace(target + ".part", target)


def main(out, *sources):
    os.makedirs(out, exist_ok=True)
    for source in sources:
        dehint(source, os.path.join(out, os.path.basename(source)))


if __name__ == "__main__":
    main(*sys.argv[1:])
