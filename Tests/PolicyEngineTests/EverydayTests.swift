import Moderation
import PolicyEngine
import Testing

@Suite("Everyday speech is left alone")
struct EverydayTests {
    private static let sentences = """
        I'm dying to see the new film tonight.
        That joke killed me, I nearly fell off my chair.
        We are going to shoot the wedding on Saturday.
        He destroyed me at chess, and I deserved it.
        My back is killing me after the move.
        She is a bomb of energy, the whole team says so.
        The attack on our left wing won them the match.
        I would kill for a good cup of coffee.
        Call me when you get to the station.
        My number is in the club's list, ask Mary.
        The court will hear the case on Monday.
        Free entry for children under six.
        Order by phone or at the counter.
        Our shop moved to 12 Station Road last week.
        The vaccine appointment took ten minutes.
        I lost two kilos and feel better.
        Please vote for the best photo of the month.
        The election debate was long but fair.
        They arrested a man for selling fake watches.
        The dog barked all night, poor thing.
        He wrote a paper about hate speech in the thirties.
        My grandmother survived the war and never spoke of it.
        I feel down today, but a walk will help.
        The nurse stopped the bleeding at once.
        Blood oranges are on sale this week.
        Her breast cancer treatment went well.
        We discussed sex education at the parents' evening.
        The novel describes a murder in a small town.
        You are wrong about the tax, and here is why.
        What an idiotic referee decision, honestly.
        I hate Mondays and love Fridays.
        Immigrants built half of this city, says the museum.
        The mosque and the church share a car park.
        Women over fifty run the fastest in our club.
        The password is on the note in the drawer.
        Never give your PIN to anybody who calls.
        Bitcoin fell again, says the evening news.
        I invested in new shoes, best money ever.
        Download the timetable from the city's site.
        My son's school sends too many messages.
        Je meurs de faim, on mange à quelle heure ?
        Ce film m'a tué de rire.
        On va tirer les rois dimanche.
        Il habite près de la gare depuis un an.
        Mon adresse a changé, je vous l'envoie.
        Les élections municipales ont lieu au printemps.
        Le bureau de vote ouvre à huit heures.
        J'ai mal partout après le match.
        Le chien du voisin a encore volé mes chaussures.
        La recette demande trois œufs et du beurre.
        Appelez-moi quand vous arrivez.
        Le médecin m'a donné une ordonnance.
        Cette équipe nous a massacrés en finale.
        L'exposition sur la guerre est bouleversante.
        Elle parle de sa dépression avec courage.
        Gratuit pour les moins de douze ans.
        Le prix du beurre a augmenté.
        Je déteste les épinards.
        Les femmes de l'équipe ont gagné la coupe.
        Le livre raconte un attentat manqué.
        La police a démantelé un trafic d'ivoire.
        Ton idée est mauvaise, et voici pourquoi.
        Quel arbitre nul, franchement !
        Le crédit de l'image revient à Léa.
        Il faut changer le mot de passe chaque année.
        Me muero de hambre, ¿cuándo comemos?
        Esa broma me mató de risa.
        Vamos a disparar las fotos al amanecer.
        Mi dirección nueva está en el correo.
        Las elecciones son en mayo.
        Llámame cuando llegues.
        El médico me dio una receta.
        Nos destrozaron en la final, qué partido.
        Ella escribió sobre su depresión.
        Entrada gratis para niños.
        Odio los lunes.
        Las mujeres del equipo ganaron la copa.
        La policía detuvo a un vendedor de falsificaciones.
        El perro del vecino ladra toda la noche.
        Tu idea es mala, y te digo por qué.
        El precio del aceite ha subido.
        Cambia la contraseña cada año.
        El libro cuenta la historia de una guerra.
        La receta lleva tres huevos.
        Qué árbitro más malo, de verdad.
        Ich sterbe vor Hunger, wann essen wir?
        Der Witz hat mich umgehauen.
        Wir schießen am Samstag die Fotos.
        Meine neue Adresse steht in der Mail.
        Die Wahl ist im Mai.
        Ruf mich an, wenn du da bist.
        Der Arzt hat mir ein Rezept gegeben.
        Sie haben uns im Finale zerlegt.
        Sie schreibt offen über ihre Depression.
        Eintritt frei für Kinder.
        Ich hasse Montage.
        Die Frauen unserer Mannschaft haben gewonnen.
        Die Polizei fand gefälschte Uhren.
        Der Hund des Nachbarn bellt die ganze Nacht.
        Deine Idee ist schlecht, und ich sage dir, warum.
        Der Preis für Butter ist gestiegen.
        Ändere das Passwort jedes Jahr.
        Das Buch erzählt von einem Krieg.
        Was für ein mieser Schiedsrichter, wirklich.
        Unser Verein sucht Leute für das Sommerfest.
        """.split(separator: "\n").map(String.init)

    @Test func noRuleFindsAnything() throws {
        let load = try PolicyLoader.load(directory: Repository.root + "/Policies")
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        #expect(Self.sentences.count > 100)
        for sentence in Self.sentences {
            let post = FlaggedPost(source: "s", externalID: "1", body: sentence)
            let evaluation = evaluator.evaluate(post, now: Timestamp(milliseconds: 0))
            let found = (evaluation.findings + evaluation.shadow).map(\.rule.rawValue)
            #expect(found == [], "\(sentence)")
        }
    }

    @Test func everyPolicySpeaksFourLanguages() throws {
        let bundle = try #require(try PolicyLoader.load(directory: Repository.root + "/Policies").bundle)
        for policy in bundle.policies {
            for text in [policy.title, policy.guidance, policy.neutralLine] {
                let versions = ["en", "fr", "es", "de"].map { text.text(in: $0) }
                #expect(!versions.contains(""), "\(policy.id)")
                // Another language falls back to English, so each must be a text of its own, titles aside.
                if text != policy.title { #expect(Set(versions).count == 4, "\(policy.id)") }
            }
        }
        let categories = Set(bundle.policies.map(\.dsaCategory))
        #expect(categories.count >= 14)
    }
}
