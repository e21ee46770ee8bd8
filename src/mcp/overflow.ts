import type { ArtifactReference } from "../artifacts/index.ts";
import { outputBudget } from "../tools/output-budget.ts";
import type { Delivery } from "./deliver.ts";
import { type Cut, headOf } from "./head.ts";

type Body = Readonly<Record<string, unknown>>;

/** Characters that the reference to the whole, and the marks, may take. */
const REFERENCE = 800;

/** Cuts that a hint names. */
const NAMED = 5;

/** An answer that is over the budget: the whole is kept as an artifact, and its head says what it leaves out. */
export async function cutAnswer(body: Body, to: Delivery): Promise<Body> {
  const { artifact: own, ...rest } = body as Body & { artifact?: ArtifactReference };
  const { head, cuts } = headOf(rest, outputBudget() - REFERENCE - (own ? 300 : 0), requiredOf(to.schema, rest));
  const cut = `cut: ${describe(cuts)}`;
  try {
    const cluster = typeof body.cluster === "string" ? { cluster: body.cluster } : {};
    const whole = await to.put({ name: `${to.name}.json`, mimeType: "application/json", data: body, ...cluster });
    // What the tool itself put aside stays what the answer refers to.
    const artifact = own
      ? { ...own, hint: `${own.hint}; ${cut}; the whole answer is ${whole.uri}` }
      : { ...whole, hint: `${cut}; the uri holds the whole, ${whole.hint}` };
    return { ...head, artifact };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...head, artifact: { ...own, hint: `${cut}; the whole is lost: ${why}` } };
  }
}

function describe(cuts: readonly Cut[]): string {
  const named = cuts.slice(0, NAMED).map(({ path, kept, of, unit }) => `${path} to ${kept} of ${of} ${unit}`);
  return [...named, ...(cuts.length > NAMED ? [`${cuts.length - NAMED} more`] : [])].join(", ");
}

/** The schema of the successful answer, whose required keys the listed schema holds in its first alternative. */
function requiredOf(schema: Body | undefined, body: Body): Body | undefined {
  if (body.error !== undefined) return { ...schema, required: ["error"] };
  const [success] = (schema?.anyOf ?? []) as Body[];
  return schema && { ...schema, required: success?.required ?? [] };
}
