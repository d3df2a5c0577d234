"""What a definition is written in: sources, sinks, transforms, features, views. Declarations only.

Nothing is checked while a definition is made, so that the compiler can report every mistake at once.
"""
