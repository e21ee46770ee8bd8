import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { LogFile } from "./files.ts";

/** The end of a chain, read backwards over its files. */
export interface Tail {
  /** Whole lines, oldest first. */
  lines: Buffer[];
  /** What follows the last line end of the newest file: a line that was not finished. */
  fragment: Buffer;
}

/** Reads the whole lines among the last `bytes` bytes of a chain; one whole line at least where there is one. */
export function readTail(files: readonly LogFile[], bytes: number): Tail {
  const lines: Buffer[] = [];
  let fragment: Buffer = Buffer.alloc(0);
  let left = bytes;
  for (const [index, { path }] of [...files].reverse().entries()) {
    const part = readEnd(path, left);
    lines.unshift(...part.lines);
    if (index === 0) fragment = part.fragment;
    left -= part.read;
    if (left <= 0 && lines.length > 0) break;
  }
  return { lines, fragment };
}

function readEnd(path: string, bytes: number): Tail & { read: number } {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    let want = Math.min(size, Math.max(bytes, 4096));
    for (;;) {
      const buffer = Buffer.alloc(want);
      const read = readSync(file, buffer, 0, want, size - want);
      const { lines, fragment } = splitLines(buffer.subarray(0, read));
      // The first one is cut unless the file begins there.
      if (want < size) lines.shift();
      if (lines.length > 0 || want === size) return { lines, fragment, read };
      want = Math.min(size, want * 4);
    }
  } finally {
    closeSync(file);
  }
}

/** Cuts bytes at their line ends. */
export function splitLines(bytes: Buffer): Tail {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return { lines, fragment: bytes.subarray(start) };
}

/** Number of the first line of a file; undefined when it has none. */
export function firstSeqOf(path: string): number | undefined {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(64);
    const read = readSync(file, buffer, 0, 64, 0);
    const match = /^\{"seq":(\d+),/.exec(buffer.toString("latin1", 0, read));
    return match ? Number(match[1]) : undefined;
  } finally {
    closeSync(file);
  }
}
