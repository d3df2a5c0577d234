"""Plan to text: expressions, templates, the script."""
