import type { Writable } from "node:stream";
import { redactText, redactValues } from "../access/index.ts";
import { ConfigError } from "../config/config-error.ts";
import { ProxmoxMcpError } from "../errors/index.ts";

/** What a command tells: lines for people, or one JSON object for machines. No secret comes out of either. */
export interface Report {
  readonly json: boolean;
  /** A line for people; machines do not get it. */
  line(text: string): void;
  /** The whole of it for machines; people do not get it. */
  object(value: object): void;
}

/** EX_CONFIG of sysexits. */
const EXIT_CONFIG = 78;

function reportTo(out: Writable, json: boolean): Report {
  return {
    json,
    line: (text) => {
      if (!json) out.write(`${redactText(text)}\n`);
    },
    object: (value) => {
      if (json) out.write(`${JSON.stringify(redactValues(value))}\n`);
    },
  };
}

/** Runs a command and tells how it failed, in the form that was asked for; resolves to the exit code. */
export async function reported(
  { out, err, json }: { out: Writable; err: Writable; json: boolean },
  run: (report: Report) => Promise<number>,
): Promise<number> {
  try {
    return await run(reportTo(out, json));
  } catch (error) {
    const code = error instanceof ConfigError || (error as { code?: unknown }).code === "policy-file" ? EXIT_CONFIG : 1;
    const { message, next, data } = factsOf(error);
    if (json) {
      const name = error instanceof ProxmoxMcpError ? error.code : error instanceof ConfigError ? "config" : "error";
      reportTo(out, true).object({ ok: false, error: { code: name, message, ...(next ? { next } : {}), ...data } });
    } else {
      err.write(`proxmox-mcp: ${redactText([message, next].filter(Boolean).join("\n  "))}\n`);
    }
    return code;
  }
}

function factsOf(error: unknown): { message: string; next?: string | undefined; data: object } {
  const message = error instanceof Error ? error.message : String(error);
  const { next } = error as { next?: string };
  const data = error instanceof ProxmoxMcpError && Object.keys(error.data).length > 0 ? { data: error.data } : {};
  return { message, next, data };
}
