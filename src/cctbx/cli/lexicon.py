"""`cctbx lexicon`: the user's own bilingual lexicons."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["app"]

HELP = """Bilingual lexicons of your own, for `cctbx align`.

Example: cctbx lexicon add dictionary.tmx
"""

app = typer.Typer(no_args_is_help=True, help=HELP)


@app.command("add")
def add(
    file: Annotated[str, typer.Argument(metavar="FILE", help="TMX, TBX, PO, CSV/TSV, FreeDict TEI or DICT text.")],
    licence: Annotated[str, typer.Option("--licence", help="What its owner allows; kept beside it.")] = "not stated",
    name: Annotated[str | None, typer.Option("--name", help="Its name in the cache; default: the file's.")] = None,
    origin: Annotated[
        str | None, typer.Option("--origin", help="Where it comes from; default: the file's name.")
    ] = None,
    languages: Annotated[
        str | None, typer.Option("--languages", metavar="LL-LL", help="Where the file does not say.")
    ] = None,
) -> None:
    """Compile a dictionary, term base or translation memory into the local cache.

    Example: cctbx lexicon add swe-eng.tei --languages sv-en --licence GPL-3.0-or-later
    """
    from cctbx.workflows.lexicon import add_lexicon

    made = add_lexicon(file, licence=licence, name=name, origin=origin, languages=languages)
    left = f", {made.left_out} left out (doubles, or longer than four words)" if made.left_out else ""
    typer.echo(f"{made.name}: {made.rows} rows in {', '.join(made.languages)}{left}")


@app.command("list")
def show() -> None:
    """The lexicons of the local cache with languages, rows, origin and licence.

    Example: cctbx lexicon list
    """
    from cctbx.workflows.lexicon import list_lexicons

    for each in list_lexicons():
        typer.echo("\t".join((each.name, ",".join(each.languages), str(each.rows), each.origin, each.licence)))


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="As `cctbx lexicon list` shows it.")]) -> None:
    """Take a lexicon out of the local cache.

    Example: cctbx lexicon remove swe-eng
    """
    from cctbx.workflows.lexicon import remove_lexicon

    remove_lexicon(name)
