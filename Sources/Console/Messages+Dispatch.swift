/// Words for posts that say the same, and for giving posts out.
extension Messages {
    func alikeTitle(_ action: String) -> String {
        say("\(action): others say the same", "\(action) : d'autres disent la même chose")
    }
    func alikeCount(identical: Int, near: Int) -> String {
        let all = identical + near
        let head = count(
            all, ("waiting post says the same", "message en attente dit la même chose"),
            ("waiting posts say the same", "messages en attente disent la même chose"))
        if near == 0 { return say("\(head), to the letter.", "\(head), mot pour mot.") }
        if identical == 0 {
            return say(
                "\(head), but for numbers, names addressed or links.",
                "\(head), aux nombres, noms ou liens près.")
        }
        return say(
            "\(head): \(identical) to the letter, \(near) but for numbers, names addressed or links.",
            "\(head) : \(identical) mot pour mot, \(near) aux nombres, noms ou liens près.")
    }
    func alikeDiffers(languages: [String], communities: Int, authors: Int) -> String {
        let list = languages.joined(separator: ", ")
        let places = count(communities, ("community", "communauté"), ("communities", "communautés"))
        let people = count(authors, ("author", "auteur"), ("authors", "auteurs"))
        return say(
            "What differs: languages \(list); \(places); \(people).",
            "Ce qui diffère : langues \(list) ; \(places) ; \(people).")
    }
    func alikeLeftOut(_ number: Int) -> String {
        say(
            "\(number) more can't be included: other languages, or seen otherwise by the rules.",
            "\(number) de plus n'en sont pas : autres langues, ou vus autrement par les règles.")
    }
    var alikeMeans: String {
        say(
            "They are decided without being shown, each with an entry of its own; undo takes all back.",
            "Ils sont décidés sans être montrés, chacun avec son entrée ; annuler revient sur tous.")
    }
    var alikeOnlyThis: String { say("only this post", "ce message seulement") }
    func alikeIdentical(_ number: Int) -> String {
        say("this one and the \(number) identical", "celui-ci et les \(number) identiques")
    }
    func alikeAll(_ number: Int) -> String {
        say("this one and all \(number)", "celui-ci et tous les \(number)")
    }
    func alikeLine(_ number: Int, identical: Int) -> String {
        let head = count(
            number, ("other says the same", "autre dit la même chose"),
            ("others say the same", "autres disent la même chose"))
        return say("\(head), \(identical) to the letter", "\(head), \(identical) mot pour mot")
    }
    func appliedToo(_ number: Int) -> String {
        guard number > 0 else { return "" }
        return say(
            " Applied to \(number) more without showing them.",
            " Appliqué à \(number) de plus sans les montrer.")
    }
    func undoneToo(_ number: Int) -> String {
        guard number > 0 else { return "" }
        return say(" \(number) more wait again.", " \(number) de plus attendent à nouveau.")
    }

    // MARK: Leads

    func unservedNow(_ number: Int) -> String {
        count(
            number,
            (
                "kind of urgent post waits that nobody present can take.",
                "sorte de message urgent attend sans que personne de présent puisse le prendre."
            ),
            (
                "kinds of urgent posts wait that nobody present can take.",
                "sortes de messages urgents attendent sans que personne de présent puisse les prendre."
            ))
    }
    var unservedAdvice: String {
        say(
            "Nobody's limit gives way: somebody who can take them is needed.",
            "Aucune limite ne cède : il faut quelqu'un qui puisse les prendre.")
    }
    func unservedSince(_ time: String) -> String { say("for \(time)", "depuis \(time)") }
    var savedTitle: String { say("Never shown", "Jamais montrés") }
    func saved(_ posts: Int, percent: Int, isLeast: Bool, days: Int) -> String {
        let what = count(
            posts, ("post was decided with another", "message décidé avec un autre"),
            ("posts were decided with others", "messages décidés avec d'autres"))
        return say(
            "In \(days) days \(what); showing them would have charged \(isLeast ? "at least " : "")\(percent) % of a full dose.",
            "En \(days) jours \(what) ; les montrer aurait compté \(isLeast ? "au moins " : "")\(percent) % d'une dose pleine."
        )
    }
    func nothingSaved(_ days: Int) -> String {
        say(
            "In \(days) days no post was decided with another without being shown.",
            "En \(days) jours, aucun message n'a été décidé avec un autre sans être montré.")
    }
    func savedPart(_ hazard: String, _ posts: Int, percent: Int, seconds: Int64, isLearned: Bool) -> String {
        let source = isLearned ? say("learned", "appris") : say("assumed", "supposé")
        return say(
            "  \(hazard): \(posts) × \(seconds) s (\(source)) = \(percent) %",
            "  \(hazard) : \(posts) × \(seconds) s (\(source)) = \(percent) %")
    }
}
