"""What every test has: offices on both engines."""

pytest_plugins = ["tests.offices"]
