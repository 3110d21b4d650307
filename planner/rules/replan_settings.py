"""What a rerun is kind to, beyond the fewest moves; each can be switched off."""

from __future__ import annotations

from planner.model.base import Frozen


class RerunSettings(Frozen):
    """Three kindnesses of a rerun, in the rules file under ``[rerun]``.

    Attributes
    ----------
    spare_movers : bool
        Nobody moves twice in a term while another can.
    newcomers_together : bool
        A newcomer is not the only one in a group where two could join together.
    known_faces : bool
        Who moves comes to, or along with, somebody they were in a group with before,
        where that can be.
    """

    spare_movers: bool = True
    newcomers_together: bool = True
    known_faces: bool = True
