"""The command line, `exocite`.

Each command imports what it needs when it runs, so that `exocite --help` comes at once.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import EncoderError, ExociteError, InputError, LibraryBusy, LibraryMismatch
from qa.commands.encoding import encode
from qa.commands.engines import engine as engine_commands
from qa.commands.helping import Unabridged
from qa.commands.naming import names
from qa.commands.opening import open_console, open_encoder, open_service, read_settings
from qa.commands.options import (
    Cancers,
    Count,
    Documents,
    Form,
    FromYear,
    History,
    Json,
    Kinds,
    Names,
    Question,
    ToYear,
    WrittenBy,
)
from qa.conversations.commands import conversations
from qa.mechanisms.commands import mechanisms

if TYPE_CHECKING:
    from qa.forms import Format
    from qa.results import AskResponse, SearchResponse
    from qa.service import Service

app = typer.Typer(
    name="exocite",
    cls=Unabridged,
    help="Answers questions from your own papers and shows for every sentence exactly where it stands.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(names, name="names")
app.add_typer(conversations, name="conversations")
app.add_typer(engine_commands, name="engine")


@app.callback()
def options(
    context: typer.Context,
    library: Annotated[
        Path | None,
        typer.Option("--library", metavar="DIR", help="The library's folder (or EXOCITE_LIBRARY).", show_default=False),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="The embedding model, by name or folder (or EXOCITE_MODEL).",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="What searches the library, faiss or milvus (or EXOCITE_ENGINE); else what it was made with.",
            show_default=False,
        ),
    ] = None,
    engine_uri: Annotated[
        str | None,
        typer.Option(
            "--engine-uri",
            metavar="URI",
            help="Where Milvus is: an address, or PATH.db for Milvus Lite (or EXOCITE_ENGINE_URI).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Answers questions from your own papers and shows for every sentence exactly where it stands."""
    chosen = {"LIBRARY": library, "MODEL": model, "ENGINE": engine, "ENGINE_URI": engine_uri}
    for name, value in chosen.items():
        if value is not None:
            os.environ[f"EXOCITE_{name}"] = str(value)
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)  # noqa: T201 (errors go where errors go)
        raise typer.Exit(2)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
) -> None:
    """Open the chat page and the HTTP endpoint; a library not there yet is made from the starter documents."""
    from qa.commands.serving import address, listen, prepare_library, run_server

    settings, console = read_settings(), open_console()
    with listen(host, port) as listening:
        prepare_library(settings, open_encoder(settings), console)
        console.print(f"Exocite is at {address(host, port)}  (library: {settings.library}; Ctrl-C stops it)")
        run_server(listening)


@app.command()
def add(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|ID...",
            help="Files, folders of files, and articles by PMC id, DOI or PubMed id (asks Europe PMC).",
            show_default=False,
        ),
    ],
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out papers whose file, named or below these folders, is no more.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on doing so as files of these folders change, until Ctrl-C.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Fetch articles that are in the library again, to have them as they are.")
    ] = False,
    vectors: Annotated[
        Path | None,
        typer.Option("--vectors", metavar="DIR", help="Take vectors from there that `exocite encode` made."),
    ] = None,
) -> None:
    """Read files and folders, and fetch articles, into the library; unchanged ones are skipped, changed ones replaced.

    An article is named as PMC1234567, doi:10.1000/example.1 or pmid:12345678, or by its address; a path that exists is
    a path. It comes from Europe PMC, if it is open access there, and only once.
    """
    from qa.commands.encoding import shelved
    from qa.commands.filing import Adding
    from qa.commands.watching import watch as watch_folders
    from qa.fetching.commands import add_named
    from qa.fetching.identifiers import told_apart

    settings, apart = read_settings(), told_apart(given)
    console, errors = open_console(), open_console(stderr=True)
    encoder = shelved(open_encoder(settings), vectors) if vectors else open_encoder(settings)
    adding = Adding(settings.library, encoder, console, errors, prune=prune, engine=settings.choice)
    add_named(settings, apart, adding, refresh=refresh)
    if apart.paths and watch:
        watch_folders(apart.paths, lambda sources: adding.take(apart.paths, sources), adding.say, adding.fail)
        return  # what could not be read was told of, and may have been mended since
    if apart.paths:
        adding.add(apart.paths)
    if not adding.is_whole:
        raise typer.Exit(1)


app.command()(encode)


@app.command()
def documents(json: Json = False) -> None:
    """List the documents of the library."""
    from index.library import Library
    from qa.commands.terminal import documents_table
    from qa.serial import to_json

    settings = read_settings()
    with closing(Library.open(settings.library, settings.choice)) as library:
        summaries = library.store.summaries()
    if json:
        print(to_json(summaries, indent=2))  # noqa: T201 (data, not talk)
    else:
        open_console().print(documents_table(summaries))


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids, as `exocite documents` lists them.")],
) -> None:
    """Take documents out of the library, with everything cut from them."""
    from qa.removing import remove_documents

    settings = read_settings()
    remove_documents(settings.library, open_encoder(settings), ids, settings.choice)
    for document_id in ids:
        open_console().print(f"- {document_id}: removed")


@app.command()
def status() -> None:
    """Show what the library holds and with what it was made, and check that it is whole."""
    from index.library import Library
    from qa.commands.engines import print_engine
    from qa.counts import RECORDS, counted

    settings, console = read_settings(), open_console()
    with closing(Library.open(settings.library, settings.choice)) as library:
        manifest = library.manifest
        size = library.parts.size / 1e6
        console.print(f"library    {library.path}")
        held = f"{counted(manifest.documents, 'document')}, {counted(manifest.records, *RECORDS)}, {size:.1f} MB"
        console.print(f"holds      {held}")
        copies = sum(len(summary.copies) for summary in library.store.summaries())
        if copies:
            console.print(f"copies     {counted(copies, 'more file')} of the same papers, passed over")
        console.print(f"hash       {manifest.hash}")
        console.print(f"encoder    {manifest.encoder.model}, {counted(manifest.encoder.dimension, 'dimension')}")
        console.print(f"weights    {manifest.encoder.weights}")
        library.verify()
        console.print("health     whole: every part belongs to it, and the content is what the hash says")
        print_engine(library, console)
        try:
            library.check_encoder(open_encoder(settings).identity)
        except (LibraryMismatch, EncoderError) as error:  # the library is none the worse for it
            console.print(f"model set  {settings.model}, which cannot be used here: {error}", style="yellow")


@app.command()
def check(
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="One paper, by its id; without it all.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what to know before trusting a library: rows, markers, references and papers that are wrong or unsure."""
    from index.library import Library
    from qa.commands.terminal import print_overview
    from qa.overview import overview
    from qa.serial import to_json

    settings = read_settings()
    with closing(Library.open(settings.library, settings.choice)) as library:
        found = overview(library.store, document)
    if json:
        print(to_json(found, indent=2))  # noqa: T201 (data, not talk)
    else:
        print_overview(open_console(), found)


@app.command()
def search(
    question: Question,
    k: Count = 10,
    history: History = None,
    document: Documents = None,
    kind: Kinds = None,
    from_year: FromYear = None,
    to_year: ToYear = None,
    name: Names = None,
    cancer: Cancers = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show ranked evidence for a question."""
    from qa.commands.printing import print_search
    from qa.scope import Scope

    scope = Scope.of(documents=document, kinds=kind, from_year=from_year, to_year=to_year, names=name, cancers=cancer)
    chosen, service = _chosen(form, json), open_service()
    response = service.search(question, history=history or (), k=k, scope=scope)
    if chosen:
        _print_export(service, response, chosen)
    else:
        print_search(open_console(), response)


@app.command()
def ask(
    question: Question,
    k: Count = 10,
    history: History = None,
    document: Documents = None,
    kind: Kinds = None,
    from_year: FromYear = None,
    to_year: ToYear = None,
    name: Names = None,
    cancer: Cancers = None,
    writer: WrittenBy = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Answer a question from the library, with the evidence."""
    from qa.commands.printing import print_answer
    from qa.scope import Scope

    scope = Scope.of(documents=document, kinds=kind, from_year=from_year, to_year=to_year, names=name, cancers=cancer)
    chosen, service = _chosen(form, json), open_service()
    response = service.ask(question, history=history or (), k=k, scope=scope, writer=writer)
    if chosen:
        _print_export(service, response, chosen)
    else:
        print_answer(open_console(), response)


app.command()(mechanisms)


@app.command()
def mcp() -> None:
    """Give an assistant that speaks MCP tools to ask, search and open evidence; the assistant starts this itself."""
    from qa.tools.server import Behind, serve
    from qa.version import version

    settings = read_settings()

    def opened() -> Service:
        from qa.service import Service

        return Service.open(settings.library, settings=settings, encoder=open_encoder(settings))

    if sys.stdin.isatty():
        open_console(stderr=True).print(
            "This waits for an assistant that speaks MCP; the README says how to add it there."
        )
    serve(Behind(opened), version())


@app.command()
def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(metavar="QUESTIONS.jsonl", help="A question set; without it the fixed one.")
    ] = None,
    beir: Annotated[
        Path | None, typer.Option("--beir", metavar="DIR", help="A BEIR folder to measure on instead of the library.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help="Write an HTML report, run files and scores there.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Scores saved earlier, to compare with.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Save the scores, to compare with later.")
    ] = None,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Measure what each part adds, step by step to the whole.")
    ] = False,
) -> None:
    """Measure retrieval and answers on the fixed question set or another, or retrieval on a BEIR folder."""
    from qa.evaluation.measuring import Wanted, measure

    settings = read_settings()
    measure(Wanted(questions, beir, report, baseline, save, ablation), settings, open_encoder(settings), open_console())


def main() -> None:
    """Run the command line; an error Exocite knows is one line on standard error and exit status 1."""
    try:
        app()
    except ExociteError as error:
        print(f"exocite: {error}", file=sys.stderr)  # noqa: T201 (errors go where errors go)
        sys.exit(3 if isinstance(error, LibraryBusy) else 1)


def _chosen(form: Format | None, json: bool) -> Format | None:
    if json and form not in {None, "json"}:
        msg = f"--json and --format {form} ask for two formats; give one of them."
        raise InputError(msg)
    return "json" if json else form


def _print_export(service: Service, response: SearchResponse | AskResponse, form: Format) -> None:
    print(service.export(response, form), end="")  # noqa: T201 (data, not talk)
