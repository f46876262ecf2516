"""The vocabularies the validator knows, and what a root element says about a file."""

from __future__ import annotations

from dataclasses import dataclass

from cctbx.formats.tbx.validation.neighbours import TMX, TMX_OLD
from cctbx.formats.tbx.validation.notation import Structure
from cctbx.formats.tbx.validation.structures import MIN_2013, V2, V2_BASIC, V3, V3_NAMESPACE

__all__ = ["BY_ENTRY", "EDITIONS", "KNOWN_NAMESPACES", "UNIT_NAMES", "V2_TYPES", "Edition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One vocabulary.

    entry, language, terms, header, back   element names by role; `back`: what back matter consists of
    categories   whether elements carry data categories in `type`
    """

    name: str
    structure: Structure
    entry: str
    language: str
    terms: frozenset[str]
    header: str
    back: str = ""
    categories: bool = True


_V3 = Edition(name="v3", structure=V3, entry="conceptEntry", language="langSec", terms=frozenset({"termSec"}),
              header="tbxHeader", back="refObjectSec")  # fmt: skip
_V2 = Edition(name="v2", structure=V2, entry="termEntry", language="langSet", terms=frozenset({"tig", "ntig"}),
              header="martifHeader", back="refObjectList")  # fmt: skip
V2_BASIC_EDITION = Edition(name="v2", structure=V2_BASIC, entry="termEntry", language="langSet",
                           terms=frozenset({"tig"}), header="martifHeader", back="refObjectList")  # fmt: skip
_MIN_2013 = Edition(name="TBX-Min 2013", structure=MIN_2013, entry="termEntry", language="langSet",
                    terms=frozenset({"tig"}), header="header", categories=False)  # fmt: skip
_TMX = Edition(name="TMX", structure=TMX, entry="tu", language="tuv", terms=frozenset({"seg"}), header="header",
               categories=False)  # fmt: skip
TMX_OLD_EDITION = Edition(name="TMX", structure=TMX_OLD, entry="tu", language="tuv", terms=frozenset({"seg"}),
                          header="header", categories=False)  # fmt: skip

EDITIONS: dict[str, Edition] = {"tbx": _V3, "martif": _V2, "martifHeader": _V2, "TBX": _MIN_2013, "tmx": _TMX}
"""Edition by the name of the root element."""

BY_ENTRY: dict[str, Edition] = {"conceptEntry": _V3, "termEntry": _V2}
"""Edition by the name of an entry, for hybrids whose root says otherwise."""

KNOWN_NAMESPACES: dict[str, str] = {
    "": "no namespace",
    V3_NAMESPACE: "ISO 30042:2019",
    "urn:iso:std:iso:30042:ed:3.0": "a draft of 2017 and 2018",
    "urn:iso:std:iso:30042:ed-3": "an edition that does not exist",
    "urn:iso:std:iso:30042:ed-1": "TBX inside standards documents (ISO STS)",
    "x-schema:XLTcsV04.xml": "an experiment of the first edition",
}
"""Namespaces found on roots of TBX files, and where they come from."""

UNIT_NAMES: tuple[str, ...] = tuple(
    dict.fromkeys(
        name for each in (*EDITIONS.values(), V2_BASIC_EDITION) for name in (each.entry, each.header, each.back) if name
    )
)
"""The elements after which a piece of the file can be checked and forgotten."""

V2_TYPES: frozenset[str] = frozenset({"TBX", "TBX-Default", "TBX-Basic", "DXLT", "SXLT"})
"""Root types of 2008 and its drafts."""
