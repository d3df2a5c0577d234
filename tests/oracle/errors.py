"""The one error of the oracle."""


class OracleError(Exception):
    """The contract has no rows for this.

    It fails (a timestamp that cannot be read, a CAST of such text), is left to the engine (an
    overflow of 64 bits), or is not in the contract at all.
    """
