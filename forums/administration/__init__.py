"""Pages of the admin site about access: the grid, what a person sees, break-glass."""

from . import breakglass, grid_pages, sight

PAGES = (*grid_pages.PAGES, *sight.PAGES, *breakglass.PAGES)
