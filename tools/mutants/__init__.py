"""Does a test notice when a rule of access is gone? ``python -m tools.mutants``."""
