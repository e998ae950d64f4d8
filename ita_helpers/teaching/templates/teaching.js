"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  /** What the page itself brings bears this mark: the story's anchors are named by others. */
  const marked = (id) => "ita-" + id;
  const at = (id) => document.getElementById(marked(id));
  const { words } = data;

  class Fraction {
    constructor(n, d = 1n) {
      let a = n < 0n ? -n : n, b = d < 0n ? -d : d;
      while (b) [a, b] = [b, a % b];
      if (d < 0n) a = -a;
      this.n = n / a;
      this.d = d / a;
    }
    static of(text) {
      const [n, d = "1"] = String(text).split("/");
      const [whole, decimals = ""] = n.split(".");
      return new Fraction(BigInt(whole + decimals), BigInt(d) * 10n ** BigInt(decimals.length));
    }
    plus(other) {
      return new Fraction(this.n * other.d + other.n * this.d, this.d * other.d);
    }
    minus(other) {
      return new Fraction(this.n * other.d - other.n * this.d, this.d * other.d);
    }
    times(other) {
      return new Fraction(this.n * other.n, this.d * other.d);
    }
    over(other) {
      return new Fraction(this.n * other.d, this.d * other.n);
    }
    isBelow(other) {
      return this.n * other.d < other.n * this.d;
    }
    equals(other) {
      return this.n === other.n && this.d === other.d;
    }
    /** Two decimals, half away from zero. */
    rounded() {
      const whole = (200n * (this.n < 0n ? -this.n : this.n) + this.d) / (2n * this.d);
      return new Fraction(this.n < 0n ? -whole : whole, 100n);
    }
    /** Two decimals, never below; for what is not negative. */
    raised() {
      return new Fraction((100n * this.n + this.d - 1n) / this.d, 100n);
    }
    /** Two decimals, never above; for what is not negative. */
    lowered() {
      return new Fraction((100n * this.n) / this.d, 100n);
    }
    toText() {
      return this.d === 1n ? String(this.n) : this.n + "/" + this.d;
    }
    /** The amount with two decimals, without its sign. */
    toString() {
      const { n, d } = this.rounded();
      const digits = String((n < 0n ? -n : n) * (100n / d)).padStart(3, "0");
      return digits.slice(0, -2) + "." + digits.slice(-2);
    }
  }

  const NOTHING = new Fraction(0n), FULL = new Fraction(100n), SLACK = new Fraction(1n, 200n);
  const whole = (number) => new Fraction(BigInt(number));
  const least = (...all) => all.reduce((found, each) => (each.isBelow(found) ? each : found));
  const most = (...all) => all.reduce((found, each) => (found.isBelow(each) ? each : found));
  const sum = (all) => all.reduce((total, each) => total.plus(each), NOTHING);
  const last = (all) => all[all.length - 1];
  const within = (points) => !points.isBelow(NOTHING) && !FULL.isBelow(points);
  const mapPoints = (points, change) =>
    Object.fromEntries(Object.entries(points).map(([code, each]) => [code, change(each, code)]));
  const readPoints = (points) => mapPoints(points, Fraction.of);

  const readLevels = (levels) =>
    levels.map(([name, conditions, caveat]) => ({
      name, caveat, conditions: conditions.map(([code, points]) => [code, Fraction.of(points)]),
    }));
  const years = mapPoints(data.years, (rules) => ({
    ...rules,
    levels: readLevels(rules.levels),
    instruments: rules.instruments.map((each) => ({
      ...each,
      weight: whole(each.weight),
      parts: each.parts.map(([code, name, weight]) => ({ code, name, weight: whole(weight) })),
    })),
  }));

  function evaluate(means, values, code) {
    if (code in values) return values[code];
    if (!(code in means)) return null;
    const points = means[code].map(([, below]) => evaluate(means, values, below));
    if (points.includes(null)) return null;
    const weights = means[code].map(([weight]) => whole(weight));
    return sum(points.map((each, place) => each.times(weights[place]))).over(sum(weights));
  }

  /** The lowest score that with two decimals meets a condition. */
  const judgedFrom = (needed) => most(NOTHING, needed.raised().minus(SLACK));

  class Trial {
    /** Parts belong to the scores their instruments have in `bases`, by default to the present ones. */
    constructor(year, values, parts, bases = {}) {
      Object.assign(this, { year, values, parts, bases, rules: years[year], scores: {} });
    }
    score(code) {
      if (!(code in this.scores)) this.scores[code] = evaluate(this.rules.means, this.values, code);
      return this.scores[code];
    }
    get overall() {
      return this.score("ITA");
    }
    without(code) {
      return Object.fromEntries(Object.entries(this.values).filter(([known]) => known !== code));
    }
    knowsItemsOf(indicator) {
      return evaluate(this.rules.means, this.without(indicator), indicator) !== null;
    }
    owner(part) {
      return this.rules.instruments.find(({ parts }) => parts.some(({ code }) => code === part));
    }
    part(code) {
      const owner = this.owner(code);
      if (!owner || !(owner.parts[0].code in this.parts)) return null;
      if (code in this.parts) return this.follow(owner, this.parts[code]);
      const taken = sum(owner.parts.slice(0, -1).map((each) => each.weight.times(this.part(each.code))));
      return owner.weight.times(this.score(owner.code)).minus(taken).over(last(owner.parts).weight);
    }
    /** A part moved with its instrument: what is missing, or there, in proportion. */
    follow(owner, points) {
      const now = this.score(owner.code), base = this.bases[owner.code] ?? now;
      if (base.isBelow(now)) return FULL.minus(FULL.minus(points).times(FULL.minus(now)).over(FULL.minus(base)));
      return now.isBelow(base) ? points.times(now).over(base) : points;
    }
    /** The least and the most a part can be, whatever the parts are. */
    room(code) {
      const owner = this.owner(code);
      const { weight } = owner.parts.find((each) => each.code === code);
      const total = owner.weight.times(this.score(owner.code)), others = owner.weight.minus(weight);
      return [most(NOTHING, total.minus(others.times(FULL)).over(weight)), least(FULL, total.over(weight))];
    }
    span(code) {
      if (!this.owner(code)) return [this.score(code), this.score(code)];
      const known = this.part(code);
      return known ? [known, known] : this.room(code);
    }
    /** Whether the scores, and some points of unknown parts, are no lower than `floors` and below `tops`. */
    allows(floors, tops) {
      const isUnknown = (code) => this.owner(code) && !this.part(code);
      const floor = (code) => floors[code] ?? NOTHING, top = (code) => tops[code] ?? FULL;
      const isKept = (points, code) => !points.isBelow(floor(code)) && (!(code in tops) || points.isBelow(top(code)));
      const codes = Object.keys({ ...floors, ...tops });
      return (
        codes.every((code) => isKept(isUnknown(code) ? floor(code) : this.span(code)[0], code)) &&
        this.rules.instruments.every((owner) => {
          if (!owner.parts.length || !isUnknown(owner.parts[0].code)) return true;
          const total = owner.weight.times(this.score(owner.code));
          const [low, high] = [floor, top].map((end) => sum(owner.parts.map(({ code, weight }) => weight.times(end(code)))));
          const isOpen = owner.parts.some(({ code }) => code in tops);
          return !total.isBelow(low) && (isOpen ? total.isBelow(high) : !high.isBelow(total));
        })
      );
    }
    /** Whether scores no lower than `floors` can miss a condition of each of these levels. */
    canMiss([level, ...others], floors, tops = {}) {
      if (!this.allows(floors, tops)) return false;
      if (!level) return true;
      return level.conditions.some(([code, needed]) => {
        const low = judgedFrom(needed);
        return this.canMiss(others, floors, { ...tops, [code]: least(low, tops[code] ?? low) });
      });
    }
    get possible() {
      const { levels } = this.rules;
      return levels.filter(({ conditions }, place) => {
        const floors = Object.fromEntries(conditions.map(([code, needed]) => [code, judgedFrom(needed)]));
        return this.canMiss(levels.slice(0, place), floors);
      });
    }
    barredBy(level) {
      return level.conditions
        .map(([code, needed]) => [code, ...this.span(code), needed])
        .filter(([, low, , needed]) => low.rounded().isBelow(needed))
        .map(([code, low, high, needed]) => ({
          code, needed, low, high, gap: needed.minus(low), isOpen: !high.rounded().isBelow(needed),
        }));
    }
    get knownParts() {
      return this.rules.instruments.flatMap((owner) => owner.parts.filter(({ code }) => code in this.parts).map(({ code }) => [owner, code]));
    }
    get presentParts() {
      return Object.fromEntries(this.knownParts.map(([, code]) => [code, this.part(code)]));
    }
    withValue(code, points) {
      const { rules } = this;
      const indicator = code in rules.indicators ? code : Object.keys(rules.indicators).find((each) => itemsOf(rules, each).includes(code));
      const now = Object.fromEntries(this.knownParts.map(([owner]) => [owner.code, this.score(owner.code)]));
      return new Trial(this.year, { ...this.without(indicator), [code]: points }, this.parts, { ...now, ...this.bases });
    }
    withPart(code, points) {
      return new Trial(this.year, this.values, { ...this.presentParts, [code]: points });
    }
    get fits() {
      return this.rules.instruments.every(({ parts }) => parts.every(({ code }) => within(this.part(code) ?? NOTHING)));
    }
    /** The same indicators under another year's rules; parts stay where the year has them. */
    inYear(year) {
      const { indicators, instruments } = years[year];
      const kept = Object.fromEntries(Object.keys(this.rules.indicators).map((code) => [code, this.score(code)]));
      const values = { ...kept, ...mapPoints(indicators, (_, code) => this.score(code) || start.score(code)) };
      const known = instruments.flatMap((each) => each.parts.slice(0, -1)).filter(({ code }) => code in this.parts);
      const moved = new Trial(year, values, Object.fromEntries(known.map(({ code }) => [code, this.part(code)])));
      return moved.fits ? moved : new Trial(year, values, {});
    }
    /** Parts as high as their instrument, or not known. */
    withAlikeParts(owner, known) {
      const codes = owner.parts.slice(0, -1).map(({ code }) => code);
      const others = Object.entries(this.presentParts).filter(([code]) => !codes.includes(code));
      const alike = known ? codes.map((code) => [code, this.score(owner.code)]) : [];
      return new Trial(this.year, this.values, Object.fromEntries([...others, ...alike]));
    }
  }

  function itemsOf({ means }, code) {
    return (means[code] || []).flatMap(([, below]) => (below in means ? itemsOf({ means }, below) : [below]));
  }

  function groupsOf(trial) {
    return trial.rules.instruments.flatMap((instrument) => {
      const whole = { code: instrument.code, weight: instrument.weight, start: trial.score(instrument.code) };
      const parts = instrument.parts
        .map(({ code, weight }) => ({ code, weight, start: trial.part(code) }))
        .filter(({ start }) => start);
      const count = new Fraction(BigInt(instrument.indicators.length));
      return (parts.length ? parts : [whole]).map((group) => {
        const price = count.times(group.weight).over(instrument.weight);
        const unknownParts = group.code === instrument.code ? instrument.parts.map(({ code }) => code) : [];
        return { ...group, instrument, unknownParts, price, effect: group.weight.over(price) };
      });
    });
  }

  /** Raise the ends, the first group's first, until they bring so much of the overall score. */
  function buy(groups, gain) {
    const effectOf = ({ weight, start, end }) => weight.times(end.minus(start)).over(FULL);
    let lacking = gain.minus(sum(groups.map(effectOf)));
    for (const group of groups) {
      if (!NOTHING.isBelow(lacking)) break;
      const rise = least(lacking.times(FULL).over(group.weight), FULL.minus(group.end));
      group.end = group.end.plus(rise);
      lacking = lacking.minus(rise.times(group.weight).over(FULL));
    }
  }

  function findLeastGain(trial, level) {
    const floors = Object.fromEntries(level.conditions.map(([code, needed]) => [code, needed.minus(SLACK)]));
    const groups = groupsOf(trial).map((each) => {
      const asked = [each.code, ...each.unknownParts].map((code) => floors[code] ?? NOTHING);
      return { ...each, end: least(FULL, most(each.start, ...asked)) };
    });
    const forced = (code) => most(NOTHING, (floors[code] ?? NOTHING).minus(trial.score(code)));
    for (const instrument of trial.rules.instruments) {
      const start = trial.score(instrument.code), count = whole(instrument.indicators.length);
      const raised = start.plus(sum(instrument.indicators.map(forced)).over(count));
      const rise = most(raised, floors[instrument.code] ?? raised).minus(start);
      buy(groups.filter((each) => each.instrument === instrument), rise.times(instrument.weight).over(FULL));
    }
    const byEffect = (a, b) => (b.effect.isBelow(a.effect) ? -1 : a.effect.isBelow(b.effect) ? 1 : 0);
    buy([...groups].sort(byEffect), floors.ITA.minus(trial.overall));
    const cost = ({ price, start, end }) => price.times(end.minus(start));
    const values = { ...trial.values }, parts = { ...trial.parts };
    for (const { code, end } of groups) if (code in parts) parts[code] = end;
    for (const instrument of trial.rules.instruments) {
      const rises = instrument.indicators.map((code) => [code, forced(code)]);
      const scores = rises.map(([code, rise]) => [code, trial.score(code).plus(rise)]);
      const gain = sum(groups.filter((each) => each.instrument === instrument).map(cost)).minus(sum(rises.map(([, rise]) => rise)));
      for (const [place, [code, points]] of scores.entries()) if (NOTHING.isBelow(rises[place][1])) values[code] = points;
      if (NOTHING.isBelow(gain)) Object.assign(values, fillUp(scores, gain));
    }
    return {
      level,
      total: sum(groups.map(cost)),
      rising: groups.filter(({ start, end }) => start.isBelow(end)),
      trial: new Trial(trial.year, values, parts),
      assumesEqualParts: groups.some(({ unknownParts }) => unknownParts.some((code) => code in floors)),
    };
  }

  function fillUp(scores, gain) {
    const rising = [...scores].sort(([, a], [, b]) => (a.isBelow(b) ? -1 : b.isBelow(a) ? 1 : 0));
    for (let count = 1; ; count += 1) {
      const lowest = rising.slice(0, count);
      const height = sum(lowest.map(([, points]) => points)).plus(gain).over(whole(count));
      if (count === rising.length || !rising[count][1].isBelow(height))
        return Object.fromEntries(lowest.map(([code]) => [code, least(height, FULL)]));
    }
  }

  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const say = (key, facts = {}) => fill(words.what_if[key], facts);
  const toArabic = (text) => text.replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt(0) - 0xe50);
  const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

  /** Points, or the sentence that says why what was typed is none. */
  function read(text) {
    const tidy = text.normalize("NFC").replace(UNSEEN, "").trim();
    const typed = toArabic(tidy.endsWith(data.unit) ? tidy.slice(0, -data.unit.length).trim() : tidy);
    const problem = (name, facts) => ({ problem: fill(data.typed[name], facts) });
    if (!typed) return problem("empty");
    if (/^\d+,\d{1,2}$/.test(typed)) return problem("comma", { meant: typed.replace(",", ".") });
    if (!/^[+-]?\d+(\.\d+)?$/.test(typed)) return problem("not_number", { typed: text.trim() });
    const points = Fraction.of(typed);
    return within(points) ? { points } : problem("range", { typed: text.trim() });
  }

  /** Whether a printed score is the mean of so many answers, each worth one of the points. */
  function isPossible(figure, respondents, points) {
    let sums = new Set([0]);
    for (let count = 0; count < respondents; count += 1)
      sums = new Set([...sums].flatMap((each) => points.map((worth) => each + worth)));
    return [...sums].some((each) => String(whole(each).over(whole(respondents))) === figure);
  }

  /** The answer to what is asked as it is printed: points, the name of a level, a mistyped score. */
  function answerTo({ means, values, levels, overall, components, figures, respondents, points }) {
    if (figures) return figures.find((each) => !isPossible(each, respondents, points));
    if (means) return String(evaluate(means, readPoints(values), "?"));
    const scores = { ITA: Fraction.of(overall), ...readPoints(components) };
    const isMet = ([code, needed]) => !(scores[code] ?? FULL).rounded().isBelow(needed);
    return readLevels(levels).find(({ conditions }) => conditions.every(isMet)).name;
  }

  function check(key, typed) {
    const exercise = data.exercises[key];
    const isChoice = exercise.components || exercise.figures;
    if (isChoice && !typed) return { isRight: false, text: data.typed.choose };
    const { points, problem } = isChoice ? {} : read(typed);
    if (problem) return { isRight: false, text: problem };
    const given = points ? String(points) : typed;
    const isRight = given === answerTo(exercise);
    const mistake = exercise.mistakes.find((each) => given === answerTo(each));
    return { isRight, text: isRight ? exercise.right : (mistake || exercise).hint };
  }

  function trialOf(year, values, parts = {}) {
    return new Trial(Number(year), readPoints(values), readPoints(parts));
  }

  function judge(year, values, parts) {
    const trial = trialOf(year, values, parts);
    const conditions = (level) =>
      trial.barredBy(level).map(({ code, needed, gap, isOpen }) => ({ code, needed: needed.toText(), gap: gap.toText(), isOpen }));
    return {
      overall: String(trial.overall),
      levels: trial.possible.map(({ name }) => name),
      spans: trial.rules.judged.map((code) => trial.span(code).map(String)),
      barred: Object.fromEntries(trial.rules.levels.map((level) => [level.name, conditions(level)])),
    };
  }

  function leastGain(year, values, parts, name) {
    const trial = trialOf(year, values, parts);
    const gain = findLeastGain(trial, trial.rules.levels.find((level) => level.name === name));
    const text = (points) => mapPoints(points, (each) => each.toText());
    return {
      total: gain.total.toText(),
      groups: Object.fromEntries(gain.rising.map(({ code, start, end }) => [code, [start.toText(), end.toText()]])),
      values: text(gain.trial.values),
      parts: text(gain.trial.parts),
      assumesEqualParts: gain.assumesEqualParts,
    };
  }

  globalThis.ita = Object.freeze({
    judge, leastGain, check,
    read: (text) => {
      const { points, problem } = read(text);
      return problem ? { problem } : { points: points.toText() };
    },
  });

  const LATIN_OR_DIGIT = /([0-9_.@:/?=&%#+~-]*[A-Za-z][A-Za-z0-9_.@:/?=&%#+~-]*)|[0-9]/g;
  const digits = (text) =>
    data.numerals === "thai"
      ? text.replace(LATIN_OR_DIGIT, (found, latin) => latin || String.fromCharCode(0xe50 + Number(found)))
      : text;

  function put(element, text) {
    const shown = digits(String(text));
    if (element.textContent !== shown) element.textContent = shown;
  }

  function make(tag, attributes, ...content) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content.map((each) => (typeof each === "string" ? digits(each) : each)));
    return element;
  }

  const start = trialOf(data.start.year, data.start.values, data.start.parts);
  let trial = start, found = null;
  let shown = [];

  const nameOf = (code) =>
    code === "ITA" ? words.what_if.overall
    : code in trial.rules.indicators ? fill(words.indicator, { code, name: trial.rules.indicators[code] })
    : trial.owner(code)?.parts.find((part) => part.code === code).name || code;
  const baseline = () => (trial.year === start.year ? start : start.inYear(trial.year));
  const conditionCodes = () => {
    const { judged, instruments } = trial.rules;
    return ["ITA", ...(judged.length ? judged : instruments.map(({ code }) => code))];
  };

  function changeSince(before, after) {
    const rise = after.rounded().minus(before.rounded());
    if (rise.equals(NOTHING)) return "";
    return say(rise.isBelow(NOTHING) ? "fell" : "rose", { points: rise });
  }

  function showVerdict() {
    const { possible, overall } = trial, { levels } = trial.rules;
    const names = possible.map(({ name }) => name);
    put(at("overall"), say("points", { points: overall }));
    const before = baseline().overall, change = changeSince(before, overall);
    put(at("overall-change"), change ? say("since", { change, points: before }) : "");
    put(at("level"), names.length > 1 ? say("open", { levels: names.join(` ${words.what_if.either} `) }) : names[0]);
    const next = levels[levels.indexOf(last(possible)) - 1];
    showConditions(next || possible[0]);
    const doubtful = possible.filter(({ caveat }) => caveat);
    put(at("caveat"), doubtful.map(({ name, caveat }) => say("caveat", { level: name, caveat })).join(" "));
    put(at("barred"), next ? tellBarred(next) : words.what_if.highest);
  }

  function tellBarred(level) {
    const barred = trial.barredBy(level);
    const reasons = barred.map(({ code, low, high, needed, isOpen }) =>
      say(isOpen ? "lies" : "lacks", { name: nameOf(code), gap: needed.minus(low.rounded()), low, high }),
    );
    const isOpen = barred.every((each) => each.isOpen);
    return say(isOpen ? "undecided" : "barred", { level: level.name, reasons: reasons.join(` ${words.what_if.and} `) });
  }

  function showConditions(level) {
    const barred = trial.barredBy(level);
    put(at("against"), say("against", { level: level.name }));
    for (const [place, code] of conditionCodes().entries()) {
      const [name, score, state] = at("conditions").rows[place].cells;
      const [low, high] = trial.span(code);
      const [, needed] = level.conditions.find(([asked]) => asked === code) ?? [code, NOTHING];
      const shortfall = barred.find((each) => each.code === code);
      const kind = needed.equals(NOTHING) ? "not_asked" : !shortfall ? "met" : shortfall.isOpen ? "unknown" : "short";
      put(name, nameOf(code));
      put(score, low.equals(high) ? low : say("span", { low, high }));
      put(state, say(kind, { needed, gap: needed.minus(low.rounded()) }));
      state.className = kind;
    }
  }

  /** A slider and a text box for one score; `set` returns why it cannot be, or nothing. */
  function makeControl(code, name, pointsIn, set) {
    const id = (part) => marked(part + "-" + code);
    const label = make("label", { id: id("name"), for: id("box") }, name);
    const slider = make("input", { type: "range", id: id("slider"), min: 0, max: 100, step: 0.5, "aria-labelledby": id("name"), autocomplete: "off" });
    const box = make("input", { id: id("box"), inputmode: "decimal", "aria-describedby": id("change") + " " + id("problem"), autocomplete: "off" });
    const change = make("span", { class: "change", id: id("change") });
    const problem = make("span", { class: "problem", id: id("problem"), role: "status" });
    const refuse = (text) => {
      put(problem, text);
      box.setAttribute("aria-invalid", text !== "");
    };
    const place = () => (slider.value = Number(String(pointsIn(trial))));
    const enter = (points) => {
      const said = set(points);
      if (!said) return update();
      place();
      refuse(said);
    };
    slider.addEventListener("input", () => enter(Fraction.of(slider.value)));
    box.addEventListener("change", () => {
      const { points, problem: said } = read(box.value);
      if (said) refuse(said);
      else enter(points);
    });
    shown.push(() => {
      const points = pointsIn(trial);
      place();
      slider.setAttribute("aria-valuetext", digits(say("points", { points })));
      box.value = digits(String(points));
      refuse("");
      put(change, changeSince(pointsIn(baseline()) || points, points));
    });
    return make("div", { class: "score-control" }, label, slider, box, change, problem);
  }

  function valueControl(code, name) {
    const set = (points) => {
      trial = trial.withValue(code, points);
    };
    return makeControl(code, name, (each) => each.score(code), set);
  }

  function itemControls(indicator) {
    const codes = itemsOf(trial.rules, indicator);
    const aside = make("p", { class: "note" }, words.what_if.items_aside);
    shown.push(() => (aside.hidden = !(indicator in trial.values)));
    return make(
      "details", {},
      make("summary", {}, say("items", { code: indicator, count: codes.length })),
      aside,
      ...codes.map((code) => valueControl(code, data.start.items[code])),
    );
  }

  function partControls(instrument) {
    const known = make("input", { type: "checkbox", id: marked("parts-" + instrument.code), autocomplete: "off" });
    known.addEventListener("change", () => {
      trial = trial.withAlikeParts(instrument, known.checked);
      renew();
      at("parts-" + instrument.code).focus();
    });
    known.checked = trial.part(instrument.parts[0].code) !== null;
    const tick = make("p", { class: "tick" }, known, make("label", { for: known.id }, say("parts_known", instrument)));
    if (!known.checked) return [tick];
    const rested = last(instrument.parts);
    const rest = make("b", {});
    shown.push(() => put(rest, say("points", { points: trial.part(rested.code) })));
    return [
      tick,
      make("p", { class: "note" }, say("parts_note", instrument)),
      ...instrument.parts.slice(0, -1).map((part) => partControl(instrument, part)),
      make("p", { class: "rest" }, make("span", {}, say("rest", rested)), rest),
    ];
  }

  function partControl(instrument, { code, name }) {
    const set = (points) => {
      const changed = trial.withPart(code, points);
      if (changed.fits) {
        trial = changed;
        return "";
      }
      const [low, high] = trial.room(code);
      const facts = { code: instrument.code, score: trial.score(instrument.code), name };
      return say("part_range", { ...facts, low: low.raised(), high: high.lowered() });
    };
    return makeControl(code, name, (each) => each.part(code), set);
  }

  function instrumentControls(instrument) {
    const score = make("b", {});
    shown.push(() => put(score, say("points", { points: trial.score(instrument.code) })));
    const facts = { weight: instrument.weight.n, count: instrument.indicators.length };
    return make(
      "fieldset", {},
      make("legend", {}, say("instrument", instrument)),
      make("p", { class: "instrument" }, make("span", {}, say("instrument_facts", facts)), score),
      ...instrument.indicators.flatMap((code) => {
        const control = valueControl(code, fill(words.indicator, { code, name: trial.rules.indicators[code] }));
        return trial.knowsItemsOf(code) ? [control, itemControls(code)] : [control];
      }),
      ...(instrument.parts.length ? partControls(instrument) : []),
    );
  }

  function showGoals() {
    const { levels } = trial.rules;
    const above = levels.slice(0, levels.indexOf(last(trial.possible))).map(({ name }) => name);
    const goal = at("goal"), before = goal.value;
    if ([...goal.options].map((each) => each.value).join() !== above.join()) {
      goal.replaceChildren(...above.map((name) => make("option", { value: name }, name)));
      goal.value = above.includes(before) ? before : last(above) || "";
    }
    at("no-goal").hidden = above.length > 0;
    at("backwards").hidden = above.length === 0;
    if (above.length) showGain(levels.find(({ name }) => name === goal.value));
  }

  function showGain(level) {
    found = findLeastGain(trial, level);
    const isEnough = found.total.equals(NOTHING);
    const facts = { level: level.name, points: found.total.raised() };
    put(at("total"), fill(words.backwards[isEnough ? "enough" : "total"], facts));
    at("equal-parts").hidden = !found.assumesEqualParts;
    at("gain").hidden = isEnough;
    put(at("gain-caption"), fill(words.backwards.caption, facts));
    at("gains").replaceChildren(
      ...found.rising.map(({ code, start, end }) =>
        make("tr", {}, make("th", { scope: "row" }, nameOf(code)), make("td", {}, String(start)), make("td", {}, String(end.raised()))),
      ),
    );
  }

  function update() {
    showVerdict();
    for (const show of shown) show();
    showGoals();
  }

  /** Build the controls anew: other rules, other items, other parts. */
  function renew() {
    const { rules } = trial;
    shown = [];
    at("year").value = trial.year;
    at("assumed").hidden = !rules.assumed;
    put(at("assumed"), rules.assumed);
    at("conditions").replaceChildren(
      ...conditionCodes().map(() => make("tr", {}, make("th", { scope: "row" }), make("td", {}), make("td", {}))),
    );
    at("controls").replaceChildren(...rules.instruments.map(instrumentControls));
    update();
  }

  const usable = Object.keys(years).filter((year) => Object.keys(years[year].indicators).every((code) => start.score(code)));
  at("year").replaceChildren(...usable.map((year) => make("option", { value: year }, year)));
  at("year").addEventListener("change", () => {
    trial = trial.inYear(Number(at("year").value));
    renew();
  });
  at("reset").addEventListener("click", () => {
    trial = start;
    renew();
  });
  at("goal").addEventListener("change", showGoals);
  at("use").addEventListener("click", () => {
    trial = found.trial;
    for (const instrument of trial.rules.instruments)
      if (found.assumesEqualParts && instrument.parts.length) trial = trial.withAlikeParts(instrument, true);
    renew();
    at("verdict").focus();
  });

  for (const form of document.querySelectorAll("[data-exercise]")) {
    const key = form.dataset.exercise;
    at("answer-" + key).addEventListener("input", () => at("reply-" + key).replaceChildren());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { isRight, text } = check(key, at("answer-" + key).value);
      const reply = at("reply-" + key);
      reply.className = isRight ? "reply right-answer" : "reply wrong-answer";
      reply.replaceChildren(...(isRight ? [] : [make("b", {}, words.exercises.again), " "]), digits(text));
    });
  }
  for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
  renew();
  at("try").hidden = false;
  at("no-script").hidden = true;
})();
