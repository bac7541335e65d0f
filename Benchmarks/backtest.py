#!/usr/bin/env python3
"""Measures the memory of backtests and diffs as records grow, in one run, and prints a table. See README.md."""
import argparse, json, os, random, subprocess, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "Benchmarks", "work")
RELEVE = os.path.join(ROOT, ".build/release/releve")
BENCH = os.path.join(ROOT, ".build/release/releve-bench")
WORDS = ("the of and to in that it was for on are with his they at be this from have or by one had not but what all "
         "were when we there can said use each which she how their if will up other about out many then them these so "
         "some her would make like him into time has look two more write go see number way could people than first "
         "water been call who its now find long down day did get come made may part").split()
# What the shipped policies find, so that there is something to count.
FINDS = ["i will find you and hurt you", "send nudes", "buy followers now", "nobody likes you", "kill yourself",
         "i hate all immigrants", "sale ▮▮▮ va", "miracle cure doctors hate"]


def environment(name):
    return dict(os.environ, RELEVE_STORE=f"sqlite:{WORK}/{name}.sqlite", XDG_CACHE_HOME=WORK, LC_ALL="C.UTF-8",
                RELEVE_LANG="en")


def posts(count):
    random.seed(7)
    for number in range(count):
        words = random.choices(WORDS, k=random.randint(35, 75))
        if number % 5 == 0:
            words.insert(random.randrange(len(words)), random.choice(FINDS))
        yield {"id": str(number), "source": "bench", "text": " ".join(words), "author": f"u{number % 5000}",
               "language": random.choice(["en", "fr", "es", "de"]), "created_at": 1772357400 + number,
               "flags": [{"id": f"f{number}", "reason": "spam"}], "gold": number % 3 == 0}


def site(count):
    """A site on which so many posts were taken in and decided, and the same posts as a labelled file."""
    name = f"backtest{count}"
    for suffix in ("", "-wal", "-shm", ".key"):
        if os.path.exists(f"{WORK}/{name}.sqlite{suffix}"):
            os.remove(f"{WORK}/{name}.sqlite{suffix}")
    file = f"{WORK}/{name}.jsonl"
    with open(file, "w") as out:
        for post in posts(count):
            out.write(json.dumps(post, ensure_ascii=False) + "\n")
    run = lambda *command: subprocess.run(command, check=True, env=environment(name), capture_output=True, text=True)
    run(RELEVE, "init", "--demo", "--policies", f"{ROOT}/Policies")
    run(RELEVE, "intake", file)
    run(BENCH, "decide", f"{WORK}/{name}.sqlite", "--joined")
    decided = json.loads(run(RELEVE, "queue", "stats", "--json").stdout)["decided"]
    if decided != count:
        raise SystemExit(f"{decided} of {count} posts were decided")
    return name, file


def peak(command, env):
    """Peak memory in kB, seconds, and what the command printed."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: {errors.decode()}")
        out.seek(0)
        return usage.ru_maxrss, usage.ru_utime + usage.ru_stime, json.load(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs=2, default=[10_000, 100_000], metavar=("FEW", "MANY"))
    counts = parser.parse_args().posts
    os.makedirs(WORK, exist_ok=True)
    sites = {count: site(count) for count in counts}
    commands = {
        "backtest of recorded decisions": lambda name, file: ["backtest", "in-force"],
        "the same, naming posts of four cells": lambda name, file: [
            "backtest", "in-force", *(word for cell in ("hate:fp", "hate:tn", "threats:tp", "spam:fn")
                                      for word in ("--list", cell))],
        "backtest of a labelled file": lambda name, file: [
            "backtest", f"{ROOT}/Policies", "--labelled", file, "--label", "hate=gold"],
        "diff of recorded posts": lambda name, file: [
            "diff", "in-force", f"{ROOT}/Policies", "--posts", "--list"],
    }
    print("| what | peak memory | the same | its peak memory | ratio | goal |\n|---|---|---|---|---|---|", flush=True)
    few, many = counts
    for what, command in commands.items():
        figures = {}
        for count in counts:
            # The middle of three: threads take turns as they like.
            runs = [peak([RELEVE, "policy", *command(*sites[count]), "--json"], environment(sites[count][0]))
                    for _ in range(3)]
            counted = runs[0][2].get("posts", runs[0][2].get("outcomes", {}).get("compared"))
            if counted != count:
                raise SystemExit(f"{what}: {counted} of {count} posts were counted")
            figures[count] = sorted(run[0] for run in runs)[1]
        print(f"| {what}, {many:,} posts | {figures[many] / 1024:.1f} MB | {few:,} posts | "
              f"{figures[few] / 1024:.1f} MB | {figures[many] / figures[few]:.2f} | ≤ 1.2 |", flush=True)


main()
