"""What a reader may expect of any built site, measured: `python -m bench.gates SITE`.

`sample` picks pages of every kind, `files` reads the folder, `pages` and `search` look at it in Chromium, `lighthouse`
asks Lighthouse where it is installed. Each gives `Gate`s; `__main__` prints them beside their bars. Nothing here knows
how the site came about: it looks at files, and at what a browser makes of them.
"""
