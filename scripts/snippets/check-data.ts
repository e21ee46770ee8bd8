import { parse as parseToml } from "smol-toml";
import { ts } from "ts-morph";
import { parseAllDocuments } from "yaml";

/** What is wrong with a snippet of data or code; undefined when it can be read. */
type Reader = (text: string) => string | undefined;

const json: Reader = (text) => attempt(() => JSON.parse(text));
/** A module, the body of a function, or members of an object. */
const script: Reader = (text) => {
  const faults = [text, `async () => {\n${text}\n}`, `({\n${text}\n})`].map((whole) => syntaxFault(whole));
  return faults.includes(undefined) ? undefined : faults[0];
};
const braces: Reader = (text) => {
  const plain = text.replace(/"[^"\n]*"|'[^'\n]*'|#.*$/gm, "");
  return plain.split("{").length === plain.split("}").length ? undefined : "its braces do not match";
};
/** Sections, and assignments or comments. */
const ini: Reader = (text) => {
  const odd = text
    .split("\n")
    .find((row) => row.trim() !== "" && !/^(\[\w[\w ]*\]|[\w-]+ ?=.*|[#;].*|\s+\S.*)$/.test(row));
  return odd === undefined ? undefined : `${odd} is neither a section nor an assignment`;
};
const environment: Reader = (text) => {
  const odd = text.split("\n").find((row) => row.trim() !== "" && !/^(export )?[A-Za-z_]\w*=|^#/.test(row));
  return odd === undefined ? undefined : `${odd} sets no variable`;
};
const any: Reader = () => undefined;

/** Readers of the languages that a block may name. */
export const READERS: Readonly<Record<string, Reader>> = {
  json,
  yaml: (text) => parseAllDocuments(text).flatMap(({ errors }) => errors)[0]?.message,
  toml: (text) => attempt(() => parseToml(text)),
  ini,
  systemd: ini,
  env: environment,
  dotenv: environment,
  js: script,
  ts: script,
  nginx: braces,
  caddyfile: braces,
  hcl: braces,
  sudoers: any,
  dockerfile: any,
  promql: any,
  diff: any,
  markdown: any,
  mermaid: any,
  text: any,
  "": any,
};

function syntaxFault(text: string): string | undefined {
  const [first] = ts.transpileModule(text, { reportDiagnostics: true }).diagnostics ?? [];
  return first && ts.flattenDiagnosticMessageText(first.messageText, " ");
}

function attempt(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return (error as Error).message.split("\n")[0];
  }
}
