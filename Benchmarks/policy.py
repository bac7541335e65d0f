#!/usr/bin/env python3
"""Measures policies beside YARA and beside the bare scanner in one run and prints a table. See README.md."""
import argparse, json, os, random, statistics, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "Benchmarks", "work")
BENCH = os.path.join(ROOT, ".build/release/releve-bench")

# Common words, and syllables to make rarer ones of.
LANGUAGES = {
    "en": ("the of and to in that it was for on are with his they at be this from have or by one had not but what all "
           "were when we there can said which she how their will up other about out many then them these some her "
           "would make like him into time has look two more write see number could people than first water been who "
           "its now find long down day did get come made may part really think because should never always today",
           "con pre dis able ing er ment tion sub port form act rect vers ter pos press ject duc scrib spec graph"),
    "fr": ("le la les de des un une et est dans que qui pour pas sur avec plus tout mais comme nous vous ils elle "
           "être avoir fait dit très même où déjà après année français été peut encore toujours rien moins bien "
           "quand alors parce chez sans sous entre temps jour monde vie main chose homme femme enfant",
           "é tion eur euse ment able re dé pré con sur port mis prend vien cour ouvr plais chant égal ré fin"),
    "es": ("el la los las de que y en un una ser se no haber por con su para como estar tener le lo todo pero más "
           "hacer o poder decir este ir otro ese si me ya ver porque dar cuando él muy sin vez mucho saber qué "
           "sobre mi alguno mismo yo también hasta año dos querer entre así primero desde grande",
           "ción dad miento able des re pre con tra por fer mar can ción ado ido ero ista quier pued señ llam"),
    "de": ("der die das und sein in ein zu haben ich werden sie von nicht mit es sich auch auf für an er so dass "
           "können dies als ihr ja wie bei oder wir aber dann man da sein noch nach was also aus all wenn nur "
           "müssen sagen um über machen kein Jahr du mein schon vor durch geben mehr andere viel kommen jetzt",
           "ung heit keit lich bar ver be ge ent zer vor auf aus stell fahr sprech schreib denk nehm trag würf"),
    "ru": ("и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой ещё так о для "
           "сказать ты же от вы год мочь человек такой тот или если только его бы себя один как уже до время "
           "когда другой вот говорить знать наш да дело первый день работа город жизнь",
           "ость ение ать ить про пере при раз под вы на ход вод нос пис сказ дел ста кра мож люб тел ник"),
    "el": ("και το να του η της με που την από για είναι τα τον ο στο θα οι δεν στην τους τη μας αυτό σε ένα αλλά "
           "μια όπως πολύ αν ότι έχει μου όλα πριν μετά χρόνος άνθρωπος μέρα ζωή σπίτι νερό κόσμος",
           "ση μα της κός ία αν κατα προ συν παρα δια μετα γραφ λογ φων πολ δημ οικ θερ χρον"),
    "ar": ("في من على أن إلى هذا التي كان عن مع هذه ما لا بعد كل الذي قد بين أو ذلك عند كما حتى وقت يوم سنة رجل "
           "بيت ماء كتاب مدينة عمل حياة ناس أول آخر كبير جديد",
           "مس كت قر در حم سل فه عل ون ين ات ال مو تر جم رس"),
    "hi": ("के में की है यह और से हैं को पर इस होता कि जो कर मे गया करने किया लिये अपने ने बनी नहीं तो ही या एवं "
           "दिया हो इसका था द्वारा हुआ तक साथ करना वाले बाद लिए आप कुछ सकते",
           "ता ना का री ली कर मन दर बा सं प्र वि नि रा जी पु"),
    "ja": ("これは 私の それが 今日 とても 時間 日本 人々 言葉 ありがとう 本当に 大丈夫 何か いつも 学校 仕事 世界 "
           "新しい 考える 食べる 友達 電話 写真", "かん しゅ 力 者 人 大 小 スト ログ メン 会 社 電 力 山 口"),
}
SHARES = {"en": 42, "fr": 14, "es": 14, "de": 10, "ru": 8, "ar": 4, "el": 3, "hi": 2, "ja": 3}


def patterns(count):
    """Of twenty patterns ten words, made from the languages' syllables, nine phrases of common words, and one expression
    of the shape that policies have: alternatives one after another."""
    made, seen = [], set(word for common, _ in LANGUAGES.values() for word in common.split())
    names, weights = list(SHARES), list(SHARES.values())
    while len(made) < count:
        common, parts = (text.split() for text in LANGUAGES[random.choices(names, weights)[0]])
        rare = lambda: "".join(random.choices(parts, k=random.choice([2, 3, 3])))
        alternatives = lambda words: "(" + "|".join(words) + ")"
        kind = "regex" if len(made) % 20 == 0 else "word"
        if kind == "regex":
            text = " ".join([alternatives(random.sample(common, 2)), alternatives([rare() for _ in range(3)]),
                             alternatives(random.sample(common, 3))])
            text = rf"\b{text}\b" if text.isascii() else text
        elif len(made) % 20 < 10:
            text = " ".join(random.choices(common, k=random.choice([3, 4, 4, 5])))
        else:
            text = rare()
        if text not in seen and len(text) >= 4:
            seen.add(text)
            made.append((kind, text))
    return made


def rules(made, each=12):
    for start in range(0, len(made), each):
        part = made[start:start + each]
        yield start // each, [p for kind, p in part if kind == "word"], [p for kind, p in part if kind == "regex"]


def write_policies(folder, made, fold):
    os.makedirs(folder, exist_ok=True)
    quoted = lambda items: json.dumps(items, ensure_ascii=False)
    with open(f"{folder}/bench.yaml", "w") as file:
        file.write("id: bench\ntitle: Bench\nguidance: Bench\nneutral: Bench.\nhazard: mild\nactions: [label]\n"
                   "dsa: {category: STATEMENT_CATEGORY_VIOLENCE}\nrules:\n")
        for number, words, expressions in rules(made):
            file.write(f"  - id: bench/r{number}\n    selections:\n")
            if words:
                file.write(f"      words: {{body: {{any_word: {quoted(words)}, fold: {fold}}}}}\n")
            if expressions:
                file.write(f"      regexes: {{body: {{regex: {quoted(expressions)}, fold: {fold}}}}}\n")
            file.write("    when: any of them\n    recommend: label\n")


def write_yara(path, made):
    escaped = lambda word: word.replace("\\", "\\\\").replace('"', '\\"')
    with open(path, "w") as file:
        for number, words, expressions in rules(made):
            file.write(f"rule r{number} {{ strings:\n")
            for index, word in enumerate(words):
                file.write(f'  $w{index} = "{escaped(word)}" nocase fullword\n')
            for index, expression in enumerate(expressions):
                file.write(f"  $x{index} = /{expression}/ nocase\n")
            file.write("condition: any of them }\n")


def write_posts(path, count, words):
    """Texts of about 1 kB; one in five holds a word that is looked for, one in ten of these in disguise."""
    names, weights = list(SHARES), list(SHARES.values())
    with open(path, "w") as file:
        for _ in range(count):
            common = LANGUAGES[random.choices(names, weights)[0]][0].split()
            text, size, start = [], 0, True
            while size < 1000:
                word = random.choice(common)
                chance = random.random()
                word = word.capitalize() if start or chance < 0.05 else word
                start = False
                if chance > 0.88:
                    word += random.choice([".", ",", ",", ".", "!", "?", "…", " —", ":)", " 😀"])
                    start = word[-1] in ".!?…"
                elif chance > 0.876:
                    word = random.choice([str(random.randint(1, 2030)), "3pm", "10k", "https://www.example.org/a/b",
                                          "@someone", "#topic", "“" + word + "”", "soooo"])
                text.append(word)
                size += len(word.encode()) + 1
            if random.random() < 0.2:
                hit = random.choice(words)
                if random.random() < 0.1:
                    hit = hit.replace("i", "1").replace("o", "0").replace("e", "3")
                text.insert(random.randrange(len(text)), hit)
            file.write(" ".join(text) + "\n")


def ours(name, posts, rounds, *options):
    out = subprocess.run([BENCH, "policy", f"{WORK}/{name}", posts, "--rounds", str(rounds), "--cache",
                          f"{WORK}/{name}-cache", *options], check=True, capture_output=True, text=True).stdout
    return {line.split()[0]: float(line.split()[1]) for line in out.splitlines()}


def yara(posts, rules_file):
    """Seconds of processor time per post; `None` when it can't be had."""
    python = f"{WORK}/venv/bin/python"
    try:
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", f"{WORK}/venv"], check=True)
        if subprocess.run([python, "-c", "import yara"], stderr=subprocess.DEVNULL).returncode:
            subprocess.run([python, "-m", "pip", "-q", "install", "yara-python"], check=True)
        script = ("import sys,time,yara\nr=yara.compile(sys.argv[1])\n"
                  "p=open(sys.argv[2],'rb').read().splitlines()\nt=time.process_time()\n"
                  "n=sum(len(r.match(data=x)) for x in p)\n"
                  "print((time.process_time()-t)/len(p),n,yara.__version__)\n")
        out = subprocess.run([python, "-c", script, rules_file, posts], check=True, capture_output=True, text=True)
        seconds, found, version = out.stdout.split()
        return float(seconds), int(found), version
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"SKIPPED: yara-python can't be had ({error})")
        return None


def report(what, ours, peer, theirs, ratio, goal, turns=()):
    seen = f" ({min(turns):.2f}–{max(turns):.2f})" if turns else ""
    print(f"| {what} | {ours} | {peer} | {theirs} | {ratio:.2f}{seen} | {goal} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patterns", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--prepare", action="store_true", help="write the policies and posts, and measure nothing")
    arguments = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    random.seed(11)
    made = patterns(arguments.patterns)
    words = [text for kind, text in made if kind == "word"]
    posts, few = f"{WORK}/policy-posts.txt", f"{WORK}/policy-posts-few.txt"
    write_posts(posts, arguments.posts, words)
    with open(posts) as file, open(few, "w") as part:
        part.writelines(line for line, _ in zip(file, range(2000)))
    write_policies(f"{WORK}/policy-folded", made, "full")
    write_policies(f"{WORK}/policy-exact", made, "none")
    write_policies(f"{WORK}/policy-tenth", made[:len(made) // 10], "full")
    write_yara(f"{WORK}/policy.yar", made)
    if arguments.prepare:
        return
    # Each turn measures everything once, so that a slow minute of the machine slows both sides of a ratio.
    loaded = {name: ours(f"policy-{name}", posts, 5) for name in ["folded", "exact", "tenth"]}
    turns = []
    for _ in range(arguments.turns):
        turn = {name: ours(f"policy-{name}", posts, 1, "--compare") for name in ["folded", "tenth", "exact"]}
        turn["yara"] = yara(few, f"{WORK}/policy.yar")
        turns.append(turn)
    rate = lambda posts, seconds: f"{posts / seconds:,.0f}/s"
    middle = lambda pick: statistics.median(pick(turn) for turn in turns)
    each = lambda name, figure: middle(lambda turn: turn[name][figure] / turn[name]["posts"])
    count = f"{arguments.patterns:,} patterns"
    print("| what | releve | peer | peer's figure | ratio | goal |\n|---|---|---|---|---|---|", flush=True)
    if all(turn["yara"] for turn in turns):
        ratio = lambda turn: turn["yara"][0] * turn["folded"]["posts"] / turn["folded"]["evaluate"]
        report(f"posts of 1 kB, {count}, one core", rate(1, each("folded", "evaluate")),
               f"yara-python {turns[0]['yara'][2]}", rate(1, middle(lambda turn: turn["yara"][0])),
               middle(ratio), "≥ 15", [ratio(turn) for turn in turns])
    for what, name, goal in [("with folding", "folded", "≥ 0.2"), ("without folding", "exact", "≥ 0.35")]:
        ratio = lambda turn: turn[name]["bare"] / turn[name]["evaluate"]
        report(f"the same, {what}", rate(1, each(name, "evaluate")), "bare hs_scan", rate(1, each(name, "bare")),
               middle(ratio), goal, [ratio(turn) for turn in turns])
    ratio = lambda turn: turn["folded"]["evaluate"] / turn["tenth"]["evaluate"]
    report("10 × the rules", f"{each('folded', 'evaluate') * 1e6:.1f} µs a post", "a tenth of the rules",
           f"{each('tenth', 'evaluate') * 1e6:.1f} µs a post", middle(ratio), "≤ 1.5",
           [ratio(turn) for turn in turns])
    folded = loaded["folded"]
    report("two cores", rate(folded["posts"], folded["two"]), "one", rate(folded["posts"], folded["one"]),
           folded["one"] / folded["two"], "≥ 1.8")
    report(f"load of a cached bundle, {count}", f"{folded['load'] * 1000:.0f} ms", "compiling it",
           f"{folded['compile'] * 1000:.0f} ms", folded["load"] / folded["compile"], "≤ 0.05")


main()
