import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Writable } from "node:stream";
import { type ChainVerdict, chainsIn, type Problem, verifyChain, verifyFile } from "../access/audit/index.ts";
import { loadStateKey } from "../access/index.ts";

/** Faults shown for one chain. */
const SHOWN = 10;

/**
 * Checks every chain of the audit log in a state directory, or one file by itself, and says what is wrong first.
 * Resolves to the exit code: 0 when all is sound, 1 when anything is not or nothing can be told.
 */
export async function verifyAudit(
  { directory, file, stateKey }: { directory: string; file?: string | undefined; stateKey?: Buffer | undefined },
  out: Writable,
): Promise<number> {
  const key = loadStateKey(directory, { given: stateKey, make: false });
  const path = file === undefined ? undefined : resolve(file);
  if (path !== undefined && !existsSync(path)) return say(out, 1, `There is no file ${path}.`);
  const chains = chainsIn(directory);
  if (path === undefined && chains.length === 0) return say(out, 0, `There is no audit log in ${directory}.`);
  if (!key.durable)
    return say(
      out,
      1,
      `The key of the log, ${directory}/state.key, cannot be read and PROXMOX_MCP_STATE_KEY is not set: nothing is proven.`,
    );
  const verdicts: ChainVerdict[] = [];
  if (path !== undefined) verdicts.push(await verifyFile(path, key));
  else for (const chain of chains) verdicts.push(await verifyChain(directory, chain, key));
  for (const verdict of verdicts) show(verdict, out, path === undefined);
  if (path !== undefined && verdicts[0]!.problems.length === 0) {
    const how = dirname(path) === resolve(directory) ? "without --file the whole chain is checked" : "it is one file";
    out.write(`  What is cut off its beginning or its end cannot be seen here: ${how}.\n`);
  }
  return verdicts.every(({ problems }) => problems.length === 0) ? 0 : 1;
}

function show(verdict: ChainVerdict, out: Writable, whole: boolean): void {
  const { chain, files, lines, to, provenTo, problems } = verdict;
  const size = `${lines} lines${files > 1 ? ` in ${files} files` : ""}`;
  if (problems.length === 0) {
    out.write(`${chain}: sound, ${size}${to ? `, the last is number ${to.seq}` : ""}\n`);
    if (whole && to && provenTo !== undefined) {
      out.write(
        `  Its head proves that nothing was cut up to number ${provenTo}. To prove it of a log whose head was put back too, keep this: ${to.seq} ${to.hash}\n`,
      );
    }
    return;
  }
  out.write(`${chain}: NOT SOUND, ${size}\n`);
  for (const problem of problems.slice(0, SHOWN)) out.write(`  ${words(problem)}\n`);
  if (problems.length > SHOWN) out.write(`  and ${problems.length - SHOWN} more\n`);
}

function words({ path, line, why }: Problem): string {
  return `${path}${line === undefined ? "" : `:${line}`} ${why}`;
}

function say(out: Writable, code: number, text: string): number {
  out.write(`${text}\n`);
  return code;
}
