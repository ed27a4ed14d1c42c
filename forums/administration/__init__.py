"""Pages of the admin site about access: the grid, what a person sees, break-glass."""
