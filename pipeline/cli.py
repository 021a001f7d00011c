"""The command `sohoa`. Each command is a few lines: what it does is elsewhere, and imported when it is called."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.errors import SohoaError

__all__ = ["app", "main"]

Form = Literal["table", "csv", "json"]
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
    sources: Annotated[
        list[str], typer.Argument(help="Text, hOCR or ALTO files, folders of them, - for standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder for the results. Without it one file goes to standard output."),
    ] = None,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Leave changes that are less likely right than this.")
    ] = 0.0,
    show_edits: Annotated[bool, typer.Option("--show-edits", help="Tell each word changed or left in doubt.")] = False,
    edits: Annotated[Path | None, typer.Option(help="Write them to this file, tab-separated.")] = None,
    encoding: Annotated[
        str | None,
        typer.Option(help="Of the sources: utf-8, utf-16, tcvn3, vni, windows-1258 ...; default: what they show."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes at work; default: one a core for much text.")
    ] = None,
) -> None:
    """Give lost Vietnamese marks and letters back, everything else kept."""
    from pipeline.restoring import Options, restore_all

    options = Options(encoding=encoding, min_score=min_score, show=show_edits, edits=edits, workers=workers)
    raise typer.Exit(restore_all(sources, output, options))


@app.command()
def export(
    target: Annotated[str | None, typer.Argument(help="Folder, file or database; default: under OUTPUT.")] = None,
    to: Annotated[str, typer.Option(help="The form; `sohoa export --to list` names them.")] = "csv",
    where: Annotated[str | None, typer.Option(help="Which documents: a condition in SQL on their columns.")] = None,
    output: Output = Path("outputs"),
) -> None:
    """Write the dataset in the form that another program wants."""
    from pipeline.exporting import export_to

    export_to(to, target, output, where)


@app.command()
def view(
    document: Annotated[str, typer.Argument(help="Id or its beginning, code (74/KH-UBND), or file name.")],
    target: Annotated[Path | None, typer.Argument(help="File to write; default: OUTPUT/views/ID.html.")] = None,
    output: Output = Path("outputs"),
) -> None:
    """Write one document as a page to look at: the scan beside what was found in it."""
    from pipeline.viewing import view_document

    view_document(document, output, target)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(metavar="QUESTION", help="A saved question, or SQL.")] = None,
    given: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Its parameters.")] = None,
    output: Output = Path("outputs"),
    form: Annotated[Form, typer.Option("--format", help="How the answer is written.")] = "table",
) -> None:
    """Ask the dataset; without a question, list the saved ones."""
    from pipeline.querying import answer, list_questions

    if name is None:
        list_questions()
    else:
        answer(name, given or (), output, form)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="Dataset, or the folder it is in.")],
    new: Annotated[Path, typer.Argument(help="The same, of a later run.")],
    form: Annotated[Form, typer.Option("--format", help="How the answer is written.")] = "table",
) -> None:
    """Tell what changed between two datasets: documents, tasks, who, when, bodies."""
    from pipeline.querying import difference

    difference(old, new, form)


@app.command()
def correct(
    table: Annotated[str, typer.Argument(help="Table of the value: documents, sections, tasks, dates ...")],
    row: Annotated[str, typer.Argument(help="Key of its row, as the dataset has it.")],
    column: Annotated[str, typer.Argument(help="Its column.")],
    value: Annotated[str | None, typer.Argument(help="What is right; nothing: the paper does not tell it.")] = None,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    who: Annotated[str | None, typer.Option(help="By whom; default: your name on this machine.")] = None,
    output: Output = Path("outputs"),
) -> None:
    """Put a value right, now and after every later run; what was read stays on record."""
    from pipeline.correcting import correct_value

    correct_value(table, row, column, value, note=note, who=who, output=output)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words, marks or not: khen thuong, "khen thuong", thuong*.')],
    output: Output = Path("outputs"),
    most: Annotated[int, typer.Option(min=1, help="Print no more.")] = 20,
    form: Annotated[Form, typer.Option("--format", help="How the answer is written.")] = "table",
) -> None:
    """Find blocks of text by their words, marks and letter case aside."""
    from pipeline.querying import search as searching

    searching(words, output, most=most, form=form)


@app.command()
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Folders with gold.txt, gold.json and scan.pdf or source.txt.")],
    output: Output = Path("outputs"),
    text: Annotated[Path | None, typer.Option(help="Measure this text instead, of any program.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed (-) and said in vain (+).")] = False,
    json: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.")] = None,
) -> None:
    """Measure digitised documents against what they truly say."""
    from pipeline.evaluating import evaluate_all

    raise typer.Exit(evaluate_all(gold, output, text=text, misses=misses, json_to=json))


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and what to do about it."""
    from pipeline.doctor import examine

    raise typer.Exit(examine())


def main() -> None:
    """Run the command; a mistake of the user is answered in one line.

    Exit code 0 when all went well, 1 when something failed, 2 for a wrong call, 130 after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still shows the rest
    try:
        sys.exit(app(standalone_mode=False))
    except SohoaError as error:
        typer.echo(f"sohoa: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        what = f"{error.filename or 'standard output'} cannot be used ({error.strerror})"
        typer.echo(f"sohoa: {what}: see that there are space and permission", err=True)
        sys.exit(1)
    except typer.TyperException as error:
        if problem := error.format_message().strip().rstrip("."):  # none where the help was shown
            typer.echo(f"sohoa: {' '.join(problem.split())}: see `sohoa --help`", err=True)
        sys.exit(error.exit_code)
