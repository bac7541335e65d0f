#!/usr/bin/env python3
"""Writes LookAlikes+Table.swift from ICU's data of Unicode TS 39 (confusables) and of scripts.

Needs libicu (Debian: libicu72); run it where this file lies. The table is kept in the sources, so that a recorded
evaluation gives the same findings on every machine, whatever its libraries know.
"""
import ctypes, ctypes.util, glob, os, re, unicodedata

path = sorted(glob.glob("/usr/lib/*/libicui18n.so.*"))[-1]
version = re.search(r"\.so\.(\d+)", path).group(1)
i18n = ctypes.CDLL(path)
common = ctypes.CDLL(path.replace("i18n", "uc"))


def function(library, name, result):
    found = getattr(library, f"{name}_{version}")
    found.restype = result
    return found


error = ctypes.c_int(0)
checker = function(i18n, "uspoof_open", ctypes.c_void_p)(ctypes.byref(error))
skeleton_of = function(i18n, "uspoof_getSkeletonUTF8", ctypes.c_int32)
script_of = function(common, "uscript_getScript", ctypes.c_int)
LATIN = 25


def skeleton(text):
    bytes_, out, error = text.encode(), ctypes.create_string_buffer(512), ctypes.c_int(0)
    count = skeleton_of(ctypes.c_void_p(checker), 0, bytes_, len(bytes_), out, 512, ctypes.byref(error))
    assert error.value <= 0
    return out.raw[:count].decode()


def is_latin(character):
    error = ctypes.c_int(0)
    return script_of(ord(character), ctypes.byref(error)) == LATIN


def folded(text):
    """As folding does without look-alikes: compatibility forms, no marks, lower case."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn")
    return plain.lower()


back = {}  # From a skeleton to the letter that people read; capital I before l, as it is drawn.
for letter in "ABCDEFGHJKLMNOPQRSTUVWXYZ" + "abcdefghijkmnopqrstuvwxyz":
    back[skeleton(letter)] = letter.lower()


def letters(character):
    found = skeleton(character)
    if found == "l":
        return "i" if character.isupper() else "l"
    plain = "".join(c for c in found if unicodedata.category(c) not in ("Mn", "Me"))
    if plain in back:
        return back[plain]
    name = unicodedata.name(plain, "") if len(plain) == 1 else ""
    if re.fullmatch("LATIN LETTER SMALL CAPITAL [A-Z]", name):
        return name[-1].lower()
    if plain and all(c.isascii() and c.isalpha() for c in plain):
        return plain.replace("rn", "m").lower()
    return None


tables = {True: {}, False: {}}
count = 0
for value in list(range(0x80, 0xD800)) + list(range(0xE000, 0x20000)):
    character = chr(value)
    if unicodedata.category(character) in ("Cn", "Co", "Mn", "Me", "Cf", "Cc"):
        continue
    plain = folded(character)
    if plain.isascii():
        continue
    # A small letter that looks like none of ours is read as its capital is.
    forms = [character, plain, plain.upper()]
    seen = next(filter(None, (letters(form) for form in forms if len(form) == 1)), None)
    if seen:
        tables[is_latin(character)].setdefault(seen, []).append(value)
        count += 1


def literal(table):
    lines = []
    for target, values in sorted(table.items()):
        line = f"    {target}"
        for value in values:
            word = f" {value:x}"
            if len(line) + len(word) > 104:
                lines.append(line)
                line = f"    {target}"
            line += word
        lines.append(line)
    return "\n".join(lines)


with open("LookAlikes+Table.swift", "w") as file:
    file.write(f'''// Written by make-look-alikes.py from ICU {version} (Unicode {unicodedata.unidata_version}, TS 39); not by hand.

extension LookAlikes {{
    /// Letters of Latin script by what they look like: the ASCII letters, then the scalars in hexadecimal.
    static let latinTable = """
{literal(tables[True])}
    """

    /// Letters of other scripts and signs that look like Latin ones.
    static let foreignTable = """
{literal(tables[False])}
    """
}}
''')
print(count, "look-alikes;", "Latin", sum(map(len, tables[True].values())), "others", sum(map(len, tables[False].values())))
