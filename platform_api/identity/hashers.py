"""How client secrets rest in the database."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class RandomSecretHasher(PBKDF2PasswordHasher):
    """One salted round: a client secret is 128 random characters, which no rounds make stronger.

    A person's password never goes through this hasher.
    """

    algorithm = "pbkdf2_sha256_random"
    iterations = 1
