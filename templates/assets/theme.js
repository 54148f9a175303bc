// The reader's colours, before the first paint: "light", "dark", or "" for the system's.
function theme(name) {
  document.documentElement.dataset.theme = name
  for (const meta of document.querySelectorAll("[name=theme-color]")) {
    meta.own ??= meta.media
    meta.media = name ? (meta.own.includes(name) ? "all" : "not all") : meta.own
  }
}
try { theme(localStorage.sbTheme || "") } catch { theme("") }
