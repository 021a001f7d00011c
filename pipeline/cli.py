"""The command `sohoa`. Each command is a few lines: what it does is elsewhere, and imported when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import SohoaError

__all__ = ["app", "main"]

app = typer.Typer(
    name="sohoa",
    help="Scanned Vietnamese administrative documents as data you can query and trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Output = Annotated[Path, typer.Option("-o", "--output", help="Folder for results and the dataset.")]


@app.command()
def digitise(
    sources: Annotated[list[Path], typer.Argument(help="PDFs, pictures, OCR text (.txt), or folders of them.")],
    output: Output = Path("outputs"),
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; default: one a core.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Digitise again what is done already.")] = False,
) -> None:
    """Digitise documents into OUTPUT/dataset.sqlite. Running it again skips what is done."""
    from pipeline.progress import digitise_all

    raise typer.Exit(digitise_all(sources, output, workers=workers, force=force))


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="Id or its beginning, code (74/KH-UBND), or file name.")],
    output: Output = Path("outputs"),
) -> None:
    """Show one digitised document as a person would read it."""
    from pipeline.show import show_document

    show_document(document, output)


@app.command()
def restore(
    file: Annotated[str, typer.Argument(help="Text file, or - for standard input.")],
) -> None:
    """Give lost Vietnamese marks and letters back: text in, text out."""
    from pipeline.restoring import restored_text

    typer.echo(restored_text(file), nl=False)


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and what to do about it."""
    from pipeline.doctor import examine

    raise typer.Exit(examine())


def main() -> None:
    """Run the command; a mistake of the user is answered in one line. Exit code 1 then, 130 after Ctrl-C."""
    try:
        app()
    except SohoaError as error:
        typer.echo(f"sohoa: {error}", err=True)
        sys.exit(1)
