import * as z from "zod";
import type { ArtifactReference } from "../artifacts/index.ts";
import type { AccessClass } from "../schema/operation.ts";
import type { Toolset } from "../schema/toolsets.ts";
import type { ToolContext } from "./context.ts";

/** What a tool says of itself before it runs, and how it runs. */
export interface ToolDefinition<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  /** The first sentence stands alone: some clients show a model no more. */
  description: string;
  toolset: Toolset;
  /** The worst that a call of this tool can be; sets the annotations. The actual call's class decides. */
  class: AccessClass;
  /** Calling it twice with the same input is as good as once. */
  idempotent: boolean;
  /** Strict: an unknown argument is refused. */
  input: I;
  /** What a successful answer looks like. */
  output: O;
  /**
   * The class of one call, where its arguments tell before it runs and it may be better than `class`; a caller is asked
   * for the scope of it. Undefined where they do not.
   */
  classOfCall?(args: Readonly<Record<string, unknown>>): Promise<AccessClass | undefined>;
  /** The call of another tool that this one stands for, where the input means one; it is run in its place. */
  delegate?(input: z.output<I>): Promise<Delegation | undefined>;
  run(context: ToolContext, input: z.output<I>): Promise<ToolAnswer<z.input<O>>>;
}

/** A call of another tool. */
export interface Delegation {
  tool: string;
  arguments: Readonly<Record<string, unknown>>;
}

/** A tool's answer: `failed` marks an error that carries its facts, such as a task that ended badly. */
export type ToolAnswer<T> = {
  data: T;
  failed?: { code: string; message: string; next?: string };
  /** What `context.artifacts.put` gave; no tool's output schema has to name it. */
  artifact?: ArtifactReference;
};

/** Gives a definition its types; every tool module's `default` export is one. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(
  definition: ToolDefinition<I, O>,
): ToolDefinition<I, O> {
  return definition;
}

/** The four MCP annotations, all explicit, from what the tool says of itself. */
export function annotationsOf(definition: Pick<ToolDefinition, "class" | "idempotent">): {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
} {
  return {
    readOnlyHint: definition.class === "read",
    destructiveHint: definition.class === "destructive" || definition.class === "escape",
    idempotentHint: definition.idempotent,
    // Only an escape leaves the documented API of the configured clusters.
    openWorldHint: definition.class === "escape",
  };
}

/** Arguments that a call may have to bring along when a plan of it was made, read before the tool runs. */
export const confirmationArguments = z.object({
  planId: z.string().optional(),
  confirm: z.string().optional(),
});

/** Whether the tool lists these arguments: a policy can ask before any change; before a read it hardly ever does. */
export function isConfirmable(definition: Pick<ToolDefinition, "class">): boolean {
  return definition.class !== "read";
}
