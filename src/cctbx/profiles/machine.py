"""Profiles of machine translation services: two columns, one target for a source, each source once."""

from __future__ import annotations

from cctbx.profiles.contract import Forbidden, Output, Per, Profile, Rule
from cctbx.profiles.layouts import Column, Each, Layout, Role, Row, Rows, keeps_of
from cctbx.profiles.rules import no_longer_than, one_source, one_target, with_source, without_controls
from cctbx.profiles.tabular import rows_apart

__all__ = ["MACHINE"]

_APART = (Forbidden.EXCLUDE, Forbidden.SEPARATE)


def _term(row: Row, tag: str) -> str:
    return row.term(tag)


_TERMS = (Column(head="{tag}", value=_term, each=Each.LANGUAGE, role=Role.TERM),)
_TABS = Layout(rows=Rows.PAIR, columns=_TERMS, delimiter="\t", heads=False, mark=False, quoted=False)
_HEADED = Layout(rows=Rows.PAIR, columns=_TERMS, mark=False)
_SET = Layout(rows=Rows.SOURCE, columns=_TERMS, mark=False)


def _pairs(file: str, layout: Layout, *rules: Rule, per: Per = Per.PAIR) -> Output:
    return Output(
        file=file, layout=layout, per=per, keeps=keeps_of(layout),
        rules=(without_controls, *rules, with_source, one_target),
        last=(one_source, rows_apart),
    )  # fmt: skip


_SERVICES = (
    ("deepl", "DeepL glossaries", "each text at most 1024 bytes",
     (_pairs("{source}-{target}.tsv", _TABS, no_longer_than(1024, "utf-8")),)),
    ("google", "Google Cloud Translation", "also all languages as an equivalent term set",
     (_pairs("{source}-{target}.tsv", _TABS), _pairs("{name}.csv", _SET, per=Per.BASE))),
    ("aws", "Amazon Translate, custom terminology", "CSV with language codes as heads, each text at most 200 bytes",
     (_pairs("{source}-{target}.csv", _HEADED, no_longer_than(200, "utf-8")),)),
    ("azure", "Azure document translation", "tab-separated, no head", (_pairs("{source}-{target}.tsv", _TABS),)),
)  # fmt: skip

MACHINE: tuple[Profile, ...] = tuple(
    Profile(
        name=name, title=title, verified="vendor's documentation", forbidden=_APART, outputs=outputs,
        rules_told=f"one target per source, each source once; {told}",
    )
    for name, title, told, outputs in _SERVICES
)  # fmt: skip
