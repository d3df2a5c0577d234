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
    "ARRAY_LENGTH": "CARDINALITY",
    "AT_TIMEZONE": "DATE_FORMAT, which shows the clock of the project's zone",
    "BTRIM": "TRIM(text, characters)",
    "CHARINDEX": "POSITION(part IN text)",
    "CONCATENATE": "CONCAT",
    "CONVERT_TZ": "DATE_FORMAT, which shows the clock of the project's zone",
    "DATEADD": "t + INTERVAL '1' DAY, or TIMESTAMPADD(DAY, n, t)",
    "DATEDIFF": "TIMESTAMPDIFF(DAY, from, to)",
    "DATE_ADD": "t + INTERVAL '1' DAY, or TIMESTAMPADD(DAY, n, t)",
    "DATE_DIFF": "TIMESTAMPDIFF(DAY, from, to)",
    "DATE_PART": "EXTRACT(part FROM t)",
    "DATE_SUB": "t - INTERVAL '1' DAY",
    "DIVIDE": "/ or DIV",
    "ELEMENT_AT": "array[1] or map['key']",
    "FORMAT_NUMBER": "ROUND and CAST",
    "FROM_UNIXTIME": "TIMESTAMPADD(SECOND, n, TIMESTAMP '1970-01-01 00:00:00Z')",
    "GET_JSON_OBJECT": "JSON_VALUE(text, path)",
    "ILIKE": "LOWER(text) LIKE pattern",
    "INITCAP": "UPPER and LOWER",
    "INSTR": "POSITION(part IN text)",
    "ISNULL": "IS NULL, or COALESCE",
    "JSON_QUERY": "JSON_VALUE(text, path), of a text, number or boolean",
    "LOG": "LN, LOG10 or LOG2",
    "LOG1P": "LN(1 + x)",
    "MONTHS_BETWEEN": "TIMESTAMPDIFF(MONTH, from, to)",
    "NAMED_STRUCT": "a MAP, or a feature for each value",
    "NVL2": "IF(a IS NOT NULL, b, c)",
    "OCTET_LENGTH": "CHAR_LENGTH",
    "PMOD": "%, and add the divisor to what is negative",
    "REGEXP_SUBSTR": "REGEXP_EXTRACT",
    "ROW": "a MAP, or a feature for each value",
    "SHA2": "SHA256",
    "SPLIT": "SPLIT_PART(text, separator, number)",
    "SPLIT_INDEX": "SPLIT_PART(text, separator, number), whose first part is 1",
    "STRPOS": "POSITION(part IN text)",
    "STRUCT": "a MAP, or a feature for each value",
    "SUBSTRING_INDEX": "SPLIT_PART(text, separator, number)",
    "TO_DATE": "CAST(TO_TIMESTAMP(text, format) AS DATE)",
    "TO_JSON": "JSON_STRING(value)",
    "TO_TIMESTAMP_LTZ": "TO_TIMESTAMP(text, format)",
    "TO_UNIX_TIMESTAMP": "UNIX_TIMESTAMP",
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
