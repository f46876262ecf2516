"""The table of layouts. A layout says where entries open on a page; everything else is shared.

A new layout is one function `find(page, variant) -> list[Head]` and one row in `LAYOUTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cctbx.sources import finders, unseparated
from cctbx.sources.drafts import Head
from cctbx.sources.page import Page
from cctbx.sources.separators import SEPARATORS

__all__ = ["LAYOUTS", "Layout", "layout_names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of page.

    find       page, variant → where entries open, in page order
    variants   what the hypothesis is tried with (separators, column counts …)
    prior      how plausible it is before the page is seen
    proof      how much evidence, beyond its own form, that the page is a glossary it needs: prose has headings too
    paragraphs whether text after a blank line goes on with the entry as a matter of course
    """

    name: str
    help: str
    find: Callable[[Page, str], list[Head]]
    variants: tuple[str, ...] = ("",)
    prior: float = 1.0
    proof: float = 0.0
    paragraphs: bool = True


LAYOUTS: tuple[Layout, ...] = (
    Layout(name="separator", help="TERM: definition; TERM – definition; bulleted or numbered too",
           find=finders.by_separator, variants=tuple(SEPARATORS), proof=0.35, paragraphs=False),
    Layout(name="heading", help="headword on a line of its own, blank line, paragraphs",
           find=finders.by_heading, variants=("spaced", "mixed"), proof=0.45),
    Layout(name="block", help="headword is the first line of a block, its text the rest",
           find=finders.by_heading, variants=("block",), proof=0.4),
    Layout(name="lines", help="headword line, definition line(s), no blank lines needed",
           find=finders.by_heading, variants=("tight",), proof=0.45),
    Layout(name="definitions", help="the document says what is a term: dt, summary, an indented definition",
           find=finders.by_mark, variants=("term",), prior=1.15),
    Layout(name="marked", help="headwords marked by the document: bold at the start of a line, headings of one level",
           find=finders.by_mark, variants=("bold", "1", "2", "3", "4", "5", "6"), prior=1.02, proof=0.3),
    Layout(name="table", help="a row per entry: pipe table, CSV, sheet, HTML table",
           find=finders.by_row, prior=1.05),
    Layout(name="columns", help="a table flattened to one cell a line: cells before and after the definition",
           find=finders.by_column, variants=("1+1", "2+0", "2+1", "1+2", "3+0"), prior=0.97, proof=0.3),
    Layout(name="period", help="a table flattened to one cell a line, the same number of cells in every row",
           find=finders.by_period, variants=("2", "3", "4"), prior=0.93, proof=0.4),
    Layout(name="dictionary", help="headword, usage, «gloss», cross-references; several on one line",
           find=finders.by_gloss, proof=0.2),
    Layout(name="acronym", help="acronym and expansion on one line, with nothing between",
           find=unseparated.by_acronym, prior=0.9, proof=0.3, paragraphs=False),
    Layout(name="grammar", help="headword, grammar mark (n., subst.), definition, with nothing between",
           find=unseparated.by_grammar, prior=1.05, proof=0.3),
    Layout(name="quoted", help="“headword” means …: the headword in quotation marks",
           find=unseparated.by_quotation, prior=1.05, proof=0.2),
    Layout(name="repeated", help="headword and a definition that opens with it again, on one line",
           find=unseparated.by_repetition, prior=0.95, proof=0.3),
    Layout(name="sentence", help="headword is …: sentences in alphabetical order, each with its own subject",
           find=unseparated.by_sentence, prior=0.85, proof=0.5),
    Layout(name="record", help="labelled fields, the headword too: Term: … Definition: …",
           find=finders.by_record, paragraphs=True),
    Layout(name="capitals", help="TERM IN CAPITALS and its definition on one line",
           find=finders.by_capitals, prior=0.85, proof=0.3, paragraphs=False),
)  # fmt: skip


def layout_names() -> tuple[str, ...]:
    """Names a user may force, variants included: `separator`, `separator:colon` …"""
    return tuple(name for each in LAYOUTS for name in (each.name, *(f"{each.name}:{v}" for v in each.variants if v)))
