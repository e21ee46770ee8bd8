import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type ChainVerdict, chainsIn, type Problem, verifyChain, verifyFile } from "../access/audit/index.ts";
import { loadStateKey } from "../access/index.ts";
import type { Report } from "./report.ts";

/** Faults shown for one chain. */
const SHOWN = 10;

/**
 * Checks every chain of the audit log in a state directory, or one file by itself, and says what is wrong first.
 * Resolves to the exit code: 0 when all is sound, 1 when anything is not or nothing can be told.
 */
export async function verifyAudit(
  { directory, file, stateKey }: { directory: string; file?: string | undefined; stateKey?: Buffer | undefined },
  report: Report,
): Promise<number> {
  const key = loadStateKey(directory, { given: stateKey, make: false });
  const path = file === undefined ? undefined : resolve(file);
  if (path !== undefined && !existsSync(path)) return say(report, 1, `There is no file ${path}.`);
  const chains = chainsIn(directory);
  if (path === undefined && chains.length === 0) return say(report, 0, `There is no audit log in ${directory}.`);
  if (!key.durable)
    return say(
      report,
      1,
      `The key of the log, ${directory}/state.key, cannot be read and PROXMOX_MCP_STATE_KEY is not set: nothing is proven.`,
    );
  const verdicts: ChainVerdict[] = [];
  if (path !== undefined) verdicts.push(await verifyFile(path, key));
  else for (const chain of chains) verdicts.push(await verifyChain(directory, chain, key));
  for (const verdict of verdicts) show(verdict, report, path === undefined);
  if (path !== undefined && verdicts[0]!.problems.length === 0) {
    const how = dirname(path) === resolve(directory) ? "without --file the whole chain is checked" : "it is one file";
    report.line(`  What is cut off its beginning or its end cannot be seen here: ${how}.`);
  }
  const sound = verdicts.every(({ problems }) => problems.length === 0);
  report.object({ ok: sound, chains: verdicts });
  return sound ? 0 : 1;
}

function show(verdict: ChainVerdict, report: Report, whole: boolean): void {
  const { chain, files, lines, to, provenTo, problems } = verdict;
  const size = `${lines} lines${files > 1 ? ` in ${files} files` : ""}`;
  if (problems.length === 0) {
    report.line(`${chain}: sound, ${size}${to ? `, the last is number ${to.seq}` : ""}`);
    if (whole && to && provenTo !== undefined) {
      report.line(
        `  Its head proves that nothing was cut up to number ${provenTo}. To prove it of a log whose head was put back too, keep this: ${to.seq} ${to.hash}`,
      );
    }
    return;
  }
  report.line(`${chain}: NOT SOUND, ${size}`);
  for (const problem of problems.slice(0, SHOWN)) report.line(`  ${words(problem)}`);
  if (problems.length > SHOWN) report.line(`  and ${problems.length - SHOWN} more`);
}

function words({ path, line, why }: Problem): string {
  return `${path}${line === undefined ? "" : `:${line}`} ${why}`;
}

function say(report: Report, code: number, text: string): number {
  report.line(text);
  report.object({ ok: code === 0, message: text });
  return code;
}
