import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Paths of all files below a directory, relative, `/`-separated, sorted; empty when it does not exist. */
export async function listFiles(directory: string): Promise<string[]> {
  let entries: Awaited<ReturnType<typeof readEntries>>;
  try {
    entries = await readEntries(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const files: string[] = [];
  for (const entry of entries)
    if (entry.isDirectory())
      files.push(...(await listFiles(join(directory, entry.name))).map((path) => `${entry.name}/${path}`));
    else files.push(entry.name);
  return files.sort();
}

const readEntries = (directory: string) => readdir(directory, { withFileTypes: true });

/** Writes every file beside its target first and renames them all at the end, so that a failure overwrites nothing. */
export async function writeFiles(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  const suffix = `.${process.pid}.tmp`;
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      const target = join(directory, path);
      await mkdir(dirname(target), { recursive: true });
      written.push(target);
      await writeFile(target + suffix, text);
    }
  } catch (error) {
    await Promise.all(written.map((target) => rm(target + suffix, { force: true })));
    throw error;
  }
  for (const target of written) await rename(target + suffix, target);
}

/** How a directory differs from the files that belong there. */
export interface Drift {
  drifted: string[];
  missing: string[];
  extra: string[];
}

/** Compares byte by byte; `foreign` tells files that belong to somebody else. */
export async function findDrift(
  directory: string,
  files: ReadonlyMap<string, string>,
  foreign: (path: string) => boolean,
): Promise<Drift> {
  const present = (await listFiles(directory)).filter((path) => !foreign(path));
  const drift: Drift = { drifted: [], missing: [], extra: present.filter((path) => !files.has(path)) };
  const known = new Set(present);
  for (const [path, text] of files)
    if (!known.has(path)) drift.missing.push(path);
    else if (!(await readFile(join(directory, path))).equals(Buffer.from(text))) drift.drifted.push(path);
  return drift;
}

/** Removes files below a directory. */
export async function removeFiles(directory: string, paths: readonly string[]): Promise<void> {
  await Promise.all(paths.map((path) => rm(join(directory, path), { force: true })));
}
