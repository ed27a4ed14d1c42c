"""The admin site's foundation: Django's own admin, writing through services only."""
