#!/usr/bin/env python3
"""Measures releve beside named peers in one run and prints a table. See README.md."""
import argparse, csv, json, os, pty, random, select, shutil, signal, sqlite3, struct, subprocess, sys, termios, time, fcntl

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "Benchmarks", "work")
RELEVE = os.path.join(ROOT, ".build/release/releve")
BENCH = os.path.join(ROOT, ".build/release/releve-bench")
WORDS = "the of and to in that it was for on are with his they at be this from have or by one had not but what all were when we there can said use each which she how their if will up other about out many then them these so some her would make like him into time has look two more write go see number way could people than first water been call who its now find long down day did get come made may part".split()


def environment(name):
    return dict(os.environ, RELEVE_STORE=f"sqlite:{WORK}/{name}.sqlite", XDG_CACHE_HOME=WORK,
                TERM="xterm-256color", LC_ALL="C.UTF-8", RELEVE_LANG="en")


def rows(count):
    random.seed(7)
    for number in range(count):
        text = " ".join(random.choices(WORDS, k=random.randint(35, 75)))
        yield [str(number), "bench", text, random.choice(["en", "fr", "es", "de"]), f"u{number % 5000}", "spam",
               str(1772357400 + number)]


def seconds(command, **options):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.monotonic() - start


def site(name):
    for suffix in ("", "-wal", "-shm", ".key"):
        path = f"{WORK}/{name}.sqlite{suffix}"
        if os.path.exists(path):
            os.remove(path)
    subprocess.run([RELEVE, "init", "--demo", "--policies", f"{ROOT}/Policies"], check=True,
                   env=environment(name), stdout=subprocess.DEVNULL)


def intake(count):
    names = ["id", "source", "text", "language", "author", "reason", "created_at"]
    with open(f"{WORK}/{count}.csv", "w", newline="") as plain, open(f"{WORK}/{count}.jsonl", "w") as lines:
        writer = csv.writer(plain)
        for row in rows(count):
            writer.writerow(row)
            lines.write(json.dumps(dict(zip(names, row))) + "\n")
    site(f"s{count}")
    ours = seconds([RELEVE, "intake", f"{WORK}/{count}.jsonl"], env=environment(f"s{count}"))
    peer = f"{WORK}/import.sqlite"
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(peer + suffix):
            os.remove(peer + suffix)
    theirs = seconds(["sqlite3", peer, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                      f"CREATE TABLE posts({','.join(names)})", ".mode csv", f".import {WORK}/{count}.csv posts"])
    report(f"intake, {count:,} posts", f"{count / ours:,.0f}/s", "sqlite3 .import", f"{count / theirs:,.0f}/s",
           theirs / ours, "≥ 0.25")


def screen(command, env, text, timeout=60):
    """Time until a program on a pty has written this text, its peak memory in kB, and what is left to talk to."""
    start = time.monotonic()
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execvpe(command[0], command, env)
    seen = b""
    while text not in seen and time.monotonic() - start < timeout:
        if select.select([master], [], [], 1)[0]:
            try:
                seen += os.read(master, 65536)
            except OSError:
                break
    elapsed = time.monotonic() - start
    if text not in seen:
        print(f"SKIPPED: {command[0]} never showed {text.decode()}")
        stop(pid, master)
        return None
    with open(f"/proc/{pid}/status") as status:
        memory = int(next(line for line in status if line.startswith("VmHWM")).split()[1])
    return elapsed, memory, pid, master


def stop(pid, master):
    os.kill(pid, signal.SIGTERM)
    os.close(master)
    os.waitpid(pid, 0)


def first_screen(counts):
    small, large = counts[0], counts[-1]
    times = {}
    for count in counts:
        runs = []
        for _ in range(5):
            elapsed, memory, pid, master = screen([RELEVE], environment(f"s{count}"), b"posts wait")
            stop(pid, master)
            runs.append((elapsed, memory))
        times[count] = (sorted(run[0] for run in runs)[2], max(run[1] for run in runs))
    for count in counts[1:]:
        report(f"first screen, {count:,} posts", f"{times[count][0] * 1000:.0f} ms", f"the same, {small:,} posts",
               f"{times[small][0] * 1000:.0f} ms", times[count][0] / times[small][0], "≤ 1.3")
    if not shutil.which("neomutt"):
        print("SKIPPED: neomutt is not installed (apt-get install neomutt)")
        return
    os.chdir(WORK)  # A short name, so that the count fits into the status line.
    box = "m"
    with open(box, "w") as file:
        for row in rows(100_000):
            file.write(f"From a@b.example Sun Mar  1 09:30:00 2026\nFrom: {row[4]}@b.example\n"
                       f"Subject: {row[2][:40]}\nDate: Sun, 1 Mar 2026 09:30:00 +0000\nMessage-ID: <{row[0]}@b>\n\n"
                       f"{row[2]}\n\n")
    env = dict(environment("x"), HOME=WORK)
    os.makedirs(f"{WORK}/Mail", exist_ok=True)  # It asks for one otherwise.
    shown = screen(["neomutt", "-n", "-F", "/dev/null", "-R", "-f", box], env, b"Msgs:", timeout=20)
    if shown is None:
        return
    elapsed, memory, pid, master = shown
    stop(pid, master)
    report(f"first screen, {large:,} posts", f"{times[large][0] * 1000:.0f} ms", "neomutt, 100,000 messages",
           f"{elapsed * 1000:.0f} ms", times[large][0] / elapsed, "≤ 0.1")
    report("its memory", f"{times[large][1] / 1024:.0f} MB", "neomutt", f"{memory / 1024:.0f} MB",
           times[large][1] / memory, "≤ 0.4")


def key_to_frame(count, presses=200):
    _, _, pid, master = screen([RELEVE], environment(f"s{count}"), b"posts wait")
    times = []
    for number in range(presses):
        while select.select([master], [], [], 0.15)[0]:
            os.read(master, 65536)
        key = [b"?", b"q"][number % 2] if number else b"\r"
        start = time.monotonic()
        os.write(master, key)
        if select.select([master], [], [], 2)[0]:
            end = time.monotonic()
            while select.select([master], [], [], 0.005)[0]:
                os.read(master, 65536)
                end = time.monotonic()
            times.append(end - start)
    stop(pid, master)
    times.sort()
    p50, p99 = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    print(f"| key to painted frame, {count:,} posts ({len(times)} keys) | p50 {p50:.1f} ms, p99 {p99:.1f} ms | | | |"
          " p99 ≤ 16 ms |", flush=True)


def decisions(count, number):
    def ours(*more):
        out = subprocess.run([BENCH, "decide", f"{WORK}/s{count}.sqlite", "--count", str(number), *more], check=True,
                             env=environment(f"s{count}"), capture_output=True, text=True).stdout
        return float(out.split()[1]) / float(out.split()[3])
    separate, joined = ours(), ours("--joined")
    python = f"{WORK}/venv/bin/python"
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", f"{WORK}/venv"], check=True)
        subprocess.run([python, "-m", "pip", "-q", "install", "litequeue"], check=True)
    script = ("import sys,time,sqlite3\nfrom litequeue import LiteQueue\nq=LiteQueue(sys.argv[1])\n"
              "n=int(sys.argv[2])\nfor i in range(n): q.put(str(i))\n"
              "q.conn.execute('PRAGMA synchronous=FULL')\nt=time.monotonic()\n"
              "for i in range(n):\n m=q.pop(); q.done(m.message_id)\nprint(n/(time.monotonic()-t))\n")
    peer = f"{WORK}/litequeue.sqlite"
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(peer + suffix):
            os.remove(peer + suffix)
    out = subprocess.run([python, "-c", script, peer, str(number)], check=True, capture_output=True, text=True).stdout
    theirs = float(out)
    report("claim, then decide", f"{separate:,.0f}/s", "litequeue pop and done, synchronous FULL", f"{theirs:,.0f}/s",
           separate / theirs, "≥ 0.5")
    report("decide and claim the next, as the console does", f"{joined:,.0f}/s", "the same", f"{theirs:,.0f}/s",
           joined / theirs, "≥ 0.5")


def report(what, ours, peer, theirs, ratio, goal):
    print(f"| {what} | {ours} | {peer} | {theirs} | {ratio:.2f} | {goal} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, nargs="+", default=[100_000], help="how many posts, the most last")
    parser.add_argument("--decisions", type=int, default=5000)
    arguments = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    print("| what | releve | peer | peer's figure | ratio | goal |\n|---|---|---|---|---|---|", flush=True)
    counts = [1000, *arguments.posts]
    for count in counts:
        intake(count)
    first_screen(counts)
    key_to_frame(counts[-1])
    decisions(counts[-1], arguments.decisions)


main()
