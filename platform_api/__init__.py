"""Regional Cooperation Platform API: the composition root and the shared lower layers."""

__version__ = "0.1.0"
