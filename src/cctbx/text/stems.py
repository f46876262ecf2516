"""Stems by the Snowball algorithms, and the words of a language that carry grammar and no subject."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Protocol, cast

__all__ = ["FUNCTION_WORDS", "PREPOSITIONS", "is_function_word", "stem"]

_ALGORITHMS = {
    "en": "english", "nb": "norwegian", "sv": "swedish", "da": "danish", "nl": "dutch_porter", "pl": "polish", "de":
    "german",
    "fr": "french", "fi": "finnish", "cs": "czech", "es": "spanish", "it": "italian", "pt": "portuguese",
    "hu": "hungarian", "ro": "romanian", "et": "estonian", "lt": "lithuanian", "ru": "russian", "tr": "turkish",
    "ca": "catalan", "el": "greek",
}  # fmt: skip

PREPOSITIONS: dict[str, frozenset[str]] = {
    tag: frozenset(listed.split())
    for tag, listed in {
        "en": "of for to in on at by with from per as into over under between within without via during",
        "nb": "av for til i på ved med fra frå per som om under over mellom uten utan innen etter før mot hos gjennom",
        "da": "af for til i på ved med fra per som om under over mellem uden inden efter før mod hos gennem",
        "sv": "av för till i på vid med från per som om under över mellan utan inom efter före mot hos genom",
        "nl": "van voor naar in op bij met uit per als over onder tussen zonder binnen na tegen door aan te tot",
        "de": "von für zu in auf bei mit aus pro als über unter zwischen ohne nach vor gegen durch an im am vom",
        "pl": "od do w na przy z ze dla po jako o nad pod między bez przez przed za poza podczas",
        "cs": "od do v ve na při s se z ze pro po jako o nad pod mezi bez přes před za mimo během k ke",
        "fr": "de du des d à au aux en sur chez avec par pour comme entre sans sous dans vers",
        "es": "de del a al en sobre con por para como entre sin bajo desde hasta",
        "it": "di del della dei degli delle da dal in su con per come tra fra senza sotto a al alla",
        "pt": "de do da dos das a ao em no na sobre com por para como entre sem sob desde",
    }.items()
}
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    tag: frozenset(listed.split()) | PREPOSITIONS.get(tag, frozenset())
    for tag, listed in {
        "en": """the a an and or but not is are was were be been being it its this that these those which who whom
                 whose what when where how why if then than so such can could may might must shall should will would do
                 does did done has have had having there their they them he she his her we our you your all any each
                 every some no one other more most also both either only often usually""",
        "nb": """den det de en et ei og eller men ikke er var bli blir ble blitt være vært har hadde ha kan kunne skal
                 skulle vil ville må måtte bør dette denne disse der hvor hva hvem hvilken hvilke når hvis da enn så seg
                 sin sitt sine man vi oss vår du deg din han hun dem deres alle alt noe noen hver andre annen mer mest
                 også både bare ofte vanligvis å at ein eit ikkje kva kvar kven korleis dei deira vere vert vart
                 verte blei innan eg me dykk sjølv noko nokon desse berre ofta andre frå når såleis medan
                 anten kvart annan""",
        "da": """den det de en et og eller men ikke er var blive bliver blev være været har havde have kan kunne skal
                 skulle vil ville må måtte bør dette denne disse der hvor hvad hvem hvilken hvilke når hvis da end så
                 sig
                 sin sit sine man vi os vores du dig din han hun dem deres alle alt noget nogle hver andre anden mere
                 mest også både kun ofte normalt at""",
        "sv": """den det de en ett och eller men inte är var bli blir blev blivit vara varit har hade ha kan kunde ska
                 skall skulle vill ville måste bör detta denna dessa där var vad vem vilken vilka vilket när om då än så
                 sig sin sitt sina man vi oss vår du dig din han hon dem deras alla allt något några varje andra annan
                 mer mest också både bara ofta vanligtvis att som""",
        "nl": """de het een en of maar niet is zijn was waren wordt worden werd geworden heeft had hebben kan kunnen kon
                 zal zullen zou moet moeten mag dit deze die dat er waar wat wie welke wanneer indien dan zo zich hun
                 haar hem hij zij ze we wij ons onze u uw je jij alle alles iets elke elk ander andere meer meest ook
                 zowel alleen vaak meestal om waarmee waarop waarin waarbij""",
        "de": """der die das des zum zur den dem ein eine einer einem einen eines und oder aber nicht ist sind war waren
                 wird werden wurde worden hat hatte haben kann können konnte soll sollen muss müssen darf dies diese
                 dieser dieses da wo was wer welche welcher wenn falls dann so sich ihr ihre er sie es wir uns unser
                 alle alles etwas jeder jede andere mehr auch sowohl nur oft meist dass um""",
        "pl": """i oraz lub albo ale nie jest są był była było były być będzie to ten ta te tego tej tych tym tę ich
                 jego jej im się który która które którego której których którym którą gdzie co kto gdy kiedy jeśli
                 jeżeli
                 niż tak może mogą można musi powinien też także zarówno tylko często zwykle aby żeby czy każdy inny
                 inne
                 wszystkie a""",
        "cs": """a i nebo ale ne je jsou byl byla bylo byly být bude to ten ta te toho té těch tím jejich jeho její se
        si
                 který která které kterého kterých kterým kterou kde co kdo když pokud než tak může mohou musí také
                 pouze
                 často obvykle aby jiný všechny""",
        "fr": """le la les l un une et ou mais ne pas est sont était être été a ont avoir ce cet cette ces qui que qu
                 quoi dont où quand si alors il elle ils elles on nous vous leur leurs son sa ses tout tous toute toutes
                 chaque autre autres plus aussi soit peut peuvent doit s n""",
        "fi": """ja tai mutta ei on ovat oli olivat olla ollut voi voivat se ne tämä nämä jos kun niin kuin joka jotka
                 jonka jota jossa johon mitä missä myös sekä vain usein yleensä kaikki muu muut että hän""",
        "es": """el la los las un una y o pero no es son era ser sido ha han haber este esta estos estas que quien cuyo
                 donde cuando si se su sus todo todos cada otro otros más también puede pueden""",
        "it": """il lo la i gli le un una e o ma non è sono era essere stato ha hanno questo questa questi queste che
        chi
                 cui dove quando se si suo sua loro tutto tutti ogni altro altri più anche può possono""",
        "pt": """o a os as um uma e ou mas não é são era ser sido tem têm este esta estes estas que quem cujo onde
        quando
                 se seu sua todo todos cada outro outros mais também pode podem""",
    }.items()
}  # fmt: skip
"""Closed classes: articles, pronouns, conjunctions, auxiliaries and the like, prepositions included."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (the library's spelling)


@cache
def _stemmer(language: str) -> _Stemmer | None:
    import snowballstemmer

    name = _ALGORITHMS.get(language)
    return cast(_Stemmer, snowballstemmer.stemmer(name)) if name else None


@lru_cache(maxsize=1 << 18)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; `language` is a primary subtag, a language without an algorithm keeps its words."""
    stemmer = _stemmer(language)
    return stemmer.stemWord(word) or word if stemmer else word


def is_function_word(word: str, language: str) -> bool:
    """Whether a folded word belongs to a closed class of the language (False for languages without a list)."""
    return word in FUNCTION_WORDS.get(language, ())
