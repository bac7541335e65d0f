#!/usr/bin/env python3
"""Measures work on PostgreSQL beside a named peer in one run and prints a table. See README.md.

Starts a server of its own on a unix socket, as another user when run as root. Then, in turn and several times: many people
who each claim and decide at once, every decision durable before the next, beside `pgbench` with as many connections that
runs nothing but a claim by SKIP LOCKED and an update on the same server with the same settings. The median counts.
With `--history` only the same work over a short and a long history is measured, with `--crowd` only many people who take
their time.
"""
import argparse, csv, os, random, re, shutil, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

BARE = """\
\\set worker random(1, 1000000)
BEGIN;
UPDATE jobs SET state = 1, worker = :worker WHERE number = (
  SELECT number FROM jobs WHERE state = 0 ORDER BY rank, number LIMIT 1 FOR UPDATE SKIP LOCKED);
UPDATE jobs SET state = 2, done_at = now() WHERE worker = :worker AND state = 1;
COMMIT;
"""


# Posts that were decided long ago, with contents and decisions, each like one that is there; of these the ledger tells nothing.
HISTORY = """\
SET session_replication_role = replica; SET synchronous_commit = off; SET search_path = releve;
CREATE TEMP TABLE base AS SELECT (SELECT max(number) FROM posts) AS post, (SELECT max(number) FROM decisions) AS decision;
CREATE TEMP TABLE post AS SELECT * FROM posts WHERE state = 2 ORDER BY number LIMIT 1;
CREATE TEMP TABLE content AS SELECT * FROM contents WHERE post = (SELECT number FROM post);
CREATE TEMP TABLE decision AS SELECT * FROM decisions WHERE number = (SELECT decision FROM post);
INSERT INTO posts SELECT base.post + n, 'h' || substr(md5(base.post + n || ''), 1, 15), source, taken_in_at - n, version, state,
    shelf, rank, flags, deadline, bundle, findings, action, policy, rule, author, aside, evaluated_at, base.decision + n
  FROM generate_series(1, {count}) AS n, base, post;
INSERT INTO contents SELECT base.post + n, version, salt, digest, bytes FROM generate_series(1, {count}) AS n, base, content;
INSERT INTO decisions ({columns}) SELECT {values} FROM generate_series(1, {count}) AS n, base, decision AS d;
UPDATE shelf_counts SET posts = posts + {count} WHERE state = 2 AND shelf = (SELECT shelf FROM post);
"""


class Server:
    """A cluster in a folder of its own; everything in it is durable as it would be on a site."""

    def __init__(self, binaries, connections=200):
        self.binaries = binaries
        self.folder = tempfile.mkdtemp(prefix="releve-bench-", dir="/var/tmp")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.call("initdb", "--pgdata", f"{self.folder}/data", "--auth", "trust", "--username", "owner", "--encoding",
                  "UTF8", "--locale", "C.UTF-8")
        settings = f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nmax_connections = {connections}\n" \
                   "shared_buffers = 512MB\nmax_wal_size = 8GB\ncheckpoint_timeout = 1h\n"
        with open(f"{self.folder}/data/postgresql.conf", "a") as file:
            file.write(settings)
        self.call("pg_ctl", "--pgdata", f"{self.folder}/data", "--log", f"{self.folder}/log", "--wait", "--silent", "start")

    def call(self, program, *words, **more):
        command = [f"{self.binaries}/{program}", *words]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        return subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, **more).stdout.decode()

    def sql(self, database, text):
        return self.call("psql", "-h", self.folder, "-U", "owner", "-d", database, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c",
                         text).strip()

    def address(self, database):
        return f"postgres://owner@/{database}?host={self.folder}"

    def stop(self):
        self.call("pg_ctl", "--pgdata", f"{self.folder}/data", "--mode", "fast", "--silent", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def make_site(options, server, posts):
    server.sql("postgres", "CREATE DATABASE site")
    env = dict(os.environ, RELEVE_STORE=server.address("site"), RELEVE_KEY=f"{options.work}/site.key",
               XDG_CACHE_HOME=options.work, LC_ALL="C.UTF-8")
    words = "the of and to in that it was for on are with his they at be this from have or by one had not but".split()
    path = f"{options.work}/posts.csv"
    random.seed(7)
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "source", "text", "language", "author", "reason"])
        for number in range(posts):
            writer.writerow([number, "bench", " ".join(random.choices(words, k=40)), random.choice(["en", "fr"]),
                             f"u{number % 500}", "spam"])
    for command in (["init", "--demo", "--policies", f"{ROOT}/Policies"], ["intake", path]):
        subprocess.run([f"{options.built}/releve", *command], check=True, env=env, stdout=subprocess.DEVNULL)
    return env


def decide(options, server, env, *more):
    text = subprocess.run([f"{options.built}/releve-bench", "crowd", server.address("site"), "--people",
                           str(options.connections), "--seconds", str(options.seconds), *more], check=True, env=env,
                          stdout=subprocess.PIPE).stdout.decode()
    print("  " + text.strip(), file=sys.stderr)
    return int(re.search(r": (\d+)/s", text).group(1))


def spread(options, server, env, *more):
    """Decisions a second, the half and 99 % of the times, in ms."""
    text = subprocess.run([f"{options.built}/releve-bench", "crowd", server.address("site"), *more], check=True, env=env,
                          stdout=subprocess.PIPE).stdout.decode()
    print("  " + text.strip(), file=sys.stderr)
    return re.search(r": (\d+)/s, half in (\d+) ms, 99 % in (\d+) ms", text).groups()


def add_history(server, count):
    columns = [name for name in server.sql("site", "SELECT attname FROM pg_attribute WHERE attrelid = 'releve.decisions'::regclass "
                                                   "AND attnum > 0 AND NOT attisdropped ORDER BY attnum").split()]
    made = {"number": "base.decision + n", "id": "'g' || substr(md5(base.decision + n || ''), 1, 15)",
            "post": "'h' || substr(md5(base.post + n || ''), 1, 15)", "decided_at": "d.decided_at - n",
            "due_at": "NULL", "before": "NULL"}
    server.sql("site", HISTORY.format(count=count, columns=", ".join(columns),
                                      values=", ".join(made.get(name, f"d.{name}") for name in columns)))
    server.sql("site", "VACUUM (ANALYZE)")
    server.sql("site", "CHECKPOINT")


def history(options, server, env):
    """The same work with few posts behind it and with many."""
    decide(options, server, env)
    figures, done = [], 0
    for posts in (5_000, options.history):
        add_history(server, posts - done)
        done = posts
        figures.append(statistics.median(decide(options, server, env) for _ in range(options.rounds)))
    few, many = figures
    print(f"| claim + decide over {done:,} posts of history | {many:.0f}/s | over 5,000 | {few:.0f}/s | {many / few:.2f} |")


def crowd(options, server, env):
    """Many people who decide every so often."""
    rate, half, late = spread(options, server, env, "--people", str(options.crowd), "--every", str(options.every),
                              "--seconds", str(options.minutes * 60))
    twice = server.sql("site", "SELECT count(*) FROM (SELECT post FROM releve.decisions WHERE undone_at IS NULL "
                               "GROUP BY post HAVING count(*) > 1) AS twice")
    subprocess.run([f"{options.built}/releve", "ledger", "verify"], check=True, env=env, stdout=subprocess.DEVNULL)
    print(f"| {options.crowd} people, a post every {options.every:g} s, {options.minutes:g} minutes, {rate}/s | "
          f"half in {half} ms | 99 % in {late} ms | decided twice: {twice} | the ledger verifies |")


def wake(options, server):
    """Somebody waits at an empty queue; posts come one by one."""
    server.sql("postgres", "CREATE DATABASE quiet")
    env = dict(os.environ, RELEVE_STORE=server.address("quiet"), RELEVE_KEY=f"{options.work}/quiet.key",
               XDG_CACHE_HOME=options.work, LC_ALL="C.UTF-8")
    subprocess.run([f"{options.built}/releve", "init", "--demo", "--policies", f"{ROOT}/Policies"], check=True, env=env,
                   stdout=subprocess.DEVNULL)
    text = subprocess.run([f"{options.built}/releve-bench", "wake", server.address("quiet")], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    print("  " + text.strip(), file=sys.stderr)
    return re.search(r"half in (\d+) ms, 99 % in (\d+) ms", text).groups()


def bare(options, server, script):
    text = server.call("pgbench", "-h", server.folder, "-U", "owner", "-n", "-M", "prepared", "-c",
                       str(options.connections), "-j", "2", "-T", str(int(options.seconds)), "-f", script, "bare")
    print("  pgbench: " + re.search(r"tps = .*", text).group(0), file=sys.stderr)
    return float(re.search(r"tps = ([\d.]+)", text).group(1))


def jobs(options, server):
    """What a general queue of jobs does, where its Python is given."""
    server.sql("postgres", "DROP DATABASE IF EXISTS jobs")
    server.sql("postgres", "CREATE DATABASE jobs")
    dsn = f"host={server.folder} user=owner dbname=jobs"
    text = subprocess.run([options.procrastinate, f"{ROOT}/Benchmarks/postgres-jobs.py", dsn, str(options.jobs),
                           str(options.connections)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    print(f"  procrastinate: {text.strip()}/s", file=sys.stderr)
    return float(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--built", default=f"{ROOT}/.build/release", help="the folder of the built programs")
    parser.add_argument("--binaries", default="/usr/lib/postgresql/15/bin", help="the folder of PostgreSQL's programs")
    parser.add_argument("--posts", type=int, default=60_000)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--procrastinate", help="a Python that has procrastinate[psycopg], to be measured beside")
    parser.add_argument("--jobs", type=int, default=2000, help="how many jobs it is given")
    parser.add_argument("--history", type=int, help="only: over so many decided posts, beside 5,000")
    parser.add_argument("--crowd", type=int, help="only: so many people who decide every so often")
    parser.add_argument("--every", type=float, default=10, help="seconds from each of their decisions to the next")
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    options.work = tempfile.mkdtemp(prefix="releve-bench-work-")
    server = Server(options.binaries, connections=200 + (options.crowd or 0))
    try:
        env = make_site(options, server, options.posts)
        if options.history or options.crowd:
            server.sql("site", "VACUUM (ANALYZE)")
            return history(options, server, env) if options.history else crowd(options, server, env)
        server.sql("postgres", "CREATE DATABASE bare")
        server.sql("bare", "CREATE TABLE jobs (number BIGINT PRIMARY KEY, state INT NOT NULL, rank BIGINT NOT NULL, "
                           "worker BIGINT, done_at TIMESTAMPTZ, text TEXT NOT NULL); "
                           "INSERT INTO jobs SELECT n, 0, n % 100, NULL, NULL, repeat('word ', 40) "
                           "FROM generate_series(1, 1000000) AS n; "
                           "CREATE INDEX jobs_waiting ON jobs (rank, number) WHERE state = 0; "
                           "CREATE INDEX jobs_worker ON jobs (worker) WHERE state = 1")
        server.sql("bare", "VACUUM ANALYZE jobs")
        server.sql("site", "ANALYZE")
        script = f"{options.work}/bare.sql"
        with open(script, "w") as file:
            file.write(BARE)
        os.chmod(options.work, 0o755)
        ours, held, theirs, others = [], [], [], []
        for _ in range(options.rounds):
            ours.append(decide(options, server, env))
            held.append(decide(options, server, env, "--logins"))
            theirs.append(bare(options, server, script))
            if options.procrastinate:
                others.append(jobs(options, server))
        subprocess.run([f"{options.built}/releve", "ledger", "verify"], check=True, env=env, stdout=subprocess.DEVNULL)
        mine, peer = statistics.median(ours), statistics.median(theirs)
        print(f"| claim + decide, {options.connections} connections | {mine:.0f}/s | pgbench {peer:.0f}/s "
              f"| {mine / peer:.3f} |")
        kept = statistics.median(held)
        print(f"| the same, each as their own login | {kept:.0f}/s | as the owner {mine:.0f}/s | {kept / mine:.3f} |")
        if others:
            queue = statistics.median(others)
            print(f"| the same | {mine:.0f}/s | procrastinate, one job each {queue:.0f}/s | {mine / queue:.2f} |")
        half, late = wake(options, server)
        print(f"| intake to the claim of who waits | half in {half} ms | 99 % in {late} ms | |")
    finally:
        server.stop()
        shutil.rmtree(options.work, ignore_errors=True)


if __name__ == "__main__":
    main()
