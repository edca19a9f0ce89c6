"""What must not stand in a log: the secret of a unit's link, a draft's key, the key of a new password."""

import logging
import re

SECRETS = re.compile(r"""(?<=/e/)[^"\n]+|(?<=/)[\w-]{24,}""", re.ASCII)
"""All that follows the beginning of a unit's link, and every part of an address as long as a key, mistyped or not."""


class WithoutSecrets(logging.Filter):
    """Let every record pass, with the secrets in its message made illegible."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = SECRETS.sub("…", record.getMessage()), None
        return True
