"""summarise drafts a news desk's house page from a raw article page."""

__version__ = "0.1.0"
