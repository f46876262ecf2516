"""Containers: the same glossary in every kind of document gives the same entries; encodings; damaged files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cctbx.errors import InputError
from cctbx.model import SourceGlossary, SourceOptions
from cctbx.sources import parse_page
from cctbx.sources.documents import DOCUMENTS
from tests.sources.scoring import parsed, unaccounted

ENTRIES = (
    ("Abbruch", "Der Kunde legt auf, bevor sich jemand meldet."),
    ("Agent", "Mitarbeiter, der Anrufe annimmt und Fragen beantwortet."),
    ("Dialer", "Software, die Nummern aus einer Liste wählt."),
    ("Eskalation", "Weitergabe eines Falls an jemanden mit mehr Wissen."),
    ("Größe", "Die Zahl der Plätze in einem Team."),
)


def html_definitions() -> str:
    inner = "\n".join(f"<dt>{name}</dt>\n<dd>{text}</dd>" for name, text in ENTRIES)
    head = "<!DOCTYPE html>\n<html lang='de'><head><title>x</title><script>\nvar a = 'Agent: nein';\n</script></head>\n"
    navigation = "<body><nav><ul><li>Start</li><li>Preise</li></ul></nav>\n"
    footer = "<footer><p>Impressum</p></footer></body></html>"
    return f"{head}{navigation}<h1>Glossar</h1>\n<dl>\n{inner}\n</dl>\n{footer}"


def html_headings() -> str:
    inner = "\n".join(f"<h3>{name}</h3>\n<p>{text}</p>" for name, text in ENTRIES)
    return f"<html lang='de'><body>\n<h1>Glossar</h1>\n{inner}\n</body></html>"


def html_bold() -> str:
    inner = "\n".join(f"<p><b>{name}</b>: {text}</p>" for name, text in ENTRIES)
    banner = "<div class='cookie-banner'><p>Wir verwenden Cookies.</p></div>"
    return f"<html lang='de'><body>\n{banner}\n{inner}\n</body></html>"


def html_table() -> str:
    rows = "\n".join(f"<tr><td>{name}</td><td>{text}</td></tr>" for name, text in ENTRIES)
    return f"<html lang='de'><body><table>\n<tr><th>Begriff</th><th>Erklärung</th></tr>\n{rows}\n</table></body></html>"


def html_details() -> str:
    inner = "\n".join(f"<details><summary>{name}</summary><p>{text}</p></details>" for name, text in ENTRIES)
    return f"<html lang='de'><body>\n<h1>Glossar</h1>\n{inner}\n</body></html>"


def html_list() -> str:
    inner = "\n".join(f"<li><strong>{name}</strong> – {text}</li>" for name, text in ENTRIES)
    return f"<html lang='de'><body>\n<ul>\n{inner}\n</ul></body></html>"


def markdown() -> str:
    return "---\ntitle: Glossar\nlang: de\n---\n\n# Glossar\n\n![Bild](x.png)\n\n" + "\n\n".join(
        f"## {n}\n\n{t}" for n, t in ENTRIES
    )


def markdown_table() -> str:
    return "| Begriff | Erklärung |\n|---|---|\n" + "\n".join(f"| **{name}** | {text} |" for name, text in ENTRIES)


def restructured() -> str:
    return "Glossar\n=======\n\n.. glossary::\n\n" + "\n\n".join(f"   {name}\n      {text}" for name, text in ENTRIES)


def restructured_titles() -> str:
    return "Glossar\n=======\n\n" + "\n\n".join(f"{name}\n{'-' * len(name)}\n\n{text}" for name, text in ENTRIES)


def delimited() -> str:
    return "Begriff;Definition\n" + "\n".join(f'{name};"{text}"' for name, text in ENTRIES)


TEXTS: dict[str, tuple[str, Callable[[], str]]] = {
    "dl": ("a.html", html_definitions),
    "headings": ("b.html", html_headings),
    "bold": ("c.htm", html_bold),
    "table": ("d.html", html_table),
    "details": ("e.html", html_details),
    "list": ("f.html", html_list),
    "markdown": ("g.md", markdown),
    "markdown table": ("h.md", markdown_table),
    "rst": ("i.rst", restructured),
    "rst titles": ("j.rst", restructured_titles),
    "csv": ("k.csv", delimited),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_every_document_gives_the_same_entries(kind: str) -> None:
    name, make = TEXTS[kind]
    page = parsed(make(), name)
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)
    assert unaccounted(make(), page) == []
    printed = make().split("\n")
    assert all(entry.headword in printed[entry.line_first - 1] for entry in page.entries)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (("Begriff", "Definition"), *ENTRIES):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="A">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def open_sheet() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = (f"{cell.format(name)}{cell.format(text)}" for name, text in (("Begriff", "Definition"), *ENTRIES))
    body = ODS.format("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", body)
    return stream.getvalue()


def document(table: bool) -> bytes:
    made = docx.Document()
    grid = made.add_table(0, 2) if table else None
    for name, text in (("Begriff", "Erklärung"), *ENTRIES) if table else ENTRIES:
        if grid is not None:
            cells = grid.add_row().cells
            cells[0].text, cells[1].text = name, text
        else:
            made.add_heading(name, 2)
            made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.xlsx", workbook),
        ("a.ods", open_sheet),
        ("a.docx", lambda: document(False)),
        ("b.docx", lambda: document(True)),
    ],
)
def test_office_documents(name: str, make: Callable[[], bytes]) -> None:
    page = parsed(make(), name)
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)


def test_columns_the_user_names() -> None:
    text = "Nr,Note,Text,Wort\n" + "\n".join(
        f"{n},x,{text.replace(',', '')},{name}" for n, (name, text) in enumerate(ENTRIES)
    )
    page = parsed(text, "a.csv", columns=("skip", "skip", "definition", "term"))
    assert [entry.headword for entry in page.entries] == [name for name, _ in ENTRIES]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_encodings_by_mark_and_content(encoding: str) -> None:
    text = "Glossar\n\n" + "\n".join(f"{name}: {text}" for name, text in ENTRIES)
    page = parsed(text.encode(encoding))
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)


def test_polish_in_windows_1250() -> None:
    text = "Słownik\n\nGłos: dźwięk, który słyszy dzwoniący.\nKolejka: połączenia, które czekają.\nPołączenie: rozmowa z klientem.\nZgłoszenie: sprawa, z którą dzwoni klient."  # noqa: E501
    assert [e.headword for e in parsed(text.encode("cp1250")).entries] == [
        "Głos",
        "Kolejka",
        "Połączenie",
        "Zgłoszenie",
    ]


def test_declared_encoding_of_a_saved_page() -> None:
    content = html_headings().replace("<body>", "<head><meta charset='iso-8859-1'></head><body>").encode("iso-8859-1")
    assert [entry.headword for entry in parsed(content, "a.html").entries][-1] == "Größe"


def test_a_stated_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="is not utf-8"):
        parsed("Größe: x".encode("cp1252"), encoding="utf-8")
    with pytest.raises(InputError, match="unknown encoding"):
        parsed(b"x", encoding="klingon")


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.docx"])
def test_damaged_office_documents_are_refused(name: str) -> None:
    for content in (b"PK\x03\x04garbage", b"", b"no zip at all"):
        with pytest.raises(InputError, match=name):
            parsed(content, name)


@given(content=st.binary(max_size=300), name=st.sampled_from(["a.html", "a.md", "a.rst", "a.csv", "a.tsv", "a.txt"]))
@settings(max_examples=120, deadline=None)
def test_no_bytes_raise_whatever_the_name(content: bytes, name: str) -> None:
    page = parsed(content, name)
    assert all(1 <= each.line_first <= each.line_last for each in (*page.entries, *page.skipped))


TAGS = st.sampled_from(
    (
        "<p>",
        "</p>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<table>",
        "<tr>",
        "<td>",
        "Agent",
        "text\n",
        "<br>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<nav>",
        "</nav>",
        "&amp;",
        "<h2>",
        "</h2>",
        "<li>",
        "\n\n",
    )
)


@given(parts=st.lists(TAGS, max_size=40), name=st.sampled_from(["a.html", "a.md"]))
@settings(max_examples=120, deadline=None)
def test_broken_markup_loses_no_line(parts: list[str], name: str) -> None:
    text = "".join(parts)
    assert unaccounted(text, parsed(text, name)) == []


def test_kinds_have_distinct_names_and_the_last_takes_everything() -> None:
    assert len({kind.name for kind in DOCUMENTS}) == len(DOCUMENTS)
    assert DOCUMENTS[-1].fits(b"", "")


def test_simple_tables_of_restructured_text() -> None:
    rule = "==========  " + "=" * 60
    rows = "\n".join(f"{name:<10}  {text}" for name, text in ENTRIES)
    text = f"{rule}\n{'Begriff':<10}  Erklärung\n{rule}\n{rows}\n{rule}\n"
    page = parsed(text, "a.rst")
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)
    assert unaccounted(text, page) == []


def test_html_and_code_inside_markdown() -> None:
    terms = "\n".join(f"<dt>{name}</dt>\n<dd>{text}</dd>" for name, text in ENTRIES)
    text = f"# Glossar\n\n<dl>\n{terms}\n</dl>\n\n```\nkein Eintrag\n```\n"
    page = parsed(text, "a.md")
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)
    assert unaccounted(text, page) == []


def test_definition_lists_of_markdown() -> None:
    text = "\n\n".join(f"{name}\n: {text}" for name, text in ENTRIES)
    assert [(e.headword, e.definition) for e in parsed(text, "a.md").entries] == list(ENTRIES)


def test_lists_of_markdown() -> None:
    for marks in ("- ", "1. "):
        text = "\n".join(f"{marks}**{name}**: {text}" for name, text in ENTRIES)
        assert [(e.headword, e.definition) for e in parsed(text, "a.md").entries] == list(ENTRIES)


def test_lists_and_bold_openings_of_a_document() -> None:
    made = docx.Document()
    made.add_heading("Glossar", 1)
    for name, text in ENTRIES:
        paragraph = made.add_paragraph(style="List Bullet")
        paragraph.add_run(name).bold = True
        paragraph.add_run(f" – {text}")
    stream = io.BytesIO()
    made.save(stream)
    page = parsed(stream.getvalue(), "a.docx")
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)


def test_a_monstrous_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cctbx.sources.parse.MAX_BYTES", 100)
    with pytest.raises(InputError, match="split it"):
        parsed("Agent: Mitarbeiter.\n" * 20)


def test_office_documents_that_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cctbx.sources.documents.sheets._UNPACKED", 10)
    monkeypatch.setattr("cctbx.sources.documents.word._UNPACKED", 10)
    for name, content in (("a.xlsx", workbook()), ("a.docx", document(False))):
        with pytest.raises(InputError, match="1 GiB"):
            parsed(content, name)


def test_office_documents_are_told_by_content() -> None:
    assert [entry.headword for entry in parsed(workbook(), "download").entries] == [name for name, _ in ENTRIES]


def test_broken_utf8_is_read_and_reported() -> None:
    text = "Glossar\n\n" + "\n".join(f"{name}: Größe äöü, {text}" for name, text in ENTRIES)
    page = parsed(text.encode().replace("ß".encode(), b"\xff", 1))
    assert [entry.headword for entry in page.entries] == [name for name, _ in ENTRIES]
    assert "SRC017" in {finding.code for finding in page.findings}


def test_accordions_and_the_language_a_page_states() -> None:
    inner = "\n".join(
        f"<h3><button aria-expanded='false'>{name}</button></h3><div hidden><p>{text}</p></div>"
        for name, text in ENTRIES
    )
    text = f"<html lang='no'><body><button>Meny</button>\n{inner}\n</body></html>"
    page = parsed(text, "a.html")
    assert [(entry.headword, entry.definition) for entry in page.entries] == list(ENTRIES)
    short = "<html lang='da'><body><dl><dt>Agent</dt><dd>Person.</dd><dt>Bil</dt><dd>Ting.</dd></dl></body></html>"
    assert parsed(short, "b.html").glossary.language == "da"


HEADED = "term,definition\nKund,\nVara,Trefwoord\nTrefwoord,\nPris,\n"


@pytest.mark.parametrize(
    ("text", "options", "terms"),
    [
        (HEADED, SourceOptions(), ["Kund", "Vara", "Trefwoord", "Pris"]),
        (HEADED.replace("term,definition", "a,b"), SourceOptions(), []),
        (HEADED.replace("term,definition\n", ""), SourceOptions(columns=("term", "definition")),
         ["Kund", "Vara", "Trefwoord", "Pris"]),
        ("Kund\nVara\n12\n", SourceOptions(columns=("term",)), ["Kund", "Vara", "12"]),
    ],
)  # fmt: skip
def test_named_columns_are_believed(text: str, options: SourceOptions, terms: list[str]) -> None:
    """A list of terms with hardly a definition is a glossary if its columns are named so."""
    page = parse_page(text.encode(), SourceGlossary(name="p", file="p.csv", language="sv", options=options))
    assert [entry.headword for entry in page.entries] == terms
    assert "SRC003" not in {finding.code for finding in page.findings}
