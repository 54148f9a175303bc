// Search: what is typed becomes terms, files of the index give their postings, those give results.
// site_builder/search/index.py says what the files hold; site_builder/text/tokenizer.py has the same `terms` in Python.

const folder = new URL("../search/", import.meta.url)
const site = new URL("..", import.meta.url)
const asked = new Map()
const SHOWN = 10
const PAUSE = 200 // ms between the searches of one who types
const REST = 250 // ms without a key, after which the rest of what results show is loaded
const NEAR = 4 // shards that are looked through for a rare word that was misspelled

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

const records = new Map() // number of a document -> what a result shows; without a summary, until more is loaded
let root

// `early`: the index, where a page has asked for it already.
async function loadRoot(early) {
  if (early && !asked.has("index.json")) asked.set("index.json", early)
  try {
    const index = await load("index.json")
    if (root != index) keep((root = index).records, true)
    return root
  } catch (error) {
    asked.delete("index.json")
    throw error
  }
}

function keep(found, isWhole) {
  for (const [number, record] of Object.entries(found)) {
    if (isWhole || !records.has(+number)) records.set(+number, { ...record, isWhole })
  }
}

// The place of the shard that has a term: the last that does not begin after it.
function placeOf(shards, term) {
  let low = 0, high = shards.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (shards[middle] <= term) low = middle
    else high = middle
  }
  return low
}

async function loadShard(index, place) {
  const first = index.shards[place]
  if (first == null) return { terms: {} }
  const hex = () => [...new TextEncoder().encode(first)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  const shard = await load(`t/${/^[a-z0-9]+$/.test(first) ? first : `_${hex()}`}.json`)
  keep(shard.records, false)
  return shard
}

const loadAround = (index, some) => Promise.all([...new Set(some.map((term) => placeOf(index.shards, term)))].map((place) => loadShard(index, place)))

// What is not a word yet may begin one: the last thing typed, unless it is a single letter of an alphabet after other words.
const BEGINS = /^(?:..|[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Myanmar}\p{sc=Khmer}])/u

// The term of a plural that is being typed: "polici" and "policie" lead to "policy".
const singular = (start) => /[^ae]ie?$/.test(start) ? start.replace(/ie?$/, "y") : start

const begins = (word, start) => word.startsWith(start) || word == singular(start)

// Number of a document -> what it weighs for a term, or for the best of the terms that begin with `start`, unless that is
// empty; and which documents have the term itself.
async function postings(index, term, start = "") {
  const shards = await loadAround(index, start ? [term, start, singular(start)] : [term])
  // Terms in several shards that begin so have an entry of their own.
  const isWide = start && index.shards[placeOf(index.shards, start) + 1]?.startsWith(start)
  const isSought = (key) => key == term || (start && (isWide ? key == `${start}*` || key == singular(start) : begins(key, start) && !key.endsWith("*")))
  const lists = shards.flatMap((shard) => Object.entries(shard.terms)).filter(([key]) => isSought(key))
  const counts = lists.map(([key, list]) => key.endsWith("*") ? list[0] : list.length / 2)
  const count = Math.min(index.documents, counts.reduce((sum, one) => sum + one, 0))
  const rare = Math.log(1 + (index.documents - count + 0.5) / (count + 0.5))
  const found = new Map(), whole = new Set()
  let isMany = false
  for (const [key, list] of lists) {
    const first = list.length % 2 // how many documents a beginning has; its weights are tenths, for what is typed of a word
    const share = rare * (key == term ? 1 : first ? 0.07 : 0.7 * start.length / key.length)
    isMany ||= first ? list[0] > (list.length - 1) / 2 : list.length / 2 >= index.longest
    for (let i = first, number = 0; i < list.length; i += 2) {
      number += list[i]
      found.set(number, Math.max(found.get(number) ?? 0, share * list[i + 1]))
      if (key == term) whole.add(number)
    }
  }
  return { found, whole, start, isMany }
}

// Damerau-Levenshtein, in the restricted form: changes, insertions, deletions and swaps of neighbours. Infinite, if more
// than `most`.
export function distance(one, other, most = Infinity) {
  if (Math.abs(one.length - other.length) > most) return Infinity
  let before = [], last = Array.from({ length: other.length + 1 }, (_, j) => j)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] == other[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    if (Math.min(...row) > most && Math.min(...last) > most) return Infinity
    ;[before, last] = [last, row]
  }
  return last[other.length] > most ? Infinity : last[other.length]
}

// How far a word of the site is from what was typed: with or without its plural.
function farness(typed, forms, most) {
  let least = Infinity
  for (const one of new Set([typed, stem(typed)])) for (const other of forms) {
    const far = distance(one, other, Math.min(most, least))
    if (far < least) least = far
  }
  return least
}

const farthest = (typed) => typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2

// The word that is nearest to one that the site does not have, and how far it is; among equally near ones the first.
function nearestOf(words, typed) {
  let best = null, least = farthest(typed) + 1
  for (const [word, forms] of words) {
    if (least < 2) break // a distance of 0 would have been found as it is
    const far = farness(typed, forms, least - 1)
    if (far < least) [best, least] = [word, far]
  }
  return [best, least]
}

// Frequent words, with the forms that are compared. Those of titles come first.
function vocabularyOf(index) {
  index.forms ??= new Map(index.vocabulary.split(" ").filter(Boolean).map((word) => [word, [...new Set([fold(word), stem(fold(word))])]]))
  return index.forms
}

// Whether a frequent word is called so, or begins so.
function isFrequent(index, typed, term) {
  for (const [, forms] of vocabularyOf(index)) if (forms.includes(term) || forms[0].startsWith(typed)) return true
  return false
}

// The terms of the shards where a word would be, if two of its first letters were swapped, or one were too many; those of
// most documents first.
async function neighbours(index, typed) {
  const others = [typed]
  for (const at of [0, 1, 2]) others.push(typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2), typed.slice(0, at) + typed.slice(at + 1))
  const places = [...new Set(others.map((term) => placeOf(index.shards, term)))].slice(0, NEAR)
  const shards = await Promise.all(places.map((place) => loadShard(index, place)))
  const entries = shards.flatMap((shard) => Object.entries(shard.terms)).filter(([key]) => !key.endsWith("*"))
  return entries.sort((a, b) => b[1].length - a[1].length).map(([term]) => [term, [term]])
}

// The word of the site that is nearest to one that it does not have: among the frequent ones, then among all.
async function nearest(index, guess, typed) {
  if (guess[0] && guess[1] < 2) return guess[0]
  if (!farthest(typed)) return null
  const other = nearestOf(await neighbours(index, typed), typed)
  return other[1] < guess[1] ? other[0] : guess[0]
}

// A term as it was typed.
const writtenIn = (text, term) => text.match(WORD).find((word) => terms(word).includes(term)) ?? term

// Every document that has at least one of the words; those with all of them first, and of these those that have the words
// themselves, not only words that begin so. `starts`: terms that begin words.
export async function find(text) {
  const index = await loadRoot()
  const typed = wordsOf(text), tried = typed.map(termOf)
  const corrections = [], missing = [], starts = []
  const scores = new Map()
  let isMany = false
  // All files at once: those of each word, and of what a word may have meant that is not a frequent one.
  const wanted = await Promise.all(tried.map(async (term, place) => {
    const start = tried.length == 1 || BEGINS.test(typed[place]) ? typed[place] : ""
    const isLast = place == tried.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(text)
    const written = fold(writtenIn(text, term))
    const guess = isFrequent(index, typed[place], term) ? [null, Infinity] : nearestOf(vocabularyOf(index), written)
    const guessed = guess[0] ? loadAround(index, terms(guess[0])) : null
    guessed?.catch(() => {})
    let got = await postings(index, term, isLast ? start : "")
    if (!got.found.size && !isLast && start) got = await postings(index, term, start)
    if (got.found.size) return { got, start: got.start }
    const word = await nearest(index, guess, written)
    if (word) for (const other of terms(word)) got = await postings(index, other)
    return { got, word }
  }))
  for (const [place, { got, start, word }] of wanted.entries()) {
    const term = tried[place]
    if (word) corrections.push([term, word])
    else if (!got.found.size) missing.push(term)
    else if (start) starts.push(start)
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

// All that a result shows.
async function wholeRecord(index, number) {
  if (!records.get(number)?.isWhole) keep(await load(`d/${number >> index.shift}.json`), true)
  return records.get(number)
}

// Facets

function numbersOf(name, steps) {
  if (name == "year") return steps
  let number = 0
  return steps.map((step) => (number += step))
}

// Value -> its name and the numbers of its articles.
async function valuesOf(index, name) {
  const files = Array.from({ length: index.facets[name] }, (_, at) => load(`facets/${name}-${at + 1}.json`))
  const values = new Map()
  for (const [key, label, steps] of (await Promise.all(files)).flat()) {
    const numbers = numbersOf(name, steps), known = values.get(key)
    values.set(key, [label, known ? [...known[1], ...numbers] : numbers])
  }
  return values
}

async function narrow(index, found, chosen) {
  for (const [name, key] of Object.entries(chosen)) {
    const value = key && (await valuesOf(index, name)).get(key)
    if (!value) chosen[name] = "" // an address may name what the site has no more
    if (!value) continue
    const kept = new Set(value[1])
    found = found.filter(({ number }) => kept.has(number))
  }
  return found
}

async function byDate(index, found) {
  const order = new Map()
  for (const [, numbers] of (await valuesOf(index, "year")).values()) for (const number of numbers) order.set(number, order.size)
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

// Result -> what is done once it is in sight: what is further down costs nothing.
const inSight = new WeakMap()
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue
    watcher.unobserve(target)
    inSight.get(target)?.()
  }
})

function result(index, shown, sought) {
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
  if (!isHit && shown.isWhole && shown.u.endsWith("/")) {
    inSight.set(item, () => excerpt(shown.u, sought).then((found) => { if (found) about.replaceChildren(marked(found, sought)[0]) }, () => {}))
  }
  return item
}

const styled = (() => {
  const href = new URL("search.css", import.meta.url).href
  let link = [...document.querySelectorAll("link[rel=stylesheet]")].find((one) => one.href == href)
  if (link?.sheet) return Promise.resolve()
  const found = link ??= make("link", { rel: "stylesheet", href })
  return new Promise((done) => {
    for (const end of ["load", "error"]) found.addEventListener(end, done)
    if (!found.isConnected) document.head.append(found)
  })
})()

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))

// One search: a form, what is said of it, its results. `isPage`: with filters, and kept in the address.
function attach(form, isPage) {
  const input = form.elements.q
  const status = isPage ? form.nextElementSibling : make("p", { className: "sb-sum", role: "status" })
  const list = make("ol", { className: "sb-found" })
  const rest = make("div", { className: "sb-more" })
  const facets = make("div", { className: "sb-narrow" })
  const chosen = { topic: "", entity: "", year: "", source: "" }
  let order = "relevance", turn = 0, drawn = 0, started = -PAUSE, called = "", waiting
  if (!isPage) form.after(status)
  status.after(facets, list, rest)
  const browse = (isShown) => document.documentElement.classList.toggle("sb-asked", isPage && !isShown)

  // One who types sees the first results of what is typed so far, from the files of its words; what results show besides
  // is loaded once the keys rest. An answer that comes after a later one is dropped.
  async function run(isTyping = false) {
    const mine = ++turn
    const text = input.value
    clearTimeout(waiting)
    started = performance.now()
    if (isPage) remember()
    try {
      const index = await loadRoot()
      const { words } = index
      if (!text.trim()) {
        drawn = mine
        status.textContent = ""
        browse(true)
        for (const part of [list, rest, facets]) part.replaceChildren()
        return
      }
      const { found, tried, starts, corrections, missing, isMany } = await find(text)
      let shown = await narrow(index, found, isPage ? chosen : {})
      if (order == "date") shown = await byDate(index, shown)
      if (mine < drawn) return
      const sought = { all: [...tried, ...corrections.flatMap(([, word]) => terms(word))], starts }
      called = corrections.reduce((said, [term, word]) => said.replace(term, fold(word)), fold(text.trim()))
      const top = shown.slice(0, SHOWN)
      const unknown = top.findIndex(({ number }) => !records.has(number))
      const first = unknown < 0 ? top : top.slice(0, unknown)
      const isWhole = top.every(({ number }) => records.get(number)?.isWhole)
      const draw = (entries, isAll) => {
        drawn = mine
        list.ariaBusy = !isAll
        replace(part(index, entries, sought))
        browse(!shown.length)
        more(index, shown, sought)
        tell()
      }
      const tell = () => {
        const values = { words: text.trim(), count: shown.length.toLocaleString(document.documentElement.lang) }
        values.instead = corrections.map(([, word]) => word).join(" ")
        if (shown.length) values.words = corrections.map(([term]) => writtenIn(text, term)).join(" ")
        const count = say(words, isMany && shown.length == found.length ? "found_many" : "found", values)
        const lacking = missing.map((term) => writtenIn(text, term)).join(" ")
        const said = !found.length ? say(words, "none", values)
          : !shown.length ? say(words, "none_here", values)
          : corrections.length ? `${say(words, "instead", values)} ${count}`
          : lacking ? `${say(words, "none", { words: lacking })} ${count}` : count
        if (status.textContent != said) status.textContent = said
      }
      if (first.length || !top.length) draw(first, isWhole)
      if (isTyping && drawn == mine) await pause(REST)
      if (mine != turn) return
      if (!isWhole) {
        await Promise.all(top.map(({ number }) => wholeRecord(index, number)))
        if (mine != turn) return
        draw(top, true)
      }
      for (const item of list.children) watcher.observe(item)
      if (isPage) remember()
      if (isPage) await offer(index, found, mine)
    } catch {
      if (mine < drawn || mine != turn) return
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

  function part(index, entries, sought) {
    const items = entries.map(({ number }) => result(index, records.get(number), sought))
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
        const next = shown.slice(first, first + SHOWN)
        await Promise.all(next.map(({ number }) => wholeRecord(index, number)))
        const items = next.map(({ number }) => result(index, records.get(number), sought))
        list.append(...items)
        items.forEach((item) => watcher.observe(item))
        items[0].querySelector("a").focus()
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
        const left = new Set((await narrow(index, found, { ...chosen, [name]: "" })).map(({ number }) => number))
        const options = [...await valuesOf(index, name)]
          .map(([key, [label, numbers]]) => [key, label, numbers.filter((number) => left.has(number)).length])
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
    const left = started + PAUSE - performance.now()
    if (left > 0) waiting = setTimeout(run, left, true)
    else run(true)
  })
  if (isPage) {
    form.addEventListener("submit", (event) => { event.preventDefault(); run() })
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

// `typed` gives, and ends, what was typed while the window was on its way; `index`: asked for with this script.
export async function open(words, typed, index) {
  loadRoot(index).catch(() => {})
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
    loadRoot().then((index) => { close.ariaLabel = index.words.close }, () => {})
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
