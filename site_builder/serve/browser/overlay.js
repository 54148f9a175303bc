// What `site-builder serve` adds to a page: it reloads the page after an edit, and shows the findings in a corner.
// Everything is in a shadow tree, so that the site's style and this one do not meet.
(() => {
  const version = document.currentScript.dataset.version;
  const isErrorPage = document.documentElement.classList.contains("error-page");
  const DISMISSED = "site-builder-dismissed";
  const PLACE = "site-builder-place";
  const CLOSED = "site-builder-closed";
  let shown = null;

  function build() {
    const host = document.createElement("site-builder-findings");
    host.hidden = true;
    const root = host.attachShadow({ mode: "open" });
    root.innerHTML = `
      <link rel="stylesheet" href="/__site-builder/overlay.css">
      <section id="panel" role="region" aria-labelledby="title" tabindex="-1" hidden>
        <header><h2 id="title">Findings</h2><button type="button" id="close">Close</button></header>
        <div id="list"></div>
      </section>
      <p class="bar">
        <button type="button" id="badge" aria-expanded="false" aria-controls="panel"></button>
        <button type="button" id="dismiss" aria-label="Hide until the findings change">×</button>
      </p>
      <p role="status" class="spoken"></p>`;
    const find = (id) => root.getElementById(id);
    const ui = {
      host, panel: find("panel"), list: find("list"), badge: find("badge"), title: find("title"),
      status: root.querySelector("[role=status]"), key: "",
    };
    root.querySelector("link").addEventListener("load", () => { ui.isStyled = true; host.hidden = !ui.key; });
    find("badge").addEventListener("click", () => toggle(ui, ui.panel.hidden, true));
    find("close").addEventListener("click", () => toggle(ui, false, true));
    find("dismiss").addEventListener("click", () => {
      sessionStorage.setItem(DISMISSED, ui.key);
      host.hidden = true;
    });
    host.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !ui.panel.hidden) {
        event.stopPropagation();
        toggle(ui, false, true);
      }
    });
    document.body.append(host);
    return ui;
  }

  // `isAsked`: by the editor, so that the focus goes along and the choice is remembered.
  function toggle(ui, isOpen, isAsked) {
    ui.panel.hidden = !isOpen;
    ui.badge.setAttribute("aria-expanded", String(isOpen));
    if (!isAsked) return;
    if (isOpen) sessionStorage.removeItem(CLOSED);
    else sessionStorage.setItem(CLOSED, ui.key);
    (isOpen ? ui.panel : ui.badge).focus();
  }

  function show(state) {
    if (isErrorPage || window !== window.top) return; // an embedded card has no room for it
    if (!state.label || sessionStorage.getItem(DISMISSED) === state.key) {
      if (shown) { shown.host.hidden = true; shown.key = ""; }
      return;
    }
    const ui = (shown ??= build());
    if (ui.key === state.key) return;
    ui.key = state.key;
    ui.badge.textContent = state.label;
    ui.badge.className = ui.panel.className = state.severity;
    ui.title.textContent = state.label;
    ui.list.innerHTML = state.html;
    ui.host.hidden = !ui.isStyled;
    ui.status.textContent = `site-builder: ${state.label}`;
    toggle(ui, state.opens && sessionStorage.getItem(CLOSED) !== state.key, false);
  }

  const visible = () => new Promise((resume) => {
    if (document.visibilityState === "visible") resume();
    else document.addEventListener("visibilitychange", resume, { once: true });
  });

  // The same place of the page after a reload, also where pictures come later; unless the reader has gone elsewhere.
  function reload() {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  function goBack() {
    const [page, left, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    sessionStorage.removeItem(PLACE);
    if (page !== location.pathname || isErrorPage) return;
    let isMoved = false;
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(kind, () => { isMoved = true; }, { once: true, passive: true });
    }
    const go = () => { if (!isMoved) scrollTo({ left, top, behavior: "instant" }); };
    go();
    addEventListener("load", go, { once: true });
  }

  // A browser keeps few connections to one server, so a tab that nobody sees gives its own back.
  async function follow() {
    let findings = -1;
    for (;;) {
      await visible();
      const stop = new AbortController();
      const leave = () => { if (document.visibilityState === "hidden") stop.abort(); };
      document.addEventListener("visibilitychange", leave);
      try {
        const query = new URLSearchParams({ version, findings, page: location.pathname });
        const answer = await fetch(`/__site-builder/state?${query}`, { signal: stop.signal });
        const state = await answer.json();
        if (String(state.version) !== version || (isErrorPage && findings >= 0 && state.findings !== findings)) {
          return reload();
        }
        findings = state.findings;
        show(state);
      } catch {
        if (!stop.signal.aborted) await new Promise((resume) => setTimeout(resume, 1000));
      } finally {
        document.removeEventListener("visibilitychange", leave);
      }
    }
  }
  goBack();
  follow();
})();
