#!/usr/bin/env python3
"""Measures what the ledger costs beside named peers in one run and prints a table. See README.md.

Posts as everyday ones are taken in until the ledger has so many entries, and some of them are decided. Then:
verifying beside `sha256sum` over the same entries as `ledger export` writes them; appending to a long ledger beside
appending to a short one; decisions that are each durable beside as many bare INSERTs, each committed with synchronous
FULL; and a receipt. What is compared runs in turn, several times; the median counts.
"""
import argparse, csv, json, os, random, shutil, sqlite3, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = ("the of and to in that it was for on are with his they at be this from have or by one had not but what all "
         "were when we there can said use each which she how their if will up other about out many then them these "
         "so some her would make like him into time has look two more write go see number way could people").split()


class Site:
    """A store with a ledger of about so many entries, and an export of it."""

    def __init__(self, options, entries):
        self.options, self.entries = options, entries
        self.path = f"{options.work}/ledger-{entries}.sqlite"
        self.folder = f"{options.work}/ledger-{entries}"
        self.env = environment(options, self.path)

    def releve(self, *words):
        return subprocess.run([f"{self.options.built}/releve", *words], check=True, env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()

    def make(self):
        remove(self.path)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.releve("init", "--demo", "--policies", f"{ROOT}/Policies")
        posts = f"{self.options.work}/ledger.csv"
        random.seed(7)
        with open(posts, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "source", "text", "language", "author", "reason"])
            for number in range(self.entries):
                text = " ".join(random.choices(WORDS, k=random.randint(35, 75)))
                writer.writerow([number, "bench", text, random.choice(["en", "fr", "es", "de"]),
                                 f"u{number % 5000}", "spam"])
        self.releve("intake", posts)
        os.remove(posts)
        subprocess.run([f"{self.options.built}/releve-bench", "decide", self.path, "--joined", "--count",
                        str(min(500, self.entries // 10))], check=True, env=self.env, stdout=subprocess.DEVNULL)
        self.releve("ledger", "export", self.folder)
        self.size = json.loads(self.releve("ledger", "verify", "--ledger-only", "--json"))["size"]


def environment(options, path):
    return dict(os.environ, RELEVE_STORE=f"sqlite:{path}", XDG_CACHE_HOME=options.work, LC_ALL="C.UTF-8",
                RELEVE_LANG="en")


def remove(path):
    for suffix in ("", "-wal", "-shm", ".key"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)


def measured(command, env=None):
    """Seconds on the wall, processor seconds and peak memory in MB."""
    start = time.monotonic()
    child = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    elapsed = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_turn(rounds, *bodies):
    """The median of each body's figure, and all of them run in turn."""
    runs = [[body() for body in bodies] for _ in range(rounds)]
    return [sorted(run[place] for run in runs)[rounds // 2] for place in range(len(bodies))]


def row(what, ours, peer, theirs, ratio, goal):
    print(f"| {what} | {ours} | {peer} | {theirs} | {ratio:.2f} | {goal} |", flush=True)


def verify(options, sites):
    releve, memory = f"{options.built}/releve", {}
    for site in sites:
        command = [releve, "ledger", "verify", "--ledger-only"]
        entries = f"{site.folder}/entries.jsonl"
        megabytes = os.path.getsize(entries) / 1e6
        whole = in_turn(options.rounds, lambda: measured(command, site.env), lambda: measured(command[:-1], site.env),
                        lambda: measured(["sha256sum", entries]), lambda: measured([releve, "ledger", "verify", site.folder]))
        ours, tables, theirs, folder = whole
        memory[site.size] = ours[2], tables[2], folder[2]
        name, peer = f"{site.size:,} entries", f"`sha256sum` of {megabytes:,.0f} MB"
        row(f"verify {name}", f"{ours[0]:.2f} s ({ours[1]:.2f} s of processor time)", peer, f"{theirs[0]:.2f} s",
            ours[0] / theirs[0], "≤ 2.5")
        row(f"verify an export of {name}", f"{folder[0]:.2f} s ({folder[1]:.2f} s)", peer, f"{theirs[0]:.2f} s",
            folder[0] / theirs[0], "≤ 2.5")
        row(f"verify {name} and hold all tables against them", f"{tables[0]:.2f} s ({tables[1]:.2f} s)", peer,
            f"{theirs[0]:.2f} s", tables[0] / theirs[0], "")
    small, large = sites[0].size, sites[-1].size
    for place, what in enumerate(["verify", "verify with tables", "verify an export"]):
        goal = "" if place == 1 else "≤ 1.2"
        row(f"memory of {what}, {large:,} entries", f"{memory[large][place]:.0f} MB", f"the same, {small:,} entries",
            f"{memory[small][place]:.0f} MB", memory[large][place] / memory[small][place], goal)


def append(options, short, long):
    def one(site, count, batch):
        said = subprocess.run([f"{options.built}/releve-bench", "append", site.path, "--count", str(count), "--batch",
                               str(batch)], check=True, stdout=subprocess.PIPE).stdout.decode()
        return float(said.split()[-2]) / count * 1e6

    def fresh(count, batch):
        remove(f"{options.work}/short.sqlite")
        shutil.copy(short.path, f"{options.work}/short.sqlite")
        copy = Site(options, 0)
        copy.path = f"{options.work}/short.sqlite"
        return one(copy, count, batch)

    for count, batch, what in [(50_000, 1000, "1,000 in a transaction"), (500, 1, "each durable before the next")]:
        ours, theirs = in_turn(options.rounds, lambda: one(long, count, batch), lambda: fresh(count, batch))
        row(f"append at {long.size:,} entries, {what}", f"{ours:.1f} µs", f"the same at {short.size:,}",
            f"{theirs:.1f} µs", ours / theirs, "≤ 1.2")
    remove(f"{options.work}/short.sqlite")


def decide(options, site):
    """Decisions a second, each durable, beside bare INSERTs, on the same file system."""
    def ours(*words):
        said = subprocess.run([f"{options.built}/releve-bench", "decide", site.path, "--count", str(options.decisions),
                               *words], check=True, env=site.env, stdout=subprocess.PIPE).stdout.decode().split()
        if int(said[1]) != options.decisions:
            sys.exit(f"only {said[1]} posts were there to decide")
        return options.decisions / float(said[3])

    def bare():
        path = f"{options.work}/bare.sqlite"
        remove(path)
        store = sqlite3.connect(path, isolation_level=None)
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        store.execute("CREATE TABLE decisions (number INTEGER PRIMARY KEY, post TEXT, action TEXT, at INTEGER)")
        start = time.monotonic()
        for number in range(options.decisions):
            store.execute("INSERT INTO decisions VALUES (?, ?, 'keep', ?)", (number, f"p{number}", number))
        elapsed = time.monotonic() - start
        store.close()
        remove(path)
        return options.decisions / elapsed

    held, joined, separate, theirs = in_turn(options.rounds, lambda: ours("--held"), lambda: ours("--joined"),
                                             lambda: ours(), bare)
    peer = f"bare `INSERT … COMMIT`, {options.decisions:,} times"
    row("decide a post in hand, durable", f"{held:,.0f}/s", peer, f"{theirs:,.0f}/s", held / theirs, "≥ 0.5")
    row("decide and claim the next, durable", f"{joined:,.0f}/s", peer, f"{theirs:,.0f}/s", joined / theirs, "")
    row("claim, then decide, two durable transactions", f"{separate:,.0f}/s", peer, f"{theirs:,.0f}/s",
        separate / theirs, "")


def receipt(options, site):
    path = f"{options.work}/receipt.json"
    key = site.releve("ledger", "key").strip()
    with open(path, "w") as file:
        file.write(site.releve("ledger", "prove", "--entry", str(site.size // 3)))
    said = subprocess.run([f"{options.built}/releve-bench", "receipt", path, "--key", key], check=True,
                          stdout=subprocess.PIPE).stdout.decode().split()
    size, milliseconds = int(said[0]), float(said[2])
    print(f"| receipt of an entry among {site.size:,} | {size:,} bytes | | | | ≤ 2,000 bytes |")
    print(f"| checking it | {milliseconds:.3f} ms | | | | ≤ 5 ms |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 100_000, 1_000_000],
                        help="ledgers of about so many entries; the first and the last are appended to")
    parser.add_argument("--decisions", type=int, default=3000, help="how many decisions and INSERTs")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("--work", default=os.path.join(ROOT, "Benchmarks", "work"), help="where stores are made")
    parser.add_argument("--built", default=os.path.join(ROOT, ".build", "release"), help="where the programs are")
    parser.add_argument("--kept", action="store_true", help="take the stores of the run before")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    sites = [Site(options, count) for count in options.entries]
    for site in sites:
        if options.kept and os.path.exists(site.folder):
            with open(f"{site.folder}/entries.jsonl", "rb") as file:
                site.size = sum(1 for _ in file)
        else:
            site.make()
    print("| what | releve | peer | peer's figure | ratio | goal |\n|---|---|---|---|---|---|", flush=True)
    verify(options, sites[-2:])
    receipt(options, sites[-1])
    append(options, sites[0], sites[-1])
    decide(options, sites[-1])


main()
