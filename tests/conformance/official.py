"""The official verdict on well-formed files, decided by the public schemas with jing, libxml2 and Saxon, many at once.

What counts is what `expectations.tsv` calls OVERALL: for 2019 the core grammar and the dialect's Schematron, in style
DCT also the NVDL script with the module grammars and the modules' own Schematrons, for TBX-Core and TBX-Linguist in DCA
also the integrated grammar; for 2008 the document type and the grammar derived from the constraint file, for any
language.
"""

from __future__ import annotations

import copy
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree, isoschematron

from tests.support import SHARED

SCHEMAS = SHARED / "conformance" / "tbx" / "schemas"
SAXON = Path("/usr/share/java/Saxon-HE.jar")
_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"


def available() -> bool:
    """Whether everything that decides is there."""
    programs = all(shutil.which(each) is not None for each in ("jing", "java"))
    return SCHEMAS.is_dir() and SAXON.is_file() and programs


def _program(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def jing(schema: Path, files: Iterable[Path]) -> set[Path]:
    """The files that do not match a grammar or an NVDL script."""
    listed = [str(each) for each in files]
    said = _program(["jing", str(schema), *listed]) if listed else ""
    assert "fatal:" not in said, said
    return {Path(each) for each in listed if f"{each}:" in said}


@cache
def _stylesheet(schema: Path) -> Any:
    """A Schematron as a stylesheet: the skeleton that lxml brings makes one, which a processor of XSLT 2 can run."""
    root = etree.parse(str(schema)).getroot()
    root.set("queryBinding", "xslt")
    for step in ("iso_dsdl_include", "iso_abstract_expand"):
        root = getattr(isoschematron, step)(root).getroot()
    made = isoschematron.iso_svrl_for_xslt1(root).getroot()
    made.set("version", "2.0")
    return made


def schematron(schema: Path, files: Iterable[Path], folder: Path) -> set[Path]:
    """The files of which a Schematron says something."""
    listed = list(files)
    if not listed:
        return set()
    stylesheet, source, target = (folder / f"{schema.stem}.{name}" for name in ("xsl", "in", "out"))
    stylesheet.write_bytes(etree.tostring(copy.deepcopy(_stylesheet(schema))))
    for each in (source, target):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir()
    for at, each in enumerate(listed):
        shutil.copy(each, source / f"{at}.xml")
    command = ["java", "-cp", str(SAXON), "net.sf.saxon.Transform", f"-s:{source}", f"-o:{target}",
               f"-xsl:{stylesheet}", "-versionmsg:off"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    reports = [target / f"{at}.xml" for at in range(len(listed))]
    assert all(each.is_file() for each in reports), done.stderr
    failed = re.compile(r"<svrl:(?:failed-assert|successful-report)")
    return {file for file, report in zip(listed, reports, strict=True) if failed.search(report.read_text("utf-8"))}


def document_type(schema: Path, files: Iterable[Path]) -> set[Path]:
    """The files that do not match a document type."""
    with schema.open("rb") as stream:
        found = etree.DTD(stream)
    parser = etree.XMLParser(load_dtd=False, no_network=True)
    return {file for file in files if not found.validate(etree.parse(str(file), parser))}


def invalid(kind: str, files: list[Path], folder: Path) -> set[Path]:
    """The files that are officially invalid as what `kind` says: `v3 TBX-Basic dca`, `v2 TBX-Default` …"""
    edition, dialect, *style = kind.split()
    if edition == "v2":
        derived = "Basic" if dialect == "TBX-Basic" else "default"
        grammar = SCHEMAS / "v2" / "derived" / f"TBX-{derived}_from_xcs_any_language.rng"
        types = "TBXBasiccoreStructV02.dtd" if dialect == "TBX-Basic" else "TBXcoreStructV02.dtd"
        return jing(grammar, files) | document_type(SCHEMAS / "v2" / types, files)
    name = dialect.removeprefix("TBX-")
    place = SCHEMAS / "v3" / name.lower()
    wrong = jing(SCHEMAS / "v3" / "core" / "TBXcoreStructV03.rng", files)
    rules = place / ("TBX-Core.sch" if name == "Core" else f"{dialect}_{style[0].upper()}.sch")
    wrong |= schematron(rules, files, folder)
    if style == ["dct"]:
        for module in ("Min", "Basic", "Linguist"):
            rules = SCHEMAS / "v3" / module.lower() / f"{module}.sch"
            wrong |= schematron(rules, files, folder)
            if module == name:
                break
        wrong |= jing(SCHEMAS / "v3" / "local-nvdl" / f"{dialect}.nvdl", files)
    if name in ("Core", "Linguist") and style != ["dct"]:
        wrong |= jing(place / f"TBXcoreStructV03_{dialect}_integrated.rng", files)
    return wrong
