export { classOfCall, exceeds, worse } from "./access-class.ts";
export { type CallRecord, openRecord, type RecordLine, type RecordOptions } from "./audit/index.ts";
export { AccessCeilingError, ConfirmationRequiredError, RecordUnavailableError } from "./errors.ts";
export { type AccessGate, createGate, type GateOptions, type Verdict } from "./gate.ts";
export { redactParams, redactText } from "./redact.ts";
export { makeStateDirectory, stateDirectory } from "./state-directory.ts";
export { loadStateKey, type StateKey } from "./state-key.ts";
export { cleanText, cleanValue } from "./untrusted-text.ts";
