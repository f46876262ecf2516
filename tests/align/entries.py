"""Small glossaries for tests: invented, none of the seeds' wording."""

from __future__ import annotations

from cctbx.model import SourceEntry


def entry(
    source: str, language: str, headword: str, definition: str = "", line: int = 1, key: str | None = None
) -> SourceEntry:
    return SourceEntry(
        id=key or f"{source}#{headword.lower()}", source=source, language=language, line_first=line, line_last=line,
        headword=headword, definition=definition,
    )  # fmt: skip


def library(prefix: str = "") -> tuple[SourceEntry, ...]:
    """A library's words in Swedish, Dutch and Norwegian; each list has entries the others lack."""
    rows = {
        "sv": (
            ("låntagare", "Person som lånar böcker på ett bibliotek."),
            ("bibliotekskort", "Kort som ger rätt att låna böcker."),
            ("förseningsavgift", "Avgift som betalas när en bok lämnas tillbaka för sent."),
            ("läsesal", "Rum i ett bibliotek där besökare läser."),
            ("ISBN (International Standard Book Number)", "Nummer som identifierar en bok."),
            ("källare", "Lager för böcker som sällan lånas."),
        ),
        "nl": (
            ("bibliotheekkaart", "Kaart die het recht geeft om boeken te lenen."),
            ("leeszaal", "Ruimte in een bibliotheek waar bezoekers lezen."),
            ("ISBN (International Standard Book Number)", "Nummer dat een boek identificeert."),
            ("tijdschrift", "Publicatie die elke week of maand verschijnt."),
        ),
        "nb": (
            ("lesesal", "Rom i et bibliotek der besøkende leser."),
            ("bibliotekkort", "Kort som gir rett til å låne bøker."),
            ("ISBN (International Standard Book Number)", "Nummer som identifiserer en bok."),
            ("avis", "Publikasjon som kommer ut hver dag."),
        ),
    }
    return tuple(
        entry(f"{prefix}{language}", language, headword, definition, line)
        for language, listed in rows.items()
        for line, (headword, definition) in enumerate(listed, 1)
    )
