"""The one family of errors that a person is shown, as one line, without a traceback."""


class QAError(Exception):
    """Something the user can act on: the message says what is wrong and what to do."""


class DamagedIndexError(QAError):
    """An index folder that is not whole or was made by another format; the message names the mending command."""
