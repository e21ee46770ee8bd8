import { createReadStream } from "node:fs";
import type { LogFile } from "./files.ts";
import { splitLines } from "./tail.ts";

/** One line of a file, from 1. */
export interface PlacedLine {
  path: string;
  number: number;
  bytes: Buffer;
  /** It has no line end: it is still being written, or was cut. */
  unfinished?: true;
}

/** The lines of files, in order; one chunk is in memory at a time. */
export async function* linesOf(files: readonly LogFile[]): AsyncGenerator<PlacedLine> {
  for (const { path } of files) {
    let number = 0;
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      const { lines, fragment } = splitLines(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
      for (const bytes of lines) {
        number += 1;
        yield { path, number, bytes };
      }
      rest = fragment;
    }
    if (rest.length > 0) yield { path, number: number + 1, bytes: rest, unfinished: true };
  }
}
