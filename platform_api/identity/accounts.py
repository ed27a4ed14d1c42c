"""What is known of a person's account."""

from .models import Membership, User


def is_unused(user: User) -> bool:
    """Whether an account was made for somebody who has never signed in nor acted for anybody."""
    return (
        user.last_login is None
        and not user.has_usable_password()
        and not Membership.objects.filter(user=user).exists()
    )
