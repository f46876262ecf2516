"""The structure of every TBX edition as tables (see `notation`).

Sources: ISO 30042:2019 core structure; ISO 30042:2008 core structure and its TBX-Basic subset; the TBX-Min schema
of 2013.
"""

# ruff: noqa: E501  (tables)

from __future__ import annotations

from cctbx.formats.tbx.validation.notation import structure

__all__ = ["MIN_2013", "V2", "V2_BASIC", "V3", "V3_NAMESPACE"]

V3_NAMESPACE = "urn:iso:std:iso:30042:ed-2"

_GROUPS = {
    "id": "id:ID",
    "il": "id:ID xml:lang:lang",
    "meta": "type!:text id:ID xml:lang:lang target:IDREF datatype:text",
}

_V3_MACROS = {
    "aux": "(admin | adminGrp | descrip | descripGrp | note | ref | transacGrp | xref)*",
    "link": "(admin | adminGrp | note | ref | transacGrp | xref)*",
    "noteText": "#text(ec | foreign | hi | ph | sc)",
}

V3 = structure(
    """
    tbx             | xml:lang!:lang type!:dialect style!:dca/dct | tbxHeader, text
    tbxHeader       | @id            | fileDesc, encodingDesc?, revisionDesc?
    fileDesc        | @id            | publicationStmt?, titleStmt?, sourceDesc
    publicationStmt | @id            | p+
    encodingDesc    | @id            | p+
    sourceDesc      | @il            | p+
    titleStmt       | @il            | title, note*
    title           | @il            | #text
    revisionDesc    | @il            | change+
    change          | @il            | p+
    p               | @il type:text  | %noteText
    text            | @id            | body?, back?
    body            | @id            | conceptEntry+
    conceptEntry    | id!:ID         | %aux, langSec+
    langSec         | xml:lang!:lang | %aux, termSec+
    termSec         | @id            | term, (termNote | termNoteGrp)*, %aux
    term            | @id            | #text(hi)
    adminGrp        | @id            | admin, (adminNote | note | ref | xref)*
    descripGrp      | @id            | descrip, (admin | adminGrp | descripNote | note | ref | transacGrp | xref)*
    termNoteGrp     | @id            | termNote, %link
    transacGrp      | @id            | transac, (date | note | ref | transacNote | xref)*
    admin           | @meta          | %noteText
    descrip         | @meta          | %noteText
    termNote        | @meta          | %noteText
    adminNote       | @meta          | #text
    descripNote     | @meta          | #text
    ref             | @meta          | #text
    transac         | @meta          | #text
    transacNote     | @meta          | #text
    note            | @il            | %noteText
    xref            | @id target!:text type!:text | #text
    date            | @id            | #date
    back            | @id            | refObjectSec*
    refObjectSec    | @id type!:text | refObject+
    refObject       | @id            | (itemSet | itemGrp | item)+
    itemSet         | @id type:text  | (itemGrp | item)+
    itemGrp         | @id            | item, %link
    item            | @id type:text  | %noteText
    hi              | type:entailedTerm/hotkey/italics/bold/superscript/subscript/math target:IDREF | #text
    foreign         | @il            | %noteText
    sc              | id!:ID isolated:yes/no | #empty
    ec              | @id startRef:IDREF isolated:yes/no disp:text equiv:text subtype:text target:text type:fmt/ui/quote/link/image/other | #empty
    ph              | type:text      | #empty
    """,
    root="tbx", namespace=V3_NAMESPACE, macros=_V3_MACROS, groups=_GROUPS,
)  # fmt: skip
"""ISO 30042:2019, core structure."""

_V2_GROUPS = {
    "id": "id:ID",
    "il": "id:ID xml:lang:text",
    "meta": "type!:text id:ID xml:lang:text target:IDREF datatype:text",
}

_V2_MACROS = {
    "aux": "(admin | adminGrp | descrip | descripGrp | note | ref | transacGrp | xref)*",
    "link": "(admin | adminGrp | transacGrp | note | ref | xref)*",
    "noteText": "#text(hi | foreign | bpt | ept | ph)",
}

_V2_SHARED = """
    martif          | type!:text xml:lang!:text | martifHeader, text
    martifHeader    | @id            | fileDesc, encodingDesc?, revisionDesc?
    fileDesc        | @id            | titleStmt?, publicationStmt?, sourceDesc+
    titleStmt       | @il            | title, note*
    title           | @il            | #text
    publicationStmt | @id            | p+
    sourceDesc      | @il            | p+
    encodingDesc    | @id            | p+
    revisionDesc    | @il            | change+
    change          | @il            | p+
    p               | @il type:DCSName/XCSURI/XCSContent | %noteText
    text            | @id            | body, back?
    body            | @id            | termEntry+
    termEntry       | @id            | %aux, langSet+
    tig             | @id            | term, termNote*, %aux
    term            | @id            | #text(hi)
    admin           | @meta          | %noteText
    descrip         | @meta          | %noteText
    termNote        | @meta          | %noteText
    ref             | @meta          | #text
    transac         | @meta          | #text
    transacNote     | @meta          | #text
    note            | @il            | %noteText
    xref            | @id type:text target!:text | #text
    date            | @id            | #text
    back            | @id            | refObjectList*
    refObjectList   | @id type!:text | refObject+
    item            | @id type:text  | %noteText
    hi              | type:text target:IDREF xml:lang:text | #text
    foreign         | @il            | %noteText
    bpt             | i:text type:text | #text
    ept             | i:text         | #text
    ph              | type:text      | #text
    """

_V2_WIDE = """
    langSet         | @id xml:lang!:lang | %aux, (tig | ntig)+
    ntig            | @id            | termGrp, %aux
    termGrp         | @id            | term, (termNote | termNoteGrp)*, termCompList*
    termCompList    | @id type!:text | %aux, (termComp | termCompGrp)+
    termCompGrp     | @id            | termComp, (termNote | termNoteGrp)*, %link
    termComp        | @il            | #text
    adminGrp        | @id            | admin, (adminNote | note | ref | xref)*
    descripGrp      | @id            | descrip, (descripNote | admin | adminGrp | transacGrp | note | ref | xref)*
    termNoteGrp     | @id            | termNote, %link
    transacGrp      | @id            | transac, (transacNote | date | note | ref | xref)*
    adminNote       | @meta          | #text
    descripNote     | @meta          | #text
    refObject       | @id            | (itemSet | itemGrp | item)+
    itemSet         | @id type:text  | (item | itemGrp)+
    itemGrp         | @id            | item, %link
    """

_V2_NARROW = """
    langSet         | @id xml:lang!:lang | %aux, tig+
    descripGrp      | @id            | descrip, admin*
    transacGrp      | @id            | transac, (transacNote | date)*
    refObject       | @id            | item+
    """

V2 = structure(_V2_SHARED.rstrip() + _V2_WIDE, root="martif", macros=_V2_MACROS, groups=_V2_GROUPS)
"""ISO 30042:2008, core structure."""

V2_BASIC = structure(
    _V2_SHARED.rstrip() + _V2_NARROW,
    root="martif",
    macros={**_V2_MACROS, "aux": "(descrip | descripGrp | admin | transacGrp | note | ref | xref)*"},
    groups=_V2_GROUPS,
)
"""The narrower structure of TBX-Basic of 2008: no `ntig`, no `adminGrp`, no `termNoteGrp`."""

MIN_2013 = structure(
    """
    TBX            | dialect!:TBX-Min/TBX-Min | header, body
    header         |                 | id & languages & dateCreated? & creator? & license? & description? & directionality?
    id             |                 | #text
    languages      | source!:text target!:text | #empty
    dateCreated    |                 | #dateTime
    creator        |                 | #text
    license        |                 | #text
    description    |                 | #text
    directionality |                 | #values(bidirectional | monodirectional)
    body           |                 | termEntry+
    termEntry      | id!:ID          | subjectField? & langSet+
    subjectField   |                 | #text
    langSet        | xml:lang!:text  | tig+
    tig            |                 | term & noteGrp* & termStatus? & customer? & partOfSpeech?
    term           |                 | #text
    termStatus     |                 | #values(admitted | preferred | notRecommended | obsolete)
    customer       |                 | #text
    partOfSpeech   |                 | #values(noun | properNoun | verb | adjective | adverb | other)
    noteGrp        |                 | note*
    note           |                 | noteKey? & noteValue
    noteKey        |                 | #text
    noteValue      |                 | #text
    """,
    root="TBX", macros={}, groups={},
)  # fmt: skip
"""TBX-Min of 2013: another vocabulary, without namespace."""
