"""How well unseen glossary pages are read: entries, headwords, designations and definitions against hand-made gold.

    python benchmarks/pages.py [--set own|unseen|third|dev] [--page ID] [--quiet]

Pages: tests/gold/pages, pages_unseen and pages_third, each by an author who had not read the parser, and, where they
are at hand, the development pages. A set is unseen once: its first run is what unseen pages may expect, and later runs
only guard what was learnt from it.

    first run   glossaries   F1     precision  recall  headword  terms  definition   invented (pages without entries)
    own             71       0.969
    unseen          83       0.890  0.904      0.892   0.817     0.819  0.802        7 (12)
    third           44       0.996  0.998      0.995   1.000     0.969  0.932        0 (6)

An entry is found when one begins on the headword's line. The other figures are taken over the entries that are found.
A page whose gold is empty counts in no average: what is found there is counted as invented.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from cctbx.model import SourceEntry, SourceGlossary
from cctbx.sources import parse_page

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
FOLDERS = {"own": GOLD / "pages", "unseen": GOLD / "pages_unseen", "third": GOLD / "pages_third"}
DEVELOPMENT = Path(os.environ.get("CCTBX_SHARED", ROOT.parent / "shared")) / "layout-dev"
LIST_MARK = re.compile(r"(?:^|(?<=\s))[-*•]\s")
LABEL = re.compile(r"^[^\W\d_][\w ]{1,24}:\s")
SETS = (*FOLDERS, "dev")
FIGURES = ("F1", "precision", "recall", "headword", "terms", "definition")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntry:
    """One row of a gold file; `terms` holds the acronyms too, `optional` what the note says may be found."""

    line: int
    headword: str
    terms: frozenset[str]
    definitions: frozenset[str]
    optional: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, what is known of it, and its gold entries."""

    group: str
    name: str
    path: Path
    language: str
    layout: str
    gold: tuple[GoldEntry, ...]


@dataclass(slots=True, kw_only=True)
class Result:
    """The figures of one page, and a line for each thing that is missing, extra or different."""

    page: Page
    found: int = 0
    figures: dict[str, float] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def fold(text: str) -> str:
    """White space, paragraph marks and list marks do not tell definitions apart."""
    return " ".join(LIST_MARK.sub("", " ".join(text.replace("¶", " ").split()) + " ").split())


def wordings(definition: str) -> frozenset[str]:
    """A definition in labelled fields may be given with all fields, without the first label, or as one field."""
    fields = [part.strip() for part in definition.split("¶")]
    whole = {definition, LABEL.sub("", definition, count=1)}
    labelled = [part for part in fields if LABEL.match(part)] if len(fields) > 1 else []
    return frozenset(fold(text) for text in whole | {LABEL.sub("", part, count=1) for part in labelled})


def split(cell: str) -> list[str]:
    return [part.strip().casefold() for part in cell.split("|") if part.strip()]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def gold_entries(path: Path) -> tuple[GoldEntry, ...]:
    return tuple(
        GoldEntry(
            line=int(row["line_first"]),
            headword=fold(row["headword_raw"]),
            terms=frozenset(split(row["terms"]) + split(row["acronym"])),
            definitions=wordings(row["definition"]),
            optional=(row["note"] or "").casefold(),
        )
        for row in rows(path)
    )


def own_pages(group: str) -> Iterator[Page]:
    folder = FOLDERS[group]
    for row in rows(folder / "INDEX.tsv"):
        yield Page(
            group=group, name=row["id"], path=folder / row["file"], language=row["language"], layout=row["layout"],
            gold=gold_entries(folder / f"{row['id']}.entries.tsv"),
        )  # fmt: skip


def development_pages() -> Iterator[Page]:
    if not DEVELOPMENT.is_dir():
        return
    for row in rows(DEVELOPMENT / "INDEX.tsv"):
        yield Page(
            group="dev", name=row["id"], path=DEVELOPMENT / "pages" / f"{row['id']}.txt", language=row["lang"],
            layout=row["layout"], gold=gold_entries(DEVELOPMENT / "gold" / f"{row['id']}.entries.tsv"),
        )  # fmt: skip


def pairs(
    gold: Iterable[GoldEntry], found: Iterable[SourceEntry]
) -> Iterator[tuple[GoldEntry | None, SourceEntry | None]]:
    """Gold and found entries of one line together, the same headword before the same order; then what is left over."""
    waiting: dict[int, list[SourceEntry]] = defaultdict(list)
    for entry in found:
        waiting[entry.line_first].append(entry)
    wanted = sorted(gold, key=lambda one: all(fold(e.headword) != one.headword for e in waiting[one.line]))
    for one in wanted:
        here = waiting[one.line]
        same = [entry for entry in here if fold(entry.headword) == one.headword]
        match = next(iter(same or here), None)
        if match is not None:
            here.remove(match)
        yield one, match
    for entries in waiting.values():
        for entry in entries:
            yield None, entry


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> float:
    return ratio(2 * precision * recall, precision + recall)


class Tally:
    """Counts over the entries of one page."""

    def __init__(self) -> None:
        self.matched = self.missing = self.extra = self.headwords = self.definitions = 0
        self.terms_right = self.terms_gold = self.terms_found = 0
        self.remarks: list[str] = []

    def add(self, one: GoldEntry | None, entry: SourceEntry | None) -> None:
        if one is None and entry is not None:
            self.extra += 1
            self.remarks.append(f"extra      {entry.line_first}: {entry.headword!r}")
        elif one is not None and entry is None:
            self.missing += 1
            self.remarks.append(f"missing    {one.line}: {one.headword!r}")
        elif one is not None and entry is not None:
            self.matched += 1
            self.compare(one, entry)

    def compare(self, one: GoldEntry, entry: SourceEntry) -> None:
        """An entry both have: headword, designations, definition."""
        if fold(entry.headword) == one.headword:
            self.headwords += 1
        else:
            self.remarks.append(f"headword   {one.line}: {entry.headword!r}, not {one.headword!r}")
        terms = {" ".join(item.term.split()).casefold() for item in entry.designations}
        terms = {term for term in terms if term in one.terms or term not in one.optional}
        self.terms_right += len(terms & one.terms)
        self.terms_gold += len(one.terms)
        self.terms_found += len(terms)
        if terms != one.terms:
            self.remarks.append(f"terms      {one.line}: {sorted(terms)}, not {sorted(one.terms)}")
        if fold(entry.definition) in one.definitions:
            self.definitions += 1
        else:
            wanted = max(one.definitions, key=len)
            self.remarks.append(f"definition {one.line}: {fold(entry.definition)[:90]!r}, not {wanted[:90]!r}")

    def figures(self) -> dict[str, float]:
        precision = ratio(self.matched, self.matched + self.extra)
        recall = ratio(self.matched, self.matched + self.missing)
        terms = harmonic(ratio(self.terms_right, self.terms_found), ratio(self.terms_right, self.terms_gold))
        values = (
            harmonic(precision, recall), precision, recall, ratio(self.headwords, self.matched), terms,
            ratio(self.definitions, self.matched),
        )  # fmt: skip
        return dict(zip(FIGURES, values, strict=True))


def score(page: Page) -> Result:
    """One page. A crash of the parser is a page without entries, and a remark."""
    tally = Tally()
    entries: tuple[SourceEntry, ...] = ()
    try:
        glossary = SourceGlossary(name=page.name, file=page.path.name, language=page.language)
        entries = parse_page(page.path.read_bytes(), glossary).entries
    except Exception as error:  # whatever escapes the parser is the result of this page
        tally.remarks.append(f"crash      {type(error).__name__}: {error}")
    for one, entry in pairs(page.gold, entries):
        tally.add(one, entry)
    return Result(page=page, found=len(entries), figures=tally.figures(), remarks=tally.remarks)


def show(result: Result, *, remarks: bool) -> None:
    page = result.page
    figures = " ".join(f"{result.figures[name]:.2f}" for name in FIGURES) if page.gold else f"invented {result.found}"
    print(f"{page.name:28} {figures}  {result.found:3}/{len(page.gold):<3} {page.layout}")
    for remark in result.remarks if remarks else ():
        print(f"      {remark}")


def summary(name: str, results: list[Result]) -> None:
    """Macro averages over the pages with entries, and what was invented on the pages without."""
    glossaries = [result for result in results if result.page.gold]
    others = [result for result in results if not result.page.gold]
    if glossaries:
        means = (f"{key} {sum(r.figures[key] for r in glossaries) / len(glossaries):.3f}" for key in FIGURES)
        print(f"{name}: {len(glossaries)} glossaries, macro averages: " + ", ".join(means))
    if others:
        print(f"{name}: {len(others)} pages that are no glossaries: {sum(r.found for r in others)} entries invented")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--set", choices=SETS, help="only these pages")
    parser.add_argument("--page", help="only the page of this id")
    parser.add_argument("--quiet", action="store_true", help="figures without remarks")
    options = parser.parse_args()
    pages = [
        page
        for page in (*chain.from_iterable(map(own_pages, FOLDERS)), *development_pages())
        if options.set in (None, page.group) and options.page in (None, page.name)
    ]
    results = [score(page) for page in pages]
    print(f"{'page':28} {' '.join(name[:4].rjust(4) for name in FIGURES)}  found/gold layout")
    for result in results:
        show(result, remarks=not options.quiet)
    for group in SETS:
        summary(group, [result for result in results if result.page.group == group])


if __name__ == "__main__":
    main()
