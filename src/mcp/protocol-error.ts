import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { cleanText, redactText } from "../access/index.ts";
import { errorBody } from "./answer.ts";

/** A failure with its next step, where a protocol error is the only place for it: what is no tool call has no result to hold it. */
export function toProtocolError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const { code, message, next } = errorBody(error);
  const words = redactText(cleanText([message, next].filter(Boolean).join(" ")));
  return new ProtocolError(ProtocolErrorCode.InternalError, words, { code });
}
