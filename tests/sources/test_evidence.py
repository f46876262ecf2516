"""What is left alone without evidence: spellings, letters of an encoding, lists that are no glossaries."""

from __future__ import annotations

import pytest

from cctbx.model import SourceGlossary
from cctbx.sources import ParsedPage, parse_page
from cctbx.sources.designations import designate
from cctbx.sources.features import is_credit, is_dated
from cctbx.sources.repairs import corrected, vocabulary
from cctbx.sources.tongues import named_language


def parsed(text: str | bytes, *, language: str | None = None, file: str = "page.txt") -> ParsedPage:
    content = text.encode() if isinstance(text, str) else text
    return parse_page(content, SourceGlossary(name="page", file=file, language=language))


def terms(page: ParsedPage) -> list[list[tuple[str, str]]]:
    return [[(each.term, each.language) for each in entry.designations] for entry in page.entries]


@pytest.mark.parametrize(
    ("term", "definition", "acronyms", "wanted"),
    [
        ("Customer satisfactoin", "Measured after a call.", (), None),
        ("Automated Clearing House", "A network of banks.", ("ACH",), None),
        ("Key performance indivator", "A measure.", ("KPI",), "Key performance indicator"),
        ("artificell intelligens", "Med artificiell intelligens menas program.", (), "artificiell intelligens"),
        ("artificell intelligens", "Ett artificiell.", (), None),
    ],
)
def test_a_word_is_respelt_only_with_a_witness(
    term: str, definition: str, acronyms: tuple[str, ...], wanted: str | None
) -> None:
    assert corrected(term, definition, vocabulary([term, definition]), acronyms) == wanted


WORDS = {
    "fr": ("Dégât : perte causée à un bien, où qu'il soit.", "Prêt : somme à rendre."),
    "sv": ("Skåp: möbel på två hjul.", "Låda: förvaring för små saker."),
    "pl": ("Łącznik: część, która łączy.", "Śruba: część z gwintem, jak gąsienica."),
    "cs": ("Úvěr: peníze, které se vracejí.", "Řidič: ten, kdo řídí vůz; průkaz má žlutý."),
}


@pytest.mark.parametrize("stated", [True, False])
@pytest.mark.parametrize(
    ("language", "encoding"), [("fr", "cp1252"), ("sv", "cp1252"), ("pl", "cp1250"), ("cs", "iso8859-2")]
)
def test_an_encoding_gives_the_letters_of_the_language(language: str, encoding: str, stated: bool) -> None:
    text = "\n".join(WORDS[language])
    page = parsed(text.encode(encoding), language=language if stated else None)
    assert [line for _, line in page.lines] == list(WORDS[language])


def test_bullets_inside_an_entry_keep_their_letters() -> None:
    page = parsed("# Glossary\n\n**Queue** – Holds:\n\n- calls\n\n- chats\n\n**Agent** – A person.\n", file="a.md")
    assert page.entries[0].definition == "Holds:\n\n- calls\n\n- chats"


def test_numbers_of_several_levels_are_no_part_of_headwords_and_stay_in_texts() -> None:
    text = "Glossar\n\n1.1 Abschlag\nZahlung im Voraus.\n\n1.2 Bilanz\nAufstellung am Ende des Jahres. Umsatz:\n"
    text += "2.5 Millionen im Jahr.\n\n1.3 Charge\nMenge aus einem Lauf.\n"
    page = parsed(text, language="de")
    assert [entry.headword for entry in page.entries] == ["Abschlag", "Bilanz", "Charge"]
    assert "2.5 Millionen" in page.entries[1].definition


def test_columns_and_fields_named_after_a_language() -> None:
    rows = "Begriff;Französisch;Definition\nFracht;fret;Ware, die unterwegs ist.\n"
    rows += "Lager;entrepôt;Ort, an dem Ware liegt.\nZoll;douane;Abgabe an der Grenze.\n"
    assert terms(parsed(rows, language="de", file="a.csv")) == [
        [("Fracht", "de"), ("fret", "fr")], [("Lager", "de"), ("entrepôt", "fr")], [("Zoll", "de"), ("douane", "fr")],
    ]  # fmt: skip
    named = designate("Ledtid", "Engelska: lead time\n\nDefinition: Tid till leverans.", "sv").designations
    assert [(each.term, each.language) for each in named] == [("Ledtid", "sv"), ("lead time", "en")]


@pytest.mark.parametrize(
    ("label", "tag"), [("French", "fr"), ("på engelska", "en"), ("Ruotsiksi", "sv"), ("Angle", None), ("Text", None)]
)
def test_languages_by_name(label: str, tag: str | None) -> None:
    assert named_language(label) == tag


def test_brackets_between_homonyms_narrow() -> None:
    text = "Glossary\n\nBank (river): the side.\nBank (money): a firm.\nDeposit (payment): money left.\n"
    text += "Loan: money lent.\n"
    assert [[term for term, _ in names] for names in terms(parsed(text, language="en"))] == [
        ["Bank"], ["Bank"], ["Deposit"], ["Loan"],
    ]  # fmt: skip


NO_GLOSSARIES = {
    "notes.md": "# Releases\n\n## 1.4.0\n\n- **Search**: results load sooner.\n- **Export**: files get a date.\n\n"
    "## 1.3.0\n\n- **Login**: passkeys work.\n- **Reports**: totals are right.\n",
    "steps.md": "# How to install\n\n1. **Download**: get the file.\n2. **Install**: run the file and wait.\n"
    "3. **Restart**: restart when you are asked.\n",
    "faq.md": "# Aide\n\n## Commande\n\n### Comment payer ?\n\nPar carte.\n\n"
    "## Livraison\n\n### Quand ?\n\nSous trois jours.\n",
    "day.txt": "Programme\n\n09:00 Welcome\n09:30 Opening: why we are here\nAnn Lee, host\n"
    "10:15 Talk: what comes next\n",
    "team.txt": "Vårt team\n\nAnna Lind\nAnna leder företaget sedan länge.\n\n"
    "Bo Ek\nBo sköter all ekonomi hos oss.\n\n"
    "Cecilia Alm\nCecilia hjälper kunderna varje dag.\n",
}


@pytest.mark.parametrize("file", NO_GLOSSARIES)
def test_lists_of_other_things_give_no_entry(file: str) -> None:
    assert parsed(NO_GLOSSARIES[file], file=file).entries == ()


@pytest.mark.parametrize(
    ("text", "dated", "credit"),
    [
        ("Zuletzt aktualisiert am 3. Mai 2022", True, False),
        ("Page 2 of 7", True, False),
        ("The law was changed again after 2021", False, False),
        ("Artikkelen er skrevet av redaksjonen", False, True),
        ("Text a customer has written", False, False),
    ],
)
def test_dates_and_bylines(text: str, dated: bool, credit: bool) -> None:
    assert (is_dated(text), is_credit(text)) == (dated, credit)
