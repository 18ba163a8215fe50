/* What the pages add where scripts run: tables that sort and filter, values at the marks of charts, downloads, a copy button.
   Everything is there without it, and it says and offers only what the page prints. It asks for no other file. */
"use strict";
(() => {
  const make = (name, kind, text = "") => {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  };
  const button = (text, act) => {
    const made = make("button", "nhsuk-button nhsuk-button--secondary nhsuk-button--small wres-added", text);
    made.type = "button";
    made.addEventListener("click", () => act(made));
    return made;
  };
  const words = (cell) => {
    const spoken = cell.cloneNode(true);
    for (const repeated of spoken.querySelectorAll("[aria-hidden=true]")) repeated.remove();
    return spoken.textContent.replace(/\s+/g, " ").trim();
  };

  /* Sorting: a button in each heading; first up, then down, then as printed. Words and what is withheld come after numbers. */
  const number = (text) => {
    const found = /^(?:under |over )?[−-]?£?\d[\d,]*(?:\.\d+)?/.exec(text);
    return found ? Number(found[0].replace(/[^\d.−-]/g, "").replace("−", "-")) : NaN;
  };
  const compare = (one, other) => {
    const [a, b] = [number(one), number(other)];
    if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(a) ? 1 : -1;
    return (Number.isNaN(a) ? 0 : a - b) || one.localeCompare(other, "en-GB", { numeric: true });
  };
  const sortable = (table, rows) => {
    const printed = [...rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.textContent.trim() || printed.every((row) => words(row.cells[column]).length < 2)) return;
      const made = make("button", "wres-sort");
      made.type = "button";
      made.append(...head.childNodes);
      head.append(made);
      made.addEventListener("click", () => {
        const next = { null: "ascending", ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        const text = new Map(printed.map((row) => [row, words(row.cells[column])]));
        const way = next === "descending" ? -1 : 1;
        const sorted = next ? [...printed].sort((a, b) => way * compare(text.get(a), text.get(b))) : printed;
        table.tBodies[0].append(...sorted);
      });
    });
  };

  /* Filtering: the rows that hold what is typed; how many are shown is said aloud. */
  const filterable = (table, rows, place) => {
    const box = make("div", "wres-filter wres-added");
    const label = make("label", "nhsuk-label", "Show only rows with");
    const input = make("input", "nhsuk-input");
    const told = make("span", "wres-filter__told");
    input.type = "search";
    input.id = `filter-${place}`;
    label.htmlFor = input.id;
    if (table.caption) input.setAttribute("aria-label", `${label.textContent}: ${words(table.caption)}`);
    told.setAttribute("role", "status");
    const texts = rows.map((row) => [...row.cells].map(words).join(" ").toLowerCase());
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().trim();
      rows.forEach((row, n) => { row.hidden = !texts[n].includes(wanted); });
      told.textContent = input.value ? `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows` : "";
    });
    box.append(label, input, told);
    (table.closest(".wres-wide") || table).before(box);
  };

  /* Charts: the row of the nearest mark, by pointer, finger or arrow keys; Escape takes it away. */
  const hovered = (image, table) => {
    const places = JSON.parse(image.dataset.places);
    if (!places.length) return;
    const heads = [...table.tHead.rows[0].cells].map(words);
    const frame = make("div", "wres-marks");
    const tip = make("div", "wres-tip");
    let at = -1;
    image.before(frame);
    frame.append(image, tip);
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", "Values of the picture: arrow keys go from mark to mark");
    tip.setAttribute("role", "status");
    const show = (n) => {
      at = n;
      tip.classList.toggle("wres-tip--shown", n >= 0);
      if (n < 0) { tip.textContent = ""; return; }
      const [x, y, row] = places[n];
      const cells = [...table.rows[row + 1].cells].map(words);
      tip.textContent = [cells[0], ...cells.slice(1).map((cell, k) => `${heads[k + 1]}: ${cell}`)].join("\n");
      tip.style.left = `${Math.min(Math.max(x, 28), 72)}%`;
      tip.style.top = `${y}%`;
      tip.classList.toggle("wres-tip--below", y < 30);
    };
    frame.addEventListener("pointermove", (event) => {
      const box = image.getBoundingClientRect();
      const far = ([x, y]) => Math.hypot(event.clientX - box.left - (x * box.width) / 100, event.clientY - box.top - (y * box.height) / 100);
      const nearest = places.reduce((best, place, n) => (best < 0 || far(place) < far(places[best]) ? n : best), -1);
      show(far(places[nearest]) < 28 ? nearest : -1);
    });
    frame.addEventListener("pointerleave", () => show(-1));
    frame.addEventListener("blur", () => show(-1));
    frame.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") show(-1);
      if (!step) return;
      event.preventDefault();
      show((at < 0 && step < 0 ? places.length - 1 : at + step + places.length) % places.length);
    });
  };

  /* Downloads: the table as printed, and the picture with its title and whose it is. */
  const save = (blob, name) => {
    const link = make("a", "");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const csv = (table) => {
    const cell = (text) => {
      const plain = text.replace(/^−(?=\d)/, "-");
      const safe = /^[=+@\t]|^-(?!\d)/.test(plain) ? `'${plain}` : plain;
      return /[",\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
    };
    return [...table.rows].map((row) => [...row.cells].map((one) => cell(words(one))).join(",")).join("\r\n");
  };
  const drawn = (image, caption, done) => {
    const scale = 2;
    const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const lines = (text, font) => {
      pen.font = font;
      return text.split(" ").reduce((found, word) => {
        const longer = `${found[found.length - 1]} ${word}`.trim();
        return pen.measureText(longer).width < width - 48 ? [...found.slice(0, -1), longer] : [...found, word];
      }, [""]);
    };
    const [large, small] = ["bold 28px Arial, sans-serif", "20px Arial, sans-serif"];
    const [above, below] = [lines(caption, large), lines(document.title, small)];
    canvas.width = width;
    canvas.height = height + 36 * above.length + 28 * below.length + 48;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 36 * above.length + 24, width, height);
    pen.fillStyle = "#212b32";
    for (const [font, text, top, step] of [[large, above, 36, 36], [small, below, canvas.height - 28 * below.length, 28]]) {
      pen.font = font;
      text.forEach((line, n) => pen.fillText(line, 24, top + n * step));
    }
    canvas.toBlob(done, "image/png");
  };
  for (const figure of document.querySelectorAll(".wres-chart")) {
    const [image, table] = [figure.querySelector("img[data-places]"), figure.querySelector("table")];
    if (!image || !table) continue;
    const name = image.getAttribute("src").split("/").pop().replace(/\.svg$/, "");
    const caption = words(figure.querySelector("figcaption"));
    hovered(image, table);
    const place = figure.querySelector("a[download]").parentNode;
    place.append(" ", button("Numbers (CSV)", () => save(new Blob([`\ufeff${csv(table)}\r\n`], { type: "text/csv" }), `${name}.csv`)));
    /* A page opened from a folder may not read its own pictures back. */
    if (location.protocol !== "file:") place.append(" ", button("Picture (PNG)", () => drawn(image, caption, (blob) => save(blob, `${name}.png`))));
  }
  document.querySelectorAll("table").forEach((table, place) => {
    const rows = table.tBodies.length === 1 ? [...table.tBodies[0].rows] : [];
    if (rows.length < 5 || !table.tHead || table.querySelector("[rowspan], [colspan]")) return;
    sortable(table, rows);
    if (rows.length >= 12) filterable(table, rows, place);
  });

  for (const copy of document.querySelectorAll("[data-copy]")) {
    copy.hidden = false;
    copy.addEventListener("click", () => {
      const block = document.getElementById(copy.dataset.copy);
      if (navigator.clipboard) {
        navigator.clipboard.writeText(block.value);
      } else {
        block.closest("details").open = true;
        block.select();
        document.execCommand("copy");
      }
      copy.textContent = "Copied";
    });
  }
})();
