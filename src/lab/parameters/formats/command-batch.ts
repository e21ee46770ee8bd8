const ORIGIN = "at /usr/share/perl5/PVE/API2/Nodes.pm line 99.";
const METHODS = ["GET", "POST", "PUT", "DELETE"];
/** A JSON value that could stand in front of something that does not belong there. */
const SCALAR = /^[ \t\r\n]*(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|"(?:[^"\\]|\\.)*")/;

/** What the server's JSON parser says about a text that is none. */
function complaint(text: string): string {
  const scalar = SCALAR.exec(text)?.[0];
  const at = scalar === undefined ? text.length - text.trimStart().length : scalar.length;
  const rest = text.slice(at);
  const before = `at character offset ${at} (before "${rest === "" ? "(end of string)" : rest}")`;
  return scalar === undefined
    ? `malformed JSON string, neither tag, array, object, number, string or atom, ${before}`
    : `garbage after JSON object, ${before}`;
}

function checkCommand(command: unknown, path: string): [string, string][] {
  if (typeof command !== "object" || command === null || Array.isArray(command))
    return [[path, "type check ('object') failed"]];
  const { path: target, method, args } = command as Record<string, unknown>;
  const wrong: [string, string][] = [];
  for (const [name, value] of Object.entries({ path: target, method })) {
    if (value === undefined || value === null)
      wrong.push([`${path}.${name}`, "property is missing and it is not optional"]);
    else if (typeof value !== "string" && typeof value !== "number")
      wrong.push([
        `${path}.${name}`,
        `type check ('string') failed - got ${Array.isArray(value) ? "ARRAY" : typeof value === "boolean" ? "JSON::PP::Boolean" : "HASH"}`,
      ]);
    else if (name === "method" && !METHODS.includes(String(value)))
      wrong.push([
        `${path}.${name}`,
        `value '${value}' does not have a value in the enumeration '${METHODS.join(", ")}'`,
      ]);
  }
  if (args !== undefined && args !== null && (typeof args !== "object" || Array.isArray(args)))
    wrong.push([`${path}.args`, "type check ('object') failed"]);
  return wrong;
}

/** `pve-command-batch`: ASCII text of a JSON array of `{path, method, args?}`. */
export function checkCommandBatch(text: string): string | undefined {
  let commands: unknown;
  try {
    if (!/^[\x00-\x7f]*$/.test(text)) throw new SyntaxError();
    commands = JSON.parse(text);
  } catch {
    return `commands param did not contain valid JSON: ${complaint(text)} ${ORIGIN}\n`;
  }
  const wrong: [string, string][] = Array.isArray(commands)
    ? commands.flatMap((command, index) => checkCommand(command, `[${index}]`))
    : [["_root", "type check ('array') failed"]];
  if (wrong.length === 0) return undefined;
  const lines = wrong.map(([path, problem]) => `${path}: ${problem}\n`).join("");
  return `commands is not a valid array of commands: 400 Parameter verification failed.\n${lines}`;
}
