"""Running the platform: embedded database, database roles, the trial supervisor.

Nothing here imports a domain app; the other layers are started, never called.
"""
