import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { documents } from "./documents.ts";

/** Links of Markdown files that lead nowhere, one sentence each; addresses outside of the repository are not asked. */
export function brokenLinks(root: string, files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const at = join(root, file);
    return targetsOf(readFileSync(at, "utf8")).flatMap(({ target, line }) => {
      const [path = "", anchor] = target.split("#");
      const to = path === "" ? at : resolve(dirname(at), decodeURIComponent(path));
      const where = `${file}:${line}: ${target}`;
      if (relative(root, to).startsWith("..")) return [`${where} leads out of the repository`];
      if (!existsSync(to)) return [`${where} does not exist`];
      if (anchor === undefined || !to.endsWith(".md")) return [];
      return anchorsOf(readFileSync(to, "utf8")).has(anchor) ? [] : [`${where} has no such heading`];
    });
  });
}

/** Documents that no way of links leads to from the README, one sentence each; a page of a domain of tools stands beside it. */
export function orphans(root: string, files: readonly string[]): string[] {
  const seen = new Set(["README.md"]);
  for (const file of seen) {
    if (!files.includes(file)) continue;
    for (const { target } of targetsOf(readFileSync(join(root, file), "utf8"))) {
      const to = resolve(root, dirname(file), decodeURIComponent(target.split("#")[0]!));
      seen.add(relative(root, to).replaceAll("\\", "/"));
    }
  }
  const lost = files.filter((file) => !seen.has(file) && !file.startsWith("src/tools/"));
  return lost.map((file) => `${file}: no link leads here from README.md`);
}

/** Relative targets of links and images. */
function targetsOf(text: string): { target: string; line: number }[] {
  return withoutCode(text).flatMap((row, index) => {
    const prose = row.replace(/`[^`]*`/g, "");
    const links = [
      ...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
      ...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/g),
    ];
    return links
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target))
      .map((target) => ({ target, line: index + 1 }));
  });
}

/** The anchors that a Markdown file has, made of its headings as GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const row of withoutCode(text)) {
    for (const [, id] of row.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id!);
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(row)?.[1];
    if (heading === undefined) continue;
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    let anchor = slug;
    for (let more = 1; anchors.has(anchor); more++) anchor = `${slug}-${more}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The lines of a text, those of code blocks empty. */
function withoutCode(text: string): string[] {
  let fence: string | undefined;
  return text.split("\n").map((row) => {
    const mark = /^\s*(```+|~~~+)/.exec(row)?.[1];
    if (fence === undefined && mark === undefined) return row;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    return "";
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = resolve(import.meta.dirname, "..");
  const files = documents(root);
  const broken = [...brokenLinks(root, files), ...orphans(root, files)];
  for (const one of broken) process.stderr.write(`${one}\n`);
  if (broken.length > 0) process.exitCode = 1;
  else process.stdout.write(`links of ${files.length} documents lead somewhere, and to each leads one\n`);
}
