from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cctbx.text.acronyms import spells_out
from cctbx.text.compounds import COMPOUNDING, CompoundSplitter
from cctbx.text.normal import cognate_form, fold, primary, similarity
from cctbx.text.respelling import respelt
from cctbx.text.stems import is_function_word, stem
from cctbx.text.tokens import acronyms, headword_parts, is_acronym, numbers, words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("lojalitet", "sv"), ("loyaliteit", "nl")),
        (("integrasjon", "nb"), ("integracja", "pl")),
        (("kapacitet", "sv"), ("capaciteit", "nl")),
        (("statistisk", "sv"), ("statystyczny", "pl")),
        (("produktion", "sv"), ("produkcja", "pl")),
        (("telefoni", "sv"), ("telephony", "en")),
        (("kvalitet", "nb"), ("kwaliteit", "nl")),
        (("planering", "sv"), ("planowanie", "pl")),
    ],
)
def test_cognates_come_close(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert similarity(cognate_form(*first), cognate_form(*second)) >= 0.75


@pytest.mark.parametrize(
    ("first", "second"), [("blokering", "allokering"), ("station", "nation"), ("kvalitet", "identitet")]
)
def test_a_shared_suffix_is_no_cognate(first: str, second: str) -> None:
    assert similarity(cognate_form(first, "sv"), cognate_form(second, "sv")) < 0.75


def test_fold_makes_typography_plain() -> None:
    assert fold("  Kund\u2019s\u00a0 E\u2011POST ") == "kund's e-post"


@pytest.mark.parametrize(("tag", "wanted"), [("no", "nb"), ("nn-NO", "nb"), ("pt-BR", "pt"), ("zh_Hant", "zh")])
def test_primary_language(tag: str, wanted: str) -> None:
    assert primary(tag) == wanted


@given(st.text(max_size=12), st.text(max_size=12))
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
    assert similarity(one, one) == 1.0


def test_words_and_numbers() -> None:
    assert words("Support- och serviceplaner, 24/7: 1,5 %") == ("support", "och", "serviceplaner", "24", "7", "1,5")
    assert numbers("80/40 och 1,5") == ("80", "40", "1.5")


@pytest.mark.parametrize("text", ["KPI", "CCaaS", "B2B", "IoT", "MTTR", "R&D"])
def test_acronyms_are_recognised(text: str) -> None:
    assert is_acronym(text)


@pytest.mark.parametrize("text", ["Agent", "iPhone", "A", "kpi", "KUNDSERVICE", "Call Back"])
def test_other_words_are_no_acronyms(text: str) -> None:
    assert not is_acronym(text)


def test_acronyms_of_a_text_come_once_each() -> None:
    assert acronyms("En FAQ (eller CTI) i en FAQ; IVR-system.") == ("FAQ", "CTI", "IVR")


def test_a_headword_is_taken_apart() -> None:
    parts = headword_parts("ACH (Automated Clearing House)")
    assert parts.terms == ("ACH", "Automated Clearing House")
    assert parts.acronyms == ("ACH",)
    assert headword_parts("Bot").terms == ("Bot",)


@pytest.mark.parametrize(
    ("short", "phrase"),
    [
        ("TTR", "Time to Resolution"), ("CSAT", "Customer Satisfaction"), ("Csat", "customer satisfaction"),
        ("VPN", "virtual private network"), ("KPI", "key performance indicators"),
    ],
)  # fmt: skip
def test_a_phrase_spells_out_its_acronym(short: str, phrase: str) -> None:
    assert spells_out(short, phrase)


@pytest.mark.parametrize(
    ("short", "phrase"),
    [("AHT", "average hold rate"), ("VPN", "virtual network"), ("bot", "robot"), ("chat", "live conversation")],
)
def test_a_phrase_does_not_spell_out_other_letters(short: str, phrase: str) -> None:
    assert not spells_out(short, phrase)


def test_compounds_are_split_by_known_words() -> None:
    counts = {"kund": 9, "lojalitet": 3, "leverans": 3, "tid": 5, "tjänst": 4, "station": 2, "stat": 2, "ion": 2}
    splitter = CompoundSplitter("sv", counts, ["station"])
    assert splitter.split("kundlojalitet") == ("kund", "lojalitet")
    assert splitter.split("leveranstid") == ("leverans", "tid")
    assert splitter.split("kundtjänstlojalitet") == ("kund", "tjänst", "lojalitet")
    assert splitter.split("station") == ("station",)
    assert splitter.split("okänt") == ("okänt",)


def test_linking_elements_belong_to_no_part() -> None:
    assert CompoundSplitter("nl", {"klant": 3, "service": 3}).split("klantenservice") == ("klant", "service")
    assert CompoundSplitter("nb", {"salg": 3, "avtale": 3}).split("salgsavtale") == ("salg", "avtale")


def test_languages_without_closed_compounds_keep_their_words() -> None:
    assert CompoundSplitter("pl", {"baza": 3, "danych": 3}).split("bazadanych") == ("bazadanych",)


@given(st.sampled_from(sorted(COMPOUNDING)), st.text("abcdefgås", min_size=1, max_size=14))
def test_splitting_is_stable_and_never_empty(language: str, word: str) -> None:
    splitter = CompoundSplitter(language, {"abc": 1, "defg": 2, "gås": 1, "abcdefg": 1})
    parts = splitter.split(word)
    assert parts and all(parts)
    assert splitter.split(word) == parts


def test_stems_and_function_words() -> None:
    assert stem("ärenden", "sv") == stem("ärende", "sv")
    assert stem("ord", "xx") == "ord"
    assert is_function_word("och", "sv")
    assert not is_function_word("kund", "sv")
    assert not is_function_word("och", "pl")


@pytest.mark.parametrize(
    ("word", "language", "spelling"),
    [
        ("trafikk", "da", "trafik"), ("bok", "da", "bog"), ("avgift", "da", "afgift"), ("funksjon", "da", "funktion"),
        ("inntekt", "da", "indtægt"), ("verdi", "da", "værdi"), ("gjeld", "da", "gæld"),
        ("virksomhet", "da", "virksomhed"),
        ("strøm", "nn", "straum"), ("virksomhet", "nn", "verksemd"), ("selvkost", "nn", "sjølvkost"),
    ],
)  # fmt: skip
def test_bokmaal_words_are_respelt_as_danish_and_nynorsk(word: str, language: str, spelling: str) -> None:
    assert spelling in respelt(word, language)


def test_respelling_is_bounded_and_only_for_relatives() -> None:
    assert respelt("verdi", "pl") == ()
    assert len(respelt("oppkvalifiseringspakkeløsningene", "da")) <= 32
    assert "hus" not in respelt("hus", "nn")
