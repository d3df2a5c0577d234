"""Names that other dialects have for functions of the table: those that mean the same, and the rest."""

from __future__ import annotations

ALIASES: dict[str, str] = {
    "CEILING": "CEIL",
    "CHARACTER_LENGTH": "CHAR_LENGTH",
    "DAYOFMONTH": "DAY",
    "DOW": "DAYOFWEEK",
    "DOY": "DAYOFYEAR",
    "ENDSWITH": "ENDS_WITH",
    "IFNULL": "COALESCE",
    "LCASE": "LOWER",
    "LEN": "CHAR_LENGTH",
    "LENGTH": "CHAR_LENGTH",
    "LOCATE": "POSITION",
    "MOD": "%",
    "NVL": "COALESCE",
    "POW": "POWER",
    "REGEXP": "REGEXP_LIKE",
    "RLIKE": "REGEXP_LIKE",
    "SIGNUM": "SIGN",
    "SIZE": "CARDINALITY",
    "STARTSWITH": "STARTS_WITH",
    "SUBSTR": "SUBSTRING",
    "UCASE": "UPPER",
    "WEEKOFYEAR": "WEEK",
}
"""The same arguments, the same result."""

INSTEAD: dict[str, str] = {
    "BTRIM": "TRIM(text, characters)",
    "CHARINDEX": "POSITION(part IN text)",
    "CONCATENATE": "CONCAT",
    "DIVIDE": "/ or DIV",
    "FORMAT_NUMBER": "ROUND and CAST",
    "ILIKE": "LOWER(text) LIKE pattern",
    "INITCAP": "UPPER and LOWER",
    "INSTR": "POSITION(part IN text)",
    "ISNULL": "IS NULL, or COALESCE",
    "LOG": "LN, LOG10 or LOG2",
    "LOG1P": "LN(1 + x)",
    "NVL2": "IF(a IS NOT NULL, b, c)",
    "OCTET_LENGTH": "CHAR_LENGTH",
    "PMOD": "%, and add the divisor to what is negative",
    "REGEXP_SUBSTR": "REGEXP_EXTRACT",
    "SHA2": "SHA256",
    "SPLIT": "SPLIT_PART(text, separator, number)",
    "SPLIT_INDEX": "SPLIT_PART(text, separator, number), whose first part is 1",
    "STRPOS": "POSITION(part IN text)",
    "SUBSTRING_INDEX": "SPLIT_PART(text, separator, number)",
    "TRUNC": "FLOOR and CEIL, or CAST(number AS BIGINT)",
    "TRUNCATE": "FLOOR and CEIL, or CAST(number AS BIGINT)",
    "TRY_DIVIDE": "/, which is NULL by zero",
}
"""What to write for a name whose arguments or result are others."""


def canonical(name: str) -> str:
    """Return the table's name of a function, in upper case.

    >>> canonical("length"), canonical("lower")
    ('CHAR_LENGTH', 'LOWER')
    """
    return ALIASES.get(name.upper(), name.upper())
