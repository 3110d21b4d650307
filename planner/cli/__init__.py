"""The command line: the stable contract that users script against."""

try:
    from planner.cli.main import main
except KeyboardInterrupt:  # all that is imported takes a while, and who stops it then wants no traceback
    raise SystemExit(130) from None

__all__ = ["main"]
