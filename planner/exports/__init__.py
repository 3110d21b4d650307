"""Handing over: a plan as files for people and for learning systems.

Files for people (`tables`, `workbook`) neutralise cells that look like formulas.
Import files (all others) hold checked keys and group names only, see `keys`.
"""

from planner.exports.files import Elsewhere, ExportFile
from planner.exports.target import Target
from planner.exports.targets import TARGETS, target

__all__ = ["TARGETS", "Elsewhere", "ExportFile", "Target", "target"]
