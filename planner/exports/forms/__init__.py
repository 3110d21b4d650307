"""Questions to students as forms of the systems that they answer in, one file for each."""

from __future__ import annotations

from planner.exports.forms.questions import FormQuestion, QuestionSet, asked_of, who
from planner.exports.forms.targets import FORMS, Form

__all__ = ["FORMS", "Form", "FormQuestion", "QuestionSet", "asked_of", "who"]
