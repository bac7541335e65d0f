#!/usr/bin/env python3
"""Writes ScalarWidth+Table.swift: how many cells each Unicode scalar takes, or that it must be shown as a mark.

    python3 Sources/TerminalKit/make-width-table.py

Needs Python 3.11 (its unicodedata is Unicode 14.0, the Unicode of glibc 2.36, so that ncurses agrees with the
table) and, for the cross-check, `pip install wcwidth`. Rules, first that applies:

  mark    control, format, private use, surrogate, unassigned, line and paragraph separator, default-ignorable
          (fillers, joiners, variation selectors), and scalars on whose width EastAsianWidth-14, newer Unicode
          and glibc disagree (hexagrams, trigrams, counting rods, some circled numbers)
  zero    nonspacing and enclosing marks (Mn, Me), conjoining Hangul vowels and finals
  wide    East Asian Width W or F
  narrow  the rest, ambiguous width (A) and spacing marks (Mc) included
"""
import os
import unicodedata

from wcwidth.table_wide import WIDE_EASTASIAN
from wcwidth.table_zero import ZERO_WIDTH

assert unicodedata.unidata_version == "14.0.0", unicodedata.unidata_version
MARK, ZERO, NARROW, WIDE = range(4)

IGNORABLE = [(0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164),
             (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF)]
# glibc 2.36 calls these wide although Unicode 14 does not.
DISPUTED = [(0x3248, 0x324F), (0x4DC0, 0x4DFF)]


def spread(ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


marked = spread(IGNORABLE) | spread(DISPUTED)
newer_wide = spread(WIDE_EASTASIAN["17.0.0"])
newer_zero = spread(ZERO_WIDTH["17.0.0"])


def kind(c):
    category = unicodedata.category(chr(c))
    if category in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") or c in marked:
        return MARK
    if category in ("Mn", "Me") or 0x1160 <= c <= 0x11FF or 0xD7B0 <= c <= 0xD7FF:
        return ZERO
    wide = unicodedata.east_asian_width(chr(c)) in "WF"
    if category != "Mc" and wide != (c in newer_wide):
        return MARK
    if category == "Mc" and wide:  # Hangul and Khitan tone marks: wide by table, painted by nobody alike
        return MARK
    assert category == "Mc" or c not in newer_zero, hex(c)
    return WIDE if wide else NARROW


runs, last = [], None
for c in range(0x110000):
    k = kind(c)
    if k != last:
        runs.append(f"0x{c << 2 | k:X}")
        last = k

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ScalarWidth+Table.swift")
with open(path, "w") as out:
    out.write("// Written by make-width-table.py from Unicode 14.0. Do not edit.\n\n")
    out.write("extension ScalarWidth {\n")
    out.write("    /// Where each run of like scalars begins: its first scalar shifted left by two, plus its kind.\n")
    out.write("    static let runs: [UInt32] = [\n")
    for i in range(0, len(runs), 10):
        out.write("        " + ", ".join(runs[i:i + 10]) + ",\n")
    out.write("    ]\n}\n")
print(f"{path}: {len(runs)} runs")
