import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";

/** Documents for people outside of `docs/`. */
const ELSEWHERE = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CODE_OF_CONDUCT.md",
  "codegen/README.md",
  "src/lab/README.md",
];

/** Every Markdown document that is written by hand, by its path below the root. */
export function documents(root: string): string[] {
  const below = (folder: string, isOne: (path: string) => boolean): string[] =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
          .map((path) => `${folder}/${path.split(sep).join("/")}`)
          .filter(isOne)
          .sort()
      : [];
  return [
    ...ELSEWHERE.filter((path) => existsSync(join(root, path))),
    ...below("docs", (path) => path.endsWith(".md")),
    ...below("src/tools", (path) => path.endsWith("/README.md")),
  ];
}
