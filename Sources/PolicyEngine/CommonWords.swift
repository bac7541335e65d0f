/// Words that most texts hold some of, in English, French, German and Spanish: that one of them is there tells little.
enum CommonWords {
    static func contains(_ word: some Collection<UInt8>) -> Bool {
        words.contains(String(decoding: word, as: UTF8.self))
    }

    /// As folded text has them.
    private static let words = Set(
        """
        a about after all also an and any are as at back be because been but by call can come could day did do down each
        even find first for from get give go good had has have he her him his how i if in into is it its just know like
        long look made make many may me more most my need no not now of on one or other our out over part people say
        see she should so some take than that the their them then there these they think this those time to two up us use
        want was way we were what when which who will with work would year you your
        au aux avec ce ces comme dans de des du elle en est et etre faire il ils je la le les leur mais meme ne nous on ou
        par pas plus pour qui que sa se ses son sont sur tous tout toutes tu un une vous
        als alle auch auf aus bei das dem den der des die du ein eine einem einen einer er es fur hat ich ihr im ist man
        mich mit nach nicht noch sein sich sie sind uber um und von war was wenn werden wie wir wird zu zum zur
        al como con dar decir del el esta este estar hacer ir la las le lo los me muy no nos otro para pero por porque
        que ser si su sus tener todo todos todas una uno ver y ya
        """
        .split { $0 == " " || $0 == "\n" }.map(String.init))
}
