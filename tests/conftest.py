"""Settings for every test: examples are drawn alike each time, and nothing is timed."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
# pytest --hypothesis-profile=explore: other examples each time, for whoever goes looking for trouble.
settings.register_profile("explore", parent=settings.get_profile("house"), derandomize=False)
settings.load_profile("house")
