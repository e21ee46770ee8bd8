import { join } from "node:path";
import { Command } from "commander";
import { writeFiles } from "./files.ts";
import { refresh } from "./refresh.ts";
import { parseFingerprint, readSource } from "./refresh-source.ts";

const VENDOR = join(import.meta.dirname, "../vendor/pve-docs");

const program = new Command("docs:refresh")
  .description("Turn upstream API schemas into the facts in vendor/pve-docs/.")
  .requiredOption(
    "--from <source...>",
    "apidoc.js or apidata-VERSION.js files or https URLs, each also as VERSION=SOURCE",
  )
  .option("--fingerprint <sha256>", "pin a self-signed host by the SHA-256 of its certificate")
  .option("--into <directory>", "where to write", VENDOR)
  .parse();
const { from, fingerprint, into } = program.opts<{ from: string[]; fingerprint?: string; into: string }>();

try {
  const pin = fingerprint === undefined ? undefined : parseFingerprint(fingerprint);
  const inputs = [];
  for (const source of from) inputs.push(await readSource(source, pin));
  const files = refresh(inputs);
  await writeFiles(into, files);
  const { versions, totals } = JSON.parse(files.get("manifest.json")!);
  for (const version of versions)
    console.log(`${version.version}: ${version.operations} operations, ${version.parameters} parameters`);
  console.log(JSON.stringify(totals));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
