import type * as z from "zod";
import { ProxmoxMcpError } from "../errors/index.ts";
import { nearest } from "../schema/nearest.ts";

/** The arguments of a tool call do not fit its input schema; nothing was done. */
export class InvalidArgumentsError extends ProxmoxMcpError {
  constructor(tool: string, errors: Readonly<Record<string, string>>) {
    const list = Object.entries(errors).map(([argument, fault]) => `${argument}: ${fault}`);
    super({
      code: "invalid-arguments",
      message: `${tool} was not called: ${list.join("; ")}.`,
      next: "Correct the arguments and call again; nothing was sent.",
      data: { errors },
    });
  }
}

/** Zod's issues as one fault per argument, in plain words; an unknown one names its nearest known neighbour. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], known: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  const put = (argument: string, fault: string) => {
    errors[argument] ??= fault;
  };
  for (const issue of issues) {
    const argument = issue.path.map(String).join(".") || "(arguments)";
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        const at = [...issue.path.map(String), key].join(".");
        const [near] = issue.path.length === 0 ? nearest(key, known) : [];
        const hint = near ? `did you mean ${JSON.stringify(near)}?` : `known are ${known.join(", ")}`;
        put(at, `unknown argument; ${hint}`);
      }
    } else if (issue.code === "invalid_value") {
      const given = typeof issue.input === "string" ? issue.input : undefined;
      const [near] = given === undefined ? [] : nearest(given, issue.values.map(String));
      put(
        argument,
        `must be one of ${issue.values.map(String).join(", ")}${near ? `; did you mean ${JSON.stringify(near)}?` : ""}`,
      );
    } else if (issue.code === "invalid_type" && issue.input === undefined) {
      put(argument, "is missing");
    } else if (issue.code === "invalid_union") {
      put(argument, unionFault(issue));
    } else {
      put(argument, lowerFirst(issue.message));
    }
  }
  return errors;
}

function unionFault(issue: z.core.$ZodIssueInvalidUnion): string {
  if (issue.input === undefined) return "is missing";
  // A union that was given words of its own says it better than its members do.
  if (issue.message !== "Invalid input") return lowerFirst(issue.message);
  const faults = new Set(issue.errors.flat().map((one) => lowerFirst(one.message)));
  return [...faults].join(", or ");
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
