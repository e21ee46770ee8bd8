import { type ChainedLine, chainsIn, filesOf, linesOf, parseLine } from "../access/audit/index.ts";

/** One line of the log, with its text as it stands in the file. */
export interface LogLine {
  line: ChainedLine;
  text: string;
}

/** The lines of all chains, merged by time; what is not a line is passed over, as `verify` tells of it. */
export async function* mergedLines(directory: string): AsyncGenerator<LogLine> {
  const sources = chainsIn(directory).map((chain) => readable(directory, chain));
  const next = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let first = -1;
    for (const [index, result] of next.entries()) {
      if (result.done) continue;
      const best = first < 0 ? undefined : next[first]!;
      if (!best || best.done || result.value.line.time < best.value.line.time) first = index;
    }
    if (first < 0) return;
    yield next[first]!.value as LogLine;
    next[first] = await sources[first]!.next();
  }
}

async function* readable(directory: string, chain: string): AsyncGenerator<LogLine, undefined> {
  for await (const { bytes } of linesOf(filesOf(directory, chain))) {
    const text = bytes.toString();
    const line = parseLine(text);
    if (line && typeof line.time === "string") yield { line, text };
  }
}
