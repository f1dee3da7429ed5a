"""Who may see the reports: whoever may see the requests; the export needs its own permission besides."""

from wagtail.admin.auth import permission_denied

from intake.desk.access import EXPORT, VIEW, closed

__all__ = ["EXPORT", "VIEW", "DeskOnly"]


class DeskOnly:
    """A view for those who have all of `permissions_required`; for everybody else it is forbidden."""

    permissions_required: tuple[str, ...] = (VIEW,)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perms(self.permissions_required):
            return permission_denied(request)
        return closed(super().dispatch(request, *args, **kwargs))
