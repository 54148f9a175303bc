# An extension of the site's own.
