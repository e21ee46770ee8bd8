/** Characters that a permission path may have. */
const VALID = /^[A-Za-z0-9.\-_/]+$/;

/** A permission path with single slashes, one in front and none behind; nothing when it cannot be one. */
export function normalizePath(path: string | undefined): string | undefined {
  if (!path || path === "0") return undefined;
  let normal = path.replace(/\/+/g, "/").replace(/\/$/, "") || "/";
  if (!normal.startsWith("/")) normal = `/${normal}`;
  return VALID.test(normal) ? normal : undefined;
}

/** Fills the parameters into a path template; an absent one leaves nothing. */
export function fillTemplate(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === null) return "";
    // A list reads as a reference in Perl, and no path has its parentheses.
    return typeof value === "object" ? "ARRAY(0x0)" : String(value);
  });
}

const NAME = "[A-Za-z0-9.\\-_]+";

/** Paths that an ACL entry may be made for. */
const ACL_PATHS = [
  "/",
  "/access(/groups|/realm)?",
  `/access/(groups|realm)/${NAME}`,
  `/nodes(/${NAME})?`,
  `/pool(/${NAME}){0,3}`,
  "/sdn",
  "/sdn/controllers(/[A-Za-z0-9_-]+)?",
  "/sdn/(dns|fabrics|ipams|prefix-lists|route-maps)(/[A-Za-z0-9_-]+)?",
  `/sdn/zones(/${NAME}(/${NAME}(/[1-9][0-9]{0,3})?)?)?`,
  `/storage(/${NAME})?`,
  "/vms(/[1-9][0-9]{2,})?",
  `/mapping(/${NAME}(/${NAME})?)?`,
].map((pattern) => new RegExp(`^${pattern}$`));

/** Whether an ACL entry may be made for a normal path. */
export function isAclPath(path: string): boolean {
  return ACL_PATHS.some((pattern) => pattern.test(path));
}
