// Shows JSON with colours and indentation. A long text is cut, with a button that shows all of it.
import { el } from "./dom.js";

const LONGEST = 600;
const STEP = "  ";

/** A block that shows a value. */
export function json(value) {
  const block = el("pre", { class: "json", tabindex: "0" });
  write(block, value, "");
  return block;
}

function write(into, value, indent) {
  if (Array.isArray(value)) {
    list(into, "[", "]", value.map((item) => [null, item]), indent);
  } else if (value !== null && typeof value === "object") {
    list(into, "{", "}", Object.entries(value), indent);
  } else if (typeof value === "string") {
    text(into, value);
  } else {
    into.append(el("span", { class: "literal" }, String(value)));
  }
}

function list(into, opening, closing, entries, indent) {
  if (!entries.length) {
    into.append(opening + closing);
    return;
  }
  const inner = indent + STEP;
  into.append(`${opening}\n`);
  entries.forEach(([name, value], index) => {
    into.append(inner);
    if (name !== null) into.append(el("span", { class: "name" }, JSON.stringify(name)), ": ");
    write(into, value, inner);
    into.append(index < entries.length - 1 ? ",\n" : "\n");
  });
  into.append(indent + closing);
}

function text(into, value) {
  const whole = JSON.stringify(value);
  const span = el("span", { class: "text" }, whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole);
  into.append(span);
  if (whole.length > LONGEST) {
    const more = el("button", { type: "button", class: "more" }, `all ${value.length} characters`);
    more.addEventListener("click", () => {
      span.textContent = whole;
      more.remove();
    });
    into.append(" ", more);
  }
}
