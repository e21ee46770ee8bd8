import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const RECORD = "codegen/last-release.json";

/** What a release is made of, as far as it has to agree. */
export interface ReleaseFacts {
  about: { name: string; version: string; mcpName: string; repository?: { url: string } };
  changelog: string;
  serverJson: { name: string; version: string };
  /** Version that `npm run release:record` wrote down last. */
  recorded?: string | undefined;
  /** Files that say the image's name; each has to say the owner's. */
  imageFiles: readonly { path: string; text: string }[];
  /** The tag that is released, where there is one. */
  tag?: string | undefined;
  changedFiles: readonly string[];
}

/** Why this must not be published, one sentence each; what has to be done is in docs/publishing.md. */
export function releaseFaults(facts: ReleaseFacts): string[] {
  const { about, changelog, serverJson, recorded, tag } = facts;
  const owner = /^io\.github\.([\w-]+)\//.exec(about.mcpName)?.[1];
  const url = /github\.com\/([\w-]+)\/([\w.-]+?)(?:\.git)?$/.exec(about.repository?.url ?? "");
  const image = owner && `ghcr.io/${owner.toLowerCase()}/${about.name}`;
  const rules: [boolean, string][] = [
    [
      owner === undefined || owner === "OWNER",
      "package.json: mcpName names no owner yet; set io.github.<owner>/proxmox-mcp.",
    ],
    [
      url === null,
      "package.json: repository is missing; npm and the MCP registry check that the package comes from there.",
    ],
    [
      url !== null && owner !== undefined && url[1]!.toLowerCase() !== owner.toLowerCase(),
      `package.json: mcpName is of ${owner}, but repository of ${url?.[1]}; they have to be the same.`,
    ],
    [
      serverJson.name !== about.mcpName || serverJson.version !== about.version,
      "server.json is not of this package.json; run npm run codegen.",
    ],
    [
      !changelog.includes(`\n## ${about.version} `),
      `CHANGELOG.md: there is no "## ${about.version} (date)"; move what is under "Unreleased" there.`,
    ],
    [
      recorded !== about.version,
      `${RECORD} is of ${recorded ?? "no release"}; run npm run release:record and npm run codegen.`,
    ],
    [tag !== undefined && tag !== `v${about.version}`, `The tag is ${tag}, but package.json has ${about.version}.`],
    ...facts.imageFiles.map(({ path, text }): [boolean, string] => [
      owner !== "OWNER" && !text.includes(`${image}:${about.version}`),
      `${path}: the image is not ${image}:${about.version}.`,
    ]),
    [facts.changedFiles.length > 0, `Not committed: ${facts.changedFiles.join(", ")}.`],
  ];
  return rules.filter(([isFault]) => isFault).map(([, text]) => text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const git = (...words: string[]) => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
  const { GITHUB_REF_TYPE, GITHUB_REF_NAME } = process.env;
  const about = JSON.parse(read("package.json"));
  const faults = releaseFaults({
    about,
    changelog: read("CHANGELOG.md"),
    serverJson: JSON.parse(read("server.json")),
    recorded: existsSync(join(root, RECORD)) ? JSON.parse(read(RECORD)).release : undefined,
    imageFiles: ["compose.yaml", "deploy/kubernetes/proxmox-mcp.yaml"].map((path) => ({ path, text: read(path) })),
    tag: GITHUB_REF_TYPE === "tag" ? GITHUB_REF_NAME : undefined,
    changedFiles: git("status", "--porcelain").split("\n").filter(Boolean),
  });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`${about.name} ${about.version} may be published`);
}
