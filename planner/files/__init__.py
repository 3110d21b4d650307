"""Files opened and written with care: zips and TOML from elsewhere, private files."""
