import { isDeepStrictEqual } from "node:util";
import { formatProblem, verify } from "../../src/lab/parameters/index.ts";
import { decodeUrlencoded } from "../../src/lab/wire/decode-urlencoded.ts";
import { type Checker, labChecker, schemaChecker } from "./checkers.ts";
import { readLines } from "./recordings.ts";
import { type CallVerdict, disagreements, ruleOf, Tally, type VectorReport } from "./verdict.ts";

interface ParameterVector {
  id: number;
  method: string;
  path: string;
  params: Record<string, unknown>;
  status: number;
  errors?: Record<string, string>;
}

interface FormVector {
  id: number;
  method: string;
  path: string;
  form: string;
  status: number;
  normalized?: Record<string, unknown>;
  errors?: Record<string, string>;
}

interface FormatVector {
  format: string;
  value: string;
  ok: boolean;
  host?: true;
}

function brief(text: string): string {
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

/** The lines of a text in one order: the server goes through the keys of a property string at random. */
function ordered(text: string | undefined): string {
  return (text ?? "").split("\n").sort().join("\n");
}

/** Texts of faults that both verdicts name but word differently. */
function wordings(wanted: CallVerdict, got: CallVerdict): string[] {
  const rules: string[] = [];
  for (const [name, text] of Object.entries(wanted.errors))
    if (Object.hasOwn(got.errors, name) && ordered(got.errors[name]) !== ordered(text))
      rules.push(`words: ${ruleOf(text)}`);
  return rules;
}

async function parameters(check: Checker, by: string, words: boolean): Promise<VectorReport[]> {
  const verdicts = new Tally();
  const texts = new Tally();
  for (const { id, method, path, params, status, errors = {} } of readLines<ParameterVector>("parameters")) {
    const wanted = { status, errors };
    const got = await check(method, path, params);
    const example = brief(`${id}: ${method} ${path} ${JSON.stringify(params)}`);
    verdicts.add(disagreements(wanted, got), example);
    if (words && status === 400) texts.add([...disagreements(wanted, got), ...wordings(wanted, got)], example);
  }
  const reports = [verdicts.report("parameters", by)];
  if (words) reports.push(texts.report("parameters, same texts", by));
  return reports;
}

/** A body that its recorder could not send, as it has characters beyond bytes. */
const UNSENDABLE = 500;

function forms(): VectorReport[] {
  const decoded = new Tally();
  const verdicts = new Tally();
  for (const { id, method, path, form, status, normalized, errors = {} } of readLines<FormVector>("forms")) {
    if (status === UNSENDABLE) continue;
    const outcome = verify(method, path, decodeUrlencoded(form), { source: "form" });
    const got = { status: outcome.status, errors: "errors" in outcome ? outcome.errors : {} };
    const example = brief(`${id}: ${method} ${path} ${form}`);
    verdicts.add(disagreements({ status, errors }, got), example);
    if (normalized === undefined) continue;
    const same = "values" in outcome && isDeepStrictEqual({ ...outcome.values }, normalized);
    decoded.add(same ? [] : ["decoded in another way"], example);
  }
  return [decoded.report("forms, decoded", "lab"), verdicts.report("forms, verdicts", "lab")];
}

function formats(): VectorReport[] {
  const tally = new Tally();
  for (const { format, value, ok, host } of readLines<FormatVector>("formats")) {
    const accepted = formatProblem(format, value, format) === undefined;
    // Where the verdict follows from files of the server, accepting is right as well.
    const agrees = accepted === ok || (host === true && accepted);
    tally.add(agrees ? [] : [`${format}: ${ok ? "refused without cause" : "accepted"}`], JSON.stringify(value));
  }
  return [tally.report("formats", "lab")];
}

/** Runs every set of verdicts. */
export async function runVectors(): Promise<VectorReport[]> {
  return [
    ...(await parameters(labChecker, "lab", true)),
    ...(await parameters(schemaChecker, "generated schemas", false)),
    ...forms(),
    ...formats(),
  ];
}
