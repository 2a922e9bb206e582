#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cuts the heading font to the signs and weights the house uses:  subset.py IN.woff2 OUT.woff2"""
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# ASCII, and what Indonesian headings need besides it.
SIGNS = [*range(0x20, 0x7F), 0xA0, 0xB7, 0xD7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2212]


def main():
    source, target = sys.argv[1:]
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "calt", "ccmp", "locl", "mark", "tnum"],
                             hinting=False, name_IDs=[1, 2], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=SIGNS)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": (500, 800)})
    font.flavor = "woff2"
    font.save(target)


main()
