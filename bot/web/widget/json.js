// JSON that the page cannot spoil: old libraries give arrays and strings a toJSON of their own, which JSON.stringify
// would call, and would then write a list as a quoted text.

/**
 * The value as JSON. Knows text, finite numbers, truth values, null, arrays and plain objects; leaves out undefined.
 * @param {unknown} value
 * @returns {string}
 */
export function toJson(value) {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "null";
  if (typeof value === "boolean") return String(value);
  if (value === null || typeof value !== "object") return "null";
  let written = "";
  if (Array.isArray(value)) {
    for (const item of value) written += `${written && ","}${toJson(item)}`;
    return `[${written}]`;
  }
  for (const name of Object.keys(value)) {
    const item = /** @type {Record<string, unknown>} */ (value)[name];
    if (item !== undefined && typeof item !== "function") written += `${written && ","}${quoted(name)}:${toJson(item)}`;
  }
  return `{${written}}`;
}

/** @param {string} text */
function quoted(text) {
  // Lone halves of a surrogate pair and control characters are written as escapes, which every reader takes.
  const escaped = text.replace(/["\\\u0000-\u001f\u2028\u2029\ud800-\udfff]/g, (c) =>
    c === '"' || c === "\\" ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}
