"""The subcommands: what each is for, what it takes, and which module does the work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.config.safety import refuse_unsafe_settings
from aanspreekpunt.operating.backup import write_backup
from aanspreekpunt.operating.catalogue import describe_catalogue, run_catalogue
from aanspreekpunt.operating.checkup import check_installation
from aanspreekpunt.operating.filling import apply_setup, fill_demo, load_demo
from aanspreekpunt.operating.knowledge import describe_knowledge, run_knowledge
from aanspreekpunt.operating.mail_trying import try_mail
from aanspreekpunt.operating.mailboxes import run_mailboxes
from aanspreekpunt.operating.passwords import give_password
from aanspreekpunt.operating.report import print_findings, print_progress
from aanspreekpunt.operating.restore import keys_that_differ, restore_backup
from aanspreekpunt.operating.schema import bring_up_to_date
from aanspreekpunt.operating.serve import serve
from aanspreekpunt.operating.tokens import describe_tokens, run_tokens
from aanspreekpunt.operating.web import run_web
from aanspreekpunt.operating.worker import run_worker

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise


def _takes_nothing(_parser: argparse.ArgumentParser) -> None:
    pass


@dataclass(frozen=True)
class Command:
    """One subcommand."""

    name: str
    purpose: StrOrPromise
    run: Callable[[argparse.Namespace], int | None]
    describe: Callable[[argparse.ArgumentParser], None] = _takes_nothing


def _takes_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FILE"))


def _takes_file_and_replace(parser: argparse.ArgumentParser) -> None:
    _takes_file(parser)
    parser.add_argument("--replace", action="store_true", help=_("throw away what the database holds now"))


def _takes_email(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar=_("EMAIL"))


def _takes_contacts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contacts", type=int, metavar="N", help=_("load N contacts in bulk, for measuring"))


def _takes_test_or_decision(parser: argparse.ArgumentParser) -> None:
    what = _("test: try mailboxes and mail server, and explain what is wrong")
    parser.add_argument("what", nargs="?", choices=("test",), help=what)
    parser.add_argument("--to", default="", metavar=_("EMAIL"), help=_("with test: send a mail to this address"))
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--send-again", type=UUID, metavar="ID", help=_("send this one again; it may arrive twice"))
    choice.add_argument("--take-as-sent", type=UUID, metavar="ID", help=_("take it that this one arrived"))


def _takes_parent(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent", type=int, metavar="PID", help=_("stop when this process is gone"))


def _serve(_options: argparse.Namespace) -> int:
    return serve()


def _web(options: argparse.Namespace) -> None:
    refuse_unsafe_settings()
    run_web(parent=options.parent)


def _worker(options: argparse.Namespace) -> None:
    refuse_unsafe_settings()
    run_worker(parent=options.parent)


def _mailboxes(options: argparse.Namespace) -> None:
    refuse_unsafe_settings()
    run_mailboxes(parent=options.parent)


def _migrate(_options: argparse.Namespace) -> None:
    applied = bring_up_to_date()
    print(_("Applied %(count)d migrations.") % {"count": applied} if applied else _("The database is up to date."))


def _setup(options: argparse.Namespace) -> None:
    print(apply_setup(options.file))


def _password(options: argparse.Namespace) -> None:
    give_password(options.email)
    print(_("%(email)s can log in with this password now.") % {"email": options.email})


def _demo(options: argparse.Namespace) -> None:
    if options.contacts:
        loaded = load_demo(contacts=options.contacts, progress=print_progress)
        message = _("Loaded %(contacts)d contacts with everything that belongs to them: %(speed)d a second.")
        print(message % {"contacts": loaded.contacts, "speed": loaded.per_second})
        return
    filled = fill_demo(progress=print_progress)
    message = _("Filled the municipality with %(questions)d questions.")
    print(message % {"questions": filled.questions} if filled.questions else _("The demo was filled before."))


def _check(_options: argparse.Namespace) -> int:
    return print_findings(check_installation())


def _backup(options: argparse.Namespace) -> None:
    manifest = write_backup(options.file)
    message = _("Wrote %(file)s: %(tables)d tables, %(rows)d rows, %(files)d files.")
    print(message % {"file": options.file, **manifest.counts()})


def _restore(options: argparse.Namespace) -> None:
    manifest = restore_backup(options.file, replace=options.replace)
    message = _("Restored %(file)s: %(tables)d tables, %(rows)d rows, %(files)d files.")
    print(message % {"file": options.file, **manifest.counts()})
    for name in keys_that_differ(manifest):
        message = _(
            "Here %(name)s is another than where the backup was made, so what was locked with it stays locked. "
            "Give it the value it had there.",
        )
        print(message % {"name": name})


def _mail(options: argparse.Namespace) -> int | None:
    if options.what == "test":
        return print_findings(list(try_mail(to=options.to)))
    _doubtful_mail(options)
    return None


def _doubtful_mail(options: argparse.Namespace) -> None:
    call_command("doubtful_mail", send_again=options.send_again, take_as_sent=options.take_as_sent)


COMMANDS = (
    Command("serve", gettext_lazy("Run everything on this machine, and keep it running."), _serve),
    Command("web", gettext_lazy("Run the web server only."), _web, _takes_parent),
    Command("worker", gettext_lazy("Do background jobs only: mail, reminders, cleaning up."), _worker, _takes_parent),
    Command("mailboxes", gettext_lazy("Take mail in only: look in mailboxes and listen."), _mailboxes, _takes_parent),
    Command("migrate", gettext_lazy("Bring database and files to this version."), _migrate),
    Command("setup", gettext_lazy("Set up the organisation from one file; safe to repeat."), _setup, _takes_file),
    Command("password", gettext_lazy("Give an employee a password to log in with."), _password, _takes_email),
    Command("token", gettext_lazy("Let other systems in over the standard API."), run_tokens, describe_tokens),
    Command("demo", gettext_lazy("Fill the database with a made-up municipality."), _demo, _takes_contacts),
    Command("check", gettext_lazy("Tell whether this installation is healthy and safe."), _check),
    Command(
        "mail",
        gettext_lazy("Test the mail of this installation; or list mails in doubt, and decide on them."),
        _mail,
        _takes_test_or_decision,
    ),
    Command(
        "catalogue",
        gettext_lazy("Look after the names that products have in all of Dutch government."),
        run_catalogue,
        describe_catalogue,
    ),
    Command(
        "knowledge",
        gettext_lazy("Look after the answers and measure how well they are found."),
        run_knowledge,
        describe_knowledge,
    ),
    Command("backup", gettext_lazy("Write everything into one file, while it runs."), _backup, _takes_file),
    Command("restore", gettext_lazy("Bring back what a backup holds."), _restore, _takes_file_and_replace),
)
