/// Words of the break: the pacer, the blocks, and what is known of them.
extension Messages {
    func pastimes(_ nothing: String, _ pacer: String, _ blocks: String, _ why: String, isLinear: Bool)
        -> String
    {
        let game = isLinear ? "" : say(", \(blocks) falling blocks", ", \(blocks) des blocs qui tombent")
        return say(
            "If you like: \(pacer) a slow breath\(game), \(nothing) nothing. \(why) says why.",
            "Si vous voulez : \(pacer) un souffle lent\(game), \(nothing) rien. \(why) dit pourquoi.")
    }
    var breatheIn: String { say("breathe in", "inspirez") }
    var breatheOut: String { say("breathe out", "expirez") }
    var breatheFreely: String {
        say("Stop if it makes you dizzy.", "Arrêtez si la tête vous tourne.")
    }
    var blocksTitle: String { say("Blocks", "Les blocs") }
    var blocksNext: String { say("Next", "Ensuite") }
    var blocksHeld: String { say("Held: \"p\" goes on.", "Suspendu : « p » reprend.") }
    var blocksQuiet: String {
        say("No score, no end but the break's.", "Ni points ni fin, sauf celle de la pause.")
    }
    func blocksNeedRoom(_ rows: Int, _ columns: Int) -> String {
        say("The blocks need a window of \(columns)×\(rows).", "Les blocs demandent \(columns)×\(rows).")
    }
    var stoppedLine: String {
        say(
            "You stopped. That was right. Nobody is told why.",
            "Vous avez arrêté. C'était bien. Personne ne sait pourquoi.")
    }

    // MARK: Evidence

    var evidenceTitle: String { say("Why these, and what is not known", "Pourquoi, et ce qu'on ignore") }
    var evidence: [String] {
        [
            say(
                "Nothing: real breaks, talking to colleagues and knowing what came of one's decisions are what studies of this work find helpful. Short breaks help vigour (d = .36) and fatigue (d = .35); draining work may need more than ten minutes.",
                "Rien : de vraies pauses, des collègues et savoir ce que l'on a fait, voilà ce que les études de ce travail trouvent utile. Une courte pause aide l'entrain (d = 0,36) et la fatigue (d = 0,35) ; un travail qui épuise demande parfois plus de dix minutes."
            ),
            say(
                "A slow breath: ten seconds a breath is a choice. It calms many people for a while; no study shows that it protects moderators.",
                "Un souffle lent : dix secondes par souffle, c'est un choix. Cela calme souvent pour un moment ; aucune étude ne montre que cela protège qui modère."
            ),
            say(
                "Blocks: in trials about twenty minutes of such a game, within six hours of the images and after a reminder of them, meant fewer intrusive memories for a week; after a month no difference was shown. The trials were with other people and other images, and here nothing reminds you of any. It is yours to choose.",
                "Les blocs : dans des essais, une vingtaine de minutes d'un tel jeu, moins de six heures après les images et après un rappel de celles-ci, ont donné moins de souvenirs intrusifs pendant une semaine ; à un mois, aucune différence. C'étaient d'autres gens et d'autres images, et ici rien ne vous les rappelle. À vous de choisir."
            ),
            say(
                "Never a quiz: one after such images raised intrusions in a trial. Pictures of kittens or of landscapes showed no clear benefit, so there are none.",
                "Jamais de quiz : après de telles images, il a augmenté les intrusions dans un essai. Les chatons et les paysages n'ont pas montré d'effet clair ; il n'y en a donc pas."
            ),
            say(
                "None of this treats anything. If what you saw stays with you, talk to somebody: H shows whom.",
                "Rien de cela ne soigne. Si ce que vous avez vu ne vous quitte pas, parlez à quelqu'un : H montre à qui."
            ),
        ]
    }
}
