import Moderation
import PolicyEngine

extension ReportWriter {
    // MARK: Overturns and rules

    var overturns: Section {
        let total = figures.total
        let actions = Action.allCases.map { action in
            (words.action(action), figures.cells.filter { $0.key.action == action }.values.reduce(.init(), +))
        }.filter { (_, count: ReportFigures.Count) in count.all > 0 }
        func row(_ name: String, _ count: ReportFigures.Count) -> [String] {
            [
                name, "\(number(count.peopleOverturned)) / \(number(count.people))",
                "\(number(count.rulesOverturned)) / \(number(count.rules))",
                words.share(count.overturned, of: count.all),
            ]
        }
        return Section(
            title: say("Overturned decisions", "Décisions annulées"),
            paragraphs: [
                say(
                    "Decisions that were taken back after they had taken effect, among those made in this time. \(number(figures.withdrawn)) more were corrected by their author before they took effect and are counted nowhere else.",
                    "Décisions annulées après avoir pris effet, parmi celles de la période. \(number(figures.withdrawn)) autres ont été corrigées par leur auteur avant tout effet et ne sont comptées nulle part ailleurs."
                )
            ],
            blocks: [
                .init(
                    chart: Chart(
                        title: say(
                            "Overturned, in percent of each measure",
                            "Annulées, en pourcentage de chaque mesure"),
                        summary: say(
                            "\(number(total.overturned)) of \(number(total.all)) decisions.",
                            "\(number(total.overturned)) décisions sur \(number(total.all))."),
                        parts: [say("overturned", "annulées")],
                        bars: actions.map { name, count in
                            .init(
                                label: name, values: [Double(count.overturned) / Double(max(1, count.all))],
                                text: words.share(count.overturned, of: count.all))
                        }, scale: scale(of: actions.map(\.1))),
                    table: Table(
                        caption: say("Overturned, of how many", "Annulées, sur combien"),
                        header: [
                            say("Measure", "Mesure"), say("People", "Personnes"), say("Rules", "Règles"),
                            say("Share", "Part"),
                        ],
                        rows: actions.map { row($0.0, $0.1) }, total: row(say("All", "Total"), total)))
            ])
    }

    /// Bars of shares reach to a round share above the largest, 10 % at least.
    private func scale(of counts: [ReportFigures.Count]) -> Double {
        let largest = counts.map { Double($0.overturned) / Double(max(1, $0.all)) }.max() ?? 0
        return max(0.1, (largest * 10).rounded(.up) / 10)
    }

    var rules: Section {
        let known = figures.rules.sorted {
            let (left, right) = (
                $0.value.decided + $0.value.recommended, $1.value.decided + $1.value.recommended
            )
            return left == right ? $0.key.rawValue < $1.key.rawValue : left > right
        }
        let alone = known.filter { $0.value.decided > 0 }
        let advising = known.filter { $0.value.recommended > 0 || $0.value.disputed > 0 }
        var blocks: [ReportDocument.Block] = []
        if !alone.isEmpty { blocks.append(.init(table: errors(alone))) }
        if !advising.isEmpty { blocks.append(.init(table: advice(advising))) }
        return Section(
            title: say("How often rules are right", "Justesse des règles"),
            paragraphs: [
                alone.isEmpty
                    ? say(
                        "No rule decided by itself in this time.",
                        "Aucune règle n'a décidé seule pendant la période.")
                    : say(
                        "A rule that decides by itself is known to be wrong when a person takes its decision back. Errors that nobody noticed are not in this figure. The interval holds the true share in 95 of 100 such cases (Wilson).",
                        "L'erreur d'une règle qui décide seule est connue quand une personne annule sa décision. Les erreurs restées inaperçues n'y figurent pas. L'intervalle contient la vraie part dans 95 cas sur 100 (Wilson)."
                    ),
                say(
                    "Where a person decides, the record shows how often they did as the rule had recommended, and how often moderators said that it was wrong.",
                    "Quand une personne décide, le registre montre combien de fois elle a suivi la règle, et combien de fois des modérateurs l'ont dite fausse."
                ),
            ], blocks: blocks)
    }

    private func errors(_ rules: [(key: RuleID, value: ReportFigures.RuleCount)]) -> Table {
        Table(
            caption: say("Rules that decide by themselves", "Règles qui décident seules"),
            header: [
                say("Rule", "Règle"), say("Decisions", "Décisions"), say("Overturned", "Annulées"),
                say("Known error", "Erreur connue"), say("95 % interval", "Intervalle à 95 %"),
            ],
            rows: rules.map { id, count in
                let estimate = Estimate.wilson(count.overturned, of: count.decided)
                return [
                    name(id, count), number(count.decided), number(count.overturned),
                    words.share(count.overturned, of: count.decided),
                    estimate.map { "\(words.percent($0.low)) – \(words.percent($0.high))" } ?? "–",
                ]
            })
    }

    private func advice(_ rules: [(key: RuleID, value: ReportFigures.RuleCount)]) -> Table {
        Table(
            caption: say("Rules that recommend", "Règles qui recommandent"),
            header: [
                say("Rule", "Règle"), say("Recommended", "Recommandations"), say("Followed", "Suivies"),
                say("Share", "Part"), say("Said to be wrong", "Dites fausses"),
            ],
            rows: rules.map { id, count in
                [
                    name(id, count), number(count.recommended), number(count.followed),
                    words.share(count.followed, of: count.recommended), number(count.disputed),
                ]
            })
    }

    private func name(_ id: RuleID, _ count: ReportFigures.RuleCount) -> String {
        count.title?.text(in: words.language) ?? id.rawValue
    }

    // MARK: People

    var team: Section {
        let least = SmallCells.least
        var section = Section(
            title: say("The exposure of those who review", "L'exposition des équipes"),
            paragraphs: [
                say(
                    "Looking at harmful content is an occupational exposure. It is measured as a dose; 100 % is what one day of one person may hold at most by the model. Figures are sums over everybody, by hazard. A hazard at which fewer than \(least) people worked, or to which one gave more than half, is left out, and there is no total from which it would follow.",
                    "Regarder des contenus préjudiciables est une exposition professionnelle. Elle se mesure en dose ; 100 % est le maximum d'une journée d'une personne selon le modèle. Les chiffres sont des sommes sur tout le monde, par niveau. Un niveau où moins de \(least) personnes ont travaillé, ou dont une seule a fait plus de la moitié, est omis, et aucun total ne permet de le déduire."
                )
            ])
        guard let cells = figures.team.cells else {
            section.paragraphs.append(
                say(
                    "Exposure is told of one whole calendar month at a time, from the 10th of the next month on, so that no two reports can be subtracted; this report is of another time.",
                    "L'exposition n'est donnée que pour un mois civil entier, à partir du 10 du mois suivant, afin qu'aucun rapport ne puisse être soustrait d'un autre ; ce rapport porte sur une autre période."
                ))
            return section
        }
        guard !cells.isEmpty else {
            section.paragraphs.append(
                say(
                    "Too few people looked at content in this time, so nothing more is shown.",
                    "Trop peu de personnes ont regardé des contenus pendant la période ; rien d'autre n'est montré."
                ))
            return section
        }
        if let percent = figures.team.percentPerThousand {
            section.paragraphs.append(
                say(
                    "For a thousand decisions of people, \(number(Int(percent))) % of a full dose: the figure to lower.",
                    "Pour mille décisions humaines, \(number(Int(percent))) % d'une dose entière : le chiffre à réduire."
                ))
        }
        section.blocks = [exposure(cells)]
        return section
    }

    private func exposure(_ cells: [TeamFigures.Cell]) -> ReportDocument.Block {
        func percent(_ cell: TeamFigures.Cell) -> String { "\(number(Int(cell.percent)))\u{00A0}%" }
        return .init(
            chart: Chart(
                title: say("Dose of everybody together, by hazard", "Dose de tous, par niveau"),
                summary: say("\(cells.count) hazards are told.", "\(cells.count) niveaux sont donnés."),
                parts: [say("dose", "dose")],
                bars: cells.map {
                    .init(
                        label: words.hazard($0.hazard), values: [Double($0.percent)], text: percent($0))
                }, scale: max(100, Double(cells.map(\.percent).max() ?? 0))),
            table: Table(
                caption: say("Exposure by hazard", "Exposition par niveau"),
                header: [
                    say("Hazard", "Niveau"), say("Minutes looked", "Minutes de regard"), say("Dose", "Dose"),
                ],
                rows: cells.map { [words.hazard($0.hazard), number(Int($0.minutes)), percent($0)] }))
    }

    var languages: Section {
        let shown = figures.team.headcount ?? [:]
        var section = Section(title: say("Languages", "Langues"))
        if let reviewers = figures.team.reviewers {
            section.paragraphs = [
                say(
                    "At least \(number(reviewers)) people review posts today; people are counted in tens. Somebody who reviews in several languages counts for each. Languages of fewer than \(SmallCells.least) people, or from which such a number would follow, are left out.",
                    "Au moins \(number(reviewers)) personnes examinent des messages aujourd'hui ; on compte par dizaines. Qui travaille en plusieurs langues compte pour chacune. Les langues de moins de \(SmallCells.least) personnes, ou dont un tel nombre se déduirait, sont omises."
                )
            ]
        } else {
            section.paragraphs = [
                say(
                    "Fewer than \(SmallCells.least) people review posts, so their languages are not shown.",
                    "Moins de \(SmallCells.least) personnes examinent les messages ; leurs langues ne sont pas montrées."
                )
            ]
        }
        let named = figures.languages.filter { language, _ in language.map { shown[$0] != nil } ?? false }
        let others = figures.languages.values.reduce(0, +) - named.values.reduce(0, +)
        var rows = shown.keys.sorted { words.language($0) < words.language($1) }.map { code in
            [words.language(code), number(shown[code] ?? 0), number(named[code] ?? 0)]
        }
        rows.append([say("Other or unknown", "Autre ou inconnue"), "–", number(others)])
        section.blocks = [
            .init(
                table: Table(
                    caption: say("People and decisions by language", "Personnes et décisions par langue"),
                    header: [
                        say("Language", "Langue"), say("People, at least", "Personnes, au moins"),
                        say("Decisions", "Décisions"),
                    ],
                    rows: rows))
        ]
        return section
    }

    // MARK: What the figures don't say

    var appeals: Section {
        Section(
            title: say("Appeals", "Recours"),
            paragraphs: [
                say(
                    "Appeals are not decided in this system, so it holds no figures on them. A decision that was taken back after an appeal is among those overturned.",
                    "Les recours ne sont pas tranchés dans ce système, qui n'en a donc pas de chiffres. Une décision annulée après un recours est comptée parmi les décisions annulées."
                )
            ])
    }

    var method: Section {
        var lines = [
            say(
                "All figures come from a record that is only ever added to and that can be verified. Decisions of this time are counted as they stood when the report was made.",
                "Tous les chiffres viennent d'un registre où l'on ne fait qu'ajouter et qui peut être vérifié. Les décisions de la période sont comptées dans leur état à la date du rapport."
            )
        ]
        if figures.erased > 0 {
            lines.append(
                say(
                    "The content of \(number(figures.erased)) decided posts has been erased since; the decisions are counted all the same.",
                    "Le contenu de \(number(figures.erased)) messages décidés a été effacé depuis ; les décisions sont comptées malgré tout."
                ))
        }
        return Section(title: say("How this was counted", "Méthode"), paragraphs: lines)
    }
}
