/** Remembers what became of plans, for all processes that honour them. */
export interface PlanMarks {
  /** Takes one request of a plan for this process; false when another took it first. Throws when it cannot be recorded. */
  claim(nonce: string, part: number): Promise<boolean>;
  /** Whether a request of a plan was taken already. */
  isClaimed(nonce: string, part: number): Promise<boolean>;
  /** Keeps an operator's approval, which is a tag under the state key. */
  approve(nonce: string, tag: string): Promise<void>;
  /** The tag that was kept. */
  approval(nonce: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Marks outlive their plans by far, so that a clock set forth and back does not make a used plan good again. */
export const MARK_LIFETIME_MS = 7 * 24 * 60 * 60_000;
