// The only place that talks to the service.

/**
 * @typedef {{n: number, report_id: string, report_number: string, report_title: string, issuer: string,
 *   issued_on: string | null, section: string, section_title: string, footnote: string | null, quote: string,
 *   url: string}} Citation
 * @typedef {{value: string, formula: string, why: string}} Computed
 * @typedef {{kind: string, text: string, printed: string, recomputed: string}} Finding
 * @typedef {{conversation_id: string, message_id: string, status: string, text: string, citations: Citation[],
 *   computed: Computed[], findings: Finding[], suggestions: string[]}} Reply
 */

const PATIENCE_MS = 20_000;

/** An error whose message is fit to show. */
export class SendError extends Error {}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<Response>}
 */
function post(path, body) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

/**
 * The service's reply to a message.
 * @param {string} message
 * @param {string | null} conversationId
 * @param {string} offline what to say when the service cannot be reached
 * @returns {Promise<Reply>}
 */
export async function ask(message, conversationId, offline) {
  let response;
  try {
    response = await post("/api/v1/chat", conversationId ? { message, conversation_id: conversationId } : { message });
  } catch {
    throw new SendError(offline);
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  // A detail is a Vietnamese sentence with the English one in brackets at its end.
  const detail = body && typeof body.detail === "string" ? body.detail.replace(/\s*\([^()]*\)\s*$/, "") : offline;
  throw new SendError(detail);
}

/**
 * @param {string} messageId
 * @param {"up" | "down"} verdict
 * @returns {Promise<boolean>} whether it was stored
 */
export async function rate(messageId, verdict) {
  try {
    return (await post("/api/v1/feedback", { message_id: messageId, verdict })).ok;
  } catch {
    return false;
  }
}
