"""How the engine does on a State's own lists, measured with invented people. See `docs/reference/calibration.md`."""

from vigie.calibration.measure import POINTS, Report, Settings, measure
from vigie.calibration.plot import svg

__all__ = ["POINTS", "Report", "Settings", "measure", "svg"]
