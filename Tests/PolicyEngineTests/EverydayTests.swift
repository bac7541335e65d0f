import Foundation
import Moderation
import PolicyEngine
import Testing

/// What people write on an ordinary day, with many of the words that rules look for, meant as nothing at all.
@Suite("No shipped rule fires on everyday sentences")
struct EverydayTests {
    @Test func inFourLanguages() throws {
        let load = try PolicyLoader.load(directory: Repository.root + "/Policies")
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        let all: [(language: String?, sentences: [String])] = [
            ("en", Self.english), ("fr", Self.french), ("es", Self.spanish), ("de", Self.german),
            (nil, Self.mixed.split(separator: "\n").map(String.init)),
        ]
        for (language, sentences) in all {
            #expect(sentences.count >= 37)
            for sentence in sentences {
                var post = FlaggedPost(source: "s", externalID: "1", title: sentence, body: sentence)
                post.language = language
                let result = evaluator.evaluate(post, now: Timestamp(milliseconds: 0))
                let rules = (result.findings + result.shadow).map(\.rule.rawValue)
                #expect(rules == [], "\(sentence)")
            }
        }
    }

    private static let english = [
        "I could kill for a cup of tea right now.", "This traffic is killing me.",
        "We're going to beat them on Saturday, two goals at least.", "She knocked them dead at the audition.",
        "He shot the whole wedding on film.", "I'll find you a better seat near the window.",
        "The bomb disposal museum is open until five.",
        "My dogs fight over one blanket and ignore the other.",
        "Put the rat poison where the dog can't reach it, said the vet.",
        "The new phone case is a steal at ten dollars.", "I hate Mondays and I hate the rain.",
        "I can't stand the smell of cabbage.", "We took the refugees out for ice cream after class.",
        "Women are the majority in my chemistry course.",
        "Immigrants are half of our choir and most of the tenors.",
        "The Jews in my building light candles this week, and it looks lovely from the street.",
        "My wife secretly learned the cello for my birthday.", "I can't go on holiday before July.",
        "I was dying of laughter during the second act.", "You should end it with a short poem.",
        "Does anyone know a painless way to take off wallpaper?", "The casino burned down in 1931.",
        "I got a discount at the bakery because the bread was late.",
        "Our shop takes returns for thirty days.",
        "Please leave us a review, good or bad.", "My bank moved to the other side of the square.",
        "The parcel came on Tuesday and nobody was home.",
        "Her address at the conference was the best of the day.",
        "I will call him about the piano.", "The replica of the ship is forty metres long.",
        "Does the vaccine hurt? My son asked the nurse.",
        "The doctor says that coffee does not cure anything.",
        "Polling stations open at eight, bring your card.", "The weed between the stones is back again.",
        "She sells ivory wool and grey wool, both very soft.",
        "The gun in the first act goes off in the third.",
        "I felt like an idiot when my name was called twice.",
        "He is a loser at cards and a winner at heart.",
        "The museum sends its nudes to Lyon for the winter.",
        "The little girl and the old man share the swing.", "Our militia reenactment needs more hats.",
        "Take the shortcut by the school, tomorrow the main street is closed.",
    ]

    private static let french = [
        "Je meurs de faim, on mange quand ?", "Cette côte me tue les jambes.",
        "On va les écraser dimanche, trois buts au moins.", "Il a tiré le portrait de toute la famille.",
        "Je vais te retrouver une place près de la fenêtre.", "La bombe de peinture est vide.",
        "Les chiens se battent pour une couverture.", "Le vétérinaire range la mort aux rats sous clé.",
        "Je déteste les lundis et la pluie.", "Je ne supporte pas l'odeur du chou.",
        "Nous sortons les réfugiés au musée dimanche.", "Les femmes sont toutes invitées au vin chaud.",
        "Les étrangers de passage demandent le chemin de la gare.",
        "Les migrants du foyer chantent dans la chorale.",
        "Ma femme a appris le violon en secret.", "Je n'en peux plus de ces travaux dans la rue.",
        "On a bien ri, j'étais mort de rire.", "Tu devrais finir par un poème.",
        "Quelle est la meilleure façon de cuire un œuf ?", "Le casino de la ville a brûlé en 1931.",
        "J'ai eu une réduction parce que le pain était en retard.",
        "Notre boutique reprend tout pendant trente jours.",
        "Laissez-nous un avis, bon ou mauvais.", "Ma banque a déménagé de l'autre côté de la place.",
        "Le colis est arrivé mardi, personne n'était là.", "Son adresse au tir à l'arc est étonnante.",
        "J'appelle le plombier demain.", "La réplique du navire mesure quarante mètres.",
        "Est-ce que le vaccin fait mal ? demande mon fils.", "Le médecin dit que le café ne guérit rien.",
        "Le bureau de vote ouvre à huit heures.", "L'herbe pousse entre les pierres.",
        "Elle vend de la laine couleur ivoire.", "Le fusil du premier acte sert au troisième.",
        "Je me suis senti idiot devant toute la classe.", "Il est nul aux cartes mais bon perdant.",
        "La fillette partage la balançoire avec son grand-père.", "Demain on va à la gare chercher mamie.",
        "Il a mis le feu aux poudres en parlant d'impôts.",
    ]

    private static let spanish = [
        "Me muero de hambre, ¿cuándo comemos?", "Esta cuesta me mata las piernas.",
        "El domingo los vamos a ganar por tres goles.", "Le disparó preguntas durante una hora.",
        "Te voy a encontrar un sitio junto a la ventana.", "La bomba de agua está rota.",
        "Los perros pelean por una manta.", "El veneno de ratas está bajo llave.",
        "Odio los lunes y la lluvia.", "No soporto el olor a col.",
        "Llevamos a los refugiados al museo el domingo.", "Las mujeres son mayoría en mi curso de química.",
        "Los inmigrantes son la mitad de nuestro coro.", "Los extranjeros preguntan por la estación.",
        "Mi mujer aprendió violín en secreto.", "No puedo más con las obras de la calle.",
        "Me reí tanto que casi me muero de risa.", "Deberías acabar con un poema.",
        "¿Cuál es la mejor forma de cocer un huevo?", "El casino del pueblo se quemó en 1931.",
        "Me hicieron un descuento porque el pan llegó tarde.",
        "Nuestra tienda acepta devoluciones durante un mes.",
        "Déjanos una reseña, buena o mala.", "Mi banco se mudó al otro lado de la plaza.",
        "El paquete llegó el martes y no había nadie.",
        "Su dirección de orquesta fue lo mejor del concierto.",
        "Mañana llamo al fontanero.", "La réplica del barco mide cuarenta metros.",
        "¿Duele la vacuna?, pregunta mi hijo.", "El médico dice que el café no cura nada.",
        "El colegio electoral abre a las ocho.", "La hierba crece entre las piedras.",
        "Vende lana color marfil, muy suave.", "La pistola del primer acto suena en el tercero.",
        "Me sentí como un idiota delante de la clase.", "Es un inútil con las cartas, pero buen perdedor.",
        "La niña comparte el columpio con su abuelo.", "Mañana vamos a la estación a por la abuela.",
        "Vete a tu cuarto y ordena los libros.",
    ]

    private static let german = [
        "Ich sterbe vor Hunger, wann essen wir?", "Dieser Hügel bringt mich um den Verstand.",
        "Am Sonntag schlagen wir sie mit drei Toren.", "Er schoss ein Foto nach dem anderen.",
        "Ich finde dir einen besseren Platz am Fenster.", "Die Bombe aus dem Krieg wurde gestern entschärft.",
        "Die Hunde streiten um eine Decke.", "Das Gift für die Ratten steht verschlossen im Keller.",
        "Ich hasse Montage und den Regen.", "Ich kann den Geruch von Kohl nicht leiden.",
        "Am Sonntag gehen wir mit den Flüchtlingen ins Museum.",
        "Frauen sind in meinem Chemiekurs in der Mehrheit.",
        "Ausländer sind die Hälfte unseres Chors.", "Die Juden im Haus zünden diese Woche Kerzen an.",
        "Meine Frau hat heimlich Geige gelernt.", "Ich kann bei dem Baulärm nicht mehr arbeiten.",
        "Wir haben uns totgelacht.", "Du solltest mit einem Gedicht enden.",
        "Was ist die beste Art, ein Ei zu kochen?", "Das Casino der Stadt brannte 1931 ab.",
        "Ich bekam Rabatt, weil das Brot zu spät kam.", "Unser Laden nimmt dreißig Tage alles zurück.",
        "Schreiben Sie uns eine Bewertung, gut oder schlecht.", "Meine Bank ist über den Platz gezogen.",
        "Das Paket kam am Dienstag, und niemand war da.", "Ihre Adresse steht auf dem Schild am Laden.",
        "Morgen rufe ich den Klempner an.", "Die Nachbildung des Schiffs ist vierzig Meter lang.",
        "Tut die Impfung weh?, fragt mein Sohn.", "Der Arzt sagt, dass Kaffee gar nichts heilt.",
        "Das Wahllokal öffnet um acht.", "Das Gras wächst zwischen den Steinen.",
        "Sie verkauft Wolle in Elfenbein und Grau.", "Das Gewehr aus dem ersten Akt geht im dritten los.",
        "Ich kam mir vor der Klasse wie ein Idiot vor.", "Er ist ein Versager beim Kochen, aber er übt.",
        "Das Mädchen teilt die Schaukel mit dem Großvater.", "Morgen holen wir Oma vom Bahnhof ab.",
        "Die Zeitung druckt den Leserbrief morgen.",
    ]

    /// A sentence a line, in all four.
    private static let mixed = """
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
        """
}
