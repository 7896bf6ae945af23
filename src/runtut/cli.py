"""`runtut`: the command line of those who run an installation."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from runtut import __version__
from runtut.config.commands import Failed
from runtut.core.errors import DomainError


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="runtut",
        description="Run and look after an installation of Runtut. Settings come from the environment.",
    )
    parser.add_argument("--version", action="version", version=f"runtut {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    _add_serving(commands)
    _add_data(commands)
    _add_signing(commands)
    _add_jobs(commands)
    _add_reading(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, target: str, meaning: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=meaning, description=meaning)
    parser.set_defaults(target=target)
    return parser


def _add_serving(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _command(
        commands, "check", "serving.check", "Say what is unsafe about the settings; exit 1 if anything is."
    )
    serve = _command(commands, "serve", "serving.serve", "Serve the pages (gunicorn).")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    serve.add_argument("--hold", action="store_true", help="open the port only once standard input is closed")
    work = _command(
        commands, "work", "serving.work", "Do the work behind the pages: documents, reminders, checks."
    )
    work.add_argument("--once", action="store_true", help="do what is due now, then stop")


def _add_data(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    prepare_help = "Make folders, migrate, collect static files; load the demonstration when RUNTUT_DEMO=1."
    _command(commands, "prepare", "data.prepare", prepare_help)
    _command(commands, "migrate", "data.migrate", "Bring the database up to date.")
    demo = _command(commands, "demo", "", "The demonstration kabupaten.")
    demo_commands = demo.add_subparsers(dest="demo_command", required=True, metavar="command")
    load_help = "Load it, or add what is missing; what users entered stays (needs RUNTUT_DEMO=1)."
    _command(demo_commands, "load", "data.load_demo", load_help)
    year_help = (
        "Live the year of Kecamatan Sukamaju now instead of leaving it to the worker (needs RUNTUT_DEMO=1)."
    )
    year = _command(demo_commands, "year", "data.live_year", year_help)
    year.add_argument("--until", help="instant to live up to, as 2026-11-21T10:00 in UTC (default: now)")
    backup = _command(
        commands, "backup", "backup.backup", "Write database and files into one archive (.tar)."
    )
    backup.add_argument("archive", help="file to write; must not exist yet")
    restore = _command(
        commands,
        "restore",
        "restore.restore",
        "Put an archive back and verify it. Stop web and worker first.",
    )
    restore.add_argument("archive", help="file that `runtut backup` wrote")
    restore.add_argument("--replace", action="store_true", help="replace the data that is there")
    admin = _command(
        commands, "createadmin", "people.createadmin", "Make the first administrator of a region."
    )
    admin.add_argument("username")
    admin.add_argument("--name", required=True, help="full name of the person")
    admin.add_argument(
        "--region", required=True, type=int, help="code of the kabupaten/kota, for example 3302"
    )
    admin.add_argument(
        "--zone", choices=["WIB", "WITA", "WIT"], default="WIB", help="time zone (default: WIB)"
    )
    admin.add_argument("--region-name", required=True, help='name, for example "Kabupaten Banyumas"')


def _add_jobs(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    jobs_help = "Say when each nightly job was last run, what it found, and how much work waits."
    work = _command(commands, "jobs", "outbox.overview", jobs_help)
    work_commands = work.add_subparsers(dest="jobs_command", metavar="command")
    dead_help = "List work that was given up after eight attempts; exit 1 when there is any."
    _command(work_commands, "dead", "outbox.dead", dead_help)
    revive = _command(
        work_commands, "revive", "outbox.revive", "Put it back, with all attempts, once the cause is mended."
    )
    revive.add_argument("--topic", help="only this kind of work, as `runtut jobs dead` names it")


def _add_signing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    signing = _command(commands, "signing", "", "Keys and certificates of electronic signatures.")
    signing_commands = signing.add_subparsers(dest="signing_command", required=True, metavar="command")
    setup = _command(
        signing_commands, "setup", "signing.setup", "Found the certificate authority where there is none."
    )
    setup.add_argument("--renew", action="store_true", help="found the next one; the old stays trusted")
    reseal_help = "Seal the private keys anew after a change of RUNTUT_SIGNING_KEY."
    _command(signing_commands, "reseal", "signing.reseal", reseal_help)


def _add_reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sop = _command(commands, "sop", "", "Standard operating procedures.")
    sop_commands = sop.add_subparsers(dest="sop_command", required=True, metavar="command")
    library = _command(sop_commands, "library", "reading.library", "List the SOPs that offices may adopt.")
    library.add_argument("--json", action="store_true", help="print everything (format: docs/formats/sop.md)")
    lint_help = "Check SOPs in Runtut's own JSON; exit 1 when one has a fault that stops ratification."
    lint = _command(sop_commands, "lint", "linting.lint", lint_help)
    lint.add_argument("files", nargs="+", metavar="FILE", help="file to check; - reads standard input")
    lint.add_argument("--json", action="store_true", help="print everything (docs/formats/sop.md)")
    lint.add_argument("--registry", metavar="FILE", help="titles of the office's SOPs, one a line")
    parse_help = (
        "Read SOP documents (text, Word, PDF, sheets, pages); needs no settings. Exit 1 when one fails."
    )
    parse = _command(sop_commands, "parse", "parsing.parse_files", parse_help)
    parse.add_argument("files", nargs="+", metavar="FILE", help=".txt .docx .pdf .xlsx .html .json or .bpmn")
    parse.add_argument("--json", action="store_true", help="print everything (docs/formats/sop-import.md)")
    parse.set_defaults(bare=True)
    audit = _command(commands, "audit", "", "The audit trail.")
    audit_commands = audit.add_subparsers(dest="audit_command", required=True, metavar="command")
    verify_help = "Recompute every hash chain; exit 1 when an entry was altered, removed or inserted."
    _command(audit_commands, "verify", "reading.verify", verify_help)
    archive = _command(commands, "archive", "", "Stored files, archived papers and signatures.")
    archive_commands = archive.add_subparsers(dest="archive_command", required=True, metavar="command")
    papers_help = "Check every file, archived version and signature; exit 1 when one is not as it was kept."
    _command(archive_commands, "verify", "reading.verify_papers", papers_help)
    cases = _command(commands, "cases", "", "Runs of SOPs.")
    cases_commands = cases.add_subparsers(dest="cases_command", required=True, metavar="command")
    export_help = "Write what was done in runs as an event log, XES or OCEL (docs/formats/event-log.md)."
    export = _command(cases_commands, "export", "exporting.export_cases", export_help)
    export.add_argument("file", metavar="FILE", help="file to write: .xes, .json, or one of them with .gz")
    export.add_argument("--office", metavar="NAME", help='short name of the one office, as "Kec. Sukamaju"')
    export.add_argument("--year", type=int, help="only runs of this year")
    export.add_argument("--names", action="store_true", help="name people instead of numbering them")
    sums = _command(commands, "sums", "", "Sums kept beside the figures, for screens above one office.")
    sums_commands = sums.add_subparsers(dest="sums_command", required=True, metavar="command")
    sums_help = "Compute every sum anew from the figures; exit 1 when one differs."
    _command(sums_commands, "verify", "reading.verify_sums", sums_help)
    rebuild_help = "Write every sum anew from the figures."
    _command(sums_commands, "rebuild", "reading.rebuild_sums", rebuild_help)
    index = _command(commands, "search", "", "What the search knows of runs, letters, documents and people.")
    index_commands = index.add_subparsers(dest="search_command", required=True, metavar="command")
    index_help = "Write it anew from the objects, while work goes on."
    _command(index_commands, "rebuild", "reading.rebuild_search", index_help)


def main(arguments: Sequence[str] | None = None) -> int:
    options = build_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runtut.config.settings")
    module, function = options.target.split(".")
    try:
        if not getattr(options, "bare", False):
            django.setup()
        return int(getattr(import_module(f"runtut.config.commands.{module}"), function)(options))
    except (Failed, DomainError, ImproperlyConfigured) as failure:
        print(failure, file=sys.stderr)
        return 1
    except DatabaseError as failure:
        print(_about_the_database(failure), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _about_the_database(failure: DatabaseError) -> str:
    """Say what is wrong with the database where that can be told, and what it said itself where not."""
    # Django is set up only now.
    safety = import_module("runtut.config.safety")
    return next(safety.database_problems(), f"The database refused: {failure}")


if __name__ == "__main__":
    sys.exit(main())
