"""The grammars in schemas/: made from the tables, loadable, and of one mind with the public ones."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from cctbx.assets import schemas_directory
from cctbx.formats.tbx.validation.grammars import FILES, GRAMMAR_OF
from tests.support import shared_path

SCHEMAS = schemas_directory()

NOT_FOR_GRAMMARS = {
    "inline-ec-alone-no-id.tbx": "a rule over siblings",
    "inline-ec-no-startref.tbx": "a rule over siblings",
    "inline-sc-alone-no.tbx": "a rule over siblings",
    "inline-sc-type.tbx": "the core structure has no such attribute; the validator warns",
    "lang-c.tbx": "xs:language is wider than BCP 47",
    "picklist-markup-dca.tbx": "a value list cannot look through markup; the validator warns",
    "tmx-bpt-no-ept.tmx": "a rule over siblings",
    "tmx-date-bad.tmx": "dates of TMX are beyond its document type",
}
"""Samples on which a grammar cannot agree with the intended reading, and why."""


def load(file: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(SCHEMAS / file)))


@pytest.mark.parametrize("file", FILES)
def test_file_is_what_the_tables_make(file: str) -> None:
    assert (SCHEMAS / file).read_text(encoding="utf-8") == FILES[file]()


def test_folder_holds_nothing_else() -> None:
    assert {path.name for path in SCHEMAS.glob("*.rng")} == {name for name in FILES if name.endswith(".rng")}


@pytest.mark.parametrize("file", sorted(name for name in FILES if name.endswith(".rng")))
def test_grammar_loads_and_takes_not_everything(file: str) -> None:
    assert not load(file).validate(etree.fromstring("<something><else/></something>"))


def test_readme_names_every_grammar() -> None:
    readme = (SCHEMAS / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in readme] == []


def test_catalogue_leads_to_files() -> None:
    targets = etree.parse(str(SCHEMAS / "catalog.xml")).xpath("//@uri")
    assert targets and all((SCHEMAS / target).is_file() for target in targets)


def grammar_key(dialect: str, style: str) -> tuple[str, str, str] | None:
    """The grammar for a row of the expectations, or None: there is none for such files."""
    if dialect.startswith("v2"):
        return ("v2", "TBX-Basic" if dialect == "v2 TBX-Basic" else "TBX-Default", "")
    named = {"TBX-Min 2013": ("TBX-Min 2013", "", ""), "TMX 1.4": ("TMX 1.4b", "", "")}
    key = named.get(dialect) or ("v3", dialect, style.lower() if style.lower() in ("dca", "dct") else "dca")
    return key if key in GRAMMAR_OF else None


def samples() -> Iterator[tuple[tuple[str, str, str], Path, bool]]:
    """(grammar, file, expected verdict): the intended one for probes, else the official one."""
    root = shared_path("conformance")
    with (root / "expectations.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    intended = {row["file"]: row["valid"] for row in rows if row["validator"] == "intended"}
    for row in rows:
        key = grammar_key(row["dialect"], row["style"])
        if row["validator"] == "OVERALL" and key and not row["error_summary"].startswith("not well-formed"):
            yield key, root / row["file"], intended.get(row["file"], row["valid"]) == "yes"


def test_verdicts_equal_the_expected_ones() -> None:
    grammars = {key: load(file) for key, file in GRAMMAR_OF.items()}
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities="internal")
    wrong, count = [], 0
    for key, path, expected in samples():
        try:
            tree = etree.parse(str(path), parser)
        except etree.XMLSyntaxError:  # an external entity is never fetched
            assert not expected
            continue
        count += 1
        if grammars[key].validate(tree) != expected:
            wrong.append(path.name)
    assert count > 350
    assert sorted(wrong) == sorted(NOT_FOR_GRAMMARS)


@pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed")
@pytest.mark.parametrize("file", sorted(name for name in FILES if name.endswith(".rng")))
def test_jing_takes_the_grammar(file: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xml"
    wrong.write_text("<nothing/>", encoding="utf-8")
    done = subprocess.run(["jing", str(SCHEMAS / file), str(wrong)], capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if "error" in line]
    assert done.returncode == 1
    assert errors and all(str(wrong) in line for line in errors), "the grammar itself must be without error"
