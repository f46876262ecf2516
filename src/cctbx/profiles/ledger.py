"""The loss ledger: what each file of an export leaves out or changes, concept by concept, comparable between releases.

    {"profile": "omegat", "source": "en", "targets": ["sv"], "files": [
    {"file": "x.en-sv.tbx", "losses": [
    {"concept": "c7", "lost": {"LOS050 source": 2}, "terms": {"LOS200": ["sv kundo"]}}
    ], "concepts": 138, "lost": {"source": 2, "term": 1}}
    ]}

One line a concept; where terms are lost, they are named. It is written while the export runs: nothing is kept but the
counts of a file and the losses of one concept. `cctbx export --check` says the same in sentences.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TextIO

from cctbx.findings import Finding

__all__ = ["CONCEPT", "TERM", "LedgerWriter", "Lost", "category_of", "losses_in", "lost_of"]

CONCEPT, TERM = "concept", "term"
"""`concept`: the category of a loss that is about no data category but a whole concept entry, or the file."""

Lost = tuple[str, str, str, str]
"""File, concept, code with category, and language with term where terms are lost."""


def category_of(loss: Finding) -> str:
    """The data category a loss is about; `concept` for a whole entry."""
    return loss.category or CONCEPT


def _kind(loss: Finding) -> str:
    return f"{loss.code} {category_of(loss)}"


def _term(loss: Finding) -> str:
    """Language and term of a loss of a term."""
    return f"{loss.language or 'und'} {loss.term}" if category_of(loss) == TERM and loss.term is not None else ""


def lost_of(loss: Finding) -> Lost:
    """What a finding says, without its wording."""
    return (loss.file or "", loss.concept or "", _kind(loss), _term(loss))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class LedgerWriter:
    """Writes a ledger: `begin` a file, `add` its losses, `end` it; `close` at last."""

    def __init__(self, out: TextIO, about: dict[str, object]) -> None:
        self._out = out
        self._files = self._lines = 0
        self._totals: Counter[str] = Counter()
        self._concept: str | None = None
        self._lost: Counter[str] = Counter()
        self._terms: dict[str, list[str]] = {}
        out.write(_line(about)[:-1] + (", " if about else "") + '"files": [')

    def begin(self, file: str) -> None:
        """Open the account of a file."""
        self._out.write(("," if self._files else "") + '\n{"file": ' + _line(file) + ', "losses": [')
        self._files += 1
        self._lines = 0
        self._totals = Counter()

    def add(self, loss: Finding) -> None:
        """One loss of the open file."""
        if loss.concept != self._concept:
            self._flush()
            self._concept = loss.concept
        self._totals[category_of(loss)] += 1
        if term := _term(loss):
            self._terms.setdefault(loss.code, []).append(term)
        else:
            self._lost[_kind(loss)] += 1

    def _flush(self) -> None:
        held: dict[str, object] = {"concept": self._concept} if self._concept is not None else {}
        held |= {"lost": dict(sorted(self._lost.items()))} if self._lost else {}
        held |= {"terms": dict(sorted(self._terms.items()))} if self._terms else {}
        if self._lost or self._terms:
            self._out.write(("," if self._lines else "") + "\n" + _line(held))
            self._lines += 1
        self._concept, self._lost, self._terms = None, Counter(), {}

    def end(self, concepts: int | None = None) -> None:
        """Close the account of a file, with the number of concept entries in it."""
        self._flush()
        held = {} if concepts is None else {"concepts": concepts}
        totals = _line({**held, "lost": dict(sorted(self._totals.items()))})
        self._out.write(("\n" if self._lines else "") + "], " + totals[1:])

    def close(self) -> None:
        """End the ledger."""
        self._out.write("\n]}\n")


def losses_in(ledger: str) -> frozenset[Lost]:
    """Everything a ledger says is lost. Raises `ValueError` where the text is no ledger."""
    found = json.loads(ledger)
    if not isinstance(found, dict) or not isinstance(found.get("files"), list):
        raise ValueError("no loss ledger")
    lost: set[Lost] = set()
    for account in found["files"]:
        for line in account["losses"]:
            place = (str(account["file"]), str(line.get("concept", "")))
            lost.update((*place, kind, "") for kind in line.get("lost", {}))
            for code, terms in line.get("terms", {}).items():
                lost.update((*place, f"{code} {TERM}", str(term)) for term in terms)
    return frozenset(lost)
