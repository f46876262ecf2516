"""What the doctor sees: one good and one bad page for every finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cctbx.findings.sources import CODES
from cctbx.sources.hypotheses import Hypothesis
from cctbx.sources.parse import rival_findings
from tests.sources.scoring import parsed

GOOD = """Ordlista

Agent: Person som svarar på kundernas frågor.
Chatt: Skriftligt samtal i realtid med en kund.
Eskalering: Ärendet lämnas över till någon annan.
Förfrågan: Något som en kund vill veta.
Kö: Samtal som väntar på att bli besvarade.
Prognos: En bedömning av hur många samtal som kommer.
Samtal: Ett telefonsamtal mellan kund och medarbetare.
Svarstid: Tiden tills någon svarar på samtalet.
"""
LONG = "Ett samtal som har kopplats vidare till någon annan på företaget utan att kunden behövde vänta på det."


def with_line(line: str, before: str = "Kö:") -> str:
    return GOOD.replace(before, f"{line}\n{before}", 1)


BAD: dict[str, str | bytes] = {
    "SRC001": "",
    "SRC002": "Hej och välkommen hit!\n\nVi ses snart igen, hoppas vi.",
    "SRC004": "Agent = X\nBot = Y\nCall = Z\n",
    "SRC005": f"{GOOD}\n{GOOD}",
    "SRC006": GOOD + f"Växel: {LONG}\nÄrende: En fråga som är registrerad.{LONG[2:]}\n",
    "SRC007": with_line("KPI: (Key performance indivator) Ett mått på hur det går."),
    "SRC008": with_line("KPI: Key Number. Ett mått på hur det går för företaget."),
    "SRC009": with_line("Kund: Se Samtal."),
    "SRC010": with_line("Kund: The person who buys something from the company and who has a right to good service."),
    "SRC011": GOOD.replace("Agent:", "Åtgärd:").replace(
        "Ordlista\n\n", "Ordlista\n\nAdress: Var någon bor och kan nås.\n"
    ),
    "SRC012": with_line("Kund: En person som köper något av företaget och"),
    "SRC013": with_line("Kund –", "Kö –").replace(": ", " – ").replace("Kö – ", "Kund –\nKö – ", 1),
    "SRC014": with_line("Agent: Någon som handlar för en annan."),
    "SRC015": with_line("Kund: Person som svarar på kundernas frågor."),
    "SRC016": with_line("Kund: Se Växeltelefon."),
    "SRC017": with_line("Kund: En person som k\ufffdper något av företaget."),
    "SRC018": with_line("Kund: En person (eller ett företag som köper något."),
    "SRC019": with_line("Kund: En person som köper något. Läs mer om kund"),
}


def codes(page: str | bytes, language: str | None = None) -> set[str]:
    return {finding.code for finding in parsed(page, language=language).findings}


def test_a_good_page_has_no_findings() -> None:
    assert codes(GOOD) == set()


@pytest.mark.parametrize("code", BAD)
def test_the_finding_comes_with_a_place_and_advice(code: str) -> None:
    found = [finding for finding in parsed(BAD[code]).findings if finding.code == code]
    assert found, codes(BAD[code])
    assert all(finding.file == "page.txt" and finding.message and finding.advice for finding in found)
    assert code in ("SRC001", "SRC002", "SRC004") or all(finding.line for finding in found)


def test_stated_and_recognised_language_disagree() -> None:
    assert "SRC003" in codes(GOOD, "nl")
    assert "SRC003" not in codes(GOOD, "sv-SE")


def test_a_large_page_says_how_its_layout_was_told() -> None:
    lines = "".join(f"Ord{n:05}: Något som en kund vill veta om saken.\n" for n in range(2500))
    page = parsed(lines)
    assert "SRC021" in {finding.code for finding in page.findings}
    assert len(page.entries) == 2500


def test_every_code_is_tested_or_about_the_page_as_a_whole() -> None:
    assert {code.code for code in CODES} - set(BAD) == {"SRC003", "SRC020", "SRC021"}


def test_findings_of_an_entry_name_it() -> None:
    page = parsed(BAD["SRC013"])
    finding = next(each for each in page.findings if each.code == "SRC013")
    assert finding.term == "Kund"
    assert finding.path in {entry.id for entry in page.entries}


def test_a_close_rival_is_reported_only_where_it_reads_other_entries() -> None:
    best = Hypothesis(name="columns:1+1", total=0.9, entries=8, parts=())
    rival = Hypothesis(name="columns:2+0", total=0.89, entries=8, parts=(), agrees=False)
    assert [f.code for f in rival_findings("page.txt", (best, rival))] == ["SRC020"]
    assert not list(rival_findings("page.txt", (best, replace(rival, agrees=True))))
    assert not list(rival_findings("page.txt", (best, replace(rival, total=0.6))))
