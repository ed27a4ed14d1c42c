"""The second factor of people who sign in to the admin site."""
