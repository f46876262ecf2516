"""The structure of TMX 1.4b as a table (see `notation`): the neighbour that is validated beside TBX.

Source: the TMX 1.4b specification. Beyond the table: `version` is the label of the file, and `bpt` and `ept` pair up
by `i` within a segment.
"""

# ruff: noqa: E501  (tables)

from __future__ import annotations

from cctbx.formats.tbx.validation.notation import structure

__all__ = ["TMX", "TMX_OLD"]

_TABLE = """
    tmx    | version!:1.4/1.4 | header, body
    header | creationtool!:text creationtoolversion!:text segtype!:block/paragraph/sentence/phrase o-tmf!:text adminlang!:text srclang!:text datatype!:text o-encoding:text creationdate:text creationid:text changedate:text changeid:text | (note | prop | ude)*
    body   |                  | tu*
    note   | o-encoding:text xml:lang:text lang:text | #text
    prop   | type!:text xml:lang:text o-encoding:text lang:text | #text
    ude    | name!:text base:text | map+
    map    | unicode!:text code:text ent:text subst:text | #empty
    tu     | tuid:text o-encoding:text datatype:text usagecount:text lastusagedate:text creationtool:text creationtoolversion:text creationdate:text creationid:text changedate:text segtype:block/paragraph/sentence/phrase changeid:text o-tmf:text srclang:text | (note | prop)*, tuv+
    tuv    | xml:lang!:text o-encoding:text datatype:text usagecount:text lastusagedate:text creationtool:text creationtoolversion:text creationdate:text creationid:text changedate:text o-tmf:text changeid:text lang:text | (note | prop)*, seg
    seg    |                  | #text(bpt | ept | ph | it | hi | ut)
    bpt    | i!:text x:text type:text | #text(sub)
    ept    | i!:text          | #text(sub)
    ph     | x:text assoc:text type:text | #text(sub)
    it     | pos!:begin/end x:text type:text | #text(sub)
    hi     | x:text type:text | #text(bpt | ept | it | ph | hi | ut)
    ut     | x:text           | #text(sub)
    sub    | datatype:text type:text | #text(bpt | ept | it | ph | hi | ut)
    """

TMX = structure(_TABLE, root="tmx", macros={}, groups={})

TMX_OLD = structure(
    _TABLE.replace("version!:1.4/1.4", "version!:text").replace("xml:lang!:text", "xml:lang:text")
    .replace("o-tmf!:text", "o-tmf:text"),
    root="tmx", macros={}, groups={},
)  # fmt: skip
"""TMX 1.1 to 1.3, where languages stand in `lang`, and versions nobody has published."""
