"""Every public sample and real-world file: read without a crash, with the facts the conformance set states."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from cctbx.errors import InputError
from cctbx.findings import Finding, Severity
from cctbx.formats.tbx.editions import edition_of, is_public
from cctbx.formats.tbx.reader import describe
from cctbx.model import TermBase, plain
from tests.formats.tbx.support import FULL_EDITIONS, read_all, written
from tests.support import SHARED, shared_path

ROOTS = ("tbx", "martif", "martifHeader", "TBX")
REFUSED = ("CorruptStreamEOF.xml", "CorruptStreamIllform.xml", "EmptyFile.xml", "baseterm_test1_symlink.tbx")
"""Files without a single XML element."""

MORE_THAN_STATED = {
    "lang-empty.tbx": {"languages"},  # a section without a language is und
    "lang-missing.tbx": {"languages"},
    "astronomyinvalid.tbx": {"entries", "languages"},  # a section outside of any entry is read, too
    "Astronomy_DCA-Bad4.tbx": {"entries"},  # sections between two entries are read as one
    "v2-uppercase-tags.tbx": {"entries"},  # TERMENTRY is taken for what it means
    "Sample.tbx": {"entries", "language_sections", "languages"},  # names of an early TBX-Min
    "sampleTBXfile-coreInvalid_-_LocalRefs.tbx": {"language_sections", "languages"},  # langSection is read as langSet
}
"""Where we read more than the table counted, and what differs."""


def rows() -> Iterator[dict[str, str]]:
    table = SHARED / "conformance/facts.tsv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["root"] in ROOTS and not row["file"].endswith(".xcs"):
                    yield row


def facts(base: TermBase) -> dict[str, str]:
    sections = [section for concept in base.concepts for section in concept.languages]
    terms = [term for section in sections for term in section.terms]
    return {
        "entries": str(len(base.concepts)),
        "language_sections": str(len(sections)),
        "terms": str(len(terms)),
        "empty_terms": str(sum(not plain(term.term).strip() for term in terms)),
        "languages": " ".join(sorted({section.language for section in sections})),
    }


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row["file"])
def test_facts(row: dict[str, str]) -> None:
    path = shared_path("conformance") / row["file"]
    found = facts(read_all(path.read_bytes()))
    differing = {name for name, value in found.items() if value != row[name]}
    assert differing == MORE_THAN_STATED.get(path.name, set()), {name: (found[name], row[name]) for name in differing}
    with path.open("rb") as stream:
        said = describe(stream)
    assert said.root == row["root"]
    assert said.namespace == row["namespace"].replace("-", "", 1 if row["namespace"] == "-" else 0)
    assert (said.mark or "-") == row["bom"]
    assert (said.declared or "-") == row["declared_encoding"]
    assert (said.doctype is not None) == (row["doctype"] != "-")


def broken() -> list[Path]:
    table = SHARED / "conformance/facts.tsv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        names = [row["file"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row["root"]]
    return [SHARED / "conformance" / name for name in names if "delimited" not in name and "ntrf" not in name
            and "utx" not in name and name.endswith((".tbx", ".xml"))]  # fmt: skip


@pytest.mark.parametrize("path", broken(), ids=lambda path: path.name)
def test_what_is_not_well_formed_is_read_as_far_as_it_goes(path: Path) -> None:
    """A well-formedness error is an error finding, and costs no more than its own surroundings."""
    content = path.read_bytes()
    if path.name in REFUSED:
        with pytest.raises(InputError):
            read_all(content)
        return
    findings: list[Finding] = []
    base = read_all(content, findings)
    assert Severity.ERROR in {each.severity for each in findings}
    assert all(each.line for each in findings)
    expected = content.count(b"<term>") + content.count(b"<term ")
    if expected and path.name != "missionFrench.tbx":  # there the entries' tags are not closed anywhere
        assert sum(len(section.terms) for concept in base.concepts for section in concept.languages) >= expected
    with pytest.raises(InputError):
        read_all(content, strict=True)


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row["file"])
def test_every_file_can_be_written_in_every_edition(row: dict[str, str]) -> None:
    """Real files hold what no generator thinks of. What is written is read back the same, and loses nothing more."""
    base = read_all((shared_path("conformance") / row["file"]).read_bytes())
    for edition in FULL_EDITIONS:
        once = written(base, edition)
        back = read_all(once)
        assert written(back, edition) == once, edition.name
        assert len(back.concepts) == len(base.concepts)


def valid_files() -> list[tuple[str, str]]:
    """Samples the official rules call valid, with their edition."""
    table = SHARED / "conformance/expectations.tsv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["file"], row["style"] or "") for row in found if row["validator"] == "OVERALL"
            and row["valid"] == "yes" and row["file"].endswith((".tbx", ".xml"))
            and of_2008_or_2019(row["file"])]  # fmt: skip


def of_2008_or_2019(name: str) -> bool:
    with (SHARED / "conformance" / name).open("rb") as stream:
        said = describe(stream)
    return said.structure is not None and said.root != "TBX"


@pytest.mark.parametrize(("name", "style"), valid_files())
def test_valid_files_come_back_equal(name: str, style: str) -> None:
    """read → write → read is equal in the model for every valid file, in the edition it is written in."""
    content = (shared_path("conformance") / name).read_bytes()
    with (shared_path("conformance") / name).open("rb") as stream:
        said = describe(stream)
    base = read_all(content)
    if said.edition == "2008":
        edition = edition_of("martif", "TBX-Basic" if said.dialect == "TBX-Basic" else "TBX", None)
    else:
        dialect = said.dialect if said.dialect and is_public(said.dialect) else "TBX-Linguist"
        edition = edition_of("tbx", dialect, "dct" if said.style == "dct" else "dca")
    losses: list[Finding] = []
    back = read_all(written(base, edition, losses))
    announced = {each.concept for each in losses if each.code != "LOS012"}
    different = {one.id for one, other in zip(base.concepts, back.concepts, strict=True) if one != other}
    assert different <= announced
    if base.references != back.references:
        assert "LOS020" in {each.code for each in losses}
