"""Documents made by hand for the law of conservation: what our writers never write. `W` stands for a word."""

from __future__ import annotations

TMX = """<?xml version="1.0"?>
<tmx version="1.4">
<header creationtool="t" creationtoolversion="1" segtype="phrase" o-tmf="x" adminlang="en" srclang="en"
 datatype="plaintext" creationdate="20200101T000000Z" creationid="W">
<note>W</note>
<prop type="W">W</prop>
<ude name="W" base="W"><map unicode="#xF8FF" code="W" ent="W" subst="W"/></ude>
</header>
<body>
<tu tuid="W" srclang="en" creationid="W" changeid="W">
<note>W</note>
<prop type="W">W</prop>
<prop>W</prop>
<tuv xml:lang="en" creationid="W"><note>W</note><prop type="x-W">W</prop>
<seg>W <bpt i="1">W</bpt>W<ept i="1">W</ept></seg></tuv>
<tuv xml:lang="sv"><seg>W<hi type="W">W</hi> W<ph>W<sub>W</sub></ph></seg></tuv>
</tu>
<tu><tuv lang="en"><seg>W</seg></tuv><tuv lang="sv"><seg>W</seg></tuv></tu>
</body>
</tmx>
"""
MULTITERM = """<?xml version="1.0"?>
<mtf>
<conceptGrp>
<concept>W</concept>
<system type="entryClass">W</system>
<transacGrp><transac type="origination">W</transac><date>2020-01-01T00:00:00</date></transacGrp>
<descripGrp><descrip type="Subject">W</descrip><descripGrp><descrip type="Source">W</descrip></descripGrp></descripGrp>
<descripGrp><descrip type="Note">W <xref Clink="W" Tlink="W">W</xref> W</descrip></descripGrp>
<languageGrp>
<language type="English" lang="EN"/>
<descripGrp><descrip type="Definition">W</descrip></descripGrp>
<termGrp>
<term>W</term>
<transacGrp><transac type="modification">W</transac><date>2020-01-01T00:00:00</date></transacGrp>
<descripGrp><descrip type="W">W</descrip><transacGrp><transac type="origination">W</transac></transacGrp></descripGrp>
</termGrp>
<termGrp><term>W</term></termGrp>
</languageGrp>
<languageGrp>
<language type="Swedish" lang="SV"/>
<termGrp><term>W</term></termGrp>
</languageGrp>
</conceptGrp>
</mtf>
"""
GLOSSML = """<?xml version="1.0"?>
<glossary xmlns="http://www.maxprograms.com/gml" version="1.0" srclang="en">
<comment>W</comment>
<glossentry id="W">
<comment>W</comment>
<langentry xml:lang="en"><term>W</term><definition source="W">W</definition></langentry>
<langentry xml:lang="sv"><term>W</term></langentry>
</glossentry>
<glossentry><langentry xml:lang="en"><term>W</term></langentry></glossentry>
</glossary>
"""
TBX = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader>
<fileDesc>
<titleStmt xml:lang="en" id="W"><title id="W">W</title><note>W</note></titleStmt>
<publicationStmt id="W"><p type="W">W</p></publicationStmt>
<sourceDesc><p>W <hi>W</hi></p></sourceDesc>
</fileDesc>
<encodingDesc><p type="W">W</p><p>W</p></encodingDesc>
<revisionDesc><change id="W"><p>W</p></change></revisionDesc>
</tbxHeader>
<text>
<body>
<conceptEntry id="W">
<descripGrp id="W"><descrip type="subjectField">W</descrip><admin type="source">W</admin></descripGrp>
<ref type="crossReference" target="W">W</ref>
<langSec xml:lang="en">
<descrip type="definition">W</descrip>
<termSec id="W">
<term>W</term>
<termNoteGrp><termNote type="partOfSpeech">noun</termNote><note>W</note></termNoteGrp>
<transacGrp><transac type="transactionType">origination</transac>
<transacNote type="responsibility" target="W">W</transacNote><date>2020-01-01</date></transacGrp>
<note>W</note>
</termSec>
</langSec>
<langSec xml:lang="sv"><termSec><term>W</term></termSec></langSec>
</conceptEntry>
</body>
<back>
<refObjectSec type="respPerson">
<refObject id="W"><itemSet type="W" id="W">
<itemGrp id="W"><item type="fn" id="W">W</item><note>W</note></itemGrp></itemSet><item>W</item></refObject>
</refObjectSec>
</back>
</text>
</tbx>
"""
TBX_MIN = """<?xml version="1.0"?>
<TBX dialect="TBX-Min">
<header><id>W</id><creator>W</creator><license>W</license><directionality>monodirectional</directionality>
<languages source="en" target="sv"/><description>W</description></header>
<body>
<termEntry id="W">
<subjectField>W</subjectField>
<langSet xml:lang="en"><tig><term>W</term>
<noteGrp><note><noteKey>W</noteKey><noteValue>W</noteValue></note><note>W</note></noteGrp>
<customer>W</customer><termStatus>preferred</termStatus><partOfSpeech>noun</partOfSpeech></tig></langSet>
<langSet xml:lang="sv"><tig><term>W</term></tig></langSet>
</termEntry>
</body>
</TBX>
"""

UTX_TEXT = """#UTX 1.11; en/sv; 2020-01-01T00:00:00Z; copyright: W; license: W; Dictionary ID: W; strange: W; W
#description: W
#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tsrc:comment\ttgt:definition\tsrc:colour\tcustomer\tconcept ID
W\tW\tnoun\tnoun\tapproved\tW\tW\tW\tW\tW
W W\tW\tverb\t\t\tW\tW\tW\tW\t
W\tW\tnoun"""
UTX_MORE = ["W", "W\tW", "#W", "W\tW\tnoun\tW\tW\tW\tW\tW\tW\tW\tW\tW", "\tW\tnoun\t\t\tW",
            "#src\ttgt\tsrc:pos\tW", "W\t\tnoun\t\tW\tW\tW", "#UTX 1.11; en/sv; W", ""]  # fmt: skip
NTRF_TEXT = """metapost
Titel W
Utgivare W
W

enTE W W
  W
enDF W {i}W{/i} W
enAN W
svTE W
svSYTE W
svXX W
RETE W
svRETE W

enTE W
svTE W"""
NTRF_MORE = ["W", "enTE W", "  W", "svDF W\n  W\n\tW", "", "enTE", "W W W\n  W W W W W W W W W W W W W W W", "Titel W",
             "metapost\nTitel W\n  W", "enXYZ W", "# W"]  # fmt: skip
OMEGAT_TEXT = """# en - sv -*- coding: utf-8 -*-
W\tW\tW
W W\tW
W\tW W"""
OMEGAT_MORE = ["W", "W\tW\tW\tW", "\tW", "W\t", "W\tW\t\tW", "#W\tW", "", " W\tW", "\tW\tW"]
PO_TEXT = """# W
msgid ""
msgstr ""
"Language: sv\\n"
"Last-Translator: W\\n"
"X-Source-Language: en\\n"
"X-Strange: W\\n"

# W
#. definition: W
#. concept: W
msgctxt "W"
msgid "W W"
msgstr "W"

#. W
#, forbidden
msgid "W"
msgstr "W"

msgctxt "W"
msgid "W"
"W"
msgstr "W"
"""
PO_MORE = [
    '\nmsgid "W"\nmsgstr "W"\n',
    '\n#~ msgid "W"\n#~ msgstr "W"\n',
    '\nmsgid "W"\nmsgid_plural "W"\nmsgstr[0] "W"\nmsgstr[1] "W"\n',
    '\n#, fuzzy\n#| msgctxt "W"\n#| msgid "W"\nmsgid "W"\nmsgstr "W"\n',
    '\n# W\n\n',
    '\nmsgid "W"\nmsgstr ""\n',
    '#. W',
    '# W',
    '\n#. concept: W\n#. concept: W\nmsgctxt "W"\nmsgid "W"\nmsgstr "W"\n',
    '\nmsgctxt "same"\nmsgid "W"\nmsgstr "W"\n',
    '\nmsgid ""\nmsgstr "W"\n',
    '\n#. concept: same\nmsgid "W"\nmsgstr "W"\n',
    '\n#. concept: same\n#. definition: W\nmsgctxt "W"\nmsgid "W"\nmsgstr "W"\n',
]
