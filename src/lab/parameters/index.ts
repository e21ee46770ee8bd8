export { formatProblem } from "./check.ts";
export { conflicts, verify } from "./request.ts";
export { type Params, verifyOperation } from "./verify.ts";
