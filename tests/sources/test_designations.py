"""Designations by content: what headwords and definitions name, in the languages of the table."""

from __future__ import annotations

import pytest

from cctbx.sources.acronyms import expands, is_acronym
from cctbx.sources.designations import designate
from cctbx.sources.languages import LANGUAGES
from cctbx.sources.patterns import patterns_of

HEADWORDS = [
    ("sv", "Bot (robot)", {"Bot sv", "robot sv"}),
    ("nl", "AHT – Average Handling Time", {"AHT en acronym", "Average Handling Time en fullForm"}),
    ("nl", "ACD (Automatic Call Distributor)", {"ACD en acronym", "Automatic Call Distributor en fullForm"}),
    ("en", "Average Waiting Time (AWT) / Average Speed of Answer (ASA)",
     {"Average Waiting Time en fullForm", "AWT en acronym", "Average Speed of Answer en fullForm", "ASA en acronym"}),
    ("nb", "Abonnement, abonnere", {"Abonnement nb", "abonnere nb"}),
    ("nb", "B2U/anonym handel", {"B2U en acronym", "anonym handel nb fullForm"}),
    ("nl", "Support/Service Plans", {"Support/Service Plans en"}),
    ("pl", "Liczba połączeń (NOC Number of Calls Offered)",
     {"Liczba połączeń pl fullForm", "NOC en acronym", "Number of Calls Offered en fullForm"}),
    ("de", "Kundenzufriedenheit (engl. Customer Satisfaction, CSAT)",
     {"Kundenzufriedenheit de fullForm", "Customer Satisfaction en fullForm", "CSAT en acronym"}),
    ("sv", "samtal (inkommande)", {"samtal sv"}),
    ("en", "queue (in CRM)", {"queue en"}),
    ("en", "escalate (verb)", {"escalate en"}),
    ("fr", "Conseiller (ou téléconseiller)", {"Conseiller fr", "téléconseiller fr"}),
    ("da", "HashTag (#)", {"HashTag en"}),
    ("en", "A/B-test", {"A/B-test en"}),
    ("nb", "Hva er en chatbot?", {"chatbot en"}),
]  # fmt: skip

DEFINITIONS = [
    (
        "nb",
        "AI",
        "Artificial Intelligence, eller kunstig intelligens. Systemer som lærer.",
        "kunstig intelligens nb fullForm",
    ),
    ("nb", "Kundereise", "På engelsk Customer Journey. Dette er totalopplevelsen.", "Customer Journey en"),
    ("nb", "Callback", "«Tilbakering» på norsk. Mange tilbyr det.", "Tilbakering nb"),
    ("nn", "Svargrad", "Del av anropa, òg kalla svarprosent.", "svarprosent nn"),
    ("sv", "Lösningstid", "Tiden tills det är löst, även känt som ledtid.", "ledtid sv"),
    ("sv", "CEM", "Betyder kundupplevelsehantering: att förstå kunden.", "kundupplevelsehantering sv fullForm"),
    ("da", "Kø", "Ventende opkald, også kaldet telefonkø.", "telefonkø da"),
    ("nl", "Nawerk", "Werk na het gesprek, ook wel wrap-up genoemd.", "wrap-up en"),
    ("nl", "Ticket Queue", "Een ticketwachtrij is het systeem voor tickets.", "ticketwachtrij nl"),
    ("de", "Agent", "Ein Agent, auch Kundendienstmitarbeiter, arbeitet hier.", "Kundendienstmitarbeiter de"),
    ("de", "Nachbearbeitung", "Arbeit danach, auf Englisch: after call work.", "after call work en"),
    ("en", "Churn", "Customers who leave, also known as customer attrition.", "customer attrition en"),
    ("en", "Handle time", "How long it takes, abbreviated AHT.", "AHT en acronym"),
    ("fr", "Conseiller", "Personne qui répond, aussi appelé agent.", "agent fr"),
    ("pl", "B2B", "ang. business to business – handel między firmami.", "business to business en fullForm"),
    ("pl", "Front office", "Front office (nazywany również front line) to miejsce.", "front line en"),
    ("cs", "Fronta", "Čekající hovory, také nazývaná řada.", "řada cs"),
    ("fi", "Jono", "Odottavat puhelut, toiselta nimeltään soittojono.", "soittojono fi"),
]


def named(headword: str, definition: str, language: str) -> set[str]:
    made = designate(headword, definition, language).designations
    return {" ".join(part for part in (each.term, each.language, each.type) if part) for each in made}


@pytest.mark.parametrize(("language", "headword", "wanted"), HEADWORDS)
def test_headwords(language: str, headword: str, wanted: set[str]) -> None:
    assert named(headword, "", language) == wanted


@pytest.mark.parametrize(("language", "headword", "definition", "wanted"), DEFINITIONS)
def test_definitions(language: str, headword: str, definition: str, wanted: str) -> None:
    assert wanted in named(headword, definition, language)


def test_every_language_of_the_table_has_working_patterns() -> None:
    for tag, row in LANGUAGES.items():
        also = row.also.split(" | ")[0]
        assert patterns_of(tag).also.search(f"Xxx, {also} yyyyy."), tag
        assert patterns_of(tag).hint.search(f"xxx, {also} yyyyy."), tag


def test_acronyms() -> None:
    assert all(is_acronym(each) for each in ("AHT", "B2B", "CCaaS", "IoT", "KPI's", "VoC"))
    assert not any(is_acronym(each) for each in ("Agent", "ChatGPT", "Csat", "ABONNEMENT", "A", "e-post"))
    assert all(expands(*pair) for pair in (("CSAT", "Customer Satisfaction"), ("WFM", "Workforce Management"),
                                           ("B2B", "business-to-business"), ("CX", "Customer Experience")))  # fmt: skip
    assert not any(expands(*pair) for pair in (("CES", "Customer Effort"), ("AHT", "Average Hold"), ("API", "Agent")))
