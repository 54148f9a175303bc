// Search: what is typed becomes terms, files of the index give their postings, those give results.
// site_builder/search/index.py says what the files hold; site_builder/text/tokenizer.py has the same `terms` in Python.

const folder = new URL("../search/", import.meta.url)
const site = new URL("..", import.meta.url)
const asked = new Map()
const SHOWN = 10
const LEAVES = 6 // files that the start of a word may ask for
const WAIT = 50 // ms after the last key

function load(path) {
  if (!asked.has(path)) {
    const url = new URL(path, folder)
    asked.set(path, fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${url}`)
      return path.endsWith(".md") ? answer.text() : answer.json()
    }))
    asked.get(path).catch(() => asked.delete(path)) // the next try may have more luck
  }
  return asked.get(path)
}

// Text to terms

const SPACELESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad]*/gu
// Both as in site_builder/text/folding.py: what is left out, and what is typed instead of a letter.
const LEFT_OUT = /[\u00ad\u02b9-\u02bf\u061c\u200e\u200f\u2060\ufeff\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff\u0711\u0730-\u074a\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/gu
const PLAIN = new Map(("ßss æae œoe þth ðd đd łl øo ıi ȷj ħh ŧt ŋn ĸk ƀb ɓb ƈc ȼc ɖd ɗd ɇe ƒf ǥg ɠg ɨi ɉj ƙk ƚl "
  + "ɲn ƞn ƥp ɍr ƫt ƭt ʈt ʉu ʋv ƴy ɏy ƶz ȥz ɔo ɛe əe ǝe ɣg ʒz ςσ "
  + "ٱا ىي یي ےي ېي ةه ہه ھه ەه کك").split(" ").map((pair) => [pair[0], pair.slice(1)]))
const ANY_LETTER = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "g")

export function fold(text) {
  const plain = text.normalize("NFKD").replace(LEFT_OUT, "").toLowerCase()
  return plain.replace(ANY_LETTER, (letter) => PLAIN.get(letter)).normalize("NFC")
}

export function stem(word) {
  if ([...word].length < 4 || !word.endsWith("s")) return word
  if (/ies$/.test(word) && !/[ae]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /(us|ss|is)$/.test(word) ? word : word.slice(0, -1)
}

// A word, or what stands between its runs without spaces and the pairs of characters of these.
function parts(word) {
  const found = []
  let at = 0
  for (const run of word.matchAll(SPACELESS)) {
    if (run.index > at) found.push(word.slice(at, run.index))
    const signs = [...run[0]]
    if (signs.length == 1) found.push(signs[0])
    for (let i = 0; i + 1 < signs.length; i++) found.push(signs[i] + signs[i + 1])
    at = run.index + run[0].length
  }
  return at < word.length ? [...found, word.slice(at)] : found
}

const wordsOf = (text) => (fold(text).match(WORD) ?? []).flatMap(parts)
const termOf = (word) => [...stem(word)].slice(0, 40).join("")

export function terms(text) {
  return wordsOf(text).map(termOf)
}

// Terms to documents

function fileOf(leaf) {
  const name = leaf.trimEnd()
  if (/^[a-z0-9]+$/.test(name)) return `t/${name}${leaf.endsWith(" ") ? "-" : ""}.json`
  const bytes = [...new TextEncoder().encode(leaf)]
  return `t/_${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}.json`
}

// What is not a word yet may begin one: the last thing typed, unless it is a single letter of an alphabet.
const BEGINS = /^(?:..|[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Myanmar}\p{sc=Khmer}])/u

// The term of a plural that is being typed: "polici" and "policie" lead to "policy".
const singular = (start) => /[^ae]ie?$/.test(start) ? start.replace(/ie?$/, "y") : start

const begins = (word, start) => word.startsWith(start) || word == singular(start)

// The leaves in which a term, or the terms that begin so, are filed.
function leavesOf(leaves, term, isStart) {
  const under = isStart ? leaves.filter((leaf) => leaf.startsWith(term)) : leaves.filter((leaf) => leaf == `${term} `)
  if (under.length) return under.slice(0, LEAVES)
  for (let end = [...term].length; end >= 0; end--) {
    const start = [...term].slice(0, end).join("")
    if (leaves.includes(start)) return [start]
  }
  return []
}

// Number of a document -> what it weighs for a term, or for the best of the terms that begin with `start`, unless that is
// empty; and which documents have the term itself.
async function postings(index, term, start = "") {
  const leaves = leavesOf(index.leaves, term, false)
  if (start) leaves.push(...leavesOf(index.leaves, start, true), ...leavesOf(index.leaves, singular(start), false))
  const files = await Promise.all([...new Set(leaves)].map((leaf) => load(fileOf(leaf))))
  const lists = files.flatMap((file) => Object.entries(file)).filter(([key]) => key == term || (start && begins(key, start)))
  const counts = lists.map(([, list]) => list.length / 2)
  const count = Math.min(index.documents, counts.reduce((sum, one) => sum + one, 0))
  const rare = Math.log(1 + (index.documents - count + 0.5) / (count + 0.5))
  const found = new Map(), whole = new Set()
  for (const [key, list] of lists) {
    const share = rare * (key == term ? 1 : 0.7 * start.length / key.length)
    for (let i = 0, number = 0; i < list.length; i += 2) {
      number += list[i]
      found.set(number, Math.max(found.get(number) ?? 0, share * list[i + 1]))
      if (key == term) whole.add(number)
    }
  }
  return { found, whole, start, isMany: counts.some((one) => one >= index.longest) }
}

// Damerau-Levenshtein, in the restricted form: changes, insertions, deletions and swaps of neighbours.
export function distance(one, other) {
  let before = [], last = Array.from({ length: other.length + 1 }, (_, j) => j)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] == other[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    [before, last] = [last, row]
  }
  return last[other.length]
}

// How far a word of the site is from what was typed: with or without its plural.
function farness(typed, word) {
  const folded = fold(word)
  if (Math.abs(folded.length - typed.length) > 3) return Infinity
  const forms = [folded, stem(folded)]
  return Math.min(...[typed, stem(typed)].flatMap((one) => forms.map((other) => distance(one, other))))
}

// Terms that begin about as a word does, with the number of their postings, from the files that may have them.
async function neighbours(index, typed) {
  const starts = index.leaves.filter((leaf) => leaf[0] == typed[0]).map((leaf) => {
    const name = leaf.trimEnd()
    const lengths = [0, -1, 1].map((more) => distance(name, typed.slice(0, name.length + more)))
    return { leaf, far: Math.min(...lengths) }
  })
  const near = starts.filter(({ far }) => far < 2).sort((a, b) => a.far - b.far || b.leaf.length - a.leaf.length)
  const files = await Promise.all(near.slice(0, LEAVES).map(({ leaf }) => load(fileOf(leaf))))
  return files.flatMap((file) => Object.entries(file)).sort((a, b) => b[1].length - a[1].length).map(([term]) => term)
}

// The word of the site that is nearest to one that it does not have: among those that tell most of it, then among all;
// among equally near ones the most frequent.
async function nearest(index, written) {
  const typed = fold(written)
  const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2
  let best = null, least = most + 1
  const look = (word) => {
    const far = farness(typed, word)
    if (far < least) [best, least] = [word, far]
  }
  if (most) (await load("words.json")).forEach(look)
  if (most && least > 1) (await neighbours(index, typed)).forEach(look)
  return best
}

// A term as it was typed.
const writtenIn = (text, term) => text.match(WORD).find((word) => terms(word).includes(term)) ?? term

// Every document that has at least one of the words; those with all of them first, and of these those that have the words
// themselves, not only words that begin so. `starts`: terms that begin words.
export async function find(text) {
  const index = await load("index.json")
  const typed = wordsOf(text), tried = typed.map(termOf)
  const corrections = [], missing = [], starts = []
  const scores = new Map()
  let isMany = false
  for (const [place, term] of tried.entries()) {
    const isLast = place == tried.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(text)
    const start = BEGINS.test(typed[place]) ? typed[place] : ""
    let got = await postings(index, term, isLast ? start : "")
    if (!got.found.size && !isLast && start) got = await postings(index, term, start)
    if (!got.found.size) {
      const word = await nearest(index, writtenIn(text, term))
      if (word) {
        corrections.push([term, word])
        for (const other of terms(word)) got = await postings(index, other)
      } else missing.push(term)
    } else if (got.start) starts.push(start)
    isMany ||= got.isMany
    for (const [number, score] of got.found) {
      const entry = scores.get(number) ?? { number, words: 0, whole: 0, score: 0 }
      entry.words += 1
      entry.whole += got.whole.has(number)
      entry.score += score
      scores.set(number, entry)
    }
  }
  const all = [...scores.values()]
  const most = all.reduce((high, { words }) => Math.max(high, words), 0)
  // Who has one word of three is no result beside those who have all.
  const found = all.filter(({ words }) => words == most || (most < tried.length && words >= most - 1))
  found.sort((a, b) => b.words - a.words || b.whole - a.whole || b.score - a.score || a.number - b.number)
  return { found, tried, starts, corrections, missing, isMany }
}

async function documentOf(index, number) {
  return (await load(`d/${number >> index.shift}.json`))[number]
}

// Facets

function numbersOf(name, steps) {
  if (name == "year") return steps
  let number = 0
  return steps.map((step) => (number += step))
}

async function narrow(found, chosen) {
  for (const [name, key] of Object.entries(chosen)) {
    const value = key && (await load(`facets/${name}.json`)).find((entry) => entry[0] == key)
    if (!value) chosen[name] = "" // an address may name what the site has no more
    if (!value) continue
    const kept = new Set(numbersOf(name, value[2]))
    found = found.filter(({ number }) => kept.has(number))
  }
  return found
}

async function byDate(found) {
  const order = new Map()
  for (const [, , numbers] of await load("facets/year.json")) for (const number of numbers) order.set(number, order.size)
  const place = ({ number }) => order.get(number) ?? Infinity
  return [...found].sort((a, b) => place(a) - place(b) || b.score - a.score)
}

// Results

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

const say = (words, key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name])

function isSought(word, { all, starts }) {
  const own = terms(word)
  return own.some((term) => all.includes(term) || starts.some((start) => begins(term, start)))
}

// The text with the words sought marked; `isHit` tells whether there was one.
function marked(text, sought) {
  const made = document.createDocumentFragment()
  let at = 0, isHit = false
  for (const word of text.matchAll(WORD)) {
    if (!isSought(word[0], sought)) continue
    made.append(text.slice(at, word.index), make("mark", { textContent: word[0] }))
    at = word.index + word[0].length
    isHit = true
  }
  made.append(text.slice(at))
  return [made, isHit]
}

// The words around the first one that is sought, out of the page's Markdown.
async function excerpt(url, sought) {
  const source = await load(new URL(`.${url}index.md`, site).href)
  const text = source.replace(/^(#|- ).*$/gm, "").replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/^[#>\s*-]+|[`*_\\]/gm, " ").replace(/\s+/g, " ")
  for (const word of text.matchAll(WORD)) {
    if (!isSought(word[0], sought)) continue
    const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, word.index - 80)))
    const end = text.indexOf(" ", Math.min(text.length, word.index + 120))
    return `${start ? "… " : ""}${text.slice(start, end < 0 ? undefined : end).trim()}${end < 0 ? "" : " …"}`
  }
  return ""
}

// A summary from where its first hit can be seen in two lines of a phone.
function visible(summary, sought) {
  for (const word of summary.matchAll(WORD)) {
    if (!isSought(word[0], sought)) continue
    const start = word.index > 60 ? summary.lastIndexOf(" ", word.index - 30) : 0
    return start > 0 ? `…${summary.slice(start)}` : summary
  }
  return summary
}

function dayOf(words, date) {
  const [year, month, day] = date.split("-").map(Number)
  return say(words, "day", { year, month: words.months[month - 1], day })
}

async function result(index, entry, sought) {
  const shown = await documentOf(index, entry.number)
  const { words } = index
  const [title] = marked(shown.t, sought)
  const [text, isHit] = marked(visible(shown.s ?? "", sought), sought)
  const about = make("p", { lang: shown.l ?? "" }, text)
  if (!shown.l) about.removeAttribute("lang")
  const facts = [words[`kind_${shown.k}`], shown.d && dayOf(words, shown.d), shown.o, shown.c].filter(Boolean).join(" · ")
  const meta = make("p", { className: "sb-meta" }, facts)
  if (shown.b) meta.append(" ", make("span", { className: "sb-mark", textContent: words.stub }))
  const link = make("a", { href: new URL(`.${shown.u}`, site) }, title)
  const heading = make("h2", {}, link)
  if (shown.l) heading.lang = shown.l
  const item = make("li", {}, heading, about, meta)
  if (!isHit && shown.u.endsWith("/")) {
    excerpt(shown.u, sought).then((found) => { if (found) about.replaceChildren(marked(found, sought)[0]) }, () => {})
  }
  return item
}

const styled = (() => {
  const href = new URL("search.css", import.meta.url).href
  if ([...document.styleSheets].some((sheet) => sheet.href == href)) return Promise.resolve()
  return new Promise((done) => document.head.append(make("link", { rel: "stylesheet", href, onload: done, onerror: done })))
})()

// One search: a form, what is said of it, its results. `isPage`: with filters, and kept in the address.
function attach(form, isPage) {
  const input = form.elements.q
  const status = isPage ? form.nextElementSibling : make("p", { className: "sb-sum", role: "status" })
  const list = make("ol", { className: "sb-found" })
  const rest = make("div", { className: "sb-more" })
  const facets = make("div", { className: "sb-narrow" })
  const chosen = { topic: "", entity: "", year: "", source: "" }
  let order = "relevance", turn = 0, called = "", waiting
  if (!isPage) form.after(status)
  status.after(facets, list, rest)
  const browse = (isShown) => document.documentElement.classList.toggle("sb-asked", isPage && !isShown)

  async function run() {
    const mine = ++turn
    const text = input.value
    if (isPage) remember()
    try {
      const index = await load("index.json")
      const { words } = index
      if (!text.trim()) {
        status.textContent = ""
        browse(true)
        for (const part of [list, rest, facets]) part.replaceChildren()
        return
      }
      const { found, tried, starts, corrections, missing, isMany } = await find(text)
      let shown = await narrow(found, isPage ? chosen : {})
      if (order == "date") shown = await byDate(shown)
      const sought = { all: [...tried, ...corrections.flatMap(([, word]) => terms(word))], starts }
      called = corrections.reduce((said, [term, word]) => said.replace(term, fold(word)), fold(text.trim()))
      const items = await part(index, shown, 0, sought)
      if (mine != turn) return
      replace(items)
      browse(!shown.length)
      more(index, shown, sought)
      const values = { words: text.trim(), count: shown.length.toLocaleString(document.documentElement.lang) }
      values.instead = corrections.map(([, word]) => word).join(" ")
      if (shown.length) values.words = corrections.map(([term]) => writtenIn(text, term)).join(" ")
      const count = say(words, isMany && shown.length == found.length ? "found_many" : "found", values)
      const lacking = missing.map((term) => writtenIn(text, term)).join(" ")
      status.textContent = !found.length ? say(words, "none", values)
        : !shown.length ? say(words, "none_here", values)
        : corrections.length ? `${say(words, "instead", values)} ${count}`
        : lacking ? `${say(words, "none", { words: lacking })} ${count}` : count
      if (isPage) remember()
      if (isPage) await offer(index, found, mine)
    } catch {
      if (mine != turn) return
      for (const part of [list, rest, facets]) part.replaceChildren()
      browse(true)
      const { broken, lists } = document.querySelector(".sb-find").dataset
      status.textContent = broken
      if (!isPage) rest.append(make("a", { href: folder }, lists))
    }
  }

  // Who already went down to the results keeps the place, also when slower answers arrive.
  function replace(items) {
    const held = list.contains(document.activeElement) && document.activeElement.href
    list.replaceChildren(...items)
    if (!held) return
    const links = [...list.querySelectorAll("a")]
    const kept = links.find((link) => link.href == held) ?? links[0] ?? input
    kept.focus()
  }

  async function part(index, shown, from, sought) {
    const items = await Promise.all(shown.slice(from, from + SHOWN).map((entry) => result(index, entry, sought)))
    if (from) return items
    // A page that is called what was typed comes first.
    const isCalled = (item) => fold(item.querySelector("a").textContent) == called
    return order == "date" ? items : [...items.filter(isCalled), ...items.filter((item) => !isCalled(item))]
  }

  function more(index, shown, sought) {
    rest.replaceChildren()
    if (Object.values(chosen).some(Boolean) && !shown.length) {
      const clear = make("button", { type: "button", textContent: index.words.unfiltered })
      clear.addEventListener("click", () => { for (const name in chosen) chosen[name] = ""; run(); input.focus() })
      rest.append(clear)
    } else if (!isPage && shown.length) {
      const all = make("a", { href: new URL(`?q=${encodeURIComponent(input.value)}`, folder) }, index.words.all)
      rest.append(all)
    } else if (shown.length > list.children.length) {
      const button = make("button", { type: "button", textContent: index.words.more })
      button.addEventListener("click", async () => {
        const first = list.children.length
        list.append(...await part(index, shown, first, sought))
        list.children[first].querySelector("a").focus()
        more(index, shown, sought)
      })
      rest.append(button)
    }
  }

  // Ways to narrow, with what each would leave.
  async function offer(index, found, mine) {
    const { words } = index
    const isOpen = facets.querySelector("details")?.open ?? Object.values(chosen).some(Boolean)
    const details = make("details", { open: isOpen }, make("summary", { textContent: words.narrow }))
    const sort = select("sort", words.sort, [["relevance", words.by_relevance], ["date", words.by_date]], order)
    async function fill() {
      const rows = []
      for (const name of Object.keys(chosen)) {
        const left = new Set((await narrow(found, { ...chosen, [name]: "" })).map(({ number }) => number))
        const options = (await load(`facets/${name}.json`))
          .map(([key, label, steps]) => [key, label, numbersOf(name, steps).filter((number) => left.has(number)).length])
          .filter(([key, , count]) => count || key == chosen[name])
        if (name != "year") options.sort((a, b) => b[2] - a[2])
        const shown = options.slice(0, 200).map(([key, label, count]) => [key, `${label} (${count})`])
        if (options.length > 1 || chosen[name]) rows.push(select(name, words[name], [["", words.any], ...shown], chosen[name]))
      }
      return [...rows, sort]
    }
    if (mine != turn) return
    if (!found.length) return facets.replaceChildren()
    if (isOpen) details.append(...await fill())
    else details.addEventListener("toggle", async () => details.append(...await fill()), { once: true })
    if (mine == turn) {
      const focused = document.activeElement?.name
      facets.replaceChildren(details)
      if (focused && focused != "q") facets.querySelector(`[name=${focused}]`)?.focus()
    }
  }

  function select(name, label, options, value) {
    const made = make("select", { name })
    made.append(...options.map(([key, text]) => make("option", { value: key, textContent: text, selected: key == value })))
    made.addEventListener("change", () => {
      if (name == "sort") order = made.value
      else chosen[name] = made.value
      run()
    })
    return make("label", {}, `${label} `, made)
  }

  function remember() {
    const values = new URLSearchParams()
    if (input.value) values.set("q", input.value)
    for (const [name, key] of Object.entries(chosen)) if (key) values.set(name, key)
    if (order != "relevance") values.set("sort", order)
    history.replaceState(null, "", `${location.pathname}${values.size ? `?${values}` : ""}`)
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(run, WAIT)
  })
  if (isPage) {
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); run() })
    const given = new URLSearchParams(location.search)
    input.value ||= given.get("q") ?? "" // what was typed before this script came stays
    for (const name of Object.keys(chosen)) chosen[name] = given.get(name) ?? ""
    order = given.get("sort") == "date" ? "date" : "relevance"
    run()
  }

  // Arrow keys go from the words to the results and through them.
  form.parentElement.addEventListener("keydown", (event) => {
    if (event.key != "ArrowDown" && event.key != "ArrowUp") return
    const stops = [input, ...list.querySelectorAll("a")]
    const at = stops.indexOf(document.activeElement)
    const next = stops[at + (event.key == "ArrowDown" ? 1 : -1)]
    if (at < 0 || !next) return
    event.preventDefault()
    next.focus()
  })
  return input
}

let dialog

// `typed` gives, and ends, what was typed while the window was on its way.
export async function open(words, typed) {
  const page = document.getElementById("sb-search")
  if (page) return typed() || page.elements.q.focus()
  await styled
  if (!dialog) {
    const input = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false })
    input.setAttribute("aria-label", words)
    const close = make("button", { type: "button", textContent: "×", ariaLabel: "Esc" })
    const form = make("form", { action: folder.href, role: "search" }, input, close)
    dialog = make("dialog", { ariaLabel: words, id: "sb-find" }, make("div", {}, form))
    close.addEventListener("click", () => dialog.close())
    dialog.addEventListener("keydown", (event) => { if (event.key == "Escape") { event.preventDefault(); dialog.close() } })
    dialog.addEventListener("click", (event) => { if (event.target == dialog) dialog.close() })
    dialog.addEventListener("close", () => input.blur()) // a hidden field must not take the next key
    document.body.append(dialog)
    load("index.json").then((index) => { close.ariaLabel = index.words.close }, () => {})
    attach(form, false)
  }
  if (!dialog.open) dialog.showModal()
  const input = dialog.querySelector("input"), early = typed()
  input.select()
  if (!early) return
  input.value = early
  input.dispatchEvent(new Event("input"))
}

const form = document.getElementById("sb-search")
if (form) attach(form, true)
