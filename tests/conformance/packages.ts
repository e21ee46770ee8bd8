import { fileURLToPath } from "node:url";
import { install } from "../support/programs.ts";

/** Whose exact versions `packages/<name>/package-lock.json` has. */
export type PackageSet = "suite" | "inspector" | "node";

/** The oldest Node that the suite and the inspector run on. */
const OLDEST = [22, 19] as const;

/** The path of a file of a set of packages, which is installed; throws `Unavailable`. */
export function installed(set: PackageSet, file: string): Promise<string> {
  return install(fileURLToPath(new URL(`packages/${set}`, import.meta.url)), file);
}

/** A Node that the suite and the inspector run on: this one when it is new enough; throws `Unavailable`. */
export async function newNode(): Promise<string> {
  const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath;
  const isWindows = process.platform === "win32";
  const name = `node-${isWindows ? "win" : process.platform}-${process.arch}`;
  return installed("node", `${name}/bin/node${isWindows ? ".exe" : ""}`);
}
