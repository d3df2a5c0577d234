"""Tools for the checkout: the engines' jars, and a real broker and clusters to run scripts on."""
