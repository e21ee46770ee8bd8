import * as z from "zod";
import type { Listed } from "../arguments.ts";

/** Options of the API by name. */
export function options(description: string) {
  return z
    .record(z.string(), z.unknown())
    .default({})
    .meta({ listed: { type: "object", description } } satisfies Listed);
}

/** Names of options to unset. */
export function optionNames(description: string) {
  return z
    .array(z.string())
    .default([])
    .meta({ listed: { type: "array", items: { type: "string" }, description } } satisfies Listed);
}

/** A switch that is off unless it is given. */
export function off(description?: string) {
  return z
    .boolean()
    .default(false)
    .meta({ listed: { type: "boolean", ...(description === undefined ? {} : { description }) } } satisfies Listed);
}
