from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "platform_api.ledger"
    label = "ledger"

    def ready(self) -> None:
        from platform_api.core.registry import registry

        from .denials import record_denial
        from .idempotency import DatabaseIdempotencyStore
        from .throttling import DatabaseThrottle

        registry.idempotency_store = DatabaseIdempotencyStore()
        registry.throttle = DatabaseThrottle()
        registry.denial_recorder = record_denial
