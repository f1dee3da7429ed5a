"""What an assessment shows on any page: the questions, or the result of answers."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string

from assessment.formats.problems import problem_text
from assessment.formats.results import ResultView, blank_result_view, browser_data, questions, result_view
from assessment.models import Assessment
from assessment.rules.answers import NotAnswers, read_answers
from assessment.rules.scoring import Answers
from assessment.rules.validation import NotScorable
from innerbalance.caching.by_content import made_from

register = template.Library()


def _frame(context: Context) -> dict[str, Any]:
    """What Wagtail's own tags look for on any page."""
    return {"request": context.get("request"), "settings": context.get("settings")}


@register.inclusion_tag("assessment/includes/assessment.html", takes_context=True)
def self_assessment(
    context: Context, assessment: Assessment, level: int = 2, answers: Answers | None = None, preview: bool = False
) -> dict[str, Any]:
    """The questions, ready to be taken. ``level`` is that of the title's heading.

    Shows nothing while the assessment isn't published, or can't be scored. ``answers`` are those of
    a reader who left some out and is asked for them.
    """
    if not (assessment.live or preview):
        return _frame(context)
    try:
        definition = assessment.definition
    except NotScorable:
        return _frame(context)
    asked = questions(definition, answers)
    return _frame(context) | {
        "assessment": assessment,
        "prefix": f"sa{assessment.pk or 0}",
        "level": level,
        "questions": asked,
        "unanswered": [question for question, answer in zip(asked, answers or (), strict=False) if answer is None],
        "blank": blank_result_view(definition, assessment.result_texts),
        "data": browser_data(definition),
        "counts": assessment.counts_runs and not preview,
    }


@register.simple_tag(takes_context=True)
def self_assessment_in_text(context: Context, assessment: Assessment) -> str:
    """As `self_assessment`, in an article: long, and the same for everybody until the assessment itself changes."""
    fields = assessment._meta.concrete_fields
    parts = tuple((field.name, field.get_prep_value(field.value_from_object(assessment))) for field in fields)
    template = "assessment/includes/assessment.html"
    return made_from(
        "assessment", parts, lambda: render_to_string(template, self_assessment(context, assessment, level=2))
    )


@register.inclusion_tag("assessment/includes/result.html", takes_context=True)
def assessment_result(context: Context, assessment: Assessment, result: ResultView, level: int = 2) -> dict[str, Any]:
    return _frame(context) | {
        "assessment": assessment,
        "result": result,
        "level": level,
        "below": level + 1,
    }


@register.inclusion_tag("assessment/includes/preview.html", takes_context=True)
def assessment_preview(context: Context, assessment: Assessment) -> dict[str, Any]:
    """For the editor alone: what keeps it from publication, and the reader's view or a result."""
    problems = assessment.publishing_problems()
    shown = _frame(context) | {"assessment": assessment, "problems": [problem_text(problem) for problem in problems]}
    if getattr(context.get("request"), "preview_mode", "") != "result":
        return shown
    shown["wants_result"] = True
    try:
        answers = read_answers(assessment.definition, assessment.trial_answers)
    except NotAnswers as error:
        shown["refusal"] = problem_text(error.problem)
    except NotScorable:
        pass  # its problems are said above
    else:
        shown["result"] = result_view(assessment.definition, assessment.result_texts, answers)
    return shown
