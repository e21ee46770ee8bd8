import type { CallToolResult } from "@modelcontextprotocol/server";
import type { ArtifactInput, ArtifactReference } from "../artifacts/index.ts";
import { outputBudget } from "../tools/output-budget.ts";
import type { ErrorBody } from "./answer.ts";
import { untrustedFields, untrustedOfError } from "./untrusted-fields.ts";

type Body = Readonly<Record<string, unknown>>;

/** Where an answer goes. */
export interface Delivery {
  /** What the answer is to, for the name of an artifact. */
  name: string;
  put(input: ArtifactInput): Promise<ArtifactReference>;
  /** The client's protocol revision has links to resources among the contents. */
  links: boolean;
  /** The output schema, which an answer that is cut keeps. */
  schema?: Body | undefined;
}

/**
 * An answer as it leaves: marked where others wrote its text, within the output budget, and whole in both forms. Some
 * clients show a model the text and some the structured form, so each carries all of it.
 */
export async function deliver(result: CallToolResult, to: Delivery): Promise<CallToolResult> {
  const body = result.structuredContent as Body;
  let shown = marked(body);
  let text = textOf(shown);
  // An error's text says less than its structured form.
  if ((shown.error === undefined ? text : JSON.stringify(shown)).length > outputBudget()) {
    const { cutAnswer } = await import("./overflow.ts");
    shown = marked(await cutAnswer(shown, to));
    text = textOf(shown);
  }
  const link = to.links ? linkTo(shown.artifact as Partial<ArtifactReference> | undefined, to.name) : undefined;
  return {
    ...result,
    content: [{ type: "text", text }, ...(link ? [link] : [])],
    structuredContent: shown,
  };
}

/** The answer with the names of those of its fields that others write, before anything that they wrote. */
function marked({ untrusted: _, ...body }: Body): Body {
  const fields = body.error === undefined ? untrustedFields(body) : untrustedOfError(body.error as ErrorBody);
  return fields.length === 0 ? body : { untrusted: fields, ...body };
}

function textOf(body: Body): string {
  if (body.error === undefined) return JSON.stringify(body);
  const { error, ...beside } = body;
  const { code, message, next, data } = error as ErrorBody;
  const facts = { ...beside, ...data };
  const words = `[${code}] ${[message, next].filter(Boolean).join(" ")}`;
  return Object.keys(facts).length === 0 ? words : `${words}\n${JSON.stringify(facts)}`;
}

function linkTo(artifact: Partial<ArtifactReference> | undefined, name: string) {
  if (artifact?.uri === undefined) return undefined;
  const { uri, mimeType, size } = artifact;
  return { type: "resource_link" as const, uri, name, ...(mimeType ? { mimeType } : {}), ...(size ? { size } : {}) };
}
