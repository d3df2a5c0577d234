"""The one error of the oracle."""


class OracleError(Exception):
    """The contract says that this fails (a timestamp that cannot be read, a CAST of such text), leaves
    it to the engine (an overflow of 64 bits), or does not have it at all.
    """
