// What every page loads, in the head: no page flashes in the wrong colours. No page depends on it.
"use strict"
{
  const here = document.currentScript.src // /assets/site.js
  const site = new URL("..", here).href
  const themes = ["", "light", "dark"]
  let colours, search // a button and a link, once the page is there

  // The reader's colours: "light", "dark", or "" for the system's.
  function theme(name) {
    document.documentElement.dataset.theme = name
    for (const meta of document.querySelectorAll("[name=theme-color]")) {
      meta.own ??= meta.media
      meta.media = name ? (meta.own.includes(name) ? "all" : "not all") : meta.own
    }
  }

  function show(name) {
    theme(name)
    if (colours) colours.ariaLabel = colours.dataset[name || "system"]
  }

  function reread() {
    let name = document.documentElement.dataset.theme
    try { name = localStorage.sbTheme } catch {}
    show(themes.includes(name) ? name : "")
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
    if (isOff()) search?.querySelector("span")?.remove()
    search?.addEventListener("pointerenter", () => search.ariaCurrent || warm().catch(() => {}))
    search?.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !search.ariaCurrent) seek(event)
    })
    reread()
    const slash = document.getElementById("sb-slash")
    if (!slash) return
    slash.checked = !isOff()
    slash.addEventListener("change", () => { try { localStorage.sbSlash = slash.checked ? "" : "off" } catch {} })
  })

  // A page of results never shows the lists.
  if (/[?&]q=[^&]/.test(location.search)) document.documentElement.classList.add("sb-asked")

  // What can wait for the first paint: bold and italic, where they are used; the search on its own page.
  const faces = [
    ["600-normal", { weight: "600 900" }, "b, strong, th, .admonition-title, .sb-body summary"],
    ["400-italic", { style: "italic" }, "i, em, cite, dfn, var, address"],
  ]

  function late() {
    const root = document.documentElement
    if (document.getElementById("sb-search")) import("./search.js").catch(() => root.classList.add("sb-broken"))
    for (const [name, kind, words] of root.matches(".sb-face") ? faces : []) {
      if (!document.querySelector(`main :is(${words})`)) continue
      const file = new URL(`fonts/source-serif-4-latin-${name}.woff2`, here)
      new FontFace("Source Serif 4", `url(${file})`, kind).load().then((face) => document.fonts.add(face), () => {})
    }
  }

  if (PerformanceObserver.supportedEntryTypes?.includes("paint")) {
    new PerformanceObserver((_, observer) => { observer.disconnect(); late() }).observe({ type: "paint", buffered: true })
  } else addEventListener("load", late)

  // A button names the element whose text it copies, saves as a file, or selects.
  addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]")
    if (!button) return
    const from = document.getElementById(button.dataset.copy)
    const { file, done } = button.dataset
    if (file) {
      const href = URL.createObjectURL(new Blob([from.textContent]))
      return Object.assign(document.createElement("a"), { href, download: file }).click()
    }
    try {
      await navigator.clipboard.writeText(from.textContent.trim())
      const said = button.textContent
      if (said == done) return
      button.textContent = done
      setTimeout(() => { button.textContent = said }, 2000)
    } catch {
      getSelection().selectAllChildren(from)
    }
  })

  // The search opens with / and Ctrl-K, and from its link.
  function seek(event) {
    event.preventDefault()
    let early = "" // typed before the window is there
    const hold = (now) => { if (now.key.length == 1 && !isCommand(now)) early += now.key }
    const typed = () => (removeEventListener("keydown", hold), early)
    addEventListener("keydown", hold)
    warm().then(({ open }) => open(search.firstChild.data.trim(), typed, index), () => { location = search.href })
  }

  // All that it needs, at once.
  let index
  function warm() {
    if (!index) {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${site}assets/search.css` }))
      index = fetch(`${site}search/index.json`).then((answer) => answer.json())
      index.catch(() => {})
    }
    return import("./search.js")
  }

  const isCommand = ({ ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey

  // The search page can turn the single key off (WCAG 2.1.4).
  function isOff() {
    try { return localStorage.sbSlash == "off" } catch { return false }
  }

  addEventListener("keydown", (event) => {
    const { key, target } = event
    // A field in a window that was closed may have the focus still.
    const isTyping = target.isContentEditable || (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && target.checkVisibility())
    const isSlash = key == "/" && !isTyping && !isCommand(event) && !isOff()
    if (search && (isSlash || (key == "k" && (event.ctrlKey || event.metaKey)))) seek(event)
  })

  // A card on links to articles, topics, entities.
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
