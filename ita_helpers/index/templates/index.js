"use strict";
(() => {
  const PAGE = 100;
  const MADE_UP = 1, BELOW_TARGET = 2, RULES_CHANGED = 4, FAILED = 8, FIRST_FORMAT = 16;
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at("data").textContent);
  const { columns, texts, words } = data;
  const state = { list: "all", sort: "name", falling: false, page: 0 };
  const SELECTS = ["province", "district", "type", "level"];

  const fill = (key, facts) => words[key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  const points = (hundredths) => {
    const digits = String(Math.abs(hundredths)).padStart(3, "0");
    return digits.slice(0, -2) + "." + digits.slice(-2);
  };
  const signed = (hundredths) =>
    (hundredths > 0 ? "+" : hundredths < 0 ? "−" : "") + points(hundredths);
  const plain = (text) =>
    text
      .normalize("NFC")
      .toLowerCase()
      .replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt(0) - 0xe50)
      .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, "$1\u0e33");

  const has = (row, mark) => (columns.marks[row] & mark) !== 0;
  const text = (name, row) => texts[name][columns[name][row]];
  const levelsOf = (year) => data.levels[year] || [];
  const levelOf = (row) => levelsOf(columns.year[row])[columns.level[row] - 1] || "";
  const shortName = (name, row) => {
    const type = text("type", row);
    return text("short", row) + (name.startsWith(type) ? name.slice(type.length) : "");
  };
  const haystacks = columns.name.map((name, row) =>
    plain([name, shortName(name, row), columns.code[row], text("district", row), text("province", row)].join("\n")),
  );
  const belongs = {
    all: () => true,
    attention: (row) => has(row, BELOW_TARGET) || columns.barred[row] > 0,
    fell: (row) => columns.change[row] < 0,
    failed: (row) => has(row, FAILED),
  };

  function make(tag, attributes, ...content) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  }

  function rowsOfYear() {
    const year = Number(at("year").value);
    return columns.year.flatMap((each, row) => (each === year || each === 0 ? [row] : []));
  }

  function offer(id, options) {
    const select = at(id), before = select.value;
    const listed = [["", words.any], ...options];
    select.replaceChildren(...listed.map(([value, name]) => make("option", { value }, name)));
    select.value = listed.some(([value]) => value === before) ? before : "";
  }

  function offerTexts(id, rows) {
    const found = new Set(rows.map((row) => columns[id][row]));
    found.delete(0);
    offer(id, [...found].sort((a, b) => a - b).map((number) => [String(number), texts[id][number]]));
  }

  function offerChoices() {
    const rows = rowsOfYear();
    offerTexts("province", rows);
    offerTexts("type", rows);
    const names = levelsOf(at("year").value).map((name, place) => [String(place + 1), name]);
    offer("level", [...names, ["0", words["levels.none"]]]);
    offerDistricts(rows);
  }

  function offerDistricts(rows) {
    const province = at("province").value;
    offerTexts("district", province ? rows.filter((row) => columns.province[row] === Number(province)) : rows);
  }

  function matching() {
    const sought = plain(at("search").value).split(/\s+/).filter(Boolean);
    const chosen = SELECTS.filter((id) => at(id).value !== "").map((id) => [columns[id], Number(at(id).value)]);
    return rowsOfYear().filter(
      (row) =>
        chosen.every(([column, value]) => column[row] === value) &&
        sought.every((word) => haystacks[row].includes(word)),
    );
  }

  function mean(scores) {
    const sum = scores.reduce((total, each) => total + each, 0);
    return Math.floor((2 * sum + scores.length) / (2 * scores.length));
  }

  function median(scores) {
    const middle = scores.length >> 1;
    return scores.length % 2 ? scores[middle] : Math.floor((scores[middle - 1] + scores[middle] + 1) / 2);
  }

  function showFigures(rows, total) {
    const real = rows.filter((row) => !has(row, MADE_UP));
    const scores = Int32Array.from(real.map((row) => columns.overall[row]).filter((each) => each !== null)).sort();
    const count = (test) => rows.reduce((sum, row) => sum + (test(row) ? 1 : 0), 0);
    const madeUp = rows.length - real.length;
    const average = scores.length ? points(mean(scores)) : "–";
    const middle = scores.length ? points(median(scores)) : "–";
    at("count").textContent = grouped(rows.length);
    if (at("failed")) at("failed").textContent = grouped(count(belongs.failed));
    at("scored").textContent = grouped(scores.length);
    at("levelled").textContent = grouped(real.filter((row) => columns.level[row] > 0).length);
    at("mean").textContent = average;
    at("median").textContent = middle;
    at("made-up").hidden = madeUp === 0;
    at("made-up").textContent = fill("made_up", { count: grouped(madeUp) });
    const facts = { count: grouped(rows.length), total: grouped(total), mean: average, median: middle };
    at("scope").textContent = fill(rows.length === total ? "scope_all" : "scope_some", facts);
    at("status").textContent = rows.length ? fill(scores.length ? "status_scored" : "status", facts) : words.nothing;
    showLevels(real);
    showBins(real, scores);
  }

  function showLevels(rows) {
    const names = levelsOf(at("year").value);
    const counts = new Array(names.length + 1).fill(0);
    for (const row of rows) counts[columns.level[row]] += 1;
    drawBars("levels", names.map((name, place) => [name, counts[place + 1]]), ["levels.none", counts[0]]);
  }

  function showBins(rows, scores) {
    const counts = new Array(data.bins.length).fill(0);
    for (const score of scores) counts[data.bins.filter((edge) => edge <= score).length - 1] += 1;
    const names = data.bins.map((edge, place) => {
      const next = data.bins[place + 1];
      const high = points(next === undefined ? 10000 : next - 1);
      return edge === 0 ? fill("bins.below", { high: points(next) }) : fill("bins.from_to", { low: points(edge), high });
    });
    drawBars("bins", names.map((name, place) => [name, counts[place]]).reverse(), ["bins.none", rows.length - scores.length]);
  }

  function drawBars(id, bars, [noneKey, none]) {
    const total = bars.reduce((sum, [, count]) => sum + count, 0);
    const most = Math.max(1, ...bars.map(([, count]) => count));
    const lines = bars.map(([name, count]) => {
      const bar = make("span", { class: "bar", "aria-hidden": "true" });
      bar.style.width = "calc((100% - 5.2rem) * " + count / most + ")";
      if (!count) bar.hidden = true;
      const share = total ? Math.floor((count * 2000 + total) / (2 * total)) : 0;
      return make(
        "tr", {},
        make("th", { scope: "row" }, name),
        make("td", { class: "right" }, bar, grouped(count)),
        make("td", { class: "right" }, Math.floor(share / 10) + "." + (share % 10)),
      );
    });
    if (none)
      lines.push(
        make(
          "tr", { class: "none" },
          make("th", { scope: "row" }, words[noneKey]),
          make("td", { class: "right" }, grouped(none)),
          make("td", { class: "right" }, dash()),
        ),
      );
    at(id).replaceChildren(...lines);
  }

  function dash() {
    const pair = document.createDocumentFragment();
    pair.append(make("span", { "aria-hidden": "true" }, "–"), make("span", { class: "unseen" }, words.no_data));
    return pair;
  }

  const KEYS = {
    name: (row) => row,
    overall: (row) => columns.overall[row],
    change: (row) => columns.change[row],
    drafts: (row) => (has(row, FAILED) ? null : columns.drafts[row]),
    problems: (row) => (has(row, FAILED) ? null : columns.problems[row]),
  };

  function sorted(rows) {
    const key = KEYS[state.sort] || ((row) => columns[state.sort][row] || null);
    const known = rows.filter((row) => key(row) !== null);
    const unknown = rows.filter((row) => key(row) === null);
    const way = state.falling ? -1 : 1;
    return [...known.sort((a, b) => way * (key(a) - key(b)) || a - b), ...unknown];
  }

  const urlOf = (row, pattern, facts) =>
    pattern.replace(/\{(\w+)\}/g, (_, name) =>
      encodeURIComponent({ year: columns.year[row], code: columns.code[row], edition: "", ...facts }[name]),
    );
  const formatsOf = (row, first = 0) => data.formats.filter((_, place) => has(row, FIRST_FORMAT << (first + place)));
  const linksOf = (row, formats, edition = "") =>
    formats.map((each) => make("a", { href: urlOf(row, data.paper, { format: each, edition }) }, words["formats." + each]));

  function cell(name, ...content) {
    return make("td", { role: "cell", class: name, "data-label": words["columns." + name] }, ...content);
  }

  /** Keeps a short remark at the end of a name on one line. */
  function whole(name) {
    const [, words, remark] = /^(.*?)(\([^()]{1,24}\))?$/s.exec(name);
    return remark ? [words, make("span", { class: "whole" }, remark)] : [name];
  }

  function nameCell(row) {
    const name = whole(columns.name[row]);
    const shown = formatsOf(row).includes("html") ? [make("a", { href: urlOf(row, data.page) }, ...name)] : name;
    const code = columns.code[row];
    const below = code && code !== columns.name[row] ? [make("span", { class: "code" }, code)] : [];
    return make("th", { role: "rowheader", scope: "row", class: "name" }, ...shown, ...below);
  }

  function levelCell(row) {
    const flags = [];
    if (has(row, BELOW_TARGET)) flags.push(words.below_target);
    if (columns.barred[row]) flags.push(fill("barred", { codes: text("barred", row) }));
    return cell("level", levelOf(row) || dash(), ...flags.map((flag) => make("span", { class: "flag" }, flag)));
  }

  function changeCell(row) {
    const change = columns.change[row];
    const mark = change !== null && has(row, RULES_CHANGED) ? words.change_mark : "";
    return cell("change", change === null ? dash() : signed(change), make("span", { class: "mark" }, mark));
  }

  /** Puts a finding together: the places of its pieces, each followed by the numbers it lacks. */
  function unpacked(finding) {
    let text = "", rest = [];
    for (const each of finding) {
      if (typeof each === "number") rest = data.pieces[each].split("\0");
      else text += each;
      text += rest.shift();
    }
    return text.split(/\n(.*)/s);
  }

  function problemsOf(row, count) {
    const said = fill("problems", { count });
    if (!data.findings[row]) return said;
    const button = make("button", { type: "button", "aria-expanded": "false" }, said);
    button.addEventListener("click", () => {
      const found = button.closest("tr").nextElementSibling;
      found.hidden = !found.hidden;
      button.setAttribute("aria-expanded", !found.hidden);
    });
    return button;
  }

  function foundLine(row) {
    const known = data.findings[row], more = columns.problems[row] - known.length;
    const lines = known.map(unpacked).map(([where, text]) => make("li", {}, make("b", {}, where), " " + text));
    if (more > 0) lines.push(make("li", {}, fill("more_problems", { count: more })));
    const found = make("tr", { role: "row", class: "found" }, make("td", { role: "cell", class: "finding", colspan: String(data.shown.length) }, make("ul", {}, ...lines)));
    found.hidden = true;
    return found;
  }

  function resultCells(row) {
    const overall = columns.overall[row], drafts = columns.drafts[row], problems = columns.problems[row];
    const links = linksOf(row, formatsOf(row));
    const published = linksOf(row, formatsOf(row, data.formats.length), data.public);
    if (published.length) links.push(make("span", { class: "published" }, make("span", { class: "whole" }, words.public), ...published));
    const cells = {
      overall: () => cell("overall", overall === null ? dash() : points(overall)),
      level: () => levelCell(row),
      change: () => changeCell(row),
      drafts: () => cell("drafts", drafts ? fill("drafts", { count: drafts }) : words.confirmed),
      problems: () => cell("problems", problems ? problemsOf(row, problems) : words.no_problems),
      files: () => cell("files", ...links),
    };
    return data.shown.filter((name) => name in cells).map((name) => cells[name]());
  }

  function failureCell(row) {
    const [reason, params] = data.failures[row];
    return make(
      "td", { role: "cell", class: "reason", colspan: "6" },
      fill("failed", { reason }), make("span", {}, fill("params", { params })),
    );
  }

  function line(row) {
    const places = ["district", "province", "type"].map((name) => cell(name, text(name, row) || dash()));
    const rest = has(row, FAILED) ? [failureCell(row)] : resultCells(row);
    const shown = make("tr", { role: "row" }, nameCell(row), ...places, ...rest);
    return data.findings[row] ? [shown, foundLine(row)] : [shown];
  }

  function showRows(rows) {
    const pages = Math.max(1, Math.ceil(rows.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const first = state.page * PAGE;
    const shown = sorted(rows).slice(first, first + PAGE);
    at("rows").replaceChildren(...shown.flatMap(line));
    const facts = { first: grouped(rows.length && first + 1), last: grouped(first + shown.length), total: grouped(rows.length) };
    at("range").textContent = fill("range", facts);
    at("previous").setAttribute("aria-disabled", state.page === 0);
    at("next").setAttribute("aria-disabled", state.page === pages - 1);
    for (const button of document.querySelectorAll("[data-sort]")) {
      const head = button.parentElement;
      if (button.dataset.sort === state.sort) head.setAttribute("aria-sort", state.falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  let found = [];

  function update() {
    const rows = matching();
    for (const button of document.querySelectorAll("[data-list]")) {
      const { list } = button.dataset;
      button.setAttribute("aria-pressed", list === state.list);
      button.querySelector(".count").textContent = "(" + grouped(rows.filter(belongs[list]).length) + ")";
    }
    found = rows.filter(belongs[state.list]);
    state.page = 0;
    showFigures(found, rowsOfYear().length);
    showRows(found);
  }

  function turn(id, step) {
    if (at(id).getAttribute("aria-disabled") === "true") return;
    state.page += step;
    showRows(found);
    at("status").scrollIntoView();
  }

  at("year").addEventListener("change", () => {
    offerChoices();
    update();
  });
  at("province").addEventListener("change", () => offerDistricts(rowsOfYear()));
  for (const id of SELECTS) at(id).addEventListener("change", update);
  at("search").addEventListener("input", update);
  at("clear").addEventListener("click", () => {
    for (const id of ["search", ...SELECTS]) at(id).value = "";
    offerChoices();
    state.list = "all";
    update();
  });
  for (const button of document.querySelectorAll("[data-list]"))
    button.addEventListener("click", () => {
      state.list = button.dataset.list;
      update();
    });
  for (const button of document.querySelectorAll("[data-sort]"))
    button.addEventListener("click", () => {
      const { sort } = button.dataset;
      state.falling = state.sort === sort && !state.falling;
      state.sort = sort;
      state.page = 0;
      showRows(found);
    });
  at("previous").addEventListener("click", () => turn("previous", -1));
  at("next").addEventListener("click", () => turn("next", 1));
  offerChoices();
  update();
  at("index").hidden = false;
})();
