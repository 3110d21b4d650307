"""How sure a figure from simulated terms is: 95% confidence intervals.

Means: Student's t over independent terms. Shares of terms: Wilson's score interval,
which stays honest near 0% and 100%. The quantile of t comes from that of the normal
distribution by the expansion in Abramowitz and Stegun, Handbook of Mathematical
Functions, 26.7.5 (from ten terms on right to three decimals).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, stdev

from planner.model.base import Frozen

CONFIDENCE = 0.95
FEWEST = 10  # terms from which an interval is made
_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


class Interval(Frozen):
    """An estimate, and the limits between which the true value is, with 95% confidence."""

    value: float
    low: float
    high: float

    def within(self, least: float, most: float) -> Interval:
        """Cut the interval to what can be.

        Parameters
        ----------
        least : float
            No value is below this.
        most : float
            No value is above this.

        Returns
        -------
        Interval
        """
        return Interval(
            value=self.value, low=min(max(self.low, least), most), high=max(min(self.high, most), least)
        )

    @property
    def excludes_zero(self) -> bool:
        """Whether a difference is more than chance."""
        return self.low > 0 or self.high < 0


def mean_interval(values: Sequence[float]) -> Interval:
    """Return the mean of independent values with its t interval.

    Raises
    ------
    ValueError
        Where there are fewer than `FEWEST` values.
    """
    if len(values) < FEWEST:
        raise ValueError("too few values for an interval")
    mean = fmean(values)
    half = _t(len(values) - 1) * stdev(values) / sqrt(len(values))
    return Interval(value=mean, low=mean - half, high=mean + half)


def share_interval(count: int, of: int) -> Interval:
    """Return a share with its Wilson interval.

    Parameters
    ----------
    count : int
        How many of them.
    of : int
        How many there are.

    Returns
    -------
    Interval
        With 95% confidence.

    Raises
    ------
    ValueError
        Where it is a share of nothing.
    """
    if of < 1:
        raise ValueError("a share of nothing")
    share, square = count / of, _Z * _Z / of
    middle = (share + square / 2) / (1 + square)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    limits = Interval(value=share, low=middle - half, high=middle + half).within(0, 1)
    # Rounding would leave out the share itself at the ends.
    return limits.model_copy(update={"low": min(limits.low, share), "high": max(limits.high, share)})


def _t(freedom: int) -> float:
    """Return the quantile of Student's t for the two-sided interval."""
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
