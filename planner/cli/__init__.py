"""The command line: the stable contract that users script against.

A command is a function of what was typed, the rules of the course, and a speaker. The speaker says
all there is to say, in the language that was asked for, else in that of the plan or of the rules.
It returns whether all is well: there is a plan, every required rule is met, the groups agree. If
not, the exit status is 1 (see `main`).
"""

try:
    from planner.cli.main import main
except KeyboardInterrupt:  # all that is imported takes a while, and who stops it then wants no traceback
    raise SystemExit(130) from None

__all__ = ["main"]
