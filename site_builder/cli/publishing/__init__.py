"""Commands on the published form of a site: its addresses and its link graph."""
