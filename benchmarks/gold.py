"""Gold data for alignment benchmarks: the five seed pages, and the development sets where they are at hand."""

from __future__ import annotations

import csv
import itertools
import os
from dataclasses import dataclass, replace
from pathlib import Path

from cctbx.model import Designation, SourceEntry

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
SHARED = Path(os.environ.get("CCTBX_SHARED", ROOT.parent / "shared"))
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """Entries with the pairs that are links (`ignored` pairs are neither demanded nor wrong)."""

    name: str
    entries: tuple[SourceEntry, ...]
    links: frozenset[Pair]
    ignored: frozenset[Pair] = frozenset()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def pair(first: str, second: str) -> Pair:
    return (first, second) if first <= second else (second, first)


def seeds() -> Gold:
    """The five pages as parsed by hand."""
    entries: list[SourceEntry] = []
    for path in sorted((GOLD / "parsing").glob("*.tsv")):
        if path.stem == "skipped":
            continue
        language = path.stem.split(".")[-1]
        entries += [_seed_entry(path.stem + ".txt", language, row) for row in rows(path)]
    links: set[Pair] = set()
    for row in rows(GOLD / "alignment.tsv"):
        links.update(pair(*each) for each in itertools.combinations(row["members"].split(" | "), 2))
    ignored = frozenset(pair(row["entry_a"], row["entry_b"]) for row in rows(GOLD / "debatable.tsv"))
    return Gold(name="seeds", entries=tuple(entries), links=frozenset(links) - ignored, ignored=ignored)


def parsed_seeds() -> Gold:
    """The five pages as the product's own parser reads them, against the same gold links."""
    from cctbx.workflows.align import gather

    gathered = gather([str(ROOT / "seeds" / "sources.toml")], verdicts=False)
    entries = tuple(
        replace(each, source=gathered.files[each.source], id=f"{gathered.files[each.source]}:{each.line_first}")
        for each in gathered.entries
    )
    by_hand = seeds()
    return Gold(name="seeds, parsed", entries=entries, links=by_hand.links, ignored=by_hand.ignored)


def _seed_entry(source: str, language: str, row: dict[str, str]) -> SourceEntry:
    listed = [each.rsplit("@", 2) for each in row["designations"].split(" | ") if each]
    return SourceEntry(
        id=f"{source}:{row['line_first']}", source=source, language=language, line_first=int(row["line_first"]),
        line_last=int(row["line_last"]), headword=row["headword"], definition=row["definition"].replace(" ¶ ", "\n\n"),
        designations=tuple(Designation(term=t, language=tag, type=kind or None) for t, tag, kind in listed),
    )  # fmt: skip


def glossary(directory: Path, languages: tuple[str, ...]) -> Gold:
    """A development set in the layout of alignment-dev: `LL.tsv` (id, term, definition) and `key.tsv`."""
    entries: list[SourceEntry] = []
    for language in languages:
        entries += [
            SourceEntry(
                id=row["id"], source=f"{language}.tsv", language=language, line_first=number, line_last=number,
                headword=row["term"], definition=row["definition"],
            )
            for number, row in enumerate(rows(directory / f"{language}.tsv"), 2)
        ]  # fmt: skip
    links = {
        pair(row[a], row[b])
        for row in rows(directory / "key.tsv")
        for a, b in itertools.combinations(languages, 2)
        if row[a] and row[b]
    }
    return Gold(name="-".join((directory.parent.name, directory.name)), entries=tuple(entries), links=frozenset(links))


def d365(part: str = "partial", languages: tuple[str, ...] = ("nb", "sv", "nl", "pl")) -> Gold:
    return glossary(SHARED / "alignment-dev" / "d365_glossary" / part, languages)


def blanked(gold: Gold, what: str) -> Gold:
    """Without definitions (`terms`) or without headwords (`definitions`)."""
    if what == "terms":
        return replace(gold, entries=tuple(replace(each, definition="") for each in gold.entries))
    return replace(gold, entries=tuple(replace(each, headword="", designations=()) for each in gold.entries))
