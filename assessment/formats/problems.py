"""What keeps an assessment from publication, in words for its editor."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment.rules.problems import Fault, Problem, Value
from innerbalance.formats import format_list

TEXTS: dict[Fault, Promise | str] = {
    Fault.TOO_FEW_LABELS: _("Give at least two answers to choose from."),
    Fault.LABEL_WITHOUT_TEXT: _("Enter the text of this answer."),
    Fault.LABEL_WITHOUT_VALUE: _("Enter the value of this answer."),
    Fault.LABEL_NOT_RISING: _("Values must rise from answer to answer, and the one before has %(before)s."),
    Fault.NO_SCALE: _("Add at least one scale."),
    Fault.SCALE_WITHOUT_NAME: _("Give this scale a name."),
    Fault.SCALE_WITHOUT_LOW_END: _("Describe the low end of this scale."),
    Fault.SCALE_WITHOUT_HIGH_END: _("Describe the high end of this scale."),
    Fault.SCALE_WITHOUT_LETTER: _("Choose a letter."),
    Fault.LETTER_TAKEN: _("Another scale already has this letter."),
    Fault.SCALE_WITHOUT_QUESTION: _(
        "No question counts for scale %(scale)s. Assign at least one question to it, or remove this scale."
    ),
    Fault.SCALE_WITHOUT_METHOD: _("Choose how answers are added up."),
    Fault.SHARE_OUT_OF_BOUNDS: _("Enter a number from 0 (every question must be answered) to 99."),
    Fault.NO_RANGE: _("Add the ranges of this scale."),
    Fault.RANGE_WITHOUT_NAME: _("Give this range a name."),
    Fault.RANGE_NAME_TAKEN: _("Another range of this scale already has this name."),
    Fault.RANGE_WITHOUT_END: _("Enter the score at this end of the range."),
    Fault.SUM_NOT_WHOLE: _("A sum is a whole number, so this must be one too."),
    Fault.MEAN_TOO_FINE: _("A mean has two decimals, so this can't have more."),
    Fault.RANGE_BACKWARDS: _("This range ends before it starts."),
    Fault.FIRST_RANGE_ELSEWHERE: _("The lowest score on this scale is %(score)s, so the first range must start there."),
    Fault.LAST_RANGE_ELSEWHERE: _("The highest score on this scale is %(score)s, so the last range must end there."),
    Fault.GAP_OF_ONE: _(
        "There is a gap after “%(range)s”: a score of %(begin)s isn't in any range. Start this range at %(begin)s."
    ),
    Fault.GAP: _(
        "There is a gap after “%(range)s”: scores from %(begin)s to %(last)s aren't in any range."
        " Start this range at %(begin)s."
    ),
    Fault.OVERLAP: _("This range overlaps “%(range)s”, which goes up to %(high)s. Start this range at %(begin)s."),
    Fault.NO_QUESTION: _("Add at least one question."),
    Fault.QUESTION_WITHOUT_TEXT: _("Enter the question."),
    Fault.QUESTION_WITHOUT_SCALE: _("Choose the scale that this question counts for."),
    Fault.QUESTION_OF_UNKNOWN_SCALE: _("There is no scale %(scale)s. The scales are %(scales)s."),
    Fault.SAFETY_VALUE_UNKNOWN: _("Enter the value of one of the answers (%(values)s)."),
    Fault.PAIR_WITHOUT_NAME: _("Give this pair a name."),
    Fault.PAIR_OF_ONE_SCALE: _("A pair needs two different scales."),
    Fault.PAIR_TAKEN: _("Another pair already combines these two ranges."),
    Fault.ANSWER_UNKNOWN: _(
        "Answer %(number)s, “%(answer)s”, isn't the value of any answer (%(values)s), or - for no answer."
    ),
    Fault.ANSWERS_MISCOUNTED: _(
        "The number of answers here (%(given)s) doesn't match the number of questions (%(items)s)."
        " Enter one value for each question (%(values)s), or - for no answer."
    ),
    Fault.EXAMPLE_WITHOUT_RESULT: _("Add the result that you expect."),
    Fault.EXAMPLE_WITHOUT_SCORE: _("Too many answers are missing here for a result."),
    Fault.EXAMPLE_IN_OTHER_RANGE: _(
        "These answers score %(score)s on “%(scale)s”, which is “%(range)s”, not “%(expected)s”."
    ),
    Fault.EXAMPLE_WITH_OTHER_SCORE: _("These answers score %(score)s on “%(scale)s”, not %(expected)s."),
    Fault.RANGE_WITHOUT_EXAMPLE: _(
        "No worked example ends in “%(range)s”. Add one under “Worked examples” to show that"
        " scoring does what you mean."
    ),
    Fault.SCALE_UNKNOWN: _("Choose one of the scales."),
    Fault.RANGE_UNKNOWN: _("Scale “%(scale)s” has no range of this name. Its ranges are %(ranges)s."),
    Fault.NO_ORIGIN: _("Choose where this self-assessment comes from."),
    Fault.NO_INSTRUMENT: _("Enter the name of the instrument."),
    Fault.NO_CITATION: _("Cite the work that it was published in."),
    Fault.NO_LICENSE: _("Enter the license or permission under which you use it."),
    Fault.NO_PERMISSION_DOCUMENT: _("Add the document that proves the permission."),
    Fault.REVIEW_NOT_AFTER_LAST: _("The next review must come after the last one."),
}


def problem_text(problem: Problem) -> str:
    return str(TEXTS[problem.fault]) % {name: _shown(name, value) for name, value in problem.values.items()}


def _shown(name: str, value: Value) -> str:
    if not isinstance(value, list):
        return str(value)
    return ", ".join(value) if name == "values" else format_list(f"“{each}”" for each in value)
