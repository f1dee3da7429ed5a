"""Who may see the reports: whoever may see the requests; the export needs its own permission besides."""

from wagtail.admin.auth import permission_denied

VIEW = "intake.view_consultationrequest"
EXPORT = "intake.export_consultationrequest"


class DeskOnly:
    """A view for those who have all of `permissions_required`; for everybody else it is forbidden."""

    permissions_required: tuple[str, ...] = (VIEW,)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perms(self.permissions_required):
            return permission_denied(request)
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        # With "no-referrer" browsers send `Origin: null` with a form, and it is refused.
        response.headers["Referrer-Policy"] = "same-origin"
        return response
