import { ProxmoxMcpError } from "../../errors/index.ts";

/** What an argument may name. */
export const ARGUMENT_KINDS = [
  "cluster",
  "node",
  "guest",
  "vm",
  "template",
  "snapshot",
  "storage",
  "task",
  "operation",
  "percent",
  "days",
  "text",
] as const;

/** What an argument names; decides how it is checked and completed. */
export type ArgumentKind = (typeof ARGUMENT_KINDS)[number];

export interface PromptArgument {
  kind: ArgumentKind;
  description: string;
  required?: true;
}

/** The values that a caller gave, checked; those left out are absent. */
export type Given = Readonly<Record<string, string>>;

/** A way of working, told to a model by the person who chooses it. */
export interface PromptDefinition {
  name: string;
  title: string;
  description: string;
  arguments: Readonly<Record<string, PromptArgument>>;
  text(given: Given): string | Promise<string>;
}

const GUEST = /^[^\r\n]{1,255}$/;

/** What each kind of argument may be. */
const KINDS: Readonly<Record<ArgumentKind, { pattern: RegExp; says: string }>> = {
  cluster: { pattern: /^[a-z0-9][a-z0-9-]{0,31}$/, says: "a cluster's name" },
  node: { pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/, says: "a node's name" },
  guest: { pattern: GUEST, says: "a VMID or a guest's name" },
  vm: { pattern: GUEST, says: "a VMID or a virtual machine's name" },
  template: { pattern: GUEST, says: "a VMID or a template's name" },
  snapshot: { pattern: /^[a-zA-Z][\w-]{1,39}$/, says: "a snapshot's name" },
  storage: { pattern: /^[a-zA-Z][\w.-]{0,99}$/, says: "a storage's name" },
  task: { pattern: /^UPID:[^\s"]{1,250}$/, says: "a task's UPID" },
  operation: { pattern: /^(GET|POST|PUT|DELETE) \/\S{1,200}$/, says: "an API operation such as GET /version" },
  percent: { pattern: /^([1-9]\d?|100)$/, says: "a whole number from 1 to 100" },
  days: { pattern: /^[1-9]\d{0,2}$/, says: "a whole number from 1 to 999" },
  text: { pattern: /^[\s\S]{1,4000}$/, says: "a text of up to 4000 characters" },
};

/** The arguments of a prompt do not fit. */
export class PromptArgumentError extends ProxmoxMcpError {
  constructor(prompt: string, argument: string, fault: string) {
    super({ code: "invalid-arguments", message: `${prompt}: ${argument} ${fault}.`, data: { argument } });
  }
}

/** Checks what was given; an empty value counts as left out, as clients send forms. */
export function checkArguments(prompt: PromptDefinition, raw: Readonly<Record<string, string>>): Given {
  const known = prompt.arguments;
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value.trim() !== ""));
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(known, name)) {
      throw new PromptArgumentError(prompt.name, name, `is unknown; known are ${Object.keys(known).join(", ")}`);
    }
    const { pattern, says } = KINDS[known[name]!.kind];
    if (!pattern.test(given[name]!)) throw new PromptArgumentError(prompt.name, name, `must be ${says}`);
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required && given[name] === undefined) throw new PromptArgumentError(prompt.name, name, "is missing");
  }
  return given;
}

/** The given values as a line: quoted, so that none of them reads as a part of the instructions; empty without any. */
export function factsOf(given: Given): string {
  const facts = Object.entries(given).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return facts.length === 0 ? "" : `Given: ${facts.join(", ")}`;
}

/** Numbered steps below a heading, and the facts that they are about. */
export function steps(heading: string, given: Given, list: readonly string[]): string {
  const facts = factsOf(given);
  return [heading, ...(facts === "" ? [] : [facts]), "", ...list.map((one, index) => `${index + 1}. ${one}`)].join(
    "\n",
  );
}

/** The argument that names one of several clusters. */
export const cluster: PromptArgument = { kind: "cluster", description: "Cluster, where there are several" };
