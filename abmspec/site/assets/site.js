// Search and filters of the programme's pages. Works on pages opened as files: the index is a script, not a request.
(function () {
  "use strict";

  const config = document.getElementById("__config");
  const base = config ? JSON.parse(config.textContent).base.replace(/\/?$/, "/") : "./";
  const LIMIT = 12;

  // ------------------------------------------------------------------ search

  /** Lower case, without accents, full-width forms as usual ones. */
  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  let index = null;
  let waiting = null;

  function load() {
    waiting = waiting || new Promise(function (resolve) {
      const script = document.createElement("script");
      script.src = base + "assets/abmspec/search-index.js";
      script.onload = function () {
        index = window.abmspecSearch.map(function (row) {
          return {
            href: row[0], title: row[1], kind: row[2], text: row[4],
            inTitle: plain(row[1]), inWords: plain(row[3]), inText: plain(row[4] + " " + row[2]),
          };
        });
        resolve();
      };
      document.head.append(script);
    });
    return waiting;
  }

  /** How well an entry answers one word; 0: not at all. */
  function weigh(entry, word) {
    if (entry.inTitle === word) return 100;
    if (entry.inTitle.startsWith(word)) return 60;
    if (entry.inTitle.includes(" " + word)) return 45;
    if ((" " + entry.inWords + " ").includes(" " + word + " ")) return 40;
    if (entry.inTitle.includes(word)) return 30;
    if (entry.inWords.includes(word)) return 20;
    return entry.inText.includes(word) ? 5 : 0;
  }

  function find(query) {
    const whole = plain(query.trim());
    const words = whole.split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const found = [];
    for (const entry of index) {
      let score = 0;
      for (const word of words) {
        const weight = weigh(entry, word);
        if (!weight) { score = 0; break; }
        score += weight;
      }
      if (!score) continue;
      if (entry.inTitle === whole) score += 200;
      else if ((" " + entry.inWords + " ").includes(" " + whole + " ")) score += 80;
      if (/\((retired|deprecated)\)$/.test(entry.kind)) score -= 15;
      found.push([score, entry]);
    }
    found.sort(function (a, b) { return b[0] - a[0] || a[1].title.length - b[1].title.length; });
    return found.map(function (pair) { return pair[1]; });
  }

  function build() {
    const header = document.querySelector(".md-header__inner");
    if (!header) return;
    const box = document.createElement("search");
    box.className = "abm-search";
    box.innerHTML =
      '<label class="abm-hidden" for="abm-search">Search</label>' +
      '<input id="abm-search" type="search" placeholder="Search  /" autocomplete="off" spellcheck="false" role="combobox"' +
      ' aria-expanded="false" aria-controls="abm-search-list" aria-autocomplete="list">' +
      '<div class="abm-search__panel" hidden><p class="abm-search__status" role="status"></p>' +
      '<ul id="abm-search-list" role="listbox" aria-label="Search results"></ul></div>';
    header.append(box);
    const input = box.querySelector("input");
    const panel = box.querySelector(".abm-search__panel");
    const status = box.querySelector(".abm-search__status");
    const list = box.querySelector("ul");
    let chosen = -1;

    function close() {
      panel.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(number) {
      const items = list.children;
      if (!items.length) return;
      chosen = (number + items.length) % items.length;
      for (let i = 0; i < items.length; i++) items[i].setAttribute("aria-selected", String(i === chosen));
      items[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[chosen].id);
    }

    function show() {
      if (!input.value.trim()) { close(); return; }
      const found = find(input.value);
      list.replaceChildren();
      found.slice(0, LIMIT).forEach(function (entry, number) {
        const item = document.createElement("li");
        item.id = "abm-search-" + number;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.dataset.href = base + entry.href;
        const title = document.createElement("span");
        title.className = "abm-search__title";
        title.textContent = entry.title;
        const kind = document.createElement("span");
        kind.className = "abm-search__kind";
        kind.textContent = entry.text ? entry.kind + " · " + entry.text.slice(0, 110) : entry.kind;
        item.append(title, kind);
        item.addEventListener("mousedown", function (event) { event.preventDefault(); go(item); });
        list.append(item);
      });
      chosen = -1;
      status.textContent = !found.length ? "Nothing found. Try another spelling." :
        found.length > LIMIT ? "The best " + LIMIT + " of " + found.length : found.length + " found";
      panel.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function go(item) {
      close();
      window.location.href = item.dataset.href;
    }

    input.addEventListener("focus", load);
    input.addEventListener("input", function () { load().then(show); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      else if (event.key === "Escape") { close(); }
      else if (event.key === "Enter") {
        const item = list.children[Math.max(chosen, 0)];
        if (item && !panel.hidden) { event.preventDefault(); go(item); }
      }
    });
    box.addEventListener("focusout", function (event) { if (!box.contains(event.relatedTarget)) close(); });
    document.addEventListener("keydown", function (event) {
      const typing = /^(input|select|textarea)$/i.test(event.target.tagName) || event.target.isContentEditable;
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
      }
    });
    document.querySelectorAll(".abm-search-open").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.scrollTo(0, 0); input.focus(); });
    });
  }

  // ------------------------------------------------------------------ filters

  function filter(form) {
    const rows = document.querySelectorAll("#" + form.dataset.abmFilter + (form.dataset.abmFilter === "fields" ? " tbody tr" : " > li"));
    const count = form.querySelector(".abm-filter__count");

    function apply() {
      const wanted = new FormData(form);
      let shown = 0;
      rows.forEach(function (row) {
        let fits = true;
        wanted.forEach(function (value, name) {
          if (!value || !fits) return;
          fits = name === "text"
            ? plain(row.textContent).includes(plain(value))
            : (row.dataset[name] || "").split(" ").includes(value);
        });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown === rows.length ? rows.length + " in all" : shown + " of " + rows.length;
    }

    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }

  build();
  document.querySelectorAll("form[data-abm-filter]").forEach(filter);
})();
