"""The main job: what it writes, that it writes the same every time, and that it keeps what it promises."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cctbx.workflows.build import Built, build, differences, write_build
from cctbx.workflows.project import load_project
from tests.support import ROOT, SEEDS, program, shared_path


@pytest.fixture(scope="module")
def built() -> Built:
    return build(load_project(SEEDS / "sources.toml"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return tmp_path / "seeds"


def test_the_committed_exports_are_what_the_code_makes(built: Built) -> None:
    assert differences(built, ROOT / "exports") == ()


def test_two_runs_two_hash_seeds_two_input_orders_give_the_same_bytes(built: Built, copy: Path) -> None:
    project = copy / "sources.toml"
    head, *tables = project.read_text(encoding="utf-8").split("[[source]]")
    project.write_text(head + "".join(f"[[source]]{each}\n" for each in reversed(tables)), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "cctbx", "build", project, "--quiet"], check=True,
        env={**os.environ, "PYTHONHASHSEED": "12345", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    made = {path.relative_to(copy.parent / "exports").as_posix(): path.read_bytes()
            for path in (copy.parent / "exports").rglob("*") if path.is_file()}  # fmt: skip
    assert made == built.contents


def test_every_file_of_the_issue_is_there(built: Built) -> None:
    languages = ("nb", "nl", "pl", "sv")
    pairs = [(one, other) for one in languages for other in languages if one != other]
    wanted = {"contact-centre.tbx", "contact-centre.dca.tbx", "contact-centre.v2.tbx", "contact-centre.csv",
              "terms.csv", "contact-centre.jsonl", "report.md", "MANIFEST.json"}  # fmt: skip
    wanted |= {f"po/{language}.po" for language in languages} | {f"po/{one}-{other}.po" for one, other in pairs}
    wanted |= {f"omegat/contact-centre.{one}-{other}.{ending}" for one, other in pairs for ending in ("tbx", "utf8")}
    assert wanted <= set(built.contents)


def test_the_manifest_lists_every_other_file_with_its_checksum(built: Built) -> None:
    manifest = json.loads(built.contents["MANIFEST.json"])
    listed = {each["file"]: each["sha256"] for each in manifest["files"]}
    made = {name: hashlib.sha256(content).hexdigest() for name, content in built.contents.items()}
    del made["MANIFEST.json"]
    assert listed == made


def test_nothing_in_the_build_is_an_error(built: Built) -> None:
    assert [each for each in built.findings if each.severity == "error"] == []


def test_every_concept_has_an_english_section_and_one_preferred_designation_per_language(built: Built) -> None:
    for concept in built.termbase.concepts:
        assert concept.language("en"), concept.id
        for section in concept.languages:
            statuses = [term.administrative_status for term in section.terms]
            assert statuses.count("preferredTerm-admn-sts") == 1, (concept.id, section.language)


def test_every_source_entry_is_in_exactly_one_concept(built: Built) -> None:
    members = [member for concept in built.alignment.concepts for member in concept.members]
    entries = [entry.id for page in built.pages for entry in page.entries]
    assert sorted(members) == sorted(entries)


@pytest.mark.parametrize(
    ("file", "schemas"),
    [
        ("contact-centre.tbx", ("schemas/tbx-basic-dct.rng", "schemas/tbx-v3-core.rng")),
        ("contact-centre.dca.tbx", ("schemas/tbx-basic-dca.rng", "schemas/tbx-v3-core.rng")),
        ("contact-centre.v2.tbx", ("schemas/tbx-v2-basic.rng", "schemas/tbx-v2-structure.rng")),
    ],
)
def test_tbx_exports_are_valid_by_our_schemas(built: Built, file: str, schemas: tuple[str, ...]) -> None:
    from lxml import etree

    document = etree.fromstring(built.contents[file])
    for schema in schemas:
        grammar = etree.RelaxNG(etree.parse(ROOT / schema))
        assert grammar.validate(document), (schema, grammar.error_log)


@pytest.mark.client
@pytest.mark.parametrize(
    ("file", "schemas"),
    [
        ("contact-centre.tbx", ("v3/core/TBXcoreStructV03.rng", "v3/local-nvdl/TBX-Basic.nvdl")),
        ("contact-centre.dca.tbx", ("v3/core/TBXcoreStructV03.rng", "v3/basic/TBX-Basic_DCA.sch")),
        ("contact-centre.v2.tbx", ("v2/TBXBasicRNGV02.rng", "v2/derived/TBX-Basic_from_xcs_any_language.rng")),
    ],
)
def test_tbx_exports_are_valid_by_the_public_schemas(
    built: Built, tmp_path: Path, file: str, schemas: tuple[str, ...]
) -> None:
    jing = program("jing")
    place = tmp_path / file
    place.write_bytes(built.contents[file])
    for schema in schemas:
        path = shared_path(f"conformance/tbx/schemas/{schema}")
        done = subprocess.run([jing, path, place], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{schema}: {done.stdout}"


@pytest.mark.client
def test_msgfmt_accepts_every_po_without_a_warning(built: Built, tmp_path: Path) -> None:
    msgfmt = program("msgfmt")
    for name, content in built.contents.items():
        if name.endswith(".po"):
            done = subprocess.run(
                [msgfmt, "-c", "-o", "/dev/null", "-"], input=content, capture_output=True, check=False
            )
            assert (done.returncode, done.stderr) == (0, b""), name


def test_polib_and_translate_toolkit_read_the_same_number_of_units(built: Built) -> None:
    import polib
    from translate.storage.po import pofile

    for name, content in built.contents.items():
        if name.endswith(".po"):
            ours = polib.pofile(content.decode("utf-8"))
            theirs = pofile.parsestring(content)
            assert len(ours) == sum(not unit.isheader() for unit in theirs.units) > 0, name


def test_check_tells_what_is_not_up_to_date(built: Built, tmp_path: Path) -> None:
    write_build(built, tmp_path)
    assert differences(built, tmp_path) == ()
    (tmp_path / "terms.csv").write_bytes(b"")
    (tmp_path / "report.md").unlink()
    (tmp_path / "old.tbx").write_bytes(b"")
    assert differences(built, tmp_path) == ("extra: old.tbx", "missing: report.md", "changed: terms.csv")


def test_a_changed_page_is_reported_and_ids_stay(built: Built, copy: Path) -> None:
    page = copy / "kundeserviceavisen.nb.txt"
    page.write_bytes(page.read_bytes().replace(b"Kvartal:", b"Kvartalet:"))
    again = build(load_project(copy / "sources.toml"))
    assert "PRJ001" in {each.code for each in again.findings}
    assert set(again.ids) == set(built.ids)
