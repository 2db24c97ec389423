"""Static files are compressed once, and again only when they have changed."""

import gzip

import brotli
import pytest

from pkportal.website.static_storage import CompressOnce

TEXT = b"body { color: black } " * 100


@pytest.fixture
def compressed(tmp_path):
    path = tmp_path / "site.css"
    path.write_bytes(TEXT)
    CompressOnce(quiet=True).compress(str(path))
    return path


def forms(path):
    return brotli.decompress((path.parent / "site.css.br").read_bytes()), gzip.decompress(
        (path.parent / "site.css.gz").read_bytes()
    )


def test_file_that_has_not_changed_is_left_alone(compressed):
    assert CompressOnce(quiet=True).compress(str(compressed)) == []
    assert forms(compressed) == (TEXT, TEXT)


def test_file_that_has_changed_is_compressed_again(compressed):
    compressed.write_bytes(TEXT * 2)

    assert len(CompressOnce(quiet=True).compress(str(compressed))) == 2
    assert forms(compressed) == (TEXT * 2, TEXT * 2)


@pytest.mark.parametrize("suffix", ["br", "gz"])
@pytest.mark.parametrize("left", [0, 20])
def test_form_that_a_killed_process_left_unfinished_is_made_again(compressed, suffix, left):
    form = compressed.with_name(f"site.css.{suffix}")
    form.write_bytes(form.read_bytes()[:left])

    CompressOnce(quiet=True).compress(str(compressed))

    assert forms(compressed) == (TEXT, TEXT)
