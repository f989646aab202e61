// The page's one script: it sends the levers, puts the answers in their places, and leaves controls and focus alone.
const $ = (id) => document.getElementById(id);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const form = $("levers"), tab = crypto.randomUUID();
const STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
let busy = null, again = null, aborter = null, rest = 0, written = "", search = location.search, at = null, moved = "", touched = "";

// --- the state of the levers as an address -------------------------------------------------------------------------
function query(extra = {}) {
  const pairs = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "add" && (value !== "" || /^([it]\d+|p)$/.test(name))) pairs.append(name, value);
  }
  if (pairs.get("theory") === "hybrid") pairs.delete("theory");
  for (const [name, value] of Object.entries(extra)) pairs.set(name, value);
  return pairs.toString();
}

function remember() {
  const address = "/?" + query();
  if (address !== written) history.pushState(null, "", address);
  [written, search] = [address, location.search];
  for (const link of $$("a[data-keep]")) link.search = "?" + query();
}
addEventListener("popstate", () => search === location.search || location.reload()); // not for a part of the page

// --- asking: the latest wish wins ----------------------------------------------------------------------------------
async function ask(path, extra, signal) {
  const response = await fetch(path + "?" + query(extra), { signal });
  if (response.status === 204) return null;
  if (!response.headers.get("content-type")?.includes("json")) throw new Error(await response.text());
  const found = await response.json();
  if (found.errors) throw new Error(found.errors.join(" "));
  return found;
}

async function work(wish) {
  if (busy) {
    again = wish;
    if (!wish.few || busy === "full") aborter?.abort();
    return;
  }
  busy = wish.few ? "few" : "full";
  aborter = new AbortController();
  try {
    const asked = { tab, moved, row: touched, ...(wish.few && { few: 1 }) };
    const found = await ask(wish.path ?? "/answer", asked, aborter.signal);
    if (found) {
      show(found.parts);
      $("fault").textContent = "";
      $("say").textContent = found.say ?? "";
      pulse(found.pulse ?? []);
      for (const box of $$(".flow .box")) if (found.used) box.classList.toggle("used", found.used.includes(box.classList[1]));
    }
  } catch (fault) {
    const lost = fault instanceof TypeError && "The page's server does not answer; is anagen serve still running?";
    if (fault.name !== "AbortError") $("fault").textContent = lost || fault.message;
  }
  const next = again;
  busy = again = null;
  if (next) work(next);
}

// --- outputs: swapped by id, never under the reader's focus ----------------------------------------------------------
const shown = new Map();
let latest = {};

function show(parts) {
  const echoes = $$("output[id^=echo-i]"); // the server numbers them from one, without gaps
  for (const [id, html] of Object.entries(Object.assign(latest, parts))) {
    const place = id.startsWith("echo-i") ? echoes[id.slice(6) - 1] : $(id), focus = document.activeElement;
    if (!place || shown.get(place) === html || (place !== focus && place.contains(focus))) continue;
    const open = $$("details", place).map((one) => one.open);
    place.innerHTML = html;
    shown.set(place, html);
    $$("details", place).forEach((one, i) => { one.open = open[i] ?? one.open; });
    if (id === "out-chart") drawn();
  }
}
document.addEventListener("focusout", () => setTimeout(() => show({}))); // what waited for the focus to leave

// --- levers ----------------------------------------------------------------------------------------------------------
// a slider says where it stands: in words, and on the chart; at its end nothing is sent
function words(range) {
  const sent = $(range.dataset.for) ?? range, handle = document.querySelector(`[data-of="${range.id}"]`);
  const said = sent.value ? "age " + sent.value : range.dataset.words;
  range.setAttribute("aria-valuetext", said);
  $((range.dataset.for ?? range.id) + "-said").textContent = said;
  if (!handle) return;
  handle.value = sent.value || handle[handle.dataset.empty];
  handle.setAttribute("aria-valuetext", said);
  handle.parentNode.style.setProperty("--" + handle.className, handle.value - handle.min);
}

// a start stays before its stop
function send(range) {
  const [start, stop] = $$("input[type=range]", range.closest("[data-row]"));
  if (+start.value >= +stop.value) range.value = range === start ? stop.value - 1 : +start.value + 1;
  $(range.dataset.for).value = range.value === range.dataset.empty ? "" : range.value;
}

form.addEventListener("input", (event) => {
  const lever = event.target;
  if (!lever.dataset.kind) return;
  if (lever.dataset.for) send(lever);
  if (lever.type === "range") words(lever);
  if (lever.dataset.kind === "see") return work({ path: "/scalp" });
  moved = lever.dataset.kind;
  touched = lever.closest("[data-row]")?.dataset.row ?? "";
  if (lever.dataset.arrow) return believe([lever.dataset.arrow], lever.checked);
  if (lever.id === "theory") return believe();
  if (lever.type === "range") work({ few: true });
  clearTimeout(rest);
  rest = setTimeout(settle, lever.type === "range" ? 250 : 500);
});
form.addEventListener("change", (event) => {
  if (event.target.dataset.kind === "see") remember();
  else if (["do", "name"].includes(event.target.dataset.kind)) settle();
});

function settle() {
  clearTimeout(rest);
  remember();
  work({ few: false });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const line = $("add");
  if (document.activeElement !== line && document.activeElement !== $("add-go")) return settle();
  try {
    const found = await ask("/entry", { say: line.value });
    $("rows").insertAdjacentHTML("beforeend", found.row);
    $("timeline").insertAdjacentHTML("beforeend", found.lane);
    $("add-said").textContent = line.value = "";
    touched = $("rows").lastElementChild.dataset.row;
    settle(moved = "do");
  } catch (fault) { $("add-said").textContent = fault.message; }
});

document.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-remove]"), card = event.target.closest("a[data-card]");
  if (remove) {
    $("add").focus();
    for (const part of ["row-", "lane-"]) $(part + remove.dataset.remove).remove();
    latest = {};
    settle(moved = "do");
  } else if (card) {
    event.preventDefault();
    choose(card.dataset.card);
  } else if (event.target.closest("a[href='#me']")) $("me").open = true;
});

// --- the time line: every start and stop once more, as handles laid on the chart's axis of age ------------------------
for (const kind of ["input", "change"]) {
  $("timeline").addEventListener(kind, ({ target: handle }) => {
    const range = $(handle.dataset.of), atEnd = handle.value === handle[handle.dataset.empty];
    range.value = atEnd ? range.dataset.empty : handle.value;
    range.dispatchEvent(new Event(kind, { bubbles: true }));
  });
}

// sliders and handles go from today to the end of the look ahead: where the person's age changes, both ends do
function drawn() {
  const { age } = readings(), first = Math.floor(age[0]), last = Math.floor(age.at(-1));
  $("timeline").style.setProperty("--years", last - first);
  for (const handle of $$("#timeline input")) {
    const range = $(handle.dataset.of), stops = +(handle.className === "stop");
    if (+handle.min === first && +handle.max === last + stops) continue; // a slider that is told its ends is laid out anew
    Object.assign(range, { min: first + stops, max: last + stops });
    range.dataset.empty = range[handle.dataset.empty];
    Object.assign(handle, { min: first, max: last + stops });
    range.value = $(range.dataset.for).value || range.dataset.empty;
    words(range);
  }
  readChart(at); // the crosshair stays where it was
}

// --- what is believed: the list's switches are the truth, the drawing shows them ----------------------------------------
const arrows = $$(".flow [data-arrows]"), boxes = new Map($$("#switches input").map((one) => [one.dataset.arrow, one]));
const names = (text) => (text ? text.split(/[. ]/) : []);

function paint() {
  for (const one of arrows) {
    const every = names(one.dataset.arrows), on = every.filter((name) => boxes.get(name).checked).length;
    for (const drawing of [one, ...$$(`.flow [data-labels="${one.dataset.arrows}"]`)]) {
      drawing.classList.toggle("off", on === 0);
      drawing.classList.toggle("part-off", on > 0 && on < every.length);
    }
    one.setAttribute("aria-checked", on === every.length ? "true" : on ? "mixed" : "false");
  }
}

// some arrows on or off; without any named, all as the theory has them
function believe(which = [...boxes.keys()], on = null) {
  const { off, says } = $("theory").selectedOptions[0].dataset, theory = new Set(names(off));
  for (const name of which) boxes.get(name).checked = on ?? !theory.has(name);
  const gone = [...boxes.keys()].filter((name) => !boxes.get(name).checked);
  $("flip").value = [...theory.symmetricDifference(new Set(gone))].sort().join(".");
  $("theory-says").textContent = says;
  paint();
  if (on !== null) pulse(which);
  settle(moved = "believe");
}
$("all-on").addEventListener("click", () => { $("theory").value = "hybrid"; believe(); });

// a light runs along the lines that are switched, or whose input has changed
function pulse(which) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const one of arrows.filter((each) => names(each.dataset.arrows).some((name) => which.includes(name)))) {
    const light = one.querySelector(".stem, .chip-words").cloneNode(true);
    light.classList.add("pulse");
    light.setAttribute("pathLength", "1");
    light.addEventListener("animationend", () => light.remove());
    one.append(light);
  }
}

async function choose(name) {
  $("card").dataset.shown = name;
  $("card").innerHTML = await (await fetch("/arrow/" + name, { headers: { accept: "text/x-card" } })).text();
}

arrows.forEach((one, i) => {
  const which = names(one.dataset.arrows);
  one.setAttribute("role", "switch");
  one.setAttribute("tabindex", i ? "-1" : "0");
  one.addEventListener("click", () => { believe(which, one.getAttribute("aria-checked") === "false"); choose(which[0]); });
  one.addEventListener("focus", () => {
    for (const other of arrows) other.setAttribute("tabindex", other === one ? "0" : "-1");
    if ($("card").dataset.shown !== which[0]) choose(which[0]);
  });
});

// --- the chart: tabs, and a crosshair that reads numbers --------------------------------------------------------------
const tabs = $$("[role=tab]");
async function turn(chosen) {
  for (const one of tabs) {
    one.setAttribute("aria-selected", one === chosen);
    one.tabIndex = one === chosen ? 0 : -1;
    $(one.getAttribute("aria-controls")).hidden = one !== chosen;
  }
  if (chosen.id === "tab-sources") show((await ask("/sources")).parts);
}
for (const one of tabs) for (const event of ["focus", "click"]) one.addEventListener(event, () => turn(one));

const readings = () => JSON.parse($("readings").textContent);
function readChart(index) {
  at = index;
  if (index === null) return;
  const { age, x, top, bottom, curves } = readings(), drawing = document.querySelector("#out-chart .fan");
  at = Math.max(0, Math.min(age.length - 1, index));
  drawing.querySelector(".crosshair")?.remove();
  drawing.insertAdjacentHTML("beforeend", `<path class="crosshair" d="M${x[at]} ${top}V${bottom}"/>`);
  const told = (q) => Math.round(q[at]);
  const said = Object.entries(curves).map(([name, q]) =>
    q.length > 1 ? `${name} ${told(q[2])} (8 in 10 runs: ${told(q[0])} to ${told(q[4])})` : `${name} ${told(q[0])}`);
  $("reading").textContent = `Age ${+age[at].toFixed(1)}, hairs per cm²: ${said.join("; ")}.`;
}
$("out-chart").addEventListener("pointermove", (event) => {
  const { x, width } = readings(), box = document.querySelector("#out-chart .fan").getBoundingClientRect();
  const away = x.map((one) => Math.abs(one - ((event.clientX - box.left) / box.width) * width));
  readChart(away.indexOf(Math.min(...away)));
});

// arrow keys go from age to age, from tab to tab, from arrow to arrow; Space and Enter switch an arrow
document.addEventListener("keydown", (event) => {
  const here = event.target, step = STEP[event.key], set = [tabs, arrows].find((one) => one.includes(here));
  if (step && here.id === "out-chart") readChart((at ?? -1) + step);
  else if (step && set) set[(set.indexOf(here) + step + set.length) % set.length].focus();
  else if ([" ", "Enter"].includes(event.key) && set === arrows) here.dispatchEvent(new Event("click"));
  else return;
  event.preventDefault();
});

// --- keeping -----------------------------------------------------------------------------------------------------------
const kept = (words) => { $("kept").textContent = words; };
$("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.origin + "/?" + query());
  kept("The link is copied; it shows the same on any computer that runs anagen serve at this address.");
});
async function post(path, body) {
  const headers = { "x-token": $$("meta[name=token]")[0].content };
  const response = await fetch(path, { method: "POST", headers, body });
  return response.json().catch(() => ({ errors: ["The server did not take it; reload the page."] }));
}
$("file").addEventListener("change", async (event) => {
  const found = await post("/open", await event.target.files[0].text());
  if (found.address) location.href = "/?" + found.address;
  else kept(found.errors.join(" "));
});
$("save")?.addEventListener("click", async () => {
  const found = await post("/save?" + query(), "");
  kept(found.saved ? `Saved to ${found.saved}.` : found.errors.join(" "));
});

paint();
drawn();
written = "/?" + query();
settle();
