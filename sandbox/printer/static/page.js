// Watches the printers: one small request a second, answered 304 while nothing happens.

const CONDITIONS = [
  [(printer) => printer.offline, "断网，无法连接", "Offline, not reachable"],
  [(printer) => printer.cover_open, "机盖打开，停止打印", "Cover open, not printing"],
  [(printer) => printer.paper === "out", "缺纸，停止打印", "Out of paper, not printing"],
  [(printer) => printer.paper === "low", "纸将用尽", "Paper nearly at its end"],
  [(printer) => printer.break_after_bytes !== null, "下一张会打一半断线", "The next ticket will break off"],
  [(printer) => printer.delay_ms > 0, "打印变慢", "Printing slowly"],
];
const REST = { paper: "ok", cover_open: false, offline: false, delay_ms: 0, break_after_bytes: null, single: false };
const main = document.querySelector("#printers");
const sections = new Map();
let revision = "";

function bilingual(chinese, english) {
  return [["zh", chinese], ["en", english]].map(([name, text]) => {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  });
}

async function post(path, body) {
  await fetch(path, { method: "POST", body: JSON.stringify(body ?? {}) });
  await refresh();
}

function newSection(printer) {
  const section = document.querySelector("#printer").content.cloneNode(true).firstElementChild;
  const url = `/_control/${encodeURIComponent(printer.name)}`;
  section.querySelector("h2").textContent = printer.name;
  section.querySelector("[data-tear]").onclick = () => post(`${url}/tear`);
  for (const button of section.querySelectorAll("[data-field]")) {
    const { field } = button.dataset;
    button.onclick = () => {
      const pressed = button.getAttribute("aria-pressed") === "true";
      post(url, { [field]: pressed ? REST[field] : JSON.parse(onValue(button)) });
    };
  }
  main.append(section);
  sections.set(printer.name, section);
  return section;
}

function onValue(button) {
  const { field, on } = button.dataset;
  return field === "paper" ? JSON.stringify(on) : on ?? "true";
}

function isOn(button, printer) {
  const value = printer[button.dataset.field];
  return button.dataset.field === "paper" ? value === button.dataset.on : value !== REST[button.dataset.field];
}

function showPrinter(printer) {
  const section = sections.get(printer.name) ?? newSection(printer);
  const found = CONDITIONS.find(([applies]) => applies(printer)) ?? [null, "正常", "Ready"];
  const faulty = printer.offline || printer.cover_open || printer.paper === "out";
  section.classList.toggle("faulty", faulty);
  section.classList.toggle("warned", found[0] !== null && !faulty);
  section.querySelector(".address").textContent = `${printer.host}:${printer.port} · ${printer.width} mm`;
  section.querySelector(".condition").replaceChildren(...bilingual(found[1], found[2]));
  for (const button of section.querySelectorAll("[data-field]")) {
    button.setAttribute("aria-pressed", isOn(button, printer));
  }
}

function newFigure(ticket) {
  const figure = document.createElement("figure");
  figure.dataset.number = ticket.number;
  figure.classList.toggle("narrow", ticket.width === 58);
  figure.classList.toggle("broken", !ticket.complete);
  const image = document.createElement("img");
  image.src = `/tickets/${ticket.number}.png`;
  image.alt = ticket.text;
  const caption = document.createElement("figcaption");
  const time = new Date(ticket.printed_at).toLocaleTimeString("zh-CN");
  caption.replaceChildren(...(ticket.complete
    ? bilingual(`第${ticket.number}张 ${time}`, `Ticket ${ticket.number}`)
    : bilingual(`第${ticket.number}张 ${time} 打了一半就断线`, `Ticket ${ticket.number} broke off`)));
  figure.append(image, caption);
  return figure;
}

function showTickets(tickets) {
  const present = new Set(tickets.map((ticket) => String(ticket.number)));
  for (const figure of main.querySelectorAll("figure")) {
    if (!present.has(figure.dataset.number)) figure.remove();
  }
  for (const ticket of [...tickets].reverse()) {
    const roll = sections.get(ticket.printer)?.querySelector(".roll");
    if (roll && !roll.querySelector(`[data-number="${ticket.number}"]`)) roll.prepend(newFigure(ticket));
  }
}

function showConnection(state, chinese, english) {
  const line = document.querySelector("#connection");
  line.dataset.state = state;
  line.replaceChildren(...bilingual(chinese, english));
}

async function refresh() {
  const answer = await fetch(`/state?rev=${revision}`);
  if (answer.status === 200) {
    const state = await answer.json();
    revision = state.revision;
    state.printers.forEach(showPrinter);
    showTickets(state.tickets);
  }
}

async function watch() {
  try {
    await refresh();
    showConnection("live", "实时", "Live");
  } catch {
    revision = "";
    showConnection("lost", "小票机程序没有响应，正在重连…", "The printer program does not answer, trying again…");
  }
  setTimeout(watch, 1000);
}

document.querySelector("#reset").onclick = () => post("/_control/reset");
watch();
