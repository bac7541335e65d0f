#!/usr/bin/env python3
"""Measures `releve replay recompute` on recorded decisions and prints a table. See README.md.

Posts as everyday ones are taken in, each is decided, and everything is evaluated again: with one core and with all of
them. The peer, for scale, is reading the same entries of the ledger with json from Python's standard library and
hashing each post's content once, which is the least that anybody has to do who checks them.
"""
import argparse, csv, hashlib, json, os, random, sqlite3, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "Benchmarks", "work")
WORDS = ("the of and to in that it was for on are with his they at be this from have or by one had not but what all "
         "were when we there can said use each which she how their if will up other about out many then them these "
         "so some her would make like him into time has look two more write go see number way could people").split()


def environment(path):
    return dict(os.environ, RELEVE_STORE=f"sqlite:{path}", XDG_CACHE_HOME=WORK, LC_ALL="C.UTF-8", RELEVE_LANG="en")


def remove(path):
    for suffix in ("", "-wal", "-shm", ".key"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)


def record(built, path, count):
    """A site with so many decisions, each made through the desk."""
    remove(path)
    env = environment(path)
    run = dict(check=True, env=env, stdout=subprocess.DEVNULL)
    subprocess.run([f"{built}/releve", "init", "--demo", "--policies", f"{ROOT}/Policies"], **run)
    random.seed(7)
    with open(f"{WORK}/replay.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "source", "text", "language", "author", "reason"])
        for number in range(count):
            text = " ".join(random.choices(WORDS, k=random.randint(35, 75)))
            if number % 4 == 0:
                text += " I will kill you and your family"
            writer.writerow([number, "bench", text, random.choice(["en", "fr", "es", "de"]), f"u{number % 5000}", "spam"])
    subprocess.run([f"{built}/releve", "intake", f"{WORK}/replay.csv"], **run, stderr=subprocess.DEVNULL)
    subprocess.run([f"{built}/releve-bench", "decide", path, "--joined"], **run)


def recompute(built, path, cores):
    """Seconds, processor seconds, peak memory in MB, and what was said, with so many cores."""
    start = time.monotonic()
    child = subprocess.Popen([f"{built}/releve", "replay", "recompute", "--json"], env=environment(path),
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             preexec_fn=lambda: os.sched_setaffinity(0, cores))
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = time.monotonic() - start
    said = json.loads(out)
    if status or not said["ok"]:
        sys.exit(f"recompute found differences: {out[:2000].decode()}")
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def peer(path):
    """Decisions a second that are read from the ledger and whose contents are hashed, in Python."""
    start = time.monotonic()
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    decisions = 0
    for (data,) in store.execute("SELECT bytes FROM ledger ORDER BY number"):
        decisions += json.loads(data)["kind"] == "decided"
    for salt, data in store.execute("SELECT salt, bytes FROM contents"):
        hashlib.sha256(salt + data).hexdigest()
    return decisions / (time.monotonic() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, nargs="+", default=[10_000, 100_000], help="how many, the most last")
    parser.add_argument("--built", default=os.path.join(ROOT, ".build", "release"), help="where the programs are")
    arguments = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    print("| what | releve | peer | peer's figure | ratio | goal |\n|---|---|---|---|---|---|", flush=True)
    cores = sorted(os.sched_getaffinity(0))
    memory = {}
    for count in arguments.decisions:
        path = f"{WORK}/replay-{count}.sqlite"
        record(arguments.built, path, count)
        theirs = peer(path)
        for used in [cores[:1], cores]:
            runs = [recompute(arguments.built, path, used) for _ in range(3)]
            elapsed, busy, _, said = sorted(runs, key=lambda run: run[0])[1]
            memory[count] = max(run[2] for run in runs)
            rate = said["decisions"] / elapsed
            print(f"| recompute of {said['decisions']:,} decisions, {len(used)} core(s) | {rate:,.0f}/s "
                  f"({said['decisions'] / busy:,.0f}/s of processor time) | Python: read entries, hash contents "
                  f"| {theirs:,.0f}/s | {rate / theirs:.2f} | {20_000 * len(used):,}/s |", flush=True)
    small, large = arguments.decisions[0], arguments.decisions[-1]
    print(f"| memory of recompute, {large:,} decisions | {memory[large]:.1f} MB | the same, {small:,} decisions "
          f"| {memory[small]:.1f} MB | {memory[large] / memory[small]:.2f} | ≤ 1.2 |")


main()
