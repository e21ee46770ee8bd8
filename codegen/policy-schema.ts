import * as z from "zod";
import { policyFile } from "../src/access/policy/policy-file.ts";

/** The policy file's JSON Schema, for editors and for people. */
export function emitPolicySchema(): string {
  const schema = z.toJSONSchema(policyFile, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "proxmox-mcp policy" }, null, 2)}\n`;
}
