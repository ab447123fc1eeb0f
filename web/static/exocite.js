// Streams an answer into the page, so that a follow-up needs no reload. Everything works without it.
// All markup comes from the server, which escapes it; this file only says where it goes.
(() => {
  "use strict";

  const main = document.getElementById("main");
  let running = null;
  let shown = location.pathname + location.search;

  const slot = (name) => main.querySelector(`[data-slot="${name}"]`);
  const notice = (id) => document.getElementById(id).innerHTML;

  function put(name, html) {
    const place = slot(name);
    if (place) place.innerHTML = html;
  }

  // One server-sent event at a time, from the body of a response.
  async function* eventsOf(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let held = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (held + value).split("\n\n");
      held = blocks.pop();
      for (const block of blocks) {
        const lines = block.split("\n");
        const name = lines.find((line) => line.startsWith("event: ")).slice(7);
        const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
        yield { name, data: data.join("\n") };
      }
    }
  }

  const show = {
    turn(html, query) {
      document.title = `${query.get("q")} · Exocite`;
      document.body.className = "on-chat";
      main.innerHTML = html;
      history.pushState(null, "", main.querySelector("[data-address]").dataset.address);
      shown = location.pathname + location.search;
      main.querySelector(".question").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    },
    understood: (html) => put("understood", html),
    verdict: (html) => put("verdict", html),
    lead: (html) => put("lead", html),
    sentence: (html) => document.getElementById("sentences").insertAdjacentHTML("beforeend", html),
    evidence: (html) => put("evidence", html),
    mechanisms: (html) => put("mechanisms", html),
    problem: (html) => put("verdict", html),
    done: (html) => put("writer", html),
  };

  async function ask(query) {
    if (running) running.abort();
    const own = (running = new AbortController());
    let begun = false;
    try {
      const response = await fetch("/turn", { method: "POST", body: query, signal: own.signal, headers: { Accept: "text/event-stream" } });
      if (!response.ok) {
        put("refusal", await response.text());
        return;
      }
      let last = "";
      for await (const { name, data } of eventsOf(response)) {
        if (own !== running) return;
        show[name](data, query);
        begun = true;
        last = name;
      }
      if (last !== "done" && last !== "problem") throw new TypeError("the answer broke off");
    } catch (error) {
      if (own !== running) return;
      put(begun ? "verdict" : "refusal", notice(error.name === "AbortError" ? "stopped" : "offline"));
    } finally {
      if (own === running) {
        running = null;
        slot("verdict")?.setAttribute("aria-busy", "false");
      }
    }
  }

  function asked(form) {
    const filled = [...new FormData(form)].map(([name, value]) => [name, value.trim()]);
    return new URLSearchParams(filled.filter(([name, value]) => name === "q" || value));  // no limit, no parameter
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".ask, .edit")) return;
    event.preventDefault();
    ask(asked(form));
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-stop]") && running) running.abort();
    const link = event.target.closest("[data-copy]");
    if (link && navigator.clipboard && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      copy(link);
    }
  });

  // A browser that refuses shows the page instead: its address is the one to copy.
  async function copy(link) {
    try {
      await navigator.clipboard.writeText(link.href);
      link.textContent = "Link copied";
    } catch {
      location.assign(link.href);
    }
  }

  function typing() {
    const active = document.activeElement;
    return active && (active.matches("input, textarea, select") || active.isContentEditable);
  }

  // The next or the previous evidence gets the focus, from the one that has it.
  function step(by) {
    const cards = [...main.querySelectorAll(".card")].filter((card) => card.checkVisibility());
    if (!cards.length) return false;
    const here = cards.indexOf(document.activeElement.closest(".card"));
    const next = cards[Math.min(Math.max(here + by, 0), cards.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  // The printed pages beside the text: the one in view is that of the text being read, or that was chosen.
  const pile = document.querySelector(".pile");
  const sheets = [...document.querySelectorAll(".sheet")];
  const leaves = [...document.querySelectorAll(".leaf")];
  let read = null;  // the leaf whose page the text in view stands on

  // Beside the text the pile scrolls; where the pages take the place of the text, the window does.
  const piled = () => getComputedStyle(pile).overflowY === "auto";
  const top = (element) => element.getBoundingClientRect().top;

  function sheetInView() {
    const middle = piled() ? top(pile) + pile.clientHeight * 0.4 : innerHeight * 0.4;
    return sheets.findLast((sheet) => top(sheet) <= middle) || sheets[0];
  }

  function bring(sheet) {
    const mark = sheet.querySelector("rect");
    if (piled()) {
      const depth = mark ? mark.getBoundingClientRect().bottom - top(sheet) : 0;
      pile.scrollTop += top(sheet) - top(pile) + Math.max(0, depth - pile.clientHeight * 0.7);  // a mark far down too
    } else {
      (mark || sheet).scrollIntoView({ block: mark ? "center" : "start" });
    }
    count();
  }

  function turn(by) {
    const next = sheets[sheets.indexOf(sheetInView()) + by];
    if (next) bring(next);
  }

  function count() {
    document.querySelector(".turning output").textContent = sheetInView().dataset.sheet;
  }

  function follow() {
    const before = read;
    if (leaves[0]?.checkVisibility()) read = leaves.findLast((leaf) => top(leaf) <= innerHeight * 0.4) || leaves[0];
    if (read !== before && piled()) bring(sheets[read.dataset.page - 1]);
    before?.classList.remove("here");
    read?.classList.add("here");
  }

  if (pile) {
    document.querySelector(".turning").hidden = false;
    document.addEventListener("click", (event) => {
      const leaf = event.target.closest("[data-page]");
      const button = event.target.closest("[data-turn]");
      if (button) turn(Number(button.dataset.turn));
      if (!leaf || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      document.getElementById("view-sheets").checked = true;
      bring(sheets[leaf.dataset.page - 1]);
    });
    document.querySelector(".views").addEventListener("change", (event) => {
      const number = document.querySelector(".turning output").textContent;
      if (event.target.id === "view-sheets") bring(sheets[(read?.dataset.page || 1) - 1]);
      else leaves.find((leaf) => leaf.dataset.page === number)?.scrollIntoView({ block: "center" });
    });
    document.addEventListener("scroll", follow, { passive: true });
    for (const moved of [pile, document]) moved.addEventListener("scroll", count, { passive: true });
  }

  // From the source page of one evidence to that of the next.
  const turns = { n: "next", p: "prev" };
  const sides = { ArrowLeft: -1, ArrowRight: 1 };
  const steps = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing()) return;
    const card = document.activeElement.closest(".card");
    if (event.key === "/" && document.getElementById("q")) {
      event.preventDefault();
      document.getElementById("q").focus();
    } else if (event.key in steps && (card || event.key.length === 1)) {
      if (step(steps[event.key])) event.preventDefault();
    } else if (pile && event.key in sides && !document.activeElement.closest(".scroll, input")) {
      event.preventDefault();
      turn(sides[event.key]);
    } else if (event.key in turns) {
      document.querySelector(`a[rel="${turns[event.key]}"]`)?.click();
    } else if (event.key === "Enter" && card === document.activeElement && card) {
      card.querySelector(".open").click();
    }
  });

  // The address says which question of which conversation, so going back is showing that page.
  window.addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) location.reload();
  });

  // An address without a fragment still means its highlight.
  if (!location.hash) document.getElementById("evidence")?.scrollIntoView({ block: "center" });
  if (pile) {
    follow();
    const marked = sheets.find((sheet) => sheet.querySelector("rect"));
    if (marked && piled()) bring(marked);
  }
})();
