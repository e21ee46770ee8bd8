import * as z from "zod";
import { ACCESS_CLASSES } from "../../schema/operation.ts";

const some = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)]);
const text = z.string().min(1);
const vmids = z.union([
  z.int().min(100).max(999_999_999),
  z.string().regex(/^[1-9]\d{2,8}(-[1-9]\d{2,8})?$/, "must be a VMID or a range such as 200-299"),
]);

const match = z.strictObject({
  tool: some(text).optional().describe("Tool names, globs with *"),
  operation: some(text).optional().describe('Method and path template, globs with *, e.g. "DELETE /nodes/*"'),
  class: some(z.enum(ACCESS_CLASSES as ["read", "mutate", "destructive", "escape"])).optional(),
  cluster: some(text).optional(),
  node: some(text).optional(),
  vmid: some(vmids).optional().describe("VMIDs and ranges"),
  tag: some(text).optional().describe("Tags of the guest; one that fits is enough"),
  pool: some(text).optional(),
  storage: some(text).optional(),
  principal: some(text).optional(),
  cli: some(text).optional().describe("Families of commands on a host: qm, pct, pvesh …, globs with *"),
  argv: some(text)
    .optional()
    .describe(
      "Patterns of a command's arguments, word by word: * in a word, ** for any number of words, e.g. destroy **",
    ),
});

const rule = z.strictObject({
  name: text.optional().describe("Shown where the rule decides"),
  effect: z.enum(["allow", "deny", "confirm"]),
  match: match.default({}),
});

/** The policy file: the first rule that matches decides; what is protected is never destroyed, whatever a rule says. */
export const policyFile = z.strictObject({
  $schema: text.optional(),
  version: z.literal(1),
  protect: z
    .strictObject({
      vmids: z.array(vmids).optional(),
      tags: z.array(text).optional(),
      nodes: z.array(text).optional(),
    })
    .optional()
    .describe("Guests and nodes on which no destructive call is made"),
  rules: z.array(rule).default([]),
});

export type PolicyFile = z.output<typeof policyFile>;
export type PolicyRule = z.output<typeof rule>;
