import * as z from "zod";
import { cluster, dryRun, waitSeconds } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { classOfResolved, resolveCall } from "./resolve-call.ts";
import { callOutput, pageArguments, sendCall } from "./send-call.ts";

const input = z.strictObject({
  cluster,
  method: z.enum(["GET", "POST", "PUT", "DELETE"]),
  path: z.string().startsWith("/").describe("Decoded path, e.g. /nodes/pve1/qemu/100/snapshot"),
  params: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("By the API's own names; arrays, booleans and objects for property strings are encoded"),
  ...pageArguments,
  waitSeconds,
  dryRun,
});

export default defineTool({
  name: "proxmox_api_call",
  title: "Call any API operation",
  description:
    "Call any documented Proxmox VE API operation by method and path. Path and parameters are checked against the official schema before anything is sent; a task is waited for.",
  toolset: "api",
  class: "escape",
  idempotent: false,
  input,
  output: z.object(callOutput),
  async classOfCall(args) {
    const given = input.safeParse(args);
    return given.success ? classOfResolved(given.data) : "read";
  },
  run: async (context, given) =>
    sendCall(context, context.cluster(given.cluster), resolveCall(given.method, given.path, given.params), given),
});
