import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { ARGUMENT_KINDS } from "../src/mcp/prompts/prompt.ts";
import type { RunbookHead } from "../src/mcp/runbooks/runbook.ts";

const head = z.strictObject({
  name: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  title: z.string().min(1).max(60),
  description: z.string().min(20).max(200),
  arguments: z.record(
    z.string().regex(/^[a-z][a-zA-Z]*$/),
    z.strictObject({
      kind: z.enum(ARGUMENT_KINDS),
      description: z.string().min(1),
      required: z.literal(true).optional(),
    }),
  ),
});

/** A runbook's file taken apart: its front matter, and the text below it. */
export function parseRunbook(path: string, source: string): { head: RunbookHead; text: string } {
  const [, matter, text] = /^---\n(.*?)\n---\n\n(# .*)$/s.exec(source) ?? [];
  if (matter === undefined)
    throw new Error(`${path}: begin with front matter between two lines of ---, then "# Title".`);
  const found = head.safeParse(parse(matter));
  if (!found.success) throw new Error(`${path}: front matter: ${z.prettifyError(found.error)}`);
  const { name, title } = found.data;
  if (name !== basename(path, ".md")) throw new Error(`${path}: name is ${name}; it has to be the file's.`);
  if (!text!.startsWith(`# ${title}\n`)) throw new Error(`${path}: the heading has to be the title, "${title}".`);
  return { head: found.data as RunbookHead, text: text!.trimEnd() };
}

/** `runbooks.json`, what lists say of the runbooks, and `runbook-texts.json`, the texts by name; out of `docs/runbooks/`. */
export async function emitRunbooks(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md") && name !== "README.md").sort();
  const all = await Promise.all(
    names.map(async (name) => parseRunbook(name, await readFile(join(folder, name), "utf8"))),
  );
  const texts = Object.fromEntries(all.map(({ head: { name }, text }) => [name, text]));
  return new Map([
    [
      "runbooks.json",
      `${JSON.stringify(
        all.map((one) => one.head),
        null,
        1,
      )}\n`,
    ],
    ["runbook-texts.json", `${JSON.stringify(texts, null, 1)}\n`],
  ]);
}
