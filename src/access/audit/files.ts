import { readdirSync } from "node:fs";
import { join } from "node:path";

const LOG = /^(audit(?:-\d+)?)(?:\.(\d{12}))?\.jsonl$/;
const ANY = /^(audit(?:-\d+)?)\.(?:(?:\d{12}\.)?jsonl|head|lock\.\d+)$/;

/** Name of the nth chain, from 1: `audit`, `audit-2`, … */
export function chainName(number: number): string {
  return number === 1 ? "audit" : `audit-${number}`;
}

/** The file that a chain is written to. */
export function logPath(directory: string, chain: string): string {
  return join(directory, `${chain}.jsonl`);
}

/** The file that keeps the last synced place of a chain. */
export function headPath(directory: string, chain: string): string {
  return join(directory, `${chain}.head`);
}

/** Where a full file goes: its name carries the number of its first line, so that names sort as lines do. */
export function rotatedPath(directory: string, chain: string, firstSeq: number): string {
  return join(directory, `${chain}.${String(firstSeq).padStart(12, "0")}.jsonl`);
}

/** One file of a chain. */
export interface LogFile {
  path: string;
  /** Number of its first line; unknown of the file that is being written. */
  firstSeq?: number;
}

/** The files of a chain, oldest first. */
export function filesOf(directory: string, chain: string): LogFile[] {
  const found = names(directory).flatMap((name): LogFile[] => {
    const match = LOG.exec(name);
    if (match?.[1] !== chain) return [];
    const path = join(directory, name);
    return [match[2] === undefined ? { path } : { path, firstSeq: Number(match[2]) }];
  });
  return found.sort((a, b) => (a.firstSeq ?? Number.POSITIVE_INFINITY) - (b.firstSeq ?? Number.POSITIVE_INFINITY));
}

/** Names of the chains that left anything in the directory, the first one first. */
export function chainsIn(directory: string): string[] {
  const found = new Set(names(directory).flatMap((name) => ANY.exec(name)?.[1] ?? []));
  return [...found].sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(chain: string): number {
  return Number(chain.split("-")[1] ?? 1);
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
