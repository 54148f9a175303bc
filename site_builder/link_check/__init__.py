"""Asks the addresses elsewhere that a site links to whether they are alive, and keeps what is known of them."""
