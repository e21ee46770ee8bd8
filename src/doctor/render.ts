import { styleText } from "node:util";
import { secretForms } from "../access/index.ts";
import type { Check, Status } from "./check.ts";

/** What the doctor found. */
export interface Report {
  version: string;
  schemaVersions: readonly string[];
  /** The exit code. */
  exitCode: 0 | 1 | 78;
  summary: Record<Status, number>;
  checks: readonly Check[];
}

const COLOURS = { ok: "green", warn: "yellow", fail: "red" } as const;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const WIDTH = 100;

/** The report for a reader, checks by area. */
export function renderText({ version, schemaVersions, summary, checks }: Report, colour: boolean): string {
  const lines = [`proxmox-mcp ${version}, API schema of Proxmox VE ${schemaVersions[0]} to ${schemaVersions.at(-1)}`];
  for (const area of new Set(checks.map((check) => check.area))) {
    lines.push("", area === "server" ? "This server" : `Cluster ${area}`);
    for (const check of checks.filter((one) => one.area === area)) {
      const mark = check.status.padEnd(4);
      const label = check.check.padEnd(15);
      const [first, ...rest] = wrap(check.message, WIDTH - 24);
      lines.push(`  ${colour ? styleText(COLOURS[check.status], mark) : mark}  ${label} ${first ?? ""}`);
      for (const line of rest) lines.push(`${" ".repeat(24)}${line}`);
      if (check.next !== undefined) {
        const [head, ...tail] = wrap(check.next, WIDTH - 27);
        lines.push(`${" ".repeat(24)}-> ${head ?? ""}`, ...tail.map((line) => `${" ".repeat(27)}${line}`));
      }
      // Whole and alone on their lines, so that they can be copied.
      if (check.commands) lines.push("", ...check.commands.map((line) => `    ${line}`), "");
    }
  }
  const { ok, warn, fail } = summary;
  lines.push(
    "",
    fail > 0
      ? `${fail} failed, ${warn} to look at, ${ok} ok.`
      : warn > 0
        ? `Nothing failed; ${warn} to look at, ${ok} ok.`
        : `All ${ok} ok.`,
  );
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A text without secrets: those that are known, and whatever looks like one. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let hidden = text;
  const forms = secrets.filter(({ length }) => length >= 4).flatMap(secretForms);
  for (const form of forms.sort((a, b) => b.length - a.length)) hidden = hidden.replaceAll(form, "(hidden)");
  return hidden.replaceAll(UUID, "(hidden)");
}
