#!/usr/bin/env python3
"""Back-tests the shipped policies on real data and writes the tables of Documentation/policy-results.md.

The data is looked for in $RELEVE_SHARED/data, or in ../shared/data beside the clone; what is missing is said and its table
left as it is. Text outside the markers of the page is never touched.
"""
import argparse, csv, gzip, json, os, re, shutil, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(ROOT, "Documentation", "policy-results.md")
# What the functional tests of HateCheck are about, in the words of this page.
FUNCTIONS = {
    "derog_neg_emote_h": "hatred as an emotion", "derog_neg_attrib_h": "bad qualities said of a group",
    "derog_dehum_h": "comparison with animals or dirt", "derog_impl_h": "contempt without a crude word",
    "threat_dir_h": "direct threat", "threat_norm_h": "says that harm would be right",
    "slur_h": "slur", "slur_homonym_nh": "a word that is a slur elsewhere",
    "slur_reclaimed_nh": "slur taken back by those it means", "profanity_h": "hatred with swearing",
    "profanity_nh": "swearing alone", "ref_subs_clause_h": "the group named in a clause before",
    "ref_subs_sent_h": "the group named in a sentence before", "negate_pos_h": "something good, negated",
    "negate_neg_nh": "something hateful, negated", "phrase_question_h": "hatred as a question",
    "phrase_opinion_h": "hatred as an opinion", "ident_neutral_nh": "the group named, neutrally",
    "ident_pos_nh": "the group named, kindly", "counter_quote_nh": "counter speech that quotes hatred",
    "counter_ref_nh": "counter speech that points at hatred", "target_obj_nh": "insult of a thing",
    "target_indiv_nh": "insult of a person", "target_group_nh": "insult of a group that is not protected",
    "spell_char_swap_h": "letters swapped", "spell_char_del_h": "a letter left out",
    "spell_space_del_h": "spaces left out", "spell_space_add_h": "spaces inside words", "spell_leet_h": "digits for letters",
}
HATECHECK = {
    "hatecheck-en": ("hatecheck-en.csv", "case_id", "en"), "hatecheck-fr": ("hatecheck-fr.csv", "mhc_case_id", "fr"),
}
OPENAI = ["sexual-content=S:1", "hate=H:1", "threats=V:1", "harassment=HR:1", "self-harm=SH:1", "child-safety=S3:1",
          "graphic-violence=V2:1"]


def data(name):
    for folder in (os.environ.get("RELEVE_SHARED"), os.path.join(ROOT, "..", "shared"), "/work/shared"):
        path = os.path.join(folder, "data", name) if folder else ""
        if os.path.exists(path):
            return path
    print(f"SKIPPED: {name} is not in ../shared/data; its table stays as it is")
    return None


def backtest(releve, policies, file, *more):
    command = [releve, "policy", "backtest", policies, "--labelled", file, "--json", "--most", "1000000", *more]
    done = subprocess.run(command, capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL="C.UTF-8", RELEVE_LANG="en"))
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return json.loads(done.stdout)


def figure(estimate):
    if estimate is None:
        return "–"
    return f"{estimate['value']:.2f} ({estimate['low']:.2f}–{estimate['high']:.2f})"


def lines(report):
    """Every policy that was labelled, and those of its rules that found anything."""
    out = ["| | support | TP | FP | FN | TN | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|---|---|---|"]
    silent = 0
    for line in report["lines"]:
        if not line["judged"]:
            continue
        if line["kind"] == "rule" and not line["tp"] + line["fp"]:
            silent += 1
            continue
        name = {"policy": f"**{line['name']}**", "rule": line["name"]}.get(line["kind"], f"{line['name']} with trials")
        if line.get("status") not in (None, "live"):
            name += f" ({line['status']})"
        if line.get("recommends") == "keep":
            name += " (keep)"
        figures = " | ".join(str(line[key]) for key in ("support", "tp", "fp", "fn", "tn"))
        out.append(f"| {name} | {figures} | {figure(line.get('precision'))} | {figure(line.get('recall'))} | "
                   f"{figure(line.get('f1'))} |")
    if silent:
        out += ["", f"{silent} other rules of these policies found nothing."]
    return out + ["", f"Bundle `{report['bundle'][:12]}`, {report['posts']:,} posts."]


def hatecheck(releve, policies, name):
    """The table of lines, and for each functional test how many posts hate finds, and any policy."""
    file, key, language = HATECHECK[name]
    path = data(file)
    if not path:
        return None
    mapping = ("--map", f"text=test_case,id={key}", "--language", language)
    report = backtest(releve, policies, path, *mapping, "--label", "hate=label_gold:hateful")
    every = list(all_policies(policies))
    # Labelled alike for all, so that whatever any of them finds is in its lists.
    labels = [word for policy in every for word in ("--label", f"{policy}=label_gold:hateful")]
    cells = [word for policy in every for way in ("tp", "fp") for word in ("--list", f"{policy}:{way}")]
    found = {entry["cell"]: {int(post.rsplit(":", 1)[1]) for post in entry["posts"]}
             for entry in backtest(releve, policies, path, *mapping, *labels, *cells)["lists"]}
    hate = found["hate:tp"] | found["hate:fp"]
    anything = set().union(*found.values())
    counts = {}
    with open(path, newline="", encoding="utf-8-sig") as rows:
        reader = csv.DictReader(rows)
        for row in reader:
            # No cell of these files goes over a line.
            count = counts.setdefault(row["functionality"], [row["label_gold"], 0, 0, 0])
            count[1] += 1
            count[2] += reader.line_num in hate
            count[3] += reader.line_num in anything
    return lines(report), counts


def all_policies(folder):
    for file in sorted(os.listdir(folder)):
        if file.endswith((".yaml", ".yml")):
            with open(os.path.join(folder, file), encoding="utf-8") as text:
                yield re.search(r"^id: *([a-z0-9-]+)", text.read(), re.M).group(1)


def functions(tables):
    """One table of both languages, by functional test."""
    names = [name for name in FUNCTIONS if any(name in counts for counts in tables.values())]
    names += sorted({name for counts in tables.values() for name in counts} - set(FUNCTIONS))
    out = ["| what is said | test | should be found | English: `hate` finds | any policy | French: `hate` finds | any policy |",
           "|---|---|---|--:|--:|--:|--:|"]
    for name in names:
        cells = []
        for language in ("hatecheck-en", "hatecheck-fr"):
            label, cases, hate, anything = tables.get(language, {}).get(name, ["", 0, 0, 0])
            cells += [f"{hate} of {cases}", f"{anything} of {cases}"] if cases else ["–", "–"]
        should = "yes" if name.endswith("_h") else "no"
        out.append(f"| {FUNCTIONS.get(name, name)} | `{name}` | {should} | {' | '.join(cells)} |")
    return out


def openai(releve, policies):
    packed = data("openai-moderation-1680.jsonl.gz")
    if not packed:
        return None
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as plain:
        with gzip.open(packed) as source:
            shutil.copyfileobj(source, plain)
        plain.flush()
        labels = [word for label in OPENAI for word in ("--label", label)]
        report = backtest(releve, policies, plain.name, "--map", "text=prompt", "--language", "en", *labels)
    missing = ", ".join(f"{count:,} for {policy}" for policy, count in sorted(report["notes"]["missing_labels"].items()))
    return lines(report) + [f"Rows without the label, left out: {missing}."]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", default=os.path.join(ROOT, "Policies"))
    parser.add_argument("--releve", help="the program (default: the release build, else the debug build)")
    arguments = parser.parse_args()
    built = [os.path.join(ROOT, ".build", kind, "releve") for kind in ("release", "debug")]
    releve = arguments.releve or next((path for path in built if os.path.exists(path)), None)
    if not releve:
        sys.exit("releve is not built (swift build -c release --product releve)")
    parts, tables = {}, {}
    for name in HATECHECK:
        result = hatecheck(releve, arguments.policies, name)
        if result:
            parts[name], tables[name] = result
    if len(tables) == len(HATECHECK):
        parts["functions"] = functions(tables)
    result = openai(releve, arguments.policies)
    if result:
        parts["openai"] = result
    with open(PAGE, encoding="utf-8") as page:
        text = page.read()
    for name, content in parts.items():
        begin, end = f"<!-- {name}: written by Benchmarks/policy-results.py -->", f"<!-- end of {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            sys.exit(f"{PAGE} lacks the markers of {name}")
        before, rest = text.split(begin)
        text = before + begin + "\n" + "\n".join(content) + "\n" + end + rest.split(end)[1]
    with open(PAGE, "w", encoding="utf-8") as page:
        page.write(text)
    print(f"wrote {', '.join(parts)} to {os.path.relpath(PAGE)}")


main()
