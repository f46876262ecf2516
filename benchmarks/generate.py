"""Writes a synthetic TBX-Basic file of any size: N concepts in five languages, about 2.9 KB a concept.

    python benchmarks/generate.py 100000 out.tbx [--edition dct|dca|v2|tmx] [--irregular]

All entries have one of two outlines. `--irregular` leaves out one optional statement in four and one language section
in eight, here and there: hardly two entries in a thousand have the same outline, as in a term base grown by hand. The
content is derived from the concept's number alone, so two runs write the same bytes. It uses string templates and
nothing of the product, so that a benchmark measures the product and not its own reflection.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "sv", "pl")
STEMS = {
    "en": ("call routing", "service level", "contact centre", "speech analytics", "queue & hold time"),
    "de": ("Anrufweiterleitung", "Servicegrad", "Kontaktzentrum", "Sprachanalyse", "Warteschleife & Haltezeit"),
    "fr": ("acheminement d'appels", "niveau de service", "centre de contact", "analyse vocale", "file d'attente"),
    "sv": ("samtalsdirigering", "servicenivå", "kontaktcenter", "talanalys", "kö & väntetid"),
    "pl": ("kierowanie połączeń", "poziom usług", "centrum kontaktowe", "analiza mowy", "kolejka i czas oczekiwania"),
}
STATUSES = ("preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts")

HEADS = {
    "dct": '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
    'xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">',
    "dca": '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">',
    "v2": '<martif type="TBX-Basic" xml:lang="en">',
}
NAMES = {
    "dct": ("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"),
    "dca": ("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec"),
    "v2": ("martif", "martifHeader", "termEntry", "langSet", "tig"),
}
META = {
    "min:subjectField": "descrip", "basic:definition": "descrip", "basic:source": "admin", "basic:context": "descrip",
    "min:partOfSpeech": "termNote", "min:administrativeStatus": "termNote", "basic:termType": "termNote",
    "basic:transactionType": "transac", "basic:responsibility": "transacNote",
}  # fmt: skip


def leaves_out(irregular: bool, *of: object, one_in: int) -> bool:
    """Whether something optional is missing here: one time in so many, by a hash of what and where.

    A CRC would not do: it is linear, so that what is missing in one place tells what is missing in the next.
    """
    return irregular and hashlib.blake2b(repr(of).encode(), digest_size=8).digest()[0] % one_in == 0


class Edition:
    """How one edition spells a statement of a data category; `irregular`: with statements missing here and there."""

    def __init__(self, name: str, irregular: bool = False) -> None:
        self.name, self.irregular = name, irregular
        self.root, self.header, self.entry, self.language, self.term = NAMES[name]

    def say(self, category: str, text: str) -> str:
        if self.name == "dct":
            return f"<{category}>{text}</{category}>"
        meta = META[category]
        return f'<{meta} type="{category.split(":")[1]}">{text}</{meta}>'


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def term(edition: Edition, language: str, number: int, position: int) -> str:
    stem = escaped(STEMS[language][(number + position) % 5])
    lines = [f"          <term>{stem} {number}{'' if position == 0 else ' bis'}</term>"]
    missing = [leaves_out(edition.irregular, number, language, position, each, one_in=4) for each in range(3)]
    if not missing[0]:
        lines.append("          " + edition.say("min:partOfSpeech", "noun"))
    if not missing[1]:
        lines.append("          " + edition.say("min:administrativeStatus", STATUSES[position]))
    if position == 0 and missing[2]:
        pass
    elif position == 0:
        context = f"In {language}, {stem} {number} is what the caller meets before an agent answers."
        source = edition.say("basic:source", f"manual {number % 97}, page {number % 311}")
        lines.append(f"          <descripGrp>\n            {edition.say('basic:context', context)}")
        lines.append(f"            {source}\n          </descripGrp>")
    else:
        lines[2:2] = () if missing[2] else ("          " + edition.say("basic:termType", "variant"),)
    name = edition.term
    return f"        <{name}>\n" + "\n".join(lines) + f"\n        </{name}>"


def section(edition: Edition, language: str, number: int) -> str:
    terms = [term(edition, language, number, position) for position in range(1 + (number + len(language)) % 2)]
    head = f'      <{edition.language} xml:lang="{language}">'
    definition = f"The {language} definition of concept {number}: a way to spread calls over {number % 7} agents."
    said = () if leaves_out(edition.irregular, number, language, one_in=4) else (
        "        " + edition.say("basic:definition", definition),)  # fmt: skip
    return "\n".join((head, *said, *terms, f"      </{edition.language}>"))


def concept(edition: Edition, number: int) -> str:
    said = edition.say
    lines = [
        f'    <{edition.entry} id="c{number}">',
        "      " + said("min:subjectField", "contact centre"),
        "      <transacGrp>\n        " + said("basic:transactionType", "origination"),
        f"        <date>20{number % 25:02}-0{1 + number % 9}-1{number % 10}</date>",
        "        " + said("basic:responsibility", f"Terminologist {number % 13}") + "\n      </transacGrp>",
    ]
    if edition.name == "v2":  # the order of a transacGrp is fixed in TBX-Basic of 2008
        lines[3], lines[4] = "        " + said("basic:responsibility", f"Terminologist {number % 13}"), lines[3]
        lines[4] += "\n      </transacGrp>"
    here = (each for each in LANGUAGES if not leaves_out(edition.irregular, number, each, "section", one_in=8))
    lines += [section(edition, language, number) for language in here]
    return "\n".join((*lines, f"    </{edition.entry}>\n"))


def unit(number: int) -> str:
    """The concept as a `tu` of TMX, with what translation tools keep: who made it when, properties, a note."""
    date = f"20{number % 25:02}0{1 + number % 9}1{number % 10}T1{number % 10}0000Z"
    lines = [
        f'    <tu tuid="c{number}" creationdate="{date}" creationid="Terminologist {number % 13}">',
        f"      <note>definition: The definition of concept {number}: to spread calls over {number % 7} agents.</note>",
        "      <note>subjectField: contact centre</note>",
    ]
    for language in LANGUAGES:
        for position in range(1 + (number + len(language)) % 2):
            stem = escaped(STEMS[language][(number + position) % 5])
            lines.append(f'      <tuv xml:lang="{language}" changedate="{date}">')
            lines.append('        <prop type="x-partOfSpeech">noun</prop>')
            context = f"In {language}, {stem} {number} is what the caller meets."
            lines.append(f'        <prop type="x-context">{context}</prop>')
            lines.append(f"        <seg>{stem} {number}{'' if position == 0 else ' bis'}</seg>\n      </tuv>")
    return "\n".join((*lines, "    </tu>\n"))


def memory(count: int) -> Iterator[str]:
    """A TMX file in pieces."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n  <header creationtool="x" srclang="en"'
    yield ' creationtoolversion="1" segtype="phrase" o-tmf="x" adminlang="en" datatype="plaintext"/>\n  <body>\n'
    yield from map(unit, range(1, count + 1))
    yield "  </body>\n</tmx>\n"


def document(count: int, name: str, irregular: bool = False) -> Iterator[str]:
    """The file in pieces; `name` is `dct`, `dca`, `v2` or `tmx` (which is always regular)."""
    if name == "tmx":
        yield from memory(count)
        return
    edition = Edition(name, irregular)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{HEADS[name]}\n  <{edition.header}>\n    <fileDesc>\n'
    yield f"      <sourceDesc>\n        <p>generated: {count} concepts</p>\n      </sourceDesc>\n"
    yield f"    </fileDesc>\n  </{edition.header}>\n"
    yield "  <text>\n  <body>\n"
    for number in range(1, count + 1):
        yield concept(edition, number)
    yield f"  </body>\n  </text>\n</{edition.root}>\n"


def generate(count: int, path: Path, name: str = "dct", irregular: bool = False) -> Path:
    """Writes the file and gives its path back."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(document(count, name, irregular))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("concepts", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--edition", choices=(*HEADS, "tmx"), default="dct")
    parser.add_argument("--irregular", action="store_true")
    arguments = parser.parse_args()
    generate(arguments.concepts, arguments.output, arguments.edition, arguments.irregular)


if __name__ == "__main__":
    main()
