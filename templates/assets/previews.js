// A card that tells of a page before one goes there: on links pointed at, focused, or pressed for a while.
// WCAG 1.4.13: Escape takes it away, the pointer may move onto it, and it stays until both are left.

const WAIT = 300 // ms that a pointer rests or a key stays, before the card shows,
const LEAVE = 200 // to go from the link to the card,
const PRESS = 500 // that a finger rests
const SHAKE = 10 // px that it may move by
const GAP = 6 // px between link and card
const EDGE = 8 // px between card and window

const known = new Map()
let leads = null // tells a link that has a card
const card = document.createElement("div")
card.id = "sb-card"
card.role = "tooltip"
card.dir = "auto"
card.hidden = true

let link = null // the one that is pointed at
let far = null // aborts what is under way for it
let leaving
let finger = null // where it was laid down
let pressed = false // it has brought the card: its lifting is no click

const styled = new Promise((done) => {
  const sheet = document.createElement("link")
  sheet.rel = "stylesheet"
  sheet.href = new URL("previews.css", import.meta.url)
  sheet.onload = done
  document.head.append(sheet)
})
document.querySelector("main").append(card)

// The page that the link leads to tells what its card says: it is small, and the click that may follow finds it here.
async function told(target, signal) {
  const { href } = new URL(target.getAttribute("href").replace(/#.*/, ""), document.baseURI)
  if (!known.has(href)) {
    const answer = await fetch(href, { signal })
    known.set(href, answer.ok ? read(await answer.text()) : null)
  }
  return known.get(href)
}

function read(text) {
  const page = new DOMParser().parseFromString(text, "text/html")
  const all = (selector) => [...page.querySelectorAll(selector)].map((one) => one.content ?? one.textContent.trim())
  return {
    title: all("main h1")[0],
    summary: all("[name=description]")[0],
    meta: all("main header time, [data-card]")[0],
    topics: all("ul.sb-kicker li").slice(0, 3).join(" · "),
    mark: all("header .sb-mark")[0],
    language: page.querySelector("main").lang,
  }
}

const pause = (time) => new Promise((done) => setTimeout(done, time))

async function point(target, wait) {
  clearTimeout(leaving)
  if (link == target) return
  close()
  link = target
  far = new AbortController()
  const { signal } = far
  await pause(wait / 2) // what is only passed over is not asked for
  if (signal.aborted) return
  try {
    const [data] = await Promise.all([told(target, signal), styled, pause(wait / 2)])
    if (data && !signal.aborted) open(data)
  } catch {} // left before it came, or offline: a card is no loss
}

function line(kind, text, mark) {
  const made = document.createElement("p")
  made.className = kind
  if (mark) {
    const sign = made.appendChild(document.createElement("span"))
    sign.className = "sb-mark"
    sign.textContent = mark
    made.append(" ")
  }
  made.append(text)
  return made
}

function open({ title, summary, meta, topics, mark, language }) {
  card.lang = language || document.documentElement.lang
  card.replaceChildren(line("sb-card-title", title))
  if (summary) card.append(line("", summary))
  if (meta || mark) card.append(line("sb-card-meta", meta, mark))
  if (topics) card.append(line("sb-card-meta", topics))
  card.hidden = false
  place()
  link.setAttribute("aria-describedby", card.id)
}

// Below the link, or above it where there is more room, and never over it; a link on several lines counts as a whole.
function place() {
  card.style.maxBlockSize = ""
  const box = link.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const above = box.top - GAP - EDGE
  const below = clientHeight - box.bottom - GAP - EDGE
  const isBelow = card.offsetHeight <= below || below >= above
  card.style.maxBlockSize = `${Math.max(isBelow ? below : above, 0)}px`
  const start = document.dir == "rtl" ? box.right - card.offsetWidth : box.left
  const left = Math.max(EDGE, Math.min(start, clientWidth - card.offsetWidth - EDGE))
  const top = isBelow ? box.bottom + GAP : box.top - GAP - card.offsetHeight
  card.style.left = `${left + scrollX}px`
  card.style.top = `${top + scrollY}px`
}

function close() {
  clearTimeout(leaving)
  far?.abort()
  link?.removeAttribute("aria-describedby")
  link = far = null
  card.hidden = true
}

function leave() {
  clearTimeout(leaving)
  leaving = setTimeout(() => {
    if (!card.matches(":hover") && !link?.matches(":hover, :focus-visible")) close()
  }, LEAVE)
}

const linkOf = (event) => {
  const found = event.target.closest?.("main a[href]")
  return leads(found) ? found : null
}

function over(event) {
  if (event.pointerType == "touch") return
  if (card.contains(event.target)) return clearTimeout(leaving)
  const found = linkOf(event)
  if (found) point(found, WAIT)
  else if (link) leave()
}

function focused(event) {
  const found = linkOf(event)
  if (found?.matches(":focus-visible")) point(found, WAIT)
}

function touched(event) {
  pressed = false
  finger = event.touches[0]
  const found = event.touches.length == 1 && linkOf(event)
  if (!card.contains(event.target)) close()
  if (!found) return
  found.classList.add("sb-pressed")
  point(found, PRESS).then(() => { pressed = link == found && !card.hidden })
}

// A finger that moves, or lifts before the card is there, meant something else.
function lifted(event) {
  const { clientX: x, clientY: y } = event.changedTouches[0]
  if (event.type == "touchmove" && Math.hypot(x - finger.clientX, y - finger.clientY) < SHAKE) return
  document.querySelector(".sb-pressed")?.classList.remove("sb-pressed")
  if (!pressed && link && card.hidden && !link.matches(":focus-visible")) close()
}

export function start(hasCard, target, event) {
  leads = hasCard
  addEventListener("pointerover", over)
  addEventListener("focusin", focused)
  addEventListener("focusout", () => link && leave())
  document.documentElement.addEventListener("pointerleave", () => link && leave())
  addEventListener("keydown", ({ key }) => key == "Escape" && link && close())
  addEventListener("pagehide", close)
  addEventListener("touchstart", touched, { passive: true })
  addEventListener("touchmove", lifted, { passive: true })
  addEventListener("touchend", lifted)
  addEventListener("touchcancel", lifted)
  addEventListener("click", (click) => pressed && linkOf(click) == link && click.preventDefault(), true)
  addEventListener("contextmenu", (menu) => menu.target.closest?.(".sb-pressed") && menu.preventDefault())
  if (event?.type == "touchstart") touched(event)
  else if (event && target.matches(":hover, :focus-visible")) point(target, WAIT)
}
