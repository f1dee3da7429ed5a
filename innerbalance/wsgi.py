"""The door for a WSGI server; production settings unless DJANGO_SETTINGS_MODULE says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.production")
os.environ.setdefault("INNERBALANCE_SERVES", "1")  # innerbalance/settings/database.py

_django = get_wsgi_application()

from innerbalance.caching.door import with_kept_pages_first  # noqa: E402 -- it needs the settings
from innerbalance.site_address import follow_base_url_at_start  # noqa: E402

follow_base_url_at_start()
application = with_kept_pages_first(_django)
