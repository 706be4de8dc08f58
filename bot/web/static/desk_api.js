// The desk's requests: the token goes into a header, never into an address, and stays in this tab.

const TOKEN = "hoidap-desk-token", NAME = "hoidap-desk-name";
let token = sessionStorage.getItem(TOKEN) ?? "";
let name = sessionStorage.getItem(NAME) ?? "";

export class ApiError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) { super(message); this.status = status; }
}

export const identity = () => (token ? name : "");

/** @param {string} newName @param {string} newToken */
export function remember(newName, newToken) {
  token = newToken; name = newName;
  sessionStorage.setItem(TOKEN, token);
  sessionStorage.setItem(NAME, name);
}

export function forget() {
  token = "";
  sessionStorage.removeItem(TOKEN);
}

const headers = () => ({ Authorization: `Bearer ${token}`, "X-Editor": encodeURIComponent(name) });
const address = (/** @type {string} */ path) => `/api/v1/desk${path}`;

/** The Vietnamese half of a problem's sentence. @param {any} problem @param {number} status */
function words(problem, status) {
  const detail = String(problem?.reason ?? problem?.detail ?? `Máy chủ trả lời mã ${status}.`);
  return problem?.reason ? `Không đọc được tệp: ${detail}` : detail.replace(/\s*\([^()]*\)\s*$/, "");
}

/** @param {string} path @param {{method?: string, json?: unknown, form?: FormData}} [options] */
export async function call(path, { method = "GET", json, form } = {}) {
  let response;
  try {
    response = await fetch(address(path), {
      method,
      headers: json === undefined ? headers() : { ...headers(), "Content-Type": "application/json" },
      body: form ?? (json === undefined ? undefined : JSON.stringify(json)),
      cache: "no-store",
    });
  } catch {
    throw new ApiError("Không nối được tới máy chủ. Hãy kiểm tra mạng rồi thử lại.", 0);
  }
  if (!response.ok) throw new ApiError(words(await response.json().catch(() => null), response.status), response.status);
  return response.status === 204 ? null : response.json();
}

/** Uploads a file to be staged; `told` hears the share that has gone. @param {File} file @param {(share: number) => void} told */
export function upload(file, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(), form = new FormData();
    form.append("file", file);
    request.open("POST", address("/staged"));
    for (const [key, value] of Object.entries(headers())) request.setRequestHeader(key, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onload = () => request.status === 201 ? resolve(request.response) : reject(new ApiError(words(request.response, request.status), request.status));
    request.onerror = () => reject(new ApiError("Không gửi được tệp. Hãy kiểm tra mạng rồi thử lại.", 0));
    request.send(form);
  });
}

/** A file from the desk, saved by the browser. @param {string} path @param {string} fileName */
export async function download(path, fileName) {
  const response = await fetch(address(path), { headers: headers() });
  if (!response.ok) throw new ApiError(words(await response.json().catch(() => null), response.status), response.status);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
