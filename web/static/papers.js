// Adds files and articles one request after another, with a line for each. Without it the forms do the same at once.
// What is said of a file that was read comes from the server, which escapes it; all else is set as text.
(() => {
  "use strict";

  const form = document.querySelector(".upload");
  const byName = document.querySelector(".by-name");
  const queue = document.querySelector('[data-slot="queue"]');
  const list = queue.querySelector("ol");
  const said = queue.querySelector('[data-slot="queue-said"]');
  const trouble = form.querySelector('[data-slot="upload"]');
  const stopper = queue.querySelector("[data-stop-adding]");
  const suffixes = form.dataset.suffixes.split(" ");
  const mostBytes = Number(form.dataset.mostMb) * 1e6;
  const TOGETHER = { files: 20, bytes: Math.min(Number(form.dataset.togetherMb) * 1e6, 32e6) };
  const MOST_WAITING = 10000;

  const waiting = [];
  let request = null;  // the one under way
  let total = 0, settled = 0, failed = 0;

  const isRead = (name) => suffixes.some((suffix) => name.toLowerCase().endsWith(suffix));
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

  // A line: the name, what is happening, how far, and at the end what came of it.
  class Line {
    constructor(name, item) {
      Object.assign(this, item, { name, settled: false });
      this.element = document.createElement("li");
      this.element.innerHTML = '<strong></strong> <span class="badge"></span> <progress max="1" hidden></progress>';
      [this.title, this.badge, this.bar] = this.element.children;
      this.title.textContent = name;
      this.says("waiting");
      list.append(this.element);
      total += 1;
    }

    says(what, share) {
      this.badge.textContent = what;
      this.bar.hidden = what === "waiting";
      this.bar.setAttribute("aria-label", `${this.name}: ${what}`);
      if (share === undefined) this.bar.removeAttribute("value");
      else this.bar.value = share;
    }

    ends(status, html) {
      if (!this.settled) settled += 1;
      this.settled = true;
      this.element.className = status;
      this.element.innerHTML = html;
      if (!this.failure && (status === "unreadable" || status === "failed")) {
        this.failure = true;
        failed += 1;
      }
    }

    fails(why) {
      const reason = document.createElement("p");
      reason.textContent = why;
      this.badge.textContent = "not read";
      this.bar.remove();
      this.ends("unreadable", this.element.innerHTML + reason.outerHTML);
    }
  }

  function tell(running) {
    const done = `${settled} of ${total} done`;
    const rest = failed ? `, ${failed} of them not read.` : ".";
    said.textContent = running ? `${done}${rest}` : `Finished: ${done}${rest}`;
    stopper.hidden = !running;
  }

  function takeFiles(found) {
    trouble.textContent = "";
    for (const { file, path, named } of found) {
      if (waiting.length >= MOST_WAITING) {
        trouble.textContent = `Only the first ${MOST_WAITING.toLocaleString("en")} files were taken; use the command line for more.`;
        break;
      }
      if (!named && !isRead(file.name)) continue;
      const line = new Line(path, { file, path });
      if (!isRead(file.name)) line.fails(`This format is not read; give one of ${suffixes.join(", ")}.`);
      else if (file.size > mostBytes) line.fails(`It has ${megabytes(file.size)}, and the limit is ${megabytes(mostBytes)}.`);
      else waiting.push(line);
    }
    const others = new Map();
    for (const { file, named } of found) {
      if (named || isRead(file.name)) continue;
      const suffix = /\.[^.]+$/.exec(file.name)?.[0].toLowerCase() ?? "without a suffix";
      others.set(suffix, (others.get(suffix) ?? 0) + 1);
    }
    if (others.size) {
      const counts = [...others].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([suffix, count]) => `${suffix} ${count}`);
      trouble.textContent = `Files of other formats in the folder were left out: ${counts.join(", ")}.`;
    } else if (!found.length) {
      trouble.textContent = "There is no file in there.";
    }
    go();
  }

  // The lines of the next request: one article, or a few files of different names, so that names tell them apart.
  function next() {
    const lines = [];
    const names = new Set();
    let bytes = 0;
    while (waiting.length && lines.length < TOGETHER.files) {
      const line = waiting[0];
      const size = line.file?.size ?? 0;
      if (lines.length && (!line.file || !lines[0].file || names.has(line.file.name) || bytes + size > TOGETHER.bytes)) break;
      lines.push(waiting.shift());
      if (!line.file) break;
      names.add(line.file.name);
      bytes += size;
    }
    return lines;
  }

  async function go() {
    queue.hidden = !total;
    if (!total) return;
    tell(true);
    if (request) return;
    while (waiting.length) {
      await send(next());
    }
    tell(false);
    refresh();
  }

  function body(lines) {
    const data = new FormData();
    for (const line of lines) {
      if (line.file) data.append("file", line.file, line.path);
      else data.append("identifier", line.identifier);
    }
    return data;
  }

  const heard = {
    begun(lines, { files }) {
      lines.forEach((line, place) => { line.said = files[place]; });
    },
    fetching: ([line]) => line.says("being fetched from Europe PMC"),
    reading(lines, { file }) {
      for (const line of lines.filter((one) => one.reading)) line.says("read");
      const line = lines.find((one) => one.said === file && !one.settled) ?? lines[0];
      line.reading = true;
      if (!line.settled) line.says("being read");
      if (!list.matches(":hover, :focus-within")) list.scrollTop = line.element.offsetTop;
    },
    encoding(lines, { done, total: all }) {
      for (const line of lines) if (!line.settled) line.says("being encoded", all ? done / all : undefined);
    },
    outcome(lines, { file, status, html }) {
      const line = lines.find((one) => one.said === file && !one.settled) ?? (lines.length === 1 ? lines[0] : null);
      line?.ends(status, html);
    },
    done: (lines, outcomes) => outcomes.forEach(({ status, html }, place) => lines[place]?.ends(status, html)),
    problem: (lines, { detail }) => lines.forEach((line) => line.settled || line.fails(detail)),
  };

  // Uploading is told by the browser, all after it by the server's events.
  function send(lines) {
    return new Promise((resolve) => {
      const own = (request = new XMLHttpRequest());
      let read = 0;
      const listen = () => {
        if (own.status !== 200) return;
        let end;
        while ((end = own.responseText.indexOf("\n\n", read)) >= 0) {
          const [name, ...data] = own.responseText.slice(read, end).split("\n");
          read = end + 2;
          heard[name.slice(7)](lines, JSON.parse(data.map((line) => line.slice(6)).join("\n")));
        }
        tell(true);
      };
      own.open("POST", "/documents");
      own.setRequestHeader("Accept", "text/event-stream");
      own.upload.onprogress = ({ loaded, total: all }) => lines.forEach((line) => line.says("uploading", loaded / all));
      own.upload.onload = () => lines.forEach((line) => line.says("uploaded"));
      own.onprogress = listen;
      own.onloadend = () => {
        listen();
        const why = left(own);
        for (const line of lines) if (!line.settled) line.fails(why);
        request = null;
        resolve();
      };
      lines.forEach((line) => line.says("uploading", 0));
      own.send(body(lines));
    });
  }

  // Why a request left lines without an outcome.
  function left(own) {
    if (own.stopped) return "Stopped; what was read by then is in the list below.";
    if (own.status && own.status !== 200) {
      const page = new DOMParser().parseFromString(own.responseText, "text/html");
      return page.querySelector("main p")?.textContent ?? `Exocite answered ${own.status}.`;
    }
    return "Exocite did not answer to the end; look whether it still runs, then add it again.";
  }

  async function refresh() {
    try {
      const response = await fetch(location.pathname + location.search);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector('[data-slot="papers"]');
      if (!fresh || request) return;
      document.querySelector('[data-slot="papers"]').replaceWith(fresh);
      document.querySelector(".seek").hidden = page.querySelector(".seek").hidden;
    } catch {
      // the list is as it was; the lines above say what is new
    }
  }

  stopper.addEventListener("click", () => {
    for (const line of waiting.splice(0)) line.fails("Stopped before it was uploaded.");
    if (request) {
      request.stopped = true;
      request.abort();
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeFiles([...form.elements.file.files].map((file) => ({ file, path: file.name, named: true })));
    form.reset();
  });

  byName.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = byName.elements.identifier.value.replaceAll(": ", ":").split(/\s+/).filter(Boolean);
    for (const identifier of words) waiting.push(new Line(identifier, { identifier }));
    byName.reset();
    go();
  });

  // A folder, by the keyboard too.
  const folder = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true, multiple: true });
  form.querySelector("[data-folder]").addEventListener("click", () => folder.click());
  folder.addEventListener("change", () => {
    takeFiles([...folder.files].filter((file) => !hidden(file.webkitRelativePath)).map((file) => ({ file, path: file.webkitRelativePath })));
    folder.value = "";
  });
  form.querySelector('[data-slot="drop"]').hidden = false;

  const hidden = (path) => path.split("/").some((part) => part.startsWith("."));

  // Every file below an entry of a drop, with its path; what cannot be read is left out.
  async function* below(entry, path, named) {
    if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      if (file) yield { file, path, named };
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));  // a hundred at a time
      if (!some.length) return;
      some.sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const each of some) if (!each.name.startsWith(".")) yield* below(each, `${path}/${each.name}`, false);
    }
  }

  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const dropping = (is) => document.body.classList.toggle("dropping", is);

  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      dropping(true);
    });
  }
  document.addEventListener("dragleave", (event) => event.relatedTarget || dropping(false));
  document.addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    dropping(false);
    // all at once, since the browser forgets them when this returns
    const dropped = [...event.dataTransfer.items].filter((item) => item.kind === "file").map((item) => {
      const entry = item.webkitGetAsEntry?.();
      return { entry, file: entry ? null : item.getAsFile() };
    });
    const found = [];
    for (const { entry, file } of dropped) {
      if (file) found.push({ file, path: file.name, named: true });
      if (!entry) continue;
      for await (const each of below(entry, entry.name, true)) {
        found.push(each);
        if (found.length > MOST_WAITING) break;
      }
    }
    takeFiles(found);
  });

  window.addEventListener("beforeunload", (event) => {
    if (request) event.preventDefault();
  });
})();
