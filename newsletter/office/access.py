"""Who may open the newsletter's screens. Wagtail sends everyone else back to the admin's home."""

from django.contrib.auth.decorators import permission_required

may_view = permission_required("newsletter.view_subscriber", raise_exception=True)
may_add = permission_required("newsletter.add_subscriber", raise_exception=True)
may_export = permission_required("newsletter.export_subscriber", raise_exception=True)
may_count = permission_required("newsletter.view_campaign", raise_exception=True)
may_look_up = permission_required("newsletter.view_suppression", raise_exception=True)
may_suppress = permission_required("newsletter.add_suppression", raise_exception=True)
may_lift = permission_required("newsletter.delete_suppression", raise_exception=True)
may_send = permission_required("newsletter.send_campaign", raise_exception=True)
