"""The Chinese of everything said on a terminal."""

SENTENCES: dict[str, str] = {}
ERRORS: dict[str, str] = {"no format {}": "没有“{0}”这种格式"}
