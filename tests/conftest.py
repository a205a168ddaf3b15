import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.checks")

# The same examples on every machine, however slow it is.
settings.register_profile("seeded", derandomize=True, deadline=None)
settings.load_profile("seeded")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real VS Code takes longest, so it comes first: then the other processors have the rest to do meanwhile."""
    items.sort(key=lambda item: item.path.name != "test_vscode.py")
