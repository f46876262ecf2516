"""The commands align, evaluate, review and lexicon, from arguments to output."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cctbx.cli import align, evaluate, lexicon, review
from cctbx.errors import InputError, UsageError
from cctbx.workflows.lexicon import bilingual_rows, list_lexicons, local_lexicon
from tests.align.entries import library

RUNNER = CliRunner()


def call(*arguments: str, code: int = 0) -> Any:
    app = typer.Typer()
    for name, module in (("align", align), ("evaluate", evaluate), ("review", review)):
        app.command(name)(module.command)
    app.add_typer(lexicon.app, name="lexicon")
    result = RUNNER.invoke(app, arguments)
    if isinstance(result.exception, InputError | UsageError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tables of the library in three languages, as LL=FILE arguments; the cache of lexicons is elsewhere and empty."""
    monkeypatch.setattr("cctbx.workflows.lexicon.cache_directory", lambda: tmp_path / "cache")
    arguments = []
    for language in ("sv", "nl", "nb"):
        rows = [each for each in library() if each.language == language]
        lines = [f"{language}-{n}\t{each.headword}\t{each.definition}" for n, each in enumerate(rows, 1)]
        (tmp_path / f"{language}.tsv").write_text("\n".join(["id\tterm\tdefinition", *lines]) + "\n", encoding="utf-8")
        arguments.append(f"{language}={tmp_path / language}.tsv")
    return arguments


def test_concepts_as_json_lines(pages: list[str]) -> None:
    concepts = [json.loads(line) for line in call("align", *pages, "--format", "jsonl").stdout.splitlines()]
    assert sum(len(each["members"]) for each in concepts) == len(library())
    assert len({each["id"] for each in concepts}) == len(concepts)
    card = next(each for each in concepts if any(m["headword"] == "bibliotekskort" for m in each["members"]))
    assert {(m["language"], m["headword"], m["line_first"]) for m in card["members"]} == {
        ("sv", "bibliotekskort", 3), ("nl", "bibliotheekkaart", 2), ("nb", "bibliotekkort", 3),
    }  # fmt: skip
    assert {m["source"] for m in card["members"]} == {argument.split("=", 1)[1] for argument in pages}
    assert 0.5 < card["probability"] <= 1
    assert {"between", "kind", "weight", "because"} == set(card["evidence"][0])


def test_concepts_as_text_and_the_reasons_of_one_entry(pages: list[str]) -> None:
    text = call("align", *pages).stdout
    assert "bibliotekskort [sv]" in text
    told = call("align", *pages, "--explain", "läsesal").stdout
    assert "linked: leeszaal [nl]" in told
    assert "prior" in told and "parts" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sv=nowhere.txt"], "nowhere.txt"),
        (["xx-nonsense-language=a"], "unknown language"),
        (["a.txt", "sv=b.txt"], "neither"),
    ],
)
def test_bad_arguments_are_named(arguments: list[str], says: str) -> None:
    with pytest.raises((InputError, UsageError), match=says):
        call("align", *arguments)


def test_an_unknown_entry_and_a_file_named_twice(pages: list[str]) -> None:
    with pytest.raises(UsageError, match="no entry has"):
        call("align", *pages, "--explain", "nothing")
    with pytest.raises(UsageError, match="twice"):
        call("align", pages[0], pages[0])


def test_evaluation_against_a_key(pages: list[str], tmp_path: Path) -> None:
    key = tmp_path / "key.tsv"
    rows = ("concept sv nl nb", "kort sv-2 nl-1 nb-2", "sal sv-4 nl-2 nb-1", "x sv-99 nl-1 ")
    key.write_text("\n".join(row.replace(" ", "\t") for row in rows) + "\n", encoding="utf-8")
    result = call("evaluate", str(key), *pages, "--format", "json", "--plot", str(tmp_path / "c.svg"))
    told = json.loads(result.stdout)
    assert told["pairs"]["nb-sv"]["right"] == 2
    assert told["total"]["gold"] == 7
    assert "sv-99" in result.stderr
    assert (tmp_path / "c.svg").read_text().startswith("<svg")
    call("evaluate", str(key), *pages, "--plot", str(tmp_path / "c.png"))
    assert (tmp_path / "c.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(UsageError, match=r"\.svg or \.png"):
        call("evaluate", str(key), *pages, "--plot", "c.gif")


def test_evaluation_against_members_and_judged_pairs(pages: list[str], tmp_path: Path) -> None:
    members, pairs = tmp_path / "members.tsv", tmp_path / "pairs.tsv"
    members.write_text("key\tmembers\nsal\tsv.tsv:5 | nl.tsv:3\n", encoding="utf-8")
    assert json.loads(call("evaluate", str(members), *pages, "-f", "json").stdout)["total"]["right"] == 1
    pairs.write_text("entry_a\tentry_b\tjudgement\nsv-4\tnl-2\tsame\nsv-1\tnl-1\tdifferent\nsv-2\tnl-1\trelated\n")
    told = json.loads(call("evaluate", str(pairs), *pages, "-f", "json", "--ignore", str(members)).stdout)
    assert told["total"]["gold"] == 0, "the only link is ignored"
    other = tmp_path / "other.tsv"
    other.write_text("a\tb\n1\t2\n")
    with pytest.raises(InputError, match="no gold data"):
        call("evaluate", str(other), *pages)


TMX = """<?xml version="1.0"?><tmx version="1.4"><header/><body>
<tu><tuv xml:lang="sv-SE"><seg>blå<bpt i="1">x</bpt>vinge</seg></tuv><tuv xml:lang="pl"><seg>modraszek</seg></tuv></tu>
<tu><tuv xml:lang="sv"><seg>en mening som är alldeles för lång</seg></tuv>
<tuv xml:lang="pl"><seg>zdanie</seg></tuv></tu>
</body></tmx>"""
TBX = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xml:lang="en"><text><body><conceptEntry id="1">
<langSec xml:lang="sv"><termSec><term>räv</term></termSec></langSec>
<langSec xml:lang="pl"><termSec><term>lis</term></termSec><termSec><term>lisek</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><entry><form><orth>hund</orth></form>
<sense><cit type="trans"><quote>dog</quote></cit><cit type="trans"><quote>hound</quote></cit></sense>
</entry></body></text></TEI>"""
HEAD = 'msgid ""\nmsgstr ""\n"Language: sv\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PO = HEAD + '\nmsgid "_File"\nmsgstr "_Arkiv"\n'
CASES = {
    "m.tmx": (TMX, "", (("sv", "blåxvinge"), ("pl", "modraszek"))),
    "b.tbx": (TBX, "", (("sv", "räv"), ("pl", "lis"), ("pl", "lisek"))),
    "swe-eng.tei": (TEI, "", (("sv", "hund"), ("en", "dog"))),
    "x.po": (PO, "", (("en", "File"), ("sv", "Arkiv"))),
    "t.csv": ("en,sv\nfox,räv|rävar\n", "", (("en", "fox"), ("sv", "räv"), ("sv", "rävar"))),
    "d.dict": ("katt /kat/ <n>\n  cat, kitty\n", "sv-en", (("sv", "katt"), ("en", "cat"))),
}


@pytest.mark.parametrize("name", CASES)
def test_bilingual_files_are_read(name: str, tmp_path: Path) -> None:
    content, languages, first = CASES[name]
    rows = list(
        bilingual_rows(
            name, content.encode(), phrases=False, languages=tuple(languages.split("-")) if languages else ()
        )
    )
    assert set(rows[0]) == set(first)


def test_a_lexicon_is_added_used_listed_and_removed(pages: list[str], tmp_path: Path) -> None:
    assert local_lexicon() is None
    (tmp_path / "m.tmx").write_text(TMX, encoding="utf-8")
    told = call("lexicon", "add", str(tmp_path / "m.tmx"), "--licence", "CC0-1.0", "--name", "butterflies").stdout
    assert "butterflies: 1 rows in pl, sv, 1 left out" in told
    assert call("lexicon", "list").stdout.split("\t") == ["butterflies", "pl,sv", "1", "m.tmx", "CC0-1.0\n"]
    lexicon_here = local_lexicon()
    assert lexicon_here is not None
    assert lexicon_here.meanings(("blåxvinge",), "sv") == lexicon_here.meanings(("modraszek",), "pl")
    call("lexicon", "remove", "butterflies")
    assert list_lexicons() == ()
    with pytest.raises(UsageError, match="there are: none"):
        call("lexicon", "remove", "butterflies")


def test_a_packed_dictionary_is_read(pages: list[str], tmp_path: Path) -> None:
    (tmp_path / "d.dict.dz").write_bytes(gzip.compress(CASES["d.dict"][0].encode()))
    assert "2 rows" in call("lexicon", "add", str(tmp_path / "d.dict.dz"), "--languages", "sv-en").stdout


@pytest.mark.parametrize(
    ("name", "content", "options", "says"),
    [
        ("x.docx", "", (), "not a lexicon I can read"),
        ("x.tmx", "<tmx><body>", (), "well-formed"),
        ("x.tmx", "<tmx/>", (), "holds no pair"),
        ("x.csv", "a,b,c\n1,2,3\n", (), "name at least two languages"),
        ("x.dict", "a\n b\n", (), "name both"),
        ("x.dict", "a\n b\n", ("--languages", "sv"), "two languages"),
        ("x.tei", TEI, (), "name both"),
    ],
)
def test_files_that_are_no_lexicon_are_named(
    pages: list[str], tmp_path: Path, name: str, content: str, options: tuple[str, ...], says: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises((InputError, UsageError), match=says):
        call("lexicon", "add", str(tmp_path / name), *options)


def test_an_entity_is_not_expanded(tmp_path: Path) -> None:
    evil = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + TMX.split("?>", 1)[1].replace(
        "modraszek", "a&x;"
    )
    rows = list(bilingual_rows("evil.tmx", evil.encode(), phrases=False))
    assert ("pl", "a&x;") in rows[0]


def test_a_translation_memory_helps(pages: list[str], tmp_path: Path) -> None:
    (tmp_path / "m.tmx").write_text(TMX, encoding="utf-8")
    assert "concepts with two or more entries" in call("align", *pages, "--memory", str(tmp_path / "m.tmx")).stdout


def test_review_writes_both_tables(pages: list[str], tmp_path: Path) -> None:
    told = call("review", *pages, "-o", str(tmp_path / "out"), "--limit", "5", "-q").stdout.split()
    assert told == [str(tmp_path / "out.xlsx"), str(tmp_path / "out.tsv")]
    assert len((tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()) == 6
