#!/usr/bin/env python3
"""Plays a synthetic month with `releve limits simulate` under each order of dispatch and prints a table. See dispatch.md.

Twenty moderators in three shifts around the clock, hazards with heavy tails (long looks, raids of hundreds of posts), more
of what is severe in the evening and at night, deadlines of 1 to 168 hours: dispatch-month.json. The same posts are given
out oldest first, by priority as the queue does, and levelled, pooled over months and month by month. Then variants of the
month, so that nobody takes the one figure for more than it is. No store is read: only the parameters and the limits in force
of an empty site.
"""
import argparse, copy, json, os, statistics, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "Benchmarks", "work")
MONTH = os.path.join(ROOT, "Benchmarks", "dispatch-month.json")
ORDERS = ("oldest", "priority", "levelled")


def site(built):
    path = f"{WORK}/dispatch.sqlite"
    for suffix in ("", "-wal", "-shm", ".key"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)
    env = dict(os.environ, RELEVE_STORE=f"sqlite:{path}", XDG_CACHE_HOME=WORK, LC_ALL="C.UTF-8", RELEVE_LANG="en")
    subprocess.run([f"{built}/releve", "init", "--demo", "--policies", f"{ROOT}/Policies"], check=True, env=env,
                   stdout=subprocess.DEVNULL)
    return env


def foresee(built, env, parameters, order, options, seed, runs):
    command = [f"{built}/releve", "limits", "simulate", "--json", "--parameters", parameters, "--dispatch", order,
               "--staff", str(options.staff), "--days", "28", "--warm-up", "7", "--runs", str(runs),
               "--seed", str(seed)]
    return json.loads(subprocess.run(command, check=True, env=env, stdout=subprocess.PIPE).stdout)


def variants(month):
    """The month, and what changes when one thing of it does."""
    yield "the month", month, 0
    yield "the month, other seeds", month, 100
    yield "the month, other seeds again", month, 200
    calm = copy.deepcopy(month)
    for work in calm["hazards"].values():
        work.pop("bursts", None)
    yield "without raids", calm, 0
    flat = copy.deepcopy(month)
    for work in flat["hazards"].values():
        work["arrivals"] = sum(work["arrivals"]) / 24
    yield "severe posts at any hour", flat, 0
    short = copy.deepcopy(month)
    for work in short["hazards"].values():
        for deadline in work["deadlines"]:
            deadline["hours"] = min(deadline["hours"], 4)
    yield "every deadline 4 h at most", short, 0
    day = copy.deepcopy(month)
    day["shifts"] = [{"start": "08:00"}]
    yield "one shift by day", day, 0


def kept(said, hazard=None):
    kinds = said["hazards"].values() if hazard is None else [said["hazards"][hazard]]
    return sum(kind["deadlines_met"] for kind in kinds) / max(1, sum(kind["deadlines_due"] for kind in kinds))


def decided(said):
    kinds = said["hazards"].values()
    return sum(kind["decided"] for kind in kinds) / sum(kind["arrived"] for kind in kinds)


def table(env, month, options):
    """Every variant under every order; what the goal is held against: the three sets of the month itself."""
    print("| month | given out | decided of what came | deadlines kept | of severe posts | of extreme ones "
          "| dose of a week: mean | 95 % below | highest | of a shift: 95 % below "
          "| 95th percentile of a week beside oldest first | the most that levelling could do |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    sets = []
    for name, parameters, more in variants(month):
        path = f"{WORK}/dispatch.json"
        json.dump(parameters, open(path, "w"))
        first = None
        for order in ORDERS:
            said = foresee(options.built, env, path, order, options, options.seed + more, options.runs)
            first = first or said
            week, shift = said["week_dose"], said["shift_dose"]
            oldest = first["week_dose"]["p95_percent"]
            change = week["p95_percent"] / oldest - 1
            most = said["team_week_dose"]["p95_percent"] / oldest - 1
            beside = {"oldest": "| | |", "priority": f"| {100 * change:+.1f} % | |",
                      "levelled": f"| {100 * change:+.1f} % | {100 * most:+.1f} % |"}[order]
            print(f"| {name} | {order} | {100 * decided(said):.2f} % | {100 * kept(said):.2f} % "
                  f"| {100 * kept(said, 'severe'):.2f} % | {100 * kept(said, 'extreme'):.2f} % "
                  f"| {week['mean_percent']:.0f} % | {week['p95_percent']:.0f} % | {week['highest_percent']:.0f} % "
                  f"| {shift['p95_percent']:.0f} % {beside}",
                  flush=True)
            if name.startswith("the month") and order == "levelled":
                sets.append(change <= -0.25 and decided(said) >= 0.99 * decided(first)
                            and kept(said) >= kept(first) - 0.001)
    return sets


def month_by_month(env, month, options):
    """Each month of the three sets by itself: the change, and the most that levelling could do."""
    path = f"{WORK}/dispatch.json"
    json.dump(month, open(path, "w"))
    changes, most = [], []
    for more in (0, 100, 200):
        for seed in range(options.seed + more, options.seed + more + options.runs):
            oldest, levelled = (foresee(options.built, env, path, order, options, seed, 1)
                                for order in ("oldest", "levelled"))
            first = oldest["week_dose"]["p95_percent"]
            changes.append(levelled["week_dose"]["p95_percent"] / first - 1)
            most.append(levelled["team_week_dose"]["p95_percent"] / first - 1)
    reached = sum(change <= -0.25 for change in changes)
    print(f"\nmonth by month: 25 % less or better in {reached} of {len(changes)}; "
          f"median {100 * statistics.median(changes):+.1f} %, from {100 * min(changes):+.1f} % to {100 * max(changes):+.1f} %; "
          f"the most that levelling could do: median {100 * statistics.median(most):+.1f} %")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--built", default=f"{ROOT}/.build/release")
    parser.add_argument("--runs", type=int, default=10, help="months, with one seed after another")
    parser.add_argument("--seed", type=int, default=9001)
    parser.add_argument("--month", default=MONTH, help="another file of parameters, such as dispatch-people.json")
    parser.add_argument("--staff", type=int, default=20)
    options = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    env = site(options.built)
    month = json.load(open(options.month))
    sets = table(env, month, options)
    month_by_month(env, month, options)
    print(f"\ngoal (levelled: 25 % less, as many decided within 1 %, as many deadlines kept within 0.1 points): "
          f"met in {sum(sets)} of {len(sets)} sets of months")
    return 0 if all(sets) else 1


if __name__ == "__main__":
    sys.exit(main())
