"""The dialects: for each, its facts. What it must be told differently is a rewrite or a template."""
