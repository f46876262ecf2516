"""Documents whose entries are put together from few outlines of sections, with texts that may be odd."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

OUTLINES = st.tuples(
    st.sampled_from(("en", "sv", "de-AT")), st.booleans(), st.booleans(), st.booleans(),
    st.sampled_from(("", "preferredTerm-admn-sts")),
)  # fmt: skip
"""A section: its language, whether it has a definition, a part of speech, an id, a status."""
WORDS = st.sampled_from(
    ("a", "a", "R&amp;D", "fö\u00a0r", "1 > 0", "x<!-- c -->y", "two\nlines", " b ", "", "]]>", '" id="q"',
     "x | y", '"q"', "=1+1", "back\\slash")
)  # fmt: skip
SAID = st.tuples(WORDS, st.sampled_from(("noun", "Verb", "odd")), st.sampled_from(("i1", "i 2", "&amp;")))
HEADS = st.tuples(
    st.sampled_from(("c1", "c2", "c&amp;", "ö", "")), st.sampled_from(("", "f", "g", "g&lt;", "two\nlines")),
    st.booleans(),
)  # fmt: skip


@st.composite
def sectioned(draw: st.DrawFn) -> list[tuple[Any, list[Any]]]:
    """Entries put together from few outlines of sections, so that these come again."""
    outlines = draw(st.lists(OUTLINES, min_size=1, max_size=3))
    sections = st.tuples(st.sampled_from(outlines), SAID).map(lambda pair: (*pair[0], *pair[1]))
    return draw(st.lists(st.tuples(HEADS, st.lists(sections, max_size=3)), min_size=10, max_size=30))


TAGS = {"dca": ("conceptEntry", "langSec", "termSec"), "v2": ("termEntry", "langSet", "tig")}


def sectional(head: tuple[str, str, bool], sections: list[Any], style: str) -> str:
    """An entry of sections that come again in others; no two entries need be alike as a whole."""
    entry, language, section = TAGS[style]
    identifier, field, referring = head
    lines = [f'<{entry} id="{identifier}">']
    if field:
        lines.append(f'<descrip type="subjectField">{field}</descrip>')
    if referring:
        lines.append(f'<ref type="crossReference" target="{identifier or "x"}">see</ref>')
    for tag, defined, spoken, marked, status, term, speech, mark in sections:
        said = f' id="{mark}"' if marked else ""
        lines.append(f'<{language} xml:lang="{tag}">')
        lines += ['<descrip type="definition">what it is</descrip>'] if defined else []
        lines.append(f"<{section}{said}><term>{term}</term>")
        lines += [f'<termNote type="partOfSpeech">{speech}</termNote>'] if spoken else []
        lines += [f'  <termNote type="administrativeStatus">{status}</termNote>'] if status else []
        lines.append(f"</{section}></{language}>")
    return "\n".join((*lines, f"</{entry}>\n"))


def document(entries: list[tuple[Any, list[Any]]], style: str) -> bytes:
    """A whole file of such entries."""
    body = "".join(sectional(head, sections, style) for head, sections in entries)
    root = "martif" if style == "v2" else "tbx"
    return f'<{root} type="TBX-Basic" xml:lang="en"><text><body>\n{body}</body></text></{root}>'.encode()
