// All that every page loads: small things at once, larger ones when they are first needed. No page depends on it.

// The reader's colours: the system's, light, dark, and round again. theme.js has set those chosen on an earlier page.
const colours = document.querySelector(".sb-theme")
const themes = ["", "light", "dark"]

function show(name) {
  theme(name)
  if (colours) colours.ariaLabel = colours.title = colours.dataset[name || "system"]
}

function reread() {
  try { show(localStorage.sbTheme || "") } catch { show(document.documentElement.dataset.theme) }
}

colours?.addEventListener("click", () => {
  show(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length])
  try { localStorage.sbTheme = document.documentElement.dataset.theme } catch {} // then it holds for this page alone
})
addEventListener("storage", reread) // chosen in another tab,
addEventListener("pageshow", reread) // or on a page that this one was left for

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
const search = document.querySelector(".sb-find")

function seek(event) {
  event.preventDefault()
  import("./search.js").then(({ open }) => open(search.textContent), () => { location = search.href })
}

search?.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !search.ariaCurrent) seek(event)
})
addEventListener("keydown", (event) => {
  const { key, target } = event
  const isTyping = target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)
  const isSlash = key == "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey
  if (search && (isSlash || (key == "k" && (event.ctrlKey || event.metaKey)))) seek(event)
})

// A card on links to articles, topics and entities: its script comes with the first such link that is pointed at.
const site = new URL("..", import.meta.url).href
const signs = ["pointerover", "focusin", "touchstart"]

export function leads(link) {
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
  import("./previews.js").then((previews) => previews.start(isOver ? null : event, link))
}
for (const sign of signs) addEventListener(sign, first, { passive: true })
