"""Template loader: HTML templates are indented for those who write them, and sent without that indentation."""

import re

from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\n[ \t]+")


class Loader(FilesystemLoader):
    """Filesystem loader that leaves out the indentation, which is a tenth of a long page; no ``<pre>`` may need it."""

    def get_contents(self, origin):
        """Return the text of a template; the number of its lines stays, for messages of errors."""
        contents = super().get_contents(origin)
        return INDENTATION.sub("\n", contents) if origin.name.endswith(".html") else contents
