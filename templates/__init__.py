"""The templates: common ones, and for each dialect those that differ."""
