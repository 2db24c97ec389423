"""``manage.py up``: prepare what is not ready yet, and serve the portal."""

import os
import secrets
import subprocess
import sys

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, connections, transaction

from pkportal.editorial.roles import ADMINISTRATOR
from pkportal.embedded import server
from pkportal.embedded.locks import exclusive_lock
from pkportal.management.address import Address
from pkportal.observability.metrics import make_metrics_folder

FIRST_ROLES = ["Editor", "Publisher", "Data manager", ADMINISTRATOR]  # until it has added colleagues
FIXTURES = settings.BASE_DIR / "fixtures"
OLD_APPS = ["publishing", "sourcing"]  # of versions before 0.9.0, from which on migrations are kept
OLD_DATABASE_MESSAGE = (
    "This database{where} was made by a version before 0.9.0. Nothing was changed in it. To keep its record, write it "
    "to files with that version (manage.py dump DIR), make a new, empty database{how}, migrate it and load the files "
    "with this version (manage.py migrate, manage.py load DIR), and then run manage.py up again."
)
LOCK_ID = 1949_04_04  # any number, as long as it is always the same


def lock_database() -> str:
    """Lock the database against another ``up`` until the connection closes, and return its encoding."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s), current_setting('server_encoding')", [LOCK_ID])
        _lock, encoding = cursor.fetchone()
        return encoding


def is_of_earlier_version() -> bool:
    """True if a version before 0.9.0 made this database: its apps had other names, and it cannot be migrated."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "django_migrations" not in tables:
            return "sourcing_source" in tables
        cursor.execute("SELECT EXISTS (SELECT FROM django_migrations WHERE app = ANY(%s))", [OLD_APPS])
        (has_old_migrations,) = cursor.fetchone()
        return has_old_migrations or "sourcing_source" in tables


def record_is_empty() -> bool:
    """True if nothing was ever loaded: every record names a source, so no source means no record."""
    return not apps.get_model("sources.Source").objects.exists()


class Command(BaseCommand):
    """Prepares the database, record, account and static files that are missing, then becomes the server."""

    help = "Prepare what is not ready yet, and serve the portal."

    def add_arguments(self, parser):
        """Take the address to serve at."""
        parser.add_argument("--bind", type=Address.parse, default="127.0.0.1:8000", metavar="HOST:PORT")

    def handle(self, *, bind, **options):
        """Refuse an address that cannot be served at, then prepare, then serve."""
        if not bind.is_loopback and not os.environ.get("SITE_URL"):
            raise CommandError(
                f"{bind} can be reached from other machines, where plain HTTP would show passwords to the network. "
                "Set SITE_URL to the https:// address at which a proxy in front of the portal serves it."
            )
        if problem := bind.bind_error():
            raise CommandError(problem)
        try:
            self.prepare()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from error
        finally:
            connections.close_all()
        self.serve(bind)

    def prepare(self):
        """Prepare the database, the record, the account and the static files; one process at a time."""
        if (encoding := lock_database()) != "UTF8":
            raise CommandError(f"The database is encoded in {encoding}. Make one with ENCODING 'UTF8'.")
        if is_of_earlier_version():
            where = self.data_location() and f"{self.data_location()},"
            how = " (manage.py down, then give that folder another name)" if where else ""
            raise CommandError(OLD_DATABASE_MESSAGE.format(where=where, how=how))
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"Database ready{self.data_location()}.")
        if record_is_empty() and FIXTURES.is_dir():
            call_command("load", str(FIXTURES), stdout=self.stdout)
        self.create_first_account()
        self.collect_static_files()

    def collect_static_files(self):
        """Collect the static files; one process at a time, whichever databases they serve."""
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        with exclusive_lock(settings.STATIC_ROOT / ".lock"):
            call_command("collectstatic", verbosity=0, interactive=False)

    def data_location(self):
        """Return where the embedded server keeps its data, or nothing for another server."""
        options = connection.settings_dict
        return f", in {server.home(options['DATA_DIR'])}" if options["ENGINE"] == "pkportal.embedded" else ""

    @transaction.atomic
    def create_first_account(self):
        """Make the first account, with a password that is shown once, and say how further ones are made."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        editor = users.create_user("editor", password=password, is_staff=True)
        editor.groups.set(Group.objects.filter(name__in=FIRST_ROLES))
        self.stdout.write(f"Account for the admin, shown this once: editor, password {password}")
        if settings.STAFF_MFA == "required":
            self.stdout.write("It is an administrator's: have an authenticator app or a passkey ready to sign in.")
        self.stdout.write("Colleagues get theirs under Users in the admin; manage.py createsuperuser makes one, too.")

    def mention_own_secret_key(self):
        """Say that sessions of this machine are good on no other, where the database may serve several."""
        if os.environ.get("DATABASE_URL") and not os.environ.get("SECRET_KEY"):
            self.stdout.write(
                "SECRET_KEY is not set: this machine uses one of its own. If other machines serve this database too, "
                "give all of them the same, or whoever signs in on one is signed out by the next."
            )

    def serve(self, bind):
        """Replace this process by the server, which then gets the signals."""
        if not os.environ.get("SITE_URL"):
            os.environ["SITE_URL"] = f"http://{bind}"
            os.environ.setdefault("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
            self.stdout.write(f"Plain HTTP, for this machine alone: SITE_URL is not set and taken as http://{bind}.")
        self.mention_own_secret_key()
        self.stdout.write(f"Serving {os.environ['SITE_URL']} on {bind}. Ctrl-C ends it.")
        self.stdout.flush()
        make_metrics_folder(bind.port)
        os.chdir(settings.BASE_DIR)  # where Python finds pkportal, wherever manage.py was called from
        command = [sys.executable, "-m", "pkportal.serving", bind.ip, str(bind.port)]
        if sys.platform == "win32":  # where a process cannot become another
            sys.exit(subprocess.call(command))  # noqa: S603, the command above
        os.execv(command[0], command)  # noqa: S606, no shell is wanted
