"""The table of languages: a language is a row of words, and nothing in the code knows any of them.

Alternatives are separated by ` | `; `~` ends a stem (any ending may follow). Words are matched in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

__all__ = ["LANGUAGES", "Language", "alternatives", "language_row", "quick_look", "words_pattern"]


@dataclass(frozen=True, kw_only=True)
class Language:
    """What recognition and designations need to know of one language.

    function     frequent function words, evidence for the language and against a headword
    letters      letters that few neighbours have; `alphabet` all it is written with beyond a to z, loan words too
    clause       words that make a line a clause: finite verbs, personal pronouns
    glossary     what a glossary calls itself or its entries, in titles and introductions
    labels       fields inside an entry; `terms`, `texts`, `others` also head the columns of tables
    chrome       navigation, sharing, cookies, contact, copyright: text of the page, not of the glossary
    chapters     headings that only articles have
    asks         opens a question for a meaning: "what is X?"
    see          opens a cross-reference
    refers       a definition that says nothing but "usually refers to" another term
    articles     articles that may open a definition before the term
    verbs        verbs by which a definition goes on after the term it opens with
    also, or_    connect another designation of the same concept; `called` may follow it ("ook wel X genoemd")
    too          says "also" of anything: counts only between commas or with `called` behind
    adjectives   endings of adjectives; `narrowing` words that open a qualifier: what stands in brackets narrows a term
    means        opens a rendering of a foreign headword: "means X", "stands for X"
    short_for    stands between an acronym and its expansion; `shortened` between a term and its acronym
    english      names English as the language of the term that follows (or precedes: "X in English")
    native       says that the term beside it is of this language: "X på norsk"
    formerly     opens a superseded designation
    etymology    opens what dictionaries print between headword and gloss
    """

    tag: str
    name: str
    function: str
    letters: str = ""
    alphabet: str = ""
    clause: str
    glossary: str
    terms: str
    texts: str
    others: str
    chrome: str
    asks: str
    chapters: str
    refers: str
    see: str
    articles: str = ""
    verbs: str
    also: str
    too: str = ""
    called: str = ""
    adjectives: str = ""
    narrowing: str = ""
    or_: str
    means: str
    short_for: str
    shortened: str
    english: str
    native: str = ""
    formerly: str = ""
    etymology: str = ""

    @cached_property
    def function_words(self) -> frozenset[str]:
        return frozenset(self.function.split())

    @cached_property
    def clause_words(self) -> frozenset[str]:
        return frozenset(self.clause.split())


def _written(texts: tuple[str, ...]) -> list[str]:
    """Every alternative as a regular expression, the longest first."""
    parts = {part.strip() for text in texts for part in text.split(" | ") if part.strip()}
    return [
        re.escape(part.rstrip("~")).replace(r"\ ", r"\s+") + (r"\w*" if part.endswith("~") else "")
        for part in sorted(parts, key=lambda part: (-len(part), part))
    ]


@cache
def alternatives(*texts: str) -> str:
    """One regular-expression alternation of all alternatives, the longest first; `` matches never."""
    made = _written(texts)
    return "(?:" + "|".join(made) + ")" if made else "(?!)"


def quick_look(*texts: str) -> re.Pattern[str]:
    """A pattern that finds alternatives at the beginning of words, in text in lower case behind a space.

    Far faster than one with a look-behind: a search begins at a character of a set and goes on by the first letter.
    """
    rest: dict[str, list[str]] = {}
    for alternative in _written(texts):
        first = re.match(r"\\?.", alternative.lower())
        if first:
            rest.setdefault(first.group(), []).append(alternative.lower()[first.end() :])
    tree = "|".join(f"{first}(?:{'|'.join(ends)})" for first, ends in rest.items())
    return re.compile(rf"[^a-z0-9_ß-öø-ÿā-ž](?:{tree})" if rest else "(?!)")


@cache
def words_pattern(column: str, tag: str | None = None) -> re.Pattern[str]:
    """Whole-word pattern of one column of the table, of one language or of all."""
    rows = LANGUAGES.values() if tag is None else [language_row(tag)]
    return re.compile(rf"(?<!\w){alternatives(*(getattr(row, column) for row in rows))}(?!\w)", re.IGNORECASE)


_ROWS = (
    Language(
        tag="nb",
        name="Norwegian Bokmål",
        alphabet="æøåéèêòóôüöä",
        function=(
            "og i er som til på av for en et den det de med å at ikke har kan fra om eller blir ved når hvor seg"
            " dette var også men skal man vi du hva etter mellom noe noen gjennom deg hvordan ut mer"
        ),
        letters="æøå",
        clause=(
            "er var blir ble har kan skal vil må handler betyr gir får brukes vi du jeg deg dere oss jo ikke hva"
            " hvordan hvorfor hvem hvilke finnes gjør forklart vet"
        ),
        glossary=(
            "ordbok~ | ordliste~ | begrep~ | ord og uttrykk | ord og begreper | uttrykk | fagord~ | terminologi"
            " | termer | leksikon~ | glossar~ | forkortelse~ | definisjoner | a til å | a-å | ord forklart"
            " | ord du bør kunne | vanskelige ord | ordforklaring~ | stikkord | sjargong | fagspråk | a-z"
            " | alfabetisk"
        ),
        terms="begrep | term | ord | uttrykk | forkortelse | akronym | navn | oppslagsord",
        texts="definisjon | forklaring | betydning | beskrivelse | hva betyr det | betyr",
        others=(
            "eksempel | eksempler | formel | tips | merk | merknad | synonym | synonymer | se også | relatert"
            " | engelsk | på engelsk | kategori | kilde | fordeler | ulemper | bruk | norsk | les mer"
            " | hvorfor viktig | for eksempel | mål"
        ),
        chrome=(
            "om forfatteren | du vil kanskje også like | til toppen | tilbake til toppen | les mer | les også"
            " | søk | meny | hopp til innhold | kontakt oss | del på | del artikkelen | del denne | abonner"
            " | nyhetsbrev | informasjonskapsler | personvern~ | alle rettigheter | publisert | oppdatert"
            " | sist endret | foto | logg inn | hjem | forside~ | relaterte artikler | tips oss | skrevet av"
            " | om oss | følg oss | bestill demo | handlekurv | godta alle | book en demo | last ned"
            " | var denne siden nyttig | fant du det du lette etter | fant du ikke svaret | meld deg på"
            " | du liker kanskje også | skriv ut"
            " | skriv en kommentar | legg igjen en kommentar"
        ),
        asks="hva er | hva betyr | hva menes med | hva vil",
        chapters=(
            "innledning | introduksjon | konklusjon | oppsummering | oppsummert | avslutning | til slutt"
            " | kort oppsummert"
        ),
        refers="viser vanligvis til | viser som regel til | refererer vanligvis til | det samme som | samme som",
        see="se | se også | jf. | jfr. | jamfør",
        articles="en | ei | et | den | det | de",
        verbs=(
            "er | var | betyr | handler om | beskriver | måler | viser | refererer til | brukes | gir | omfatter"
            " | innebærer | kalles | defineres | angir | kan | består av | sier noe om | står for | dekker"
        ),
        also=(
            "også kalt | også kjent som | også omtalt som | ofte kalt | gjerne kalt | omtales også som"
            " | kalles også | kan også kalles | også kalla | av og til kalt"
        ),
        adjectives="ende lig isk ert erte ete",
        narrowing="i på for av til med om ved hos fra som når",
        or_="eller | dvs. | det vil si",
        means="betyr | dette betyr | det betyr | betyr det | står for | oversettes med",
        short_for="forkortelse for | forkorting for | kortform for | står for | fork. for | kort for",
        shortened=(
            "forkortet | forkortet til | forkortes | forkortes til | fork. | ofte forkortet | gjerne forkortet til"
        ),
        english="på engelsk | engelsk | eng. | fra engelsk | av engelsk",
        native="på norsk | norsk",
        formerly="tidligere kalt | tidligere | før kalt",
        etymology=(
            "fra engelsk | eng. | fork. | muntlig | spøkefullt | fra latin | fra gresk | fra fransk"
            " | fra tysk | av latin | av fransk | av tysk | lat. | gr. | fr. | ty."
        ),
    ),
    Language(
        tag="nn",
        name="Norwegian Nynorsk",
        alphabet="æøåéèêòóôüöä",
        function=(
            "og i er som til på av for ein eit den det dei med å at ikkje har kan frå om eller blir ved når kvar"
            " seg dette var også men skal ein vi du kva etter mellom noko nokon gjennom deg korleis ut meir vert ei"
            " me eg difor mykje berre sjølv"
        ),
        letters="æøå",
        clause=(
            "er var blir vert har kan skal vil må handlar tyder betyr gjev gir får nyttast vi me du eg deg dykk oss"
            " ikkje kva korleis kvifor kven finst gjer"
        ),
        glossary=(
            "ordbok~ | ordliste~ | omgrep~ | ord og uttrykk | fagord~ | terminologi | termar | leksikon~"
            " | glossar~ | forkorting~ | definisjonar | ordforklaring~ | fagspråk | a til å | a-å | ord forklart"
            " | sjargong"
        ),
        terms="omgrep | term | ord | uttrykk | forkorting | namn",
        texts="definisjon | forklaring | tyding | skildring",
        others=(
            "døme | eksempel | formel | tips | merk | synonym | sjå også | engelsk | på engelsk | kategori | kjelde"
        ),
        chrome=(
            "til toppen | les meir | søk | meny | hopp til innhald | kontakt oss | del på | nyheitsbrev"
            " | informasjonskapslar | personvern~ | publisert | oppdatert | foto | logg inn | heim | om oss"
            " | følg oss | var denne sida nyttig | fann du det du leita etter | meld deg på | skriv ut"
            " | du vil kanskje også like | til framsida"
        ),
        asks="kva er | kva tyder | kva betyr",
        chapters="innleiing | konklusjon | oppsummering | avslutning | til slutt",
        refers="viser vanlegvis til | viser som regel til | det same som",
        see="sjå | sjå også | jf. | jfr.",
        articles="ein | ei | eit | den | det | dei",
        verbs=(
            "er | var | tyder | betyr | handlar om | skildrar | måler | viser | viser til | blir | vert | gjev"
            " | omfattar | inneber | blir brukt | kan | dekkjer | seier noko om | står for | går ut på"
        ),
        also=(
            "også kalla | også kjend som | også kjent som | ofte kalla | gjerne kalla | blir også kalla"
            " | vert også kalla | òg kalla | kallast også"
        ),
        adjectives="ande leg isk ert erte",
        narrowing="i på for av til med om ved hos frå som når",
        or_="eller | dvs. | det vil seie",
        means="tyder | betyr | dette tyder | det tyder | står for",
        short_for="forkorting for | kortform for | står for | stutt for",
        shortened="forkorta | forkorta til | forkortast | fork. | ofte forkorta",
        english="på engelsk | engelsk | eng. | frå engelsk",
        native="på norsk | norsk",
        formerly="tidlegare kalla | tidlegare | før kalla",
        etymology="frå engelsk | eng. | fork. | frå latin | frå gresk | frå fransk | frå tysk | av latin | lat.",
    ),
    Language(
        tag="sv",
        name="Swedish",
        alphabet="åäöéèàüæø",
        function=(
            "och i är som till på av för en ett den det de med att inte har kan från om eller blir vid när där sig"
            " detta var också men ska man vi du vad efter mellom mellan något någon genom dig hur ut mer även"
            " vilket så används finns"
        ),
        letters="äöå",
        clause=(
            "är var blir har kan ska vill måste handlar betyder innebär ger får används vi du jag dig er oss ni"
            " inte vad hur varför vem vilka finns gör heter"
        ),
        glossary=(
            "ordlista~ | ordbok~ | begrepp~ | termer | termlista~ | ord och uttryck | fackord~ | facktermer"
            " | terminologi | lexikon~ | glossar~ | förkortning~ | definitioner | a till ö | a-ö | ordförklaring~"
            " | uppslagsverk | jargong | fackspråk | a-z | ord förklarade"
        ),
        terms="begrepp | term | ord | uttryck | förkortning | akronym | benämning | namn | uppslagsord",
        texts="definition | förklaring | betydelse | beskrivning | vad det betyder | betyder",
        others=(
            "exempel | formel | tips | obs | anmärkning | synonym | synonymer | se även | se också | engelska"
            " | på engelska | kategori | källa | fördelar | nackdelar | användning | läs mer | till exempel | mått"
            " | relaterat"
        ),
        chrome=(
            "om författaren | du kanske också gillar | till toppen | tillbaka till toppen | läs mer | läs även"
            " | sök | meny | hoppa till innehåll | kontakta oss | dela | dela på | prenumerera | nyhetsbrev"
            " | kakor | integritetspolicy | publicerat | publicerad | uppdaterad | foto | logga in | hem"
            " | startsida~ | om oss | följ oss | boka demo | boka en demo | skriven av | senaste nytt"
            " | relaterade artiklar | varukorg | acceptera alla | alla rättigheter | ladda ner | kontakt"
            " | var sidan till hjälp | hjälpte informationen dig | hittade du det du sökte | missa inte"
            " | skriv ut sidan | anmäl dig"
            " | skriv en kommentar | lämna en kommentar"
        ),
        asks="vad är | vad betyder | vad innebär | vad menas med",
        chapters="inledning | introduktion | slutsats | sammanfattning | avslutning | avslutande ord | bakgrund",
        refers="syftar vanligtvis på | syftar oftast på | avser vanligtvis | samma som | detsamma som",
        see="se | se även | se också | jfr | jfr. | jämför",
        articles="en | ett | den | det | de",
        verbs=(
            "är | var | betyder | handlar om | beskriver | mäter | visar | innebär | avser | används | ger"
            " | omfattar | kallas | definieras | anger | kan | består av | syftar på | inkluderar | står för"
            " | definierar | beräknar | gör det möjligt | bestämmer"
        ),
        also=(
            "även kallad | även kallat | även kallade | även känd som | även känt som | också kallad | också kallat"
            " | också känd som | ibland kallad | ofte kallad | ofta kallad | ofta kallat | kallas även"
            " | kallas också | kallas ibland | ävenledes"
        ),
        adjectives="ande ende lig isk iv erad ad",
        narrowing="i på för av till med om vid hos från som när",
        or_="eller | alltså | dvs. | det vill säga",
        means="betyder | detta betyder | det betyder | står för | översätts med",
        short_for="förkortning för | förkortning av | kortform för | kort för | står för | förk. för | akronym för",
        shortened="förkortat | förkortas | förkortas till | förkortad | förk. | ofta förkortat",
        english="på engelska | engelska | eng. | engelskans | från engelska | av engelska",
        native="på svenska | svenska",
        formerly="tidigare kallad | tidigare kallat | tidigare | förr kallad",
        etymology=(
            "av engelska | eng. | förk. | skämtsamt | av eng. | av latin | av franska | av tyska"
            " | av grekiska | från latin | från franska | från tyska | lat. | fr. | ty. | grek."
            " | från engelska"
        ),
    ),
    Language(
        tag="da",
        name="Danish",
        alphabet="æøåéèüöä",
        function=(
            "og i er som til på af for en et den det de med at ikke har kan fra om eller bliver ved når hvor sig"
            " dette var også men skal man vi du hvad efter mellem noget nogle gennem dig hvordan ud mere der hvis"
            " sin sit bruges bliver"
        ),
        letters="æøå",
        clause=(
            "er var bliver blev har kan skal vil må handler betyder giver får bruges vi du jeg dig jer os ikke hvad"
            " hvordan hvorfor hvem hvilke findes gør"
        ),
        glossary=(
            "ordbog~ | ordliste~ | begreb~ | ord og udtryk | fagudtryk~ | fagord~ | terminologi | termer"
            " | leksikon~ | glossar~ | forkortelse~ | definitioner | a til å | a-å | ordforklaring~ | opslagsord"
            " | jargon | fagsprog | a-z | ord forklaret"
        ),
        terms="begreb | term | ord | udtryk | forkortelse | akronym | navn | betegnelse | opslagsord",
        texts="definition | forklaring | betydning | beskrivelse | hvad betyder det | betyder",
        others=(
            "eksempel | eksempler | formel | tip | tips | bemærk | note | synonym | synonymer | se også | se mere"
            " | relateret | engelsk | på engelsk | kategori | kilde | fordele | ulemper | anvendelse | læs mere"
        ),
        chrome=(
            "om forfatteren | til toppen | tilbage til toppen | læs mere | læs også | søg | menu"
            " | hop til indhold | kontakt os | kontakt | del på | del artiklen | tilmeld | nyhedsbrev"
            " | privatlivspolitik | udgivet | opdateret | foto | log ind | hjem | forside~ | om os | følg os"
            " | book demo | book en demo | skrevet af | relaterede artikler | accepter alle | alle rettigheder"
            " | hent | indkøbskurv | var siden nyttig | fandt du det, du søgte | fandt du svar | gå ikke glip af"
            " | du vil måske også kunne lide | udskriv siden"
            " | skriv en kommentar | læg en kommentar"
        ),
        asks="hvad er | hvad betyder | hvad vil",
        chapters="indledning | introduktion | konklusion | opsummering | afslutning | afrunding | baggrund",
        refers="henviser normalt til | refererer normalt til | det samme som | samme som",
        see="se | se også | jf. | jvf. | jævnfør",
        articles="en | et | den | det | de",
        verbs=(
            "er | var | betyder | handler om | beskriver | måler | viser | refererer til | bruges | giver"
            " | omfatter | indebærer | kaldes | defineres | angiver | kan | består af | dækker over | står for"
        ),
        also="også kaldet | også kendt som | også kaldt | ofte kaldet | kaldes også | undertiden kaldet | også benævnt",
        adjectives="ende lig isk eret iv",
        narrowing="i på for af til med om ved hos fra som når der",
        or_="eller | dvs. | det vil sige",
        means="betyder | dette betyder | det betyder | står for | oversættes til",
        short_for="forkortelse for | forkortelse af | kort for | står for | fork. for",
        shortened="forkortet | forkortet til | forkortes | forkortes til | fork. | ofte forkortet",
        english="på engelsk | engelsk | eng. | fra engelsk | af engelsk",
        native="på dansk | dansk",
        formerly="tidligere kaldet | tidligere | før kaldet",
        etymology=(
            "fra engelsk | af eng. | eng. | fork. | fra latin | fra græsk | fra fransk | fra tysk"
            " | af latin | af fransk | af tysk | lat. | fr. | ty. | gr."
        ),
    ),
    Language(
        tag="nl",
        name="Dutch",
        alphabet="ëïéèêöüáóàçíâ",
        function=(
            "de het een van en in is dat op te voor met zijn aan niet die er door om als bij ook wordt naar of dan"
            " kan meer uit worden deze dit over wat waar tot hun heeft je waarbij tijdens tussen welke wanneer hoe"
            " aantal"
        ),
        letters="ëï",
        clause=(
            "is zijn was wordt worden heeft kan kun moet gaat geeft betekent vindt we wij je jij u ons uw niet wat"
            " hoe waarom wie welke lees bekijk bent ben hebt"
        ),
        glossary=(
            "begrippenlijst~ | begrip~ | woordenlijst~ | woordenboek~ | termen | terminologie | vaktermen"
            " | vaktaal | jargon | afkorting~ | glossarium | lexicon | definities | uitdrukkingen | a tot z"
            " | van a tot z | vakwoorden | abc | vocabulaire | a-z"
        ),
        terms="begrip | term | woord | afkorting | acroniem | naam | trefwoord",
        texts="definitie | uitleg | betekenis | omschrijving | beschrijving | wat betekent het | verklaring",
        others=(
            "voorbeeld | voorbeelden | formule | tip | let op | opmerking | synoniem | synoniemen | zie ook"
            " | gerelateerd | engels | in het engels | categorie | bron | voordelen | nadelen | gebruik"
            " | waarom belangrijk | valkuilen | valkuil | verbeteracties | toepassing | lees meer | doel"
            " | berekening | bijvoorbeeld"
        ),
        chrome=(
            "over de auteur | misschien ook interessant | terug naar boven | naar boven | lees meer | lees ook"
            " | zoeken | menu | ga naar inhoud | contact | neem contact op | deel dit | deel deze | delen"
            " | inschrijven | nieuwsbrief | privacy~ | gepubliceerd | bijgewerkt | foto | inloggen | home"
            " | over ons | volg ons | vraag een demo aan | plan een demo | geschreven door"
            " | gerelateerde artikelen | alle rechten | download | winkelwagen | accepteer alle"
            " | was deze pagina nuttig | heeft deze pagina geholpen | meld je aan | schrijf je in | mis niets"
            " | deel dit artikel | deel deze pagina | pagina afdrukken | vond je dit nuttig"
            " | laat een reactie achter | geef een reactie | plaats een reactie"
        ),
        asks="wat is | wat zijn | wat betekent",
        chapters="inleiding | introductie | conclusie | samenvatting | tot slot | afsluiting | kortom",
        refers="verwijst meestal naar | verwijst gewoonlijk naar | verwijst doorgaans naar | hetzelfde als",
        see="zie | zie ook | vgl. | vergelijk",
        articles="de | het | een",
        verbs=(
            "is | zijn | was | betekent | toont | omvat | omvatten | definieert | definiëren | verwijst"
            " | verwijst naar | verwijst meestal | beschrijft | beschrijven | meet | meten | wordt | worden | geeft"
            " | houdt in | staat voor | stelt | kan | maakt | bestaat uit | berekent"
        ),
        also=(
            "ook bekend als | ook genoemd | oftewel | soms ook | ook wel bekend als | wordt ook wel de"
            " | wordt ook wel het | wordt ook wel"
        ),
        too="ook wel | ook",
        adjectives="end ende lijk lijke isch ische ief baar ieve",
        narrowing="in op voor van bij met om door als bij het die",
        called="genoemd | genaamd | geheten",
        or_="of | oftewel | ofwel | d.w.z. | dus",
        means="betekent | dit betekent | staat voor | vertaald als",
        short_for="afkorting van | afkorting voor | staat voor | afk. van | kort voor",
        shortened="afgekort | afgekort als | afgekort tot | afgekort met | afk. | vaak afgekort tot",
        english="in het engels | engels | eng. | engelse term | uit het engels",
        native="in het nederlands | nederlands",
        formerly="voorheen | vroeger | eerder",
        etymology=(
            "eng. | engels | afk. | uit het Latijn | uit het Frans | uit het Duits | uit het Engels"
            " | van het Latijn | Lat. | Fr. | Du."
        ),
    ),
    Language(
        tag="de",
        name="German",
        alphabet="äöüßéèàç",
        function=(
            "der die das und in ist den von zu mit sich auf für im dem nicht ein eine als auch es an werden aus er"
            " hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum kann wenn oder vom zur"
            " durch eines man wer"
        ),
        letters="äöüß",
        clause=(
            "ist sind war wird werden hat haben kann können soll muss bedeutet gibt findet wir du sie ich uns nicht"
            " was wie warum wer welche machen erfahren"
        ),
        glossary=(
            "glossar~ | lexikon~ | wörterbuch~ | begriff~ | fachbegriff~ | fachausdrücke | terminologie"
            " | abkürzung~ | definitionen | abc | a bis z | a-z | stichwort~ | wörterverzeichnis | vokabular"
            " | wörterliste | fachwörter | fachsprache | jargon"
        ),
        terms="begriff | term | wort | ausdruck | abkürzung | akronym | bezeichnung | name | stichwort",
        texts="definition | erklärung | bedeutung | beschreibung | erläuterung | was bedeutet das",
        others=(
            "beispiel | beispiele | formel | tipp | hinweis | anmerkung | synonym | synonyme | siehe auch"
            " | verwandt | englisch | auf englisch | kategorie | quelle | vorteile | nachteile | anwendung"
            " | mehr lesen | ziel | z. b. | berechnung | mehr dazu"
        ),
        chrome=(
            "über den autor | über die autorin | das könnte sie auch interessieren | nach oben"
            " | zurück zum anfang | zum seitenanfang | mehr lesen | mehr erfahren | weiterlesen | suche | suchen"
            " | menü | zum inhalt springen | kontakt | kontaktieren sie uns | teilen | newsletter | datenschutz~"
            " | impressum | veröffentlicht | aktualisiert | foto | anmelden | startseite | über uns"
            " | folgen sie uns | demo anfordern | geschrieben von | ähnliche artikel | alle rechte"
            " | herunterladen | warenkorb | alle akzeptieren | agb | jetzt testen | war diese seite hilfreich"
            " | war dieser artikel hilfreich | das könnte dich auch interessieren | verwandte artikel"
            " | newsletter abonnieren | artikel teilen | seite teilen | seite drucken | haben sie noch fragen"
            " | noch fragen"
            " | schreiben sie einen kommentar | schreibe einen kommentar | kommentar schreiben"
        ),
        asks="was ist | was sind | was bedeutet | was heißt",
        chapters="einleitung | einführung | fazit | zusammenfassung | schlussfolgerung | ausblick | schluss",
        refers="bezieht sich meist auf | meint meist | bezeichnet meist | dasselbe wie | gleichbedeutend mit",
        see="siehe | siehe auch | s. | s. a. | vgl. | vergleiche | →",
        articles="der | die | das | ein | eine | den | dem | des | einen",
        verbs=(
            "ist | sind | war | bedeutet | bezeichnet | beschreibt | misst | zeigt | wird | werden | umfasst"
            " | steht für | meint | dient | gibt | sagt | heißt | kann | besteht aus | setzt | ermöglicht"
        ),
        also="auch bekannt als | auch genannt | oft auch | häufig auch | manchmal auch | ebenso | alias | auch als",
        too="auch",
        adjectives="end ende lich liche isch ische iv ive ig ige",
        narrowing="in im auf für von bei mit zu zum der die wenn als",
        called="genannt | bezeichnet | bekannt",
        or_="oder | d. h. | d.h. | also | bzw.",
        means="bedeutet | das bedeutet | steht für | übersetzt",
        short_for="abkürzung für | kurz für | steht für | abk. für | kurzform von | akronym für",
        shortened="abgekürzt | kurz | abk. | kurz auch | oft abgekürzt | abgekürzt als | abgekürzt mit",
        english="auf englisch | englisch | engl. | aus dem englischen | im englischen | eng.",
        native="auf deutsch | deutsch | zu deutsch | im deutschen",
        formerly="früher | ehemals | vormals | früher auch",
        etymology=(
            "engl. | von engl. | abk. | ugs. | umgangssprachlich | von lat. | lat. | frz. | von frz."
            " | griech. | aus dem Lateinischen | aus dem Französischen | aus dem Englischen"
            " | aus dem Griechischen"
        ),
    ),
    Language(
        tag="en",
        name="English",
        alphabet="éèêàçñöüäïôâî",
        function=(
            "the of and to in a is that for it on with as are by be this an from or at was which not have has can"
            " their its when how more your you we will who they also been into than between after"
        ),
        clause=(
            "is are was were be has have can will should must means gives we you i us our your it they what how why"
            " who do does let get find learn isn't don't"
        ),
        glossary=(
            "glossary | glossaries | dictionary | vocabulary | terms | terminology | definitions | abbreviation~"
            " | acronym~ | jargon | phrases | a to z | a-z | lexicon | buzzwords | key terms | words | lingo"
            " | slang | word list | wordlist | nomenclature"
        ),
        terms="term | word | phrase | abbreviation | acronym | name | concept | expression | headword",
        texts="definition | meaning | explanation | description | what it means | what does it mean",
        others=(
            "example | examples | formula | tip | note | synonym | synonyms | see also | related | related terms"
            " | english | category | source | pros | cons | usage | why it matters | read more | full form"
            " | expansion | benefits | calculation | also known as | origin | best practice"
        ),
        chrome=(
            "about the author | about the authors | back to top | top | read more | learn more | search | menu"
            " | skip to content | skip to main content | contact us | contact | share | share this | subscribe"
            " | newsletter | privacy policy | privacy | terms of use | terms and conditions | published | updated"
            " | last updated | photo | log in | sign in | sign up | home | about us | follow us | request a demo"
            " | book a demo | get started | written by | related articles | all rights reserved | download"
            " | accept all | please enable javascript | navigation | next | previous | prev | cart | free trial"
            " | cookie policy | table of contents | contents | by author | was this page helpful"
            " | was this helpful | was this article helpful | did you find this helpful | you may also like"
            " | you might also like | related posts | related pages | more articles | still have questions"
            " | need more help | print this page | share this page | never miss | back to home"
            " | leave a comment | leave a reply | post a comment"
        ),
        asks="what is | what are | what does | what's",
        chapters=(
            "introduction | conclusion | conclusions | summary | final thoughts | wrapping up | the bottom line"
            " | key takeaways | takeaways | getting started | next steps"
        ),
        refers="usually refers to | generally refers to | typically refers to | the same as | synonymous with",
        see="see | see also | cf. | compare | refer to | same as",
        articles="a | an | the",
        verbs=(
            "is | are | was | means | refers to | describes | measures | shows | occurs | is used | gives | covers"
            " | involves | stands for | denotes | can | consists of | defines | allows | enables"
        ),
        also=(
            "also called | also known as | a.k.a. | aka | sometimes called | often called | also referred to as"
            " | commonly called | or simply | otherwise known as"
        ),
        adjectives="ed al ive ous able ic",
        narrowing="in on for of at with by to if when that which as",
        or_="or | i.e. | that is",
        means="means | stands for | which means",
        short_for="short for | abbreviation for | abbreviation of | stands for | acronym for | abbr. of",
        shortened="abbreviated | abbreviated as | abbreviated to | shortened to | abbr. | or",
        english="in english",
        formerly="formerly | previously | formerly called | formerly known as",
        etymology="from | abbr. | from Latin | from French | from Greek | from German | from Old English | Lat. | Fr.",
    ),
    Language(
        tag="fr",
        name="French",
        alphabet="éèêëàâçîïôùûüœæÿ",
        function=(
            "le la les de des du et en un une est que qui dans pour par sur au aux avec ce il ne pas plus sont se"
            " ou son sa ses cette à entre lors afin dont leur d l être nombre permet"
        ),
        letters="éèêàçùôî",
        clause=(
            "est sont était peut doit avoir fait signifie permet nous vous je tu on il elle ne pas comment pourquoi"
            " quoi quel quelle découvrez voici"
        ),
        glossary=(
            "glossaire~ | lexique~ | dictionnaire~ | vocabulaire | termes | terminologie | définitions | sigles"
            " | abréviation~ | acronymes | jargon | de a à z | mots clés | nomenclature | a-z"
        ),
        terms="terme | mot | expression | sigle | abréviation | acronyme | notion | nom | concept",
        texts="définition | signification | explication | description",
        others=(
            "exemple | exemples | formule | astuce | conseil | remarque | note | synonyme | synonymes | voir aussi"
            " | anglais | en anglais | catégorie | source | avantages | inconvénients | usage | en savoir plus"
            " | calcul | objectif | à noter | équivalent anglais"
        ),
        chrome=(
            "à propos de l'auteur | haut de page | retour en haut | lire la suite | en savoir plus | recherche"
            " | rechercher | menu | aller au contenu | contactez-nous | contact | partager | s'abonner"
            " | newsletter | politique de confidentialité | mentions légales | publié | mis à jour | photo"
            " | connexion | accueil | à propos | suivez-nous | demander une démo | écrit par"
            " | articles similaires | tous droits | télécharger | panier | tout accepter"
            " | cette page vous a-t-elle été utile | cet article vous a-t-il été utile | vous aimerez aussi"
            " | à lire aussi | lire aussi | ne ratez rien | ne manquez rien | inscrivez-vous | abonnez-vous"
            " | votre adresse e-mail | votre e-mail | je m'inscris | je m'abonne | partager cet article"
            " | partager cette page | imprimer cette page | besoin d'aide"
            " | laisser un commentaire | laissez un commentaire"
        ),
        asks="qu'est-ce que | qu'est-ce qu' | que signifie | c'est quoi",
        chapters="introduction | conclusion | résumé | en résumé | pour conclure | à retenir | en conclusion",
        refers="désigne généralement | renvoie généralement à | même chose que | synonyme de",
        see="voir | voir aussi | cf. | v. | comparer",
        articles="le | la | les | l' | un | une | des",
        verbs=(
            "est | sont | signifie | désigne | décrit | mesure | indique | correspond à | permet | regroupe"
            " | consiste | représente | se définit | peut | renvoie à | comprend"
        ),
        also=(
            "aussi appelé | aussi appelée | également appelé | également appelée | appelé aussi | appelée aussi"
            " | aussi connu sous le nom de | dit aussi | dite aussi | parfois appelé | encore appelé | aussi nommé"
            " | aussi dénommé"
        ),
        adjectives="ant ante el elle if ive ique able é ée",
        narrowing="en dans de du des pour sur avec par à au qui si",
        or_="ou | soit | c'est-à-dire",
        means="signifie | veut dire | se traduit par",
        short_for="abréviation de | acronyme de | sigle de | sigle pour | abrév. de",
        shortened="abrégé | abrégé en | en abrégé | abrév. | en sigle",
        english="en anglais | anglais | angl. | de l'anglais | terme anglais",
        native="en français | français",
        formerly="anciennement | autrefois | jadis",
        etymology=(
            "angl. | de l'angl. | abrév. | fam. | du latin | de l'anglais | de l'allemand | du grec"
            " | de l'italien | lat. | all."
        ),
    ),
    Language(
        tag="pl",
        name="Polish",
        alphabet="ąćęłńóśźżéüö",
        function=(
            "i w z na do jest się to że o dla nie od po przez ze jako lub oraz są który która które może także przy"
            " czyli jak ich jego jej tym tego być za co by np gdy a które których ma w celu"
        ),
        letters="ąćęłńóśźż",
        clause=(
            "jest są był była to ma może można oznacza dotyczy się nie my ty wy nas co jak dlaczego kto czy"
            " znajdziesz sprawdź poznaj"
        ),
        glossary=(
            "słownik~ | słownicz~ | pojęci~ | pojęć | termin~ | glosariusz~ | definicje | skrót~ | hasła | haseł"
            " | leksykon~ | terminologia | wyrażeń | zwroty | od a do z | żargon | slang | abc | a-z"
        ),
        terms="pojęcie | termin | hasło | skrót | słowo | nazwa | wyrażenie | akronim | zwrot",
        texts="definicja | wyjaśnienie | znaczenie | opis | objaśnienie | co to znaczy",
        others=(
            "przykład | przykłady | wzór | wskazówka | uwaga | synonim | synonimy | zobacz też | zobacz także"
            " | powiązane | angielski | po angielsku | kategoria | źródło | zalety | wady | zastosowanie"
            " | czytaj więcej | hasło pokrewne | hasła pokrewne | np. | cel | ang."
        ),
        chrome=(
            "o autorze | zobacz też artykuły | powrót do góry | do góry | na górę | czytaj więcej | czytaj dalej"
            " | szukaj | menu | przejdź do treści | kontakt | skontaktuj się | udostępnij | zapisz się"
            " | newsletter | polityka prywatności | regulamin | opublikowano | zaktualizowano | fot. | zaloguj"
            " | strona główna | o nas | obserwuj nas | umów demo | autor | podobne artykuły | wszelkie prawa"
            " | pobierz | koszyk | akceptuj wszystkie | wybierz literę | kategorie | daj nam znać | zamów"
            " | czy ta strona była pomocna | czy artykuł był pomocny | może cię zainteresować"
            " | powiązane artykuły | czytaj także | czytaj też | udostępnij artykuł | udostępnij stronę"
            " | drukuj stronę | nie przegap"
            " | dodaj komentarz | napisz komentarz | zostaw komentarz"
        ),
        asks="co to jest | co to | czym jest | co oznacza | czym są",
        chapters="wstęp | wprowadzenie | podsumowanie | wnioski | zakończenie | na koniec",
        refers="zwykle odnosi się do | zazwyczaj oznacza | to samo co | zwykle oznacza",
        see=(
            "zob. | zob. też | zobacz | zobacz też | patrz | patrz też | por. | zob. także | hasło pokrewne"
            " | hasła pokrewne"
        ),
        verbs=(
            "to | jest | są | oznacza | opisuje | mierzy | określa | służy | pozwala | polega | pokazuje | jest to"
            " | stanowi | obejmuje | umożliwia | dotyczy | może | składa się"
        ),
        also=(
            "nazywany również | nazywana również | nazywane również | zwany również | zwana również | zwane również"
            " | zwany także | zwana także | zwane także | zwany też | zwana też | znany także jako"
            " | znana także jako | znany również jako | znana również jako | nazywany także | nazywana także"
            " | inaczej | określany też jako | lub też | czyli inaczej"
        ),
        adjectives="owy owa owe ny na ne ski ska skie ący ąca ące czy cza",
        narrowing="w we na do dla z przy o od który która które gdy",
        or_="lub | albo | czyli | tj. | bądź",
        means="oznacza | to znaczy | tłumaczone jako",
        short_for=(
            "skrót od | skrót od wyrażenia | skrót od wyrazu | skrót od słów | akronim od | skrótowiec od"
            " | skrót oznacza"
        ),
        shortened="w skrócie | skrót | skracane do | skr.",
        english="ang. | z ang. | z angielskiego | po angielsku | angielski | w języku angielskim | (ang.",
        native="po polsku | w języku polskim | pol.",
        formerly="dawniej | wcześniej | uprzednio",
        etymology=(
            "z angielskiego | z ang. | ang. | potocznie | pot. | skrót od | skr. | z łac. | żarg."
            " | z łaciny | z francuskiego | z franc. | z fr. | z niemieckiego | z niem. | z greckiego"
            " | z gr. | z włoskiego | z wł. | łac. | franc. | niem."
        ),
    ),
    Language(
        tag="cs",
        name="Czech",
        alphabet="áčďéěíňóřšťúůýžöüä",
        function=(
            "a v je se na to že s z do o k i jako pro který která které nebo jsou po od při za není ale by jen může"
            " být také tím jeho její ve ze tak podle mezi více kdy což"
        ),
        letters="ěščřžýáíéůúťďň",
        clause="je jsou byl byla má může lze znamená se není my vy nás co jak proč kdo najdete zjistěte",
        glossary=(
            "slovník~ | slovníč~ | pojm~ | pojem | termín~ | glosář~ | definice | zkratk~ | výraz~ | názvosloví"
            " | terminologie | od a do z | hesla | výkladový | žargon | slang | lexikon~ | abc | a-z"
        ),
        terms="pojem | termín | výraz | zkratka | slovo | název | heslo",
        texts="definice | vysvětlení | význam | popis | výklad",
        others=(
            "příklad | příklady | vzorec | tip | poznámka | synonymum | synonyma | viz také | související"
            " | anglicky | kategorie | zdroj | výhody | nevýhody | použití | více | výpočet | např."
        ),
        chrome=(
            "o autorovi | zpět nahoru | nahoru | číst dále | číst více | hledat | vyhledávání | menu"
            " | přejít k obsahu | kontakt | kontaktujte nás | sdílet | přihlásit | newsletter"
            " | ochrana osobních údajů | publikováno | aktualizováno | foto | domů | o nás | sledujte nás"
            " | objednat demo | autor | související články | všechna práva | stáhnout | košík | přijmout vše"
            " | byla tato stránka užitečná | pomohl vám článek | mohlo by vás zajímat | čtěte také | přihlaste se"
            " | odebírat novinky | sdílet článek | sdílet stránku | vytisknout stránku"
            " | napsat komentář | přidat komentář"
        ),
        asks="co je to | co je | co jsou | co znamená",
        chapters="úvod | závěr | shrnutí | souhrn | závěrem",
        refers="obvykle označuje | zpravidla označuje | totéž co | stejné jako",
        see="viz | viz též | viz také | srov. | viz heslo",
        verbs=(
            "je | jsou | znamená | označuje | popisuje | měří | ukazuje | představuje | slouží | umožňuje"
            " | zahrnuje | udává | vyjadřuje | může | to je | se používá"
        ),
        also=(
            "také nazývaný | také nazývaná | také nazývané | též nazývaný | někdy nazývaný | známý také jako"
            " | známé také jako | neboli | alias"
        ),
        too="také | též | jinak | rovněž",
        adjectives="ý á é ní cí ský ská ské ový ová ové",
        narrowing="v ve na do pro z ze při od který která které",
        or_="nebo | neboli | čili | tj. | aneb",
        means="znamená | to znamená | překládá se jako",
        short_for="zkratka pro | zkratka z | zkratka od | zkratka výrazu | zkratka slov",
        shortened="zkráceně | zkr. | zkratka | ve zkratce",
        english="anglicky | angl. | z angl. | z angličtiny | v angličtině | z anglického",
        native="česky | v češtině",
        formerly="dříve | dřívější název",
        etymology=(
            "z angl. | angl. | zkr. | hovor. | z angličtiny | slang. | z latiny | z francouzštiny"
            " | z franc. | z němčiny | z něm. | z řečtiny | z řec. | z lat. | lat."
        ),
    ),
    Language(
        tag="fi",
        name="Finnish",
        alphabet="äöåšžéü",
        function=(
            "ja on ei se että joka tai kun myös ovat oli mutta sen jossa jonka kuin niin ne sekä voi vain voidaan"
            " kanssa jos hän ole mitä tämä siitä joita jotka mukaan esimerkiksi avulla kautta asiakkaan välillä"
            " miten"
        ),
        letters="äö",
        clause=(
            "on ovat oli ei voi voidaan tarkoittaa kuvaa käytetään me te sinä minä he mitä miten miksi kuka lue"
            " tutustu ole olet"
        ),
        glossary=(
            "sanasto~ | sanat | sanakirja~ | termi~ | käsite~ | käsittee~ | lyhen~ | määritelmä~ | glossaari | a-ö"
            " | aakkosellinen | hakusana~ | selityks~ | sanalista~ | sanoja | slangi | a-z"
        ),
        terms="termi | käsite | sana | lyhenne | ilmaus | nimi | hakusana",
        texts="määritelmä | selitys | merkitys | kuvaus",
        others=(
            "esimerkki | esimerkkejä | kaava | vinkki | huom | huomautus | synonyymi | synonyymit | katso myös"
            " | englanniksi | luokka | lähde | hyödyt | haitat | käyttö | lue lisää | laskenta"
        ),
        chrome=(
            "tietoa kirjoittajasta | takaisin ylös | sivun alkuun | lue lisää | haku | hae | valikko"
            " | siirry sisältöön | ota yhteyttä | yhteystiedot | jaa | tilaa uutiskirje | uutiskirje | evästeet"
            " | tietosuoja~ | julkaistu | päivitetty | kuva | kirjaudu | etusivu | meistä | seuraa meitä"
            " | varaa demo | kirjoittaja | kaikki oikeudet | lataa | ostoskori | hyväksy kaikki"
            " | oliko tästä apua | oliko sivusta apua | löysitkö etsimäsi | sinua voisi kiinnostaa"
            " | saatat pitää myös | lue myös | jaa sivu | jaa artikkeli | tulosta sivu"
            " | kirjoita kommentti | jätä kommentti"
        ),
        asks="mikä on | mitä on | mitä tarkoittaa | mitä tarkoitetaan",
        chapters="johdanto | yhteenveto | lopuksi | johtopäätökset | tiivistelmä",
        refers="viittaa yleensä | tarkoittaa yleensä | sama kuin | samaa kuin",
        see="ks. | ks. myös | katso | katso myös | vrt.",
        verbs=(
            "on | ovat | tarkoittaa | kuvaa | mittaa | osoittaa | käsittää | viittaa | käytetään | sisältää"
            " | kertoo | mahdollistaa | voi | muodostuu"
        ),
        also="tunnetaan myös nimellä | kutsutaan myös | toiselta nimeltään | eli myös",
        too="myös | joskus",
        adjectives="nen inen va vä",
        narrowing="jos kun joka jotka",
        or_="eli | tai",
        means="tarkoittaa | merkitsee | suomennetaan",
        short_for="lyhenne sanoista | lyhenne sanasta | lyh. sanoista | lyhenne termistä",
        shortened="lyhennettynä | lyhenne | lyh. | lyhennetään",
        english="englanniksi | engl. | englannin | engl | englannin kielen",
        native="suomeksi | suomen",
        formerly="aiemmin | entinen | ennen",
        etymology=(
            "engl. | lyh. | puhek. | ark. | latinan | ranskan | saksan | kreikan | ruots. | lat. | ransk."
            " | saks."
        ),
    ),
)  # fmt: skip

LANGUAGES: dict[str, Language] = {row.tag: row for row in _ROWS}


def language_row(tag: str | None) -> Language:
    """The row of a language tag; regional tags and `no` find their language, unknown ones the English row."""
    primary = (tag or "en").split("-")[0].lower()
    return LANGUAGES.get({"no": "nb"}.get(primary, primary), LANGUAGES["en"])
