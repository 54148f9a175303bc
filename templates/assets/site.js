// All that every page loads: small things at once, larger ones when they are first needed. No page depends on it.
// It stands in the head and stops the first paint for a moment, so that a page never flashes in the wrong colours.
"use strict"
{
  const here = document.currentScript.src // /assets/site.js
  const site = new URL("..", here).href
  const themes = ["", "light", "dark"]
  let colours, search // a button and a link, once the page is there

  // The reader's colours, before the first paint: "light", "dark", or "" for the system's.
  function theme(name) {
    document.documentElement.dataset.theme = name
    for (const meta of document.querySelectorAll("[name=theme-color]")) {
      meta.own ??= meta.media
      meta.media = name ? (meta.own.includes(name) ? "all" : "not all") : meta.own
    }
  }

  function show(name) {
    theme(name)
    if (colours) colours.ariaLabel = colours.title = colours.dataset[name || "system"]
  }

  function reread() {
    try { show(localStorage.sbTheme || "") } catch { show(document.documentElement.dataset.theme || "") }
  }

  reread()
  addEventListener("storage", reread) // chosen in another tab,
  addEventListener("pageshow", reread) // or on a page that this one was left for
  addEventListener("DOMContentLoaded", () => {
    colours = document.querySelector(".sb-theme")
    search = document.querySelector(".sb-find")
    colours?.addEventListener("click", () => {
      show(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length])
      try { localStorage.sbTheme = document.documentElement.dataset.theme } catch {} // then it holds for this page alone
    })
    search?.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !search.ariaCurrent) seek(event)
    })
    reread()
  })

  // Bold and italic, where a page has them, come after the first paint; until then the browser makes them up.
  const faces = [
    ["600-normal", { weight: "600 900" }, "b, strong, th, .admonition-title, .sb-body summary"],
    ["400-italic", { style: "italic" }, "i, em, cite, dfn, var, address"],
  ]
  if (document.documentElement.classList.contains("sb-face")) {
    new PerformanceObserver((_, observer) => {
      observer.disconnect()
      for (const [name, kind, words] of faces) {
        if (!document.querySelector(`main :is(${words})`)) continue
        const file = new URL(`fonts/source-serif-4-latin-${name}.woff2`, here)
        new FontFace("Source Serif 4", `url(${file})`, kind).load().then((face) => document.fonts.add(face), () => {})
      }
    }).observe({ type: "paint", buffered: true })
  }

  // A copy button names the element whose text it copies; where the browser forbids copying, that text is selected.
  addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]")
    if (!button) return
    const from = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(from.textContent.trim())
      const said = button.textContent
      if (said == button.dataset.done) return
      button.textContent = button.dataset.done
      setTimeout(() => { button.textContent = said }, 2000)
    } catch {
      getSelection().selectAllChildren(from)
    }
  })

  // The search opens with / and Ctrl-K, and from its link; that leads to a page of its own where this does not work.
  function seek(event) {
    event.preventDefault()
    import("./search.js").then(({ open }) => open(search.textContent), () => { location = search.href })
  }

  addEventListener("keydown", (event) => {
    const { key, target } = event
    // A field in a window that was closed this moment may still have the focus.
    const isTyping = target.isContentEditable || (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && target.checkVisibility())
    const isSlash = key == "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey
    if (search && (isSlash || (key == "k" && (event.ctrlKey || event.metaKey)))) seek(event)
  })

  // A card on links to articles, topics and entities: its script comes with the first such link that is pointed at.
  const signs = ["pointerover", "focusin", "touchstart"]

  function leads(link) {
    const url = link && new URL(link.getAttribute("href"), document.baseURI)
    return url && url.pathname != location.pathname
      && url.href.startsWith(site) && /^(articles|topics|entities)\/[^/]+\/(#.*)?$/.test(url.href.slice(site.length))
  }

  function first(event) {
    const link = event.target.closest?.("main a[href]")
    if (!leads(link) || event.pointerType == "touch") return // a touch has its own sign
    for (const sign of signs) removeEventListener(sign, first)
    let isOver = false // the touch, before the script is there
    for (const end of ["touchend", "touchmove", "touchcancel"]) addEventListener(end, () => { isOver = true }, { once: true })
    import("./previews.js").then((previews) => previews.start(leads, link, isOver ? null : event))
  }
  for (const sign of signs) addEventListener(sign, first, { passive: true })
}
