"""The portal as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from pkportal.content.timeouts import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")

limit_statements()
application = get_wsgi_application()
