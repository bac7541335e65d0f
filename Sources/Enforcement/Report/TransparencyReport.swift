import Moderation
import PolicyEngine

/// A transparency report: the same figures as one HTML file and one Markdown file, made to be read by the public.
public struct TransparencyReport: Sendable {
    /// One self-contained HTML file: no scripts, no requests, light and dark, for screens and paper.
    public let html: String
    /// The same in Markdown.
    public let markdown: String

    /// Writes a report.
    ///
    /// - Parameter language: `en` or `fr`.
    public init(_ figures: ReportFigures, language: String) {
        let document = ReportWriter(
            figures: figures, words: ReportWords(language: language == "fr" ? "fr" : "en")
        )
        .document
        html = document.html
        markdown = document.markdown
    }
}

/// Turns figures into sections.
struct ReportWriter {
    let figures: ReportFigures
    let words: ReportWords
    typealias Table = ReportDocument.Table
    typealias Chart = ReportDocument.Chart
    typealias Section = ReportDocument.Section

    func say(_ english: String, _ french: String) -> String { words.say(english, french) }
    func number(_ number: Int) -> String { words.number(number) }

    var document: ReportDocument {
        let last = Timestamp(milliseconds: figures.to.milliseconds - 1)
        let (first, end) = (words.day(figures.from), words.day(last))
        let total = figures.total
        let within = figures.times.prefix(4).reduce(0, +)
        return ReportDocument(
            language: words.language, title: say("Transparency report", "Rapport de transparence"),
            subtitle: first == end
                ? "\(figures.site), \(first)"
                : say("\(figures.site), \(first) to \(end)", "\(figures.site), du \(first) au \(end)"),
            highlights: [
                (
                    number(total.all),
                    say(
                        "decisions on reported or detected posts",
                        "décisions sur des messages signalés ou détectés")
                ),
                (
                    words.share(total.all - kept.all, of: total.all),
                    say(
                        "of them restricted a post or an account",
                        "d'entre elles restreignent un message ou un compte")
                ),
                (
                    words.share(total.rules, of: total.all),
                    say("made by a rule alone", "prises par une règle seule")
                ),
                (words.share(within, of: total.all), say("within one day", "en un jour au plus")),
                (
                    words.share(total.overturned, of: total.all),
                    say("overturned later", "annulées par la suite")
                ),
            ],
            sections: [
                decisions, actions, automation, times, overturns, rules, team, languages, appeals, method,
            ],
            footer: [
                say(
                    "Days are counted in UTC. This file loads nothing and runs nothing.",
                    "Les jours sont comptés en UTC. Ce fichier ne charge et n'exécute rien.")
            ],
            chartWord: say("Chart", "Graphique"))
    }

    /// Decisions by which a post stays as it is.
    var kept: ReportFigures.Count {
        figures.cells.filter { $0.key.action == .keep }.values.reduce(.init(), +)
    }

    var parts: [String] {
        [say("by people", "par des personnes"), say("by rules alone", "par des règles seules")]
    }

    // MARK: Decisions

    private var byCategory: [(name: String, count: ReportFigures.Count)] {
        var counts: [String?: ReportFigures.Count] = [:]
        for (cell, count) in figures.cells {
            counts[cell.category] = counts[cell.category, default: .init()] + count
        }
        return counts.map { (words.category($0.key), $0.value) }
            .sorted { ($1.count.all, $0.name) < ($0.count.all, $1.name) }
    }

    private var decisions: Section {
        let rows = byCategory
        let total = figures.total
        return Section(
            title: say("What the decisions were about", "L'objet des décisions"),
            paragraphs: [
                say(
                    "Categories are those of the EU's DSA Transparency Database, as the policy that was cited names them.",
                    "Les catégories sont celles de la base de transparence du DSA de l'UE, selon la politique citée."
                )
            ],
            blocks: [
                .init(
                    chart: Chart(
                        title: say("Decisions by category", "Décisions par catégorie"),
                        summary: summary(rows.map { ($0.name, $0.count.all) }), parts: parts,
                        bars: rows.map { bar($0.name, $0.count) }),
                    table: Table(
                        caption: say(
                            "Decisions by category, and who made them",
                            "Décisions par catégorie et par auteur"),
                        header: [
                            say("Category", "Catégorie"), say("People", "Personnes"), say("Rules", "Règles"),
                            say("All", "Total"),
                        ],
                        rows: rows.map {
                            [$0.name, number($0.count.people), number($0.count.rules), number($0.count.all)]
                        },
                        total: [
                            say("All", "Total"), number(total.people), number(total.rules), number(total.all),
                        ]))
            ])
    }

    private func bar(_ name: String, _ count: ReportFigures.Count) -> Chart.Bar {
        .init(label: name, values: [Double(count.people), Double(count.rules)], text: number(count.all))
    }

    /// The first rows in words.
    func summary(_ rows: [(String, Int)]) -> String {
        guard rows.contains(where: { $0.1 > 0 }) else { return say("Nothing to show.", "Rien à montrer.") }
        return rows.prefix(3).map { "\($0.0): \(number($0.1))" }.joined(separator: "; ") + "."
    }

    private var actions: Section {
        let actions = Action.allCases.map { action in
            (action, figures.cells.filter { $0.key.action == action }.values.reduce(ReportFigures.Count(), +))
        }
        let categories = Set(figures.cells.keys.map(\.category)).filter { $0 != nil }
            .map { ($0, words.category($0)) }.sorted { $0.1 < $1.1 }
        let restrictive = Action.allCases.filter(\.isRestrictive)
        return Section(
            title: say("What was done", "Les mesures prises"),
            blocks: [
                .init(
                    chart: Chart(
                        title: say("Decisions by measure", "Décisions par mesure"),
                        summary: summary(actions.map { (words.action($0.0), $0.1.all) }), parts: parts,
                        bars: actions.map { bar(words.action($0.0), $0.1) }),
                    table: Table(
                        caption: say("Decisions by measure", "Décisions par mesure"),
                        header: [
                            say("Measure", "Mesure"), say("People", "Personnes"), say("Rules", "Règles"),
                            say("All", "Total"),
                        ],
                        rows: actions.map {
                            [words.action($0.0), number($0.1.people), number($0.1.rules), number($0.1.all)]
                        })),
                .init(
                    table: Table(
                        caption: say("Measures by category", "Mesures par catégorie"),
                        header: [say("Category", "Catégorie")] + restrictive.map(words.action),
                        rows: categories.map { category, name in
                            [name]
                                + restrictive.map {
                                    number(figures.cells[.init(category: category, action: $0)]?.all ?? 0)
                                }
                        })),
            ])
    }

    // MARK: People and rules

    private var automation: Section {
        let total = figures.total
        let applied = (
            say(
                "Person, applied to content that says the same",
                "Personne, appliqué à un contenu qui dit la même chose"), figures.applied
        )
        let rows =
            [
                (say("Person, as a rule recommended", "Personne, comme recommandé"), figures.followed),
                (
                    say("Person, other than recommended", "Personne, autrement que recommandé"),
                    figures.departed
                ),
                (say("Person, no recommendation", "Personne, sans recommandation"), figures.unadvised),
                (say("Rule alone", "Règle seule"), total.rules),
            ] + (figures.applied > 0 ? [applied] : [])
        let notices = ReportFigures.Notice.allCases.map { (words.notice($0), figures.notices[$0] ?? 0) }
            .filter { $0.1 > 0 }
        return Section(
            title: say("People and automated means", "Personnes et moyens automatisés"),
            paragraphs: [
                say(
                    "Rules look at every post and may recommend a measure. A person decides, unless the site's leads have given a rule leave to decide by itself.",
                    "Des règles examinent chaque message et peuvent recommander une mesure. Une personne décide, sauf si les responsables du site ont autorisé une règle à décider seule."
                )
            ],
            blocks: [
                .init(
                    chart: Chart(
                        title: say("Who decided, and on what", "Qui a décidé, et sur quoi"),
                        summary: summary(rows), parts: [say("decisions", "décisions")],
                        bars: rows.map {
                            .init(label: $0.0, values: [Double($0.1)], text: words.share($0.1, of: total.all))
                        }),
                    table: shares(
                        say("Who decided, and on what", "Qui a décidé, et sur quoi"),
                        say("Decision by", "Décision par"), rows)),
                .init(
                    table: shares(
                        say("How the posts came to notice", "Comment les messages ont été connus"),
                        say("Origin", "Origine"),
                        notices)),
            ])
    }

    /// Counts with their share of all decisions.
    func shares(_ caption: String, _ what: String, _ rows: [(String, Int)]) -> Table {
        let all = figures.total.all
        return Table(
            caption: caption, header: [what, say("Decisions", "Décisions"), say("Share", "Part")],
            rows: rows.map { [$0.0, number($0.1), words.share($0.1, of: all)] })
    }

    private var times: Section {
        let all = figures.total.all
        let rows = figures.times.indices.map { (words.time($0), figures.times[$0]) }
        var sum = 0
        let table = rows.map { name, count in
            sum += count
            return [name, number(count), words.share(count, of: all), words.share(sum, of: all)]
        }
        return Section(
            title: say("Time to decision", "Délai de décision"),
            paragraphs: [
                say(
                    "From the moment a post came in to the decision on it, over all decisions. A post that was reported again is counted from the first time. How fast any one person works is not measured.",
                    "De l'arrivée d'un message à la décision, toutes décisions confondues. Un message signalé de nouveau compte depuis la première fois. La vitesse de travail de chacun n'est pas mesurée."
                )
            ],
            blocks: [
                .init(
                    chart: Chart(
                        title: say(
                            "Decisions by time since coming in", "Décisions selon le délai depuis l'arrivée"),
                        summary: summary(rows), parts: [say("decisions", "décisions")],
                        bars: rows.map {
                            .init(label: $0.0, values: [Double($0.1)], text: words.share($0.1, of: all))
                        }),
                    table: Table(
                        caption: say("Time to decision", "Délai de décision"),
                        header: [
                            say("Time", "Délai"), say("Decisions", "Décisions"), say("Share", "Part"),
                            say("Share so far", "Part cumulée"),
                        ],
                        rows: table))
            ])
    }
}
