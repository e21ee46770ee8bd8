import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { documents } from "../documents.ts";
import { checkDocument } from "./check-document.ts";
import { knownOf } from "./known.ts";

// Every block of every document: its commands, flags, variables and data are looked up where they are defined.
const root = resolve(import.meta.dirname, "../..");
const known = knownOf(root);
const files = documents(root);
const verdicts = files.map((file) => checkDocument(file, readFileSync(join(root, file), "utf8"), known));
const faults = verdicts.flatMap((one) => one.faults);
for (const fault of faults) process.stderr.write(`${fault}\n`);
const sum = (key: "blocks" | "commands") => verdicts.reduce((total, one) => total + one[key], 0);
if (faults.length > 0) process.exitCode = 1;
else
  process.stdout.write(
    `snippets: ${sum("blocks")} blocks and ${sum("commands")} commands of ${files.length} documents are good\n`,
  );
