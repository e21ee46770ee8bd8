/** The complaint about a value of a named format, without PVE's prefix; nothing when it is fine. */
type Check = (value: string) => string | undefined;

function matches(pattern: RegExp, complaint: string | ((value: string) => string)): Check {
  return (value) => {
    if (pattern.test(value)) return undefined;
    return typeof complaint === "string" ? complaint : complaint(value);
  };
}

const nodeName = matches(/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/, "value does not look like a valid node name");
const vmid = matches(/^[1-9][0-9]{2,8}$/, "value does not look like a valid VM ID");
const storageId: Check = (value) => {
  if (value.length < 2) return `storage ID '${value}' cannot be shorter than 2 characters`;
  return /^[a-z][a-z0-9\-_.]*[a-z0-9]$/i.test(value) ? undefined : `storage ID '${value}' contains illegal characters`;
};

/** The formats that the simulated operations rely on; a format that is not here accepts everything. */
const CHECKS: Readonly<Record<string, Check>> = {
  "pve-vmid": vmid,
  "pve-node": nodeName,
  "pve-storage-id": storageId,
  "pve-configid": matches(/^[a-z][a-z0-9_-]+$/i, (value) => `invalid configuration ID '${value}'`),
  "pve-tag": matches(/^[a-z0-9_][a-z0-9_\-+.]*$/i, "invalid characters in tag"),
  "pve-poolid": matches(
    /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}$/,
    (value) => `pool name '${value}' contains invalid characters`,
  ),
  "pve-storage-content": matches(
    /^(images|rootdir|vztmpl|iso|backup|snippets|import|none)$/,
    (value) => `invalid content type '${value}'`,
  ),
  "pve-task-status-type": matches(/^(ok|error|warning|unknown)$/i, (value) => `invalid status '${value}'`),
  "dns-name": matches(
    /^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/,
    "value does not look like a valid DNS name",
  ),
  urlencoded: matches(/^[-%a-zA-Z0-9_.!~*'()]*$/, (value) => `invalid urlencoded string: ${value}`),
};

const LIST_SUFFIX = /-(?:list|alist|opt)$/;

/** Whether a repeated key may be joined into one comma-separated text (pve-facts 4). */
export function isListFormat(format: string | undefined): boolean {
  return format !== undefined && /-a?list$/.test(format);
}

/** Checks a value of a named format; a list is checked item by item, an optional one may be empty. */
export function checkFormat(format: string, value: string): string | undefined {
  const own = CHECKS[format];
  if (own) return own(value);
  const check = CHECKS[format.replace(LIST_SUFFIX, "")];
  if (!check) return undefined;
  if (format.endsWith("-opt")) return value === "" ? undefined : check(value);
  for (const item of value.split(/[,;\s\0]+/).filter((item) => item !== "")) {
    const wrong = check(item);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
