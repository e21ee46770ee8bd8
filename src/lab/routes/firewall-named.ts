import { storedComment } from "../firewall/comment.ts";
import { parameterRefusal } from "../refusal.ts";

interface Named {
  comment?: string;
}

/** Names and comments of what a configuration defines, sorted. */
export function describeNamed(all: ReadonlyMap<string, Named>, key: string): Record<string, string>[] {
  return [...all.keys()].sort().map((name) => {
    const { comment } = all.get(name)!;
    return { [key]: name, ...(comment === undefined ? {} : { comment }) };
  });
}

function setComment(named: Named, comment: string | undefined): void {
  if (comment === undefined) return;
  const kept = storedComment(comment);
  if (kept === undefined) delete named.comment;
  else named.comment = kept;
}

/** Adds something; files keep names in lower case, so another spelling of what is there changes nothing. */
export function nameOnce<T extends Named>(
  all: Map<string, T>,
  name: string,
  comment: string | undefined,
  fresh: T,
  taken: Record<string, string>,
): void {
  if (all.has(name)) throw parameterRefusal(taken);
  const key = name.toLowerCase();
  if (all.has(key)) return;
  setComment(fresh, comment);
  all.set(key, fresh);
}

/** Renames something, or changes its comment when both names are the same. */
export function rename<T extends Named>(
  all: Map<string, T>,
  from: string,
  to: string,
  comment: string | undefined,
  errors: { missing: Record<string, string>; taken: Record<string, string> },
): void {
  const named = all.get(from);
  if (!named) throw parameterRefusal(errors.missing);
  if (from !== to && all.has(to)) throw parameterRefusal(errors.taken);
  setComment(named, comment);
  all.delete(from);
  all.set(to.toLowerCase(), named);
}
