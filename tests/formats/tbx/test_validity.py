"""Everything written is valid by the public grammars, whatever the model holds."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from cctbx.formats.contract import WriteOptions
from cctbx.formats.tbx.editions import Edition
from cctbx.formats.tbx.minimal import write_minimal
from cctbx.formats.tbx.names import MARTIF
from cctbx.model import ConceptEntry, Header, TermBase
from tests.formats.tbx.support import FULL_EDITIONS, many, written
from tests.strategies import concept_entries, termbases
from tests.support import program, shared_path

SCHEMAS = "conformance/tbx/schemas"
OF_2008 = {
    "TBX-Basic": ("v2/derived/TBX-Basic_from_xcs_any_language.rng", "v2/TBXBasiccoreStructV02.dtd"),
    "TBX": ("v2/derived/TBX-default_from_xcs_any_language.rng", "v2/TBXcoreStructV02.dtd"),
}
INTEGRATED = {
    "TBX-Core": "v3/core/TBXcoreStructV03_TBX-Core_integrated.rng",
    "TBX-Linguist": "v3/linguist/TBXcoreStructV03_TBX-Linguist_integrated.rng",
}
MODULES = {
    "http://www.tbxinfo.net/ns/min": "v3/min/Min.rng",
    "http://www.tbxinfo.net/ns/basic": "v3/basic/Basic.rng",
    "http://www.tbxinfo.net/ns/linguist": "v3/linguist/Linguist.rng",
}


@cache
def schema(name: str) -> etree.RelaxNG | etree.DTD:
    path = shared_path(f"{SCHEMAS}/{name}")
    return etree.DTD(str(path)) if name.endswith(".dtd") else etree.RelaxNG(etree.parse(str(path)))


def check(name: str, tree: etree._Element) -> None:
    found = schema(name)
    assert found.validate(tree), (name, str(found.error_log), etree.tostring(tree, encoding="unicode"))


@many
@given(termbases(), st.sampled_from(FULL_EDITIONS))
def test_valid_by_the_public_grammars(base: TermBase, edition: Edition) -> None:
    content = written(base, edition)
    tree = etree.fromstring(content)
    if edition.structure is MARTIF:
        for name in OF_2008[edition.dialect]:
            check(name, tree)
        return
    check("v3/core/TBXcoreStructV03.rng", tree)
    for element in tree.iter():
        space = etree.QName(element).namespace or ""
        if space in MODULES and not element.get("target", "http").isidentifier():
            alone = etree.fromstring(etree.tostring(element, with_tail=False))
            check(MODULES[space], alone)


@many
@given(termbases(), st.sampled_from([each for each in FULL_EDITIONS if each.dialect in INTEGRATED]))
def test_entries_are_valid_by_the_integrated_grammars(base: TermBase, edition: Edition) -> None:
    """The integrated grammars contradict the core's in the header's order, in the attributes of codes, and in dates."""
    small = replace(base, header=Header(language="en", source_descriptions=("a test",)), references=())
    content = written(small, edition)
    times = re.search(rb"<date>[^<]*T", content)
    if edition.style == "dca" and not times and not any(name in content for name in (b"<sc", b"<ec ", b"<ph")):
        check(INTEGRATED[edition.dialect], etree.fromstring(content))


@many
@given(termbases())
def test_minimal_is_valid(base: TermBase) -> None:
    output = io.BytesIO()
    write_minimal(base.stream(), output, WriteOptions())
    check("v2/TBX-Min-2013.rng", etree.fromstring(output.getvalue()))


@settings(many, max_examples=2, phases=[Phase.generate], database=None)
@given(st.lists(concept_entries(), min_size=8, max_size=8))
def test_jing_agrees(entries: list[ConceptEntry]) -> None:
    """One file of many generated entries through jing: NVDL and Schematron for DCT, else RELAX NG."""
    jing = program("jing")
    base = TermBase(
        header=Header(language="en", source_descriptions=("a test",)),
        concepts=tuple(replace(entry, id=f"c{number}") for number, entry in enumerate(entries)),
    )


    for edition in FULL_EDITIONS:
        name = {"tbx": "v3/core/TBXcoreStructV03.rng", "martif": OF_2008.get(edition.dialect, ("",))[0]}[
            edition.structure.root
        ]
        local = shared_path(f"{SCHEMAS}/v3/local-nvdl") / f"{edition.dialect}.nvdl"
        rules = local if edition.style == "dct" and local.exists() else shared_path(f"{SCHEMAS}/{name}")
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "out.tbx"
            path.write_bytes(written(base, edition))
            done = subprocess.run([jing, str(rules), str(path)], capture_output=True, text=True, check=False)
            errors = [line for line in done.stdout.splitlines() if "error" in line and "assertion" not in line]
            assert errors == [], (edition.name, errors[:5])
