"""OmegaT translates a document of terms with our TMX alone (console-translate, `tm/auto`)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.clients import account
from tests.clients.conftest import Case
from tests.clients.test_omegat import JAR
from tests.support import program

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
"""


def translated(place: Path, tmx: Path, source: str, target: str, lines: list[str]) -> list[str]:
    """What OmegaT makes of a text file with one term a line, an empty line between them."""
    for folder in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (place / folder).mkdir(parents=True, exist_ok=True)
    settings = PROJECT.format(source=source.upper(), target=target.upper())
    (place / "omegat.project").write_text(settings, encoding="utf-8")
    (place / "source" / "terms.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8-sig")
    (place / "tm" / "auto" / tmx.name).write_bytes(tmx.read_bytes())
    command = [program("java"), "-Djava.awt.headless=true", f"-Duser.home={place}", "-Dfile.encoding=UTF-8",
               "-jar", str(JAR), str(place), "--mode=console-translate", "--quiet"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=False, timeout=300, cwd=place)
    assert done.returncode == 0, done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:]
    made = (place / "target" / "terms.txt").read_text(encoding="utf-8-sig")
    return made.rstrip("\n").split("\n\n")


@pytest.mark.client
@pytest.mark.parametrize(("source", "target"), [("en", "sv"), ("en", "pl"), ("sv", "nl"), ("nb", "en")])
def test_every_term_is_translated(case: Case, source: str, target: str, tmp_path: Path) -> None:
    program("omegat")
    place, _ = case.export("tmx", source, (target,))
    tmx = place / f"{case.name}.{source}-{target}.tmx"
    announced = case.announced(place, tmx.name)
    wanted: dict[str, set[str]] = {}
    for one, other in account.pairs(case.termbase, source, target, announced):
        wanted.setdefault(one, set()).add(other)
    lines = sorted(each for each in wanted if any(letter.isalpha() for letter in each))
    made = translated(tmp_path, tmx, source, target, lines)
    assert len(made) == len(lines)
    missing = {one: other for one, other in zip(lines, made, strict=True) if other not in wanted[one]}
    assert not missing
