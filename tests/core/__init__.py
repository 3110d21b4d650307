"""The promises of the core as a whole: one account, and plans that keep their word."""
