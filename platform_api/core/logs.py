"""Log lines that carry the request they belong to."""

import logging

from .http.request_ids import current_request_id


class RequestIdFilter(logging.Filter):
    """Puts ``request_id`` on every record; ``-`` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id() or "-"
        return True
