"""Laws of parsing: what is rendered comes back; whatever the bytes, no exception and every line accounted for."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.sources import ParsedPage
from tests.sources.scoring import parsed, unaccounted

Entry = tuple[str, str]

NOUNS = (
    "Abbruch",
    "Agent",
    "Anruf",
    "Ansage",
    "Auslastung",
    "Beschwerde",
    "Besetztton",
    "Chatverlauf",
    "Dialer",
    "Durchwahl",
    "Erreichbarkeit",
    "Eskalation",
    "Fallnummer",
    "Gesprächszeit",
    "Hotline",
    "Kennzahl",
    "Kundenakte",
    "Leitfaden",
    "Nachbearbeitung",
    "Overflow",
    "Pausenzeit",
    "Rückruf",
    "Schichtplan",
    "Ticket",
    "Umleitung",
    "Vorgang",
    "Wartezeit",
)
OPENINGS = (
    "Zeit, in der",
    "Ein Vorgang, bei dem",
    "Anteil der Fälle, in denen",
    "Person, mit der",
    "Regel, nach der",
    "System, das zeigt, wie",
)
MIDDLES = (
    "der Kunde mit dem Unternehmen spricht",
    "ein Mitarbeiter eine Anfrage bearbeitet",
    "die Anlage einen Anruf verteilt",
    "das Team seine Arbeit für die Woche plant",
    "niemand den Anruf annehmen kann",
)
ENDINGS = (
    ".",
    " und danach alles im System festhält.",
    ", bevor das Gespräch beginnt.",
    " oder eine Nachricht hinterlässt.",
)


@st.composite
def glossaries(draw: st.DrawFn) -> list[Entry]:
    names = sorted(draw(st.lists(st.sampled_from(NOUNS), min_size=6, max_size=14, unique=True)))
    return [
        (
            name,
            " ".join((draw(st.sampled_from(OPENINGS)), draw(st.sampled_from(MIDDLES))))
            + draw(st.sampled_from(ENDINGS)),
        )
        for name in names
    ]


def lettered(entries: list[Entry], render: Callable[[Entry], str]) -> str:
    lines, letter = [], ""
    for entry in entries:
        if entry[0][0] != letter:
            letter = entry[0][0]
            lines += [letter, ""]
        lines.append(render(entry))
    return "\n".join(lines)


RENDERERS: dict[str, Callable[[list[Entry]], str]] = {
    "colon": lambda e: "\n".join(f"{name}: {text}" for name, text in e),
    "colon spaced": lambda e: "\n\n".join(f"{name}: {text}" for name, text in e),
    "dash": lambda e: "\n".join(f"{name} – {text}" for name, text in e),
    "no-break dash": lambda e: "\n\n".join(f"{name}\u00a0–\u202f{text}" for name, text in e),
    "heading": lambda e: "\n\n".join(f"{name}\n\n{text}" for name, text in e),
    "block": lambda e: "\n\n".join(f"{name}\n{text}" for name, text in e),
    "lines": lambda e: "\n".join(f"{name}\n{text}" for name, text in e),
    "bullets": lambda e: "\n".join(f"• {name}: {text}" for name, text in e),
    "numbers": lambda e: "\n".join(f"{n}. {name} – {text}" for n, (name, text) in enumerate(e, start=1)),
    "numbered headings": lambda e: "\n\n".join(f"{n}. {name}\n\n{text}" for n, (name, text) in enumerate(e, start=1)),
    "pipes": lambda e: "| Begriff | Erklärung |\n|---|---|\n" + "\n".join(f"| {name} | {text} |" for name, text in e),
    "tabs": lambda e: "Begriff\tErklärung\n" + "\n".join(f"{name}\t{text}" for name, text in e),
    "bold": lambda e: "\n\n".join(f"**{name}** {text}" for name, text in e),
    "markdown headings": lambda e: "\n\n".join(f"## {name}\n\n{text}" for name, text in e),
    "letters": lambda e: lettered(e, lambda entry: f"{entry[0]}\n\n{entry[1]}\n"),
    "letters, dash": lambda e: lettered(e, lambda entry: f"{entry[0]} - {entry[1]}\n"),
    "flat table": lambda e: "Begriff\n\nErklärung\n\n" + "\n\n".join(f"{name}\n\n{text}" for name, text in e),
    "see-also column": lambda e: "\n\n".join(f"{name}\n\n{text}\n\n{name}" for name, text in e),
    "back to top": lambda e: "\n\n".join(f"{name}\n\n{text}\n\nZum Seitenanfang" for name, text in e),
    "records": lambda e: "\n\n".join(f"Begriff: {name}\nDefinition: {text}" for name, text in e),
    "glosses": lambda e: "\n".join(f"{name} «{text.rstrip('.')}»." for name, text in e),
    "wrapped": lambda e: "\n\n".join(f"{name}\n" + "\n".join(wrapped(text)) for name, text in e),
}


def wrapped(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i : i + 6]) for i in range(0, len(words), 6)]


def folded(text: str) -> str:
    return " ".join(text.removeprefix("Definition: ").strip("«».").split())


@pytest.mark.parametrize("layout", RENDERERS)
@given(entries=glossaries(), titled=st.booleans())
@settings(max_examples=12, deadline=None)
def test_entries_come_back_from_every_layout(layout: str, entries: list[Entry], titled: bool) -> None:
    text = ("Glossar\n\n" if titled else "") + RENDERERS[layout](entries)
    page = parsed(text, language="de")
    assert [entry.headword for entry in page.entries] == [name for name, _ in entries]
    assert [folded(entry.definition) for entry in page.entries] == [folded(text) for _, text in entries]
    assert unaccounted(text, page) == []


@given(entries=glossaries())
@settings(max_examples=15, deadline=None)
def test_ids_survive_reordering(entries: list[Entry]) -> None:
    render = RENDERERS["colon spaced"]
    forward, backward = parsed(render(entries), language="de"), parsed(render(entries[::-1]), language="de")
    assert {entry.id for entry in forward.entries} == {entry.id for entry in backward.entries}


def lost_lines(content: bytes, page: ParsedPage) -> list[int]:
    """Lines in no entry and no skipped region, as far as they can be told: the bytes are UTF-8, and look like it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return []
    marked = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in content
    return [] if marked else unaccounted(text, page)


@given(content=st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_and_no_line_is_lost(content: bytes) -> None:
    assert lost_lines(content, parsed(content)) == []


FRAGMENTS = st.sampled_from(
    (
        "Agent",
        "A",
        "–",
        ": ",
        " - ",
        "|",
        "\n",
        "\n\n",
        "«",
        "»",
        "(",
        ")",
        "/",
        "ACD",
        "**",
        "# ",
        "1. ",
        "• ",
        "se ",
        "Back to top",
        "Definition:",
        "et ord som brukes.",
        "Kunden ringer, og noen svarer.",
        "\t",
        "\u00a0",
        "\x0c",
        "\x85",
        "[tag]",
    )
)


@given(parts=st.lists(FRAGMENTS, max_size=60), language=st.sampled_from((None, "nb", "fi", "xx-unknown", "pl")))
@settings(max_examples=200, deadline=None)
def test_no_mixture_of_layouts_raises_or_loses_a_line(parts: list[str], language: str | None) -> None:
    text = "".join(parts)
    assert unaccounted(text, parsed(text, language=language)) == []


SIGNS = ("ÿ", "A", "(", "«", "»«", "[x]", "**", ": ", ", ", " .")
REPEATED = (*SIGNS, "AB ", "A/B ", "AB-", "x: y ", "a@b ", "ab. n. ", "12 ")


@pytest.mark.parametrize("part", REPEATED)
@pytest.mark.parametrize("ending", ["", "\n"])
def test_no_repetition_takes_for_ever(part: str, ending: str) -> None:
    """Patterns that try every way of cutting a long run would take hours on these."""
    start = time.process_time()
    parsed((part + ending) * 8_000)
    assert time.process_time() - start < 10
