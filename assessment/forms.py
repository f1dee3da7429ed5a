"""The editor's form: a draft may be saved half-written, but only one without problems goes further."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from assessment.formats.problems import problem_text
from assessment.models import Assessment
from assessment.rules.problems import Problem

BLOCK_FIELDS = ("labels", "scales", "items", "pairs", "examples")


class AssessmentForm(WagtailAdminModelForm):
    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation or any(field in self.errors for field in BLOCK_FIELDS):
            return cleaned
        known = {field.name for field in Assessment._meta.get_fields()}
        written = Assessment(**{name: value for name, value in cleaned.items() if name in known})
        by_field: dict[str, list[Problem]] = defaultdict(list)
        for problem in written.publishing_problems():
            by_field[str(problem.path[0])].append(problem)
        for field, problems in by_field.items():
            if field not in self.errors:
                self.add_error(field, block_error(field, problems))
        return cleaned


def block_error(field: str, problems: list[Problem]) -> ValidationError:
    """All problems of one field, each placed at its own part of it."""
    at_field = [problem_text(problem) for problem in problems if len(problem.path) == 1]
    if at_field or field not in BLOCK_FIELDS:
        return ValidationError(at_field or [problem_text(problem) for problem in problems])
    tree: dict[Any, Any] = {}
    for problem in problems:
        branch = tree
        for step in problem.path[1:-1]:
            branch = branch.setdefault(step, {})
        branch.setdefault(problem.path[-1], problem_text(problem))
    return StreamBlockValidationError(block_errors={number: _nested(branch) for number, branch in tree.items()})


def _nested(branch: dict[Any, Any] | str) -> ValidationError:
    """A branch is keyed by numbers where it is a list's, by names where it is a block's."""
    if isinstance(branch, str):
        return ValidationError(branch)
    errors = {key: _nested(below) for key, below in branch.items()}
    if all(isinstance(key, int) for key in errors):
        return ListBlockValidationError(block_errors=errors)
    return StructBlockValidationError(block_errors=errors)
