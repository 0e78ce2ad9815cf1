"""What every test has: offices on both engines; windows that fail on Qt's warnings."""

pytest_plugins = ["tests.offices", "tests.windows"]
