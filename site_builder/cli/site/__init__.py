"""Commands that build, check and show the site."""
