/** An answer other than 200: the reason phrase carries the first line of the message (pve-facts 22). */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: Readonly<Record<string, string>> | undefined;
  /** `json`: `{"data":null,"message":…}`; `text`: the reason as the body; `empty`: no body. */
  readonly form: "json" | "text" | "empty";
  /** `message` of the body where it differs from the reason, without its final newline. */
  readonly long: string | undefined;

  constructor(
    status: number,
    message: string,
    options: { errors?: Record<string, string>; form?: "json" | "text" | "empty"; long?: string } = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.errors = options.errors;
    this.form = options.form ?? "json";
    this.long = options.long;
  }
}

/** 400 with a text per parameter. */
export function parameterRefusal(errors: Record<string, string>): Refusal {
  return new Refusal(400, "Parameter verification failed.", { errors });
}

/** 500 with PVE's own words, as a `die` gives it. */
export function die(message: string): Refusal {
  return new Refusal(500, message);
}

/** 403 as the permission check words it (pve-facts 38). */
export function forbidden(path: string, privileges: readonly string[]): Refusal {
  return new Refusal(403, `Permission check failed (${path}, ${privileges.join("|")})`);
}
