import { wire } from "../../generated/wire.ts";
import { checkFormat } from "../../src/lab/formats.ts";
import { Refusal } from "../../src/lab/refusal.ts";
import { validate } from "../../src/lab/validate.ts";
import { decodeUrlencoded } from "../../src/lab/wire/decode-urlencoded.ts";
import type { Fact } from "../../src/schema/facts.ts";
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

/** Texts of faults that both verdicts name but word differently. */
function wordings(wanted: CallVerdict, got: CallVerdict): string[] {
  const rules: string[] = [];
  for (const [name, text] of Object.entries(wanted.errors))
    if (Object.hasOwn(got.errors, name) && got.errors[name] !== text) rules.push(`words: ${ruleOf(text)}`);
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

async function forms(check: Checker): Promise<VectorReport[]> {
  const decoded = new Tally();
  const verdicts = new Tally();
  for (const { id, method, path, form, status, normalized, errors = {} } of readLines<FormVector>("forms")) {
    if (status === UNSENDABLE) continue;
    const params = { ...decodeUrlencoded(form) };
    const got = await check(method, path, params);
    const example = brief(`${id}: ${method} ${path} ${form}`);
    verdicts.add(disagreements({ status, errors }, got), example);
    if (normalized !== undefined) decoded.add(sameForm(normalized, params) ? [] : ["decoded in another way"], example);
  }
  return [decoded.report("forms, decoded", "lab"), verdicts.report("forms, verdicts", "lab")];
}

/** Whether a decoded form is what the server made of it, before it sorts values into lists and adds those of the path. */
function sameForm(normalized: Readonly<Record<string, unknown>>, params: Readonly<Record<string, unknown>>): boolean {
  const flat = (value: unknown): string =>
    value === null || value === undefined ? "" : Array.isArray(value) ? value.map(String).join(",") : String(value);
  return Object.entries(params).every(
    ([name, value]) => Object.hasOwn(normalized, name) && flat(normalized[name]) === flat(value),
  );
}

/** A fact that is nothing but the format, where the schema gives the format's keys along with it. */
const FORMAT_FACTS: ReadonlyMap<string, Fact> = new Map(
  (wire.facts as readonly Fact[]).flatMap((fact) => {
    const { format, keys } = fact;
    return format !== undefined && keys !== undefined
      ? [[format, { type: "string", format, keys } as Fact] as const]
      : [];
  }),
);

function labFormat(format: string, value: string): string | undefined {
  const fact = FORMAT_FACTS.get(format);
  if (!fact) return checkFormat(format, value);
  try {
    validate({ ...wire, facts: [fact] }, { parameters: { value: 0 }, returns: 0 }, { value });
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.errors?.value ?? error.message;
    throw error;
  }
}

function formats(): VectorReport[] {
  const tally = new Tally();
  for (const { format, value, ok, host } of readLines<FormatVector>("formats")) {
    const accepted = labFormat(format, value) === undefined;
    // Where the verdict follows from files of the server, accepting is right as well.
    const agrees = accepted === ok || (host === true && accepted);
    tally.add(agrees ? [] : [`${format}: ${ok ? "refused without cause" : "accepted"}`], JSON.stringify(value));
  }
  return [tally.report("formats", "lab")];
}

/** Runs every set of verdicts. */
export async function runVectors(): Promise<VectorReport[]> {
  const lab = await labChecker();
  return [
    ...(await parameters(lab, "lab", true)),
    ...(await parameters(schemaChecker, "generated schemas", false)),
    ...(await forms(lab)),
    ...formats(),
  ];
}
