"""Every real-world file of the formats beside TBX: counts, languages and encodings as the table of facts has them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from cctbx.findings import Finding
from cctbx.formats.contract import ReadOptions
from cctbx.model import TermBase
from cctbx.workflows.termbases import read_termbase
from tests.support import SHARED, shared_path

KINDS = ("realworld/tmx/", "realworld/multiterm-xml/", "tbx/samples/other/")


def facts() -> Iterator[dict[str, str]]:
    table = SHARED / "conformance" / "facts.tsv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as stream:
            yield from (row for row in csv.DictReader(stream, delimiter="\t") if row["file"].startswith(KINDS))


def load(path: Path, **options: str) -> tuple[TermBase, list[Finding]]:
    found: list[Finding] = []
    return read_termbase(path, options=ReadOptions(report=found.append, **options)), found  # type: ignore[arg-type]


def terms(base: TermBase) -> int:
    return sum(len(section.terms) for entry in base.concepts for section in entry.languages)


@pytest.mark.parametrize("row", list(facts()), ids=lambda row: row["file"].rpartition("/")[2])
def test_counts_and_languages_are_those_of_the_table(row: dict[str, str]) -> None:
    base, found = load(shared_path("conformance") / row["file"])
    assert len(base.concepts) == int(row["entries"])
    assert terms(base) == int(row["terms"])
    languages = {section.language for entry in base.concepts for section in entry.languages}
    assert sorted(languages) == row["languages"].split()
    assert not [each for each in found if each.severity == "error"]


def test_the_table_of_facts_is_there() -> None:
    shared_path("conformance/facts.tsv")
    assert sum(1 for _ in facts()) == 31


def shown(base: TermBase) -> list[list[tuple[str, str]]]:
    return [[(section.language, str(term.term)) for section, term in entry.terms()] for entry in base.concepts]


REAL = "conformance/realworld"


@pytest.mark.parametrize(
    ("file", "rows", "languages"),
    [
        ("Sample.utx", None, ["en-US", "ja-JP"]), ("convertUTX_4.utx", 2, ["de", "en"]),
        ("convertUTX_7.utx", 5, ["de", "en"]),
    ],
)
def test_utx(file: str, rows: int | None, languages: list[str]) -> None:
    path = shared_path(f"{REAL}/utx/{file}")
    base, _ = load(path)
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line and not line.startswith("#")]
    assert sorted({tag for entry in shown(base) for tag, _ in entry}) == languages
    pairs = {(line.split("\t")[0].strip(), line.split("\t")[1].strip()) for line in lines}
    texts = {text for entry in shown(base) for _, text in entry}
    assert {text for pair in pairs for text in pair if text} == texts
    if rows is not None:
        assert len(base.concepts) == rows


def test_utx_concept_ids_statuses_and_comments() -> None:
    base, found = load(shared_path(f"{REAL}/utx/convertUTX_4.utx"))
    dog = base.concepts[0]
    assert dog.id == "C002"
    assert [str(term.term) for _, term in dog.terms()] == ["Hund", "dog", "hound"]
    assert [term.administrative_status for _, term in dog.terms("en")] == ["preferredTerm-admn-sts", None]
    assert dog.languages[1].terms[1].notes[0].text == "however bloodhound is used rather than blooddog"
    assert dog.customer_subsets[0].text == "SAP"
    assert base.header.title == "TBX sample"
    assert found == []


def test_utx_without_entries() -> None:
    base, _ = load(shared_path(f"{REAL}/utx/convertUTX_1.utx"))
    assert base.concepts == ()
    assert base.header.source_descriptions[-1] == "description: djalbja;"


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("Myndighetstermer.txt", "Myndighetstermlistan"),
        ("Hallbarhetstermgruppen_termlista.txt", "Termlista för hållbar utveckling"),
    ],
)
def test_ntrf(file: str, title: str) -> None:
    path = shared_path(f"{REAL}/ntrf/{file}")
    base, found = load(path)
    content = path.read_text(encoding="utf-8-sig")
    blocks = [block for block in content.replace("\r\n", "\n").split("\n\n") if "TE " in block]
    assert base.header.title == title
    assert len(base.concepts) == sum("svTE" in block for block in blocks)
    fields = sum(line[2:].startswith(("TE", "SYTE")) and bool(line[6:].strip()) for line in content.splitlines())
    assert terms(base) == fields
    assert found == []


def test_ntrf_keeps_italics_and_continuation_lines() -> None:
    base, _ = load(shared_path(f"{REAL}/ntrf/Myndighetstermer.txt"))
    entry = next(each for each in base.concepts if ("sv", "ansökan") in shown(TermBase(concepts=(each,)))[0])
    note = entry.languages[0].notes[0]
    assert "\nIbland används begäran i stället" in note.text
    assert not isinstance(note.value, str)
    assert [each.text for each in entry.cross_references] == ["anmälan"]


def test_omegat_text() -> None:
    base, found = load(shared_path(f"{REAL}/delimited/omegat_test.tab"), source_language="en", target_language="eo")
    assert [len(entry) for entry in shown(base)] == [2] * len(base.concepts)
    assert base.concepts[0].languages[1].terms[0].term == "koo moo"
    assert base.concepts[2].notes[0].text.startswith("https://")
    assert found == []
    empty, _ = load(
        shared_path(f"{REAL}/delimited/omegat_test-magiccomment-bom.tab"), source_language="en", target_language="eo"
    )
    assert empty.concepts == ()


def test_a_table_with_language_codes_for_heads() -> None:
    base, _ = load(shared_path(f"{REAL}/delimited/neokapi_glossary.csv"), source_language="en")
    assert shown(base)[3] == [("en", "Cart"), ("fr", "Panier"), ("de", "Warenkorb"), ("ja", "カート")]


@pytest.mark.parametrize(
    ("file", "languages"),
    [
        ("V_-_Formato_completo.csv", ["en-GB", "es-ES", "it-IT"]),
        ("V_-_Formato_lingue_campi_termine.csv", ["en-GB", "es-ES", "it-IT"]),
        ("V_-_Header-vuoti.csv", ["en-GB", "es-ES", "it-IT"]),
        ("V_-_Formato_solo_blacklist_combinata.csv", ["en-GB", "es-ES", "it-IT"]),
        ("NV_-_Formato_completo_con_colonne_lingua_spostate.csv", ["en-GB", "es-ES", "it-IT"]),
        ("NV_-_Campi_concetto_una_sola_lingua_solo_termini.csv", ["en-GB"]),
        ("NV_-_Formato_una_sola_lingua_solo_esempi.csv", ["en-GB"]),
        ("NV_-_Formato_campi_concetto_una_sola_lingua_solo_note.csv", ["en-GB"]),
        ("NV_-_Header_vuoto.csv", ["en-GB", "es-ES", "it-IT"]),
        ("Final-Matecat-new_glossary_format-InvalidTargetLang.csv", ["en-GB", "it-IT"]),
        ("mixed-valid.csv", ["en-US", "es-ES", "it-IT"]),
        ("minimal-invalid.csv", ["en-US", "es-419", "it-IT"]),
    ],
)
def test_matecat(file: str, languages: list[str]) -> None:
    base, _ = load(shared_path(f"{REAL}/delimited/matecat/{file}"))
    assert sorted({tag for entry in shown(base) for tag, _ in entry}) == languages
    assert sum(map(bool, shown(base))) >= len(base.concepts) - 1  # one row has its only term under an invalid head


def test_matecat_forbidden_rows_and_fields() -> None:
    base, _ = load(shared_path(f"{REAL}/delimited/matecat/V_-_Formato_solo_blacklist_combinata.csv"))
    assert shown(base) == [[("it-IT", "Cavallo")], [("en-GB", "House"), ("es-ES", "Gato"), ("it-IT", "Orso")]]
    statuses = {term.administrative_status for entry in base.concepts for _, term in entry.terms()}
    assert statuses == {"deprecatedTerm-admn-sts"}
    full, _ = load(shared_path(f"{REAL}/delimited/matecat/V_-_Formato_completo.csv"))
    assert [each.text for each in full.concepts[0].subject_fields] == ["Uber", "Partner"]
    assert full.concepts[0].definitions[0].text.startswith("Contact is the label")
