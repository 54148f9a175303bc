// The page of an old address: goes on to the new one with the query and the fragment, which a `refresh` would lose.
"use strict"
{
  const url = new URL(document.currentScript.dataset.to, document.baseURI)
  location.replace(url.href + location.search + location.hash)
}
