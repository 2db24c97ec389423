"""The dump command: a failure is reported, and the files of the last dump are kept."""

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("folder", ["", "file", "file/folder", "taken"])
def test_folder_that_cannot_be_written_to_is_an_error(tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "taken" / "sources.csv").mkdir(parents=True)

    with pytest.raises(CommandError, match="cannot be written to|Name a folder"):
        call_command("dump", folder, verbosity=0)

    assert {path.name for path in tmp_path.iterdir()} == {"file", "taken"}


def test_interrupted_dump_keeps_the_files_of_the_last_one(tmp_path, monkeypatch):
    call_command("dump", tmp_path, verbosity=0)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def interrupted(*args, **kwargs):
        yield "co"
        raise KeyboardInterrupt

    monkeypatch.setattr("pkportal.management.commands.dump.csv_lines", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("dump", tmp_path, verbosity=0)

    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")} == before
