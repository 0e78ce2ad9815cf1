"""What LawDesk costs, measured: ``python -m bench NAME [options]``; each measurement is a module with ``run``."""
