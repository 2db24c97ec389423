"""How many of our own Python files run for a request: what a successor must read to follow it."""

import io
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User

APPS = tuple(f"{settings.BASE_DIR / name}/" for name in ["pkportal", "missions", "lessons"])
AT_MOST = {"a missions list": 9, "a mission's page": 22, "an import preview": 10, "a search": 10}


def files_run(work):
    """Return those of our files in which a function is called while some work is done."""
    files = set()

    def note(frame, event, _argument):
        if event == "call" and frame.f_code.co_filename.startswith(APPS):
            files.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return sorted(str(Path(file).relative_to(settings.BASE_DIR)) for file in files)


def preview(client):
    """Upload a file of missions to the admin, which shows a preview."""
    missions = settings.BASE_DIR / "fixtures" / "missions.csv"
    content = missions.read_bytes().replace(b"NATO", b"The Alliance", 1)
    file = io.BytesIO(content)
    file.name = "missions.csv"
    page = client.post("/admin/missions/mission/import/", {"file": file}, follow=True)
    assert page.status_code == 200


def importer(client):
    """Sign in a user who may import, and has the second factor for it."""
    user = User.objects.create_user("bench", is_staff=True)
    user.groups.set(Group.objects.filter(name="Data manager"))
    user.authenticator_set.create(type="totp", data={})
    client.force_login(user)


def touched(client, signed_in):
    """Print how many of our files each of four requests runs, and which, once warm."""
    importer(signed_in)
    requests = {
        "a missions list": lambda: client.get("/missions/?type=peacekeeping"),
        "a mission's page": lambda: client.get("/missions/kfor/"),
        "an import preview": lambda: preview(signed_in),
        "a search": lambda: client.get("/search/?q=kosovo"),
    }
    for name, request in requests.items():
        request()
        files = files_run(request)
        print(f"{name} runs {len(files)} of our files (at most {AT_MOST[name]})")
        print("".join(f"    {file}\n" for file in files), end="")
