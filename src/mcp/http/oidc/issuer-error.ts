import { Refusal } from "../refusal.ts";

/** The issuer cannot be asked, so nobody's token can be checked: that is not the caller's fault. */
export class IssuerError extends Refusal {
  constructor(problem: string) {
    super(503, "issuer", `Tokens cannot be checked at the moment: ${problem}`, { headers: { "retry-after": "5" } });
  }
}
