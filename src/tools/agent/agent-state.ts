import * as z from "zod";
import { AGENT_NEXT, AgentUnavailableError } from "../../pve/agent-failure.ts";

/** How a guest's agent stands, as the tools that ask it answer: no agent is an answer, not an error. */
export const agentStateOutput = {
  state: z.enum(["answers", "not-configured", "vm-stopped", "not-answering"]),
  next: z.string().optional(),
};

export interface AgentState {
  state: "answers" | "not-configured" | "vm-stopped" | "not-answering";
  next?: string;
}

export const ANSWERS: AgentState = { state: "answers" };

/** The state that an agent's failure tells of (pve-facts 71); any other failure is thrown on. */
export function agentAbsence(error: unknown): AgentState {
  if (!(error instanceof AgentUnavailableError)) throw error;
  return { state: error.agentCause, next: AGENT_NEXT[error.agentCause] };
}
