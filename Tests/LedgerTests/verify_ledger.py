#!/usr/bin/env python3
"""A second verifier, written from Documentation/ledger-format.md alone. Standard library and `cryptography`.

    verify_ledger.py export FOLDER [--key HEX]
    verify_ledger.py receipt FILE --key HEX
    verify_ledger.py consistency FILE --key HEX
    verify_ledger.py logs            (reads logs as JSON lines, answers with their roots and which proofs hold)
"""
import base64, hashlib, json, os, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    pass


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_hash(entry):
    return sha(b"\x00", entry)


def node_hash(left, right):
    return sha(b"\x01", left, right)


class Frontier:
    def __init__(self):
        self.size, self.subtrees = 0, []

    def append(self, leaf):
        carry, node = self.size, leaf
        while carry & 1:
            node = node_hash(self.subtrees.pop(), node)
            carry >>= 1
        self.subtrees.append(node)
        self.size += 1

    def root(self):
        if not self.subtrees:
            return sha()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = node_hash(left, node)
        return node


def included(leaf, index, size, proof, root):
    if not 0 <= index < size:
        return False
    fn, sn, node = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def consistent(old_size, old_root, new_size, new_root, proof):
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == sha()
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(new, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == old_root and new == new_root


def canonical(value):
    """RFC 8785 without floating point and null."""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        if abs(value) >= 1 << 53:
            raise Wrong("a number is too large")
        return str(value).encode()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).encode()
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return b"{" + b",".join(canonical(n) + b":" + canonical(value[n]) for n in names) + b"}"
    raise Wrong("an entry holds neither text, whole number, truth, list nor object")


def read_entry(data):
    try:
        entry = json.loads(data.decode())
    except ValueError as error:
        raise Wrong(f"not JSON: {error}")
    if not isinstance(entry, dict) or entry.get("v") != 1 or canonical(entry) != data:
        raise Wrong("not a canonical entry")
    if not set(entry) <= {"at", "data", "kind", "person", "post", "v"} or "at" not in entry or "kind" not in entry:
        raise Wrong("not an entry")
    return entry


def read_note(note, keys):
    lines = note.split("\n")
    if len(lines) < 6 or lines[-1] or lines[3]:
        raise Wrong("not a checkpoint")
    origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
    body = "".join(line + "\n" for line in lines[:3]).encode()
    for line in lines[4:]:
        if not line.startswith(f"\u2014 {origin} "):
            continue
        blob = base64.b64decode(line[len(origin) + 3:], validate=True)
        for key in keys:
            raw = bytes.fromhex(key)
            if len(blob) == 68 and blob[:4] == sha(origin.encode(), b"\n\x01", raw)[:4]:
                try:
                    Ed25519PublicKey.from_public_bytes(raw).verify(blob[4:], body)
                    return origin, size, root
                except InvalidSignature:
                    pass
    raise Wrong(f"the checkpoint of size {size} is not signed by the key")


class Keys:
    def __init__(self):
        self.tenures, self.origin = [], ""

    def take(self, entry, index):
        data = entry.get("data", {})
        if entry["kind"] == "site_made" and index == 0:
            self.origin, self.tenures = data["name"], [(data["public_key"], 1)]
        elif entry["kind"] == "key_changed":
            if "endorsement" in data:
                message = f"releve: key change\n{self.origin}\n{data['key']}\n".encode()
                old = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.tenures[-1][0]))
                try:
                    old.verify(base64.b64decode(data["endorsement"]), message)
                except InvalidSignature:
                    raise Wrong(f"entry {index} brings a key that the key before it didn't sign")
            elif data.get("reason") != "lost":
                raise Wrong(f"entry {index} brings a key without a signature")
            self.tenures.append((data["key"], index + 1))

    def at(self, size):
        return [key for key, start in self.tenures if start <= size][-1:]


def verify_export(folder, keys):
    notes = {}
    for name in os.listdir(os.path.join(folder, "checkpoints")):
        with open(os.path.join(folder, "checkpoints", name), encoding="utf-8", newline="") as file:
            text = file.read()
        notes[int(text.split("\n")[1])] = text
    frontier, known, agreed = Frontier(), Keys(), 0
    with open(os.path.join(folder, "entries.jsonl"), "rb") as file:
        for index, line in enumerate(file):
            data = line.rstrip(b"\n")
            known.take(read_entry(data), index)
            frontier.append(leaf_hash(data))
            note = notes.pop(frontier.size, None)
            if note:
                if read_note(note, known.at(frontier.size))[2] != frontier.root():
                    raise Wrong(f"the checkpoint of size {frontier.size} was signed over other entries")
                agreed += 1
    if notes:
        raise Wrong(f"a checkpoint speaks of {max(notes)} entries, but only {frontier.size} are there")
    if not agreed:
        raise Wrong("no checkpoint vouches for it")
    if keys and not set(keys) & {key for key, _ in known.tenures}:
        raise Wrong("this log was not made with the key given")
    folder = os.path.join(folder, "policies")
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            if hashlib.sha256(file.read()).hexdigest() + ".json" != name:
                raise Wrong(f"the policies in {name} are not those of that name")
    return f"intact: {frontier.size} entries, root {frontier.root().hex()}"


def verify_receipt(text, keys):
    form = json.loads(text)
    _, size, root = read_note(form["checkpoint"], keys)
    entry = form["entry"].encode()
    proof = [base64.b64decode(item, validate=True) for item in form["proof"]]
    if not included(leaf_hash(entry), form["index"], size, proof, root):
        raise Wrong("the proof does not lead to the signed root")
    return f"included: {form['index']} of {size}: {read_entry(entry)['kind']}"


def verify_consistency(text, keys):
    form = json.loads(text)
    old, new = read_note(form["old"], keys), read_note(form["new"], keys)
    proof = [base64.b64decode(item, validate=True) for item in form["proof"]]
    if old[0] != new[0] or not consistent(old[1], old[2], new[1], new[2], proof):
        raise Wrong("the proof does not hold")
    return f"consistent: {old[1]} to {new[1]}"


def verify_logs():
    """Judges claims about logs, one log a line:

    {"leaves": [hex…], "inclusion": [[leaf, index, size, root, [hex…]]…], "consistency": [[old, root, new, root, [hex…]]…]}

    A leaf is meant by its number, a root by the size of the beginning that it is the root of. Answers with the root of
    the whole log and a letter for each claim.
    """
    for line in sys.stdin:
        log = json.loads(line)
        hashes = [leaf_hash(bytes.fromhex(leaf)) for leaf in log["leaves"]]
        wanted = {claim[3] for claim in log["inclusion"]}
        wanted.update(size for claim in log["consistency"] for size in (claim[1], claim[3]))
        frontier = Frontier()
        roots = {0: frontier.root()}
        for leaf in hashes:
            frontier.append(leaf)
            if frontier.size in wanted:
                roots[frontier.size] = frontier.root()
        answers = [
            [included(hashes[leaf], index, size, list(map(bytes.fromhex, proof)), roots.get(root, roots[0]))
             for leaf, index, size, root, proof in log["inclusion"]],
            [consistent(old, roots.get(old_root, roots[0]), new, roots.get(new_root, roots[0]),
                        list(map(bytes.fromhex, proof)))
             for old, old_root, new, new_root, proof in log["consistency"]],
        ]
        print(frontier.root().hex(), ",".join("".join("ny"[answer] for answer in part) for part in answers))


def main():
    words = sys.argv[1:]
    keys = [words[i + 1] for i, word in enumerate(words) if word == "--key"]
    if words[0] == "logs":
        return verify_logs()
    try:
        if words[0] == "export":
            print(verify_export(words[1], keys))
        else:
            with open(words[1], encoding="utf-8") as file:
                text = file.read()
            print(verify_receipt(text, keys) if words[0] == "receipt" else verify_consistency(text, keys))
    except (Wrong, ValueError, KeyError) as error:
        print(f"WRONG: {error}")
        sys.exit(1)


main()
