/** Privileges by ACL path, as `GET /access/permissions` gives them; 1 where they hold below the path too. */
export type Rights = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Whether privileges are held: everywhere, on some objects below the path, or nowhere. */
export type Hold = { extent: "all" } | { extent: "some"; paths: string[] } | { extent: "none"; missing: string[] };

/** What of the privileges is held at a path; `below`: on what is below it. */
export function holdOf(
  rights: Rights,
  { path, below, privileges }: { path: string; below: boolean; privileges: readonly string[] },
): Hold {
  const missing = privileges.filter((privilege) => !holdsAt(rights, path, privilege, below));
  if (missing.length === 0) return { extent: "all" };
  const prefix = path === "/" ? "/" : `${path}/`;
  const paths = Object.keys(rights).filter(
    (one) =>
      below &&
      one !== path &&
      one.startsWith(prefix) &&
      missing.every((privilege) => rights[one]![privilege] !== undefined),
  );
  return paths.length > 0 ? { extent: "some", paths } : { extent: "none", missing };
}

/** The privileges that are in force at a path and hold below it. */
export function inForce(rights: Rights, path: string): string[] {
  const here = nearest(rights, path);
  return here === undefined ? [] : Object.keys(here).filter((privilege) => isSet(here[privilege]));
}

/** The nearest path with rights decides; above the path itself only those that propagate count. */
function holdsAt(rights: Rights, path: string, privilege: string, below: boolean): boolean {
  const here = rights[path];
  if (here && !below) return here[privilege] !== undefined;
  return isSet(nearest(rights, path)?.[privilege]);
}

function nearest(rights: Rights, path: string): Readonly<Record<string, unknown>> | undefined {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("/")) || "/") {
    if (rights[at]) return rights[at];
    if (at === "/") return undefined;
  }
}

function isSet(value: unknown): boolean {
  return value === true || Number(value ?? 0) === 1;
}
