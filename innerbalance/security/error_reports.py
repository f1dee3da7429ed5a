"""Error reports tell where it went wrong, never what somebody wrote."""

from django.views.debug import SafeExceptionReporterFilter

HIDDEN = "not reported"


class NoContentFilter(SafeExceptionReporterFilter):
    """Hides every posted value and every local variable, in every view and whatever DEBUG says."""

    def is_active(self, request):
        return True

    def get_post_parameters(self, request):
        if request is None:
            return {}
        # Reading the body can fail here (an upload broken off), and must not hide the first error.
        try:
            return dict.fromkeys(request.POST, HIDDEN)
        except Exception:
            return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(name, HIDDEN) for name in tb_frame.f_locals]
