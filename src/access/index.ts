export { aCall, classOfCall, exceeds, worse } from "./access-class.ts";
export { type CallRecord, openRecord, type RecordLine, type RecordOptions } from "./audit/index.ts";
export { AccessCeilingError, ConfirmationRequiredError, RecordUnavailableError, ScopeError } from "./errors.ts";
export { type AccessGate, createGate, type GateOptions, type OwnToken, type Verdict } from "./gate.ts";
export type { PlanDescription } from "./plan/describe-plan.ts";
export { fileMarks } from "./plan/file-marks.ts";
export type { PlanMarks } from "./plan/marks.ts";
export { openPlanMarks } from "./plan/open-marks.ts";
export { PlanRefusedError, PlanStoreError } from "./plan/plan-errors.ts";
export { createPlans, type PlannedRequest, type Plans } from "./plan/plans.ts";
export { stricter } from "./policy/decide.ts";
export { placeOf } from "./policy/place.ts";
export { loadPolicy, type Policy, PolicyDeniedError, PolicyFileError } from "./policy/policy.ts";
export {
  CONTENT_TYPES,
  cleanAndMask,
  consentParams,
  keepSecret,
  maskSecretBytes,
  maskSecrets,
  redactParams,
  redactText,
  redactValues,
  secretForms,
} from "./redact.ts";
export { hasScope, scopeFor } from "./scopes.ts";
export type { SelfProtectionError } from "./self-protection.ts";
export { makeStateDirectory, stateDirectory } from "./state-directory.ts";
export { loadStateKey, type StateKey } from "./state-key.ts";
export { cleanText, cleanValue } from "./untrusted-text.ts";
