"""The portal as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django first

from pkportal.content.timeouts import limit_statements  # noqa: E402
from pkportal.observability.request_log import RequestLog  # noqa: E402
from pkportal.serving.head import HeadersOnly  # noqa: E402
from pkportal.serving.page_store import PageStore  # noqa: E402
from pkportal.serving.replicas import ReadReplicas  # noqa: E402
from pkportal.serving.versions import LeasedVersion  # noqa: E402

limit_statements()
# who develops changes templates and code, which are no part of the content version
pages = django_application if settings.DEBUG else PageStore(django_application, LeasedVersion())
if settings.REPLICAS and not settings.DEBUG:
    pages = ReadReplicas(pages, settings.REPLICAS)
application = RequestLog(HeadersOnly(pages))
