"""The drivers in a real repository, called by git itself."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cctbx.model import ConceptEntry, LanguageSection, TermBase, TermSection
from cctbx.workflows.git import install, merge_driver, uninstall
from cctbx.workflows.termbases import read_termbase, write_termbase
from tests.support import program

PREFERRED, ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"


def base(*terms: TermSection, language: str = "sv") -> TermBase:
    section = LanguageSection(language=language, terms=terms or (TermSection(term="kund"),))
    customer, queue = (
        LanguageSection(language="en", terms=(TermSection(term=term),)) for term in ("customer", "queue")
    )
    return TermBase(
        concepts=(ConceptEntry(id="c1", languages=(customer, section)), ConceptEntry(id="c2", languages=(queue,)))
    )


class Repository:
    """A repository with one tracked term base."""

    def __init__(self, directory: Path, file: str) -> None:
        self.directory, self.file = directory, directory / file
        home = directory / ".home"
        home.mkdir(parents=True)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.environment = environment | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "xdg"),
                                          "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat"}  # fmt: skip
        self.git("init", "-q", "-b", "main")
        for name, value in (("user.name", "T"), ("user.email", "t@example.org"), ("core.autocrlf", "false")):
            self.git("config", name, value)
        (directory / ".git" / "info" / "exclude").write_text(".home\n")

    def git(self, *arguments: str, fine: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([program("git"), *arguments], cwd=self.directory, env=self.environment,
                              capture_output=True, text=True, encoding="utf-8", check=False)  # fmt: skip
        assert not fine or done.returncode == 0, done.stderr
        return done

    def commit(self, termbase: TermBase, message: str) -> None:
        write_termbase(termbase, self.file)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branch(self, name: str, termbase: TermBase) -> None:
        self.git("checkout", "-q", "-b", name, "main")
        self.commit(termbase, name)

    def merge_branches(self, ours: TermBase, theirs: TermBase) -> subprocess.CompletedProcess[str]:
        self.branch("theirs", theirs)
        self.branch("ours", ours)
        return self.git("merge", "-q", "-m", "together", "theirs", fine=False)


FILES = ("terms.tbx", "terms.v2.tbx", "terms.jsonl", "terms.csv", "my terms.terms.csv", "glossary.sv.po")


@pytest.fixture(params=FILES)
def repository(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "work", request.param)
    monkeypatch.setattr(shutil, "which", _without_cctbx(shutil.which))  # the drivers run this interpreter
    made.commit(base(), "one concept")
    install(made.directory)
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "drivers")
    return made


def _without_cctbx(which: object):  # type: ignore[no-untyped-def]
    return lambda name, *rest, **more: None if name == "cctbx" else which(name, *rest, **more)  # type: ignore[operator]


def terms(repository: Repository) -> dict[str, str | None]:
    found = read_termbase(repository.file).concepts[0].terms("sv")
    return {str(term.term): term.administrative_status for _, term in found}


def test_synonyms_from_two_branches_merge(repository: Repository) -> None:
    kund = TermSection(term="kund")
    done = repository.merge_branches(base(kund, TermSection(term="klient")), base(kund, TermSection(term="köpare")))
    assert done.returncode == 0, done.stderr
    assert set(terms(repository)) == {"kund", "klient", "köpare"}
    assert repository.git("status", "--porcelain").stdout == ""


@pytest.mark.parametrize("repository", [file for file in FILES if not file.endswith(".po")], indirect=True)
def test_contradicting_preferred_terms_conflict_and_name_both(repository: Repository) -> None:
    def preferring(name: str) -> TermBase:
        return base(
            *(TermSection(term=each, administrative_status=PREFERRED if each == name else ADMITTED)
              for each in ("kund", "klient", "köpare"))
        )  # fmt: skip

    repository.git("checkout", "-q", "main")
    repository.commit(preferring("kund"), "three terms")
    refused(repository, repository.merge_branches(preferring("klient"), preferring("köpare")))
    assert terms(repository) == {"kund": PREFERRED, "klient": ADMITTED, "köpare": ADMITTED}


def test_the_only_term_replaced_twice_is_a_conflict_too(repository: Repository) -> None:
    refused(repository, repository.merge_branches(base(TermSection(term="klient")), base(TermSection(term="köpare"))))
    assert terms(repository) == {"kund": None}


def refused(repository: Repository, done: subprocess.CompletedProcess[str]) -> None:
    """The merge stopped, git marked the file, the message and the file name both terms."""
    assert done.returncode == 1
    told = done.stdout + done.stderr
    assert "preferred term" in told
    assert "“klient”" in told
    assert "“köpare”" in told
    assert "c1" in told
    assert repository.git("diff", "--name-only", "--diff-filter=U").stdout.strip().strip('"') == repository.file.name
    concept = read_termbase(repository.file).concepts[0]
    notes = [*concept.notes, *(each for _, one in concept.terms() for each in one.notes)]
    assert any("klient" in each.text and "köpare" in each.text for each in notes)


def test_diff_shows_words_and_no_markup(repository: Repository) -> None:
    write_termbase(base(TermSection(term="kund"), TermSection(term="<köpare> & co")), repository.file)
    shown = repository.git("diff").stdout
    changed = [line for line in shown.splitlines() if line.startswith(("+", "-")) and line[:3] not in ("+++", "---")]
    assert changed == ["+    “<köpare> & co”"]


def test_the_heading_of_a_stretch_says_language_and_concept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository(tmp_path / "work", "terms.tbx")
    monkeypatch.setattr(shutil, "which", _without_cctbx(shutil.which))
    words = [TermSection(term=f"kund {number}") for number in range(9)]
    made.commit(base(*words), "many")
    install(made.directory)
    write_termbase(base(*words[:-1], TermSection(term="köpare")), made.file)
    headings = [line.split("@@ ")[-1] for line in made.git("diff").stdout.splitlines() if line.startswith("@@")]
    assert headings == ["sv (c1)"]


def test_git_finds_us_whatever_environment_is_active(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By name only where the name holds everywhere; and never with modules that lie about in the repository."""
    inside, everywhere = tmp_path / "my venv" / "bin" / "cctbx", tmp_path / "bin" / "cctbx"
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "my venv"))
    found = {inside: f"'{inside}' git textconv", everywhere: "cctbx git textconv",
             None: f"{shlex.quote(sys.executable)} -P -m cctbx git textconv"}  # fmt: skip
    for number, (place, wanted) in enumerate(found.items()):
        made = Repository(tmp_path / f"work{number}", "terms.tbx")
        with monkeypatch.context() as patched:
            patched.setattr(shutil, "which", lambda name, place=place: str(place) if place else None)
            done = install(made.directory)
        assert dict(done.configuration)["diff.cctbx.textconv"] == wanted


def test_uninstall_leaves_no_trace(tmp_path: Path) -> None:
    for before in (None, "", "*.png binary\n", "*.png binary", "*.png binary\r\n*.txt text\r\n"):
        made = Repository(tmp_path / f"work{before!r}".replace("*", "").replace("\\", ""), "terms.tbx")
        attributes, config = made.directory / ".gitattributes", made.directory / ".git" / "config"
        if before is not None:
            attributes.write_bytes(before.encode())
        written = config.read_bytes()
        install(made.directory, patterns=["glossary/*.csv"])
        install(made.directory)
        assert "diff=cctbx merge=cctbx" in attributes.read_text()
        assert config.read_bytes() != written
        uninstall(made.directory)
        assert config.read_bytes() == written
        assert (attributes.read_bytes().decode() if attributes.exists() else None) == before


def test_uninstall_keeps_what_others_wrote_since(tmp_path: Path) -> None:
    made = Repository(tmp_path / "work", "terms.tbx")
    attributes = made.directory / ".gitattributes"
    attributes.write_text("*.png binary")
    install(made.directory)
    attributes.write_text(attributes.read_text() + "*.txt text\n")
    uninstall(made.directory)
    assert attributes.read_text() == "*.png binary\n*.txt text\n"


def test_uninstall_leaves_no_trace_of_a_global_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program("git")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    for present in (False, True):
        home = tmp_path / f"home-{present}"
        (home / ".config").mkdir(parents=True)
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
        if present:
            (home / ".gitconfig").write_text("[user]\n\tname = T\n")
            (home / ".config" / "git").mkdir()
            (home / ".config" / "git" / "attributes").write_text("*.png binary\n")
        before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
        done = install(tmp_path, everywhere=True)
        assert done.patterns == ("*.tbx",)
        assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} != before
        uninstall(tmp_path, everywhere=True)
        assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("there", [(), (".config",), (".config", ".config/git")])
def test_uninstall_takes_back_folders_it_made_and_no_others(
    there: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("git")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    home = tmp_path / "home"
    for each in ("", *there):
        (home / each).mkdir()
    monkeypatch.setenv("HOME", str(home))
    for _ in range(2):  # a second time, the folders are there
        install(tmp_path, everywhere=True)
    assert (home / ".config" / "git" / "attributes").exists()
    uninstall(tmp_path, everywhere=True)
    assert sorted(str(path.relative_to(home)) for path in home.rglob("*")) == sorted(there)


def test_uninstall_keeps_a_folder_that_others_use_since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program("git")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    install(tmp_path, everywhere=True)
    ignored = tmp_path / "xdg" / "git" / "ignore"
    ignored.write_text("*.bak\n")
    uninstall(tmp_path, everywhere=True)
    assert ignored.exists()
    assert not ignored.with_name("attributes").exists()


def test_a_file_that_is_no_term_base_is_merged_by_lines(tmp_path: Path) -> None:
    for name, text in (("base", "1\n2\n3\n"), ("ours", "0\n1\n2\n3\n"), ("theirs", "1\n2\n3\n4\n")):
        (tmp_path / name).write_text(text)
    arguments = ["git", "merge-driver", *(str(tmp_path / name) for name in ("base", "ours", "theirs")), "list.csv"]
    done = subprocess.run([sys.executable, "-m", "cctbx", *arguments], check=False)
    assert done.returncode == 0
    assert (tmp_path / "ours").read_text() == "0\n1\n2\n3\n4\n"


def test_a_fault_of_ours_loses_nothing_of_theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git keeps `ours` where a driver fails, and says "conflict": there must be one to see."""
    before, ours, theirs = (tmp_path / name for name in ("base", "ours", "theirs"))
    for side, term in ((before, "kund"), (ours, "klient"), (theirs, "köpare")):
        side.write_text(f"<term>{term}</term>\n", encoding="utf-8")

    def faulty(*arguments: object) -> None:
        raise KeyError("a fault")

    monkeypatch.setattr("cctbx.workflows.git.merge_files", faulty)
    with pytest.raises(KeyError):
        merge_driver(before, ours, theirs, "terms.tbx")
    text = ours.read_text(encoding="utf-8")
    assert "<<<<<<<" in text
    assert "klient" in text and "köpare" in text


@pytest.mark.parametrize("name", ["new.tbx", "new.jsonl", "new.csv"])
def test_a_file_that_both_branches_added(name: str, tmp_path: Path) -> None:
    empty, ours, theirs = (tmp_path / side for side in ("base", "ours", "theirs"))
    empty.write_bytes(b"")
    for side, term in ((ours, "klient"), (theirs, "köpare")):
        write_termbase(base(TermSection(term="kund"), TermSection(term=term)), tmp_path / name)
        (tmp_path / name).rename(side)
    fine, findings = merge_driver(empty, ours, theirs, name)
    assert fine, findings
    ours.rename(tmp_path / name)
    found = read_termbase(tmp_path / name).concepts[0].terms("sv")
    assert {str(term.term) for _, term in found} == {"kund", "klient", "köpare"}
