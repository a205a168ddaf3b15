import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.checks")

# The same examples on every machine, however slow it is.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")
