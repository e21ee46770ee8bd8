export { formatProblem } from "./check.ts";
export { conflicts, type NotImplemented, verify } from "./request.ts";
export { type Accepted, type Params, type Refused, type VerifyOptions, verifyOperation } from "./verify.ts";
