"""The HTTP kit: what every route of the API does alike, so that a view only names its acts."""
