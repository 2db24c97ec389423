"""Static files storage that compresses a file once: the portal collects its files at each start."""

import gzip
import zlib
from pathlib import Path

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressOnce(Compressor):
    """WhiteNoise's compressor, which leaves a file alone whose compressed forms hold the same."""

    def compress(self, path):
        """Compress a file, unless that was done before; what a killed process left unfinished is not the same."""
        content = Path(path).read_bytes()
        try:
            is_done = (
                brotli.decompress(Path(f"{path}.br").read_bytes()) == content
                and gzip.decompress(Path(f"{path}.gz").read_bytes()) == content
            )
        except (OSError, EOFError, zlib.error, brotli.error):
            is_done = False
        return [] if is_done else super().compress(path)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage: hashed names, and compressed forms that are kept from one start to the next."""

    def create_compressor(self, **options):
        """Return the compressor that keeps what it made before."""
        return CompressOnce(**options)
