#!/usr/bin/env python3
"""Checks portable records, written from Documentation/portable-record.md alone. Standard library and `cryptography`.

    verify_record.py FILE [--key HEX] [--schema SCHEMA]
    verify_record.py --many FOLDER [--schema SCHEMA]    (a line `NAME ok` or `NAME place: what` for each file)
"""
import base64, hashlib, json, os, re, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HAZARDS = ["none", "mild", "moderate", "severe", "extreme"]
FULL_DOSE = 489_600_000
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Wrong(Exception):
    pass


def demand(holds, place, what):
    if not holds:
        raise Wrong(f"{place}: {what}")


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text, count, place):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong(f"{place}: not base64")
    demand(len(data) == count and base64.b64encode(data).decode() == text, place, f"not {count} bytes in base64")
    return data


def canonical(value):
    """RFC 8785 without floating point and null."""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        demand(abs(value) < 1 << 53, "file", "a number is too large")
        return str(value).encode()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).encode()
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return b"{" + b",".join(canonical(n) + b":" + canonical(value[n]) for n in names) + b"}"
    raise Wrong("file: neither text, whole number, truth, list nor object")


def included(leaf, index, size, proof, root):
    if not 0 <= index < size:
        return False
    fn, sn, node = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = sha(b"\x01", sibling, node)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = sha(b"\x01", node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def read_note(note, origin, key):
    lines = note.split("\n")
    demand(len(lines) >= 6 and lines[-1] == "" and lines[3] == "" and lines[0] == origin, "checkpoint",
           "not a note of that site")
    demand(re.fullmatch(r"[1-9]\d*", lines[1]), "checkpoint", "no size")
    root = unbase64(lines[2], 32, "checkpoint")
    body = "".join(line + "\n" for line in lines[:3]).encode()
    identity = sha(origin.encode(), b"\n\x01", key)[:4]
    for line in lines[4:]:
        if line.startswith(f"\u2014 {origin} "):
            blob = base64.b64decode(line[len(origin) + 3:])
            if len(blob) == 68 and blob[:4] == identity and is_signed(blob[4:], body, key):
                return int(lines[1]), root
    raise Wrong("checkpoint: not signed with that key")


def is_signed(signature, message, key):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


# The form: as much of JSON Schema as the schema of records uses.

def check_form(value, schema, root, place=""):
    if "$ref" in schema:
        return check_form(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, place)
    known = {"$schema", "$id", "$defs", "title", "description", "type", "const", "enum", "pattern", "minimum", "items",
             "required", "properties", "additionalProperties"}
    demand(set(schema) <= known, place, f"the schema says more than this understands: {set(schema) - known}")
    kinds = {"object": dict, "array": list, "string": str, "integer": int}
    if "type" in schema:
        demand(type(value) is kinds[schema["type"]], place or "file", f"not of type {schema['type']}")
    if "const" in schema:
        demand(value == schema["const"], place, f"not {schema['const']}")
    if "enum" in schema:
        demand(value in schema["enum"], place, f"not one of {schema['enum']}")
    if "pattern" in schema:
        demand(re.fullmatch(schema["pattern"].strip("^$"), value), place, f"not like {schema['pattern']}")
    if "minimum" in schema:
        demand(value >= schema["minimum"], place, "too small")
    for number, item in enumerate(value if isinstance(value, list) else []):
        check_form(item, schema.get("items", {}), root, f"{place}[{number}]")
    if isinstance(value, dict):
        path = lambda name: f"{place}.{name}" if place else name
        for name in schema.get("required", []):
            demand(name in value, path(name), "missing")
        for name, member in value.items():
            demand(name in schema.get("properties", {}), path(name), "unknown")
            check_form(member, schema["properties"][name], root, path(name))


# What must hold.

def add_day(days, told, place):
    day = days.setdefault(told["day"], {"hazards": {}, "ends_at": ""})
    for hazard, part in told["hazards"].items():
        demand(hazard in HAZARDS, place, "unknown hazard")
        sums = day["hazards"].setdefault(hazard, {"dose": 0, "visible_ms": 0})
        sums["dose"] += part["dose"]
        sums["visible_ms"] += part["visible_ms"]
        day["ends_at"] = max(day["ends_at"], part["ends_at"])


def milliseconds(moment):
    from datetime import datetime, timezone
    demand(MOMENT.fullmatch(moment), "file", "not a time")
    read = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return round(read.timestamp() * 1000)


def check(data, key=None, schema=None):
    demand(data.endswith(b"\n"), "file", "no line feed at its end")
    try:
        whole = json.loads(data[:-1].decode("utf-8"))
    except ValueError as error:
        raise Wrong(f"file: {error}")
    demand(canonical(whole) == data[:-1], "file", "not canonical")
    if schema:
        check_form(whole, schema, schema)
    record, site = whole["record"], whole["record"]["site"]
    demand(key is None or key == site["key"], "record.site.key", "another key than was asked for")
    public = bytes.fromhex(site["key"])
    rest = {name: value for name, value in whole.items() if name != "signature"}
    demand(is_signed(unbase64(whole["signature"], 64, "signature"),
                     b"releve: portable record\n" + canonical(rest), public), "signature", "not the site's")
    size, root = read_note(whole["checkpoint"], site["name"], public)

    days, shifts, exported, last = {}, {}, [], -1
    for number, receipt in enumerate(whole["receipts"]):
        place = f"receipts[{number}]"
        demand(receipt["index"] > last, f"{place}.index", "not in order")
        last = receipt["index"]
        text = receipt["entry"].encode()
        proof = [unbase64(hash, 32, f"{place}.proof") for hash in receipt["proof"]]
        demand(included(sha(b"\x00", text), last, size, proof, root), f"{place}.proof", "doesn't lead to the root")
        entry = json.loads(text)
        demand(canonical(entry) == text and entry["v"] == 1, f"{place}.entry", "not canonical")
        demand(entry.get("person") == record["person"], f"{place}.entry", "of somebody else")
        told, kind = entry.get("data", {}), entry["kind"]
        if kind == "exposure_settled":
            add_day(days, told, place)
        elif kind == "record_exported":
            exported.append(told)
            for day in told["days"]:
                add_day(days, day, place)
        elif kind == "shift_started":
            shifts.setdefault(told["shift"], {})["started_at"] = entry["at"]
        elif kind == "shift_ended":
            shifts.setdefault(told["shift"], {}).update(ended_at=told["ended"], ended_by=told["reason"])
        else:
            raise Wrong(f"{place}.entry: nothing rests on it")
    demand(len(exported) == 1, "record", "not told of just once")
    digest = sha(bytes.fromhex(record["salt"]), canonical(record)).hex()
    demand(exported[0]["digest"] == digest, "record", "the ledger tells of another one")

    exposure, work, skills = record["exposure"], record["work"], record["skills"]
    made = milliseconds(record["made_at"])
    for number, day in enumerate(exposure["days"]):
        place = f"record.exposure.days[{number}]"
        demand(number == 0 or exposure["days"][number - 1]["day"] < day["day"], f"{place}.day", "not in order")
        demand(day["dose"] == sum(p["dose"] for p in day["hazards"].values()), f"{place}.dose", "not the sum")
        told = days.pop(day["day"], None)
        demand(told is not None, place, "no entry speaks for it")
        demand(told["hazards"] == day["hazards"], f"{place}.hazards", "the ledger says otherwise")
        demand(told["ends_at"] == day["ends_at"], f"{place}.ends_at", "the ledger says otherwise")
        demand(milliseconds(day["ends_at"]) <= made + 3_600_000, f"{place}.ends_at", "too late")
    demand(not days, "record.exposure.days", "the ledger tells of more")
    demand(exposure["dose"] == sum(d["dose"] for d in exposure["days"]), "record.exposure.dose", "not the sum")
    demand(exposure["full_dose"] == FULL_DOSE, "record.exposure.full_dose", "not that of this format")

    for number, shift in enumerate(work["shifts"]):
        place = f"record.work.shifts[{number}]"
        demand(number == 0 or work["shifts"][number - 1]["started_at"] <= shift["started_at"], place, "not in order")
        told = shifts.pop(shift["shift"], None)
        demand(told == {name: shift[name] for name in ("started_at", "ended_at", "ended_by")}, place,
               "the ledger says otherwise")
        lasted = max(0, milliseconds(shift["ended_at"]) - milliseconds(shift["started_at"]))
        most = max(lasted, 86_400_000) if shift["ended_by"] == "dose" else lasted
        demand(lasted <= shift["worked_ms"] <= most, f"{place}.worked_ms", "not the time between")
        demand(shift["breaks_ms"] <= lasted, f"{place}.breaks_ms", "longer than the shift")
    demand(not shifts, "record.work.shifts", "the ledger tells of more")
    demand(work["worked_ms"] == sum(s["worked_ms"] for s in work["shifts"]), "record.work.worked_ms", "not the sum")
    demand(work["days"] == len({s["started_at"][:10] for s in work["shifts"]}), "record.work.days", "not the count")
    for rows, name in ((skills["policies"], "policy"), (skills["languages"], "language")):
        names = [row[name] for row in rows]
        demand(names == sorted(set(names)), "record.skills", "not in order")
        demand(work["decisions"] == sum(row["decisions"] for row in rows), "record.work.decisions", "not the sum")
    for word in ("agree", "disagree", "unclear"):
        demand(skills["audits"][word] == sum(p["audits"][word] for p in skills["policies"]),
               f"record.skills.audits.{word}", "not the sum")
    for number, paid in enumerate(record["paid"]):
        sum_ = paid["rate"] * paid["worked_ms"] // 3_600_000 if paid["basis"] == "hour" else paid["rate"] * paid["items"]
        demand(paid["total"] == sum_, f"record.paid[{number}].total", "not what the rate makes")


def main(arguments):
    options = {}
    while len(arguments) > 1 and arguments[-2].startswith("--"):
        options[arguments[-2]] = arguments[-1]
        arguments = arguments[:-2]
    schema = json.load(open(options["--schema"])) if "--schema" in options else None
    files = arguments
    if "--many" in options:
        files = sorted(os.path.join(options["--many"], name) for name in os.listdir(options["--many"]))
    isRight = True
    for file in files:
        try:
            check(open(file, "rb").read(), options.get("--key"), schema)
            print(os.path.basename(file), "ok")
        except (Wrong, KeyError, TypeError, IndexError, ValueError) as error:
            isRight = False
            print(os.path.basename(file), f"{error}" if isinstance(error, Wrong) else f"file: {error!r}")
    return 0 if isRight or "--many" in options else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
