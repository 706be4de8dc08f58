// How places and dates are written, and the text that "copy" puts on the clipboard.

/**
 * @typedef {import("./api.js").Citation} Citation
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./strings.vi.js").Strings} Strings
 */

/**
 * A date of the service ("2024-03-29") as people write it, or "".
 * @param {string | null} iso
 * @param {Strings} strings
 */
export function date(iso, strings) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  return parts ? strings.date(new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))) : "";
}

/**
 * "mục II.2.3.(15), chú thích 4"
 * @param {Citation} citation
 * @param {Strings} strings
 */
export function section(citation, strings) {
  const path = citation.section;
  // "Phần A.II.1" and "Phụ lục 2" are names already; "II.2.3" needs the word
  const named = path === "kết" ? strings.ending : /^\p{Lu}\p{Ll}/u.test(path) ? path : `${strings.section} ${path}`;
  const where = path === "mở đầu" ? strings.opening : named;
  return citation.footnote ? `${where}, ${strings.footnote} ${citation.footnote.normalize("NFKC")}` : where;
}

/**
 * "331/BC-UBND, mục II.2.3.(15)"
 * @param {Citation} citation
 * @param {Strings} strings
 */
export function place(citation, strings) {
  return `${citation.report_number}, ${section(citation, strings)}`;
}

/**
 * "(theo Báo cáo số 331/BC-UBND ngày 29/3/2024 của …, mục II.1, mục II.2; Báo cáo số …)", as letters cite reports.
 * @param {Citation[]} citations
 * @param {Strings} strings
 */
export function according(citations, strings) {
  /** @type {Map<string, string[]>} */
  const sections = new Map();
  for (const citation of citations) {
    const dated = date(citation.issued_on, strings);
    const parts = [strings.report(citation.report_number)];
    if (dated) parts.push(strings.dated(dated));
    if (citation.issuer) parts.push(strings.by(citation.issuer));
    const head = parts.join(" ");
    const named = sections.get(head) ?? [];
    if (!named.length) sections.set(head, named);
    const here = section(citation, strings);
    if (!named.includes(here)) named.push(here);
  }
  const list = [...sections].map(([head, named]) => [head, ...named].join(", "));
  return strings.according(list.join("; "));
}

/**
 * The answer's text without the lines that the sources, warnings and choices below it show anyway. The text of the
 * service is complete in itself, for channels that show nothing else.
 * @param {Reply} reply
 */
export function body(reply) {
  const shownBelow = (/** @type {string} */ line) => {
    const source = /^Nguồn \[(\d{1,2})\]:/.exec(line);
    if (source) return reply.citations.some((citation) => String(citation.n) === source[1]);
    if (reply.status === "clarify" && line.startsWith("- ")) return reply.suggestions.includes(line.slice(2));
    return line.startsWith("⚠") && reply.findings.some((found) => line.includes(found.text));
  };
  const lines = reply.text.split("\n").filter((line) => !shownBelow(line));
  return lines.join("\n").trim() || reply.text;
}

/**
 * The answer with its citation, ready to paste.
 * @param {Reply} reply
 * @param {Strings} strings
 */
export function withCitation(reply, strings) {
  const warnings = reply.findings.map((found) => found.text);
  const text = [body(reply), ...warnings].join("\n").replace(/\s*\[\d{1,2}\]/g, "");
  return `${text}\n${according(reply.citations, strings)}`;
}

/**
 * The quoted words with their citation, ready to paste.
 * @param {Citation} citation
 * @param {Strings} strings
 */
export function quotation(citation, strings) {
  return `“${citation.quote}” ${according([citation], strings)}`;
}

/**
 * Whether the text is on the clipboard now. The newer way is missing where a page came over plain http.
 * @param {string} text
 * @param {ParentNode} near where a field may stand for a moment
 */
export async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    near.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
