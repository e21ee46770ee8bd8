export { chainsIn, filesOf } from "./files.ts";
export { type ChainedLine, parseLine } from "./line.ts";
export { type CallRecord, openRecord, type RecordLine, type RecordOptions } from "./log.ts";
export { linesOf } from "./read.ts";
export { readTail } from "./tail.ts";
export { type ChainVerdict, type Problem, verifyChain, verifyFile } from "./verify.ts";
