"""Running what was rendered, in a session of an engine. Engines are imported when they are used."""
