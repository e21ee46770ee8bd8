import { needsOf } from "../../access/plan/privileges.ts";
import { findOperation } from "../../pve/route.ts";
import { wire } from "../../pve/wire.ts";
import { operationFacts, returnsFact } from "../../pve/wire-facts.ts";
import type { OperationId } from "../../schema/operation.ts";
import { describeFact, describeReturns } from "./describe-fact.ts";

type Described = Record<string, string>;

/** All that the schema knows of one operation, in few words; nothing when the API has no such operation. */
export async function describeOperation(operation: string): Promise<Record<string, unknown> | undefined> {
  const entry = findOperation(operation as OperationId);
  const facts = entry && operationFacts(entry.id);
  if (!entry || !facts) return undefined;
  const { required, optional } = describeParameters(facts.parameters, facts.families);
  const { variants } = facts;
  return {
    operation: entry.id,
    summary: entry.summary,
    class: entry.class,
    ...(entry.since === undefined ? {} : { since: entry.since }),
    ...(entry.until === undefined ? {} : { until: entry.until }),
    ...(entry.task ? { task: true } : {}),
    ...(entry.noToken ? { noToken: true } : {}),
    privileges: await needsOf(entry.id),
    ...(Object.keys(required).length === 0 ? {} : { required }),
    ...(Object.keys(optional).length === 0 ? {} : { optional }),
    ...(facts.open ? { open: "the server takes further parameters" } : {}),
    ...(variants === undefined
      ? {}
      : {
          variants: {
            by: variants.property,
            options: Object.fromEntries(
              Object.entries(variants.options).map(([value, parameters]) => [value, describeParameters(parameters)]),
            ),
          },
        }),
    returns: describeReturns(returnsFact(entry.id)),
  };
}

function describeParameters(
  parameters: Readonly<Record<string, number>>,
  families: Readonly<Record<string, number>> = {},
): { required: Described; optional: Described } {
  const required: Described = {};
  const optional: Described = {};
  for (const [name, index] of Object.entries(parameters)) {
    const fact = wire.facts[index]!;
    (fact.optional ? optional : required)[spread(name, families)] = describeFact(fact);
  }
  return { required, optional };
}

/** `net[n]` as the names that it stands for. */
function spread(name: string, families: Readonly<Record<string, number>>): string {
  const base = name.replace(/\[n\]$/, "");
  const count = families[base];
  return base === name || count === undefined ? name : `${base}0..${base}${count - 1}`;
}
