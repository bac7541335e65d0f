import Exposure
import Moderation
import TerminalKit

@testable import Console

/// Posts and policies for the pictures.
enum Samples {
    static let policies = [
        PolicyCard(
            id: PolicyID("threats"), titles: ["en": "Threats of violence", "fr": "Menaces"],
            guidance: [
                "en": "A threat names a victim and a harm. Jokes among friends are none.",
                "fr": "Une menace nomme une victime et un mal. Les blagues entre amis n'en sont pas.",
            ], ground: "terms", hazard: .moderate, actions: [.keep, .label, .remove, .suspend],
            rules: [
                RuleCard(
                    id: RuleID("threats/direct"),
                    titles: ["en": "A direct threat", "fr": "Une menace directe"],
                    whys: [
                        "en": "Somebody says they will hurt a person.",
                        "fr": "Quelqu'un dit vouloir blesser.",
                    ],
                    mistakes: ["en": "games and songs", "fr": "jeux et chansons"])
            ]),
        PolicyCard(
            id: PolicyID("spam"), titles: ["en": "Fraud and spam", "fr": "Fraude et spam"], guidance: [:],
            ground: nil, hazard: .mild, actions: [.keep, .restrict, .remove],
            rules: [RuleCard(id: RuleID("spam/links"))]),
    ]

    static func evaluation(_ hazard: Hazard, recommends action: Action? = .remove) -> Evaluation {
        let finding = Finding(
            rule: RuleID("threats/direct"), policy: PolicyID("threats"), recommends: action, hazard: hazard,
            evidence: [Evidence(field: "body", selection: "threat", test: "regex in threat", range: 0..<15)])
        return Evaluation(
            findings: [finding],
            recommendation: action.map {
                Recommendation(
                    action: $0, policy: PolicyID("threats"), rule: RuleID("threats/direct"))
            },
            hazard: hazard, bundle: BundleDigest(hex: "1a2b3c4d5e6f"))
    }

    static func post(_ id: String, body: String) -> FlaggedPost {
        FlaggedPost(
            source: "forum.example", externalID: id, title: "About last night", body: body, language: "en",
            community: "gaming", kind: "comment",
            author: Author(
                handle: "@mallory", accountCreatedAt: ScriptedDesk.monday - .seconds(3 * 86_400),
                earlierRemovals: 2, earlierFlags: 5),
            createdAt: ScriptedDesk.monday - .seconds(7200), deadline: ScriptedDesk.monday + .seconds(10_800),
            links: [Link(url: "https://evil.example/\u{202E}gpj.exe")],
            media: [Media(kind: "image", altText: "a hand holding a sign")],
            thread: [ThreadPost(author: "@bob", body: "You lost, get over it.")],
            flags: [
                Flag(reason: "harassment", isTrusted: true), Flag(reason: "insult"),
                Flag(reason: "harassment"),
            ])
    }

    /// A desk with a moderate, a severe and a harmless post.
    static func desk() -> ScriptedDesk {
        let desk = ScriptedDesk()
        desk.queue = [
            post("post-1", body: "I will find you and then we two will talk.\nYou know where."),
            post("post-2", body: "First line\nSecond line\nThird line\nFourth line"),
            post("post-3", body: "What a lovely day."),
        ]
        desk.evaluations = [
            "post-1": evaluation(.moderate), "post-2": evaluation(.severe),
            "post-3": evaluation(.none, recommends: .keep),
        ]
        return desk
    }
}

extension Samples {
    /// A desk with a short ledger.
    static func deskWithLedger() -> ScriptedDesk {
        let desk = desk()
        desk.entries = ["site_made", "taken_in", "claimed", "uncovered", "covered", "decided"].enumerated()
            .map { index, kind in
                LedgerLine(
                    index: Int64(index), kind: kind, at: ScriptedDesk.monday + .seconds(index * 60),
                    person: "p7w2k9", post: index < 2 ? "" : "post-1", details: "fence=\(index)  version=1")
            }
        return desk
    }
}

/// One console over a scripted desk, driven step by step.
final class Session {
    let desk: ScriptedDesk
    let look: Look
    var state: ConsoleState
    var exit: ExitReason?
    var frames: [Frame] = []
    private let runner: EffectRunner

    init(
        _ desk: ScriptedDesk = Samples.desk(), role: Moderation.Role = .moderator,
        language: Language = .english,
        size: Size = Size(rows: 24, columns: 80), settings: ConsoleSettings = ConsoleSettings()
    ) {
        self.desk = desk
        look = Look(settings)
        runner = EffectRunner(desk: desk)
        state = ConsoleState(
            role: role, person: desk.person, language: language,
            keymap: KeyMap.overridden(by: settings.keys).keymap, repeatGuard: .zero, utcOffset: 0,
            now: desk.now(), size: size)
        send(.begin)
    }

    func send(_ event: ConsoleEvent) {
        var waiting = update(&state, event, at: desk.now())[...]
        while let effect = waiting.popFirst() {
            switch effect {
            case .exit(let reason): exit = exit ?? reason
            case .verifyLedger:
                if let answer = runner.verify({ _ in }) {
                    waiting += update(&state, .answer(answer), at: desk.now())
                }
            default:
                if let answer = runner.run(effect) {
                    waiting += update(&state, .answer(answer), at: desk.now())
                }
            }
        }
        frames.append(render(state, look))
    }

    /// Types characters; a line feed is Enter.
    func keys(_ text: String) {
        for character in text { key(character == "\n" ? .enter : .character(character)) }
    }

    func key(_ key: Key) { send(.terminal(.key(key), pending: false)) }

    /// Time passes, and the terminal says so.
    func wait(_ time: Duration) {
        desk.advance(time)
        send(.terminal(.deadline, pending: false))
    }

    /// Time passes as the console itself asks to be woken.
    func live(for time: Duration) {
        var left = time
        while left > .zero {
            let step = min(left, state.timeToNextTask ?? left)
            wait(step)
            left -= step
        }
    }

    var picture: String { render(state, look).pictured }
}
