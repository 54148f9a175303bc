"""Related articles: scored neighbours of every article, with reasons. `site_related` is the entrance for a site."""
