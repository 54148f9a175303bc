"""From a built site to where readers find it."""
