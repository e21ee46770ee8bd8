import { Refusal } from "../refusal.ts";
import type { Answer } from "./reply.ts";

/** An answer ready to be sent. */
export interface Rendered {
  status: number;
  reason: string;
  type: string;
  /** JSON to be written, or bytes as they are. */
  body: unknown;
  /** Absent for JSON. */
  bytes?: Buffer;
  /** Compressed whatever the caller takes. */
  encoding?: "gzip";
}

const JSON_TYPE = "application/json;charset=UTF-8";
const HTML_TYPE = "text/html;charset=UTF-8";

/** Formats that the first part of a path below `/api2` may name. */
export const FORMATS: ReadonlySet<string> = new Set(["json", "extjs", "htmljs", "html", "png", "spiceconfig"]);

/** An error or an answer told apart by `success`, with HTTP 200 (pve-facts 22); statuses that were raised are texts. */
function wrapped(outcome: Answer | Refusal): Record<string, unknown> {
  if (!(outcome instanceof Refusal)) return { ...outcome, success: 1 };
  const { status, errors } = outcome;
  const message = outcome.long ?? outcome.message;
  return {
    success: 0,
    status: status === 500 || status === 501 ? status : String(status),
    message: status === 501 && outcome.long === undefined ? message : `${message}\n`,
    data: null,
    ...(errors ? { errors } : {}),
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A page around an answer, with the way to it as links. */
function page(path: string, content: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  const links = parts.map((part, index) => {
    const target = `/api2/html/${parts
      .slice(0, index + 1)
      .map(encodeURIComponent)
      .join("/")}`;
    return `<li><a href="${target}">${escapeHtml(part)}</a></li>`;
  });
  const trail = `<ol><li><a href="/api2/html">/</a></li>${links.join("")}</ol>`;
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>API</title></head><body>${trail}${content}</body></html>\n`;
}

function html(text: string, status = 200, reason = "OK"): Rendered {
  return { status, reason, type: HTML_TYPE, body: undefined, bytes: Buffer.from(text, "utf8") };
}

function pageOf(path: string, outcome: Answer | Refusal): Rendered {
  if (!(outcome instanceof Refusal)) {
    const rows = Array.isArray(outcome.data) ? (outcome.data as Record<string, unknown>[]) : [];
    const children = rows.map((row) => row?.subdir ?? row?.name).filter((name) => typeof name === "string");
    const base = `/api2/html${path.replace(/\/+$/, "")}`;
    const list = children.map(
      (name) => `<li><a href="${base}/${encodeURIComponent(name)}">${escapeHtml(name)}</a></li>`,
    );
    const below = list.length > 0 ? `<ul>${list.join("")}</ul>` : "";
    return html(page(path, `${below}<pre>${escapeHtml(JSON.stringify(outcome, undefined, 3))}</pre>`));
  }
  const { status, message, errors } = outcome;
  const details = Object.entries(errors ?? {}).map(([name, text]) => `<li>${escapeHtml(`${name}: ${text}`)}</li>`);
  const content = `<p>${escapeHtml(`${status} ${message}`)}</p><ul>${details.join("")}</ul>`;
  return html(page(path, content), status, message);
}

/** The page that asks for a login in place of a 401 without a body. */
export function loginPage(): Rendered {
  const form =
    '<form method="post" action="/api2/html/access/ticket"><input name="username"><input name="password" type="password"><button>Login</button></form>';
  return html(page("", form), 401, "Login Required");
}

/** The page at `/`. */
export function startPage(node: string): Rendered {
  return html(
    `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>${escapeHtml(node)}</title></head><body></body></html>\n`,
  );
}

function imageOf(outcome: Answer | Refusal): Rendered {
  const refusal = outcome instanceof Refusal ? outcome : undefined;
  const data = refusal ? undefined : ((outcome as Answer).data as { image?: unknown } | null | undefined);
  const bytes = typeof data?.image === "string" ? Buffer.from(data.image, "latin1") : Buffer.alloc(0);
  return {
    status: refusal?.status ?? 200,
    reason: refusal?.message ?? "OK",
    type: "image/png",
    body: undefined,
    bytes,
  };
}

/** A remote viewer's configuration: one line for each value. */
function viewerConfig(outcome: Answer | Refusal): Rendered {
  const lines =
    outcome instanceof Refusal
      ? []
      : Object.entries((outcome.data as Record<string, unknown> | null) ?? {}).map(
          ([key, value]) => `${key}=${value}\n`,
        );
  return {
    status: outcome instanceof Refusal ? outcome.status : 200,
    reason: outcome instanceof Refusal ? outcome.message : "OK",
    type: "application/x-virt-viewer;charset=UTF-8",
    body: undefined,
    bytes: Buffer.from(`[virt-viewer]\n${lines.join("")}`, "utf8"),
  };
}

/** An outcome in a format; nothing for an error that plain JSON gives, which has a form of its own. */
export function render(format: string, path: string, outcome: Answer | Refusal): Rendered | undefined {
  if (!(outcome instanceof Refusal) && outcome.raw) {
    const { type, body, encoding } = outcome.raw;
    const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
    return { status: 200, reason: "OK", type, body: undefined, bytes, ...(encoding ? { encoding } : {}) };
  }
  if (format === "html") return pageOf(path, outcome);
  if (format === "png") return imageOf(outcome);
  if (format === "spiceconfig") return viewerConfig(outcome);
  if (format === "htmljs") return html(escapeHtml(JSON.stringify(wrapped(outcome))));
  if (format === "extjs") return { status: 200, reason: "OK", type: JSON_TYPE, body: wrapped(outcome) };
  if (outcome instanceof Refusal) return undefined;
  return { status: 200, reason: "OK", type: JSON_TYPE, body: outcome };
}
