"""An operator opens one object against its walls, for minutes, and its owner is told at once."""
