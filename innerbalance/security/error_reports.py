"""Error reports tell where it went wrong, never what somebody wrote."""

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

HIDDEN = "not reported"


class NoContentFilter(SafeExceptionReporterFilter):
    """Hides every posted value and every local variable, in every view and whatever DEBUG says."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        if request is None:
            return {}
        # Reading the body can fail here (an upload broken off), and must not hide the first error.
        try:
            return dict.fromkeys(request.POST, HIDDEN)
        except Exception:
            return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, HIDDEN).items()
