"""The command line: parses, calls, prints.

Data goes to stdout; progress, logs and errors go to stderr. Whatever is heavy is imported
inside the command that needs it, so that help comes at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from summarise import __version__
from summarise.errors import PageError, RunError, UnreadablePage, UsageError

if TYPE_CHECKING:
    from summarise.records import Page
    from summarise.settings import Settings

Scorer = Literal["learned", "tfidf", "textrank", "lead"]
FailOn = Literal["never", "any", "all"]
Engine = Literal["local", "dask"]
PageFormat = Literal["md", "json", "html"]
TableFormat = Literal["table", "json"]
BlockName = Literal["why", "you"]

_RUN_FORMATS = ("md", "json", "csv")
_PIPE_WIDTH = 160

app = typer.Typer(
    help="Turn raw news pages into drafts of a news desk's house page, for editors to review.",
    epilog="Exit codes: 0 all pages drafted · 1 some pages failed · 2 wrong usage, settings or rules · "
    "3 the run itself could not go on · 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help comes in half the time
    context_settings={"help_option_names": ["-h", "--help"]},
)

rules = typer.Typer(
    help="Show and check the rules of the two blocks, and what they make of a page.", no_args_is_help=True
)
app.add_typer(rules, name="rules")

train = typer.Typer(help="Train the models that are made from articles with summaries.", no_args_is_help=True)
app.add_typer(train, name="train")

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="Settings file; without it, summarise.toml of this folder.", metavar="FILE"),
]
ScorerOption = Annotated[
    Scorer | None, typer.Option("--scorer", help="How sentences are scored; overrides the settings.")
]
LanguageOption = Annotated[bool, typer.Option("--any-language", help="Draft articles that are not in English too.")]
RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules", help="Folder of rules of your own, laid over the program's; overrides the settings.", metavar="DIR"
    ),
]
TableFormatOption = Annotated[TableFormat, typer.Option("--format", help="A table for reading, or JSON.")]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="A page; - reads it from stdin.", show_default=False)]


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"summarise {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that come before any command."""


@app.command(
    epilog="Examples:\n\n"
    "`summarise run data/raw` — every page of a folder into data/processed\n\n"
    "`summarise run page.html more/ -o /srv/desk --workers 4` — a page and a folder, four processes\n\n"
    "`summarise run data/raw --format md,json,csv --fail-on all` — a CSV table too; "
    "fail only if no page gave a draft"
)
def run(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Pages, and folders of pages.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.", metavar="FOLDER")] = Path(
        "data/processed"
    ),
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes that draft side by side; without it, one a core.", metavar="N"),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="Where they run: on this machine, or on a Dask cluster.")] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(help="A Dask scheduler; without it, --engine dask starts one here.", metavar="ADDRESS"),
    ] = None,
    formats: Annotated[str, typer.Option("--format", help="Any of md, json, csv; JSON is always written.")] = "md,json",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Draft unchanged pages again.")] = False,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Draft a story again that another page of the run told.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Take the first N pages only.", metavar="N")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 when any page failed, when all did, or never.")] = "any",
    scorer: ScorerOption = None,
    own_rules: RulesOption = None,
    config: ConfigOption = None,
    any_language: LanguageOption = False,
) -> None:
    """Draft many pages.

    Pages that have not changed since the last run are skipped. A page that gives no draft is
    listed in failures.jsonl with the reason, and the run goes on.
    """
    with _exit_codes():
        chosen = _formats(formats)
        settings = _settings(config, scorer, any_language, own_rules)
        if scheduler and engine != "dask":
            raise UsageError("--scheduler names a Dask scheduler: give --engine dask with it.")

        from rich.console import Console

        from summarise import batch
        from summarise.terminal import closing_table, reporter_for

        console = Console(stderr=True)
        report = batch.run(
            inputs,
            settings,
            out,
            workers=workers,
            engine=engine,
            scheduler=scheduler,
            formats=chosen,
            overwrite=overwrite,
            keep_duplicates=keep_duplicates,
            limit=limit,
            reporter=reporter_for(console),
        )
        console.print(closing_table(report))
        _note(f"The drafts are in {out / 'drafts'}, what failed in {out / 'failures.jsonl'}.")
        if report.state == "interrupted":
            _note("Interrupted: the same command goes on where this run stopped.")
        raise typer.Exit(report.exit_code(fail_on))


@app.command(
    epilog="Examples:\n\n"
    "`summarise page data/raw/page.html` — the draft as Markdown\n\n"
    "`curl -s https://example.org/news | summarise page - --format json` — from a pipe, as JSON"
)
def page(
    file: FileArgument,
    format: Annotated[PageFormat, typer.Option("--format", help="Form of the draft.")] = "md",
    scorer: ScorerOption = None,
    own_rules: RulesOption = None,
    config: ConfigOption = None,
    any_language: LanguageOption = False,
) -> None:
    """Draft one page and print the draft."""
    with _exit_codes():
        settings = _settings(config, scorer, any_language, own_rules)

        from summarise import rendering
        from summarise.pipeline import Summariser

        draft = Summariser(settings).draft(_read(file, settings))
        render = {"md": rendering.to_markdown, "json": rendering.to_json, "html": rendering.to_html}
        _print(render[format](draft))


@app.command(
    epilog="Examples:\n\n"
    "`summarise explain data/raw/page.html` — a table for reading\n\n"
    "`summarise explain data/raw/page.html > fates.tsv` — tab-separated when not on a terminal"
)
def explain(
    file: FileArgument,
    scorer: ScorerOption = None,
    own_rules: RulesOption = None,
    config: ConfigOption = None,
    any_language: LanguageOption = False,
) -> None:
    """Show every sentence of a page with its score, the score's parts, its fate and the reason."""
    with _exit_codes():
        settings = _settings(config, scorer, any_language, own_rules)

        from rich.console import Console

        from summarise.pipeline import Summariser
        from summarise.terminal import fates_table, fates_tsv

        fates = Summariser(settings).explain(_read(file, settings))
        console = Console()
        if console.is_terminal:
            console.print(fates_table(fates))
        else:
            _print(fates_tsv(fates))


@app.command(
    epilog="Examples:\n\n"
    "`summarise lint data/processed/drafts` — every draft of a folder\n\n"
    "`summarise lint data/processed/drafts/a-headline-0123abcd.json` — one draft"
)
def lint(
    drafts: Annotated[
        list[Path],
        typer.Argument(metavar="DRAFT", help="JSON drafts, and folders of them.", show_default=False),
    ],
) -> None:
    """Check drafts against the house style; exit with 1 if a draft has an error."""
    with _exit_codes():
        from summarise.house.style import lint as findings_of
        from summarise.rendering import plain
        from summarise.store import read_drafts

        errors = 0
        for path, draft in read_drafts(drafts):
            for found in findings_of(draft):
                errors += found.severity == "error"
                line = f"{path}: {found.where}: {found.severity}: {found.message} [{found.check}]"
                _print(plain(line) + "\n")
        raise typer.Exit(int(errors > 0))


@app.command(
    epilog="Examples:\n\n"
    "`summarise evaluate tests/corpus --html quality.html` — every metric, and a report with charts\n\n"
    "`summarise evaluate tests/corpus --gate` — fail when the drafts are below the floors of quality.toml\n\n"
    "`summarise evaluate rows.jsonl.gz --limit 200` — ways of choosing lines, on articles with summaries"
)
def evaluate(
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="CORPUS",
            help="A folder of cases, of editors' drafts or of pages, or a JSONL file of {article, summary}.",
            show_default=False,
        ),
    ],
    split: Annotated[Literal["", "dev", "gate"], typer.Option(help="Only the cases of one split.")] = "",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Take the first N cases, or rows of each outlet.", metavar="N")
    ] = None,
    lines: Annotated[int, typer.Option(min=1, help="Lines of a summary, for a JSONL file.")] = 3,
    gate: Annotated[bool, typer.Option("--gate", help="Hold the gate cases to the floors; exit 1 below one.")] = False,
    repin: Annotated[bool, typer.Option("--repin", help="Raise the floors to the present values.")] = False,
    allow_lower: Annotated[
        str | None, typer.Option("--allow-lower", help="With --repin: lower floors too, for this reason.")
    ] = None,
    quality: Annotated[Path, typer.Option(help="File of the floors.", metavar="FILE")] = Path("quality.toml"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    markdown: Annotated[Path | None, typer.Option(help="Write a Markdown report.", metavar="FILE")] = None,
    html: Annotated[Path | None, typer.Option(help="Write an HTML report with charts.", metavar="FILE")] = None,
    scorer: ScorerOption = None,
    config: ConfigOption = None,
) -> None:
    """Measure how good drafts are, and hold them to the floors of the quality gate."""
    with _exit_codes():
        settings = _settings(config, scorer, any_language=False)

        from summarise.evaluation import command

        request = command.Request(
            corpus, split, limit, lines, gate, repin, allow_lower, quality, as_json, markdown, html
        )
        answer = command.run(request, settings)
        _show(answer.data)
        _note("\n".join(answer.notes))
        raise typer.Exit(int(not answer.passed))


@rules.command(
    "list",
    epilog="Examples:\n\n"
    "`summarise rules list --block you` — the rules of one block\n\n"
    "`summarise rules list --rules desk-rules --format json` — with your own, for other programs",
)
def rules_list(
    block: Annotated[BlockName | None, typer.Option(help="Only the rules of one block.")] = None,
    format: TableFormatOption = "table",
    own_rules: RulesOption = None,
    config: ConfigOption = None,
) -> None:
    """Show the rules, the best first."""
    with _exit_codes():
        settings = _settings(config, None, False, own_rules)

        from summarise.house.blocks import house_rules
        from summarise.rendering import rules_json
        from summarise.terminal import rules_table

        found = [rule for rule in house_rules(settings.own_rules) if block in (None, rule.block)]
        _show(rules_json(found) if format == "json" else rules_table(found))


@rules.command(
    "check",
    epilog="Examples:\n\n"
    "`summarise rules check` — the program's rules\n\n"
    "`summarise rules check desk-rules` — the rules of a folder, laid over them",
)
def rules_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The same as --rules DIR.", show_default=False)
    ] = None,
    own_rules: RulesOption = None,
    config: ConfigOption = None,
) -> None:
    """Run the examples of every rule.

    Prints each example that does not hold, with file and line, and then exits with 1.
    """
    with _exit_codes():
        if folder and own_rules:
            raise UsageError(f"{folder} and --rules {own_rules} both name the folder of rules: give one of them")
        settings = _settings(config, None, False, folder or own_rules)

        from summarise.house.blocks import house_rules
        from summarise.house.rulebook import mistakes
        from summarise.language import Analyser
        from summarise.rendering import plain

        book = house_rules(settings.own_rules)
        analyser = Analyser(settings.language_model)
        found = [mistake for rule in book for mistake in mistakes(rule, analyser)]
        _print("".join(f"{plain(str(mistake))}\n" for mistake in found))
        _note(f"Rules: {len(book)}, examples: {sum(rule.examples for rule in book)}, mistakes: {len(found)}.")
        raise typer.Exit(int(bool(found)))


@rules.command(
    "explain",
    epilog="Examples:\n\n"
    "`summarise rules explain data/raw/page.html` — a table a block\n\n"
    "`summarise rules explain page.html --rules desk-rules --format json` — with your own, for other programs",
)
def rules_explain(
    file: FileArgument,
    format: TableFormatOption = "table",
    scorer: ScorerOption = None,
    own_rules: RulesOption = None,
    config: ConfigOption = None,
    any_language: LanguageOption = False,
) -> None:
    """Show what every rule made of a page.

    The sentences of each block with their evidence, then those that other rules could have
    written and why they were not taken, then the rules that are silent and why.
    """
    with _exit_codes():
        settings = _settings(config, scorer, any_language, own_rules)

        from summarise.pipeline import Summariser
        from summarise.rendering import rule_fates_json
        from summarise.terminal import rule_fates_tables

        fates = Summariser(settings).explain_rules(_read(file, settings))
        _show(rule_fates_json(fates) if format == "json" else rule_fates_tables(fates))


@train.command(
    "salience",
    epilog="Example:\n\n"
    "`summarise train salience cnndm.train.jsonl.gz --background bbc.jsonl.gz` — in about four minutes",
)
def train_salience(
    rows: Annotated[
        Path,
        typer.Argument(metavar="ROWS", help="A JSONL file of {article, summary}, gzipped or not.", show_default=False),
    ],
    background: Annotated[
        Path | None, typer.Option(help="Rows of which only the words are counted.", metavar="FILE")
    ] = None,
    also: Annotated[
        list[Path] | None, typer.Option(help="More rows, such as those of `summarise feedback`.", metavar="FILE")
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.", metavar="FOLDER")] = Path(
        "models/salience"
    ),
    limit: Annotated[int | None, typer.Option(min=1, help="Take the first N rows only.", metavar="N")] = None,
    config: ConfigOption = None,
) -> None:
    """Learn from editors' summaries which sentences carry a story.

    The arrays replace those of the folder; the same rows give the same arrays.
    """
    with _exit_codes():
        from summarise import training
        from summarise.language import Analyser

        analyser = Analyser(_settings(config, None, any_language=False).language_model)
        training.train_salience(rows, background, out, analyser, _note, limit, also or ())


FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="What `summarise run` wrote.")]
EditorOption = Annotated[
    str | None,
    typer.Option(
        "--editor", envvar="SUMMARISE_EDITOR", help="Your name; without it, that of your account.", metavar="NAME"
    ),
]


@app.command(
    epilog="Examples:\n\n"
    "`summarise review` — the drafts of data/processed in JupyterLab\n\n"
    "`summarise review /srv/desk --editor 'Ada Quayle' --port 9000 --no-browser` — elsewhere, without a browser\n\n"
    "`summarise review --import edited/` — Markdown files that were edited by hand, as decisions"
)
def review(
    folder: FolderArgument = Path("data/processed"),
    import_from: Annotated[
        Path | None,
        typer.Option("--import", help="Take the Markdown files of a folder as decisions.", metavar="FOLDER"),
    ] = None,
    editor: EditorOption = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port of JupyterLab.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
) -> None:
    """Open the editors' review of the drafts, or take drafts that were edited by hand.

    With --import it prints what became of each file, and exits with 1 if one could not be taken.
    """
    with _exit_codes():
        import getpass

        if not (folder / "drafts").is_dir():
            raise UsageError(f"{folder} holds no drafts: give the folder that `summarise run` wrote.")
        name = editor or getpass.getuser()
        if import_from is None:
            from summarise.review.launch import open_notebook

            raise typer.Exit(open_notebook(folder, editor=name, port=port, browser=browser))

        from summarise.rendering import plain
        from summarise.review import importing

        taken = importing.take(import_from, folder, name)
        _print("".join(f"{plain(str(one.path))}: {plain(one.message)}\n" for one in taken))
        _note(f"Files: {len(taken)}, decisions: {sum(one.decision is not None for one in taken)}.")
        raise typer.Exit(int(any(one.failed for one in taken)))


@app.command(
    epilog="Examples:\n\n"
    "`summarise export` — every approved draft in every form into data/processed/export\n\n"
    "`summarise export /srv/desk -o out --format ninjs,jsonld` — two forms, elsewhere"
)
def export(
    folder: FolderArgument = Path("data/processed"),
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder to write to; else FOLDER/export.", metavar="DIR")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Any of md, html, jsonld, ninjs, csv, parquet.")
    ] = "md,html,jsonld,ninjs,csv,parquet",
) -> None:
    """Write the drafts that editors approved, in the forms that other systems read."""
    with _exit_codes():
        from summarise.review import export as exports

        target = out or folder / "export"
        names = tuple(name.strip() for name in formats.split(",") if name.strip())
        written = exports.export(folder, target, names)
        _print("".join(f"{path}\n" for path in written))
        _note(f"{len(written)} files are in {target}.")


@app.command(
    epilog="Examples:\n\n"
    "`summarise feedback` — tables of what editors kept and changed\n\n"
    "`summarise feedback --rows reviewed.jsonl.gz` — and what they printed, for "
    "`summarise train salience ROWS --also reviewed.jsonl.gz`"
)
def feedback(
    folder: FolderArgument = Path("data/processed"),
    rows: Annotated[
        Path | None, typer.Option(help="Write {article, summary} of approved drafts here (.jsonl.gz).", metavar="FILE")
    ] = None,
    format: TableFormatOption = "table",
) -> None:
    """Report what the editors' decisions say about the drafts, part by part and rule by rule."""
    with _exit_codes():
        from summarise.review import feedback as figures
        from summarise.terminal import feedback_tables

        found = figures.feedback(folder)
        _show(found.to_json() if format == "json" else feedback_tables(found))
        if rows is not None:
            figures.write_rows(found.rows, rows)
            _note(f"{len(found.rows)} rows are in {rows}.")


@contextmanager
def _exit_codes() -> Iterator[None]:
    """Turn this project's errors into a message and the exit code that stands for them."""
    try:
        yield
    except PageError as error:
        _fail(error, 1)
    except UsageError as error:
        _fail(error, 2)
    except RunError as error:
        _fail(error, 3)
    except KeyboardInterrupt:
        _note("Interrupted.")
        raise typer.Exit(130) from None


def _fail(error: Exception, code: int) -> NoReturn:
    _note(f"Error: {error}")
    raise typer.Exit(code) from error


def _note(text: str) -> None:
    from summarise.rendering import plain

    for line in text.splitlines():
        typer.echo(plain(line).encode(errors="backslashreplace"), err=True)


def _print(text: str) -> None:
    """Print data as UTF-8 whatever the terminal's encoding, so that a pipe always gets the same bytes."""
    typer.echo(text.encode(), nl=False)


def _show(data: str | Iterable[object]) -> None:
    """Print text as it is, and tables one below the other; in a pipe they are as wide as a wide screen."""
    if isinstance(data, str):
        _print(data)
        return

    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH).print(*data, sep="\n\n")


def _formats(given: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in given.split(",") if name.strip())
    for name in names:
        if name not in _RUN_FORMATS:
            raise UsageError(f"--format does not know {name!r}: give any of {', '.join(_RUN_FORMATS)}")
    return names


def _settings(config: Path | None, scorer: str | None, any_language: bool, own_rules: Path | None = None) -> Settings:
    from summarise.settings import load_settings

    settings = load_settings(config)
    changes: dict[str, object] = {"scorer": scorer} if scorer else {}
    if any_language:
        changes["any_language"] = True
    if own_rules:
        changes["rules"] = str(own_rules)
    return settings.model_copy(update=changes)


def _read(file: str, settings: Settings) -> Page:
    from summarise.pages import page_from_bytes, read_page

    if file != "-":
        path = Path(file)
        if path.is_dir() or not os.path.lexists(path):
            raise UsageError(f"There is no file {file}: give one page, or a folder to `summarise run`.")
        return read_page(path, settings.max_page_bytes)
    content = sys.stdin.buffer.read(settings.max_page_bytes + 1)
    if len(content) > settings.max_page_bytes:
        raise UnreadablePage(f"stdin holds more than {settings.max_page_bytes:,} bytes: raise `max_page_bytes`.")
    return page_from_bytes(content)
