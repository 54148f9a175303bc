"""Two states of a site compared as readers see them: a revision with another, or with the folder that is edited."""
